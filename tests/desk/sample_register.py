"""A made-up register, filled straight into the tables: people, bodies and events are invented, the cities are not.

``fill()`` makes some 200 engagements over the two years before today, the same ones each time but for their days.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import dataclass

import zstandard

from communique.register import text_search
from communique.register.models import (
    Actor,
    Change,
    Commitment,
    CommitmentFollowUp,
    CommitmentReport,
    Content,
    Document,
    Engagement,
    EngagementParticipant,
    EngagementReport,
    EngagementTopic,
    Mechanism,
    MechanismStep,
    Mention,
    Profile,
    ReportParticipant,
    Statement,
    Tenure,
)
from tests.desk.sample_text import MENU, SHARE, Writer, say_long

PLACES = (
    ("Accra", "GH", 5.56, -0.2, 30),
    ("Tema", "GH", 5.67, -0.02, 16),
    ("Takoradi", "GH", 4.9, -1.76, 10),
    ("Kumasi", "GH", 6.69, -1.62, 5),
    ("Lomé", "TG", 6.13, 1.22, 9),
    ("Cotonou", "BJ", 6.37, 2.42, 7),
    ("Lagos", "NG", 6.45, 3.39, 14),
    ("Abuja", "NG", 9.06, 7.49, 11),
    ("Abidjan", "CI", 5.35, -4.0, 8),
    ("Dakar", "SN", 14.69, -17.45, 5),
    ("Praia", "CV", 14.93, -23.51, 3),
    ("Lisbon", "PT", 38.72, -9.14, 4),
    ("Brest", "FR", 48.39, -4.49, 3),
    ("Luanda", "AO", -8.84, 13.23, 4),
)
BODIES = (
    ("Ghana Navy", "GH"),
    ("Western Naval Command", "GH"),
    ("Ministry of Ports", "GH"),
    ("Nigerian Coast Guard", "NG"),
    ("Ministry of Defence of Nigeria", "NG"),
    ("Atlantic Training Mission", "PT"),
    ("French Naval Staff", "FR"),
    ("Gulf Maritime Commission", None),
    ("Joint Coastal Secretariat", None),
    ("Togolese Harbour Police", "TG"),
    ("Ivorian Coast Watch", "CI"),
)
GIVEN = "Abena Kofi Marta Yao Tunde Ama Luís Clarisse Seydou Inês Bola Émile Nana Ifeoma Rui Mawuli".split()
FAMILY = (
    "Ankomah-Teye Oduyale Varela Kpodzo Lacombe Essandoh Bamgbade Tavarel Akakpovi Ndukaife Quaynor Soremekun".split()
)
TITLES = (
    "Commander",
    "Chief of Naval Staff",
    "Director of Operations",
    "Minister",
    "Deputy Commander",
    "Head of Mission",
)
KINDS = (
    ("meeting",) * 8 + ("visit",) * 5 + ("exercise", "exercise", "call", "signing", "conference", "committee_session")
)
TOPICS = (
    "maritime_security",
    "training_capacity_building",
    "border_security",
    "arms_equipment",
    "organised_crime",
    "expertise_intelligence_sharing",
)
OUTLETS = ("Coastline Gazette", "The Harbour Post", "Bight News Agency", "Littoral Today", "Mangrove Radio")
MECHANISMS = (
    ("Joint Patrol Force", "joint_force", ("called_for", "announced", "agreed", "operating", "operating")),
    ("Gulf Operations Room", "operations_room", ("announced", "agreed")),
    ("Coast Watch Training Programme", "training_programme", ("agreed", "operating", "suspended", "operating")),
    ("Fisheries Crime Committee", "committee", ("called_for",)),
    ("Search and Rescue Agreement", "agreement", ("announced", "agreed", "reaffirmed", "reaffirmed")),
)
DAYS = 640
FIRST_DAY = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=DAYS + 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize:
    """How much to make."""

    engagements: int = 200
    people: int = 34
    seed: int = 7


@dataclass(slots=True)
class Cast:
    people: list[Actor]
    bodies: list[Actor]
    posts: dict[int, tuple[str, str]]


def fill(size: SampleSize | None = None) -> None:
    """Fills an empty register."""
    size = size or SampleSize()
    random_ = random.Random(size.seed)
    cast = make_cast(size, random_)
    mechanisms = [Mechanism.objects.create(name=name, kind=kind, status=steps[-1]) for name, kind, steps in MECHANISMS]
    days = sorted(
        FIRST_DAY + dt.timedelta(days=int(random_.triangular(0, DAYS, DAYS * 0.7))) for _ in range(size.engagements)
    )
    for number, day in enumerate(days, start=1):
        make_engagement(number, day, cast, random_)
    for mechanism, (_, _, steps) in zip(mechanisms, MECHANISMS, strict=True):
        follow_mechanism(mechanism, steps, cast, random_)
    make_tenures(cast, random_)
    make_conflict()
    make_past_records(cast)


def make_cast(size: SampleSize, random_: random.Random) -> Cast:
    bodies = [
        Actor.objects.create(
            type="organization",
            name=name,
            country=country,
            review="accepted",
            acronym="".join(word[0] for word in name.split() if word[0].isupper()),
        )
        for name, country in BODIES
    ]
    people, posts = [], {}
    names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    random_.shuffle(names)
    for name in names[: size.people]:
        body = random_.choice(bodies)
        aliases = [name.split()[-1]] + ([name.replace("é", "e").replace("É", "E")] if "é" in name.lower() else [])
        person = Actor.objects.create(type="person", name=name, aliases=aliases, country=body.country)
        people.append(person)
        posts[person.pk] = (random_.choice(TITLES), body.name)
    # A name in another script, and one that reads from right to left.
    first = people[0]
    first.aliases = [*first.aliases, "مارتا الساحلي"]
    first.save()
    return Cast(people, bodies, posts)


def make_engagement(number: int, day: dt.date, cast: Cast, random_: random.Random) -> Engagement:
    place, country, latitude, longitude, _ = random_.choices(PLACES, weights=[p[4] for p in PLACES])[0]
    kind = random_.choice(KINDS)
    status = random_.choices(("held", "planned", "cancelled"), weights=(20, 2, 1))[0]
    host, guest = random_.sample(cast.people, 2)
    sides = [
        [host, *random_.sample(cast.bodies[:3], 1)],
        [guest, *([random_.choice(cast.bodies[3:])] if number % 3 else [])],
    ]
    topics = sorted(random_.sample(TOPICS, random_.randint(1, 2)))
    precision = random_.choices(("day", "month", "range"), weights=(14, 2, 1))[0]
    end = day + dt.timedelta(days=3) if precision == "range" else day
    start = day.replace(day=1) if precision == "month" else day
    happening = {
        "kind": kind,
        "status": status,
        "date_start": start,
        "date_end": (start + dt.timedelta(days=27)) if precision == "month" else end,
        "precision": precision,
        "place": place,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
        "topics": topics,
    }
    engagement = Engagement.objects.create(
        **happening,
        day=start,
        confidence=round(random_.uniform(0.5, 0.99), 2),
        review=random_.choices(("accepted", "unreviewed", "corrected"), weights=(6, 3, 1))[0],
        side_labels=[None, None],
    )
    names = [[actor.name for actor in side] for side in sides]
    engagement.summary = f"{kind}, {place}, {start}: " + " – ".join(", ".join(side) for side in names)
    for number_of_side, side in enumerate(sides):
        for position, actor in enumerate(side):
            EngagementParticipant.objects.create(
                engagement=engagement,
                actor=actor,
                side=number_of_side,
                position=position,
                is_lead=not position,
                day=start,
            )
    EngagementTopic.objects.bulk_create(EngagementTopic(engagement=engagement, topic=topic) for topic in topics)
    outlets = random_.sample(OUTLETS, random_.choices((1, 2, 3), weights=(6, 3, 1))[0])
    first: Document | None = None
    for outlet in outlets:
        is_copy = first is not None and random_.random() < 0.3
        document = report_engagement(engagement, happening, sides, cast, outlet, first if is_copy else None)
        first = first or document
    engagement.report_count = len(outlets)
    engagement.independent_sources = len(
        {d.copy_of_id or d.pk for d in Document.objects.filter(engagementreports__engagement=engagement)}
    )
    engagement.sources = {
        "place": {place: [r.document.sha256 for r in engagement.reports.select_related("document")]},
        "date": {start.isoformat(): [r.document.sha256 for r in engagement.reports.select_related("document")]},
    }
    engagement.save()
    text_search.index_text(text_search.ENGAGEMENTS, engagement.pk, f"{engagement.summary} {' '.join(topics)}")
    Change.objects.create(record=engagement.code, action="created", what={}, document=first)
    if engagement.review != "unreviewed":
        Change.objects.create(
            record=engagement.code, action="judged", author="ana", what={"review": ["unreviewed", engagement.review]}
        )
    return engagement


def report_engagement(engagement, happening, sides, cast, outlet, copy_of):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    day, place, kind = happening["date_start"], happening["place"], happening["kind"].replace("_", " ")
    (host, body), (guest, *others) = sides
    published = day + dt.timedelta(days=1)
    writer = Writer()
    writer.paragraph(MENU, "clutter", "menu")
    title = f"{host.name.split()[-1]} and {guest.name.split()[-1]} hold {kind} in {place}"
    writer.paragraph(title, "title")
    writer.say(f"{place.upper()}, {say_long(published)} ({outlet}) –")
    post = cast.posts[host.pk]
    named_host = writer.say(f"The {post[0]} of the {post[1]}, {host.name}")
    held = writer.say(f"received {guest.name} for a {kind} in {place} on {say_long(day)}")
    writer.say(", according to a statement.", "")
    writer.end()
    writer.say("The two sides discussed")
    writer.say(" and ".join(t.replace("_", " ") for t in happening["topics"]) + ".")
    promised = writer.say(f"They agreed to extend the {MECHANISMS[engagement.pk % 5][0]} by one year")
    writer.say("and to report on it in the autumn.")
    writer.end()
    said = writer.say(f"{guest.name.split()[-1]} praised the readiness of the {body.name}")
    writer.say(", adding that patrols would be extended westwards.", "")
    writer.end()
    if engagement.pk % 20 == 1:
        writer.paragraph("وقال البيان إن الجانبين اتفقا على مواصلة التنسيق في خليج غينيا.")
    writer.paragraph(SHARE, "clutter", "share")
    raw = (writer.text + outlet).encode()
    sha = hashlib.sha256(raw).hexdigest()
    uri = f"https://{outlet.lower().replace(' ', '-')}.example/{published:%Y/%m}/{engagement.pk}.html"
    document = Document.objects.create(
        sha256=sha,
        uri=uri,
        site=outlet,
        title=title,
        published=published,
        published_basis="date under the title",
        language="en",
        media_type="text/html",
        reader="sample 1",
        is_derived=True,
        copy_of=copy_of,
    )
    head = {"id": sha, "uri": uri, "media_type": "text/html", "site": outlet, "title": title, "published": published}
    pack = zstandard.ZstdCompressor().compress
    Content.objects.create(
        document=document, text=pack(writer.text.encode()), readout=pack(writer.readout(head).to_json().encode())
    )
    text_search.index_text(text_search.DOCUMENTS, document.pk, f"{title}\n{writer.text}")
    report = EngagementReport.objects.create(
        document=document,
        local="e1",
        key=f"{sha}/e1",
        evidence=[held],
        confidence=engagement.confidence,
        **happening,
        date_text=f"on {say_long(day)}",
        date_basis="stated",
        place_text=place,
        side_labels=[None, None],
        day=day,
        engagement=engagement,
    )
    mentions = {}
    proof = {host.pk: named_host, guest.pk: held, body.pk: said}
    for side_number, side in enumerate(sides):
        for position, actor in enumerate(side):
            evidence = proof.get(actor.pk, held)
            mentions[actor.pk] = make_mention(document, actor, len(mentions) + 1, evidence, published)
            ReportParticipant.objects.create(
                report=report,
                mention=mentions[actor.pk],
                actor=actor,
                side=side_number,
                position=position,
                is_lead=not position,
                evidence=evidence,
                day=day,
            )
    del others
    Statement.objects.create(
        document=document,
        local="s1",
        key=f"{sha}/s1",
        evidence=[said],
        speaker_name=guest.name,
        speaker=mentions[guest.pk],
        actor=guest,
        act="praised",
        target=body.name,
        topics=happening["topics"],
        day=day,
        report=report,
    )
    if engagement.pk % 4 == 0:
        make_commitment(engagement, document, report, promised, [host, guest])
    return document


def make_mention(document: Document, actor: Actor, number: int, evidence: dict[str, object], day: dt.date) -> Mention:
    profile, _ = Profile.objects.get_or_create(
        key=hashlib.sha256(actor.name.encode()).hexdigest(),
        defaults={"type": actor.type, "name": actor.name, "actor": actor},
    )
    prefix = "p" if actor.type == "person" else "o"
    actor.mention_count += 1
    actor.first_seen = min(filter(None, (actor.first_seen, day)))
    actor.last_seen = max(filter(None, (actor.last_seen, day)))
    actor.save()
    return Mention.objects.create(
        document=document,
        local=f"{prefix}{number}",
        key=f"{document.sha256}/{prefix}{number}",
        type=actor.type,
        name=actor.name,
        evidence=[evidence],
        day=day,
        profile=profile,
    )


def make_commitment(engagement, document, report, evidence, parties):  # type: ignore[no-untyped-def]
    mechanism = Mechanism.objects.order_by("pk")[engagement.pk % 5]
    commitment, is_new = Commitment.objects.get_or_create(
        engagement=engagement,
        defaults={
            "act": "agreed",
            "what": f"extend the {mechanism.name} by one year",
            "mechanism_name": mechanism.name,
            "day": engagement.day,
            "last_day": engagement.day,
            "mechanism": mechanism,
            "confidence": 0.8,
            "report_count": 1,
        },
    )
    if is_new:
        commitment.parties.set(parties)
        Change.objects.create(record=commitment.code, action="created", document=document)
    CommitmentReport.objects.create(
        document=document,
        local="c1",
        key=f"{document.sha256}/c1",
        evidence=[evidence],
        act="agreed",
        what=commitment.what,
        mechanism_name=mechanism.name,
        parties=[{"mention": None, "name": party.name} for party in parties],
        day=engagement.day,
        report=report,
        commitment=commitment,
    )


def follow_mechanism(mechanism: Mechanism, statuses: tuple[str, ...], cast: Cast, random_: random.Random) -> None:
    documents = list(Document.objects.filter(copy_of=None).order_by("published"))
    start = random_.randrange(len(documents) // 4)
    gap = (len(documents) - start) // (len(statuses) + 1 if mechanism.pk % 2 else len(statuses) + 3)
    for number, status in enumerate(statuses):
        document = documents[start + number * gap]
        report = document.engagementreports.first()
        evidence = CommitmentReport.objects.filter(document=document).first()
        proof = evidence.evidence if evidence else report.evidence
        MechanismStep.objects.create(
            document=document,
            local="m1",
            key=f"{document.sha256}/m{mechanism.pk}",
            name=mechanism.name,
            kind=mechanism.kind,
            status=status,
            day=document.published,
            precision="day",
            mechanism=mechanism,
            report=report,
            evidence=proof,
        )
        for commitment in mechanism.commitments.filter(day__lt=document.published):
            CommitmentFollowUp.objects.create(
                commitment=commitment,
                document=document,
                day=document.published,
                status=status,
                evidence=proof[0],
                reason="through its mechanism",
            )
            commitment.last_day = document.published
            commitment.save()
    days = list(mechanism.steps.order_by("day").values_list("day", flat=True))
    mechanism.first_day, mechanism.last_day, mechanism.step_count = days[0], days[-1], len(days)
    mechanism.parties.set(random_.sample(cast.bodies, 3))
    mechanism.save()
    Change.objects.create(record=mechanism.code, action="created")


def make_tenures(cast: Cast, random_: random.Random) -> None:
    for person in cast.people:
        if person.first_seen is None:
            continue
        title, body = cast.posts[person.pk]
        organization = next(actor for actor in cast.bodies if actor.name == body)
        middle = person.first_seen + (person.last_seen - person.first_seen) / 2
        spans = [(title, person.first_seen, person.last_seen)]
        if random_.random() < 0.4:
            spans = [(title, person.first_seen, middle), ("Special Envoy", middle, person.last_seen)]
        for post, first, last in spans:
            seen = list(
                Mention.objects.filter(profile__actor=person, day__range=(first, last)).select_related("document")
            )
            Tenure.objects.create(
                actor=person,
                title=post,
                organization=body,
                organization_actor=organization,
                post_key=f"{post}|{body}",
                first_seen=first,
                last_seen=last,
                observation_count=len(seen),
                observations=[
                    {
                        "document": m.document.sha256,
                        "day": m.day.isoformat(),
                        "quote": m.evidence[0]["quote"],
                        "standing": "current",
                    }
                    for m in seen[:6]
                ],
            )


def make_conflict() -> None:
    engagement = Engagement.objects.filter(report_count__gte=2, precision="day").order_by("pk").first()
    assert engagement is not None
    first, second = (report.document for report in engagement.reports.select_related("document").order_by("pk")[:2])
    other = engagement.date_start + dt.timedelta(days=1)
    engagement.conflicts = [
        {"field": "date", "values": {first.sha256: engagement.date_start.isoformat(), second.sha256: other.isoformat()}}
    ]
    engagement.has_conflict = True
    engagement.save()


def make_past_records(cast: Cast) -> None:
    """One engagement that became part of another, and one that lost its sources."""
    survivor = Engagement.objects.order_by("pk").first()
    merged = Engagement.objects.create(kind="meeting", status="held", merged_into=survivor)
    Change.objects.create(record=merged.code, action="merged", what={"into": survivor.code})
    gone = Engagement.objects.create(kind="visit", status="held", retracted_at=dt.datetime.now(dt.UTC))
    Change.objects.create(record=gone.code, action="retracted")
    Actor.objects.create(type="person", name=cast.people[1].name, merged_into=cast.people[1])
