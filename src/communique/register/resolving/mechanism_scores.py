"""Mechanism scores: how sure it is that two documents speak of one mechanism, with the reason in words.

The weights and thresholds were set on the project's own stories `sahel` and `caucasus` (two fifths of them; the others
were held back), rounded to five hundredths.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from communique.register.resolving.mechanism_units import Unit

LINK_FROM = 0.6
"""Score from which two documents' mechanisms are taken for one."""
LINK_LOOSE_FROM = 0.75
"""The same where one of them does not stand by itself: then its name must say something."""
REVIEW_FROM = 0.45
"""Score from which somebody should look."""

_CONTENT, _FAMILY, _OWNERS, _TIME, _POINTER = 0.45, 0.25, 0.2, 0.1, 0.2
_PLAIN = 0.5
"""What two names are worth of which one says nothing but the sort of body."""
_SOON = dt.timedelta(days=200)
_SAME_AGE = dt.timedelta(days=500)
_FORGOTTEN = dt.timedelta(days=1500)


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two units are, 0 to 1, and why."""

    value: float
    reason: str


def score_units(a: Unit, b: Unit) -> Score:
    """Compares two units of different documents; the order does not matter."""
    if (apart := _apart(a, b)) is not None:
        return Score(0.0, apart)
    reasons: list[str] = []
    value = _CONTENT * _content(a, b, reasons) + _FAMILY * _family(a, b, reasons)
    value += _OWNERS * _owners(a, b, reasons) + _TIME * _closeness(a, b)
    if (a.points_to & b.months) or (b.points_to & a.months):
        year, month = min((a.points_to & b.months) | (b.points_to & a.months))
        value += _POINTER
        reasons.append(f"one points back to {year}-{month:02}")
    return Score(round(min(1.0, value), 4), "; ".join(reasons) or "nothing in common")


def _apart(a: Unit, b: Unit) -> str | None:
    """Why two units cannot be one, or None."""
    are_elsewhere = len(a.countries) > 1 and len(b.countries) > 1 and not a.countries & b.countries
    if are_elsewhere and not a.parties & b.parties:
        return "other countries"
    if a.gist.is_former != b.gist.is_former:
        return "one of them is an earlier one"
    numbers = [{w for w in unit.gist.content if w.isdecimal()} for unit in (a, b)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return f"another edition ({', '.join(sorted(numbers[0] | numbers[1]))})"
    if _is_other_family(a, b):
        return f"another sort of body ({' and '.join(sorted((a.gist.family, b.gist.family)))})"
    return None


def _is_other_family(a: Unit, b: Unit) -> bool:
    return a.gist.family != b.gist.family and not (a.gist.is_generic or b.gist.is_generic)


def _content(a: Unit, b: Unit, reasons: list[str]) -> float:
    one, other = a.gist.content, b.gist.content
    shared = one & other
    if a.gist.proper & b.gist.proper:
        reasons.append(f"both are called {' '.join(sorted(a.gist.proper & b.gist.proper))}")
    elif shared:
        reasons.append(f"both are about {', '.join(sorted(shared))}")
    if not one or not other:
        return _PLAIN if _is_close(a, b) else 0.0
    overlap = len(shared) / min(len(one), len(other))
    likeness = len(shared) / len(one | other)
    return 0.7 * overlap + 0.3 * likeness


def _is_close(a: Unit, b: Unit) -> bool:
    """Whether names that say nothing more ("the joint battalion") can mean one: parties or several countries shared."""
    return bool(a.parties & b.parties) or len(a.countries & b.countries) > 1 or _gap(a, b) <= _SOON


def _gap(a: Unit, b: Unit) -> dt.timedelta:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return _SAME_AGE
    return max(a.first - b.last, b.first - a.last, dt.timedelta(0))


def _family(a: Unit, b: Unit, reasons: list[str]) -> float:
    if a.gist.family == b.gist.family:
        reasons.append(f"the same sort of body ({a.gist.family})")
        return 1.0
    return 0.5


def _owners(a: Unit, b: Unit, reasons: list[str]) -> float:
    parties, countries = a.parties & b.parties, a.countries & b.countries
    if parties:
        reasons.append(f"{len(parties)} common part{'ies' if len(parties) > 1 else 'y'}")
        return 1.0
    if countries:
        reasons.append(f"both in {', '.join(sorted(countries))}")
        return 0.7
    return 0.3 if not (a.countries and b.countries) else 0.0


def _closeness(a: Unit, b: Unit) -> float:
    """1 when one follows the other within a year and a half, falling to 0 within four years."""
    gap = _gap(a, b)
    if gap <= _SAME_AGE:
        return 1.0
    return max(0.0, 1.0 - (gap - _SAME_AGE) / (_FORGOTTEN - _SAME_AGE))
