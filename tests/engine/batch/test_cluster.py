"""The same batch on a cluster of two nodes on loopback, one of which is killed while it reads."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from communique.engine.batch import Batch, BatchOptions, ShardSize, run_on_ray
from communique.engine.batch.comparing import COMPARED
from communique.errors import BatchError
from tests.engine.batch.inputs import REPORT
from tests.engine.batch.test_run import contents, options, rows, run, uris_read

pytestmark = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed (extra: cluster)")

# Runs the batch; every finished shard is a line.
DRIVER = """
import sys
from communique.engine.batch import Batch, BatchOptions, ShardSize, run_on_ray
from tests.fake_reader import fake_bench
if __name__ == "__main__":
    inputs, output, address = sys.argv[1:]
    options = BatchOptions(form="jsonl", size=ShardSize(documents=5), make_bench=fake_bench)
    batch = Batch(output)
    for report in batch.run(batch.begin([inputs], options), options, run_on_ray(address)):
        print(report.number, flush=True)
"""
# Ends well when so many nodes are there; a cluster that is not ready yet turns away whoever asks too early.
COUNT = """
import sys, time
import ray
address, nodes, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
deadline = time.monotonic() + seconds
ray.init(address=address, log_to_driver=False)
while sum(node["Alive"] for node in ray.nodes()) < nodes:
    if time.monotonic() > deadline:
        sys.exit(1)
    time.sleep(0.2)
"""
# On a machine that is busy with other things Ray takes minutes to come up.
PATIENCE = 300.0
# Tells the processes of a node from those of others: each inherits it from the one that started it.
NODE = "COMMUNIQUE_TEST_NODE"


@pytest.fixture
def environment(root: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(root / "src"), str(root)])
    return {**os.environ, "PYTHONPATH": paths, "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}


@pytest.fixture
def address(environment: dict[str, str], socket_enabled: None) -> Iterator[str]:
    """The address of a cluster of two nodes, "first" and "second"."""
    folder = tempfile.mkdtemp(prefix="ray")  # a short path: names of sockets may have 107 letters
    port = free_port()
    address = f"127.0.0.1:{port}"
    head = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}"]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        for name, own in (("first", head), ("second", [f"--address={address}"])):
            for _ in range(5):
                process = start_node(name, own, environment)
                stack.callback(process.wait)
                stack.callback(kill_node, name)
                if has_nodes(address, 1 if name == "first" else 2, process, environment):
                    break
                kill_node(name)
            else:
                pytest.fail(f"The {name} node of the cluster did not come up in five times {PATIENCE:g} seconds.")
        yield address


def free_port() -> int:
    """A port that nobody listens at, below those that Ray gives its own workers."""
    for port in random.sample(range(5000, 9000), 100):
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port")


def start_node(name: str, own: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    common = ["--block", "--node-ip-address=127.0.0.1", "--num-cpus=2", "--object-store-memory=100000000"]
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", *own, *common]
    silent, marked = subprocess.DEVNULL, {**environment, NODE: name}
    return subprocess.Popen(command, env=marked, stdout=silent, stderr=silent, start_new_session=True)


def has_nodes(address: str, count: int, node: subprocess.Popen[bytes], environment: dict[str, str]) -> bool:
    """Waits until a cluster has so many nodes; gives up when the node that is to be one of them has ended."""
    deadline = time.monotonic() + PATIENCE
    command = [sys.executable, "-c", COUNT, address, str(count), "30"]
    while time.monotonic() < deadline and node.poll() is None:
        asked = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        if asked.returncode == 0:
            return True
    return False


def processes_of(name: str) -> dict[int, bytes]:
    """The processes of a node, with what each is called."""
    found = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it has ended meanwhile, or is none
            if folder.name.isdigit() and f"{NODE}={name}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes()
    return found


def kill_node(name: str) -> None:
    """Kills a node with all that it started, as a machine does that loses its power."""
    while processes := processes_of(name):
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.1)


def is_reading(name: str, output: Path) -> bool:
    """Whether a node is at a shard, and the batch at its second pass."""
    return (output / COMPARED).exists() and any(b"do_on_worker" in title for title in processes_of(name).values())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the processes of a node are found in /proc")
def test_a_node_is_lost_and_no_document_with_it(address: str, environment: dict[str, str], tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02d}.txt").write_text(f"{REPORT.format(number=number % 58)} SLOW")
    (folder / "17.txt").write_text(f"{REPORT} KILL")
    command = [sys.executable, "-c", DRIVER, str(folder), str(output), address]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as driver:
        deadline = time.monotonic() + PATIENCE
        while not is_reading("second", output):
            assert driver.poll() is None, "the batch ended before the second node had begun"
            assert time.monotonic() < deadline, "the second node was given nothing to read"
            time.sleep(0.05)
        kill_node("second")
        told, _ = driver.communicate(timeout=2 * PATIENCE)
    assert driver.returncode == 0
    numbers = [int(line) for line in told.splitlines() if line.strip().isdigit()]  # Ray may tell of the loss there too
    assert sorted(numbers) == list(range(12))
    assert len(set(uris_read(output))) == len(uris_read(output)) == 57
    run([folder], tmp_path / "local", options(5, reads_copies=False), jobs=2)
    assert contents(output) == contents(tmp_path / "local")
    assert {row["error"] for row in rows(output, "failures")} == {"WorkerDied"}
    assert len(rows(output, "copies")) == 2


def test_without_a_cluster_there_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise ConnectionError("nobody answers")

    monkeypatch.setattr("ray.init", refuse)
    (tmp_path / "a.txt").write_text(REPORT)
    how, batch = BatchOptions(size=ShardSize()), Batch(str(tmp_path / "out"))
    with pytest.raises(BatchError, match="Begin one with ray start"):
        list(batch.run(batch.begin([str(tmp_path / "a.txt")], how), how, run_on_ray("127.0.0.1:1")))
