"""What analysts add becomes a job: uploads, pasted text, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from communique.desk.models import Job, JobItem
from communique.errors import QueryError
from communique.register.store.packing import pack
from communique.sources.web.addresses import check_address
from communique.sources.web.settings import FetchSettings

ENDINGS = (".txt", ".html", ".htm", ".mhtml", ".mht", ".pdf", ".docx", ".eml")
MOST_SOURCES = 100
LARGEST = 25_000_000
"""Bytes of one source: what ``pages.open_document`` takes."""
LARGEST_JOB = 100_000_000
LONGEST_TEXT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A source on its way into a job: bytes that are here, or an address to be fetched."""

    uri: str
    data: bytes | None = None


def read_uploads(files: Sequence[UploadedFile[bytes]]) -> list[Draft]:
    """Takes uploads.

    Raises:
        QueryError: If one is too large or of a type that is not read; the message names it.
    """
    drafts = []
    total = 0
    for file in files:
        # A browser may send a path, and a hostile one may send anything: the last part, printable, is the name.
        name = "".join(c for c in PurePosixPath((file.name or "").replace("\\", "/")).name if c.isprintable())[:200]
        if not name.lower().endswith(ENDINGS):
            raise QueryError(f"{name or 'A file'} is not read. Give files that end in {', '.join(ENDINGS)}.")
        size = file.size or 0
        total += size
        if size > LARGEST or total > LARGEST_JOB:
            raise QueryError(f"{name} is too large: {LARGEST // 10**6} MB a file, {LARGEST_JOB // 10**6} MB at once.")
        drafts.append(Draft(uri=name, data=file.read()))
    return drafts


def read_text(text: str) -> list[Draft]:
    """Takes pasted text."""
    if len(text) > LONGEST_TEXT:
        raise QueryError(f"The text has {len(text):,} characters; {LONGEST_TEXT:,} is the most. Upload it as a file.")
    stripped = text.replace("\r\n", "\n").strip()
    return [Draft(uri="pasted text", data=stripped.encode())] if stripped else []


def read_addresses(text: str) -> list[Draft]:
    """Takes addresses, one a line. Where a name leads is checked again by the worker, when it connects.

    Raises:
        AddressRefused: If one is not fetched: no http(s), another port, or a network that is not public.
    """
    drafts = []
    settings = FetchSettings.from_environment()
    for line in text.split():
        check_address(line, settings)
        drafts.append(Draft(uri=line))
    return drafts


def add_job(drafts: Iterable[Draft], *, author: str, published: dt.date | None = None) -> Job:
    """Makes a job of sources; a worker takes it from there.

    Raises:
        QueryError: If there is none, or there are too many.
    """
    chosen = list(drafts)
    if not chosen:
        raise QueryError("There is nothing to add: choose files, paste a text, or give an address.")
    if len(chosen) > MOST_SOURCES:
        raise QueryError(f"{len(chosen)} sources; {MOST_SOURCES} is the most at once. For more: communique add FOLDER.")
    with transaction.atomic():
        job = Job.objects.create(author=author, published=published)
        JobItem.objects.bulk_create(
            JobItem(job=job, uri=draft.uri, data=pack(draft.data) if draft.data is not None else None)
            for draft in chosen
        )
    return job
