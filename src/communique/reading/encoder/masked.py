"""Masked lines: sentences as the encoder sees them, with people under pseudonyms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention

if TYPE_CHECKING:
    from communique.reading.tokens import Token

PSEUDONYMS = (
    "davis lewis harris thompson robinson jackson roberts phillips campbell evans edwards collins "
    "stewart morris murphy rogers cooper bailey kelly henderson peterson richardson watson hughes "
    "simmons foster bryant russell griffin hayes sullivan wallace ellis harrison gibson murray"
).split()
"""Names that a language model has met so often that they tell nothing but who is who. Training deals them anew at each
look, so that none is learned."""

_MOST_OF_POST = 3  # words of a post that are shown: its end says what somebody is
_MOST_OF_NAME = 4  # words of an institution, a country or a place that are shown, the last ones likewise


@dataclass(frozen=True, slots=True)
class MaskedLine:
    """A sentence without names of people.

    Attributes:
        words: What is shown of it, lower case.
        people: Position of a pseudonym → its number.
        at: Token index → the position of its last word; empty for titles, which are not parsed.
    """

    words: list[str]
    people: dict[int, int]
    at: dict[int, int]


class Masks:
    """Gives everybody in a document a pseudonym, by first appearance."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def masked(self, line: Line) -> MaskedLine:
        """A sentence without names of people."""
        shown = MaskedLine([], {}, {})
        if line.doc is None:
            self._show_title(line, shown)
        for token in line.tokens:
            mention = line.mention_of.get(token.i)
            if mention is not None:
                self._show(mention, shown)
            else:
                shown.words.append(_common(token))
            shown.at[token.i] = len(shown.words) - 1
        return shown

    def _show_title(self, line: Line, shown: MaskedLine) -> None:
        inside = {k for mention in line.mentions for k in range(mention.first, mention.last)}
        starts = {mention.first: mention for mention in line.mentions}
        for k, word in enumerate(line.labelled.words):
            if k in starts:
                self._show(starts[k], shown)
            elif k not in inside:
                shown.words.append(word.low)

    def _show(self, mention: Mention, shown: MaskedLine) -> None:
        if mention.kind != "person":
            limit = _MOST_OF_POST if mention.kind == "post" else _MOST_OF_NAME
            shown.words.extend(mention.name.lower().split()[-limit:] or [mention.kind])
            return
        shown.words.extend(_post(mention))
        number = self._number(mention)
        if number is None:
            shown.words.append("somebody")
        else:
            shown.people[len(shown.words)] = number
            shown.words.append(PSEUDONYMS[number])

    def _number(self, mention: Mention) -> int | None:
        """The number of a person's pseudonym; None when they are used up, or nobody knows who is meant."""
        if not mention.referents:
            return None
        number = self._numbers.setdefault(mention.referents[0].key, len(self._numbers))
        return number if number < len(PSEUDONYMS) else None


def _post(mention: Mention) -> Sequence[str]:
    return mention.posts[0].title.lower().split()[-_MOST_OF_POST:] if mention.posts else ()


def _common(token: Token) -> str:
    is_name = token.tag_ in ("NNP", "NNPS") and token.text[:1].isupper()
    return "name" if is_name else token.lower_
