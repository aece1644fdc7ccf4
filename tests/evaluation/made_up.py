"""Made-up gold and readouts, varied by a seeded generator: the same facts, bent and broken in many ways."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

NAMES = [
    "Ana Bel Corin",
    "Bel Corin",
    "Corin",
    "Gen. Dario Elm",
    "Dario Elm-Fox",
    "Elm",
    "Dr Féodor Gant",
    "Gant Ilo",
    "",
]
GROUPS = [
    "Northern Coast Guard (NCG)",
    "NCG",
    "Ministry of Defence",
    "the President",
    "officers from Ostmark",
    "Ostmark",
]
POSTS = [
    "Chief of Staff",
    "CoS",
    "Minister of Defence",
    "MoD",
    "defense minister",
    "Envoy",
    "Director of the Border Office",
]
OFFICES = [None, "Ostmark", "Northern Coast Guard", "NCG", "Border Office of Ostmark"]
KINDS = ["meeting", "talks", "visit", "call", "committee_session", "conference", "summit", "signing"]
DATES = [None, "2031-05", "2031", "2031-05-04", "2031-05-05"]
PLACES = [None, "Port Vell", "Vell", "Old Harbour of Port Vell", "Quin"]
TOPICS = ["maritime_security", "border_security", "other", "reconciliation"]
ACTS = ["agreed", "pledged", "praised", "urged"]
WORDS = [
    "the",
    "two",
    "sides",
    "met",
    "in",
    "the",
    "harbour",
    "and",
    "agreed",
    "to",
    "form",
    "a",
    "joint",
    "office",
    "before",
    "spring",
    "came’s",
    "end",
]


def passage(rng: random.Random) -> str:
    start = rng.randrange(len(WORDS) - 3)
    return " ".join(WORDS[start : start + rng.randint(1, 9)])


def some(rng: random.Random, pool: list[Any], most: int) -> list[Any]:
    return [rng.choice(pool) for _ in range(rng.randint(0, most))]


def annotation(rng: random.Random) -> dict[str, Any]:
    """One gold object; evidence is one string, sides are lists of names."""
    people = []
    for name in some(rng, NAMES, 5):
        roles = [
            {"title": rng.choice([*POSTS, None]), "organization": rng.choice(OFFICES)} for _ in range(rng.randint(0, 3))
        ]
        if roles and rng.random() < 0.3:
            roles[0]["kind"] = "rank"
        people.append({"name": name, "aliases": some(rng, NAMES, 2), "roles": roles})
    engagements = []
    for _ in range(rng.randint(0, 4)):
        engagement: dict[str, Any] = {
            "kind": rng.choice(KINDS), "status": rng.choice(["held", "planned"]), "background": rng.random() < 0.2,
            "date": rng.choice(DATES), "date_as_written": "then", "place": rng.choice(PLACES),
            "sides": [some(rng, NAMES + GROUPS, 3) for _ in range(rng.randint(0, 3))],
            "topics": sorted(set(some(rng, TOPICS, 3))), "evidence": passage(rng),
        }  # fmt: skip
        if rng.random() < 0.3:
            engagement["optional"] = True
        engagements.append(engagement)
    commitments = [
        {"parties": some(rng, NAMES + GROUPS, 3), "act": rng.choice(ACTS), "what": "x", "evidence": passage(rng)}
        for _ in range(rng.randint(0, 3))
    ]
    statements = [
        {"speaker": rng.choice(NAMES + GROUPS), "act": rng.choice(ACTS), "target": None, "evidence": passage(rng)}
        for _ in range(rng.randint(0, 3))
    ]
    return {"people": people, "engagements": engagements, "commitments": commitments, "statements": statements}


def contract_date(rng: random.Random, date: str | None) -> dict[str, Any] | None:
    if date is None:
        return None
    day = (date + "-01-01")[:10]
    precision = {4: "year", 7: "month"}.get(len(date), rng.choice(["day", "range", "before"]))
    return {"text": "then", "start": day, "end": day, "precision": precision, "basis": "said"}


def readout(rng: random.Random, gold: dict[str, Any], uri: str) -> dict[str, Any]:
    """A readout that has most of the gold, some of it bent, and things of its own."""
    other = annotation(rng)

    def mix(part: str) -> list[dict[str, Any]]:
        entries = [entry for entry in gold[part] if rng.random() < 0.75] + [
            e for e in other[part] if rng.random() < 0.4
        ]
        rng.shuffle(entries)
        return json.loads(json.dumps(entries))

    quoted = lambda entry: [{"quote": entry["evidence"], "start": 0, "end": len(entry["evidence"])}]  # noqa: E731
    engagements = []
    for entry in mix("engagements"):
        place = entry["place"] and {"text": entry["place"], "name": rng.choice(["Vell", "Quin", entry["place"]])}
        sides = [{"label": None, "participants": [{"name": name} for name in side]} for side in entry["sides"]]
        engagements.append(
            {
                **entry,
                "date": contract_date(rng, entry["date"]),
                "place": place,
                "sides": sides,
                "evidence": quoted(entry),
            }
        )
    commitments = [
        {**entry, "parties": [{"ref": None, "name": name} for name in entry["parties"]], "evidence": quoted(entry)}
        for entry in mix("commitments")
    ]
    statements = [{**entry, "evidence": quoted(entry)} for entry in mix("statements")]
    return {
        "schema": "communique/readout/1", "document": {"id": "0", "uri": uri}, "people": mix("people"),
        "engagements": engagements, "commitments": commitments, "statements": statements,
    }  # fmt: skip


def write_set(folder: Path, seed: int, documents: int = 12) -> Path:
    """Writes gold into ``folder`` and returns the path of the readouts: one document is missing, one is unknown."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    lines = [json.dumps(readout(rng, annotation(rng), "elsewhere/unknown.txt"))]
    for number in range(documents):
        gold = annotation(rng)
        name = f"{number:02}.txt"
        if number == 1:
            gold["seed"] = name = "seed_text.txt"
        (folder / f"{number:02}.json").write_text(json.dumps(gold), "utf-8")
        if number != 2:
            lines.append(json.dumps(readout(rng, gold, f"some/where/{name}")))
    readouts = folder.parent / f"{folder.name}.jsonl"
    readouts.write_text("\n".join(lines) + "\n\n", "utf-8")
    return readouts
