"""Mechanism phrases: the words around a noun that belong to a mechanism's name, without clauses, dates and scenes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import MechanismKind
from communique.reading.analysis import Line
from communique.reading.grammar import children, conjuncts, prepositional
from communique.reading.knowledge import Knowledge

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_LEFT = ("amod", "compound", "nmod", "nummod", "poss", "quantmod")
_RIGHT = frozenset(("of", "for", "in", "on", "between", "at", "against", "from", "with"))
_PLACING = frozenset(("in", "at", "on"))
_DEFINITE = frozenset("the this that these those its their his her our both".split())
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        line: The sentence.
        token: Its head.
        inner: Its other words, in no order.
        span: Half-open offsets in the document.
        name: Its words, without article.
        words: The words of the name, in small letters.
        countries: ISO codes of the countries that it names, other than as its place.
        is_definite: Whether it points to something known ("the centre", "their centre").
        is_provided: Whether a clause behind it says which country gives it ("a course given by Italian instructors").
    """

    line: Line
    token: Token
    inner: tuple[Token, ...]
    span: tuple[int, int]
    name: str
    words: frozenset[str]
    countries: tuple[str, ...]
    is_definite: bool
    is_provided: bool

    @property
    def before(self) -> frozenset[str]:
        """The words before the head, in small letters."""
        return frozenset(t.lower_ for t in self.inner if t.i < self.token.i)


class PhraseReader:
    """Reads the phrases around nouns.

    Args:
        knowledge: Knows countries.
        days: Names of weekdays and months, which are no part of names.
    """

    def __init__(self, knowledge: Knowledge, days: frozenset[str]) -> None:
        self.knowledge = knowledge
        self.days = days

    def read(self, token: Token, kind: MechanismKind, line: Line, text: str) -> Phrase:
        """The phrase around a noun.

        Args:
            token: The noun.
            kind: The kind of mechanism that it would be.
            line: The sentence.
            text: The document's text.
        """
        inner = tuple(t for t in self._inner(token, kind, line) if t.i != token.i)
        tokens = _contiguous(token, inner)
        start, end = line.anchors[tokens[0].i][0], line.anchors[tokens[-1].i][1]
        name = _bare(" ".join(text[start:end].split()))
        owners = [t for t in inner if not any(a.lower_ in _PLACING for a in _between(t, token))]
        before = [c for t in (token, *inner) if t.i <= token.i for c in children(t, "det", "poss", "predet")]
        return Phrase(
            line,
            token,
            inner,
            (start, end),
            name,
            frozenset(re.findall(r"[^\W_]+", name.lower())),
            self._countries([token, *owners], line),
            bool(children(token, "poss")) or any(c.lower_ in _DEFINITE for c in before),
            self._is_provided(token, line),
        )

    def _inner(self, token: Token, kind: MechanismKind, line: Line) -> list[Token]:
        """The noun, its modifiers, and what stands in the phrases behind it, without clauses and dates."""
        found = [token]
        for child in token.children:
            if _is_modifier(child, token):
                found += child.subtree
            elif child.dep_ == "nummod" and child.i == token.i + 1:
                found.append(child)
            elif child.dep_ == "prep" and child.lower_ in _RIGHT and child.i > token.i:
                objects = [o for top in children(child, "pobj", "pcomp") for o in conjuncts(top)]
                if objects and not any(self._is_date(o, line) or _is_scene(o, kind, line) for o in objects):
                    found.append(child)
                    for member in objects:
                        found += self._inner(member, kind, line)
                        found += [c for c in member.children if c.dep_ in ("cc", "det", "case")]
        return found

    def _is_date(self, token: Token, line: Line) -> bool:
        mention = line.mention_of.get(token.i)
        if mention is not None:
            return mention.kind == "date"
        return token.like_num or token.text in self.days

    def _countries(self, tokens: Iterable[Token], line: Line) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for token in tokens:
            mention = line.mention_of.get(token.i)
            if mention is not None and mention.country:
                codes[mention.country] = None
            for part in re.split(r"[–—-]", token.text if mention is None else mention.name):
                code = self.knowledge.demonym_country(part) if part[:1].isupper() else None
                if code:
                    codes[code] = None
        return tuple(codes)

    def _is_provided(self, token: Token, line: Line) -> bool:
        clauses = [list(clause.subtree) for clause in children(token, "acl", "relcl")]
        if token.dep_ == "dobj":  # "had trainers from Italy", joined to the verb
            clauses.append(prepositional(token.head, "from"))
        return any(self._countries(clause, line) for clause in clauses)


def _is_modifier(child: Token, token: Token) -> bool:
    """Whether a child belongs to the name: what stands before the noun, and a proper name right before or behind it."""
    if child.dep_ in _LEFT and child.i < token.i:
        return True
    is_name = child.tag_.startswith("NNP")
    return is_name and (child.dep_, child.i - token.i) in (("nsubj", -1), ("appos", 1))


def _is_scene(token: Token, kind: MechanismKind, line: Line) -> bool:
    """Whether a phrase says where a text was signed: a text itself is nowhere."""
    mention = line.mention_of.get(token.i)
    is_place = mention is not None and mention.kind in ("place", "country")
    return kind == "agreement" and token.head.lower_ in _PLACING and is_place


def _between(token: Token, top: Token) -> Iterator[Token]:
    """What stands between a token and the head of its phrase."""
    while token.i not in (top.i, token.head.i):
        token = token.head
        yield token


def _contiguous(token: Token, inner: Iterable[Token]) -> list[Token]:
    """The stretch of tokens around the head that belong to the phrase; signs inside it included."""
    keep = {t.i for t in inner} | {token.i}
    doc = token.doc
    first = last = token.i
    while first - 1 in keep or (first - 2 in keep and doc[first - 1].is_punct):
        first -= 1
    while (last + 1 in keep or (last + 2 in keep and doc[last + 1].text == "-")) and last - first < _MOST_WORDS:
        last += 1
    while last > token.i and (doc[last].is_punct or doc[last].dep_ in ("prep", "cc", "det")):
        last -= 1
    return list(doc[first : last + 1])


def _bare(name: str) -> str:
    """A name without the article and signs before it."""
    return re.sub(r"^(?:[^\w]|(?:the|a|an|its|their|his|her|this|that|our)\s)+", "", name, flags=re.IGNORECASE) or name
