"""How documents are cut for the encoder, and what is asked about each stretch."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from tests.reading.following import Follower

from communique.model.vocabulary import ENGAGEMENT_KINDS
from communique.reading.encoder.pieces import WordPieces
from communique.reading.encoder.windows import DISTANCES, HINTS, LENGTH, MARKS, windows
from communique.reading.sameness import REACH

MEETING = "Defence Minister Jan Veltman met General Karim Sadi in Tallinn. "
RAIN = "It rained in the hills all day long and nobody could see the road from there. "


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(Path(str(resources.files("communique.reading.learned") / "pieces.txt")))


def test_a_short_report_is_one_window(follower: Follower, pieces: WordPieces) -> None:
    narrative = follower.follow(MEETING + "He then phoned Ann Horvat.", whole=True).narrative
    (window,) = windows(narrative, pieces)
    assert window.triggers == [0, 1]
    assert len(window.ids) == len(window.marks)
    assert window.ids[0] == pieces.start
    assert window.ids[-1] == pieces.end
    marks = [window.marks[at] for at in window.at]
    assert marks == [1 + ENGAGEMENT_KINDS.index("meeting"), 1 + ENGAGEMENT_KINDS.index("call")]
    assert window.same == [(0, 1)]
    members = narrative.cast.members
    names = {members[key].party.referent.name for _, key in window.who.about}
    assert {"Jan Veltman", "Karim Sadi", "Ann Horvat"} <= names
    assert all(0 <= distance < DISTANCES for _, _, distance in window.who.pairs)
    assert len(window.hints) == len(window.who.pairs)
    assert all(0 <= hint < HINTS for hint in window.hints)
    hints = {
        (number, members[key].party.referent.name): hint
        for (number, key), hint in zip(window.who.about, window.hints, strict=True)
    }
    # Grammar puts her into the call alone, and him into both.
    assert hints[0, "Ann Horvat"] != hints[1, "Ann Horvat"]
    assert hints[0, "Jan Veltman"] // 4 == hints[1, "Jan Veltman"] // 4 != 0
    assert all(window.marks[piece] > 0 for _, piece, _ in window.who.pairs)


def test_days_and_places_around_a_trigger_are_asked_about(follower: Follower, pieces: WordPieces) -> None:
    text = f"{MEETING}On Monday he phoned Ann Horvat. {'It rained. ' * 3}The calendar had 4 May."
    narrative = follower.follow(text, whole=True).narrative
    setting = narrative.setting
    (window,) = windows(narrative, pieces)
    days = {date.text: (k, date.start) for k, dates in setting.calendar.mentions.items() for date in dates}
    assert set(window.when.about) == {(0, *days["On Monday"]), (1, *days["On Monday"])}
    assert window.where.about == [(0, 0, text.index("in Tallinn")), (1, 0, text.index("in Tallinn"))]
    asked = [*window.when.pairs, *window.where.pairs]
    assert all(0 <= distance < DISTANCES and window.marks[piece] > 0 for _, piece, distance in asked)


def test_every_telling_of_a_long_report_is_asked_about_once(follower: Follower, pieces: WordPieces) -> None:
    narrative = follower.follow((MEETING + RAIN * 4) * 12, whole=True).narrative
    found = list(windows(narrative, pieces))
    assert len(found) > 1
    assert Counter(n for window in found for n in window.triggers) == Counter(range(len(narrative.tellings)))
    for window in found:
        assert len(window.ids) == len(window.marks) <= LENGTH
        assert max(window.marks) < MARKS
        assert all(later - earlier <= REACH for earlier, later in window.same)


def test_one_endless_sentence_is_cut_off(follower: Follower, pieces: WordPieces) -> None:
    text = "Jan Veltman met General Karim Sadi, " + "and it rained, " * 300 + "and Ann Horvat met Petra Lindholt."
    for window in windows(follower.follow(text, whole=True).narrative, pieces):
        assert len(window.ids) <= LENGTH


def test_nothing_is_asked_where_nothing_is_told(follower: Follower, pieces: WordPieces) -> None:
    assert list(windows(follower.follow("It rained. " * 3, whole=True).narrative, pieces)) == []
