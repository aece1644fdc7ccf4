"""Tellings: each place in a document that may tell an engagement, with what the story knew there."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.reading.analysis import Line
from communique.reading.carrying import Circumstances, Setting
from communique.reading.cast import Actor, Cast
from communique.reading.opinion import Opinion
from communique.reading.records import Record
from communique.reading.triggers import Trigger


@dataclass(slots=True, eq=False)
class Telling:
    """A trigger in its story.

    Attributes:
        trigger: The words, with the parties that grammar gives.
        found: What its sentence tells of reality, day and place.
        own: The engagement that it tells if it tells one of its own.
        record: The engagement that the rules take it for, told before or new; None when they see none.
        before: Identities of the parties to the engagement told last.
        chances: Identity → probability of having taken part, 0 to 1; filled by the judge.
        chance: Probability that it tells an engagement, 0 to 1; filled by the judge.
    """

    trigger: Trigger
    found: Circumstances
    own: Record
    record: Record | None
    before: frozenset[str]
    chances: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0
    _slots: dict[str, str] | None = field(default=None, init=False, repr=False)

    @property
    def line(self) -> Line:
        """Its sentence."""
        return self.trigger.line

    @property
    def slots(self) -> dict[str, str]:
        """Identity → where grammar has put it: one, other or several."""
        if self._slots is None:  # once asked for, grammar has said all that it has to say
            slots = (("several", self.trigger.several), ("other", self.trigger.other), ("one", self.trigger.one))
            self._slots = {p.key: slot for slot, parties in slots for q in parties for p in q.resolved()}
        return self._slots


@dataclass(slots=True, eq=False)
class Narrative:
    """A document as it was followed.

    Attributes:
        lines: Its lines, the title first when there is one.
        setting: Its times and places.
        cast: Whom it speaks of.
        tellings: What may tell an engagement, in order.
        main: Identities of the person or body that the document is about.
        opinion: What the encoder thinks of it; nothing before it is asked.
    """

    lines: list[Line]
    setting: Setting
    cast: Cast = field(default_factory=Cast)
    tellings: list[Telling] = field(default_factory=list)
    main: frozenset[str] = frozenset()
    opinion: Opinion = field(default_factory=Opinion)

    @property
    def first(self) -> int:
        """Index of the first line that is not the title."""
        return next((line.index for line in self.lines if not line.is_title), 0)

    def actors(self, telling: Telling) -> list[Actor]:
        """The actors of a telling's sentence, the trigger word itself left out."""
        return [a for a in self.cast.actors.get(telling.line.index, ()) if a.token.i != telling.trigger.token.i]

    def closest_actors(self, telling: Telling) -> dict[str, Actor]:
        """Identity → the actor of a telling's sentence that stands for it closest to the trigger; places come last."""
        target = telling.trigger.token.i
        closest: dict[str, Actor] = {}
        for actor in sorted(self.actors(telling), key=lambda a: (a.kind == "place", abs(a.token.i - target))):
            for key in actor.keys:
                closest.setdefault(key, actor)
        return closest
