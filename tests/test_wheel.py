"""The wheel, as somebody gets it: built, installed into an environment with nothing but its run-time lock, and used.

No network: the environment is filled from the one that runs the tests, distribution by distribution, and only with
those that requirements/runtime.lock names. A dependency that is missing from the lock is missing there too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow

SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that sees neither this environment nor the source tree; fails with its errors."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COMMUNIQUE_"))}
    environment = kept | {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1"}
    ran = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=cwd, env=environment, check=False)
    assert ran.returncode == 0, f"{command} ended with {ran.returncode}:\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def locked(lock: Path) -> list[Requirement]:
    """The pins of a lock file that hold on this interpreter and system."""
    lines = re.findall(r"(?m)^([A-Za-z0-9][^\\\n]*)", lock.read_text("utf-8"))
    requirements = [Requirement(line.strip()) for line in lines]
    return [pin for pin in requirements if pin.marker is None or pin.marker.evaluate()]


def place(pin: Requirement, site_packages: Path) -> None:
    """Puts one installed distribution into another environment, by hard links where the file system has them."""
    try:
        source = distribution(pin.name)
    except PackageNotFoundError:
        pytest.fail(f"{pin} is not installed here: run make setup")
    assert pin.specifier.contains(source.version), f"{pin.name} {source.version} is not the locked one: run make setup"
    for file in source.files or ():
        if ".." in file.parts:
            continue  # scripts beside the libraries
        target = site_packages / file
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.locate(), target)
        except FileNotFoundError:
            assert file.suffix == ".pyc", f"{pin.name} lacks its file {file}: run make clean setup"
        except OSError:
            shutil.copy2(str(file.locate()), target)


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source tree with the hatchling of the development lock."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An environment with the run-time lock and the wheel, and no development package."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    (site_packages,) = folder.rglob("site-packages")
    for pin in locked(root / "requirements/runtime.lock"):
        place(pin, site_packages)
    # With its dependencies and without an index: pip refuses if the lock lacks one that the wheel declares.
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder)
    run(*pip, "install", "--quiet", "--no-index", wheel, cwd=folder)
    run(*pip, "check", cwd=folder)
    yield folder
    shutil.rmtree(folder)


def test_the_wheel_holds_every_file_of_the_package(root: Path, wheel: Path) -> None:
    source = {
        path.relative_to(root / "src").as_posix()
        for path in (root / "src/communique").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("communique/")}
    assert packed == source
    assert "communique/py.typed" in packed


def test_the_installed_command_reads_an_example(environment: Path, tmp_path: Path) -> None:
    (package,) = environment.rglob("site-packages/communique")
    example = min((package / "examples").rglob("*.txt"))
    printed = run(environment / SCRIPTS / "communique", "read", example, "--format", "jsonl", cwd=tmp_path)
    (line,) = printed.splitlines()
    readout = json.loads(line)
    assert readout["schema"] == "communique/readout/1"
    assert readout["document"]["uri"].endswith(example.name)
    assert readout["people"]
    assert readout["engagements"]
    text = example.read_text("utf-8")
    for engagement in readout["engagements"]:
        for evidence in engagement["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_no_development_package_is_there(environment: Path) -> None:
    (site_packages,) = environment.rglob("site-packages")
    assert (site_packages / "spacy").is_dir()
    assert not [name for name in ("pytest", "mypy", "hypothesis", "hatchling") if (site_packages / name).exists()]
