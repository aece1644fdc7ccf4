"""What the chances of others say of somebody."""

from __future__ import annotations

from tests.reading.following import Follower
from tests.reading.test_second_look import key_of

from communique.reading.bonds import NOBODY, Bonds

TEXT = (
    "Kenyan Defence Minister Amina Odhiambo and Kenyan army chief Peter Kirui met Arab League officials and Ugandan "
    "Foreign Minister Moses Okello in Nairobi on Monday."
)


def test_the_chances_of_those_bound_to_somebody(follower: Follower) -> None:
    narrative = follower.follow(TEXT, whole=True).narrative
    odhiambo, kirui, okello, officials = (
        key_of(narrative, name) for name in ("Odhiambo", "Kirui", "Okello", "League officials")
    )
    league = key_of(narrative, "League of Arab States")
    bonds = Bonds(narrative, narrative.tellings)
    chances = {odhiambo: 0.9, kirui: 0.8, okello: 0.7, officials: 0.6, league: 0.5, "nobody": 0.4}
    listed, least, around, within = bonds.values(odhiambo, chances)
    assert (listed, least) == (0.8, 0.8)
    assert (around, within) == (NOBODY, NOBODY)
    assert bonds.values(league, chances)[2] == 0.6
    assert bonds.values(officials, chances)[3] == 0.5
