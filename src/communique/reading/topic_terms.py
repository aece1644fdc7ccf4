"""Terms: words, with optional and alternative parts, that are looked for in a passage.

``border* (security|control*)`` finds "border security" and "Borders controlled"; ``(the)?`` may be missing; ``...``
leaves up to four words out; words are joined by spaces or hyphens, and the case of letters does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from communique.errors import LexiconError

_WORD = r"[\w+'’]"
_LETTERS = re.compile(r"[^\W\d_]+")
_GAP = rf"(?:{_WORD}+[\s,;-]+){{0,4}}?"
_KEY = 3  # letters by which terms are looked up
_KNOWN_WORDS = 50_000

_Term = tuple[int, int, str, re.Pattern[str]]
"""Number of its list, place in it, the letters with which it begins, and what finds it."""


class TermFinder:
    """Looks for the terms of many lists in a passage.

    A list's terms are found as one pattern of all of them would find them: from left to right, without overlaps, and of
    those that begin at the same word the longest. Only terms that may begin at a word are tried there.

    Args:
        lists: The terms of each list.

    Raises:
        LexiconError: If a term is empty or its brackets do not pair.
    """

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        self._searched: list[tuple[int, re.Pattern[str]]] = []
        self._begun: dict[str, list[_Term]] = {}
        for number, terms in enumerate(lists):
            begun = [(term, _openings(term)) for term in _longest_first(terms)]
            if not all(openings for _, openings in begun):
                self._searched.append((number, compile_terms(terms)))
                continue
            for order, (term, openings) in enumerate(begun):
                pattern = compile_terms([term])
                for opening in openings:
                    self._begun.setdefault(opening[:_KEY], []).append((number, order, opening, pattern))
        self._beginning = lru_cache(_KNOWN_WORDS)(self._with)

    def find(self, passage: str) -> list[tuple[int, int, int]]:
        """The terms in a passage, list by list: number of the list, and half-open offsets into the passage."""
        found = [(number, *m.span()) for number, pattern in self._searched for m in pattern.finditer(passage)]
        free: dict[int, int] = {}  # of each list, where its last term ends
        for letters in _LETTERS.finditer(passage):
            at = letters.start()
            for number, pattern in self._beginning(letters.group().lower()):
                if at >= free.get(number, 0) and (match := pattern.match(passage, at)):
                    free[number] = match.end()
                    found.append((number, at, match.end()))
        return sorted(found)

    def _with(self, word: str) -> list[tuple[int, re.Pattern[str]]]:
        """The terms that may begin at a word: list by list, the longest first."""
        keys = {word[:length] for length in range(1, _KEY + 1)}
        terms = {term for key in keys for term in self._begun.get(key, ()) if word.startswith(term[2])}
        return [(number, pattern) for number, _, _, pattern in sorted(terms, key=itemgetter(0, 1))]


def compile_terms(terms: Sequence[str]) -> re.Pattern[str]:
    """One pattern that finds any of the terms.

    Raises:
        LexiconError: If a term is empty or its brackets do not pair.
    """
    for term in terms:
        if not term.strip() or term.count("(") != term.count(")"):
            raise LexiconError(f"topics.toml: the term {term!r} cannot be read: write words, and close every bracket.")
    sources = [_term_source(term) for term in _longest_first(terms)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sources)})(?!\w)", re.IGNORECASE)


def _longest_first(terms: Sequence[str]) -> list[str]:
    return sorted(terms, key=len, reverse=True)


def _openings(term: str) -> frozenset[str]:
    """Letters, in lower case, with one of which the term's first word begins; none when it may begin otherwise."""
    begun: set[str] = set()
    for token in _tokens(term):
        first = token.removesuffix("?")
        choices = first[1:-1].split("|") if first.startswith("(") else [first]
        letters = [_LETTERS.match(re.sub(r"\w\?.*", "", choice)) for choice in choices]
        if not all(letters) or (first.startswith("(") and "(" in first[1:]):
            return frozenset()
        begun.update(match.group().lower() for match in letters if match)
        if not token.endswith("?"):
            break
    return frozenset(begun)


def _term_source(term: str) -> str:
    """The regular expression of one term; words are joined by spaces or hyphens."""
    source, pending = "", ""
    for token in _tokens(term):
        if token == "...":
            pending += _GAP
            continue
        optional = token.endswith("?")
        body = _word_source(token.removesuffix("?"))
        source += pending + (rf"(?:{body}[\s-]+)?" if optional else body)
        pending = "" if optional else r"[\s,-]+"
    return source


def _tokens(term: str) -> list[str]:
    """Splits a term at the spaces outside brackets."""
    return re.findall(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()])+", term)


def _word_source(token: str) -> str:
    literal = re.sub(r"[^\w\s()|*?]", lambda match: re.escape(match.group()), token)
    return literal.replace("(", "(?:").replace("*", rf"{_WORD}*").replace(" ", r"[\s-]+")
