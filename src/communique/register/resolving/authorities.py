"""Authority files: lists that name and identify people and institutions, such as lists of holders of public office.

Two forms are read: FollowTheMoney entities as JSON lines (the form in which OpenSanctions publishes), and CSV with a
header. A line that cannot be read costs itself alone and is reported. A record becomes a profile with a marked origin,
which is resolved like any other: it names the actor and gives it the Wikidata identifier; two records with one
identifier are one actor, two with different ones never.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from communique.model.vocabulary import ParticipantType
from communique.register.resolving.profiles import MentionRole, Profile

_SCHEMATA: Mapping[str, ParticipantType] = {
    "Person": "person",
    "Organization": "organization",
    "PublicBody": "organization",
    "LegalEntity": "organization",
    "Company": "organization",
}
_COLUMNS = ("id", "type", "name", "aliases", "wikidata_id", "country", "positions")
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_WIKIDATA = re.compile(r"^Q[1-9]\d{0,11}$")
_LONGEST_LINE = 1_000_000  # characters; a record of an authority file has a few thousand
_MOST_VALUES = 100  # aliases or positions kept of one record
_LONGEST_VALUE = 300  # characters of a name or position
_SINGLE_PARTS = 2  # weak aliases of a person count from so many words: "the General" names nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRecord:
    """One person or institution of an authority file.

    Attributes:
        id: The record's id in the file.
        source: The file's name.
        type: person or organization.
        name: The name to show.
        aliases: Other names.
        wikidata_id: "Q…", when given.
        country: ISO 3166-1 alpha-2 code, when one is given; None where the file gives several.
        positions: Posts in the file's words.
    """

    id: str
    source: str
    type: ParticipantType
    name: str
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    country: str | None = None
    positions: tuple[str, ...] = ()


Outcome = TypeVar("Outcome", bound="AuthorityRecord | str | None")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line of an authority file that cannot be used.

    Attributes:
        number: Counted from 1.
        problem: What is wrong, which value, and what to do.
    """

    number: int
    problem: str


