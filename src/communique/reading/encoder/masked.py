"""Masked lines: sentences as the encoder sees them, common words only, mentions by their kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST_OF_POST = 3  # words of a post that are shown: its end says what somebody is


@dataclass(frozen=True, slots=True)
class MaskedLine:
    """A sentence without names.

    Attributes:
        words: What is shown of it, lower case.
        at: Token index → the position of its last word.
    """

    words: tuple[str, ...]
    at: dict[int, int]


def masked(line: Line) -> MaskedLine:
    """A parsed sentence without names; empty for titles, which are not parsed."""
    words: list[str] = []
    at: dict[int, int] = {}
    for token in line.tokens:
        words += _shown(token, line.mention_of.get(token.i))
        at[token.i] = len(words) - 1
    return MaskedLine(tuple(words), at)


def _shown(token: Token, mention: Mention | None) -> Iterator[str]:
    if mention is None:
        is_name = token.tag_ in ("NNP", "NNPS") and token.text[:1].isupper()
        yield "name" if is_name else token.lower_
    elif mention.kind == "post":
        yield from mention.name.lower().split()[-_MOST_OF_POST:] or ["post"]
    else:
        if mention.kind == "person" and mention.posts:
            yield from mention.posts[0].title.lower().split()[-_MOST_OF_POST:]
        yield mention.kind
