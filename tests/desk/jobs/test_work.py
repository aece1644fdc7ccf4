"""Jobs: each source ends by itself, nothing is lost with a worker, and what is not read costs itself alone."""

from __future__ import annotations

import datetime as dt
import html
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from communique.desk.jobs.adding import Draft, add_job, read_addresses, read_uploads
from communique.desk.jobs.work import LOST_AFTER, MOST_ATTEMPTS, Worker, cancel
from communique.desk.models import Job, JobItem
from communique.engine import Outcome, ReadOptions, Source, read_sources
from communique.errors import AddressRefused, QueryError
from communique.register.models import Engagement, FailedDocument
from tests.fake_reader import fake_bench
from tests.sources.web.site import LOOPBACK, Reply, Site, redirect

MEETING = b"Ama Quartey met Piet Maas in Tema."


def read(sources: Iterable[Source | str], options: ReadOptions) -> Iterator[Outcome]:
    return read_sources(sources, options, bench_maker=fake_bench)


def make_job(*texts: bytes) -> Job:
    return add_job([Draft(uri=f"{n}.txt", data=text) for n, text in enumerate(texts)], author="ana")


def states(job: Job) -> list[str]:
    return list(job.items.order_by("pk").values_list("state", flat=True))


@pytest.mark.usefixtures("empty")
def test_each_source_ends_by_itself() -> None:
    job = make_job(MEETING, b"  ", MEETING)
    worker = Worker(read=read)
    while worker.step():
        pass
    assert states(job) == ["read", "failed", "known"]
    assert "DocumentEmpty" in job.items.get(state="failed").message
    assert Job.objects.get().state == "done"
    assert Engagement.objects.count() == 1
    assert FailedDocument.objects.count() == 1
    assert not JobItem.objects.exclude(data=None).exists()


@pytest.mark.usefixtures("empty")
def test_what_a_lost_worker_had_is_taken_up_again_and_given_up_in_the_end() -> None:
    job = make_job(MEETING)
    long_ago = timezone.now() - LOST_AFTER - dt.timedelta(seconds=1)
    job.items.update(state="running", worker="gone", heartbeat_at=long_ago, attempts=1)
    Worker(read=read).step()
    assert states(job) == ["read"]
    second = make_job(b"A met B in C.")
    second.items.update(state="running", worker="gone", heartbeat_at=long_ago, attempts=MOST_ATTEMPTS)
    assert not Worker(read=read).step()
    assert states(second) == ["failed"]
    assert Job.objects.get(pk=second.pk).state == "done"


@pytest.mark.usefixtures("empty")
def test_a_source_that_is_being_read_is_not_taken_twice() -> None:
    job = make_job(MEETING)
    job.items.update(state="running", worker="busy", heartbeat_at=timezone.now())
    assert not Worker(read=read).step()
    assert states(job) == ["running"]


@pytest.mark.usefixtures("empty")
def test_what_a_lost_worker_had_of_a_cancelled_job_is_cancelled_too() -> None:
    job = make_job(MEETING)
    job.items.update(state="running", worker="gone", heartbeat_at=timezone.now() - 2 * LOST_AFTER, attempts=1)
    cancel(job)
    assert not Worker(read=read).step()
    assert states(job) == ["cancelled"]
    assert job.items.get().data is None


@pytest.mark.usefixtures("empty")
def test_cancelling_ends_what_has_not_begun() -> None:
    job = make_job(MEETING, MEETING)
    cancel(job)
    assert not Worker(read=read).step()
    assert states(job) == ["cancelled", "cancelled"]


@pytest.mark.usefixtures("empty")
def test_a_defect_costs_one_source() -> None:
    def break_down(sources: Iterable[Source | str], options: ReadOptions) -> Iterator[Outcome]:
        raise RuntimeError("broken")

    job = make_job(MEETING)
    assert Worker(read=break_down).step()
    assert states(job) == ["failed"]
    assert "broken" in job.items.get().message


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://10.0.0.8/", "http://169.254.169.254/latest", "http://[::1]/", "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/", "http://192.168.1.1/", "ftp://news.example/", "file:///etc/passwd",
        "http://news.example:22/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        read_addresses(address)


