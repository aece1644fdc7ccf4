from __future__ import annotations

import json
from pathlib import Path

from communique.engine.batch import BatchOptions, ShardSize
from communique.engine.batch.opened import Impression
from communique.engine.batch.site_lines import SiteLines
from communique.engine.copies import Fingerprint
from tests.engine.batch.inputs import page, poison_bench, record
from tests.engine.batch.test_run import run
from tests.engine.copies.texts import report

COURIER = "The Vell Courier reports from the coast on ministers and commanders."


def impression(number: int, site: str | None, *lines: int) -> Impression:
    return Impression(
        number=number,
        document="",
        uri="",
        published=None,
        fingerprint=Fingerprint.of(""),
        site=site,
        lines=tuple(enumerate(lines)),
    )


def test_a_line_counts_once_for_each_report_of_its_own_site(tmp_path: Path) -> None:
    some = [impression(0, "a", 7, 1), impression(1, "a", 2, 7), impression(2, "a", 7, 7, 3), impression(3, "b", 7)]
    with SiteLines(tmp_path / "lines") as lines:
        lines.add_many(zip(some, range(4), strict=True))
        assert list(lines.find(some)) == [(0, (0,)), (1, (1,)), (2, (0, 1))]
    with SiteLines(tmp_path / "copies") as lines:
        lines.add_many(zip(some, (0, 0, 2, 3), strict=True))  # the second is another print of the first
        assert list(lines.find(some)) == []
    with SiteLines(tmp_path / "nameless") as lines:
        nameless = [impression(n, None, 7) for n in range(4)]
        lines.add_many(zip(nameless, range(4), strict=True))
        assert list(lines.find(nameless)) == []


def test_a_batch_reads_articles_without_the_lines_of_their_site(tmp_path: Path) -> None:
    """Within an article, nothing on the page itself tells them from its own sentences."""
    texts = [f"Ann Ash met Bo Birch in Quin. {report(n)}.</p><p>{COURIER}</p><p>{report(50 + n)}." for n in range(3)]
    places = [f"https://courier.example/{n}" for n in range(3)] + ["https://other.example/3"]
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(
        b"".join(
            record(uri, page(text))
            for uri, text in zip(places, [*texts, f"Rain in Quin. {report(90)}.</p><p>{COURIER}"], strict=True)
        )
    )
    how = BatchOptions(form="jsonl", has_gate=False, size=ShardSize(), make_bench=poison_bench)
    run([archive], tmp_path / "out", how)
    readouts = [json.loads(line) for line in (tmp_path / "out/readouts/000000.jsonl").read_text().splitlines()]
    kept = {
        one["document"]["uri"]: "\n".join(one["document"]["text"][a:b] for a, b in one["document"]["body"])
        for one in readouts
    }
    assert len(kept) == 4
    assert [COURIER in kept[uri] for uri in places] == [False, False, False, True]
    assert all(COURIER in one["document"]["text"] for one in readouts)
