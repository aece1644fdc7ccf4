"""The page of an engagement: facts with their evidence, sources, conflicts between them, history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from communique.desk.reader import Passage, draw_source, list_passages
from communique.desk.records import find_record, lead_on, list_history
from communique.desk.state import unless_unchanged
from communique.desk.wording import country_name, say_act, say_heading, say_long_date, say_when
from communique.formats.wording import say
from communique.register.models import Document, Engagement, EngagementReport, Tenure

LONGEST_NOTE = 120


@dataclass(slots=True)
class Entry:
    """One value of a fact.

    Attributes:
        words: The value.
        address: Where it leads.
        note: A remark.
        evidence: What proves it in the source that is shown, as the tables keep it.
        kind: How its passages are marked.
        anchors: The names of those passages on the page.
    """

    words: str
    address: str | None = None
    note: str = ""
    evidence: Any = ()
    kind: str = "engagement"
    anchors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Fact:
    """A line of the facts: its label, its values, and the name of its place on the page."""

    label: str
    name: str
    entries: list[Entry]
    kind: str = "engagement"

    @property
    def anchors(self) -> str:
        """All passages of its values, for lighting them."""
        return " ".join(dict.fromkeys(anchor for entry in self.entries for anchor in entry.anchors))


@require_safe
@unless_unchanged
def show_engagement(request: HttpRequest, code: str) -> HttpResponse:
    """The page; ``?source=d12`` chooses the source beside the facts."""
    engagement = find_record(Engagement, code)
    if answer := lead_on(request, engagement, "engagement", code):
        return answer
    reports = list_reports(engagement)
    shown = next((r for r in reports if r.document.code == request.GET.get("source")), reports[0] if reports else None)
    facts, passages = gather_facts(engagement, shown)
    sheet = draw_source(shown.document, passages) if shown else None
    place = reports.index(shown) if shown else 0
    context = {
        "engagement": engagement,
        "heading": say_heading(engagement),
        "facts": facts,
        "reports": reports,
        "shown": shown,
        "sheet": sheet,
        "has_title": bool(sheet) and 'class="title"' in (sheet or ""),
        "before": reports[place - 1] if place else None,
        "after": reports[place + 1] if place + 1 < len(reports) else None,
        "place": place + 1,
        "conflicts": name_conflicts(engagement, reports),
        "history": list_history(engagement.code),
        "address": request.build_absolute_uri(reverse("engagement", args=[engagement.code])),
        "now": timezone.now(),
    }
    return render(request, "desk/engagement.html", context)


def list_reports(engagement: Engagement) -> list[EngagementReport]:
    """Its reports: those that tell it before those that look back, originals before copies, the earliest first."""
    reports = engagement.reports.select_related("document", "document__copy_of")
    return sorted(
        reports,
        key=lambda r: (r.background, r.document.copy_of_id is not None, str(r.document.published or "9999"), r.pk),
    )


def gather_facts(engagement: Engagement, report: EngagementReport | None) -> tuple[list[Fact], list[Passage]]:
    """The facts of an engagement, and the passages that prove them in one of its sources, numbered like the facts."""
    facts = [
        *_sides(engagement, report),
        *_circumstances(engagement, report),
        *_commitments(engagement, report),
        *_statements(report),
    ]
    passages: list[Passage] = []
    proved: set[tuple[int, int]] = set()
    for number, fact in enumerate(facts, start=1):
        for entry in fact.entries:
            # People are marked by name, without a number. A passage that proves several facts has that of the first.
            found = list_passages(entry.evidence, entry.kind, fact.name, number if fact.kind != "person" else 0)
            entry.anchors = [passage.anchor for passage in found]
            passages += [p for p in found if not p.number or (p.start, p.end) not in proved]
            proved |= {(p.start, p.end) for p in found if p.number}
    return facts, passages


def _sides(engagement: Engagement, report: EngagementReport | None) -> list[Fact]:
    participants = list(engagement.participants.select_related("actor"))
    posts = posts_at(engagement, [p.actor_id for p in participants])
    rows = report.participants.all() if report else ()
    proofs = {row.actor_id: row.evidence for row in rows if row.actor_id and row.evidence}
    facts: dict[int, Fact] = {}
    for participant in participants:
        side, actor = participant.side, participant.actor
        if side not in facts:
            label = engagement.side_labels[side] if side < len(engagement.side_labels) else None
            facts[side] = Fact(label or ("With" if facts else "Who"), f"fact-side-{side}", [], "person")
        address = reverse("actor", args=[actor.code])
        entry = Entry(actor.name, address, posts.get(actor.pk, ""), proofs.get(actor.pk, ()), actor.type)
        facts[side].entries.append(entry)
    return list(facts.values())


def _circumstances(engagement: Engagement, report: EngagementReport | None) -> list[Fact]:
    proof = report.evidence if report else ()
    status = "" if engagement.status == "held" else f", {engagement.status}"
    facts = [
        Fact("What", "fact-what", [Entry(f"{say(engagement.kind)}{status}", evidence=proof)]),
        Fact("When", "fact-when", [Entry(say_long_date(engagement), note=_date_note(report), evidence=proof)]),
    ]
    found_in = f"{reverse('engagements')}?"
    if engagement.place:
        where = ", ".join(filter(None, (engagement.place, country_name(engagement.country))))
        said = report.place_text if report else None
        note = f"in the source: “{said}”" if said and said != engagement.place else ""
        address = found_in + urlencode({"place": engagement.place})
        facts.append(Fact("Where", "fact-where", [Entry(where, address, note, proof)]))
    if engagement.topics:
        topics = [Entry(say(topic), found_in + urlencode({"topic": topic})) for topic in engagement.topics]
        facts.append(Fact("On what", "fact-topics", topics))
    return facts


def posts_at(engagement: Engagement, actors: list[int]) -> dict[int, str]:
    """The posts that sources give to people about the day of an engagement."""
    day = engagement.day
    tenures = Tenure.objects.filter(actor__in=actors).order_by("first_seen")
    if day is not None:
        tenures = tenures.filter(first_seen__lte=engagement.date_end or day, last_seen__gte=day)
    return {t.actor_id: f"{t.title}, {t.organization}" if t.organization else t.title for t in tenures}


def _date_note(report: EngagementReport | None) -> str:
    if report is None:
        return ""
    said = f"“{report.date_text}”" if report.date_text else ""
    return ", ".join(filter(None, (said, report.date_basis)))


def _commitments(engagement: Engagement, report: EngagementReport | None) -> list[Fact]:
    proofs = {told.commitment_id: told.evidence for told in report.commitment_reports.all()} if report else {}
    entries = [
        Entry(
            f"{say(commitment.act)}: {commitment.what}", reverse("commitment", args=[commitment.code]),
            evidence=proofs.get(commitment.pk, ()), kind="commitment",
        )
        for commitment in engagement.commitments.all()
        if commitment.is_live
    ]  # fmt: skip
    return [Fact("Promised", "fact-promised", entries, "commitment")] if entries else []


def _statements(report: EngagementReport | None) -> list[Fact]:
    entries = []
    for statement in report.statements.select_related("actor") if report else ():
        words = f"{statement.speaker_name} {say_act(statement.act)} {statement.target or ''}".strip()
        address = reverse("actor", args=[statement.actor.code]) if statement.actor else None
        # "They rejected" alone says little: then in the words of the source.
        note = "" if statement.target else f"“{Truncator(statement.quote).chars(LONGEST_NOTE)}”"
        entries.append(Entry(words, address, note, statement.evidence, "statement"))
    return [Fact("Said", "fact-said", entries, "statement")] if entries else []


def name_conflicts(engagement: Engagement, reports: list[EngagementReport]) -> list[dict[str, Any]]:
    """What sources say differently: the field, and each value with the sources that have it."""
    documents: dict[str, Document] = {report.document.sha256: report.document for report in reports}
    conflicts = []
    for conflict in engagement.conflicts:
        values: dict[str, list[Document]] = {}
        for sha256, value in conflict["values"].items():
            if sha256 in documents:
                values.setdefault(str(value), []).append(documents[sha256])
        chosen = {"date": say_when(engagement)}.get(conflict["field"], getattr(engagement, conflict["field"], None))
        conflicts.append({"field": conflict["field"], "values": sorted(values.items()), "chosen": chosen})
    return conflicts
