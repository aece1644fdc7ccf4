from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from communique.errors import AddressRefused
from communique.sources import Failure, Source, count, expand


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
    assert found == ["a.html", "b.txt", "deep/c.HTM", "deep/plain", "note.pdf"]
    assert count([folder]) == 5


def test_a_file_that_is_named_outright_is_taken_whatever_its_ending(folder: Path) -> None:
    assert uris(folder / "note.pdf", folder / ".hidden.txt") == [str(folder / "note.pdf"), str(folder / ".hidden.txt")]


def test_patterns_are_expanded_in_order(folder: Path) -> None:
    assert uris(f"{folder}/*.txt", f"{folder}/**/*.HTM") == [str(folder / "b.txt"), str(folder / "deep/c.HTM")]


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("gone.txt", "spelling"),
        ("no*.txt", "pattern"),
        ("ftp://example.org/a", "Save the page"),
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


def fake_fetch(uri: str) -> SimpleNamespace:
    if "private" in uri:
        raise AddressRefused("It is not public.")
    if "odd" in uri:
        raise ZeroDivisionError("oh")
    return SimpleNamespace(body=f"page of {uri}".encode(), charset=None)


def test_a_web_address_gives_the_bytes_of_its_page_or_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.sources.web.fetch_page", fake_fetch)
    page, refused, odd = expand(["HTTPS://news.example/a", "http://private.example/", "http://odd.example/"])
    assert page == Source(uri="HTTPS://news.example/a", data=b"page of HTTPS://news.example/a")
    assert isinstance(refused, Failure)
    assert (refused.uri, refused.error, refused.is_expected) == ("http://private.example/", "AddressRefused", True)
    assert isinstance(odd, Failure)
    assert (odd.error, odd.is_expected) == ("ZeroDivisionError", False)


def test_web_addresses_are_counted_without_being_fetched() -> None:
    assert count(["https://news.example/a", "http://news.example/b"]) == 2


def test_a_web_address_is_fetched_when_its_turn_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(uri: str) -> SimpleNamespace:
        asked.append(uri)
        return fake_fetch(uri)

    monkeypatch.setattr("communique.sources.web.fetch_page", fetch)
    entries = expand(["https://news.example/a", "https://news.example/b"])
    next(entries)
    assert asked == ["https://news.example/a"]


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
    assert [isinstance(entry, Failure) for entry in entries] == [False, False, True, False]
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
