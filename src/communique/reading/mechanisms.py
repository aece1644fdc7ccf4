"""Mechanisms: in what state joint bodies, forces, programmes and agreements are, read line by line.

A phrase may name a mechanism (`mechanism_names`); the words around it say in what state it is (`mechanism_states`), as
somebody vouches for it (`mechanism_moods`); what was told before says which one it is (`mechanism_memory`). The words
stand in `lexicon/mechanisms.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.lexicon import Lexicon
from communique.model import EventDate
from communique.model.vocabulary import MechanismStatus
from communique.reading.analysis import Line
from communique.reading.carrying import Setting, inherited, story_date
from communique.reading.commitment_drafts import CommitmentDraft, Scene
from communique.reading.commitment_parties import PartyFinder
from communique.reading.discourse import Discourse
from communique.reading.grammar import agents, children
from communique.reading.knowledge import Knowledge
from communique.reading.mechanism_drafts import ACTS, StepDraft
from communique.reading.mechanism_memory import MechanismMemory, ToldMechanism
from communique.reading.mechanism_names import MechanismMention, MechanismNames, Strength
from communique.reading.mechanism_states import State, StateReader
from communique.reading.mechanism_words import MechanismWords
from communique.reading.occasions import OccasionFinder
from communique.reading.parties import Party, country_party
from communique.reading.records import Record
from communique.reading.status import Standing
from communique.reading.triggers import Trigger

_CONFIDENCE = {Strength.BARE: 0.5, Strength.FAIR: 0.6, Strength.STRONG: 0.7}
TENTATIVE = 0.3
"""Confidence of steps of which only other reports can show that they are a mechanism's."""
_ACTING = frozenset(("called_for", "announced", "agreed", "reaffirmed"))
_PLANNED = Standing("planned", denied=False, background=False)
_HELD = Standing("held", denied=False, background=False)


class MechanismFinder:
    """Finds steps of mechanisms.

    Args:
        lexicon: Language knowledge.
        knowledge: The same, compiled.
        parties: Finds who stands behind a verb.
        occasions: Finds when something happened.
    """

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge, parties: PartyFinder, occasions: OccasionFinder) -> None:
        self.words = MechanismWords(lexicon)
        self.knowledge = knowledge
        self.names = MechanismNames(self.words, knowledge)
        self.states = StateReader(self.words)
        self.parties = parties
        self.occasions = occasions

    def follow(self, text: str, setting: Setting) -> MechanismFollower:
        """A follower for one document, whose lines must come in order."""
        return MechanismFollower(self, text, setting)


