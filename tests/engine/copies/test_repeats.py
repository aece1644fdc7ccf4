from __future__ import annotations

import pytest

from communique.engine.copies import Fingerprint, Repeat
from communique.engine.copies.repeats import MOST_FIRSTS, Print, find_repeats
from tests.engine.copies.texts import edited, printed_elsewhere, report


def group(*texts: str) -> list[Print]:
    marks = [Fingerprint.of(text) for text in texts]
    return [Print(id=str(n), words=mark.words, shingles=mark.shingles) for n, mark in enumerate(marks)]


def repeated(*texts: str) -> dict[str, str]:
    return {repeat.id: repeat.first for repeat in find_repeats(group(*texts))}


def test_a_print_points_to_the_first_one_that_tells_all_of_it() -> None:
    wire, paper, blog = report(1), printed_elsewhere(report(1)), edited(report(1), 0.05)
    assert repeated(wire, report(2), paper, blog, report(2).upper()) == {"2": "0", "3": "0", "4": "1"}


def test_a_print_that_tells_more_is_none_and_later_ones_may_point_to_it() -> None:
    words = report(3).split()
    short, long = " ".join(words[:80]), " ".join(words)
    assert repeated(short, long, " ".join(words[:200])) == {"2": "1"}
    assert repeated(long, short) == {"1": "0"}


def test_two_new_paragraphs_in_five_are_news() -> None:
    assert repeated(report(4), f"{report(4, 150)} {report(5, 100)}") == {}


def test_the_ends_of_a_chain_are_compared_with_what_is_read() -> None:
    first = report(6)
    second = edited(first, 0.08, 1)
    third = edited(second, 0.25, 2)
    assert repeated(first, second, third) == {"1": "0"}


@pytest.mark.parametrize(("other", "expected"), [("Talks on 4 May.", {}), ("TALKS on 3 May", {"1": "0"}), ("", {})])
def test_a_notice_repeats_only_the_very_same_words(other: str, expected: dict[str, str]) -> None:
    assert repeated("Talks on 3 May.", other) == expected


def test_texts_without_words_repeat_nothing() -> None:
    assert repeated("", "…") == {}


def test_the_share_is_of_the_print_itself() -> None:
    (repeat,) = find_repeats(group("a " * 3 + report(7), report(7, 100)))
    assert repeat == Repeat(id="1", first="0", share=1.0)


def test_a_group_of_thousands_is_compared_with_its_first_ones() -> None:
    many = [report(100 + n, 60) for n in range(MOST_FIRSTS + 1)]
    assert repeated(*many, many[0], many[-1]) == {str(MOST_FIRSTS + 1): "0"}
