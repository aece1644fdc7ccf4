"""Noun phrases: their words, where they stand, and the country that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.grammar import children, conjuncts, prepositional
from communique.reading.knowledge import Knowledge
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LEFT = frozenset(("amod", "compound", "nummod", "nmod", "poss", "det", "quantmod", "advmod", "punct", "predet"))
_RIGHT = frozenset(("of", "from", "for", "in"))
_SHORT = 3  # words of a place with its preposition
_CLAUSES = frozenset(("relcl", "acl", "advcl"))


class NounPhrases:
    """Reads noun phrases from their heads.

    Args:
        words: The words of reference.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, words: ReferenceWords, knowledge: Knowledge) -> None:
        self.words = words
        self.knowledge = knowledge

    def text(self, token: Token, line: Line) -> str:
        """The words of a noun phrase without determiners, relative clauses and people who are named beside it."""
        tokens = _own_tokens(token, line)
        while len(tokens) > 1 and tokens[0].i < token.i and tokens[0].lower_ in self.words.leading:
            tokens = tokens[1:]
        start, end = line.anchors[tokens[0].i][0], line.anchors[tokens[-1].i][1]
        words = [w for w in line.labelled.words if w.start >= start and w.end <= end]
        if not words:
            return token.text
        text = ""
        for k, word in enumerate(words):
            gap = k and words[k - 1].end < word.start
            text += (" " if gap else "") + word.text
        return _ARTICLE.sub("", text.strip(" ,;:"))

    def mention_text(self, mention: Mention, line: Line) -> str:
        """The words of a mention without determiners."""
        texts = [word.text for word in line.labelled.words[mention.first : mention.last]]
        while texts and texts[0].lower() in self.words.leading:
            texts.pop(0)
        return re.sub(r" (['’]s)\b", r"\1", " ".join(_without_whereabouts(texts)))

    def country(self, token: Token, line: Line) -> str | None:
        """ISO code of the country that a noun phrase names: "Chadian officers", "officers from Chad"."""
        for child in token.children:
            mention = line.mention_of.get(child.i)
            if mention and mention.country:
                return mention.country
            if child.dep_ in ("amod", "compound", "nmod", "poss") and (
                code := self.knowledge.demonym_country(child.text)
            ):
                return code
        for owner in prepositional(token, "from", "of"):
            mention = line.mention_of.get(owner.i)
            if mention and mention.country:
                return mention.country
        return None

    def adjective_countries(self, token: Token) -> list[tuple[str, Token]]:
        """The countries of the adjectives before a noun, with their tokens: "Chadian and Nigerian officers"."""
        return [
            (code, t)
            for child in children(token, "amod", "compound", "nmod")
            for t in conjuncts(child)
            if (code := self.knowledge.demonym_country(t.text))
        ]


def phrase_span(token: Token, line: Line) -> tuple[int, int]:
    """Half-open offsets of a noun phrase in the document's text."""
    tokens = _own_tokens(token, line)
    return line.anchors[tokens[0].i][0], line.anchors[tokens[-1].i][1]


def phrase_tokens(token: Token) -> list[Token]:
    """The token with its modifiers and its "of", "from", "for" and "in" phrases, contiguous."""
    keep = {token.i}
    for child in token.children:
        if child.dep_ in _LEFT and child.i < token.i:
            keep.update(t.i for t in child.subtree)
        if child.dep_ == "prep" and child.lower_ in _RIGHT and child.i > token.i:
            keep.update(
                t.i for t in child.subtree if not any(a.dep_ in _CLAUSES and a.i > child.i for a in [t, *t.ancestors])
            )
    first = last = token.i
    while first - 1 in keep:
        first -= 1
    while last + 1 in keep:
        last += 1
    while token.doc[last].is_punct and last > token.i:
        last -= 1
    return list(token.doc[first : last + 1])


def people_among(tokens: Iterable[Token], line: Line) -> list[int]:
    """Which of the tokens of a line name people, by their indices."""
    return [t.i for t in tokens if (mention := line.mention_of.get(t.i)) and mention.kind == "person"]


def _own_tokens(token: Token, line: Line) -> list[Token]:
    """The tokens of a noun phrase up to the people whom the parser has joined to it: "the mayor, X, women's GROUPS"."""
    tokens = phrase_tokens(token)
    people = [i for i in people_among(tokens, line) if i != token.i]
    first = max((i + 1 for i in people if i < token.i), default=tokens[0].i)
    last = min((i - 1 for i in people if i > token.i), default=tokens[-1].i)
    kept = [t for t in tokens if first <= t.i <= last]
    while kept[-1].i > token.i and (kept[-1].is_punct or kept[-1].dep_ in ("cc", "prep", "det", "case")):
        kept.pop()
    while kept[0].i < token.i and (kept[0].is_punct or kept[0].dep_ == "cc"):
        kept.pop(0)
    return _without_place(kept, token, line)


def _without_place(tokens: list[Token], head: Token, line: Line) -> list[Token]:
    """A phrase that tells whose it is, without where they were: "leaders of both countries (in Havana)"."""
    for k, token in enumerate(tokens):
        is_owned = any(t.lower_ in ("of", "'s", "’s") for t in tokens[:k])
        mention = line.mention_of.get(tokens[-1].i)
        is_place = mention is not None and mention.kind in ("place", "country") and len(tokens) - k <= _SHORT
        if token.i > head.i and token.lower_ == "in" and is_owned and is_place:
            return tokens[:k]
    return tokens


def _without_whereabouts(texts: list[str]) -> list[str]:
    """The words of a post that tell whose it is, without where the holder was: "Chad's president (in Paris)"."""
    if len(texts) > _SHORT and "in" in texts[2:] and ("'s" in texts or "’s" in texts):
        return texts[: texts.index("in", 2)]
    return texts
