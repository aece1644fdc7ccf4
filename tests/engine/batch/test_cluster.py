"""The same batch on a cluster of two nodes on loopback, one of which is killed while it reads."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from communique.engine.batch import Batch, BatchOptions, ShardSize, run_on_ray
from communique.errors import BatchError
from tests.engine.batch.inputs import REPORT
from tests.engine.batch.test_run import contents, options, run, uris_read

pytestmark = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed (extra: cluster)")

# Waits for the whole cluster, then runs the batch; every finished shard is a line.
DRIVER = """
import sys, time
import ray
from communique.engine.batch import Batch, BatchOptions, ShardSize, run_on_ray
from tests.fake_reader import fake_bench
if __name__ == "__main__":
    inputs, output, address, nodes = sys.argv[1:]
    deadline = time.monotonic() + 200
    while True:
        try:
            ray.init(address=address, log_to_driver=False)
            break
        except ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(1)
    while sum(node["Alive"] for node in ray.nodes()) < int(nodes):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    ray.shutdown()
    options = BatchOptions(form="jsonl", size=ShardSize(documents=5), make_bench=fake_bench)
    batch = Batch(output)
    for report in batch.run(batch.begin([inputs], options), options, run_on_ray(address)):
        print(report.number, flush=True)
"""


@pytest.fixture
def environment(root: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(root / "src"), str(root)])
    return {**os.environ, "PYTHONPATH": paths, "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}


@pytest.fixture
def nodes(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a cluster, and the second of its two nodes."""
    folder = tempfile.mkdtemp(prefix="ray")  # a short path: names of sockets may have 107 letters
    port = random.randrange(5000, 9000)  # below the ports of Ray's own workers
    common = ["--block", "--node-ip-address=127.0.0.1", "--num-cpus=2", "--object-store-memory=100000000"]
    head = ["--head", f"--port={port}", "--include-dashboard=false", f"--temp-dir={folder}"]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)

        def start(own: list[str]) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "ray.scripts.scripts", "start", *own, *common]
            silent = subprocess.DEVNULL
            process = subprocess.Popen(command, env=environment, stdout=silent, stderr=silent, start_new_session=True)
            stack.callback(kill_group, process)
            return process

        start(head)
        for _ in range(4):  # a node that comes before the first one is ready is turned away, and gives up
            time.sleep(15)
            second = start([f"--address=127.0.0.1:{port}"])
            if lives(second, 35):
                break
        yield f"127.0.0.1:{port}", second


def lives(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether a process is still there after so long."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.poll() is None


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kills a node with all that it started, as a machine does that loses its power."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.slow
def test_a_node_is_lost_and_no_document_with_it(
    nodes: tuple[str, subprocess.Popen[bytes]], environment: dict[str, str], tmp_path: Path
) -> None:
    address, second = nodes
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02d}.txt").write_text(f"{REPORT.format(number=number)} SLOW")
    (folder / "17.txt").write_text(f"{REPORT} KILL")
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(folder), str(tmp_path / "out"), address, "2"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout
        lines = [driver.stdout.readline()]
        kill_group(second)
        lines += driver.stdout.readlines()
    assert driver.returncode == 0
    numbers = [int(line) for line in lines if line.strip().isdigit()]  # Ray tells of the loss on the same stream
    assert sorted(numbers) == list(range(12))
    assert len(lines) > len(numbers)
    assert len(set(uris_read(tmp_path / "out"))) == len(uris_read(tmp_path / "out")) == 59
    run([folder], tmp_path / "local", options(5), jobs=2)
    assert contents(tmp_path / "out") == contents(tmp_path / "local")


def test_without_a_cluster_there_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise ConnectionError("nobody answers")

    monkeypatch.setattr("ray.init", refuse)
    (tmp_path / "a.txt").write_text(REPORT)
    how, batch = BatchOptions(size=ShardSize()), Batch(str(tmp_path / "out"))
    with pytest.raises(BatchError, match="Begin one with ray start"):
        list(batch.run(batch.begin([str(tmp_path / "a.txt")], how), how, run_on_ray("127.0.0.1:1")))
