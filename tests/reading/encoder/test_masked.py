"""What the encoder is shown of a sentence: common words and kinds of mentions, never a name."""

from __future__ import annotations

from tests.reading.following import Follower

from communique.reading.encoder.masked import masked


def shown(follower: Follower, text: str) -> str:
    return " ".join(masked(follower.follow(text, whole=True).line).words)


def test_people_are_shown_by_their_posts(follower: Follower) -> None:
    words = shown(follower, "Defence Minister Jan Veltman met General Karim Sadi in Tallinn.")
    assert words == "defence minister person met general person in place ."


def test_posts_alone_and_institutions_are_shown_by_what_they_are(follower: Follower) -> None:
    words = shown(follower, "Defence Minister Jan Veltman spoke. The minister received envoys of the African Union.")
    assert "minister received envoys of" in words
    assert "organization" in words
    assert "african" not in words


def test_names_that_nobody_knows_are_masked_too(follower: Follower) -> None:
    words = shown(follower, "The frigate Zarkonid sailed past Defence Minister Jan Veltman and saluted.")
    assert "zarkonid" not in words
    assert "saluted" in words


def test_every_token_has_its_place(follower: Follower) -> None:
    line = follower.follow("Defence Minister Jan Veltman met General Karim Sadi.", whole=True).line
    found = masked(line)
    assert [found.words[found.at[token.i]] for token in line.tokens] == ["person", "met", "person", "."]
