from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from communique.engine.copies import is_copy, normalise, similarity
from tests.engine.copies.texts import edited, printed_elsewhere, report

EVENT = (
    "The defence minister of Veldia, Ann Ash, received the commander of the Ostran coast guard, Bo Birch, in Quin on "
    "Monday. They discussed joint patrols and the training of officers, her ministry said, and agreed to meet again."
)
REWRITTEN = (
    "Ostra's coast guard chief travelled to Quin at the start of the week for a conversation with Ann Ash, who runs "
    "Veldia's defence portfolio. Bo Birch and his host spoke about patrolling together and how officers are taught."
)


def test_only_the_words_count() -> None:
    assert normalise("  Ünal’s\ttalks…\n\n“ON” 3,000 ﬁles ") == "unal s talks on 3 000 files"
    assert similarity("Talks, ended. Today!", "TALKS ended\n\ntoday").jaccard == 1.0


def test_similarity_counts_runs_of_three_words() -> None:
    found = similarity("a b c d", "x a b c")
    assert (found.jaccard, found.containment, found.shorter) == (pytest.approx(1 / 3), 0.5, 2)
    assert similarity("a b c d", "d c b a").jaccard == 0.0


def test_a_text_without_words_is_like_no_other() -> None:
    assert not is_copy("", "")
    assert not is_copy("…", "– –")
    assert is_copy("Hello", "hello!")


def test_a_syndicated_report_is_a_copy_and_a_rewritten_one_is_not() -> None:
    assert is_copy(report(1), printed_elsewhere(report(1)))
    assert is_copy(EVENT, f"Minister meets commander\n\n{EVENT} Follow us.")
    assert not is_copy(EVENT, REWRITTEN)
    assert not is_copy(report(1), report(2))


def test_a_report_cut_to_its_first_quarter_is_a_copy_and_a_shared_quotation_is_not() -> None:
    words = report(3).split()
    assert is_copy(report(3), " ".join(words[:60]))
    quotation = " ".join(words[:30])
    assert not is_copy(report(3), quotation)


@pytest.mark.parametrize(("share", "expected"), [(0.05, True), (0.1, True), (0.4, False)])
def test_edits_count(share: float, expected: bool) -> None:
    assert is_copy(report(4), edited(report(4), share)) is expected


def test_exactly_the_copies_of_the_gold_are_copies(shared: Path) -> None:
    """F1 is 1.0: all true pairs and no others, among stories that report the same events in different words."""
    folder = shared / "gold" / "stories"
    gold = {tuple(sorted(pair)) for pair in json.loads((folder / "register.json").read_text("utf-8"))["copies"]}
    texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.txt") if re.fullmatch(r"\d+", path.stem)}
    assert len(texts) > 40
    assert gold
    assert {(a, b) for a, b in itertools.combinations(sorted(texts), 2) if is_copy(texts[a], texts[b])} == gold
