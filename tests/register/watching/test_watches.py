"""A watch tells what is new, once; what is told is written down before it goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from communique.errors import AddressRefused, QueryError, RecordNotFound
from communique.register import Register

if TYPE_CHECKING:
    from communique.register.models import Engagement, Watch, WatchItem

NOW = dt.datetime(2031, 12, 1, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
Tell = Callable[..., "Engagement"]


def add(name: str = "all", **options: Any) -> Watch:
    from communique.register.watching.watches import WatchOptions, add_watch

    return add_watch(WatchOptions(name=name, **options), NOW)


def run(watch: Watch, now: dt.datetime = NOW) -> list[str]:
    from communique.register.watching.watches import run_watch

    return [item.title for item in run_watch(watch, now)]


def change(row: Engagement, **fields: Any) -> None:
    from communique.register.store.changes import log_change

    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    log_change(row.code, "updated", {name: [None, str(value)] for name, value in fields.items()})


def test_what_was_there_is_not_news_what_comes_is_told_once(tell: Tell) -> None:
    tell("Talks in Varnholm")
    watch = add()
    assert run(watch) == []
    tell("Talks in Eskerby")
    assert run(watch) == ["New: Talks in Eskerby"]
    assert run(watch) == []


def test_from_the_start_all_is_news(tell: Tell) -> None:
    tell("Talks in Varnholm")
    assert run(add(from_start=True)) == ["New: Talks in Varnholm"]


def test_changes_say_what_changed_and_quote_the_reports(tell: Tell) -> None:
    row = tell("Talks in Varnholm")
    watch = add()
    change(row, place="Eskerby")
    assert run(watch) == ["Changed: Talks in Varnholm (place)"]
    item: WatchItem = watch.items.get()
    assert item.text == "Quay Record, 2031-05-04: “Talks in Varnholm took place.”"
    assert (item.record, item.day) == (row.code, dt.date(2031, 5, 3))


def test_only_what_fits_the_filters_is_told(tell: Tell) -> None:
    from communique.register.store.finding import EngagementFilters

    watch = add(filters=EngagementFilters(kind=("visit",), country=("LY",)))
    tell("Talks in Varnholm")
    tell("A visit", kind="visit", country="LY")
    assert run(watch) == ["New: A visit"]


def test_what_was_told_and_is_withdrawn_is_told(tell: Tell) -> None:
    row, other = tell("Talks in Varnholm"), tell("Talks elsewhere")
    watch = add(from_start=True)
    assert len(run(watch)) == 2
    change(row, retracted_at=NOW)
    change(other, merged_into=row)
    assert run(watch) == ["Talks in Varnholm was withdrawn", f"Talks elsewhere is now part of {row.code}"]


def test_disagreements_are_told_when_they_are_new(tell: Tell) -> None:
    old = tell("Old talks", has_conflict=True, conflicts=[{"field": "date", "values": {}}])
    watch = add(event="sources-disagree")
    change(old, topics=["maritime"])
    assert run(watch) == []
    change(old, conflicts=[{"field": "date", "values": {}}, {"field": "place", "values": {}}])
    assert run(watch) == ["Sources disagree on date, place: Old talks"]


def test_a_commitment_goes_stale_once_for_each_silence(register: Register) -> None:
    from tests.exchange.briefs.made import Maker

    make = Maker()
    pledge = make.commitment(make.document("Quay Record", "2031-10-01"), "open a crossing", [])
    watch = add(event="stale-commitment", stale_days=90)
    assert run(watch) == []
    assert run(watch, NOW + 40 * DAY) == ["No follow-up since 2031-10-01: pledged open a crossing"]
    assert run(watch, NOW + 41 * DAY) == []
    pledge.last_day = dt.date(2032, 1, 15)
    pledge.save()
    assert run(watch, NOW + 60 * DAY) == []
    assert run(watch, NOW + 200 * DAY) == ["No follow-up since 2032-01-15: pledged open a crossing"]


def test_a_post_that_changed_hands_is_told(register: Register) -> None:
    from tests.exchange.briefs.made import Maker

    make = Maker()
    ana, piet = make.actor("Ana Duarte"), make.actor("Piet Maas")
    first = make.tenure(ana, "Minister", make.document("Quay Record", "2031-01-01"), organization="Ostrava")
    watch = add(event="post-changed")
    make.tenure(piet, "Minister", make.document("Quay Record", "2031-06-01"))
    first.superseded_by = piet
    first.save()
    assert run(watch) == ["Minister, Ostrava: Piet Maas after Ana Duarte"]
    first.pk = None
    type(first).objects.filter(actor=ana).delete()
    first.save()  # tenures are derived anew all the time
    assert run(watch) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": " "}, "is no name"),
        ({"event": "weather"}, "cannot be watched"),
        ({"email": "desk@news.example\nBcc: x@y.example"}, "is no mail address"),
        ({"email": "nobody"}, "is no mail address"),
    ],
)
def test_what_cannot_be_is_refused(register: Register, options: dict[str, Any], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        add(**options)


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "http://[::ffff:10.0.0.1]/", "file:///etc/x", "ftp://a.b/"])
def test_a_webhook_into_the_house_is_refused(register: Register, address: str) -> None:
    with pytest.raises(AddressRefused):
        add(webhook=address)


def test_names_are_taken_once_and_can_be_removed(register: Register) -> None:
    from communique.register.watching.watches import remove_watch, watch_of_token

    watch = add()
    assert watch_of_token(watch.token) == watch
    assert watch_of_token("") is None
    with pytest.raises(QueryError, match="already"):
        add()
    remove_watch("all")
    with pytest.raises(RecordNotFound):
        remove_watch("all")


def test_feeds_have_ids_that_stay(tell: Tell) -> None:
    import json

    from lxml import etree

    from communique.register.watching.feeds import FeedPlace, write_atom, write_json_feed

    watch = add(from_start=True)
    tell("Talks <b>&\x0b in Varnholm")
    run(watch)
    place = FeedPlace(address="https://desk.example/feed", link=lambda code: f"https://desk.example/{code}")
    atom = etree.fromstring(write_atom(watch, place).encode())
    feed = json.loads(write_json_feed(watch, place))
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.xpath("string(//a:entry/a:title)", namespaces=space) == "New: Talks <b>& in Varnholm"
    assert atom.xpath("string(//a:entry/a:id)", namespaces=space) == feed["items"][0]["id"]
    assert feed["items"][0]["url"].startswith("https://desk.example/e")
    assert watch.token not in write_atom(watch) + write_json_feed(watch)
    assert write_atom(watch) == write_atom(watch)
