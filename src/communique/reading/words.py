"""Words and sentences: the document's text cut into tokens and sentences with offsets.

This is a tokenizer for names and titles: hyphenated and apostrophed names stay whole ("Al-Qasimov", "d'Affaires"), the
possessive ending is a token of its own, and abbreviations keep their full stop ("Lt.", "U.S.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S. · H.E.
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?:-(?=[^\W\d_])[^\W\d_]+)*"  # 40 · 1,298th · 09:30 · 19-member
    r"|[^\W\d_][^\W_]*(?:[-–’'`&/](?=[^\W_])[^\W_]+)*"  # Al-Qasimov · d’Affaires · HR/VP
    r"|[^\s]"
)
_POSSESSIVE = ("'s", "’s", "`s")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof eng gen lt maj col brig sgt capt cdr cmdr comdr adm vadm radm sen rep gov amb hon rev st
    ft no nos vs pres sec insp supt cpl pvt comm asst dep dir min jr sr rt messrs fr mt inc ltd co corp dept est
    approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun al etc
    art para pp md mohd ma smt engr atty barr pol ret retd rtd cdre sqn flt""".split()
)
_STARTERS = frozenset(
    """the a an he she they it we i in on at by for from with this that these those his her their its our both
    after before during following as but and or while when since meanwhile however according earlier later also
    there last""".split()
)  # words that show that "U.S." has ended its sentence
_JOINED_RANKS = frozenset("gen adm col maj lt cdr cmdr capt sgt brig".split())  # "Vice-Adm.", "Lt.-Gen."
_SHORTENED_NAMES = frozenset("md ma mohd".split())  # Md. Rahman, Ma. Teresa; "MA" and "MD" are degrees
_ENDS_ABBREVIATED = frozenset("etc jr sr inc ltd co corp u.s a.m p.m u.n u.k e.u d.c".split())


class Word(msgspec.Struct, frozen=True, gc=False):
    """A token: its text, its lower-cased form without a final full stop, and its half-open offsets."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_capitalized(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a line that stands for one) and its tokens.

    Attributes:
        index: Position in the document, from 0.
        block: Index of its block among the document's body blocks; -1 for the title.
        start: Offset of its first code point.
        end: Offset after its last code point.
        words: Its tokens in order.
    """

    index: int
    block: int
    start: int
    end: int
    words: tuple[Word, ...]


def words(text: str, start: int = 0, end: int | None = None, affixes: re.Pattern[str] | None = None) -> list[Word]:
    """Cuts ``text[start:end]`` into words with offsets into ``text``.

    Args:
        text: The document's text.
        start: Offset of the first code point to cut.
        end: Offset after the last one; None for the end of the text.
        affixes: Finds the hyphens that part a word from what is put before or behind it: "ex-" and "minister".
    """
    out: list[Word] = []
    stop = len(text) if end is None else end
    position = start
    while match := _TOKEN.search(text, position, stop):
        begin, position = match.span()
        token = match.group()
        low = token.lower()
        if low.endswith(_POSSESSIVE) and len(token) > 2 and token[0].isalpha():
            cut = position - 2
            out.extend(_parted(token[:-2], begin, affixes))
            out.append(Word(token[-2:], "'s", cut, position))
            continue
        if affixes and ("-" in token or "/" in token) and affixes.search(token):
            out.extend(_parted(token, begin, affixes))
            continue
        if token[0].isalpha() and position < stop and text[position] == "." and _keeps_stop(token, low, text, position):
            position += 1
        out.append(Word(text[begin:position], low.rstrip(".") if token[0].isalpha() else low, begin, position))
    return out


def _parted(token: str, start: int, affixes: re.Pattern[str] | None) -> Iterator[Word]:
    """A word, with its affixes and their hyphens as words of their own: "president", "-", "elect"."""
    begin = 0
    for match in affixes.finditer(token) if affixes and ("-" in token or "/" in token) else ():
        hyphen = match.start(match.lastindex or 0)
        for first, last in ((begin, hyphen), (hyphen, hyphen + 1)):
            yield Word(token[first:last], token[first:last].lower(), start + first, start + last)
        begin = hyphen + 1
    yield Word(token[begin:], token[begin:].lower(), start + begin, start + len(token))


def _keeps_stop(token: str, low: str, text: str, position: int) -> bool:
    if len(token) == 1 and token.isupper() and token not in "I":
        return True
    if low in _SHORTENED_NAMES and not token.istitle():
        return False
    if low.rpartition("-")[2] in _JOINED_RANKS:
        low = low.rpartition("-")[2]
    if low not in _ABBREVIATIONS or (
        low in ("no", "sat", "sun", "mar", "min", "art", "co", "fr", "al") and token.islower()
    ):
        return False
    following = text[position + 1 : position + 3]
    return bool(following) and (following[0] in " ,-()\u00a0" or following[0].isalpha())


_TERMINATOR = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[•–—-]*\s*[^\W\d_a-zà-ÿ]|\s+[\"“‘«(\[]*\d|\s*$)")
_INNER_STOP = re.compile(r"(?:^|[\s(“\"'‘.-])((?:[^\W\d_]\.)*[^\W\d_]+)$")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of the block ``text[start:end]``; line breaks inside it are white space.

    A full stop ends a sentence when a capital, a digit or a quotation mark follows, unless it belongs to an
    abbreviation or an initial.
    """
    begin = position = start
    while match := _TERMINATOR.search(text, position, end):
        position = match.end()
        if match.group()[0] == "." and _is_inside(text[begin : match.start()], text[match.end() : end]):
            continue
        if text[begin:position].strip():
            yield _trimmed(text, begin, position)
        begin = position
    if text[begin:end].strip():
        yield _trimmed(text, begin, end)


def _is_inside(before: str, after: str) -> bool:
    """Whether the full stop after ``before`` belongs to an abbreviation rather than ends a sentence."""
    match = _INNER_STOP.search(before)
    if not match or not after.strip():
        return False
    last = match.group(1)
    low = last.lower()
    if before[: match.start(1)].endswith("-"):
        return low in _JOINED_RANKS
    if "." in last or low in _ENDS_ABBREVIATED:
        nxt = after.strip().split(None, 1)[0]
        return low not in _ENDS_ABBREVIATED or nxt.lower().rstrip(",") not in _STARTERS
    if len(last) == 1 and last.isupper():
        return last != "I"
    if low in ("no", "nos") and after.lstrip()[:1].isdigit():
        return True
    if low in ("no", "sat", "sun", "mar", "min", "art", "al", "co", "fr", "est"):
        return last[0].isupper() and low not in ("sat", "sun", "co")
    return low in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
