"""Fifty readers and five reviewers at one desk for a minute: is anything refused, slow, or lost?

    python -m benchmarks.desk_load                         on a copy of a made-up register of 200,000 engagements
    python -m benchmarks.desk_load --register PATH-or-URL --seconds 60 --readers 50 --reviewers 5

``communique serve`` serves a copy of the register: of a file, or of a PostgreSQL database, which its server copies if
nobody else is in it. Readers open a page, read it for some seconds, and go on to another;
reviewers decide what is least certain, one record after the other, two of them on the same records, so that they get
into each other's way. Printed: times, errors, and decisions. Exit status 1 when a request failed, or when a decision
that was answered with success is not in the register's judgements.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.made_up_register import ACTORS, MECHANISMS, make_register

READING = (
    "/",
    "/engagements",
    "/engagements?kind=visit&country=NG",
    "/engagements?topic=border_security&page={page}",
    "/engagements?actor=a{actor}",
    "/engagements/e{engagement}",
    "/engagements/e{engagement}",
    "/actors/a{actor}",
    "/sources/d{engagement}",
    "/mechanisms/m{mechanism}",
    "/commitments",
    "/search?q=harbour+patrol",
    "/audit",
)
THINKING = (1.0, 5.0)
"""Seconds that a reader looks at a page."""
DECIDING = (0.5, 2.0)
"""Seconds that a reviewer looks at a record: quicker than any person, so that two meet on one record often."""
CONFLICT, FOUND = 409, 302
VERSION = re.compile(r'name="version" value="(\d+)"')
HERE = re.compile(r'action="/review/(e\d+)/decide')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(slots=True)
class Diary:
    """What happened, by all readers and reviewers.

    Attributes:
        took: Milliseconds of each request, by what was asked.
        errors: What went wrong.
        decided: Record and action of each decision that was answered with success.
        conflicts: Decisions that came too late, and were told so.
    """

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    decided: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0


def main() -> None:
    """Serves the copy, lets them loose, prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--register", metavar="PATH-or-URL")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    source = options.register or str(Path(tempfile.gettempdir()) / "communique-bench-200000.db")
    if "://" not in source and not Path(source).exists():
        make_register(source, 200_000)
    with copy_register(source) as register:
        subprocess.run([sys.executable, "-m", "communique", "init", "--register", register], check=True)
        command = ["serve", "--register", register, "--bind", f"127.0.0.1:{options.port}"]
        with subprocess.Popen([sys.executable, "-m", "communique", *command]) as server:
            try:
                diary = let_loose(f"http://127.0.0.1:{options.port}", options)
            finally:
                server.terminate()
        sys.exit(report(diary, register))


@contextmanager
def copy_register(source: str) -> Iterator[str]:
    """A copy of a register, by its path or address; it is gone afterwards."""
    if "://" not in source:
        with tempfile.TemporaryDirectory() as folder:
            yield str(shutil.copy(source, Path(folder) / "load.db"))
        return
    import psycopg

    address, mark, settings = source.partition("?")
    server_address, _, name = address.rpartition("/")
    with psycopg.connect(source, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}_load" TEMPLATE "{name}" STRATEGY file_copy')
        try:
            yield f"{server_address}/{name}_load{mark}{settings}"
        finally:
            server.execute(f'DROP DATABASE "{name}_load" WITH (FORCE)')


def let_loose(desk: str, options: argparse.Namespace) -> Diary:
    """Readers and reviewers, each a thread, until the time is over."""
    _await(desk)
    diary, until = Diary(), time.monotonic() + options.seconds
    people = [threading.Thread(target=_read, args=(desk, n, until, diary)) for n in range(options.readers)]
    people += [threading.Thread(target=_review, args=(desk, n, until, diary)) for n in range(options.reviewers)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return diary


def _await(desk: str) -> None:
    for _ in range(240):
        try:
            if httpx.get(f"{desk}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise SystemExit("The desk did not answer within a minute.")


def _ask(
    client: httpx.Client, diary: Diary, kind: str, address: str, form: dict[str, str] | None = None
) -> httpx.Response:
    """One request, timed; an answer that no reader should see, and a connection that breaks, are errors."""
    began = time.perf_counter()
    try:
        answer = client.post(address, data=form) if form else client.get(address)
    except httpx.HTTPError as error:
        diary.errors.append(f"{address}: {error!r}")
        return httpx.Response(599)
    diary.took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
    if answer.status_code not in (httpx.codes.OK, httpx.codes.GONE, FOUND, CONFLICT):
        diary.errors.append(f"{address}: {answer.status_code}")
    return answer


def _read(desk: str, number: int, until: float, diary: Diary) -> None:
    chance = random.Random(number)
    with httpx.Client(base_url=desk, timeout=60, follow_redirects=True) as client:
        time.sleep(chance.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            page = chance.choice(READING).format(
                page=chance.randint(1, 20),
                actor=int(chance.paretovariate(0.6)) % ACTORS + 1,
                engagement=chance.randint(1, 100_000),
                mechanism=chance.randint(1, MECHANISMS),
            )
            _ask(client, diary, "pages", page)
            time.sleep(chance.uniform(*THINKING))


def _review(desk: str, number: int, until: float, diary: Diary) -> None:
    chance = random.Random(1000 + number)
    # The first two see the same queue; each other one has a kind of engagement to themselves.
    queue = "" if number < 2 else f"?kind={('visit', 'call', 'signing')[(number - 2) % 3]}"
    with httpx.Client(base_url=desk, timeout=60, headers={"Referer": desk}) as client:
        while time.monotonic() < until:
            answer = _ask(client, diary, "queue", f"/review{queue}")
            here, version, token = (pattern.search(answer.text) for pattern in (HERE, VERSION, TOKEN))
            if not (here and version and token):
                diary.errors.append(f"/review{queue}: no record to decide on")
                return
            time.sleep(chance.uniform(*DECIDING))
            action = chance.choice(("accept", "accept", "accept", "reject"))
            form = {"csrfmiddlewaretoken": token[1], "version": version[1], "action": action}
            answer = _ask(client, diary, "decisions", f"/review/{here[1]}/decide", form)
            if answer.status_code == FOUND:
                diary.decided.append((here[1], action))
            diary.conflicts += answer.status_code == CONFLICT


def report(diary: Diary, register: str) -> int:
    """Prints what happened; 1 where a request failed or a decision was lost."""
    from collections import Counter

    from communique.register import open_register

    open_register(register)
    from communique.register.models import Judgement

    kept = Counter(Judgement.objects.filter(undone_at=None).values_list("record", "kind"))
    lost = Counter(diary.decided) - kept
    unasked = kept - Counter(diary.decided)
    for kind, took in sorted(diary.took.items()):
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(
            f"{kind:10} {len(took):5} requests   p50 {statistics.median(took):5.0f} ms   p95 {p95:5.0f} ms   "
            f"longest {max(took):5.0f} ms"
        )
    print(f"{len(diary.decided)} decisions, {diary.conflicts} conflicts told, {lost.total()} lost")
    print(f"{unasked.total()} judgements that nobody was told of")
    print(f"{len(diary.errors)} errors")
    for error in diary.errors[:10]:
        print(f"  {error}")
    return int(bool(diary.errors or lost or unasked))


if __name__ == "__main__":
    main()
