"""Commitments and their follow-up, mechanisms and their steps, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from communique.exchange.citing import BY_DAY, citations, cite, follow_up_id, parties, stream, stream_chunks
from communique.exchange.columns import Citations, Column, Table
from communique.exchange.selection import Selection
from communique.register import models as tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A commitment, and the number of its follow-ups."""

    row: tables.Commitment
    follow_ups: int


def commitments(selection: Selection) -> Iterator[tuple[Followed, Citations]]:
    """The commitments, and where each is told."""
    reports, later = tables.CommitmentReport.objects.all(), tables.CommitmentFollowUp.objects.all()
    rows = tables.Commitment.objects.defer("former_keys").prefetch_related(parties())
    for chunk in stream_chunks(selection.commitments().order_by("pk"), rows):
        numbers = [row.pk for row in chunk]
        cited = dict(citations(reports, "commitment", numbers))
        counts = Counter(later.filter(commitment__in=numbers).values_list("commitment", flat=True))
        for row in chunk:
            yield Followed(row=row, follow_ups=counts[row.pk]), cited.get(row.pk, Citations())


def follow_ups(selection: Selection) -> Iterator[tuple[tables.CommitmentFollowUp, Citations]]:
    """What later documents say of the commitments."""
    for row in stream(selection.follow_ups().order_by("commitment", BY_DAY, "pk")):
        yield row, Citations(sources=(f"d{row.document_id}",), evidence=(follow_up_id(row),) if row.evidence else ())


def mechanisms(selection: Selection) -> Iterator[tuple[tables.Mechanism, Citations]]:
    """The mechanisms, and where each is told of."""
    rows = tables.Mechanism.objects.defer("former_keys").prefetch_related(parties())
    for chunk in stream_chunks(selection.mechanisms().order_by("pk"), rows):
        cited = dict(citations(tables.MechanismStep.objects.all(), "mechanism", [row.pk for row in chunk]))
        for row in chunk:
            yield row, cited.get(row.pk, Citations())


def steps(selection: Selection) -> Iterator[tuple[tables.MechanismStep, Citations]]:
    """The history of the mechanisms, oldest first."""
    rows = tables.MechanismStep.objects.select_related("report")
    for row in stream(selection.steps().order_by("mechanism", BY_DAY, "key"), rows):
        yield row, cite(row)


def statements(selection: Selection) -> Iterator[tuple[tables.Statement, Citations]]:
    """What was said, document by document."""
    for row in stream(selection.statements().order_by("pk"), tables.Statement.objects.select_related("report")):
        yield row, cite(row)


def _engagement_id(row: tables.MechanismStep | tables.Statement) -> str | None:
    return _code("e", row.report.engagement_id) if row.report else None


def _code(prefix: str, number: int | None) -> str | None:
    return f"{prefix}{number}" if number else None


COMMITMENTS = Table(
    name="commitments",
    meaning="Something concrete that was agreed, pledged, announced, signed or called for.",
    rows=commitments,
    own=(
        Column("id", "text", "Permanent id (`c3`).", lambda c: c.row.code),
        Column("act", "text", "agreed, pledged, announced, signed, called_for.", lambda c: c.row.act),
        Column("what", "text", "The content.", lambda c: c.row.what),
        Column("target", "text", "Whom or what it is directed at.", lambda c: c.row.target),
        Column("party_ids", "texts", "Whose it is (`actors`).", lambda c: [a.code for a in c.row.parties.all()]),
        Column("parties", "texts", "Their names.", lambda c: [a.name for a in c.row.parties.all()]),
        Column("day", "day", "When it was made.", lambda c: c.row.day),
        Column("last_day", "day", "Day of the last report that speaks of it.", lambda c: c.row.last_day),
        Column(
            "engagement_id", "text", "At which engagement (`engagements`).", lambda c: _code("e", c.row.engagement_id)
        ),
        Column("mechanism_name", "text", "The joint body or programme it names.", lambda c: c.row.mechanism_name),
        Column("mechanism_id", "text", "The same, followed (`mechanisms`).", lambda c: _code("m", c.row.mechanism_id)),
        Column("follow_up_count", "integer", "Rows in `follow_ups`.", lambda c: c.follow_ups),
        Column("confidence", "number", "The highest of its reports', 0 to 1.", lambda c: c.row.confidence),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda c: c.row.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda c: c.row.version),
        Column("updated_at", "moment", "When the record last changed.", lambda c: c.row.updated_at),
    ),
)

