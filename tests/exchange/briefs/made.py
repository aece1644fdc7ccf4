"""A small register of made-up people, written row by row: talks, a pledge, a joint unit, and two who disagree."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

from communique.register import models as tables


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class Maker:
    """Writes rows; claims are numbered as they come."""

    count: int = 0
    actors: dict[str, tables.Actor] = field(default_factory=dict)

    def document(self, site: str | None, published: str, **more: Any) -> tables.Document:
        self.count += 1
        given = {"uri": f"https://{self.count}.example/report", "title": f"Report {self.count}", **more}
        digest = hashlib.sha256(str(self.count).encode()).hexdigest()
        return tables.Document.objects.create(sha256=digest, site=site, published=day(published), **given)

    def actor(self, name: str, kind: str = "person", **more: Any) -> tables.Actor:
        if name not in self.actors:
            self.actors[name] = tables.Actor.objects.create(name=name, type=kind, **more)
        return self.actors[name]

    def engagement(self, sides: list[list[tables.Actor]], when: str | None, **more: Any) -> tables.Engagement:
        start = day(when) if when else None
        row = tables.Engagement.objects.create(
            **{"kind": "meeting", "status": "held", "precision": "day" if start else None, **more},
            date_start=start,
            date_end=start,
            day=start,
        )
        for side, members in enumerate(sides):
            for position, actor in enumerate(members):
                row.participants.create(actor=actor, side=side, position=position, day=start)
        for topic in row.topics:
            row.topic_rows.create(topic=topic)
        return row

    def report(self, row: tables.Engagement, document: tables.Document, quote: str) -> tables.EngagementReport:
        claim: tables.EngagementReport = row.reports.create(
            **self.claim(document, quote), kind=row.kind, status=row.status, day=row.day
        )
        return claim

    def claim(self, document: tables.Document, quote: str) -> dict[str, Any]:
        self.count += 1
        evidence = [{"quote": quote, "start": 0, "end": len(quote)}]
        local = f"x{self.count}"
        return {"document": document, "local": local, "key": f"{document.sha256}/{local}", "evidence": evidence}

    def tenure(self, actor: tables.Actor, title: str, document: tables.Document, **more: Any) -> tables.Tenure:
        seen = {"document": document.sha256, "day": str(document.published), "quote": title, "standing": "current"}
        return tables.Tenure.objects.create(
            **{"actor": actor, "title": title, "post_key": title, "observations": [seen], **more},
            first_seen=document.published,
            last_seen=document.published,
        )

    def commitment(
        self, document: tables.Document, what: str, parties: list[tables.Actor], **more: Any
    ) -> tables.Commitment:
        row = tables.Commitment.objects.create(**{"act": "pledged", "day": document.published, **more}, what=what)
        row.parties.set(parties)
        row.reports.create(**self.claim(document, f"They pledged to {what}."), act=row.act, what=what)
        return row

    def step(self, mechanism: tables.Mechanism, document: tables.Document, status: str) -> tables.MechanismStep:
        claim = self.claim(document, f"The {mechanism.name} is {status}.")
        row: tables.MechanismStep = mechanism.steps.create(
            **claim, name=mechanism.name, kind=mechanism.kind, status=status, day=document.published
        )
        return row


@dataclass(frozen=True)
class Story:
    """What ``tell_story`` wrote."""

    maker: Maker
    talks: tables.Engagement
    visit: tables.Engagement
    pledge: tables.Commitment
    kept: tables.Commitment
    unit: tables.Mechanism
    late: tables.Document


def tell_story() -> Story:
    """Talks in Varnholm told by two outlets that disagree on the place; a visit later; a pledge kept, and one not."""
    make = Maker()
    quay = make.document("Quay Record", "2031-05-04")
    dune = make.document("Dune Post", "2031-05-05")
    make.document("Quay Mirror", "2031-05-04", copy_of=quay)
    late = make.document("Quay Record", "2031-09-01")
    ana, piet = make.actor("Ana Duarte"), make.actor("Piet Maas")
    guard = make.actor("Border Guard of Ostrava", "organization")
    talks = make.engagement(
        [[ana], [piet, guard]], "2031-05-03", place="Varnholm", topics=["border_security"], has_conflict=True
    )
    talks.conflicts = [{"field": "place", "values": {quay.sha256: "Varnholm", dune.sha256: "Eskerby"}}]
    talks.independent_sources = 2
    talks.save()
    make.report(talks, quay, "Ms Duarte met Mr Maas in Varnholm.")
    make.report(talks, dune, "The two met in Eskerby <b>on Saturday</b>.")
    visit = make.engagement([[ana]], "2031-08-30", kind="visit", place="Eskerby", status="planned")
    make.report(visit, late, "Ms Duarte will visit Eskerby.")
    make.tenure(ana, "Minister of the Interior", quay, organization="Ostrava")
    unit = tables.Mechanism.objects.create(
        name="joint border unit", kind="joint_force", status="operating", first_day=quay.published
    )
    unit.parties.set([ana, piet])
    make.step(unit, quay, "agreed")
    make.step(unit, late, "operating")
    kept = make.commitment(quay, "set up a joint border unit", [ana, piet], engagement=talks, mechanism=unit)
    kept.follow_ups.create(document=late, day=late.published, status="operating", evidence={"quote": "It has begun."})
    pledge = make.commitment(dune, "open a second crossing", [piet], engagement=talks)
    return Story(maker=make, talks=talks, visit=visit, pledge=pledge, kept=kept, unit=unit, late=late)
