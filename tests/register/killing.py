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

ADD = (sys.executable, "-m", "communique", "add", "--readouts")
# Starting takes some tenths of a second: kills are spread over what comes after, too.
LATEST = 4.0


def add_and_kill(readouts: Path, address: str, *, kills: int, seed: int = 1) -> Iterator[int]:
    """Starts ``communique add`` and kills it (SIGKILL); gives how many kills have hit, and lets the last run finish.

    Raises:
        RuntimeError: If an addition that was left alone fails, or ends before it could be killed often enough.
    """
    chance = random.Random(seed)
    environment: Mapping[str, str] = {**os.environ, "PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"}
    command = [*ADD, str(readouts), "--register", address]
    for hit in range(1, kills + 1):
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
            time.sleep(chance.uniform(0.3, LATEST))
            process.send_signal(signal.SIGKILL)
            process.wait()
        yield hit
    last = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if last.returncode:
        raise RuntimeError(f"The last addition failed: {last.stderr}")
