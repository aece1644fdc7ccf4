"""What the packaged encoder thinks of made-up reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.reading.following import Follower
from training.gold_folders import LEARNED

from communique.errors import ModelError
from communique.reading.encoder import Encoder, packaged_encoder
from communique.reading.encoder.encoder import NETWORK, PIECES
from communique.reading.opinion import UNSAID
from communique.reading.tellings import Narrative

MEETING = "Defence Minister Jan Veltman met General Karim Sadi in Tallinn on Monday to discuss training."


def narrative_of(follower: Follower, text: str) -> Narrative:
    return follower.follow(text, whole=True).narrative


def test_a_meeting_is_told_by_those_who_met(follower: Follower) -> None:
    narrative = narrative_of(follower, f"{MEETING} Spokesman Petra Lindholt declined to comment.")
    opinion = packaged_encoder().read(narrative)
    odds = {
        member.party.referent.name: opinion.of_participant(0, key) for key, member in narrative.cast.members.items()
    }
    assert opinion.of_telling(0) > 0
    assert min(odds["Jan Veltman"], odds["Karim Sadi"]) > 0 > odds["Petra Lindholt"]


def test_names_change_nothing(follower: Follower) -> None:
    other = MEETING.replace("Jan Veltman", "Sibusiso Dhlomo").replace("Karim Sadi", "Lucía Ferreyra")
    one, two = (packaged_encoder().read(narrative_of(follower, text)) for text in (MEETING, other))
    assert one.tells == two.tells
    assert list(one.took_part.values()) == list(two.took_part.values())


def test_nothing_is_said_of_what_is_not_there(follower: Follower) -> None:
    opinion = packaged_encoder().read(narrative_of(follower, "It rained."))
    assert opinion.of_telling(0) == opinion.of_participant(0, "p1") == opinion.of_pair(0, 1) == UNSAID


def test_the_same_report_gets_the_same_opinion(follower: Follower) -> None:
    first = packaged_encoder().read(narrative_of(follower, MEETING))
    packaged_encoder().read(narrative_of(follower, "General Karim Sadi phoned Ann Horvat. " * 20))
    assert packaged_encoder().read(narrative_of(follower, MEETING)) == first


def test_a_broken_network_is_named(tmp_path: Path) -> None:
    (tmp_path / NETWORK).write_bytes(b"no network")
    shutil.copy(LEARNED / PIECES, tmp_path)
    with pytest.raises(ModelError, match=r"encoder\.onnx cannot be loaded"):
        Encoder(tmp_path / NETWORK, tmp_path / PIECES)


def test_a_missing_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install the package anew"):
        Encoder(tmp_path / NETWORK, LEARNED / PIECES)
