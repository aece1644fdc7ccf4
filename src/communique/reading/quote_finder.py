"""Finds quotations in an article, letter for letter or nearly so, and says where they truly stand.

Whoever copies a passage changes its line ends, its quotation marks and its dashes. Those are folded on both sides; the
offsets that come out are those of the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from communique.model import Evidence

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_WALL = "\x00"
"""Stands between stretches of the article that clutter parts: no quotation reaches across."""
_EDGES = " \t\n\"'.,;:…-"

Span = tuple[int, int]


class QuoteFinder:
    """Finds quotations in one article.

    Args:
        text: The document's text.
        spans: The article in it: half-open offset pairs in order.
    """

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text = text
        letters: list[str] = []
        self._places: list[int] = []
        for start, end in joined(text, spans):
            for place in range(start, end):
                for letter in _folded(text[place]):
                    if letter == " " and letters and letters[-1] in (" ", _WALL):
                        continue
                    letters.append(letter)
                    self._places.append(place)
            letters.append(_WALL)
            self._places.append(end)
        self._exact = "".join(letters)
        # Letter by letter, since some letters are two in lower case, and every offset must stay.
        self._loose = "".join(low if len(low := letter.lower()) == 1 else letter for letter in letters)

    @cached_property
    def capitalized(self) -> frozenset[str]:
        """The article's words that begin with a capital: among them all names and adjectives of countries."""
        return frozenset(word.strip(".'-") for word in re.findall(r"\b[^\W\d_a-z][\w.'-]*", self._exact))

    def all(self, quote: str) -> Iterator[Evidence]:
        """Every place where the quotation stands, in order; none when it does not.

        As written first; else without the marks around it and with other capitals.
        """
        exact = fold_quote(quote)
        bare = exact.strip(_EDGES)
        for haystack, needle in ((self._exact, exact), (self._loose, exact.lower()), (self._loose, bare.lower())):
            found = list(self._matches(haystack, needle))
            if found:
                yield from found
                return

    def find(self, quote: str, near: Sequence[Evidence] = ()) -> Evidence | None:
        """Where the quotation stands: inside one of some passages if it does, else in the first place of all."""
        found = list(self.all(quote))
        inside = (e for e in found if any(p.start <= e.start and e.end <= p.end for p in near))
        return next(inside, found[0] if found else None)

    def _matches(self, haystack: str, needle: str) -> Iterator[Evidence]:
        """Matches that begin and end at the edges of words."""
        if not needle or needle == _WALL:
            return
        at = haystack.find(needle)
        while at >= 0:
            end = at + len(needle)
            cuts_word = (haystack[at].isalnum() and at > 0 and haystack[at - 1].isalnum()) or (
                haystack[end - 1].isalnum() and haystack[end].isalnum()
            )
            if not cuts_word:
                yield Evidence.at(self._text, self._places[at], self._places[end - 1] + 1)
            at = haystack.find(needle, at + 1)


def joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, neighbours with nothing but white space between them made one."""
    out: list[Span] = []
    for start, end in spans:
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def fold_quote(quote: str) -> str:
    """A quotation as it is compared: one blank for white space, plain marks and dashes, nothing invisible."""
    return re.sub(r"\s+", " ", "".join(letter for given in quote for letter in _folded(given))).strip()


def _folded(letter: str) -> str:
    if letter in _INVISIBLE or letter == _WALL:
        return ""
    if letter == "…":
        return "..."
    return " " if letter.isspace() else letter.translate(_FOLDS)


def paragraphs(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The article's paragraphs: stretches between line ends that hold more than white space."""
    for start, end in spans:
        cuts = [start, *(start + m.end() for m in re.finditer(r"\n\s*", text[start:end])), end]
        yield from ((left, right) for left, right in pairwise(cuts) if text[left:right].strip())
