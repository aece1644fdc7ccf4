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


def test_ranks_in_the_plural_are_shared(find: Callable[..., list[Line]]) -> None:
    (line,) = find(f"Generals {A} and {B} met Colonel Jan Novak.", persons=[A, B, "Jan Novak"])
    ranks = {m.name: [p.title for p in m.posts if p.is_rank] for m in line.mentions if m.kind == "person"}
    assert ranks == {A: ["General"], B: ["General"], "Jan Novak": ["Colonel"]}


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
        (
            f"Deputy Premier/Minister of Defence {A} left.",
            {A: [("Deputy Premier", None), ("Minister of Defence", None)]},
        ),
        (f"{A}, Director, Trade Division, left.", {A: [("Director", "Trade Division")]}),
        (f"They received in Anfa UNIFIL Force Commander {B}.", {B: [("Force Commander", "UNIFIL")]}),
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
        (f"The commander of the battalion, lieutenant colonel {B}, came.", {B: [("commander", "battalion")]}),
        (f"The Chief of Staff appointed by the Council, General {B}, came.", {B: [("Chief of Staff", None)]}),
        (f"Chief of Army Staff – Brigadier General {B}", {B: [("Chief of Army Staff", None)]}),
        (f"They saw the head of delegation ({A}) and left.", {A: [("head of delegation", None)]}),
        (f"The prefect of Anfa (Benin), Mrs. {A}, came.", {A: [("prefect", "Anfa")]}),
        (f"Chad's consul in Konni, {A}, came.", {A: [("consul in Konni", "Chad")]}),
        (f"They were met by its director, Colonel (Dr.) {A}.", {A: [("director", None)]}),
        (f"{B}, the President's brother, left.", {B: []}),
        (
            f"{B}, the President's brother, who commands the Second Brigade, left.",
            {B: [("Commander", "Second Brigade")]},
        ),
        (f"{B}, the General who serves as Malta's defence minister, left.", {B: [("defence minister", "Malta")]}),
        (f"{A}, who took over the Maltese defence portfolio in May, left.", {A: [("defence minister", "Malta")]}),
        (f"{B}, who leads the east-based Coast Guard, left.", {B: [("Leader", "Coast Guard")]}),
        (f"{B}, who commands the western military region, left.", {B: [("Commander", "western military region")]}),
        (f"{A}, who chairs the farmers' association, left.", {A: [("Chair", "farmers' association")]}),
        (f"Crown Prince {B} came.", {B: [("Crown Prince", None)]}),
        (f"On behalf of His Majesty the King, Prince {B}, Governor of Anfa, came.", {B: [("Governor", "Anfa")]}),
        (f"{A} was named governor of the Central Bank in May.", {A: [("governor", "Central Bank")]}),
        (f"{A} has been Malta's envoy to Chad since May.", {A: [("envoy to Chad", "Malta")]}),
        (f"{A} took up her duties on Monday as commander of the Coast Guard.", {A: [("commander", "Coast Guard")]}),
        (f"{A} was the minister's guest.", {A: []}),
        (f"Its head, Kenyan general {A}, wrote.", {A: [("head", None)]}),
        (f"An adviser to the Border Council, retired Major General {B}, left.", {B: [("adviser", "Border Council")]}),
        (f"The envoy of the Arab League, the Emirati Colonel {B}, left.", {B: [("envoy", "Arab League")]}),
        (
            f"The commander of the Kazakh airborne troops, General {B}, left.",
            {B: [("commander", "Kazakh airborne troops")]},
        ),
        (f"Governor of Matrouh Major General (Ret'd) {B} left.", {B: [("Governor", "Matrouh")]}),
        (
            f"His Excellency the head of the Operations Authority, General {B}, left.",
            {B: [("head", "Operations Authority")]},
        ),
        (f"The regional commander in Izmir, Senior Captain {B}, left.", {B: [("regional commander in Izmir", None)]}),
        (
            f"The head of the Migration and Citizenship Service, {A}, left.",
            {A: [("head", "Migration and Citizenship Service")]},
        ),
        (
            f"{B}, overall commander of Operation Kite, and the governor left.",
            {B: [("overall commander", "Operation Kite")]},
        ),
        (f"{A}, 58, who has chaired the Women's Council since 2019, left.", {A: [("Chair", "Women's Council")]}),
        (f"{B}, who since August commands the instructors, left.", {B: []}),
        (f"{B}, Chief Advisor to the King, left.", {B: [("Chief Advisor to the King", None)]}),
    ],
)
def test_titles_around_names(
    find: Callable[..., list[Line]], text: str, expected: dict[str, list[tuple[str, str | None]]]
) -> None:
    assert posts(find(text, persons=[A, B])) == expected


@pytest.mark.parametrize(
    ("said", "title", "organization"),
    [
        (", who is the president's security adviser,", "security adviser", "president"),
        (", who is also the UN secretary-general's special representative,", "special representative", "UN"),
        (", the prime minister's special envoy,", "special envoy", "prime minister"),
        (", the Maltese president's special envoy for Chad,", "special envoy for Chad", "Malta"),
        (", the president's chief of staff,", "chief of staff", "president"),
    ],
)
def test_a_post_that_belongs_to_another(
    find: Callable[..., list[Line]], said: str, title: str, organization: str
) -> None:
    assert posts(find(f"{A}{said} left.", persons=[A])) == {A: [(title, organization)]}


@pytest.mark.parametrize(
    "said",
    [
        "who previously served as army chief",
        "who served as army chief",
        "who was army chief until June",
        "who until June was army chief",
        "who had been army chief for six years",
        "who stepped down as army chief last year",
        "who resigned in May as army chief",
        "who was dismissed as army chief",
        "formerly the army chief",
        "previously army chief",
        "then the army chief",
        "then still army chief",
        "until recently army chief",
    ],
)
def test_a_post_held_before(find: Callable[..., list[Line]], said: str) -> None:
    lines = find(f"{A}, {said}, left.", persons=[A])
    (post,) = next(m.posts for line in lines for m in line.mentions if m.name == A)
    assert (post.title.lower(), post.standing) == ("army chief", "former")


@pytest.mark.parametrize("said", ["who has served as army chief since May", "who is army chief", "now army chief"])
def test_a_post_held_now(find: Callable[..., list[Line]], said: str) -> None:
    lines = find(f"{A}, {said}, left.", persons=[A])
    (post,) = next(m.posts for line in lines for m in line.mentions if m.name == A)
    assert (post.title, post.standing) == ("army chief", "current")


@pytest.mark.parametrize("text", [f"They met {A}, then the army chief.", f"{A}, once the minister came, left."])
def test_what_comes_next_is_no_post(find: Callable[..., list[Line]], text: str) -> None:
    assert posts(find(text, persons=[A])) == {A: []}


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
            f"They saw the prime ministers of Malta ({A}) and Chad ({B}).",
            {A: [("prime minister", "Malta")], B: [("prime minister", "Chad")]},
        ),
        (
            f"They saw the Ministers of Interior (Gen. {A}), Oil (Dr. {B}) and Transport.",
            {A: [("minister of Interior", None)], B: [("minister of Oil", None)]},
        ),
        (
            f"They came with their gendarmerie chiefs, respectively Captain {A} and Captain {B}.",
            {A: [("gendarmerie chief", None)], B: [("gendarmerie chief", None)]},
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
