"""Words are cut into the longest pieces that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import ModelError
from communique.reading.encoder.pieces import WordPieces

KNOWN = ["[UNK]", "[CLS]", "[SEP]", "meet", "##ing", "##i", "##n", "##g", "self", "-", "defence", "d"]


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    path = tmp_path / "pieces.txt"
    path.write_text("\n".join(KNOWN) + "\n", "utf-8")
    return WordPieces(path)


def cut(pieces: WordPieces, word: str) -> list[str]:
    return [KNOWN[number] for number in pieces.cut(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("meeting", ["meet", "##ing"]),
        ("meetin", ["meet", "##i", "##n"]),
        ("self-defence", ["self", "-", "defence"]),
        ("défence", ["defence"]),
        ("meets", ["[UNK]"]),  # no piece begins with the s, so that the whole word is unknown
        ("self-meets", ["self", "-", "[UNK]"]),
        ("", ["[UNK]"]),
        (" ", ["[UNK]"]),
        ("d" * 101, ["[UNK]"]),
    ],
)
def test_words_are_cut(pieces: WordPieces, word: str, expected: list[str]) -> None:
    assert cut(pieces, word) == expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.txt cannot be read"):
        WordPieces(tmp_path / "nowhere.txt")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("meet\n[SEP]\n", "utf-8")
    with pytest.raises(ModelError, match=r"lack \[UNK\], \[CLS\]"):
        WordPieces(path)
