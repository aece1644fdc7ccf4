from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from communique.engine import Failure, Source, count, expand


def uris(*sources: str | Path | Source) -> list[str]:
    return [entry.uri for entry in expand(sources)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "note.pdf", ".hidden.txt", "deep/c.HTM", "deep/plain", ".git/d.txt", "deep/e.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_is_searched_through_in_order_without_hidden_and_foreign_files(folder: Path) -> None:
    found = [os.path.relpath(uri, folder) for uri in uris(folder)]
    assert found == ["a.html", "b.txt", "deep/c.HTM", "deep/plain"]
    assert count([folder]) == 4


def test_a_file_that_is_named_outright_is_taken_whatever_its_ending(folder: Path) -> None:
    assert uris(folder / "note.pdf", folder / ".hidden.txt") == [str(folder / "note.pdf"), str(folder / ".hidden.txt")]


def test_patterns_are_expanded_in_order(folder: Path) -> None:
    assert uris(f"{folder}/*.txt", f"{folder}/**/*.HTM") == [str(folder / "b.txt"), str(folder / "deep/c.HTM")]


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("gone.txt", "spelling"),
        ("no*.txt", "pattern"),
        ("https://example.org/a", "Save the page"),
        (".git", "no reports"),
    ],
)
def test_a_source_without_documents_is_a_failure_that_says_what_to_do(folder: Path, given: str, advice: str) -> None:
    (folder / ".git" / "d.txt").unlink()
    source = given if "://" in given else str(folder / given)
    (entry,) = expand([source])
    assert isinstance(entry, Failure)
    assert entry.uri == source
    assert entry.error == "DocumentNotFound"
    assert advice in entry.message


def test_standard_input_gives_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"report")))
    assert count(["-"]) == 1
    assert list(expand(["-"])) == [Source(uri="-", data=b"report")]


def test_links_in_circles_do_not_trap_the_search(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert uris(tmp_path) == [str(tmp_path / "a.txt")]


def test_a_folder_that_cannot_be_entered_costs_itself_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", guarded)
    entries = list(expand([folder]))
    assert [isinstance(entry, Failure) for entry in entries] == [False, False, True]
    assert "Permission denied" in str(entries[2])


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_not_utf8_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("x", "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (source,) = expand([tmp_path])
    assert isinstance(source, Source)
    assert source.uri.endswith("caf\\xe9.txt")
    assert source.uri.encode()
    assert source.path
    assert source.path.read_text("utf-8") == "x"
