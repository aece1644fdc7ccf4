"""The golden readouts of the packaged examples: what the reader is known to make of them.

    python -m tests.examples.golden      # writes them anew; look at the diff before you commit it

They are no gold: mistakes of the reader stand in them too. They show what a change does to real readouts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique import Reader, Readout
from communique.examples import reports
from communique.pages import open_document

FOLDER = Path(__file__).parent / "golden"


def essence(readout: Readout) -> dict[str, Any]:
    """What people would compare: no offsets, no confidence (its last digits differ between processors)."""
    head = readout.document
    return {
        "title": head.title,
        "site": head.site,
        "published": head.published and head.published.isoformat(),
        "people": {
            p.name: [" / ".join(filter(None, (r.title, r.organization))) for r in p.roles] for p in readout.people
        },
        "engagements": [
            " | ".join(
                (
                    e.kind,
                    e.status + (", background" if e.background else ""),
                    str(e.date.start or f"before {e.date.end}") if e.date else "no date",
                    e.place.name if e.place else "no place",
                    " – ".join(", ".join(p.name for p in side.participants) for side in e.sides),
                )
            )
            for e in readout.engagements
        ],
        "commitments": [f"{c.act}: {', '.join(p.name for p in c.parties)}: {c.what}" for c in readout.commitments],
        "mechanisms": [
            f"{m.status}: {m.name} ({m.kind}, {m.date.start if m.date else 'no date'})" for m in readout.mechanisms
        ],
        "statements": [f"{s.speaker} {s.act}: {s.target}" for s in readout.statements],
    }


def read_examples() -> dict[str, dict[str, Any]]:
    """File name → essence of the readout, for every packaged example."""
    documents = [open_document(report.read_bytes(), uri=report.name) for report in reports()]
    return {r.document.uri: essence(r) for r in Reader().read_many(documents)}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, plain in read_examples().items():
        (FOLDER / f"{name}.json").write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", "utf-8")
