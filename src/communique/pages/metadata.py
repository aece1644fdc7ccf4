"""Reads what a page's head declares: title, site, authors, keywords, publication day."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from communique.lexicon import Lexicon
from communique.pages.calendar import date_finder
from communique.pages.headline import person_name
from communique.pages.lines import normalise

_PUBLISHED_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_SITE_SUFFIX = re.compile(r"\s+[|–—»·-]\s+")
_ARTICLES = ("article", "posting", "report", "webpage", "newsarticle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the head declares; None and () for what it does not.

    Attributes:
        title: The headline: h1, else og:title, else <title>.
        site: The outlet.
        authors: Persons' names.
        tags: Keywords.
        published: Day of publication.
        basis: Where that day was declared, in words.
    """

    title: str | None
    site: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: dt.date | None
    basis: str | None


def read_metadata(tree: Any, lexicon: Lexicon) -> Metadata:
    """The metadata of a page's tree. Broken JSON-LD and unknown names are passed over."""
    names = lexicon.table("interface")["markup"]
    metas = list(_metas(tree))
    linked = list(_linked_data(tree))
    window = next((" ".join(node.text_content().split()) for node in tree.iter("title")), "")
    site = _first(metas, names["site_meta"]) or _publisher(linked) or _site_suffix(window)
    published, basis = _published(tree, metas, linked, names["published_meta"], lexicon)
    nobody = lexicon.table("interface")["bylines"]["nobody"]
    written = [*_authors(linked), *(value for name, value in metas if name in names["author_meta"])]
    authors = [name for text in written for part in re.split(r",|;| and ", text) if (name := person_name(part, nobody))]
    keywords = [value for name, value in metas if name in names["tag_meta"]]
    tags = [tag.strip() for value in keywords for tag in value.split(",") if tag.strip()]
    return Metadata(
        title=_title(tree, metas, window, site),
        site=site,
        authors=tuple(dict.fromkeys(authors)),
        tags=tuple(dict.fromkeys(tags)),
        published=published,
        basis=basis,
    )


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        value = " ".join((node.get("content") or "").split())
        if name and value:
            yield name.lower(), value


def _first(metas: list[tuple[str, str]], wanted: list[str]) -> str | None:
    return next((value for want in wanted for name, value in metas if name == want), None)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, however deep."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != "application/ld+json" or not node.text:
            continue
        try:
            found = json.loads(node.text, strict=False)
        except (ValueError, RecursionError):
            match = _PUBLISHED_IN_JSON.search(node.text)
            found = {"@type": "Article", "datePublished": match[1]} if match else {}
        queue = deque([found] if isinstance(found, dict | list) else [])
        while queue:
            item = queue.popleft()
            if isinstance(item, dict):
                yield item
            parts = item.values() if isinstance(item, dict) else item
            queue.extend(part for part in parts if isinstance(part, dict | list))


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"]).strip() or None
    return None


def _authors(linked: list[dict[str, Any]]) -> Iterator[str]:
    for item in linked:
        authors = item.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            name = author.get("name") if isinstance(author, dict) else author
            if isinstance(name, str):
                yield name


def _published(
    tree: Any, metas: list[tuple[str, str]], linked: list[dict[str, Any]], names: list[str], lexicon: Lexicon
) -> tuple[dt.date | None, str | None]:
    declared = [
        (item["datePublished"], "JSON-LD datePublished")
        for item in sorted(linked, key=_is_article, reverse=True)
        if isinstance(item.get("datePublished"), str)
    ]
    declared += [(value, f"meta {name}") for want in names for name, value in metas if name == want]
    declared += [
        (node.get("datetime"), "time element")
        for node in tree.iter("time")
        if node.get("datetime") and _in_article(node)
    ]
    for value, basis in declared:
        found = date_finder(lexicon).find(value[:60].strip())
        if found and not found[0].other and not found[0].short_year:
            return found[0].day, basis
    return None, None


def _is_article(item: dict[str, Any]) -> bool:
    return str(item.get("@type") or "").lower().endswith(_ARTICLES)


def _in_article(node: Any) -> bool:
    """Whether a time element is not in a list of other stories, a comment or a menu."""
    for parent in node.iterancestors():
        marks = f"{parent.get('class') or ''} {parent.get('id') or ''}".lower()
        if parent.tag in ("aside", "nav", "footer", "li") or re.search(
            r"related|comment|sidebar|widget|recommend|popular", marks
        ):
            return False
    return True


def _title(tree: Any, metas: list[tuple[str, str]], window: str, site: str | None) -> str | None:
    declared = _without_site(_first(metas, ["og:title", "twitter:title"]) or "", site)
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    headings = [text for text in headings if len(text.split()) >= 2 and normalise(text) != normalise(site or "")]
    if len(headings) > 1 and declared:
        headings.sort(key=lambda text: normalise(text) != normalise(declared))
    return (headings[0] if headings else None) or declared or _without_site(window, site) or None


def _without_site(title: str, site: str | None) -> str:
    """A window title without the outlet's name after the last dash or bar."""
    parts = _SITE_SUFFIX.split(title)
    if len(parts) > 1 and normalise(parts[-1]) == normalise(site or ""):
        return title[: title.rindex(parts[-1])].rstrip(" |–—»·-")
    return title


def _site_suffix(window: str) -> str | None:
    """The outlet's name at the end of a window title: at most four words after a headline of more."""
    parts = _SITE_SUFFIX.split(window)
    short = len(parts) > 1 and len(parts[-1].split()) <= 4 < len(" ".join(parts[:-1]).split())
    return parts[-1] if short else None
