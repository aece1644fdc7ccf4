"""Adds readouts to a register in a process that is killed, again and again, at moments of chance."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ADD = (sys.executable, "-m", "tests.register.adding")
ROOT = Path(__file__).parents[2]
# Kills are spread over the work of some dozen documents; one in five hits a process that is still starting.
LATEST = 2.5
STARTING, STARTS = 0.2, 1.0


def add_and_kill(readouts: Path, address: str, *, kills: int, seed: int = 1) -> Iterator[int]:
    """Starts adding and kills it (SIGKILL); gives how many kills have hit, and lets the last run finish.

    Raises:
        RuntimeError: If an addition that was left alone fails.
    """
    chance = random.Random(seed)
    paths = os.pathsep.join(filter(None, (str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH"))))
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    for hit in range(1, kills + 1):
        command = [*ADD, str(readouts), address, str(hit)]
        is_starting = chance.random() < STARTING
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True) as process:
            if not is_starting and process.stdout is not None:
                process.stdout.readline()
            time.sleep(chance.uniform(0, STARTS if is_starting else LATEST))
            process.send_signal(signal.SIGKILL)
            process.wait()
        yield hit
    command = [*ADD, str(readouts), address, "0"]
    last = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if last.returncode:
        raise RuntimeError(f"The last addition failed: {last.stderr}")
