"""Reports spoilt in many ways, for the tests and for `benchmarks/spoilt_reports.py`: what the reader must bear with.

Writers type in capitals, pages lose their full stops, two reports run into one another, numbers stand where none
should.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold"
FOLDERS = ("k", "l", "m")
NUMBERS = "0 7 31 45 99 2025 -3 1e9 3.5 12:61 31/02/2024 30th 0th 33rd".split()
CHARACTERS = "()[]\"'“”-–—:;,.!?•*\t\n0123456789ÉßİſΩ漢א\u200f\u00ad\ufeff"


@lru_cache(maxsize=1)
def reports() -> list[str]:
    """The reports that are spoilt."""
    return [path.read_text("utf-8") for folder in FOLDERS for path in sorted((GOLD / folder).glob("*.txt"))]


def make_report(number: int) -> str:
    """A spoilt report; the same number gives the same text."""
    source = random.Random(number)
    one, other = source.sample(reports(), 2)
    return WAYS[number % len(WAYS)](one, other, source)


def _shuffled(one: str, other: str, source: random.Random) -> str:
    lines = one.split("\n")
    return "\n".join(source.sample(lines, len(lines)))


def _mixed(one: str, other: str, source: random.Random) -> str:
    lines = [*one.split("\n"), *other.split("\n")]
    return "\n".join(source.sample(lines, len(lines)))


def _joined(one: str, other: str, source: random.Random) -> str:
    return f"{one[source.randrange(len(one)) :]}\n\n{other[: source.randrange(len(other))]}"


def _in_capitals(one: str, other: str, source: random.Random) -> str:
    return one.upper()


def _in_small_letters(one: str, other: str, source: random.Random) -> str:
    return one.lower()


def _with_words_of(one: str, other: str, source: random.Random) -> str:
    words = other.split()
    return " ".join(source.choice(words) if source.random() < 0.12 else word for word in one.split(" "))


def _with_numbers(one: str, other: str, source: random.Random) -> str:
    kept = (word for word in one.split(" ") if source.random() >= 0.06)
    return " ".join(f"{source.choice(NUMBERS)} {word}" if source.random() < 0.03 else word for word in kept)


def _without_stops(one: str, other: str, source: random.Random) -> str:
    return one.replace(". ", " ").replace(",", "")


def _with_odd_characters(one: str, other: str, source: random.Random) -> str:
    return "".join(source.choice(CHARACTERS) if source.random() < 0.025 else letter for letter in one)


WAYS: tuple[Callable[[str, str, random.Random], str], ...] = (
    _shuffled,
    _mixed,
    _joined,
    _in_capitals,
    _in_small_letters,
    _with_words_of,
    _with_numbers,
    _without_stops,
    _with_odd_characters,
)
