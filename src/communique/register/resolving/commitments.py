"""Following commitments: one record for a promise that several documents tell, and what was heard of it since.

Two claims are one commitment when their contents share enough of their words (reduced by the thesaurus of mechanisms),
somebody who made it is the same, and their days lie close together; of one document's claims each is a commitment of
its own. What comes later and speaks of the same content, or is a step of its mechanism, is a follow-up.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.register.resolving.commitment_claims import CommitmentClaim, FollowedCommitment, FollowUp
from communique.register.resolving.mechanism_claims import Mechanism, SameOrNot
from communique.register.resolving.mechanism_words import Thesaurus, packaged_thesaurus

SAME_FROM = 0.6
"""Share of common words from which two contents are one; set by hand on the project's own stories."""
FOLLOWS_FROM = 0.5
"""The same for a later report of the same parties."""
CLOSE = dt.timedelta(days=10)
"""Days between two reports' dates of one commitment: a week's delay of the press and a misread weekday."""
_FIRMEST = ("signed", "agreed", "pledged", "announced", "called_for")


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A claim with the words of its content."""

    claim: CommitmentClaim
    words: frozenset[str]


def follow_commitments(
    claims: Iterable[CommitmentClaim],
    mechanisms: Sequence[Mechanism] = (),
    *,
    judgements: Iterable[SameOrNot] = (),
    copies: Mapping[str, str] | None = None,
    thesaurus: Thesaurus | None = None,
) -> tuple[FollowedCommitment, ...]:
    """Follows commitments through documents.

    Args:
        claims: Commitments of any number of documents, in any order.
        mechanisms: The mechanisms that were followed through the same documents.
        judgements: What people decided about pairs of claims.
        copies: Id of a document that copies another → id of the original.
        thesaurus: The words that mean the same; those of the packaged lexicon by default.

    Returns:
        The commitments in order of their days and ids.
    """
    words = thesaurus or packaged_thesaurus()
    weighed = [_Weighed(claim, words.words(claim.what)) for claim in sorted(claims, key=_in_time)]
    groups = _group(weighed, tuple(judgements))
    step_of = {step.claim.id: mechanism for mechanism in mechanisms for step in mechanism.history}
    of_party: defaultdict[str, list[_Weighed]] = defaultdict(list)
    for item in weighed:
        for party in item.claim.parties:
            of_party[party].append(item)
    found = [_commitment(group, of_party, step_of, copies or {}) for group in groups]
    return tuple(sorted(found, key=lambda c: (c.date or dt.date.max, c.id)))


def related(
    claims: Iterable[CommitmentClaim], others: Iterable[CommitmentClaim], thesaurus: Thesaurus | None = None
) -> set[str]:
    """Which of the other claims may be one with, or follow up, any of the claims: what is not among them has no say.

    Returns:
        Ids of those that share a party (or name none) and enough words.
    """
    words = thesaurus or packaged_thesaurus()
    near = [_Weighed(claim, words.words(claim.what)) for claim in claims]
    return {
        other.id
        for other in others
        if any(
            (one.claim.parties & other.parties or not (one.claim.parties and other.parties))
            and _likeness(one.words, words.words(other.what)) >= FOLLOWS_FROM
            for one in near
        )
    }


def stale_since(commitment: FollowedCommitment, as_at: dt.date, days: int) -> dt.date | None:
    """Since when nothing was heard of a commitment.

    Args:
        commitment: The commitment.
        as_at: The day from which one looks; later follow-ups do not count.
        days: Days of silence from which on it counts as stale.

    Returns:
        The day of the last report of it, when that lies at least so many days back; None otherwise, and when it is not
        dated or was made later.
    """
    if commitment.date is None or commitment.date > as_at:
        return None
    last = max([commitment.date, *(f.date for f in commitment.follow_ups if f.date <= as_at)])
    return last if (as_at - last).days >= days else None


# ---- which claims are one --------------------------------------------------------------------------------------------
def _in_time(claim: CommitmentClaim) -> tuple[dt.date, str]:
    return (claim.day or dt.date.max, claim.id)


def _group(weighed: Sequence[_Weighed], judgements: Sequence[SameOrNot]) -> list[list[_Weighed]]:
    """Groups of claims of one commitment: each claim, in order of time, joins the group that it is most like."""
    same, different = _judged(judgements)
    groups: list[list[_Weighed]] = []
    of_party: defaultdict[str, list[int]] = defaultdict(list)
    for item in weighed:
        owners = item.claim.parties | item.claim.countries
        near = sorted({number for owner in owners for number in of_party[owner]} | _judged_near(item, groups, same))
        fits = ((_fit(item, groups[number], same, different), -number) for number in near)
        best = max((fit for fit in fits if fit[0] >= SAME_FROM), default=None)
        if best is None:
            groups.append([item])
            number = len(groups) - 1
        else:
            number = -best[1]
            groups[number].append(item)
        for owner in owners:
            if number not in of_party[owner]:
                of_party[owner].append(number)
    return groups


def _judged(judgements: Sequence[SameOrNot]) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    same = {frozenset((j.left, j.right)) for j in judgements if j.is_same}
    different = {frozenset((j.left, j.right)) for j in judgements if not j.is_same}
    return same, different


def _judged_near(item: _Weighed, groups: Sequence[Sequence[_Weighed]], same: set[frozenset[str]]) -> set[int]:
    if not same:
        return set()
    return {n for n, group in enumerate(groups) if any(frozenset((item.claim.id, g.claim.id)) in same for g in group)}


def _fit(item: _Weighed, group: Sequence[_Weighed], same: set[frozenset[str]], different: set[frozenset[str]]) -> float:
    """How well a claim fits a group: 2 when somebody judged so, 0 when somebody judged not or it cannot be."""
    pairs = {frozenset((item.claim.id, other.claim.id)) for other in group}
    if pairs & different:
        return 0.0
    if pairs & same:
        return 2.0
    if any(item.claim.document == other.claim.document or not _may_be_one(item.claim, other.claim) for other in group):
        return 0.0
    return max(_likeness(item.words, other.words) for other in group)


def _may_be_one(a: CommitmentClaim, b: CommitmentClaim) -> bool:
    if (a.act == "called_for") != (b.act == "called_for"):
        return False
    if a.day is not None and b.day is not None and abs(a.day - b.day) > CLOSE:
        return False
    return bool(a.parties & b.parties) or not (a.parties and b.parties)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the common words in the shorter content, 0 to 1; contents of one word must be equal."""
    smaller = min(len(a), len(b))
    if smaller == 0 or (smaller == 1 and a != b):
        return 0.0
    return len(a & b) / smaller


