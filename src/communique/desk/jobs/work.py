"""The worker: takes waiting sources one by one, reads them, and goes on where another worker was ended."""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from communique.desk.models import Job, JobItem
from communique.engine import Failure, Outcome, ReadOptions, Source, read_sources
from communique.errors import CommuniqueError
from communique.register.models import Document
from communique.register.store.adding import keep_outcome, note_failure
from communique.register.store.deriving import derive_pending
from communique.register.store.packing import unpack
from communique.register.store.writing import exclusive

HEARTBEAT_SECONDS = 5.0
LOST_AFTER = dt.timedelta(seconds=60)
"""A worker that was not seen for twelve heartbeats is gone: its source is given to another one."""
MOST_ATTEMPTS = 3
IDLE_SECONDS = 1.0
Read = Callable[[Iterable[Source | str], ReadOptions], Iterator[Outcome]]


class Worker:
    """One process that reads what waits.

    Args:
        read: Reads sources; the engine unless given.
        name: By what its sources bear its mark; machine and process unless given.
    """

    def __init__(self, *, read: Read = read_sources, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._read = read
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ends ``run`` once the present source is done."""
        self._stop.set()

    def run(self) -> None:
        """Works until it is stopped."""
        while not self._stop.is_set():
            close_old_connections()
            if not self.step():
                self._stop.wait(IDLE_SECONDS)

    def step(self) -> bool:
        """Reads one source; False where none waits."""
        take_back_lost()
        item = self._claim()
        if item is None:
            return False
        with self._beating(item):
            try:
                self._finish(item, self._read_one(item))
            except Exception as error:  # a defect costs this source, not the worker
                self._finish(item, Failure.of(item.uri, error))
        end_job(item.job_id)
        return True

    def _claim(self) -> JobItem | None:
        """Takes the source that waits longest; of two workers that want the same one, one gets it."""
        while (item := JobItem.objects.filter(state="waiting", job__state="open").order_by("pk").first()) is not None:
            taken = JobItem.objects.filter(pk=item.pk, state="waiting").update(
                state="running", worker=self.name, heartbeat_at=timezone.now(), attempts=item.attempts + 1
            )
            if taken:
                return JobItem.objects.select_related("job").get(pk=item.pk)
        return None

    def _read_one(self, item: JobItem) -> Outcome:
        options = ReadOptions(published=item.job.published)
        source = Source(uri=item.uri, data=unpack(bytes(item.data))) if item.data is not None else item.uri
        return next(iter(self._read([source], options)))

    def _finish(self, item: JobItem, outcome: Outcome) -> None:
        if isinstance(outcome, Failure):
            note_failure(outcome)
            self._end(item, "failed", message=f"{outcome.error}: {outcome.message}")
            return
        try:
            with exclusive():
                kept = keep_outcome(outcome, item.job.author)
                derive_pending()
        except CommuniqueError as error:
            self._end(item, "failed", message=str(error))
            return
        self._end(item, "read" if kept.is_changed else "known", document=kept.document)

    def _end(self, item: JobItem, state: str, *, message: str = "", document: Document | None = None) -> None:
        mine = JobItem.objects.filter(pk=item.pk, state="running", worker=self.name)
        mine.update(state=state, message=message, document=document, data=None)

    @contextmanager
    def _beating(self, item: JobItem) -> Iterator[None]:
        """Says again and again that the source is being read."""
        done = threading.Event()

        def beat() -> None:
            while not done.wait(HEARTBEAT_SECONDS):
                JobItem.objects.filter(pk=item.pk, worker=self.name).update(heartbeat_at=timezone.now())
            close_old_connections()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def take_back_lost() -> int:
    """Lets sources wait again whose worker is gone; gives up those that ended several, and those of cancelled jobs.

    Returns:
        How many there were.
    """
    lost = JobItem.objects.filter(state="running").filter(
        Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=timezone.now() - LOST_AFTER)
    )
    message = f"Given up: the worker ended {MOST_ATTEMPTS} times while it read this source."
    hopeless = lost.filter(attempts__gte=MOST_ATTEMPTS)
    jobs = set(hopeless.values_list("job", flat=True))
    count = hopeless.update(state="failed", message=message, data=None)
    count += lost.exclude(job__state="open").update(state="cancelled", data=None)
    count += lost.update(state="waiting", worker="")
    for job in jobs:
        end_job(job)
    return count


def cancel(job: Job) -> None:
    """Lets nothing more of a job be begun; what is being read is finished."""
    job.items.filter(state="waiting").update(state="cancelled", data=None)
    Job.objects.filter(pk=job.pk, state="open").update(state="cancelled", ended_at=timezone.now())


def end_job(number: int) -> None:
    """Marks a job as done when each of its sources came to an end."""
    if not JobItem.objects.filter(job=number, state__in=("waiting", "running")).exists():
        Job.objects.filter(pk=number, state="open").update(state="done", ended_at=timezone.now())
