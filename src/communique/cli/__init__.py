"""The commands: one thin module for each."""

from communique.cli.program import main

__all__ = ["main"]
