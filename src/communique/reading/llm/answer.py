"""What a model is asked to answer: the shape as records, as a JSON schema, and a reading that forgives single facts."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, TypeVar

import msgspec

from communique.model.vocabulary import (
    CommitmentAct,
    EngagementKind,
    EngagementStatus,
    ParticipantType,
    RoleKind,
    RoleStanding,
    StatementAct,
    Topic,
)


class GivenRole(msgspec.Struct, kw_only=True):
    """A post or a rank, and the words that give it."""

    title: str
    organization: str | None = None
    kind: RoleKind = "post"
    standing: RoleStanding = "current"
    quote: str


class GivenPerson(msgspec.Struct, kw_only=True):
    """A person, with a passage that has the name."""

    name: str
    aliases: list[str] = []
    quote: str
    roles: list[GivenRole] = []


class GivenOrganization(msgspec.Struct, kw_only=True):
    """An institution."""

    name: str
    acronym: str | None = None


class GivenParticipant(msgspec.Struct, kw_only=True):
    """Somebody who took part, and the words that name them there."""

    name: str
    type: ParticipantType = "person"
    lead: bool = False
    quote: str = ""


class GivenSide(msgspec.Struct, kw_only=True):
    """One of the parties."""

    label: str | None = None
    participants: list[GivenParticipant] = []


class GivenEngagement(msgspec.Struct, kw_only=True):
    """An engagement; its number, from 1 on, is what commitments and statements refer to."""

    number: int = 0
    kind: EngagementKind
    status: EngagementStatus = "held"
    background: bool = False
    date_words: str | None = None
    place_words: str | None = None
    sides: list[GivenSide] = []
    topics: list[Topic] = []
    quotes: list[str]


class GivenCommitment(msgspec.Struct, kw_only=True):
    """A commitment."""

    parties: list[str] = []
    act: CommitmentAct
    what: str
    mechanism: str | None = None
    target: str | None = None
    engagement: int | None = None
    quotes: list[str]


class GivenStatement(msgspec.Struct, kw_only=True):
    """A statement."""

    speaker: str
    act: StatementAct
    target: str | None = None
    topics: list[Topic] = []
    engagement: int | None = None
    quotes: list[str]


class Answer(msgspec.Struct, kw_only=True):
    """A model's whole answer about one portion of an article."""

    people: list[GivenPerson] = []
    organizations: list[GivenOrganization] = []
    engagements: list[GivenEngagement] = []
    commitments: list[GivenCommitment] = []
    statements: list[GivenStatement] = []


FACTS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "people": (GivenPerson, "person"),
    "organizations": (GivenOrganization, "organization"),
    "engagements": (GivenEngagement, "engagement"),
    "commitments": (GivenCommitment, "commitment"),
    "statements": (GivenStatement, "statement"),
}
"""List of the answer → its record, and the kind under which a dropped one is counted."""
_INNER: dict[type[msgspec.Struct], dict[str, tuple[type[msgspec.Struct], str]]] = {
    GivenPerson: {"roles": (GivenRole, "role")},
    GivenEngagement: {"sides": (GivenSide, "side")},
    GivenSide: {"participants": (GivenParticipant, "participant")},
}

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

T = TypeVar("T", bound=msgspec.Struct)


def answer_schema() -> dict[str, Any]:
    """The JSON schema of an answer in the strict form: every key required, no others, no defaults."""
    definitions: dict[str, Any] = msgspec.json.schema(Answer)["$defs"]
    for definition in definitions.values():
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        definition.pop("description", None)
        for field in definition["properties"].values():
            field.pop("default", None)
            if "enum" in field:
                field["type"] = "string"
    root: dict[str, Any] = definitions.pop("Answer")
    return {**root, "$defs": definitions}


def read_answer(reply: str, dropped: Counter[str]) -> Answer:
    """Reads a model's reply.

    A reply may think aloud first, stand in a code fence, or have commas too many. A single fact of a wrong shape costs
    that fact.

    Args:
        reply: The reply as it came.
        dropped: Gets one count for each fact of a wrong shape.

    Raises:
        ValueError: If there is no JSON object in it, or one of another shape; the message says what is wrong.
    """
    plain = _read_object(reply)
    if not any(key in plain for key in FACTS):
        raise ValueError(f"The object has none of the keys {', '.join(FACTS)}.")
    lists: dict[str, list[Any]] = {}
    for key, (record, kind) in FACTS.items():
        given = plain.get(key)
        if given is None:
            given = []
        if not isinstance(given, list):
            raise ValueError(f"{key!r} is not a list.")
        lists[key] = _read_facts(given, record, kind, dropped)
    return Answer(**lists)


def _read_object(reply: str) -> dict[str, Any]:
    text = _without_thoughts(reply)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("There is no JSON object in the answer.")
    text = text[start : end + 1]
    try:
        plain = _decode(text)
    except ValueError:
        plain = _decode(re.sub(r",(\s*[}\]])", r"\1", text))
    if not isinstance(plain, dict):
        raise ValueError("The answer is not a JSON object.")
    if _HALF_CHARACTER.search(json.dumps(plain, ensure_ascii=False)):
        raise ValueError("A string of the answer holds half a character (a lone surrogate).")
    return plain


def _without_thoughts(reply: str) -> str:
    """The reply without what stands between <think> and </think>; thoughts without an end stay."""
    kept, at = [], 0
    while (start := reply.find("<think>", at)) >= 0 and (end := reply.find("</think>", start)) >= 0:
        kept.append(reply[at:start])
        at = end + len("</think>")
    return "".join([*kept, reply[at:]])


def _decode(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # line ends inside strings are forgiven
    except RecursionError as error:
        raise ValueError("The JSON is nested too deeply.") from error


def _read_facts(given: list[Any], record: type[T], kind: str, dropped: Counter[str]) -> list[T]:
    """The facts of a list that have the right shape; in those, the inner facts that have it."""
    facts = []
    for plain in given:
        if isinstance(plain, dict):
            for field, (inner, inner_kind) in _INNER.get(record, {}).items():
                if isinstance(plain.get(field), list):
                    plain[field] = [
                        msgspec.to_builtins(fact) for fact in _read_facts(plain[field], inner, inner_kind, dropped)
                    ]
        try:
            facts.append(msgspec.convert(plain, record))
        except msgspec.ValidationError:
            dropped[kind] += 1
    return facts
