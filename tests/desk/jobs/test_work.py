"""Jobs: each source ends by itself, nothing is lost with a worker, and what is not read costs itself alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

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
