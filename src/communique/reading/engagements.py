"""Engagements: triggers of a document joined into one record per engagement."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from communique.model import EventDate
from communique.reading.analysis import Line
from communique.reading.carrying import Circumstances, Setting, disjoint, merged
from communique.reading.circumstances import CircumstanceFinder
from communique.reading.discourse import Discourse
from communique.reading.grammar import prepositional
from communique.reading.parties import Party, all_keys
from communique.reading.records import Record, sides_of
from communique.reading.sameness import FAMILY
from communique.reading.status import Standing, StatusJudge
from communique.reading.tellings import Narrative, Telling
from communique.reading.trigger_finder import TriggerFinder
from communique.reading.triggers import Trigger

_UNSAID = 6
"""Lines for which "a second one" remembers what it leaves unsaid."""

_MUTUAL = ("meeting", "call", "signing", "conference", "committee_session")


class EngagementBuilder:
    """Reads the lines of a document in order and keeps the records.

    Args:
        finder: Finds the words that tell engagements.
        judge: Tells what is real, planned, called off.
        circumstances: Finds dates and places.
    """

    def __init__(
        self,
        finder: TriggerFinder,
        judge: StatusJudge,
        circumstances: CircumstanceFinder,
    ) -> None:
        self.finder = finder
        self.judge = judge
        self.circumstances = circumstances

    def read_line(
        self, line: Line, discourse: Discourse, records: list[Record], narrative: Narrative, setting: Setting
    ) -> None:
        """Adds what one line tells to the records, in order of first mention.

        The records are what the rules take for engagements, and what the next lines are understood by; what the
        document tells in the end is judged from the tellings, when all of it is known.

        Args:
            line: The line, parsed.
            discourse: What has been mentioned before it.
            records: What the rules take for engagements; grows.
            narrative: Everything that may tell an engagement; grows.
            setting: Times and places of the document.
        """
        narrative.cast.enter(line, discourse)
        for trigger in self._triggers(line, discourse, narrative):
            before = frozenset(p.key for q in discourse.memory.last_parties for p in q.resolved())
            standing = self.judge.judge(trigger)
            found = self.circumstances.of(trigger, standing, setting, records)
            own = self._record(trigger, found, records, sides_of(trigger), setting)
            record = None if standing.denied else self._taken_for(trigger, found, records, setting)
            narrative.tellings.append(Telling(trigger, found, own, record, before))
            narrative.cast.add(trigger.parties)
            if record is not None and record.is_ruled:
                _remember(record, trigger, discourse)

    def _taken_for(
        self, trigger: Trigger, found: Circumstances, records: list[Record], setting: Setting
    ) -> Record | None:
        """The record that a trigger speaks of, by the rules: one told before, or a new one; None for neither."""
        record = _earlier(trigger, found.standing, records, found.date)
        if record is None:
            return self._told(trigger, found, records, setting)
        if not trigger.is_complete:
            return None
        record.join(trigger)
        merged(record, found)
        return record

    def _triggers(self, line: Line, discourse: Discourse, narrative: Narrative) -> list[Trigger]:
        """The triggers of a line, completed where grammar has failed."""
        told = (t for t in reversed(narrative.tellings) if t.trigger.is_noun)
        last = next((t.trigger for t in told if line.index - t.line.index <= _UNSAID), None)
        found = list(self.finder.find(line, discourse, last))
        full = [trigger for trigger in found if trigger.is_complete]
        if len(full) == 1 or (len(found) == 1 and not full):
            complete((full or found)[0], discourse, self.finder.frames.reporting)
        return found

    def _told(self, trigger: Trigger, found: Circumstances, records: list[Record], setting: Setting) -> Record:
        """Makes the records of the engagements that a trigger tells first; returns the last of them."""
        is_ruled = trigger.is_complete and _is_new(trigger, found.standing)
        for sides in _meetings(trigger, records):
            record = self._record(trigger, found, records, sides, setting)
            record.is_ruled = is_ruled
            if is_ruled:
                records.append(record)
        return record

    def _record(
        self,
        trigger: Trigger,
        found: Circumstances,
        records: Sequence[Record],
        sides: list[list[Party]],
        setting: Setting,
    ) -> Record:
        record = Record(trigger.kind, found.standing, sides, [trigger], [trigger.line])
        record.date, record.place = found.date, found.place
        self.circumstances.carrier.hand_on(record, records, found, setting)
        return record


def _remember(record: Record, trigger: Trigger, discourse: Discourse) -> None:
    """Notes whom "both sides" and "the visitor" stand for from now on."""
    if len(record.parties) > 1:
        discourse.memory.last_parties = record.parties
    if trigger.kind == "visit" and trigger.one:
        discourse.memory.visitors = trigger.one
        discourse.memory.hosts = trigger.other
    elif trigger.token.lower_ in discourse.words.calls and trigger.one and prepositional(trigger.token, "on"):
        discourse.memory.visitors, discourse.memory.hosts = trigger.one, trigger.other
    elif trigger.token.lower_ in discourse.words.receives and trigger.one and trigger.other:
        discourse.memory.visitors, discourse.memory.hosts = trigger.other, trigger.one


def _meetings(trigger: Trigger, records: Sequence[Record]) -> list[list[list[Party]]]:
    """The sides of each engagement that a trigger tells: one, or one for each party that was met separately."""
    if trigger.kind == "call" and trigger.token.lower_ == "calls" and len(trigger.one) > 1 and trigger.other:
        return [[[party], list(trigger.other)] for party in trigger.one]
    people = [p for p in trigger.other if p.referent.type in ("person", "country")]
    if trigger.separate and trigger.one and len(people) > 1 and len(people) == len(trigger.other):
        return [[list(trigger.one), [party]] for party in people]
    if trigger.again and len(trigger.parties) < 2:
        earlier = next((r for r in reversed(records) if _is_kin(r, trigger) and len(r.parties) > 1), None)
        if earlier is not None and {p.key for p in trigger.parties} <= earlier.keys:
            return [[list(side) for side in earlier.sides]]
    return [sides_of(trigger)]


def _is_kin(record: Record, trigger: Trigger) -> bool:
    return FAMILY[record.kind] == FAMILY[trigger.kind]


def _is_new(trigger: Trigger, standing: Standing) -> bool:
    """Whether a trigger that speaks of nothing told before tells an engagement, by the rules."""
    if not trigger.parties:
        is_other = standing.status != "held" or standing.background
        return trigger.named or (trigger.again and trigger.is_noun and is_other)
    if trigger.weak and trigger.is_noun:
        return len(trigger.parties) >= 2 or (not trigger.definite and bool(trigger.one or trigger.several))
    return not (trigger.is_noun and trigger.definite and len(trigger.parties) < 2 and trigger.kind != "visit")


def _earlier(trigger: Trigger, standing: Standing, records: Sequence[Record], date: EventDate | None) -> Record | None:
    """The record that a trigger speaks of again."""
    if carried := next((r for r in reversed(records) if _is_carried(trigger, r)), None):
        return carried
    if trigger.again:
        return None
    points_back = trigger.is_noun and trigger.definite
    keys = all_keys(trigger.parties)
    for record in reversed(records):
        if not _is_kin(record, trigger) or not (points_back or _is_alike(record.standing, standing)):
            continue
        if _is_apart(trigger, record, keys):
            continue
        if date and record.date and date.start and record.date.start and disjoint(date, record.date):
            continue
        if points_back:
            if keys <= record.keys:
                return record
        elif not keys:
            return record if trigger.is_noun and record.lines[-1] is not trigger.line else None
        elif keys <= record.keys or (record.keys <= keys and len(record.keys) > 1):
            return record
    return None


def _is_carried(trigger: Trigger, record: Record) -> bool:
    """Whether the verb of a record carries the noun too: "sat down with X FOR a second MEETING"."""
    verb = trigger.verb
    if not trigger.is_noun or verb is None or not _is_kin(record, trigger):
        return False
    return any(t.line is trigger.line and t.token.i == verb.i for t in record.triggers)


def _is_alike(one: Standing, other: Standing) -> bool:
    return (one.status, one.background) == (other.status, other.background)


def _is_apart(trigger: Trigger, record: Record, keys: set[str]) -> bool:
    """Whether some of those at a larger engagement met on their own: "a bilateral session with", "also met"."""
    sides = [side for side in record.sides if side]
    if len(sides) < 3 or len(trigger.parties) < 2 or trigger.definite or not keys < record.keys:
        return False
    return len(sides_of(trigger)) == 2


def complete(trigger: Trigger, discourse: Discourse, reporting: Collection[str]) -> None:
    """Takes the people of a sentence that tells of one engagement with one party for the other side.

    Grammar has failed there, and who else is named in such a sentence most often took part.

    Args:
        trigger: The only trigger of its sentence.
        discourse: What has been mentioned.
        reporting: Verb forms whose subject only reports.
    """
    if len(trigger.parties) != 1 or trigger.kind not in _MUTUAL:
        return
    line = trigger.line
    known = all_keys(trigger.parties)
    assert line.doc is not None
    for i, mention in sorted(line.mention_of.items()):
        token = line.doc[i]
        if mention.kind != "person" or (token.dep_ in ("poss", "nsubj") and token.head.lower_ in reporting):
            continue
        for party in discourse.parties([token], line):
            if party.key not in known:
                known.add(party.key)
                trigger.other.append(party)
