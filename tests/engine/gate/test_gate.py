from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.engine.gate import Gate
from communique.engine.gate.gate import _visible_parts

REPORT = "The minister of the sea met the envoy of Ostra in Quin on Monday, and they spoke of the patrols."
WEATHER = "The rain will go on for the rest of the week, and the north of the island will be the coldest part of it."
GERMAN = "Der Minister hat sich mit dem Gesandten getroffen, und die beiden haben über die Lage auf der See gesprochen."
# What the gate may lose of the gold; the figure is asked for by whoever reads whole archives.
LEAST_RECALL = 0.995


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate()


def page(*paragraphs: str, language: str = "en", script: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html lang="{language}"><head><title>x</title></head><body><script>{script}</script>{body}</body>'.encode()


def gold_reports(folders: list[Path]) -> Iterator[Path]:
    """Reports in which the gold has an engagement."""
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        annotation = json.loads(path.read_text("utf-8"))
        if annotation.get("engagements"):
            yield next(iter(path.parent.glob(f"{path.stem}*.txt")))


def recall(gate: Gate, paths: list[Path]) -> float:
    return sum(gate.judge(path.read_bytes()).kind == "read" for path in paths) / len(paths)


def test_our_own_gold_goes_through(gate: Gate, root: Path) -> None:
    paths = list(gold_reports([root / "data/gold/k", root / "data/gold/l"]))
    assert len(paths) > 150
    assert recall(gate, paths) >= LEAST_RECALL


def test_the_shared_gold_goes_through(gate: Gate, shared: Path) -> None:
    paths = list(gold_reports([shared / "gold/seeds", *sorted((shared / "gold/dev").iterdir())]))
    paths += sorted((shared / "gold/stories").glob("[0-9]*.txt"))
    assert len(paths) > 250
    assert recall(gate, paths) >= LEAST_RECALL


def test_example_pages_go_through(gate: Gate, root: Path) -> None:
    pages = sorted((root / "src/communique/examples/reports").glob("*.html"))
    assert pages
    assert recall(gate, pages) == 1.0


def test_a_page_without_a_post_is_passed_over(gate: Gate) -> None:
    for content in (page(WEATHER), WEATHER.encode()):
        verdict = gate.judge(content)
        assert (verdict.kind, verdict.language) == ("irrelevant", "en")


def test_a_post_far_from_anything_that_people_do_is_passed_over(gate: Gate) -> None:
    filler = ["A stone lies on a stone under a tree, as stones do in all of the old songs of the island."] * 12
    assert gate.judge(page("The minister of the sea has a garden.", *filler, "They met in Quin.")).kind == "irrelevant"
    assert gate.judge(page("The minister of the sea has a garden.", "They met in Quin.")).kind == "read"


def test_ranks_count_with_a_capital_only(gate: Gate) -> None:
    assert gate.judge(page("In general the rain in the north of the island meets the cold.")).kind == "irrelevant"
    assert gate.judge(page("GEN Ash and the rest of the staff met in Quin.")).kind == "read"
    assert gate.judge(page("Colonels of the two sides met in Quin.")).kind == "read"


def test_words_inside_other_words_are_none(gate: Gate) -> None:
    assert gate.judge(page("The administerial mischiefs of the metropolis.")).kind == "irrelevant"


@pytest.mark.parametrize(
    "marked", ["Minister</b> <i>met", "“Minister” (met)", "Minister&nbsp;met", "Minister\u2019s met"]
)
def test_tags_and_punctuation_are_boundaries(gate: Gate, marked: str) -> None:
    assert gate.judge(page(f"The rest of the page: <b>{marked}</i> in Quin.")).kind == "read"


def test_scripts_are_not_the_page(gate: Gate) -> None:
    assert gate.judge(page(WEATHER, script=f'var teaser = "{REPORT}";')).kind == "irrelevant"
    assert gate.judge(page(REPORT, script="unclosed <script")).kind == "read"


def test_other_languages_are_named_and_kept_for_later(gate: Gate) -> None:
    assert gate.judge(page(GERMAN, language="de")).language == "de"
    named = gate.judge(page(f"{GERMAN} Colonel Ash.", language="en"))
    assert (named.kind, named.language) == ("foreign", "de")  # the words say more than what the page declares
    arabic = gate.judge("التقى الوزير نظيره في العاصمة أمس".encode())
    assert (arabic.kind, arabic.language) == ("foreign", "ar")
    names = gate.judge(b"Quin Vell Ostra Veldia")
    assert (names.kind, names.language) == ("foreign", "und")


def test_pages_in_wide_encodings_are_decoded_first(gate: Gate) -> None:
    assert gate.judge(REPORT.encode("utf-16")).kind == "read"
    assert gate.judge(WEATHER.encode("utf-16")).kind == "irrelevant"


@pytest.mark.parametrize(
    "content",
    [b"", bytes(range(128, 256)) * 20, b"\xff\xfe\x00", b"\x1f\x8b\x08\x00\x00\x00", REPORT.encode() * 50_000],
    ids=["empty", "rubbish", "half a letter", "an archive", "too large"],
)
def test_what_cannot_be_judged_is_left_to_the_reader(gate: Gate, content: bytes) -> None:
    assert gate.judge(content).kind == "read"


def test_deep_markup_does_no_harm(gate: Gate) -> None:
    assert gate.judge(b"<div>" * 100_000 + REPORT.encode()).kind == "read"


def test_what_shows_its_words_only_when_it_is_opened_is_left_to_the_reader(gate: Gate) -> None:
    words = base64.b64encode(WEATHER.encode())
    mail = b"MIME-Version: 1.0\r\nFrom: Desk <desk@news.example>\r\nContent-Transfer-Encoding: base64\r\n\r\n" + words
    assert gate.judge(mail).kind == "read"
    assert gate.judge(b"%PDF-1.7\n" + words).kind == "read"
    assert gate.judge(words).kind == "foreign"


def test_what_stands_before_the_body_and_in_scripts_is_cut_out() -> None:
    markup = b"<head><script>a</script>b<body>c<script><body>d<script>e</script>f</script>g"
    assert [markup[start:end] for start, end in _visible_parts(markup)] == [b"<body>c", b"</script>f</script>g"]
    assert [b"x <script>y"[start:end] for start, end in _visible_parts(b"x <script>y")] == [b"x <script>y"]
