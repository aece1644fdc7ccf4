"""Checks what annotators wrote about a report: is everything quoted really there, and is every word of the vocabulary?

An annotation (a gold file) is a JSON object with the keys ``id``, ``title``, ``published``, ``people``,
``engagements``, ``commitments`` and ``statements``. Two further keys are optional. ``file`` names the report when it is
not ``<id>.txt``. ``groups`` lists the countries, organizations and groups that take part or speak; where it is given,
every participant, party and speaker has to stand either there or under ``people``, so that nobody is left out by
oversight.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any, get_args

import lxml.html

from communique.model.vocabulary import (
    COMMITMENT_ACTS,
    ENGAGEMENT_KINDS,
    ENGAGEMENT_STATUSES,
    STATEMENT_ACTS,
    TOPICS,
    RoleKind,
)

LISTS = ("people", "engagements", "commitments", "statements")
ROLE_KINDS: tuple[str, ...] = get_args(RoleKind)
UNSEEN = ("head", "script", "style", "noscript", "template", "textarea", "select")
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time"}
)


def check_annotation(gold: dict[str, Any], text: str) -> list[str]:
    """Compares one annotation with its report.

    Args:
        gold: The annotation, as read from JSON.
        text: The report: a text file's whole text, a page's ``visible_text``.

    Returns:
        The problems in words, each beginning with where it is ("engagements 2: …"); an empty list when there are none.
    """
    missing = [key for key in ("title", "published", *LISTS) if key not in gold]
    if missing:
        return [f"The key {key!r} is missing." for key in missing]
    wrong = [key for key in LISTS if not isinstance(gold[key], list)]
    if wrong:
        return [f"{key} is not a list." for key in wrong]
    problems = list(_check_head(gold))
    cast = _Cast(gold)
    for key, check in zip(LISTS, (_check_person, _check_engagement, _check_commitment, _check_statement), strict=True):
        for number, entry in enumerate(gold[key], 1):
            problems += [f"{key} {number}: {problem}" for problem in check(entry, text, cast)]
    return problems


class _Cast:
    """Who may take part: the people of one annotation and, when it lists them, its groups."""

    def __init__(self, gold: dict[str, Any]) -> None:
        self.names = [person.get("name") or "" for person in gold["people"]]
        self.short = {
            alias: person["name"]
            for person in gold["people"]
            for alias in person.get("aliases", [])
            if person.get("name")
        }
        self.groups: list[str] | None = gold.get("groups")

    def check(self, name: object) -> Iterator[str]:
        """Problems with one participant, party or speaker."""
        if not isinstance(name, str) or not name.strip():
            yield f"{name!r} is no name."
        elif name in self.names or name in (self.groups or ()):
            return
        elif name in self.short:
            yield f"{name!r} is a short form: write {self.short[name]!r}, as under people."
        elif self.groups is not None:
            yield f"{name!r} stands neither under people nor under groups."


def _check_head(gold: dict[str, Any]) -> Iterator[str]:
    for key in ("published", "captured"):
        if gold.get(key) is not None and not _is_day(gold[key]):
            yield f"{key} is {gold[key]!r}; write a day as 2024-08-27, or null."
    names = [person.get("name") for person in gold["people"]]
    for name in sorted({str(name) for name in names if names.count(name) > 1}):
        yield f"{name!r} is listed twice under people."


def _check_person(person: dict[str, Any], text: str, cast: _Cast) -> Iterator[str]:
    name = person.get("name") or ""
    # The full name may be put together from two places ("the ministers Ann Lee and her …"), the last part must stand.
    if not name.split() or name.split()[-1].casefold() not in text.casefold():
        yield f"The name {name!r} does not stand in the text."
    for role in person.get("roles", []):
        if not role.get("title"):
            yield f"A role of {name!r} has no title."
        if role.get("kind", "post") not in ROLE_KINDS:
            yield f"The role kind {role['kind']!r} is unknown; known are {', '.join(ROLE_KINDS)}."
        yield from _check_quoted(role.get("as_written"), text)


def _check_engagement(engagement: dict[str, Any], text: str, cast: _Cast) -> Iterator[str]:
    yield from _check_word(engagement.get("kind"), "kind", ENGAGEMENT_KINDS)
    yield from _check_word(engagement.get("status"), "status", ENGAGEMENT_STATUSES)
    for topic in engagement.get("topics", []):
        yield from _check_word(topic, "topic", TOPICS)
    if not isinstance(engagement.get("background"), bool):
        yield f"background is {engagement.get('background')!r}; write true or false."
    date = engagement.get("date")
    if date is not None and not _is_day(date) and not _is_month(date):
        yield f"The date {date!r} is not ISO; write a day (2024-08-27), a month (2024-08), or null."
    yield from _check_quoted(engagement.get("date_as_written"), text)
    for side in engagement.get("sides", []):
        for name in side:
            yield from cast.check(name)
    yield from _check_evidence(engagement, text)


def _check_commitment(commitment: dict[str, Any], text: str, cast: _Cast) -> Iterator[str]:
    yield from _check_word(commitment.get("act"), "act", COMMITMENT_ACTS)
    if not commitment.get("what"):
        yield "Nothing is said about what was committed."
    for name in commitment.get("parties", []):
        yield from cast.check(name)
    yield from _check_evidence(commitment, text)


def _check_statement(statement: dict[str, Any], text: str, cast: _Cast) -> Iterator[str]:
    yield from _check_word(statement.get("act"), "act", STATEMENT_ACTS)
    yield from cast.check(statement.get("speaker"))
    yield from _check_evidence(statement, text)


def _check_word(word: object, label: str, known: tuple[str, ...]) -> Iterator[str]:
    if word not in known:
        yield f"The {label} {word!r} is unknown; known are {', '.join(known)}."


def _check_evidence(entry: dict[str, Any], text: str) -> Iterator[str]:
    evidence = entry.get("evidence")
    if not evidence:
        yield "There is no evidence."
    elif evidence not in text:
        yield f"The evidence {evidence[:60]!r} does not stand in the text."


def _check_quoted(words: str | None, text: str) -> Iterator[str]:
    """Words as the report has them; upper and lower case may differ, white space may be a line break."""
    if words and " ".join(words.split()).casefold() not in " ".join(text.split()).casefold():
        yield f"The words {words!r} do not stand in the text."


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_month(value: object) -> bool:
    return isinstance(value, str) and _is_day(f"{value}-01")


def read_report(path: Traversable) -> str:
    """The text that an annotation of this file refers to: the whole text, or of a page what a reader sees."""
    content = path.read_text("utf-8")
    return visible_text(content) if path.name.endswith((".html", ".htm")) else content


def visible_text(page: str) -> str:
    """All words that a browser would show, menus and footers included, one block a line.

    It deliberately does not look for the article, as ``pages`` does: annotations must not depend on the reader.

    Args:
        page: HTML.

    Returns:
        The text; white space is folded as a browser folds it, inline elements are joined, blocks are lines.
    """
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node.tag, str) and node.tag not in UNSEEN:
            edge = "" if node.tag in INLINE else "\n"
            pieces.extend((edge, re.sub(r"\s+", " ", node.text or "")))
            for child in node:
                walk(child)
                pieces.append(re.sub(r"\s+", " ", child.tail or ""))
            pieces.append(edge)

    walk(lxml.html.document_fromstring(page))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
