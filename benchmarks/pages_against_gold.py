"""Measures the pages room against the given gold.

    python benchmarks/pages_against_gold.py [--misses]

Prints, for every folder: how many publication days and titles are right; how many pieces of gold evidence stand in the
body (nine of ten words or more); the share of words called clutter; documents a second.
The gold is looked for in $COMMUNIQUE_SHARED/gold, default ../shared/gold beside the repository.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from communique.pages import open_document

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def evidence_of(gold: dict[str, Any]) -> list[str]:
    return [
        item["evidence"]
        for kind in ("engagements", "commitments", "statements")
        for item in gold[kind]
        if item.get("evidence")
    ]


def overlap(quote: str, text: str) -> float:
    wanted, found = Counter(re.findall(r"\w+", quote)), Counter(re.findall(r"\w+", text))
    return sum((wanted & found).values()) / max(1, sum(wanted.values()))


def measure(folder: Path, *, misses: bool) -> str:
    count: Counter[str] = Counter()
    started = time.perf_counter()
    spent = 0.0
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text_path = next(folder.glob(f"{path.stem}*.txt"))
        started = time.perf_counter()
        document = open_document(text_path)
        spent += time.perf_counter() - started
        body = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind != "clutter")
        count["documents"] += 1
        for key, shown in (("published", document.published), ("captured", document.captured)):
            right = (shown.isoformat() if shown else None) == gold.get(key)
            count[key] += right
            if misses and not right:
                print(f"  {folder.name}/{path.stem} {key}: {shown} ({document.published_basis}), gold {gold.get(key)}")
        right = document.title == gold["title"]
        count["title"] += right
        if misses and not right:
            print(f"  {path.parent.name}/{path.stem} title: {document.title!r}, gold {gold['title']!r}")
        for quote in evidence_of(gold):
            count["evidence"] += 1
            inside = overlap(quote, body) >= 0.9
            count["inside"] += inside
            if misses and not inside:
                print(f"  {path.parent.name}/{path.stem} lost: {quote[:150]!r}")
        count["words"] += len(document.text.split())
        count["clutter"] += sum(
            len(document.text[b.start : b.end].split()) for b in document.blocks if b.kind == "clutter"
        )
    n = count["documents"]
    return (
        f"{folder.name:6} {n:4} documents  published {count['published']}/{n}  captured {count['captured']}/{n}  "
        f"title {count['title']}/{n}  evidence {count['inside']}/{count['evidence']}  "
        f"clutter {count['clutter'] / count['words']:.1%} of words  {n / spent:.0f} documents/s"
    )


def main() -> None:
    folders = [SHARED / "gold" / "seeds", *sorted((SHARED / "gold" / "dev").iterdir())]
    for folder in folders:
        print(measure(folder, misses="--misses" in sys.argv))


if __name__ == "__main__":
    main()
