"""Following mechanisms: steps that many documents tell become mechanisms with a history.

A document's steps under one name are a unit; units are compared where their keys meet (`mechanism_units`), scored with
a reason (`mechanism_scores`), and joined from the best pair down (`mechanism_groups`). People's judgements come first:
what they call the same is joined before, what they call different is never joined.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.model.vocabulary import MechanismKind, MechanismStatus
from communique.register.resolving.mechanism_claims import (
    Following,
    HistoryStep,
    Link,
    Mechanism,
    SameOrNot,
    StepClaim,
)
from communique.register.resolving.mechanism_groups import Group, group_units, linked
from communique.register.resolving.mechanism_units import Unit, make_units
from communique.register.resolving.mechanism_words import Thesaurus, packaged_thesaurus

FINISHED: frozenset[MechanismStatus] = frozenset(("completed", "failed"))
"""States after which no follow-up is awaited."""
REACHED: frozenset[MechanismStatus] = frozenset(("operating", "completed", "suspended", "failed"))
_WISHED: frozenset[MechanismStatus] = frozenset(("called_for", "reaffirmed"))


def follow(
    claims: Iterable[StepClaim],
    *,
    judgements: Iterable[SameOrNot] = (),
    copies: Mapping[str, str] | None = None,
    thesaurus: Thesaurus | None = None,
) -> Following:
    """Follows mechanisms through documents.

    Args:
        claims: Steps of any number of documents, in any order.
        judgements: What people decided about pairs of claims.
        copies: Id of a document that copies another → id of the original.
        thesaurus: The words that mean the same; those of the packaged lexicon by default.
    """
    words = thesaurus or packaged_thesaurus()
    groups, reviews = group_units(make_units(claims, words), tuple(judgements))
    mechanisms = [_mechanism(group, copies or {}) for group in groups]
    ordered = sorted(mechanisms, key=lambda m: (m.history[0].date or dt.date.max, m.id))
    return Following(mechanisms=tuple(ordered), reviews=reviews)


def related(claims: Iterable[StepClaim], others: Iterable[StepClaim], thesaurus: Thesaurus | None = None) -> set[str]:
    """Ids of those of the other steps that may be of one mechanism with any of the steps: the rest has no say in it."""
    words = thesaurus or packaged_thesaurus()
    near = linked(make_units(claims, words), make_units(others, words))
    return {claim.id for unit in near for claim in unit.claims}


def stale_since(mechanism: Mechanism, as_at: dt.date, days: int) -> dt.date | None:
    """Since when nothing more was heard of a mechanism.

    Args:
        mechanism: The mechanism.
        as_at: The day from which one looks; later steps do not count.
        days: Days of silence from which on it counts as stale.

    Returns:
        The day of the last step, when it lies at least so many days back and the mechanism was not finished by then;
        None otherwise, and when nothing is dated.
    """
    steps = [step for step in mechanism.history if step.date is not None and step.date <= as_at]
    if not steps or reached(step.status for step in steps) in FINISHED:
        return None
    last = max(step.date for step in steps if step.date is not None)
    return last if (as_at - last).days >= days else None


def reached(statuses: Iterable[MechanismStatus]) -> MechanismStatus:
    """The state that a history has reached: calls and confirmations do not undo what was reached before.

    Raises:
        ValueError: If there are no steps: a defect of the caller.

    >>> reached(["agreed", "operating", "suspended", "called_for", "reaffirmed"])
    'suspended'
    >>> reached(["called_for", "agreed", "reaffirmed"])
    'reaffirmed'
    """
    status: MechanismStatus | None = None
    for step in statuses:
        if status is None or step not in _WISHED or (step == "reaffirmed" and status not in REACHED):
            status = step
    if status is None:
        raise ValueError("A history without steps has reached no state. Give at least one status.")
    return status


# ---- one mechanism ---------------------------------------------------------------------------------------------------
def _mechanism(group: Group, copies: Mapping[str, str]) -> Mechanism:
    claims = sorted((claim for unit in group.units for claim in unit.claims), key=lambda claim: claim.id)
    history = _history(claims, copies)
    return Mechanism(
        id=claims[0].id,
        name=_fullest(group.units),
        kind=_most_common_kind(claims),
        parties=frozenset().union(*(claim.parties for claim in claims)),
        status=reached(step.status for step in history),
        history=history,
        claims=tuple(claim.id for claim in claims),
        links=tuple(sorted(group.links, key=lambda link: (link.left, link.right))),
    )


def _fullest(units: Sequence[Unit]) -> str:
    """The name that says most; of several, the more common one, then the shorter one."""
    often = Counter(unit.claims[0].name.lower() for unit in units)

    def rank(unit: Unit) -> tuple[int, int, int, str]:
        name = unit.claims[0].name
        return (-len(unit.gist.content), -often[name.lower()], len(name), name)

    return min(units, key=rank).claims[0].name


def _most_common_kind(claims: Sequence[StepClaim]) -> MechanismKind:
    counts = Counter(claim.kind for claim in claims)
    return min(counts, key=lambda kind: (kind == "other", -counts[kind], kind))


def _history(claims: Sequence[StepClaim], copies: Mapping[str, str]) -> tuple[HistoryStep, ...]:
    """The steps in the order of time; what copies repeat of their original is one step."""
    told: defaultdict[tuple[str, str, int], list[StepClaim]] = defaultdict(list)
    seen: Counter[tuple[str, str]] = Counter()
    for claim in sorted(claims, key=lambda c: (c.document, c.start, c.id)):
        number = seen[(claim.document, claim.status)]
        seen[(claim.document, claim.status)] += 1
        told[(copies.get(claim.document, claim.document), claim.status, number)].append(claim)
    steps = []
    for (root, _, _), same in told.items():
        first = min(same, key=lambda c: (c.document != root, c.published or dt.date.max, c.id))
        others = sorted({c.document for c in same} - {first.document})
        steps.append(HistoryStep(date=first.day, status=first.status, claim=first, documents=(first.document, *others)))
    return tuple(sorted(steps, key=_in_time))


def _in_time(step: HistoryStep) -> tuple[dt.date, dt.date, str, int, str]:
    claim = step.claim
    latest = dt.date.max
    return (step.date or latest, claim.published or latest, claim.document, claim.start, claim.id)


__all__ = [
    "FINISHED",
    "REACHED",
    "Following",
    "Link",
    "Mechanism",
    "SameOrNot",
    "StepClaim",
    "follow",
    "reached",
    "stale_since",
]
