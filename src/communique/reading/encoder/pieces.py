"""Pieces of words: the longest ones that the network knows, from left to right (WordPiece, Wu et al. 2016)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from communique.errors import ModelError

_SPECIAL = ("[UNK]", "[CLS]", "[SEP]")
_INSIDE = "##"  # begins the pieces that stand inside a word
_LONGEST = 100  # characters; nothing longer is a word
_CHUNK = re.compile(r"[^\W_]+|[^\w\s]|_")
_KNOWN_WORDS = 50_000  # words come again and again; cutting each takes as long as everything else about a window


class WordPieces:
    """Cuts words.

    Args:
        path: The pieces, one a line; their numbers are those of the lines.

    Attributes:
        unknown: Number of the piece that stands for what cannot be cut.
        start: Number of the piece that opens a window.
        end: Number of the piece that closes a line.

    Raises:
        ModelError: If the file is missing or lacks the pieces that every text needs.
    """

    def __init__(self, path: Path) -> None:
        try:
            pieces = path.read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"the pieces of words {path} cannot be read: {error}; install the package anew") from error
        self._numbers = {piece: number for number, piece in enumerate(pieces) if piece}
        missing = [piece for piece in _SPECIAL if piece not in self._numbers]
        if missing:
            raise ModelError(f"the pieces of words {path} lack {', '.join(missing)}; install the package anew")
        self.unknown, self.start, self.end = (self._numbers[piece] for piece in _SPECIAL)
        self.cut = lru_cache(_KNOWN_WORDS)(self._cut)

    def _cut(self, word: str) -> list[int]:
        """Numbers of the pieces of a word in lower case, its accents left out; at least one."""
        bare = word
        if not word.isascii():
            bare = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
        numbers = [number for chunk in _CHUNK.findall(bare) for number in self._pieces(chunk)]
        return numbers or [self.unknown]

    def _pieces(self, chunk: str) -> list[int]:
        if len(chunk) > _LONGEST:
            return [self.unknown]
        found, start = [], 0
        while start < len(chunk):
            prefix = _INSIDE if start else ""
            ends = range(len(chunk), start, -1)
            end = next((end for end in ends if prefix + chunk[start:end] in self._numbers), None)
            if end is None:
                return [self.unknown]
            found.append(self._numbers[prefix + chunk[start:end]])
            start = end
        return found