FOLLOW_UPS = Table(
    name="follow_ups",
    meaning="What a later document says of a commitment.",
    rows=follow_ups,
    own=(
        Column("id", "text", "Id of the row and of its passage.", follow_up_id),
        Column("commitment_id", "text", "The commitment (`commitments`).", lambda f: f"c{f.commitment_id}"),
        Column("day", "day", "When.", lambda f: f.day),
        Column("status", "text", "A mechanism's status, or mentioned.", lambda f: f.status),
        Column("reason", "text", "Why the document is taken to speak of it.", lambda f: f.reason),
    ),
)

MECHANISMS = Table(
    name="mechanisms",
    meaning="A joint force, committee, operations room, programme or agreement, followed over time.",
    rows=mechanisms,
    own=(
        Column("id", "text", "Permanent id (`m3`).", lambda m: m.code),
        Column("name", "text", "The name.", lambda m: m.name),
        Column("kind", "text", "joint_force, committee, operations_room, agreement, …", lambda m: m.kind),
        Column("status", "text", "That of its last step.", lambda m: m.status),
        Column("party_ids", "texts", "Whose it is (`actors`).", lambda m: [a.code for a in m.parties.all()]),
        Column("parties", "texts", "Their names.", lambda m: [a.name for a in m.parties.all()]),
        Column("first_day", "day", "Day of the first step.", lambda m: m.first_day),
        Column("last_day", "day", "Day of the last step.", lambda m: m.last_day),
        Column("step_count", "integer", "Rows in `mechanism_steps` that are no mere repeats.", lambda m: m.step_count),
        Column("review", "text", "unreviewed, accepted, corrected.", lambda m: m.review),
        Column("version", "integer", "Counts up whenever what it says changes.", lambda m: m.version),
        Column("updated_at", "moment", "When the record last changed.", lambda m: m.updated_at),
    ),
)

MECHANISM_STEPS = Table(
    name="mechanism_steps",
    meaning="One document's word on the state of a mechanism.",
    rows=steps,
    own=(
        Column("id", "text", "The document, and the claim in it.", lambda s: f"d{s.document_id}/{s.local}"),
        Column("mechanism_id", "text", "The mechanism (`mechanisms`).", lambda s: _code("m", s.mechanism_id)),
        Column("name", "text", "What this document calls it.", lambda s: s.name),
        Column("status", "text", "called_for, announced, agreed, …, failed.", lambda s: s.status),
        Column("day", "day", "When, according to the document; else its publication.", lambda s: s.day),
        Column("engagement_id", "text", "At which engagement (`engagements`).", _engagement_id),
        Column("is_repeat", "truth", "Whether a copy of another document only repeats it.", lambda s: s.is_repeat),
        Column("confidence", "number", "How sure the reader was, 0 to 1.", lambda s: s.confidence),
    ),
)

STATEMENTS = Table(
    name="statements",
    meaning="What somebody said, according to one document.",
    rows=statements,
    own=(
        Column("id", "text", "The document, and the claim in it.", lambda s: f"d{s.document_id}/{s.local}"),
        Column("speaker", "text", "As the document names them.", lambda s: s.speaker_name),
        Column("speaker_id", "text", "The speaker (`actors`).", lambda s: _code("a", s.actor_id)),
        Column("act", "text", "praised, thanked, urged, affirmed, stressed, …", lambda s: s.act),
        Column("target", "text", "Whom or what it is about.", lambda s: s.target),
        Column("topics", "texts", "What it is about.", lambda s: list(s.topics)),
        Column("day", "day", "Day of the engagement, else of publication.", lambda s: s.day),
        Column("engagement_id", "text", "At which engagement (`engagements`).", _engagement_id),
        Column("quote", "text", "The passage.", lambda s: s.quote),
        Column("confidence", "number", "How sure the reader was, 0 to 1.", lambda s: s.confidence),
    ),
)
