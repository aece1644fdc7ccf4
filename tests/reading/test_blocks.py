"""Which titles belong to which name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.reading.analysis import Line

A, B = "Anna Rossi", "Omar Said"


def posts(lines: list[Line]) -> dict[str, list[tuple[str, str | None]]]:
    return {
        m.name: [(p.title, p.organization) for p in m.posts if not p.is_rank]
        for line in lines
        for m in line.mentions
        if m.kind == "person"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Italian Prime Minister {A} left.", {A: [("Prime Minister", "Italy")]}),
        (f"{A}, Italy's prime minister, left.", {A: [("prime minister", "Italy")]}),
        (f"The army's chief of staff, General {B}, left.", {B: [("chief of staff", "army")]}),
        (
            f"{A}, the EU envoy, and Malta's Interior Minister {B} left.",
            {A: [("envoy", "EU")], B: [("Interior Minister", "Malta")]},
        ),
        (
            f"They met {A}, the Commissioner for Migration, Maltese Interior Minister {B} said.",
            {A: [("Commissioner for Migration", None)], B: [("Interior Minister", "Malta")]},
        ),
        (
            f"{A}, Acting Minister of Trade, and the Australian High Commissioner, Dr {B}, came.",
            {A: [("Minister of Trade", None)], B: [("High Commissioner", "Australia")]},
        ),
        (f"They met the adviser in charge of cooperation, Mme {A}.", {A: [("adviser in charge of cooperation", None)]}),
        (f"The head of the town's relief committee, Dr. {B}, came.", {B: [("head", "town's relief committee")]}),
        (f"When they saw {A}, the minister smiled.", {A: []}),
        (f"{B}, NI (M), HJ, Chief of Army Staff, left.", {B: [("Chief of Army Staff", None)]}),
        (f"{A}, who heads the Council of Elders, left.", {A: [("Head", "Council of Elders")]}),
        (
            f"{A}, who is both Malta's deputy prime minister and its defence minister, left.",
            {A: [("deputy prime minister", "Malta"), ("defence minister", None)]},
        ),
        (f"The chief of staff, Staff Major General {B}, came.", {B: [("chief of staff", None)]}),
        (f"The High Commissioner of Ghana, H.E. Dr {A}, came.", {A: [("High Commissioner", "Ghana")]}),
        (f"The ombudswoman, {A}, came.", {A: [("ombudswoman", None)]}),
        (f"They appointed General {B} as director of the Border Agency.", {B: [("director", "Border Agency")]}),
    ],
)
def test_titles_around_names(
    find: Callable[..., list[Line]], text: str, expected: dict[str, list[tuple[str, str | None]]]
) -> None:
    assert posts(find(text, persons=[A, B])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"The interior ministers of both countries, {A} and {B}, met.",
            {A: [("interior minister", None)], B: [("interior minister", None)]},
        ),
        (
            f"The defence ministers of Italy and Egypt, {A} and {B}, met.",
            {A: [("defence minister", "Italy")], B: [("defence minister", "Egypt")]},
        ),
        (
            f"The Turkish foreign and finance ministers, {A} and {B}, met.",
            {A: [("foreign minister", "Türkiye")], B: [("finance minister", "Türkiye")]},
        ),
        (
            f"The governors of Dubrovo and Sela, {A} and {B}, met.",
            {A: [("governor", "Dubrovo")], B: [("governor", "Sela")]},
        ),
        (
            f"The chiefs of defence of Denmark and the Netherlands, General {A} and General {B}, met.",
            {A: [("chief of defence", "Denmark")], B: [("chief of defence", "Netherlands")]},
        ),
        (
            f"Two former prime ministers came: {A} of Malta and {B} of Chad.",
            {A: [], B: []},
        ),
        (
            f"It has two former prime ministers: {A} of Malta and {B} of Chad.",
            {A: [("prime minister", "Malta")], B: [("prime minister", "Chad")]},
        ),
    ],
)
def test_plural_titles(
    find: Callable[..., list[Line]], text: str, expected: dict[str, list[tuple[str, str | None]]]
) -> None:
    assert posts(find(text, persons=[A, B])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The Council of Elders, headed by {B}, agreed.", {B: [("Head", "Council of Elders")]}),
        (f"He met a parallel government led by {B}.", {B: [("Head", "parallel government")]}),
        (f"A delegation led by {B} came.", {B: []}),
        (
            f"Greek Prime Minister {A}, Chad's {B} and others came.",
            {A: [("Prime Minister", "Greece")], B: [("Prime Minister", "Chad")]},
        ),
        (f"They saw Mali's {B} (Interior) leave.", {B: [("Minister of Interior", "Mali")]}),
    ],
)
def test_clauses(find: Callable[..., list[Line]], text: str, expected: dict[str, list[tuple[str, str | None]]]) -> None:
    assert posts(find(text, persons=[A, B])) == expected
