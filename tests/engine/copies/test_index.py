from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from communique.engine.copies import CopyEntry, CopyGroup, CopyIndex
from communique.errors import CopyIndexError
from tests.engine.copies.texts import edited, printed_elsewhere, report

MONDAY, TUESDAY = dt.date(2025, 3, 3), dt.date(2025, 3, 4)


def entries() -> list[CopyEntry]:
    """Three families of copies, the second a chain whose ends are no copies of one another, and twelve loners."""
    chain = [report(20)]
    for seed in range(4):
        chain.append(edited(chain[-1], 0.1, seed))
    found = [CopyEntry(id=f"chain{n}", text=text) for n, text in enumerate(chain)]
    found += [CopyEntry(id=f"alone{n}", text=report(30 + n), published=MONDAY) for n in range(12)]
    return [
        *found,
        CopyEntry(id="wire", text=report(1), published=MONDAY),
        CopyEntry(id="paper", text=printed_elsewhere(report(1)), published=TUESDAY),
        CopyEntry(id="blog", text=edited(report(1), 0.05)),
        CopyEntry(id="twin1", text=report(2), published=TUESDAY),
        CopyEntry(id="twin2", text=report(2).upper(), published=TUESDAY),
        CopyEntry(id="empty1", text=""),
        CopyEntry(id="empty2", text=""),
    ]


def groups_of(some: list[CopyEntry], path: Path | None = None) -> list[CopyGroup]:
    with CopyIndex(path) as index:
        for entry in some:
            index.add(entry)
        return list(index.groups())


def test_copies_are_grouped_under_the_first_publication() -> None:
    groups = {group.representative: group.members for group in groups_of(entries())}
    assert groups["wire"] == ("wire", "paper", "blog")
    assert groups["twin1"] == ("twin1", "twin2")
    (chain,) = (members for members in groups.values() if members[0].startswith("chain"))
    assert sorted(chain) == [f"chain{n}" for n in range(5)]
    assert len(groups) == 3


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_arrival_changes_nothing(seed: int, tmp_path: Path) -> None:
    shuffled = entries()
    random.Random(seed).shuffle(shuffled)
    assert groups_of(shuffled, tmp_path / "copies.sqlite" if seed % 2 else None) == groups_of(entries())


def test_an_index_in_a_file_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "copies.sqlite"
    some = entries()
    groups_of(some[:9], path)
    assert groups_of(some[9:], path) == groups_of(some)
    with CopyIndex(path) as index:
        assert len(index) == len(some)
        assert index.copy_of("paper") == "wire"
        assert index.copy_of("wire") is None
        assert index.copy_of("alone3") is None


def test_a_document_that_comes_again_counts_once_with_its_earlier_day() -> None:
    early = CopyEntry(id="paper", text=printed_elsewhere(report(1)), published=dt.date(2025, 3, 1))
    with CopyIndex() as index:
        index.add_many([*entries(), early])
        assert len(index) == len(entries())
        assert index.copy_of("wire") == "paper"


def test_all_or_nothing_of_many_is_taken_in() -> None:
    with CopyIndex() as index:
        with pytest.raises(CopyIndexError, match="wire: in the index with other words"):
            index.add_many([*entries(), CopyEntry(id="wire", text="Something else.")])
        assert len(index) == 0


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    with CopyIndex() as index, pytest.raises(CopyIndexError, match="nowhere: not in the index"):
        index.copy_of("nowhere")


def test_a_file_that_is_no_index_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copies.sqlite"
    path.write_bytes(b"This is no database at all, but a letter." * 40)
    with pytest.raises(CopyIndexError, match="no index of copies"):
        CopyIndex(path)
    path.unlink()
    CopyIndex(path).close()
    monkeypatch.setattr("communique.engine.copies.index.MAKING", "communique/copies/2")
    with pytest.raises(CopyIndexError, match="Remove it and index anew"):
        CopyIndex(path)
