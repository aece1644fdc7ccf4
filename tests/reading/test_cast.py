"""The cast: who is spoken of as somebody who can have been there; sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Jan Veltman brought Karim Sadi a message from President Omar Tazi that stressed old ties.", False),
        ("The meeting followed a call from General Omar Tazi for calm in the south.", False),
        ("Jan Veltman thanked his guests for the greetings from Omar Tazi.", False),
        ("Jan Veltman received a call from General Omar Tazi on Monday.", True),
        ("Jan Veltman received guests from Oslo with Omar Tazi.", True),
        ("Jan Veltman handed a message to Omar Tazi.", True),
    ],
)
def test_from_whom_a_message_comes_is_not_there(follower: Follower, text: str, acts: bool) -> None:
    narrative = follower.follow(text, whole=True).narrative
    names = {
        narrative.cast.members[key].party.referent.name
        for actors in narrative.cast.actors.values()
        for actor in actors
        for key in actor.keys
    }
    assert ("Omar Tazi" in names) is acts
    assert "Jan Veltman" in names or not text.startswith("Jan")
