"""Whether two names can be one person's.

A name alone proposes: the score says how well two names agree, never that two people are one. Family names are compared
by their sound, given names by their place: "Khaled Murad Zaki" can be the son of "Murad Zaki" and is not he. The orders
"given family" and "family given", double family names, names of father and grandfather left out, initials and short
forms are understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from communique.register.resolving.name_parts import name_parts, name_rules
from communique.register.resolving.sounds import likeness

NameRelation = Literal["same", "alike", "partial", "different"]

ONE_PART = 0.7
"""Likeness from which two spellings of a part are one; set on the pairs of ``name_pairs.toml``."""
GIVEN_NAME = 0.78
"""The same for given names, which differ less by spelling than by being another's: Hiroshi and Hiroko are 0.67."""
SAME_NAME = 0.93
"""Score from which two names are the same name in two spellings; below, something else must speak for one person."""
_VARIANT = 0.97
_INITIAL = 0.85
_SHORT_FORM = 0.88  # "Salah" for "Salah al-Din", "Ortiz" for "Ortiz-Vidal"
_TURNED = 0.96  # the same parts, family name first in one
_FAMILY_LEFT_OUT = 0.84  # "Juan Ortiz" for "Juan Ortiz Vidal", "Hassan Sheikh" for "Hassan Sheikh Nur"
_GIVEN_LEFT_OUT = 0.8  # "Inácio Prado" for "Luiz Inácio Prado"
_OTHER_INITIAL = 0.6  # factor: writers who give the middle initial give it to tell two people apart
_OTHER_MIDDLE = 0.75  # factor: both have middle names, and they differ


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names compare.

    Attributes:
        score: 0 to 1.
        relation: same (one name in two spellings), alike (near), partial (one is a part of the other), different.
        reason: In words.
    """

    score: float
    relation: NameRelation
    reason: str


_NO_MATCH = NameMatch(0.0, "different", "different names")


@lru_cache(maxsize=262_144)
def compare_names(one: str, other: str) -> NameMatch:
    """Compares two names of persons as written.

    >>> compare_names("Gen. Yusuf el-Tayeb", "Youssef Al-Tayyib").relation
    'same'
    >>> compare_names("Khaled Murad Zaki", "Murad Zaki").reason
    'the given name of one is a middle name of the other, as with father and son'
    """
    a, b = sorted((name_parts(one), name_parts(other)), key=lambda parts: (len(parts), parts))
    if not a or not b:
        return _NO_MATCH
    if a == b:
        return NameMatch(1.0, "same", "same name") if len(a) > 1 else NameMatch(1.0, "partial", "same single name")
    if len(a) == 1:
        return _compare_single(a[0], b)
    return max(_compare_orders(a, b), key=lambda match: match.score)


@lru_cache(maxsize=262_144)
def compare_parts(one: str, other: str) -> float:
    """How alike two parts of names are: by the lists of variants, as initials, as short forms, by their sound."""
    if one == other:
        return 1.0
    if _is_short_form(one, other) or _is_short_form(other, one):
        return _SHORT_FORM
    rules = name_rules()
    if one in rules.variants and other in rules.variants:
        return _VARIANT if rules.variants[one] == rules.variants[other] else 0.0
    if one in rules.families and other in rules.families:
        return _VARIANT if rules.families[one] == rules.families[other] else 0.0
    short, long = sorted((one.replace("-", ""), other.replace("-", "")), key=len)
    if short == long:
        return 1.0
    if len(short) == 1:
        return _INITIAL if long.startswith(short) else 0.0
    return likeness(short, long)


def is_common(name: str) -> bool:
    """Whether a name has no part that is rare: very many people bear it."""
    rules = name_rules()
    parts = name_parts(name)
    return len(parts) < 4 and all(part in rules.common or part in rules.variants or len(part) < 3 for part in parts)


def _is_short_form(short: str, long: str) -> bool:
    if "-" in long and "-" not in short:
        return short in long.split("-") and len(short) > 3
    return len(short) > 3 and long in (short + "din", short + "allah", "abd" + short)


def _compare_single(single: str, parts: Sequence[str]) -> NameMatch:
    """A single name beside another: it may be the family name, or a given name that somebody is known by."""
    if len(parts) == 1:
        likely = compare_parts(single, parts[0])
        return NameMatch(likely, "partial", "single names alike") if likely >= ONE_PART else _NO_MATCH
    family_first = parts[0] in name_rules().family_first
    family, given = (parts[0], parts[1]) if family_first else (parts[-1], parts[0])
    by_family, by_given = compare_parts(single, family), compare_parts(single, given)
    if by_family >= max(ONE_PART, by_given):
        return NameMatch(0.9 * by_family, "partial", "the family name alone")
    if by_given >= SAME_NAME:
        rare = single not in name_rules().variants
        return NameMatch((0.85 if rare else 0.7) * by_given, "partial", "the given name alone")
    if max(compare_parts(single, part) for part in parts) >= SAME_NAME:
        return NameMatch(0.6, "partial", "one part of the name alone")
    return _NO_MATCH


def _compare_orders(a: Sequence[str], b: Sequence[str]) -> Iterator[NameMatch]:
    """Compares two names of two parts or more, ``a`` no longer than ``b``, in the orders that names are written in."""
    if "".join(a).replace("-", "") == "".join(b).replace("-", ""):
        yield NameMatch(0.99, "same", "same name, parted otherwise")
        return
    rules = name_rules()
    if a[0] in rules.family_first and b[0] in rules.family_first:
        yield _compare_family_first(a, b)
        if len(a) == len(b):
            return
    yield _compare_family_last(a, b)
    yield _compare_turned(a, b)
    if len(a) < len(b):
        yield _compare_left_out(a, b)


def _compare_family_last(a: Sequence[str], b: Sequence[str]) -> NameMatch:
    family, given = compare_parts(a[-1], b[-1]), compare_parts(a[0], b[0])
    if family < ONE_PART:
        return _NO_MATCH
    if given < GIVEN_NAME:
        return _other_given(a, b)
    score = 0.5 * min(family, given) + 0.25 * (family + given)
    middles = _middles_agree(a[1:-1], b[1:-1])
    if not middles:
        initials = len(a) == len(b) == 3 and len(a[1]) == len(b[1]) == 1
        score *= _OTHER_INITIAL if initials else _OTHER_MIDDLE
    reason = "same family name" if family == 1 else "family names alike"
    reason += ", same given name" if given == 1 else ", given names agree"
    return NameMatch(score, _relation(score), reason if middles else reason + ", other middle names")


def _compare_family_first(a: Sequence[str], b: Sequence[str]) -> NameMatch:
    family, given = compare_parts(a[0], b[0]), compare_parts("".join(a[1:]), "".join(b[1:]))
    if family < ONE_PART or given < SAME_NAME - 0.05:  # syllables are short: a likeness of 0.8 is another name
        return _NO_MATCH
    score = min(family, given)
    return NameMatch(score, _relation(score), "same family name, given names agree (family name first)")


def _compare_turned(a: Sequence[str], b: Sequence[str]) -> NameMatch:
    """The family name first in one and last in the other; the given name in one part or two."""
    best = 0.0
    for first, second in ((a, b), (b, a)):
        family = compare_parts(first[0], second[-1])
        if family < SAME_NAME - 0.05:
            continue
        given = compare_parts("".join(first[1:]), "".join(second[:-1]))
        if min(family, given) >= SAME_NAME - 0.05:
            best = max(best, _TURNED * min(family, given))
    return NameMatch(best, _relation(best), "same parts, family name first in one of them") if best else _NO_MATCH


def _compare_left_out(a: Sequence[str], b: Sequence[str]) -> NameMatch:
    """The shorter name leaves out the last part (a second family name, a grandfather) or the first."""
    if all(compare_parts(x, y) >= ONE_PART for x, y in zip(a, b, strict=False)):
        return NameMatch(_FAMILY_LEFT_OUT, "alike", "the longer name goes on where the shorter ends")
    if len(a) > 2 and all(compare_parts(x, y) >= SAME_NAME for x, y in zip(a, b[1:], strict=False)):
        return NameMatch(_GIVEN_LEFT_OUT, "alike", "the longer name has one more given name before")
    if b[0] in name_rules().before and min(compare_parts(a[0], b[1]), compare_parts(a[-1], b[-1])) >= SAME_NAME:
        return NameMatch(_GIVEN_LEFT_OUT, "alike", "the longer name has one more given name before")
    return _NO_MATCH


def _other_given(a: Sequence[str], b: Sequence[str]) -> NameMatch:
    if compare_parts(a[-1], b[-1]) < SAME_NAME - 0.1:
        return _NO_MATCH
    inner = [*(compare_parts(a[0], part) for part in b[1:-1]), *(compare_parts(b[0], part) for part in a[1:-1])]
    if max(inner, default=0.0) >= SAME_NAME:
        reason = "the given name of one is a middle name of the other, as with father and son"
        return NameMatch(0.3, "different", reason)
    return NameMatch(0.2, "different", "same family name, other given name")


def _middles_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the fewer middle names stand among the others, in order; initials agree with names."""
    fewer, more = sorted((a, b), key=len)
    rest = iter(more)
    return all(any(compare_parts(part, other) >= ONE_PART for other in rest) for part in fewer)


def _relation(score: float) -> NameRelation:
    return "same" if score >= SAME_NAME else "alike" if score >= ONE_PART else "different"
