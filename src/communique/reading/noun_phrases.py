"""Noun phrases: their words, where they stand, and the country that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.grammar import children, conjuncts, prepositional
from communique.reading.knowledge import Knowledge
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_LEFT = frozenset(("amod", "compound", "nummod", "nmod", "poss", "det", "quantmod", "advmod", "punct", "predet"))
_RIGHT = frozenset(("of", "from", "for", "in"))
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
        """The words of a noun phrase without determiners and relative clauses."""
        tokens = phrase_tokens(token)
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
        return re.sub(r" (['’]s)\b", r"\1", " ".join(texts))

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
    tokens = phrase_tokens(token)
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
