"""Killed at any moment, an addition goes on: nothing is lost, nothing is there twice, and what follows is the same."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.made_up_news import News

from tests.register.conftest import MakeRegister
from tests.register.killing import add_and_kill

DOCUMENTS = 500
# The goal is fifty, which takes some minutes: COMMUNIQUE_KILLS=50.
KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "10"))


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_killed_addition_is_finished_by_the_next(tmp_path: Path, make_register: MakeRegister, database: str) -> None:
    readouts = list(islice(News(seed=3, engagements=200, actors=300).readouts(), DOCUMENTS))
    path = tmp_path / "readouts.jsonl"
    path.write_text("".join(f"{readout.to_json()}\n" for readout in readouts), "utf-8")
    register = make_register(database)
    address = str(register.address.path or register.address.url)
    from communique.register import models as tables
    from communique.register.store.checking import check_register
    from communique.register.store.delivered import keep_readouts
    from tests.register.filling import conclusions

    register.close()
    counts = []
    for _ in add_and_kill(path, address, kills=KILLS):
        counts.append(tables.Document.objects.count())
        register.close()
    print("documents after each kill:", *counts)
    assert counts == sorted(counts)  # nothing that was kept is lost
    assert len(set(counts) - {0, DOCUMENTS}) > KILLS // 4  # kills hit while documents were being added
    assert tables.Document.objects.count() == DOCUMENTS
    assert set(tables.Document.objects.values_list("sha256", flat=True)) == {r.document.id for r in readouts}
    assert list(check_register()) == []
    killed = conclusions()

    make_register("sqlite")
    list(keep_readouts(readouts))
    assert conclusions() == killed
