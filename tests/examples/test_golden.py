"""Golden pairs: each packaged report, and the readout that is known to come of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.examples.golden import FOLDER, read_examples

# Processors differ in the last digits of a sum, and now and then one decision of the language model tips over.
MAY_DIFFER = 2


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    return read_examples()


@pytest.fixture(scope="module")
def golden() -> dict[str, dict[str, Any]]:
    return {path.name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}


def test_every_example_has_a_golden_readout(found: dict[str, Any], golden: dict[str, Any]) -> None:
    assert set(found) == set(golden)


def test_pages_are_as_they_were(found: dict[str, Any], golden: dict[str, Any]) -> None:
    for name, plain in golden.items():
        for key in ("title", "site", "published"):
            assert found[name][key] == plain[key], (name, key)


def test_readouts_are_as_they_were(found: dict[str, Any], golden: dict[str, Any]) -> None:
    differing = {
        name: [line for key in plain for line in difference(plain[key], found[name][key])]
        for name, plain in golden.items()
        if found[name] != plain
    }
    shown = "\n".join(f"{name}\n" + "\n".join(lines) for name, lines in differing.items())
    assert len(differing) <= MAY_DIFFER, f"python -m tests.examples.golden takes these over:\n{shown}"


def difference(golden: Any, found: Any) -> list[str]:
    """The entries that only one of two values has."""
    if golden == found:
        return []
    if isinstance(golden, dict) and isinstance(found, dict):
        golden, found = ([f"{k}: {v}" for k, v in plain.items()] for plain in (golden, found))
    if not isinstance(golden, list):
        golden, found = [golden], [found]
    return [f"  - {x}" for x in golden if x not in found] + [f"  + {x}" for x in found if x not in golden]