class MechanismFollower:
    """Reads the lines of one document in order and remembers which mechanisms it has told."""

    def __init__(self, finder: MechanismFinder, text: str, setting: Setting) -> None:
        self.finder = finder
        self.text = text
        self.setting = setting
        self.memory = MechanismMemory(finder.words)

    def read_line(
        self, line: Line, discourse: Discourse, records: Sequence[Record], commitments: Sequence[CommitmentDraft]
    ) -> list[StepDraft]:
        """The steps of one parsed line.

        Args:
            line: The line.
            discourse: What was mentioned before it.
            records: The engagements told so far.
            commitments: The commitments of this line.
        """
        scene = Scene(line, discourse, records[-1] if records else None)
        mentions = list(self.finder.names.find(line, self.text))
        drafts: list[StepDraft] = []
        for mention in mentions:
            drafts += self._read_mention(mention, scene, records)
        drafts += self._of_commitments(commitments, mentions, drafts, scene, records)
        return _without_frames(drafts)

    def _read_mention(self, mention: MechanismMention, scene: Scene, records: Sequence[Record]) -> Iterator[StepDraft]:
        told = self.memory.find(mention)
        states = self.finder.states.read(mention, is_known=told is not None or mention.is_definite)
        only = self.finder.words.only.get(mention.head)
        states = [s for s in states if only is None or s.status in only]
        if told is None and mention.strength is Strength.BARE:
            if self._is_new(mention):
                states = [s for s in states if s.is_bound]
            elif self._is_tentative(mention):
                states = [replace(s, is_tentative=True) for s in states if not s.is_aside]
            else:
                return
            if not states:
                return
        elif told is None and only is not None and not states:
            return
        mechanism = self.memory.enter(mention)
        for state in states:
            yield self._draft(mechanism, mention, state, scene, records)

    def _is_new(self, mention: MechanismMention) -> bool:
        """Whether a bare noun can bring in something new ("a deal"), or brings back another ("earlier lines")."""
        words = self.finder.words
        if mention.words & words.former and any(
            head.removesuffix("s") == mention.head.removesuffix("s") for told in self.memory.told for head in told.heads
        ):
            return True
        is_single = any(c.lower_ in ("a", "an", "another") for c in children(mention.token, "det"))
        return is_single and not mention.is_definite and mention.kind != "other"

    def _is_tentative(self, mention: MechanismMention) -> bool:
        """Whether a phrase points to something that other reports may have told ("the school in the port")."""
        words = self.finder.words
        is_placed = any(word[0].isupper() for word in mention.name.split()[1:])
        is_own = mention.words & (words.standing - words.services) or (
            mention.head in words.standing_nouns and not is_placed
        )
        has_more = bool(mention.words - {mention.head} - words.empty)
        return mention.is_definite and mention.kind not in ("other", "joint_force") and has_more and not is_own

    def _draft(
        self,
        mechanism: ToldMechanism,
        mention: MechanismMention,
        state: State,
        scene: Scene,
        records: Sequence[Record],
    ) -> StepDraft:
        date, is_timed = self._date(state, scene.line, records)
        return StepDraft(
            mechanism=mechanism,
            status=state.status,
            lines=[scene.line],
            parties=self._parties(mechanism, mention, state, scene),
            date=date,
            is_timed=is_timed,
            record=scene.record,
            confidence=TENTATIVE if state.is_tentative else _CONFIDENCE[mention.strength],
            fullness=len(mention.words),
        )

    def _date(self, state: State, line: Line, records: Sequence[Record]) -> tuple[EventDate | None, bool]:
        """When a step happened, and whether its sentence names a time for it at all."""
        told_by = state.verb if state.is_aside else state.actor_verb
        is_plan = state.is_ahead and told_by is state.verb
        found, is_timed = self.finder.occasions.date(
            Trigger(line, told_by, state.verb if is_plan else told_by, "other"),
            _PLANNED if is_plan else _HELD,
            self.setting.calendar,
            story_date(records),
        )
        if found is not None and self._is_elsewhere(found, line):
            found, is_timed = None, False
        if found is None:
            found = story_date(records) if state.status in _ACTING and not is_timed else None
            return (inherited(found), False) if found is not None else (None, is_timed)
        today = self.setting.calendar.today
        if found.text.lower().startswith("to ") or (today and found.start and found.start > today):
            return None, False  # the day to which it is put off, or for which it is planned
        return found, is_timed

    def _is_elsewhere(self, date: EventDate, line: Line) -> bool:
        """Whether a date stands above the paragraph: that of the report, not of what it tells."""
        return bool(date.text) and date.text not in self.text[line.start : line.end]

    def _parties(self, mechanism: ToldMechanism, mention: MechanismMention, state: State, scene: Scene) -> list[Party]:
        """The countries that its names name; and who agreed, announced or called for it."""
        found = [country_party(code, self.finder.knowledge, mention.phrase.span) for code in mechanism.countries]
        if state.status in _ACTING and not state.is_aside:
            found += self.finder.parties.named(agents(state.actor_verb), scene)
            if state.status == "agreed" and len(found) < 2:
                found += self.finder.parties.default(scene)
        out: dict[str, Party] = {}
        for party in (p for p in found if p.referent.type != "group"):
            out.setdefault(party.key, party)
        return list(out.values())

    def _of_commitments(
        self,
        commitments: Sequence[CommitmentDraft],
        mentions: Sequence[MechanismMention],
        drafts: Sequence[StepDraft],
        scene: Scene,
        records: Sequence[Record],
    ) -> Iterator[StepDraft]:
        """Steps that only the commitments of the line tell."""
        if drafts:
            return
        for commitment in commitments:
            mention = _meant(commitment, mentions)
            if mention is None or mention.strength is Strength.BARE:
                continue
            status: MechanismStatus = ACTS[commitment.act]
            top = next((t for t in scene.line.tokens if t.dep_ == "ROOT"), mention.token)
            date, is_timed = self._date(State(status, top, top), scene.line, records)
            yield StepDraft(
                mechanism=self.memory.enter(mention),
                status=status,
                lines=[scene.line],
                parties=list(commitment.parties),
                date=date,
                is_timed=is_timed,
                record=scene.record,
                confidence=min(commitment.confidence, _CONFIDENCE[mention.strength]),
                fullness=len(mention.words),
            )
            return


def _meant(commitment: CommitmentDraft, mentions: Sequence[MechanismMention]) -> MechanismMention | None:
    name = (commitment.mechanism or "").lower()
    found = (m for m in mentions if name and (m.name.lower() in name or name in m.name.lower()))
    return next(found, None)


def _without_frames(drafts: list[StepDraft]) -> list[StepDraft]:
    """Without the text under which a body is set up, where one sentence tells both: the body is what is followed."""
    planned = [draft for draft in drafts if draft.status in ("agreed", "announced")]
    if all(draft.mechanism.kind in ("agreement", "other") for draft in planned):
        return drafts
    return [draft for draft in drafts if draft not in planned or draft.mechanism.kind != "agreement"]
