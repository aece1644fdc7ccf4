"""Statements: who praised, thanked, urged, stressed, condemned or said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model import Evidence, Statement
from communique.model.vocabulary import StatementAct
from communique.reading.acts import SpeechActs
from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.grammar import children, conjuncts, patients, prepositional
from communique.reading.parties import Party
from communique.reading.quotes import Quotation, quotations
from communique.reading.records import Record
from communique.reading.sayings import Saying, clause_span, has_clause, sayings_of
from communique.reading.speakers import SpeakerFinder
from communique.reading.topics import TopicFinder

if TYPE_CHECKING:
    from communique.reading.tokens import Token


# "X: '…'" is as often the heading of an interview's answer as a statement.
_AFTER_COLON = 0.4
# A second statement of one speaker in a sentence: where we measured, three in five counted as one of its own.
_LATER = 0.6


@dataclass(slots=True, eq=False)
class StatementDraft:
    """A statement in the making.

    Attributes:
        speaker: Who.
        act: What kind of saying.
        target: Whom or what it is directed at, when named.
        spans: Half-open offsets of the passages, the main one first.
        saying: The word of saying; None for "X: '…'".
        record: The engagement told last.
        confidence: How sure the reader is, 0 to 1.
    """

    speaker: Party
    act: StatementAct
    target: str | None
    spans: list[tuple[int, int]]
    saying: Saying | None = None
    record: Record | None = None
    confidence: float = 0.8

    @property
    def rule(self) -> str:
        """The rule that found it."""
        return self.saying.rule if self.saying else "colon"


class StatementFinder:
    """Reads the lines of one document in order.

    Args:
        acts: The words of saying.
    """

    def __init__(self, acts: SpeechActs) -> None:
        self.acts = acts
        self.speakers = SpeakerFinder(acts)
        self._inside = False
        self._block = -1
        self._before: tuple[int, int] | None = None
        self._last: StatementDraft | None = None
        self._heard: set[str] = set()

    def read_line(self, line: Line, discourse: Discourse, record: Record | None) -> list[StatementDraft]:
        """The statements of one parsed line, left to right.

        Args:
            line: The line, parsed.
            discourse: What has been mentioned before it.
            record: The engagement told last.
        """
        block = line.labelled.sentence.block
        quoted = quotations(line.labelled.words, inside=self._inside and block == self._block)
        self._block = block
        sayings = sayings_of(line, self.acts, quoted)
        others = {s.token.i for s in sayings}
        drafts: list[StatementDraft] = []
        for saying in sayings:
            drafts += self._drafts(saying, others, line, discourse, quoted)
        drafts = merged(drafts, line) or self._after_colon(line, quoted, discourse)
        for draft in drafts:
            draft.record = record
            self._heard.add(draft.speaker.key)
        self._follow(line, quoted, drafts)
        return drafts

    # ---- one word of saying ------------------------------------------------------------------------------------------
    def _drafts(
        self, saying: Saying, others: set[int], line: Line, discourse: Discourse, quoted: Sequence[Quotation]
    ) -> list[StatementDraft]:
        speakers = self.speakers.find(saying, line, discourse, quoted)
        if not speakers:
            return []
        start, end = clause_span(saying.token, line, others)
        act = saying.act
        if act is None:
            said = " ".join(w.text for w in line.labelled.words if start <= w.start < end)
            act, is_opinion = self.acts.act_of(said)
            if not self._counts(saying, speakers[0], line, is_opinion):
                return []
        target = target_of(saying, line, discourse)
        return [StatementDraft(p, act, target, [(start, end)], saying, confidence=saying.confidence) for p in speakers]

    def _counts(self, saying: Saying, speaker: Party, line: Line, is_opinion: bool) -> bool:
        """Whether a plain "said" is a statement of its own, not only the source of the news.

        Set by measuring on half the development reports: of quotations and of what people are said to have said, two in
        three first ones count and few later ones, unless they hold an opinion; institutions count with an opinion only,
        groups with an opinion in quotation marks.
        """
        kind = speaker.referent.type
        posts = (line.anchors[i] for i, m in line.mention_of.items() if m.kind == "post")
        is_somebody = kind == "person" or speaker.anchor in posts
        is_new = speaker.key not in self._heard
        if saying.is_quoted:
            return is_opinion or (is_somebody and is_new)
        if kind == "person":
            return has_clause(saying.token) and (is_opinion or is_new)
        return is_opinion and (kind != "group" or is_somebody)

    # ---- quotations --------------------------------------------------------------------------------------------------
    def _after_colon(self, line: Line, quoted: Sequence[Quotation], discourse: Discourse) -> list[StatementDraft]:
        """The statement of a line of the form "X: '…'" or "X to Y: '…'"."""
        assert line.doc is not None
        if not quoted or 0 not in line.mention_of or not quoted[0].begun:
            return []
        colon = next((t for t in line.tokens[:8] if t.text == ":"), None)
        if colon is None or not 0 <= quoted[0].start - line.anchors[colon.i][1] <= 2:
            return []
        speaker = discourse.parties([line.doc[0]], line)[:1]
        act, _ = self.acts.act_of(" ".join(t.text for t in line.tokens[colon.i :]))
        return [StatementDraft(p, act, None, [(line.start, line.end)], confidence=_AFTER_COLON) for p in speaker]

    def _follow(self, line: Line, quoted: Sequence[Quotation], drafts: list[StatementDraft]) -> None:
        """Joins the rest of a quotation, before or after the line that says whose it is."""
        is_whole = bool(quoted) and quoted[0].start - line.start <= 1 and line.end - quoted[-1].end <= 1
        if drafts and self._before and quoted and not quoted[0].begun:
            drafts[0].spans.append(self._before)
        if not drafts and is_whole and self._last is not None:
            self._last.spans.append((line.start, line.end))
        self._inside = bool(quoted) and not quoted[-1].closed
        if not self._inside or drafts or self._last is not None:
            self._before = None
        else:
            first = self._before[0] if self._before and not quoted[-1].begun else quoted[-1].start
            self._before = (first, line.end)
        if drafts:
            self._last = drafts[-1] if drafts[-1].rule in ("speech", "colon") else None
        elif not is_whole:
            self._last = None


def merged(drafts: list[StatementDraft], line: Line) -> list[StatementDraft]:
    """Drafts of one line, a plain "said" with a participle ("…, he said, thanking Y") taken as one statement.

    A statement that stands alone in its line has the whole line as evidence.
    """
    out = [d for d in drafts if not any(_absorbs(other, d) for other in drafts)]
    for draft in out:
        if any(_absorbs(draft, other) for other in drafts) or len({id(d.saying) for d in out}) == 1:
            draft.spans = [(line.start, line.end)]
    for k, draft in enumerate(out):
        if any(e.speaker.key == draft.speaker.key for e in out[:k]):
            draft.confidence = min(draft.confidence, _LATER)
    return out


def _absorbs(one: StatementDraft, other: StatementDraft) -> bool:
    """Whether ``one`` tells better than the plain speech ``other`` what the same speaker said in the same line."""
    if (
        one is other
        or one.saying is None
        or other.saying is None
        or other.rule != "speech"
        or one.speaker.key != other.speaker.key
    ):
        return False
    if one.rule == "speech":
        return one.saying.token.i < other.saying.token.i
    is_participle = one.saying.token.tag_ == "VBG" and other.act in ("other", "affirmed", "announced")
    return is_participle or other.act == "other" or not other.saying.is_quoted


def target_of(saying: Saying, line: Line, discourse: Discourse) -> str | None:
    """Whom or what a saying is directed at: the first named party in its object, or in the phrases after it."""
    if saying.act is None:
        return None
    heads: list[Token] = []
    if saying.noun is not None:
        heads = prepositional(saying.noun, "to", "for", "over", "about", "with", "at", "of")
    heads += patients(saying.token) + prepositional(saying.token, "on", "upon", "to", "for")
    for head in heads:
        owners = [m for child in children(head, "poss", "amod", "compound") for m in conjuncts(child)]
        for token in [head, *owners, *prepositional(head, "of", "by", "in", "from", "between")]:
            mention = line.mention_of.get(token.i)
            if mention is not None and mention.kind != "date" and (found := discourse.parties([token], line)):
                return found[0].referent.name
    return None


def statement_records(
    drafts: Iterable[StatementDraft], text: str, engagement_ids: Mapping[int, str], topics: TopicFinder
) -> tuple[Statement, ...]:
    """The statements of the readout.

    Args:
        drafts: In order of the text.
        text: The document's text.
        engagement_ids: ``id()`` of an engagement record → its id in the readout.
        topics: Finds what they are about.
    """
    return tuple(
        Statement(
            id=f"s{number}",
            speaker=draft.speaker.referent.name,
            speaker_ref=draft.speaker.referent.ref,
            act=draft.act,
            target=draft.target,
            topics=topics.topics([text[start:end] for start, end in draft.spans]),
            engagement=engagement_ids.get(id(draft.record)),
            confidence=draft.confidence,
            evidence=tuple(Evidence.at(text, start, end) for start, end in draft.spans),
        )
        for number, draft in enumerate(drafts, 1)
    )
