"""What the encoder is shown of a sentence: people under pseudonyms, and everything else."""

from __future__ import annotations

from tests.reading.following import Follower

from communique.reading.encoder.masked import PSEUDONYMS, Masks

FIRST, SECOND = PSEUDONYMS[:2]


def shown(follower: Follower, text: str) -> list[str]:
    masks = Masks()
    return [" ".join(masks.masked(line).words) for line in follower.follow(text, whole=True).narrative.lines]


def test_people_are_shown_by_their_posts_and_a_pseudonym(follower: Follower) -> None:
    (words,) = shown(follower, "Defence Minister Jan Veltman met General Karim Sadi in Tallinn.")
    assert words == f"defence minister {FIRST} met general {SECOND} in tallinn ."


def test_whoever_comes_back_keeps_the_pseudonym(follower: Follower) -> None:
    words = shown(follower, "Defence Minister Jan Veltman met General Karim Sadi. Sadi thanked Jan Veltman.")
    assert words[1] == f"{SECOND} thanked {FIRST} ."


def test_posts_alone_and_institutions_are_shown_as_they_are(follower: Follower) -> None:
    words = shown(follower, "Defence Minister Jan Veltman spoke. The minister received envoys of the African Union.")
    assert words[1] == "minister received envoys of african union ."


def test_names_that_nobody_knows_are_masked(follower: Follower) -> None:
    (words,) = shown(follower, "The Zarkonid sailed past Defence Minister Jan Veltman and saluted.")
    assert "zarkonid" not in words
    assert "saluted" in words


def test_more_people_than_pseudonyms_share_a_word(follower: Follower) -> None:
    starts, ends = ("Bal", "Cen", "Dor", "Fim", "Gul", "Hak"), ("odar", "inez", "umov", "eska", "aric", "onen", "ithi")
    text = " ".join(f"General Jan {start}{end} spoke." for start in starts for end in ends)
    words = shown(follower, text)
    assert len(words) > len(PSEUDONYMS)
    assert words[len(PSEUDONYMS) - 1] == f"general {PSEUDONYMS[-1]} spoke ."
    assert set(words[len(PSEUDONYMS) :]) == {"general somebody spoke ."}


def test_every_token_has_its_place(follower: Follower) -> None:
    line = follower.follow("Defence Minister Jan Veltman met General Karim Sadi.", whole=True).line
    found = Masks().masked(line)
    assert [found.words[found.at[token.i]] for token in line.tokens] == [FIRST, "met", SECOND, "."]
    assert {found.words[place]: number for place, number in found.people.items()} == {FIRST: 0, SECOND: 1}
