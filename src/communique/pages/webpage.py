"""HTML → Document. The text is the whole page in reading order; trafilatura tells which of its lines are the article.

The libraries of this module are imported when an HTML page comes, not before.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from dataclasses import replace

import htmldate
import trafilatura

from communique.errors import ArticleNotFound
from communique.lexicon import Lexicon
from communique.model import Document, Evidence
from communique.pages.article import Reading, Verdict, is_prose, read_lines
from communique.pages.assembly import day_in_address, make_blocks, settle_publication
from communique.pages.flat import check_extent, retitle
from communique.pages.furniture import Mark, furniture_of
from communique.pages.headline import find_authors, find_tags
from communique.pages.language import name_language
from communique.pages.lines import normalise
from communique.pages.markup import MarkedText, markup_reader, parse_tree
from communique.pages.metadata import Metadata, read_metadata
from communique.pages.publication import Publication, publication_finder

# Less than this is a teaser or a cookie notice, not an article that trafilatura has found.
LEAST_WORDS = 25
# Shorter lines stand in too many other lines to be found by containment.
LEAST_CONTAINED = 20
# Every line that does not stand in the extraction as it is is looked for in so many characters of it.
LONGEST_SEARCHED = 500_000


def read_webpage(html: str, *, digest: str, uri: str, published: dt.date | None, lexicon: Lexicon) -> Document:
    """Reads one decoded HTML page; offsets of the document count in the text made from it.

    Raises:
        DocumentTooLarge: If it has more characters or lines than any report.
        ArticleNotFound: If the page has no readable text, or nothing on it is an article.
    """
    tree = parse_tree(html)
    page = markup_reader(lexicon).flatten(tree) if tree is not None else MarkedText()
    metadata = read_metadata(tree, lexicon) if tree is not None else None
    if metadata is None or not page.lines:
        raise ArticleNotFound(
            f"{uri}: an HTML page of {len(html):,} characters without readable text. Save it again when it has loaded."
        )
    check_extent(page.text, page.lines, uri)
    reading = read_page(page, extract(html), metadata, lexicon)
    blocks = make_blocks(reading, lexicon)
    body = " ".join(page.text[block.start : block.end] for block in blocks if block.kind == "body")
    if not body:
        raise ArticleNotFound(
            f"{uri}: {len(page.lines)} lines, all menus, links or dates; no article. Give the page of one report."
        )
    declared = Publication(day=metadata.published, basis=metadata.basis)
    if declared.day is None and (day := day_in_address(uri, lexicon)):
        declared = Publication(day=day, basis="date in the address")
    found = _find_publication(html, page, reading, declared, lexicon)
    found = settle_publication(found, uri=uri, given=published, lexicon=lexicon)
    title = reading.lines[reading.title].text if reading.title is not None else metadata.title
    return Document(
        id=digest,
        uri=uri,
        text=page.text,
        media_type="text/html",
        site=metadata.site,
        title=metadata.title or title,
        authors=metadata.authors or find_authors(reading.lines, reading.marks, lexicon),
        published=found.day,
        published_evidence=found.evidence,
        published_basis=found.basis,
        captured=found.captured,
        language=name_language(body, lexicon),
        tags=metadata.tags or find_tags(reading.lines, reading.marks),
        blocks=blocks,
    )


def extract(html: str) -> str:
    """The article as trafilatura finds it; empty when it finds none or fails on a broken page."""
    try:
        return trafilatura.extract(html, fast=True, include_comments=False, include_tables=True) or ""
    except Exception:  # a third party's parser on anybody's page: its failure must not cost the document
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True)
        return ""


def read_page(page: MarkedText, extracted: str, metadata: Metadata, lexicon: Lexicon) -> Reading:
    """Gives every line of a page its verdict, by the extraction, by the markup, and by the line's own words."""
    title = _title_line(page, metadata.title)
    matched = _match(page, extracted)
    if sum(line.words for line, one in zip(page.lines, matched, strict=True) if one) < LEAST_WORDS:
        reading = read_lines(page.lines, lexicon, hints=page.hints)
        return reading if title is None else retitle(reading, title)
    furniture = furniture_of(lexicon)
    marks = [furniture.mark(line) for line in page.lines]
    first, last = matched.index(True), len(matched) - 1 - matched[::-1].index(True)
    verdicts: list[Verdict] = []
    for i, line in enumerate(page.lines):
        if i == title:
            verdicts.append(Verdict("title"))
        elif title is not None and line.core == page.lines[title].core:
            verdicts.append(Verdict("clutter", "repeated_title"))
        elif matched[i] or (first < i < last and page.hints[i] is None and _is_paragraph(page, i)):
            verdicts.append(_judge_matched(marks[i], page, i))
        else:
            mark, hint = marks[i], page.hints[i]
            verdicts.append(Verdict("clutter", mark.reason if mark else hint or ("menu" if i < first else "related")))
    prose = next(
        (i for i in range(first, len(verdicts)) if verdicts[i].kind == "body" and is_prose(page.lines[i])), first
    )
    return Reading(lines=page.lines, marks=marks, verdicts=verdicts, title=title, first=prose, menu_above=0)


def _judge_matched(mark: Mark | None, page: MarkedText, i: int) -> Verdict:
    if mark is not None:
        return Verdict("clutter", mark.reason)
    if page.elements[i] == "figcaption" or page.hints[i] == "caption":
        return Verdict("clutter", "caption")
    return Verdict("body")


def _is_paragraph(page: MarkedText, i: int) -> bool:
    return page.elements[i] in ("p", "li", "blockquote", "h2", "h3", "h4") and (
        is_prose(page.lines[i]) or page.elements[i] != "li"
    )


def _title_line(page: MarkedText, title: str | None) -> int | None:
    if not title:
        return None
    core = normalise(title)
    same = [i for i, line in enumerate(page.lines) if line.core == core]
    headings = [i for i in same if page.elements[i] == "h1"]
    return next(iter(headings or same), None)


def _match(page: MarkedText, extracted: str) -> list[bool]:
    """For every line of the page, whether the extraction holds it: as a line, or (long ones) inside another."""
    pieces = Counter(normalise(line) for line in extracted.splitlines() if line.strip())
    whole = normalise(extracted[:LONGEST_SEARCHED])
    matched: list[bool] = []
    for line in page.lines:
        core = normalise(line.text)
        if pieces[core] > 0:
            matched.append(True)
        else:
            matched.append(len(core) >= LEAST_CONTAINED and core in whole)
    return matched


def _find_publication(
    html: str, page: MarkedText, reading: Reading, declared: Publication, lexicon: Lexicon
) -> Publication:
    """What the head or the address declares, then what the text shows, then htmldate's own search."""
    finder = publication_finder(lexicon)
    shown = finder.find(page.text, reading)
    if declared.day is None and shown.day is not None:
        return shown
    known = declared if declared.day else Publication(day=_search(html), basis="htmldate")
    if known.day is None:
        return shown
    place = finder.locate(known.day, reading)
    return replace(known, evidence=Evidence.at(page.text, *place) if place else None, captured=shown.captured)


def _search(html: str) -> dt.date | None:
    try:
        found = htmldate.find_date(html, original_date=True, outputformat="%Y-%m-%d")
        return dt.date.fromisoformat(found) if found else None
    except Exception:  # as in extract: a third party's search on anybody's page
        logging.getLogger(__name__).debug("htmldate failed", exc_info=True)
        return None
