"""Claims: gold and readouts brought to one plain shape, so that scoring compares like with like.

Gold is terse (sides are lists of names, a date is one string, evidence is one string); a readout is rich. Both are
read here, and nothing after this module knows which of the two it looks at: only that gold has no confidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from communique.evaluation.names import split_words

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimedPost:
    """A post that somebody is said to hold; ranks are not scored."""

    title: str
    organization: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ClaimedPerson:
    """A person: the name, then the aliases, and the posts."""

    forms: tuple[str, ...]
    posts: tuple[ClaimedPost, ...]

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class ClaimedPassages:
    """The quotations that prove a claim."""

    quotes: tuple[str, ...]

    def overlap(self, other: ClaimedPassages) -> float:
        """Largest share of the shorter quotation's words that any two quotations have in common, 0 to 1."""
        best = 0.0
        for one in (Counter(split_words(quote)) for quote in self.quotes):
            for two in (Counter(split_words(quote)) for quote in other.quotes):
                best = max(best, (one & two).total() / max(1, min(one.total(), two.total())))
        return best

    def __str__(self) -> str:
        """The quotations one after the other."""
        return " ".join(self.quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedEngagement:
    """An engagement; ``date`` is as precise as known (YYYY, YYYY-MM or YYYY-MM-DD), ``places`` are its names."""

    kind: str | None
    status: str | None
    is_background: bool
    is_optional: bool
    date: str | None
    date_as_written: str | None
    places: tuple[str, ...]
    participants: tuple[str, ...]
    topics: frozenset[str]
    passages: ClaimedPassages
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedUtterance:
    """A commitment (its parties) or a statement (its speaker as the only party)."""

    act: str | None
    parties: tuple[str, ...]
    passages: ClaimedPassages
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything that a gold file or a readout claims about one document."""

    people: tuple[ClaimedPerson, ...] = ()
    engagements: tuple[ClaimedEngagement, ...] = ()
    commitments: tuple[ClaimedUtterance, ...] = ()
    statements: tuple[ClaimedUtterance, ...] = ()


def claims_of(plain: Plain, *, origin: Literal["gold", "readout"]) -> Claims:
    """Reads a gold object or a readout's JSON object.

    Args:
        plain: The JSON object.
        origin: Posts without a title count in gold (they are to be found), but not in a readout.

    Raises:
        KeyError, TypeError, AttributeError: If the object is not of the contract's shape.
    """
    return Claims(
        people=tuple(_person(person, keep_untitled=origin == "gold") for person in plain.get("people", ())),
        engagements=tuple(_engagement(engagement) for engagement in plain.get("engagements", ())),
        commitments=tuple(
            _utterance(commitment, _names(commitment.get("parties", ()))) for commitment in plain.get("commitments", ())
        ),
        statements=tuple(
            _utterance(statement, (statement.get("speaker") or "",)) for statement in plain.get("statements", ())
        ),
    )


def _person(plain: Plain, *, keep_untitled: bool) -> ClaimedPerson:
    posts = (
        ClaimedPost(role.get("title") or "", role.get("organization") or "", role.get("confidence"))
        for role in plain.get("roles", ())
        if role.get("kind") != "rank" and (keep_untitled or role.get("title"))
    )
    return ClaimedPerson((plain["name"] or "", *plain.get("aliases", ())), tuple(posts))


def _engagement(plain: Plain) -> ClaimedEngagement:
    sides = (side.get("participants", ()) if isinstance(side, Mapping) else side for side in plain.get("sides") or ())
    return ClaimedEngagement(
        kind=plain.get("kind"),
        status=plain.get("status"),
        is_background=bool(plain.get("background")),
        is_optional=bool(plain.get("optional")),
        date=_date(plain.get("date")),
        date_as_written=plain.get("date_as_written"),
        places=_places(plain.get("place")),
        participants=tuple(name for side in sides for name in _names(side) if name),
        topics=frozenset(plain.get("topics", ())) - {"other"},
        passages=_passages(plain),
        confidence=plain.get("confidence"),
    )


def _utterance(plain: Plain, parties: tuple[str, ...]) -> ClaimedUtterance:
    return ClaimedUtterance(
        act=plain.get("act"), parties=parties, passages=_passages(plain), confidence=plain.get("confidence")
    )


def _names(entries: Iterable[Any]) -> tuple[str, ...]:
    return tuple(entry["name"] if isinstance(entry, Mapping) else entry for entry in entries)


def _places(place: Any) -> tuple[str, ...]:
    names = (place.get("name"), place.get("text")) if isinstance(place, Mapping) else (place,)
    return tuple(name for name in names if name)


def _date(date: Any) -> str | None:
    """The first day, cut to its precision; None where only "not later than" is known."""
    if not date or isinstance(date, str):
        return date or None
    start: str | None = date.get("start")
    if not start or date.get("precision") in ("before", "unknown"):
        return None
    return start[: {"year": 4, "month": 7}.get(date.get("precision"), len(start))]


def _passages(plain: Plain) -> ClaimedPassages:
    evidence = plain.get("evidence") or ()
    if isinstance(evidence, str):
        return ClaimedPassages((evidence,))
    return ClaimedPassages(tuple(entry["quote"] for entry in evidence if entry.get("quote")))
