"""Tokens of parsed sentences as plain objects.

spaCy makes a new object each time that a token, its head or its children are asked for, and looks every label up in a
table. The rules ask millions of times, so what they ask for is read once from each parsed sentence, and the sentence of
the model is let go.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

_FORMS = 1 << 16  # words whose shape is remembered: more than a batch of reports has


class Token:
    """A token of a parsed sentence; the names are those of spaCy.

    Attributes:
        i: Its index in the sentence.
        text: The token as written.
        lower_: The same in lower case.
        tag_: Its part of speech, in the tags of the Penn Treebank.
        dep_: How it depends on its head, in the labels of ClearNLP.
        whitespace_: The space behind it, or nothing.
        doc: Its sentence.
        head: The token that it depends on; itself for the root.
        children: The tokens that depend on it, left to right.
    """

    __slots__ = ("children", "dep_", "doc", "head", "i", "lower_", "tag_", "text", "whitespace_")

    doc: Parse
    head: Token
    children: tuple[Token, ...]

    def __init__(self, i: int, text: str, tag: str, dep: str, whitespace: str) -> None:
        self.i = i
        self.text = text
        self.lower_ = text.lower()
        self.tag_ = tag
        self.dep_ = dep
        self.whitespace_ = whitespace

    def __repr__(self) -> str:
        return f"Token({self.i}, {self.text!r}, {self.tag_}, {self.dep_})"

    @property
    def is_alpha(self) -> bool:
        """Whether it consists of letters alone."""
        return self.text.isalpha()

    @property
    def is_lower(self) -> bool:
        """Whether its letters are lower case."""
        return self.text.islower()

    @property
    def is_title(self) -> bool:
        """Whether its words begin with capital letters, and have no others."""
        return self.text.istitle()

    @property
    def is_punct(self) -> bool:
        """Whether it consists of punctuation alone."""
        return _is_punctuation(self.text)

    @property
    def like_num(self) -> bool:
        """Whether it is a number in figures or in words."""
        return _is_number(self.text)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above it, the closest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """The token and all that depends on it, left to right wherever the parse does not cross itself."""
        found: list[Token] = []
        waiting = [(self, False)]
        while waiting:
            token, is_open = waiting.pop()
            if is_open or not token.children:
                found.append(token)
                continue
            waiting += [(child, False) for child in reversed(token.children) if child.i > token.i]
            waiting.append((token, True))
            waiting += [(child, False) for child in reversed(token.children) if child.i < token.i]
        return found

    def nbor(self, offset: int = 1) -> Token:
        """The token that stands ``offset`` places further; the caller knows that there is one."""
        return self.doc[self.i + offset]


class Parse(tuple[Token, ...]):
    """A parsed sentence: its tokens in order."""

    @classmethod
    def of(cls, doc: Doc) -> Parse:
        """Reads what the model has found out about a sentence."""
        table, strings = doc.to_array(["ORTH", "TAG", "DEP", "HEAD", "SPACY"]), doc.vocab.strings
        rows, above = table.tolist(), table[:, 3].view(np.int64).tolist()  # heads count from the token
        parse = cls(
            Token(i, _word(strings, orth), _word(strings, tag), _word(strings, dep), " " if is_spaced else "")
            for i, (orth, tag, dep, _, is_spaced) in enumerate(rows)
        )
        children: list[list[Token]] = [[] for _ in parse]
        for token, offset in zip(parse, above, strict=True):
            token.doc, token.head = parse, parse[token.i + offset]
            if offset:
                children[token.i + offset].append(token)
        for token, below in zip(parse, children, strict=True):
            token.children = tuple(below)
        return parse

    @cached_property
    def text(self) -> str:
        """The words of the sentence and the spaces between them."""
        return "".join(token.text + token.whitespace_ for token in self)


@lru_cache(_FORMS)
def _word(strings: StringStore, number: int) -> str:
    """What the model's table of strings has under a number."""
    return str(strings[number])


@lru_cache(_FORMS)
def _is_punctuation(text: str) -> bool:
    from spacy.lang.lex_attrs import is_punct

    return bool(is_punct(text))


@lru_cache(_FORMS)
def _is_number(text: str) -> bool:
    from spacy.lang.en.lex_attrs import like_num

    return bool(like_num(text))  # type: ignore[no-untyped-call]
