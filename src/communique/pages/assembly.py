"""What text files and web pages share when a Document is put together: blocks, and which publication day counts."""

from __future__ import annotations

import datetime as dt
import re

from communique.lexicon import Lexicon
from communique.model import Block
from communique.pages.article import Reading
from communique.pages.datelines import datelines_of
from communique.pages.publication import Publication

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def make_blocks(reading: Reading, lexicon: Lexicon) -> tuple[Block, ...]:
    """The verdicts of a reading as blocks; the dateline of a paragraph becomes a block of its own."""
    datelines = datelines_of(lexicon)
    blocks: list[Block] = []
    first = True
    for line, verdict in zip(reading.lines, reading.verdicts, strict=True):
        if verdict.kind == "clutter" and verdict.reason == "date" and datelines.stands_alone(line.text):
            blocks.append(Block(start=line.start, end=line.end, kind="dateline"))
            continue
        if verdict.kind != "body":
            blocks.append(Block(start=line.start, end=line.end, kind=verdict.kind, reason=verdict.reason))
            continue
        start = line.start
        if length := datelines.length(line.text, first=first):
            blocks.append(Block(start=start, end=start + len(line.text[:length].rstrip()), kind="dateline"))
            start += length
        first = False
        blocks.append(Block(start=start, end=line.end, kind="body"))
    return tuple(blocks)


def settle_publication(found: Publication, *, uri: str, given: dt.date | None, lexicon: Lexicon) -> Publication:
    """Puts a given day before the page's own, and the address's day after it."""
    if given is not None:
        return Publication(day=given, basis="given", captured=found.captured)
    if found.day is None and (day := day_in_address(uri, lexicon)):
        return Publication(day=day, basis="date in the address", captured=found.captured)
    return found


def day_in_address(uri: str, lexicon: Lexicon) -> dt.date | None:
    """The full day that a web address shows (".../2024/09/23/..."), None for paths and other addresses."""
    if not _ADDRESS.match(uri):
        return None
    match = re.search(
        r"/((?:19|20)\d{2})[/\-](\d{1,2}|[a-z]{3,9})[/\-](\d{1,2})(?=[/\-]|$)|[/\-](20\d{2})(\d{2})(\d{2})(?=[/\-]|$)",
        uri.lower(),
    )
    if not match:
        return None
    year, month, day = (part for part in match.groups() if part)
    number = lexicon.table("interface")["dates"]["months"].get(month) or (int(month) if month.isdigit() else 0)
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None