def read_follow_the_money(lines: Iterable[str], source: str) -> Iterator[AuthorityRecord | BadLine]:
    """Reads FollowTheMoney entities, one JSON object a line.

    Entities of other schemata than people and institutions are passed over; so are empty lines.

    Args:
        lines: Of the file.
        source: The file's name, kept with each record.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        outcome = _storable(_read_entity(line, source))
        if isinstance(outcome, str):
            yield BadLine(number=number, problem=outcome)
        elif outcome is not None:
            yield outcome


def read_csv(lines: Iterable[str], source: str) -> Iterator[AuthorityRecord | BadLine]:
    """Reads CSV with the columns id, type, name, aliases, wikidata_id, country, positions; only name is needed.

    Several aliases or positions are separated by semicolons; type is "person" where nothing else is said.
    """
    rows = csv.reader(lines)
    try:
        header = [column.strip().lower() for column in next(rows, [])]
    except csv.Error as error:
        yield BadLine(number=1, problem=f"The header is not CSV: {error}. Save the file as comma-separated UTF-8.")
        return
    if "name" not in header:
        known = ", ".join(_COLUMNS)
        yield BadLine(
            number=1, problem=f"No column is called name; found {', '.join(header) or 'none'}. Known: {known}."
        )
        return
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadLine(number=rows.line_num, problem=f"Not CSV: {error}.")
            continue
        if any(cell.strip() for cell in row):
            outcome = _storable(_read_row(dict(zip(header, row, strict=False)), source, rows.line_num))
            yield BadLine(number=rows.line_num, problem=outcome) if isinstance(outcome, str) else outcome


def authority_profile(record: AuthorityRecord) -> Profile:
    """The profile by which a record takes part in resolving."""
    origin = f"{record.source}:{record.id}"
    return Profile(
        key=hashlib.sha256(f"authority\x1f{origin}".encode()).hexdigest(),
        type=record.type,
        name=record.name,
        aliases=record.aliases,
        roles=tuple(MentionRole(title=position) for position in record.positions) if record.type == "person" else (),
        country=record.country,
        count=0,
        origin=origin,
        wikidata_id=record.wikidata_id,
    )


def _read_entity(line: str, source: str) -> AuthorityRecord | str | None:
    if len(line) > _LONGEST_LINE:
        return f"The line has {len(line)} characters; at most {_LONGEST_LINE} are read. Split or drop the record."
    try:
        entity = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return f"Not JSON: {str(error)[:100]}. Each line must be one FollowTheMoney entity."
    if not isinstance(entity, dict) or not isinstance(entity.get("schema"), str):
        return (
            "Not a FollowTheMoney entity: there is no schema. Each line must be an object with id, schema, properties."
        )
    if entity["schema"] not in _SCHEMATA:
        return None
    properties = entity.get("properties")
    if not isinstance(properties, dict) or not isinstance(entity.get("id"), str):
        return f"The {entity['schema']} has no id or no properties. Both are needed."
    names = _values(properties, "name") or _values({"name": [entity.get("caption")]}, "name")
    if not names:
        return f"The {entity['schema']} {entity['id'][:80]!r} has no name."
    type_ = _SCHEMATA[entity["schema"]]
    weak = [alias for alias in _values(properties, "weakAlias") if len(alias.split()) >= _SINGLE_PARTS]
    identifiers = [*_values(properties, "wikidataId"), entity["id"]]
    countries = {code.upper() for key in ("nationality", "country", "citizenship") for code in _values(properties, key)}
    return AuthorityRecord(
        id=entity["id"][:_LONGEST_VALUE],
        source=source,
        type=type_,
        name=names[0],
        aliases=_others(names[0], [*names[1:], *_values(properties, "alias"), *(weak if type_ == "person" else ())]),
        wikidata_id=next((value for value in identifiers if _WIKIDATA.match(value)), None),
        country=min(countries) if len(countries) == 1 and len(min(countries)) == 2 else None,
        positions=tuple(_values(properties, "position")),
    )


def _read_row(row: Mapping[str, str], source: str, number: int) -> AuthorityRecord | str:
    name = row.get("name", "").strip()[:_LONGEST_VALUE]
    if not name:
        return "The name is empty. Give one, or drop the line."
    type_ = row.get("type", "").strip().lower() or "person"
    if type_ not in ("person", "organization"):
        return f"The type is {type_[:40]!r}; known are person and organization."
    wikidata = row.get("wikidata_id", "").strip()
    if wikidata and not _WIKIDATA.match(wikidata):
        return f"The wikidata_id is {wikidata[:40]!r}; it must be like Q42, or empty."
    country = row.get("country", "").strip().upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        return f"The country is {country[:40]!r}; it must be a code of two letters, or empty."
    return AuthorityRecord(
        id=row.get("id", "").strip()[:_LONGEST_VALUE] or str(number),
        source=source,
        type="person" if type_ == "person" else "organization",
        name=name,
        aliases=_others(name, row.get("aliases", "").split(";")),
        wikidata_id=wikidata or None,
        country=country or None,
        positions=_others("", row.get("positions", "").split(";")),
    )


def _storable(outcome: Outcome) -> Outcome | str:
    """What came of a line; a problem where a database could not keep it."""
    if isinstance(outcome, AuthorityRecord):
        texts = (outcome.id, outcome.name, outcome.country or "", *outcome.aliases, *outcome.positions)
        if bad := next((text for text in texts if _UNSTORABLE.search(text)), None):
            return f"{bad[:80]!a} has U+0000 or half a character, which no database can keep. Clean the line."
    return outcome


def _values(properties: Mapping[str, Any], key: str) -> list[str]:
    """A property's values that are text, in order, without doubles."""
    values = properties.get(key)
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list):
        return []
    texts = (value.strip()[:_LONGEST_VALUE] for value in values if isinstance(value, str))
    return list(dict.fromkeys(text for text in texts if text))[:_MOST_VALUES]


def _others(name: str, forms: Sequence[str]) -> tuple[str, ...]:
    stripped = (form.strip()[:_LONGEST_VALUE] for form in forms)
    return tuple(dict.fromkeys(form for form in stripped if form and form != name))[:_MOST_VALUES]
