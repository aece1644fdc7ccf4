"""A large made-up register, written straight into its tables: what pages of the desk are measured on.

    python -m benchmarks.made_up_register PATH-or-URL [--engagements 200000]

Nothing is read or derived, but everything hangs together as if it were: each engagement has a report in a source with
its text, mentions and evidence; actors take part by a law under which the busiest is in a third of all engagements.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from communique.register import open_register

KINDS = ("meeting", "visit", "call", "conference", "signing", "exercise", "committee_session", "ceremony", "other")
KIND_WEIGHTS = (40, 25, 8, 6, 5, 5, 4, 3, 4)
TOPICS = ("border_security", "maritime_security", "arms_equipment", "humanitarian", "reconciliation")
COUNTRIES = ("GH", "NG", "PT", "FR", "TG", "CI", "SN", None)
PLACES = tuple((f"Town {n}", 5 + n % 20 * 0.7, -10 + n // 20 * 1.3, COUNTRIES[n % 7]) for n in range(200))
OUTLETS = tuple(f"Outlet {n}" for n in range(60))
POSTS = ("Commander", "Deputy Commander", "Chief of Staff", "Director", "Inspector")
STEPS = ("called_for", "announced", "agreed", "reaffirmed", "operating")
FIRST = dt.date(2012, 1, 1)
DAYS = 5000
ACTORS, BODIES, MECHANISMS = 15_000, 2_000, 300
SYLLABLES = "ba de fi go ku la me ni po ra se ti vo wa zu".split()
VOCABULARY = tuple(a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES)
WORDS_A_TEXT = 120
BATCH = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An engagement and the one source that tells it; both have the same number.

    Attributes:
        number: From 1.
        happening: The fields that report and engagement share.
        actors: Numbers of those who took part; the first stands on one side, the others on the other.
        text: The source's text.
    """

    number: int
    happening: dict[str, Any]
    actors: tuple[int, ...]
    text: str

    @property
    def day(self) -> dt.date:
        """When it took place."""
        day: dt.date = self.happening["date_start"]
        return day

    @property
    def digest(self) -> str:
        """What stands for the digest of the source."""
        return f"{self.number:064x}"

    def evidence(self, quote: str) -> dict[str, Any]:
        """A passage of the text."""
        start = self.text.index(quote)
        return {"quote": quote, "start": start, "end": start + len(quote)}


