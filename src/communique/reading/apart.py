"""Apart: who of those named in one sentence sat together, and who were met one after the other.

"She met the minister and the chief of staff" may be one meeting or two; "separately", a preposition said again, "then"
and where the names stand speak for two. A forest is asked about every two of those who took part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.actor_features import preposition_of
from communique.reading.attachment import attachment
from communique.reading.grammar import is_subject, is_verb
from communique.reading.participants import place_of_preposition, place_of_slot, place_of_type
from communique.reading.tellings import Narrative

if TYPE_CHECKING:
    from communique.reading.tokens import Token

MOST = 8
"""Members of a company, and engagements that one telling can stand for; lists of more are taken for one engagement."""

_AFTER = 4  # tokens behind two names in which "respectively" belongs to them
_SEPARATE = frozenset("separate separately respectively individually successively turn consecutively each".split())
_NEXT = frozenset("then later before after afterwards earlier followed finally next followed first".split())
_BILATERAL = frozenset("bilateral bilaterals bilaterally one-on-one tête-à-tête pull-aside pull-asides".split())
_JOINT = frozenset("both jointly together joint trilateral delegation tripartite quadrilateral".split())
_BETWEEN = ("and", "with", "by", ",", ";", "also", "to", "as", "from", "of", "or", "while")


def asked_together(narrative: Narrative, number: int, keys: Collection[str]) -> list[tuple[str, str, list[float]]]:
    """Every two identities of a company that the sentence of a telling names, and the numbers the forest is asked with.

    Args:
        narrative: The document; who took part has been weighed.
        number: Which of its tellings.
        keys: Identities of the company.
    """
    named = Named(narrative, number, keys)
    if not 2 <= len(named.closest) <= MOST:
        return []
    ranked = sorted(named.closest, key=lambda key: (named.closest[key].token.i, key))
    common = named.common()
    return [(one, two, [*common, *named.between(one, two)]) for one, two in combinations(ranked, 2)]


class Named:
    """Those of a company whom the sentence of a telling names.

    Args:
        narrative: The document.
        number: Which of its tellings.
        keys: Identities of the company.

    Attributes:
        closest: Identity → the actor that stands for it closest to the trigger.
    """

    def __init__(self, narrative: Narrative, number: int, keys: Collection[str]) -> None:
        self.narrative = narrative
        self.telling = narrative.tellings[number]
        self.slots = self.telling.slots
        self.actors = narrative.actors(self.telling)
        closest = narrative.closest_actors(self.telling)
        self.closest = {key: closest[key] for key in keys if key in closest}

    def common(self) -> list[float]:
        """What holds for every two of them: the trigger, how many there are, the words of the sentence."""
        trigger, line = self.telling.trigger, self.telling.line
        words = [token.lower_ for token in line.tokens]
        return [
            ENGAGEMENT_KINDS.index(trigger.kind),
            trigger.is_noun,
            trigger.definite,
            trigger.weak,
            trigger.separate,
            trigger.token.tag_ in ("NNS", "NNPS"),
            len(self.closest),
            len(self.actors),
            sum(self.slots.get(key) == "other" for key in self.closest),
            sum(self.slots.get(key) == "one" for key in self.closest),
            sum(key not in self.slots for key in self.closest),
            any(word in _SEPARATE for word in words),
            any(word in _BILATERAL for word in words),
            any(word in _JOINT for word in words),
            sum(word in _NEXT for word in words),
            sum(word == ";" for word in words),
            len(words),
            sum(other.line is line for other in self.narrative.tellings),
            self.narrative.lines[-1].index - line.index,
            line.index,
        ]

    def between(self, one: str, two: str) -> list[float]:
        """What two of them are to each other; ``one`` stands before ``two``."""
        trigger, members = self.telling.trigger, self.narrative.cast.members
        a, b = self.closest[one], self.closest[two]
        first, second = preposition_of(a.token), preposition_of(b.token)
        values: list[float] = [
            b.token.i - a.token.i,
            sum(a.token.i < actor.token.i < b.token.i for actor in self.closest.values()),
            a.token.i < trigger.token.i,
            b.token.i < trigger.token.i,
            place_of_slot(self.slots.get(one)),
            place_of_slot(self.slots.get(two)),
            place_of_type(members[one].party.referent.type),
            place_of_type(members[two].party.referent.type),
            self.telling.chances.get(one, 0.0),
            self.telling.chances.get(two, 0.0),
            place_of_preposition(first),
            place_of_preposition(second),
            first is not None and second is not None and first.i == second.i,
            first is not None and second is not None and first.i != second.i and first.lower_ == second.lower_,
            is_subject(a.token),
            is_subject(b.token),
            a.kind == "word",
            b.kind == "word",
            _hangs_on(b.token, a.token),
            b.token.dep_ == "conj",
            b.token.dep_ == "appos",
            a.token.dep_ == "poss",
            b.token.dep_ == "poss",
            attachment(a.token, trigger, ()),
            attachment(b.token, trigger, ()),
            *self._words_between(a.token.i, b.token.i),
            one in self.telling.before,
            two in self.telling.before,
            len(a.parties),
            one in self.narrative.main,
            two in self.narrative.main,
            a is b,
        ]
        words = {token.lower_ for token in self.telling.line.tokens if a.token.i < token.i < b.token.i}
        return [*map(float, values), *(float(word in words) for word in _BETWEEN)]

    def _words_between(self, start: int, end: int) -> list[float]:
        """What the words between two tokens say: apart, one after the other, another verb, a place, a time."""
        line = self.telling.line
        between = [token for token in line.tokens if start < token.i < end]
        words = [token.lower_ for token in between]
        kinds = [line.mention_of[token.i].kind for token in between if token.i in line.mention_of]
        after = [token.lower_ for token in line.tokens if end < token.i <= end + _AFTER]
        return [
            any(word in _SEPARATE for word in (*words, *after)),
            any(word in _NEXT for word in words),
            any(is_verb(token) for token in between),
            sum(kind == "place" for kind in kinds),
            "date" in kinds,
        ]


def _hangs_on(token: Token, other: Token) -> bool:
    """Whether a token is coordinated with another, or with what is coordinated with it."""
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
        if token.i == other.i:
            return True
    return False


def companies(keys: list[str], apart: Iterable[frozenset[str]]) -> list[list[str]]:
    """The companies that sat together: the largest ones in which no two were apart (Bron and Kerbosch 1973).

    Args:
        keys: Identities, the likeliest first.
        apart: Every two that were apart.

    Returns:
        The companies, each in the order of the keys; the one with all keys when nobody was apart. Those of
        one alone are left out where there are larger ones; all are taken for one where there would be more than MOST.
    """
    pairs = frozenset(apart)
    if not pairs:
        return [keys]
    beside = {key: {other for other in keys if other != key and frozenset((key, other)) not in pairs} for key in keys}
    found = [sorted(group, key=keys.index) for group in _cliques(set(), set(keys), set(), beside)]
    larger = [group for group in found if len(group) > 1]
    found = sorted(larger or found, key=lambda group: [keys.index(key) for key in group])
    return found if len(found) <= MOST else [keys]


def _cliques(chosen: set[str], open_: set[str], shut: set[str], beside: dict[str, set[str]]) -> Iterator[set[str]]:
    if not open_ and not shut:
        yield chosen
    for key in sorted(open_):
        yield from _cliques(chosen | {key}, open_ & beside[key], shut & beside[key], beside)
        open_ = open_ - {key}
        shut = shut | {key}
