"""Reads zip, WACZ and tar archives member by member. Nothing is written anywhere under a member's name."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from communique.errors import ArchiveTooLarge, DocumentEncrypted, DocumentNotFound
from communique.sources.containers import Container, as_own_error, member_entries
from communique.sources.records import Entry, Failure, Position, place, printable, resume
from communique.sources.sniffing import is_worth_opening
from communique.sources.streams import check_expansion

_ENCRYPTED = 0x1


def zip_entries(container: Container, after: Position | None) -> Iterator[Entry]:
    """What is in a zip or WACZ archive, in the order of its directory.

    Raises:
        ArchiveTooLarge: If it has too many members, or unfolds to too much.
        DocumentNotFound: If none of its members is a report by its name.
        zipfile.BadZipFile: If it is damaged; one damaged member fails alone.
    """
    limits = container.options.limits
    with zipfile.ZipFile(container.file) as archive:
        members = archive.infolist()
        _check_count(len(members), container)
        is_wacz = container.name.lower().endswith(".wacz") or "datapackage.json" in archive.namelist()
        chosen = [
            (number, member)
            for number, member in enumerate(members)
            if member.filename
            and not member.is_dir()
            and (_is_crawl(member.filename) if is_wacz else _is_wanted(member.filename))
        ]
        if not chosen:
            raise _nothing_in()
        size = container.file.seek(0, 2)
        expanded = 0
        for number, member, rest in resume(chosen, after):
            expanded += member.file_size
            check_expansion(expanded, size, limits)
            yield from place(_zip_member(container, archive, member, rest), number)


def _zip_member(
    container: Container, archive: zipfile.ZipFile, member: zipfile.ZipInfo, after: Position | None
) -> Iterator[Entry]:
    """One member; that it is damaged or encrypted costs itself alone."""
    uri = f"{container.uri}!/{printable(member.filename)}"
    try:
        if member.flag_bits & _ENCRYPTED:
            raise DocumentEncrypted("It needs a password. Unpack the archive yourself.")
        check_expansion(member.file_size, member.compress_size, container.options.limits)
        with archive.open(member) as stream:
            yield from member_entries(container, stream, member.filename, after)
    except Exception as error:  # a defect must cost no more than the member that shows it
        yield Failure.of(uri, as_own_error(error))


def tar_entries(container: Container, after: Position | None) -> Iterator[Entry]:
    """What is in a tar archive, as it streams by. Links and devices are passed over.

    Raises:
        ArchiveTooLarge: If it has too many members.
        DocumentNotFound: If none of its members is a report by its name.
        tarfile.TarError: If it is damaged; what comes after that place is lost.
    """
    is_empty = True
    with tarfile.open(fileobj=container.file, mode="r|", errorlevel=2) as archive:
        for number, member, rest in resume(_tar_members(archive, container), after):
            stream = archive.extractfile(member)
            if stream is not None:
                is_empty = False
                yield from place(member_entries(container, stream, member.name, rest), number)
    if is_empty and after is None:
        raise _nothing_in()


def _tar_members(archive: tarfile.TarFile, container: Container) -> Iterator[tuple[int, tarfile.TarInfo]]:
    for number, member in enumerate(archive):
        _check_count(number + 1, container)
        # tarfile remembers every member that it has seen; memory must not grow with them.
        archive.members = []  # type: ignore[attr-defined]
        if member.isreg() and _is_wanted(member.name):
            yield number, member


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if not parts or any(_is_hidden(part) for part in parts):
        return False
    return is_worth_opening(parts[-1], tables=True)


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part not in (".", ".."))


def _is_crawl(name: str) -> bool:
    """Whether a member of a WACZ archive holds pages; the others are its indexes and logs."""
    return name.startswith("archive/") and ".warc" in name.lower()


def _check_count(count: int, container: Container) -> None:
    if count > container.options.limits.members:
        raise ArchiveTooLarge(
            f"More than {container.options.limits.members:,} members. Split it, or raise the limit `members`."
        )


def _nothing_in() -> DocumentNotFound:
    return DocumentNotFound("No reports are in this archive, by the endings of its members' names.")
