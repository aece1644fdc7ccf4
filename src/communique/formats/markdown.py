"""Readouts as Markdown: a brief for people, each fact with its passage quoted under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communique.formats.layout import Layout, Pair
from communique.formats.wording import (
    NOBODY,
    say_commitment,
    say_date,
    say_kind,
    say_place,
    say_roles,
    say_side,
    say_statement,
    say_step,
    say_topics,
)
from communique.model import Evidence, Readout

# Every character that can start a construct of CommonMark, wherever it stands in a line.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~&])")


def render(pairs: Iterable[Pair], layout: Layout) -> Iterator[str]:
    """Gives one document after the other, an empty line between them."""
    for number, (_, readout) in enumerate(pairs):
        yield ("\n" if number else "") + "\n".join(_document_lines(readout)) + "\n"


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it is.

    Full stops and hyphens are left alone where they can mean nothing (inside a line).
    """
    line = " ".join(text.split())
    return SPECIAL.sub(lambda match: match[0] if match[0] in ".-+!" and match.start() > 0 else "\\" + match[0], line)


def _document_lines(readout: Readout) -> Iterator[str]:
    head = readout.document
    yield f"## {escape(head.title or head.uri)}"
    yield ""
    facts = (head.site, head.published.isoformat() if head.published else "undated", head.uri)
    yield " · ".join(escape(fact) for fact in facts if fact)
    parts = (
        ("Engagements", _engagement_lines(readout)),
        ("Commitments", _commitment_lines(readout)),
        ("Mechanisms", _mechanism_lines(readout)),
        ("Statements", _statement_lines(readout)),
        ("People", _people_lines(readout)),
    )
    is_empty = True
    for heading, lines in parts:
        entries = list(lines)
        if entries:
            is_empty = False
            yield from ("", f"### {heading}", "", *entries)
    if is_empty:
        yield from ("", "Nothing found: no engagement, commitment, statement or person.")


def _engagement_lines(readout: Readout) -> Iterator[str]:
    for engagement in readout.engagements:
        place = say_place(engagement)
        where = f", {escape(place)}" if place else ""
        yield f"- **{escape(say_date(engagement.date))}** {escape(say_kind(engagement))}{where}"
        for side in engagement.sides:
            yield f"  - {escape(say_side(side))}"
        if not engagement.sides:
            yield f"  - {NOBODY}"
        if engagement.topics:
            yield f"  - On: {escape(say_topics(engagement.topics))}"
        yield from _quotes(engagement.evidence)


def _commitment_lines(readout: Readout) -> Iterator[str]:
    for commitment in readout.commitments:
        yield f"- **{escape(say_commitment(commitment))}** {escape(commitment.what)}"
        if commitment.mechanism:
            yield f"  - Mechanism: {escape(commitment.mechanism)}"
        if commitment.target:
            yield f"  - Target: {escape(commitment.target)}"
        yield from _quotes(commitment.evidence)


def _mechanism_lines(readout: Readout) -> Iterator[str]:
    for step in readout.mechanisms:
        yield f"- **{escape(say_step(step))}** {escape(step.name)}"
        if step.parties:
            yield f"  - Parties: {escape(', '.join(party.name for party in step.parties))}"
        yield from _quotes(step.evidence)


def _statement_lines(readout: Readout) -> Iterator[str]:
    for statement in readout.statements:
        yield f"- {escape(say_statement(statement))}"
        yield from _quotes(statement.evidence)


def _people_lines(readout: Readout) -> Iterator[str]:
    for person in readout.people:
        roles = say_roles(person)
        yield f"- **{escape(person.name)}**" + (f": {escape(roles)}" if roles else "")


def _quotes(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for passage in evidence:
        yield ""
        yield f"  > {escape(passage.quote)}"
    if evidence:
        yield ""