# ---- one commitment --------------------------------------------------------------------------------------------------
def _commitment(
    group: Sequence[_Weighed],
    of_party: Mapping[str, Sequence[_Weighed]],
    step_of: Mapping[str, Mechanism],
    copies: Mapping[str, str],
) -> FollowedCommitment:
    claims = sorted((item.claim for item in group), key=lambda claim: claim.id)
    days = [claim.day for claim in claims if claim.day is not None]
    mechanism = next((step_of[s] for claim in claims for s in sorted(claim.steps) if s in step_of), None)
    fullest = min(group, key=lambda item: (-len(item.words), -len(item.claim.what), item.claim.id))
    return FollowedCommitment(
        id=claims[0].id,
        act=min((claim.act for claim in claims), key=_FIRMEST.index),
        what=fullest.claim.what,
        parties=frozenset().union(*(claim.parties for claim in claims)),
        date=min(days, default=None),
        claims=tuple(claim.id for claim in claims),
        documents=tuple(sorted({copies.get(claim.document, claim.document) for claim in claims})),
        mechanism=mechanism.id if mechanism is not None else None,
        follow_ups=tuple(sorted(_follow_ups(group, of_party, mechanism, copies), key=lambda f: (f.date, f.claim))),
    )


def _follow_ups(
    group: Sequence[_Weighed],
    of_party: Mapping[str, Sequence[_Weighed]],
    mechanism: Mechanism | None,
    copies: Mapping[str, str],
) -> Iterator[FollowUp]:
    """What was heard since: steps of the mechanism, and later commitments of the same parties about the same."""
    days = [item.claim.day for item in group if item.claim.day is not None]
    own = {item.claim.document for item in group}
    told = {step.claim.document for step in mechanism.history} if mechanism is not None else set()

    def is_news(document: str, day: dt.date | None) -> bool:
        return bool(days) and day is not None and day > min(days) and not {document, copies.get(document)} & own

    for step in mechanism.history if mechanism is not None else ():
        if step.date is not None and is_news(step.claim.document, step.date):
            reason = f"its mechanism is {step.status.replace('_', ' ')}"
            yield FollowUp(date=step.date, document=step.claim.document, claim=step.claim.id, reason=reason)
    known = {item.claim.id for item in group}
    parties = sorted({party for item in group for party in item.claim.parties})
    for item in (other for party in parties for other in of_party[party]):
        claim = item.claim
        if claim.id in known or claim.document in told:
            continue
        known.add(claim.id)
        is_about = any(_likeness(item.words, other.words) >= FOLLOWS_FROM for other in group)
        if claim.day is not None and is_about and is_news(claim.document, claim.day):
            reason = f"the same parties: {claim.what[:80]}"
            yield FollowUp(date=claim.day, document=claim.document, claim=claim.id, reason=reason)