def test_uploads_are_bounded() -> None:
    with pytest.raises(QueryError, match="not read"):
        read_uploads([SimpleUploadedFile("run.exe", b"MZ")])
    large = SimpleUploadedFile("a.txt", b"x")
    large.size = 26_000_000
    with pytest.raises(QueryError, match="too large"):
        read_uploads([large])
    assert read_uploads([SimpleUploadedFile("..\\..\\b.txt", b"x")])[0].uri == "b.txt"


@pytest.mark.usefixtures("empty")
def test_pages_of_a_job() -> None:
    desk = Client(headers={"host": "127.0.0.1"})
    answer = desk.post("/ingest/sources", {"text": MEETING.decode()})
    assert b"hx-get" in desk.get(answer["Location"]).content
    part = desk.get(answer["Location"], headers={"hx-request": "true"}).content
    assert part.startswith(b'<div id="job"')
    Worker(read=read).step()
    assert b"1 of 1 done, 1 new" in desk.get(answer["Location"]).content
    assert desk.post("/ingest/sources", {}).status_code == 400


class Names:
    """A name server that gives another answer each time; the last one from then on."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        found = host  # numbers are asked for when connecting, too
        if not host[0].isdigit():
            self.asked.append(host)
            found = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (found, port))]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, socket_enabled: object) -> Iterator[Site]:
    """A site on loopback that may be asked."""
    del socket_enabled
    with Site().open() as site:
        monkeypatch.setenv("COMMUNIQUE_FETCH_NETWORKS", f"{LOOPBACK}/32")
        monkeypatch.setenv("COMMUNIQUE_FETCH_PORTS", str(site.port))
        yield site


def add_address(address: str) -> JobItem:
    """What becomes of an address that is given to the page, and read by the worker."""
    desk = Client(headers={"host": "127.0.0.1"})
    answer = desk.post("/ingest/sources", {"addresses": address})
    assert answer.status_code == 302, answer.content
    worker = Worker(read=read)
    while worker.step():
        pass
    item = JobItem.objects.get()
    assert item.message in html.unescape(desk.get(answer["Location"]).content.decode())
    return item


@pytest.mark.usefixtures("empty")
def test_an_address_is_fetched_and_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", Names(LOOPBACK))
    site.routes["/a"] = Reply(body=MEETING, headers={"Content-Type": "text/plain"})
    assert add_address(site.uri("/a", host="news.example")).state == "read"


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "inside",
    ["http://10.0.0.8/", "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.8]/", "http://localhost:22/"],
)
def test_an_address_that_leads_on_inside_is_a_row_with_its_error(
    site: Site, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", Names(LOOPBACK))
    site.routes["/a"] = redirect(inside)
    item = add_address(site.uri("/a", host="news.example"))
    assert item.state == "failed"
    assert "redirects to what is not fetched" in item.message
    assert [seen.path for seen in site.asked()] == ["/a"]


@pytest.mark.usefixtures("empty")
def test_a_name_that_leads_inside_is_a_row_with_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", Names("10.0.0.8"))
    item = add_address("http://news.example/a")
    assert item.state == "failed"
    assert "news.example" in item.message
    assert "10.0.0.8" in item.message


@pytest.mark.usefixtures("empty")
def test_a_name_that_changes_its_mind_is_a_row_with_its_error(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(LOOPBACK, "10.0.0.8")
    monkeypatch.setattr("socket.getaddrinfo", names)
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = Reply(body=MEETING, headers={"Content-Type": "text/plain"})
    item = add_address(site.uri("/a", host="news.example"))
    # The redirect asks for the name anew, and what it says now is refused.
    assert (item.state, names.asked) == ("failed", ["news.example"] * 2)
    assert "10.0.0.8" in item.message
