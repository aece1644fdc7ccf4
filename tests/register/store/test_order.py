"""The order of arrival changes nothing: at once, shuffled or one by one, reports give the same conclusions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice

import pytest
from benchmarks.made_up_news import News

from communique.model import Readout
from tests.register.conftest import MakeRegister
from tests.register.telling import Paper, met, tell

REPORTS = 60
HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_news_in_any_order_gives_the_same(make_register: MakeRegister, seed: int) -> None:
    readouts = list(islice(News(seed=seed, engagements=20, actors=12).readouts(), REPORTS))
    shuffled = random.Random(seed).sample(readouts, len(readouts))
    at_once = _conclusions(make_register, [readouts])
    assert _conclusions(make_register, [shuffled]) == at_once
    assert _conclusions(make_register, [[readout] for readout in shuffled]) == at_once


@pytest.mark.parametrize("is_turned_round", [False, True])
def test_an_exercise_of_weeks_meets_a_report_of_one_day(make_register: MakeRegister, is_turned_round: bool) -> None:
    """Each of the two must be found from the other, whichever comes first."""
    weeks = tell(met(HADDOW, SENOU, day="2031-03-01/2031-03-20", kind="exercise"), paper=Paper(site="Daily"))
    day = tell(met(HADDOW, SENOU, day="2031-03-18", kind="exercise"), paper=Paper(number=2, site="Herald"))
    order = [[day], [weeks]] if is_turned_round else [[weeks], [day]]
    assert len(_conclusions(make_register, order)["engagements"]) == 1


def _conclusions(make_register: MakeRegister, arrivals: Sequence[Sequence[Readout]]) -> dict[str, list[object]]:
    make_register("sqlite")
    from communique.register.store.delivered import keep_readouts
    from tests.register.filling import conclusions

    for readouts in arrivals:
        list(keep_readouts(readouts))
    return conclusions()
