"""The register in other people's formats, and back."""
