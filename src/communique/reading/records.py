"""Records of engagements in the making: their triggers, their sides, what is known of when and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.model import EventDate, Place
from communique.model.vocabulary import EngagementKind
from communique.reading.analysis import Line
from communique.reading.parties import Party, all_keys, without
from communique.reading.status import Standing
from communique.reading.triggers import Trigger


@dataclass(slots=True, eq=False)
class Record:
    """An engagement in the making.

    Attributes:
        kind: Kind of engagement.
        standing: Whether it is real, planned, called off, background.
        sides: Its sides, each a list of parties.
        triggers: The words that tell it, the first one first.
        lines: The sentences that tell it.
        date: When, if known.
        place: Where, if known.
        is_ruled: Whether the rules take it for an engagement; else only the judge can.
        confidence: How sure the reader is, 0 to 1.
    """

    kind: EngagementKind
    standing: Standing
    sides: list[list[Party]]
    triggers: list[Trigger] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    date: EventDate | None = None
    place: Place | None = None
    is_ruled: bool = True
    confidence: float = 1.0

    @property
    def parties(self) -> list[Party]:
        """All parties of all sides."""
        return [party for side in self.sides for party in side]

    @property
    def keys(self) -> set[str]:
        """Identities of all parties, delegations by their members as well."""
        return all_keys(self.parties)

    def join(self, trigger: Trigger) -> None:
        """Takes over a trigger that speaks of the engagement again, and the parties that it adds."""
        self.triggers.append(trigger)
        if trigger.line not in self.lines:
            self.lines.append(trigger.line)
        known = self.keys
        for side in sides_of(trigger):
            fresh = [p for p in side if p.key not in known]
            if not fresh:
                continue
            shared = {p.key for p in side} & known
            home = next((s for s in self.sides if any(p.key in shared for p in s)), None)
            if home is not None:
                home.extend(fresh)
            else:
                self.sides.append(fresh)


def sides_of(trigger: Trigger) -> list[list[Party]]:
    """The sides: who acts, the other side, and one side for each of several equal parties."""
    one = list(trigger.one)
    other = without(trigger.other, one)
    several = without(trigger.several, (*one, *other))
    if other or not (len(one) > 1 and trigger.kind in ("meeting", "call", "signing", "exercise")):
        sides = [side for side in (one, other) if side]
    else:
        sides = [[party] for party in one]
    return sides + [[party] for party in several]
