"""Posts and ranks: what belongs to the title, what names the institution."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from communique.reading.knowledge import Knowledge, plural
from communique.reading.labelled import LabelledSentence
from communique.reading.titles import Post, TitleParser


@pytest.fixture(scope="module")
def parse(knowledge: Knowledge, label: Callable[..., list[LabelledSentence]]) -> Callable[..., list[Post]]:
    parser = TitleParser(knowledge)

    def parsed(text: str, persons: Sequence[str] = ()) -> list[Post]:
        return parser.parse(label(text, persons=persons)[0], text)

    return parsed


@pytest.mark.parametrize(
    ("text", "title", "organization"),
    [
        ("the Turkish defence minister", "defence minister", "Türkiye"),
        ("Italy's Minister of the Interior Anna Rossi", "Minister of the Interior", "Italy"),
        ("the commander of the Presidential Guard", "commander", "Presidential Guard"),
        ("the commander of the 4th Military Region", "commander", "4th Military Region"),
        ("Chief of the Turkish General Staff", "Chief of the General Staff", "Türkiye"),
        ("the governor of Zalinga", "governor", "Zalinga"),
        ("Ankara's ambassador to Libya", "ambassador to Libya", "Türkiye"),
        ("the military's spokesman", "spokesman", "military"),
        ("Minister of Defence, Republic of Kazakhstan.", "Minister of Defence", "Kazakhstan"),
        ("the Ambassador of Malta for Egypt", "Ambassador for Egypt", "Malta"),
        ("the Minister of the Armed Forces", "Minister of the Armed Forces", None),
        ("the Vice-President of Ghana", "Vice-President", "Ghana"),
        ("Commander Eastern Naval Area", "Commander", "Eastern Naval Area"),
        ("Minister for Foreign Affairs TANAKA", "Minister for Foreign Affairs", None),
        ("Minister of Interior of the Republic of Latvia Janis Kalns", "Minister of Interior", "Latvia"),
        # What an envoy is charged with is not whom he serves.
        ("Ghana's special envoy for Sudan", "special envoy for Sudan", "Ghana"),
        ("the special representative for the Caucasus", "special representative for the Caucasus", None),
        # An institution that every country has gets its country.
        ("Latvia's President of Parliament", "President", "Parliament of Latvia"),
        ("the US chargé", "chargé", "United States"),
        ("the Undersecretary for Defence Industries", "Undersecretary for Defence Industries", None),
        ("the undersecretary of the Ministry of Interior", "undersecretary", "Ministry of Interior"),
        ("talks with H.E. President Anna Rossi", "President", None),
        ("the envoy to Malta and Latvia", "envoy to Malta and Latvia", None),
        (
            "the ambassador to Malta, Latvia and the Netherlands",
            "ambassador to Malta, Latvia and the Netherlands",
            None,
        ),
        ("the ambassador to Malta and Latvia's foreign minister", "ambassador to Malta", None),
        ("the head of Latvia's defence force", "head", "defence force of Latvia"),
        ("GOC 3rd Division", "General Officer Commanding", "3rd Division"),
        ("Commander 9 Brigade Brigadier Anna Rossi", "Commander", "9 Brigade"),
        ("General Officer Commanding (GOC) 7 Division", "General Officer Commanding", "7 Division"),
        ("the commander of Task Force 66", "commander", "Task Force 66"),
        ("Deputy Chief of Staff (Operations), Anna Rossi", "Deputy Chief of Staff (Operations)", None),
        ("Sen. Anna Rossi", "Senator", None),
        ("Latvian Army commander General Anna Rossi", "Army commander", "Latvia"),
        ("C-in-C Western Naval Command", "Commander-in-Chief", "Western Naval Command"),
        ("Commander Task Force 66 Commodore Anna Rossi", "Commander", "Task Force 66"),
        ("Regional Commander (North) Anna Rossi", "Regional Commander (North)", None),
        ("the chief of Latvia's General Staff", "chief of the General Staff", "Latvia"),
        ("Latvia's minister of state for the armed forces", "minister of state for the armed forces", "Latvia"),
        ("head of Latvia's military intelligence", "head of military intelligence", "Latvia"),
        (
            "chairman of Latvia's State Committee for National Security",
            "chairman",
            "State Committee for National Security of Latvia",
        ),
        ("the UN director for Malta and Latvia", "director for Malta and Latvia", "UN"),
        ("Latvia's ambassador to Malta (resident in Rome), Anna Rossi", "ambassador to Malta", "Latvia"),
        ("Minister of National Defence General Anna Rossi", "Minister of National Defence", None),
        ("PS Defence Anna Rossi", "Permanent Secretary Defence", None),
        ("Director General, Public Relations, Anna Rossi", "Director General, Public Relations", None),
        ("the Permanent Secretary, Ministry of Defence, Mr Rossi", "Permanent Secretary", "Ministry of Defence"),
        ("the Permanent Secretary, Ministry of Defence and others", "Permanent Secretary", None),
        ("Minister of Foreign Affairs and Trade of Latvia", "Minister of Foreign Affairs and Trade", "Latvia"),
        ("Deputy Premier/Minister of Defence Anna Rossi", "Deputy Premier", None),
        (
            "Latvia's Under Secretary of State for Political Affairs",
            "Under Secretary of State for Political Affairs",
            "Latvia",
        ),
        # "New" and "outgoing" say that a post is held; they are no part of its name.
        ("Newly appointed Defence Minister Anna Rossi", "Defence Minister", None),
        ("New Latvian Defence Minister Anna Rossi", "Defence Minister", "Latvia"),
        ("New Zealand Defence Minister Anna Rossi", "Defence Minister", "New Zealand"),
    ],
)
def test_posts(parse: Callable[..., list[Post]], text: str, title: str, organization: str | None) -> None:
    post = parse(text, ["Anna Rossi"])[0]
    assert (post.title, post.organization, post.is_rank) == (title, organization, False)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("the acting foreign minister", "acting"),
        ("the former governor", "former"),
        ("the incoming prime minister", "incoming"),
        ("the deputy prime minister", "current"),
        ("the outgoing prime minister", "current"),
        ("the immediate past governor", "former"),
        ("ex-president Anna Rossi", "former"),
        ("then-Defence Minister Anna Rossi", "former"),
        ("Latvia's president-elect", "incoming"),
        ("Vice-President-elect Anna Rossi", "incoming"),
        ("the ambassador designate to Malta", "incoming"),
        ("the Secretary-designate of Defense", "incoming"),
        ("the chargé d'affaires a.i.", "acting"),
    ],
)
def test_standing(parse: Callable[..., list[Post]], text: str, standing: str) -> None:
    assert parse(text)[0].standing == standing


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("Lt. Gen. Omar Said", ["Lieutenant General"]),
        ("Maj Gen (ret.) Omar Said", ["Major General"]),
        ("Maj Gen Mukhtar Salem", ["Major General"]),
        ("Lt.-Gen. Omar Said and Vice-Adm. Anna Rossi", ["Lieutenant General", "Vice Admiral"]),
        ("Air Vice-Marshal Omar Said", ["Air Vice Marshal"]),
        ("R/Adm Omar Said and Lt.Gen.(Rtd) Anna Rossi", ["Rear Admiral", "Lieutenant General"]),
        ("Brigadier General Staff Omar Said and Colonel Staff Pilot Ali Said", ["Brigadier General", "Colonel"]),
        ("Army commander General Omar Said", ["General"]),
        ("Commander General of the Land Forces", []),
        ("the commander of the fleet", []),
        ("General Staff officers", []),
    ],
)
def test_ranks(parse: Callable[..., list[Post]], text: str, ranks: list[str]) -> None:
    assert [post.title for post in parse(text) if post.is_rank] == ranks


@pytest.mark.parametrize(
    "text", ["They will head to Rome.", "who would lead the talks", "Amartya Sen left.", "the Hon Anna Rossi MP left."]
)
def test_verbs_and_names_are_no_posts(parse: Callable[..., list[Post]], text: str) -> None:
    assert parse(text) == []


@pytest.mark.parametrize(
    ("head", "several"),
    [
        ("minister", "ministers"),
        ("deputy", "deputies"),
        ("chairman", "chairmen"),
        ("chief of staff", "chiefs of staff"),
    ],
)
def test_plural(head: str, several: str) -> None:
    assert plural(head) == several
