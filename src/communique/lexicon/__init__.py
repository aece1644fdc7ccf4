"""Language knowledge as data. One TOML file a subject; `docs/lexicon.md` describes every format."""

from communique.lexicon.loader import Lexicon

__all__ = ["Lexicon"]