def main() -> None:
    """Makes the register."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", metavar="PATH-or-URL")
    parser.add_argument("--engagements", type=int, default=200_000)
    options = parser.parse_args()
    make_register(options.register, options.engagements)


def make_register(address: str, engagements: int) -> None:
    """Makes a register at an address where there is none; a file gets its name when it is complete."""
    if "://" in address:
        open_register(address, create=True)
        fill(engagements)
        return
    path = Path(address)
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    register = open_register(draft, create=True)
    fill(engagements)
    register.close()  # what is written so far may lie in a file beside it until then
    draft.rename(path)


def fill(count: int) -> None:
    """Fills the open register with as many engagements; people, bodies, commitments and sources in proportion."""
    from django.db import connection, transaction

    told = list(tell(count))
    with transaction.atomic():
        _fill_cast(count)
        _fill_sources(told)
        _fill_engagements(told)
        _fill_agreements(told)
        _fill_pairs(count)
        _index(told)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tell(count: int) -> Iterator[Told]:
    """What took place, and the text that tells it, in the order of the days."""
    chance = random.Random(5)
    weights = [1 / (rank + 5) for rank in range(len(VOCABULARY))]
    for number in range(1, count + 1):
        place, latitude, longitude, country = PLACES[min(int(chance.expovariate(0.03)), 199)]
        day = FIRST + dt.timedelta(days=int(number / count * DAYS) + chance.randrange(30))
        happening = {
            "kind": chance.choices(KINDS, KIND_WEIGHTS)[0], "status": "held", "date_start": day, "date_end": day,
            "precision": "day", "place": place, "country": country, "latitude": latitude, "longitude": longitude,
            "topics": sorted(chance.sample(TOPICS, chance.randint(1, 2))),
        }  # fmt: skip
        actors = tuple(_choose_actors(chance))
        subject = "a harbour patrol" if number % 50 == 0 else "cooperation"
        lead = ", ".join(map(name_actor, actors[1:]))
        rest = " ".join(chance.choices(VOCABULARY, weights, k=WORDS_A_TEXT))
        passage = f"{name_actor(actors[0])} met {lead} in {place} on {day} for talks on {subject}."
        text = f"Report {number}\n\n{passage}\n\n{rest}."
        yield Told(number=number, happening=happening, actors=actors, text=text)


def _choose_actors(chance: random.Random) -> list[int]:
    chosen: dict[int, None] = {}
    while len(chosen) < 3:
        chosen[int(chance.paretovariate(0.6)) % ACTORS + 1] = None
    return list(chosen)


def name_actor(number: int) -> str:
    """Bodies come first."""
    return f"{'Body' if number <= BODIES else 'Person'} {number}"


def save(table: Any, rows: Iterator[Any]) -> None:
    """Writes rows in batches."""
    while batch := list(islice(rows, BATCH)):
        table.objects.bulk_create(batch)


def _fill_cast(count: int) -> None:
    """Actors, each with a profile, and the posts of people."""
    from communique.register import models as tables

    save(tables.Actor, map(_make_actor, range(1, ACTORS + 1)))
    save(
        tables.Profile,
        (
            tables.Profile(
                key=f"{n:064x}", type=_type_of(n), name=name_actor(n), actor_id=n, mention_count=ACTORS + 1 - n
            )
            for n in range(1, ACTORS + 1)
        ),
    )
    save(tables.Tenure, (_make_tenure(n, half, count) for n in range(BODIES + 1, ACTORS + 1) for half in (0, 1)))


def _type_of(number: int) -> str:
    return "organization" if number <= BODIES else "person"


def _make_actor(number: int) -> Any:
    from communique.register import models as tables

    return tables.Actor(
        type=_type_of(number),
        name=name_actor(number),
        aliases=[f"{name_actor(number)} the {word}" for word in ("Elder", "Younger")],
        country=COUNTRIES[number % 8],
        mention_count=ACTORS + 1 - number,
        first_seen=FIRST,
        last_seen=FIRST + dt.timedelta(days=number % DAYS),
        review="accepted" if number % 3 else "unreviewed",
    )


def _make_tenure(number: int, half: int, count: int) -> Any:
    from communique.register import models as tables

    first = FIRST + dt.timedelta(days=half * DAYS // 2 + number % 400)
    last = first + dt.timedelta(days=DAYS // 3)
    document = (number * 7 + half) % count + 1
    body = (number + half) % BODIES + 1
    return tables.Tenure(
        actor_id=number,
        title=POSTS[(number + half) % len(POSTS)],
        organization=name_actor(body),
        organization_actor_id=body,
        post_key=f"{POSTS[(number + half) % len(POSTS)]}/{body}",
        first_seen=first,
        last_seen=last,
        observation_count=2,
        observations=[
            {"document": f"{document:064x}", "day": day.isoformat(), "quote": "the commander", "standing": "holds"}
            for day in (first, last)
        ],
    )


def _fill_sources(told: list[Told]) -> None:
    """Documents with their texts, and who is named in them."""
    from communique.register import models as tables
    from communique.register.store.packing import pack

    save(
        tables.Document,
        (
            tables.Document(
                sha256=t.digest, uri=f"https://outlet.example/{t.number}", site=OUTLETS[t.number % 60],
                title=f"Report {t.number}", published=t.day, language="en", is_derived=True,
            )
            for t in told
        ),
    )  # fmt: skip
    readout = pack("{}")
    save(tables.Content, (tables.Content(document_id=t.number, text=pack(t.text), readout=readout) for t in told))
    save(
        tables.Mention,
        (
            tables.Mention(
                document_id=t.number, local=f"p{n}", key=f"{t.digest}/p{n}", type=_type_of(actor),
                name=name_actor(actor), evidence=[t.evidence(name_actor(actor))], day=t.day, profile_id=actor,
            )
            for t in told
            for n, actor in enumerate(t.actors, start=1)
        ),
    )  # fmt: skip


def _fill_engagements(told: list[Told]) -> None:
    """Engagements with their reports, who took part, topics, statements, and the log of their making."""
    from communique.register import models as tables

    chance = random.Random(7)
    save(tables.Engagement, (_make_engagement(t, chance) for t in told))
    save(
        tables.EngagementReport,
        (
            tables.EngagementReport(
                **t.happening, day=t.day, document_id=t.number, local="e1", key=f"{t.digest}/e1",
                engagement_id=t.number, evidence=[t.evidence(t.text.split("\n\n")[1])],
                confidence=0.9, date_text=str(t.day), place_text=t.happening["place"],
            )
            for t in told
        ),
    )  # fmt: skip
    cast = ((t, n, actor) for t in told for n, actor in enumerate(t.actors))
    save(
        tables.EngagementParticipant,
        (
            tables.EngagementParticipant(
                engagement_id=t.number, actor_id=actor, side=min(n, 1), position=n, day=t.day, kind=t.happening["kind"]
            )
            for t, n, actor in cast
        ),
    )  # fmt: skip
    save(
        tables.ReportParticipant,
        (
            tables.ReportParticipant(
                report_id=t.number, mention_id=(t.number - 1) * 3 + n + 1, actor_id=actor, side=min(n, 1), position=n,
                day=t.day, evidence=t.evidence(name_actor(actor)),
            )
            for t in told
            for n, actor in enumerate(t.actors)
        ),
    )  # fmt: skip
    save(
        tables.EngagementTopic,
        (tables.EngagementTopic(engagement_id=t.number, topic=word) for t in told for word in t.happening["topics"]),
    )
    save(
        tables.Statement,
        (
            tables.Statement(
                document_id=t.number, local="s1", key=f"{t.digest}/s1", speaker_name=name_actor(t.actors[0]),
                speaker_id=(t.number - 1) * 3 + 1, actor_id=t.actors[0], act="stressed", target="cooperation",
                topics=t.happening["topics"], day=t.day, report_id=t.number, evidence=[t.evidence("for talks")],
            )
            for t in told[::2]
        ),
    )  # fmt: skip
    save(
        tables.Change,
        (tables.Change(record=f"e{t.number}", action="created", document_id=t.number) for t in told),
    )


def _make_engagement(told: Told, chance: random.Random) -> Any:
    from communique.register import models as tables

    return tables.Engagement(
        **told.happening,
        day=told.day,
        confidence=round(chance.uniform(0.5, 1), 3),
        report_count=1,
        independent_sources=1,
        summary=f"Engagement {told.number}",
        search_text=_search_text(told),
        side_labels=[None, None],
        has_conflict=told.number % 40 == 0,
        conflicts=[{"field": "place", "values": {told.digest: "Elsewhere"}}] if told.number % 40 == 0 else [],
        review="accepted" if told.number % 3 else "unreviewed",
    )


def _fill_agreements(told: list[Told]) -> None:
    """Mechanisms with their steps, commitments with what followed, and the parties of both."""
    from communique.register import models as tables

    chance = random.Random(11)
    days = [FIRST + dt.timedelta(days=chance.randrange(DAYS)) for _ in range(MECHANISMS)]
    save(
        tables.Mechanism,
        (
            tables.Mechanism(
                name=f"Mechanism {n}",
                kind="committee",
                status=STEPS[n % 5],
                first_day=FIRST,
                last_day=day,
                step_count=5,
            )
            for n, day in enumerate(days, start=1)
        ),
    )
    save(tables.MechanismStep, (_make_step(t, chance) for t in told[: MECHANISMS * 5]))
    promised = told[4::5]
    save(
        tables.Commitment,
        (
            tables.Commitment(
                act="agreed", what=f"open post {n}", day=t.day, last_day=t.day + dt.timedelta(days=n % 300),
                engagement_id=t.number, mechanism_id=n % MECHANISMS + 1, report_count=1,
            )
            for n, t in enumerate(promised, start=1)
        ),
    )  # fmt: skip
    save(
        tables.CommitmentReport,
        (
            tables.CommitmentReport(
                document_id=t.number, local="c1", key=f"{t.digest}/c1", act="agreed", what=f"open post {n}", day=t.day,
                parties=[{"mention": f"{t.digest}/p1", "name": name_actor(t.actors[0])}],
                report_id=t.number, commitment_id=n, evidence=[t.evidence("for talks")],
            )
            for n, t in enumerate(promised, start=1)
        ),
    )  # fmt: skip
    save(
        tables.CommitmentFollowUp,
        (
            tables.CommitmentFollowUp(
                commitment_id=n, document_id=min(t.number + 3, len(told)), day=t.day, status="mentioned",
                evidence={"quote": "met", "start": 0, "end": 3}, reason="of the same mechanism",
            )
            for n, t in enumerate(promised, start=1)
            if n % 2
        ),
    )  # fmt: skip
    parties = tables.Commitment.parties.through
    save(
        parties,
        (parties(commitment_id=n, actor_id=actor) for n, t in enumerate(promised, start=1) for actor in t.actors[:2]),
    )
    members = tables.Mechanism.parties.through
    save(
        members,
        (members(mechanism_id=n, actor_id=actor) for n in range(1, MECHANISMS + 1) for actor in (n % 9 + 1, n + 10)),
    )


def _make_step(told: Told, chance: random.Random) -> Any:
    from communique.register import models as tables

    return tables.MechanismStep(
        document_id=told.number, local="m1", key=f"{told.digest}/m1", name=f"Mechanism {told.number % MECHANISMS + 1}",
        kind="committee", status=chance.choice(STEPS), day=FIRST + dt.timedelta(days=chance.randrange(DAYS)),
        mechanism_id=told.number % MECHANISMS + 1, evidence=[told.evidence("for talks")],
    )  # fmt: skip


def _fill_pairs(count: int) -> None:
    """Pairs that wait for review."""
    from communique.register import models as tables

    save(
        tables.ReportLink,
        (
            tables.ReportLink(left_id=n, right_id=n + 1, score=0.3 + n % 40 / 100, verdict="uncertain", reason="near")
            for n in range(1, count - 1, 100)
        ),
    )
    save(
        tables.ActorDecision,
        (
            tables.ActorDecision(
                left_id=n, right_id=n + 1, score=0.3 + n % 40 / 100, verdict="uncertain", reason="like"
            )
            for n in range(1, ACTORS - 1, 10)
        ),
    )


def _search_text(told: Told) -> str:
    return f"{told.happening['kind']} {told.text.split(chr(10) + chr(10))[1]} {' '.join(told.happening['topics'])}"


def _index(told: list[Told]) -> None:
    from communique.register import text_search

    for t in told:
        text_search.index_text(text_search.ENGAGEMENTS, t.number, _search_text(t))
        text_search.index_text(text_search.DOCUMENTS, t.number, t.text)


if __name__ == "__main__":
    main()
