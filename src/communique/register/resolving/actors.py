"""Which profiles are one actor.

First full names are clustered, best pairs first: two clusters become one unless a pair across them speaks plainly
against it. Then bare family names and given names join the one actor that fits. The result depends on the set of
profiles and judgements alone, never on their order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from communique.register.resolving.blocks import block_keys
from communique.register.resolving.decisions import MERGED, TOLD, UNCERTAIN, Decision, decide_pair, make_decision
from communique.register.resolving.institutions import compare_institutions, read_institution
from communique.register.resolving.judged import Clusters, PairJudgement, apply_judgements
from communique.register.resolving.name_parts import name_parts
from communique.register.resolving.names import compare_names
from communique.register.resolving.profiles import Profile

AGAINST = 0.2
"""A pair across two clusters that scores below keeps them apart, however well another pair agrees."""
RIVAL = 0.03
"""A rival that scores no further below than this leaves a full name undecided."""
ONLY_ONE = 1.5
"""Log-odds added for a bare name when no other actor comes near: it fits nobody else."""
MARGIN = 0.12
"""By how much the best actor for a bare name must score above the second best."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorResolution:
    """What became of a closed set of profiles.

    Attributes:
        clusters: Keys of the profiles of each actor, sorted.
        decisions: One for each pair that somebody might ask about, in the order of their keys.
    """

    clusters: tuple[tuple[str, ...], ...]
    decisions: tuple[Decision, ...]


def resolve_actors(profiles: Iterable[Profile], judgements: Iterable[PairJudgement] = ()) -> ActorResolution:
    """Decides which profiles are one actor.

    Args:
        profiles: A closed set: with each profile, all that share a block with it (see ``block_keys``), in any order.
        judgements: What people said of pairs; "same" and "different" win over every score.
    """
    by_key = {profile.key: profile for profile in profiles}
    clusters = Clusters(by_key)
    held = apply_judgements(clusters, judgements, _profile_of(by_key.values()))
    scored = {(d.left, d.right): d for d in (decide_pair(by_key[a], by_key[b]) for a, b in _candidates(by_key))}
    full = {pair: d for pair, d in scored.items() if not (is_bare(by_key[pair[0]]) or is_bare(by_key[pair[1]]))}
    _unite_authorities(clusters, by_key, full)
    _unite_full_names(clusters, full)
    joined = _join_bare_names(clusters, by_key, scored)
    decisions = {pair: d for pair, d in {**scored, **joined}.items() if d.score >= TOLD}
    for pair, judgement in held.items():
        decisions[pair] = _judged_decision(pair, judgement)
    settled = [_settle(decisions[pair], clusters, pair in held) for pair in sorted(decisions)]
    return ActorResolution(clusters=tuple(clusters.sets()), decisions=_ask_once(settled, clusters))


def bears_name(profile: Profile, name: str) -> bool:
    """Whether a profile's name is the given one, middle names and spelling aside."""
    if profile.type == "person":
        return compare_names(profile.name, name).relation == "same"
    return compare_institutions(read_institution(profile.name), read_institution(name)).relation == "same"


def is_bare(profile: Profile) -> bool:
    """Whether a profile gives nothing but a family name or a given name."""
    return profile.type == "person" and all(len(name_parts(name)) < 2 for name in profile.names)


def _profile_of(profiles: Iterable[Profile]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for profile in profiles:
        owners[profile.key] = profile.key
        owners |= dict.fromkeys(profile.judged, profile.key)
    return owners


def _candidates(by_key: Mapping[str, Profile]) -> Iterator[Pair]:
    """Pairs of one type that share a block, each once, in order."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(by_key):
        for block in block_keys(by_key[key]):
            blocks[block].append(key)
    yield from sorted({pair for keys in blocks.values() for pair in combinations(keys, 2)})


def _unite_authorities(clusters: Clusters, by_key: Mapping[str, Profile], scored: Mapping[Pair, Decision]) -> None:
    """Unites an authority's record with the profiles that bear one of its names, when no other record fits them.

    This goes first, because a record can know two names of a person that by themselves contradict each other.
    """
    records: dict[str, set[str]] = defaultdict(set)
    for decision in scored.values():
        for record, key in ((decision.left, decision.right), (decision.right, decision.left)):
            is_record = by_key[record].is_authority and not by_key[key].is_authority
            if decision.score < MERGED or not is_record:
                continue
            if any(bears_name(by_key[key], name) for name in by_key[record].names):
                records[key].add(record)
    for key in sorted(records):
        if len({by_key[record].wikidata_id or record for record in records[key]}) == 1:
            clusters.unite(key, min(records[key]))


def _unite_full_names(clusters: Clusters, scored: Mapping[Pair, Decision]) -> None:
    """Unites the clusters of agreeing pairs, best first.

    One plain contradiction across forbids it (an average over all pairs would dilute it), and so does a rival that fits
    as well and cannot be the same person: "John Pemberly" beside "John A." and "John B. Pemberly".
    """
    ranked = sorted((d for d in scored.values() if d.score >= MERGED), key=lambda d: (-d.score, d.left, d.right))
    agreeing: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for decision in ranked:
        agreeing[decision.left].append((decision.right, decision.score))
        agreeing[decision.right].append((decision.left, decision.score))

    def contradict(left: Iterable[str], right: Iterable[str]) -> bool:
        return any((d := scored.get((min(a, b), max(a, b)))) and d.score < AGAINST for a in left for b in right)

    def has_rival(key: str, other: str, score: float) -> bool:
        near = (rival for rival, likely in agreeing[key] if likely >= score - RIVAL and rival != other)
        return any(contradict((rival,), clusters.members(other)) for rival in near)

    for decision in ranked:
        left, right = clusters.members(decision.left), clusters.members(decision.right)
        if left is right or contradict(left, right):
            continue
        if not has_rival(decision.left, decision.right, decision.score) and not has_rival(
            decision.right, decision.left, decision.score
        ):
            clusters.unite(decision.left, decision.right)


def _join_bare_names(
    clusters: Clusters, by_key: Mapping[str, Profile], scored: Mapping[Pair, Decision]
) -> dict[Pair, Decision]:
    """Lets each bare name join the one actor that fits best; returns the decisions that were revised."""
    near: dict[str, list[Decision]] = defaultdict(list)
    for decision in scored.values():
        for key in (decision.left, decision.right):
            if is_bare(by_key[key]) and decision.score >= TOLD:
                near[key].append(decision)
    choices = [choice for key in sorted(near) if (choice := _choose(key, near[key], clusters, by_key))]
    for choice in sorted(choices, key=lambda d: (-d.score, d.left, d.right)):
        if choice.score >= MERGED:
            clusters.unite(choice.left, choice.right)
    return {(choice.left, choice.right): choice for choice in choices}


def _choose(key: str, near: Sequence[Decision], clusters: Clusters, by_key: Mapping[str, Profile]) -> Decision | None:
    """The best decision for a bare name, its score raised or lowered by how near the other actors come."""
    best: dict[str, Decision] = {}
    for decision in sorted(near, key=lambda d: (d.score, d.right, d.left)):
        other = decision.right if decision.left == key else decision.left
        if not is_bare(by_key[other]) or decision.score >= MERGED:
            best[clusters.find(other)] = decision
    ranked = sorted(best.values(), key=lambda d: (-d.score, d.left, d.right))
    if not ranked:
        return None
    first = ranked[0]
    if len(ranked) == 1:
        reason = f"{first.reason}; nobody else of that name comes near"
        odds = first.score / (1 - first.score) * math.exp(ONLY_ONE)
        return make_decision(first.left, first.right, odds / (1 + odds), reason)
    if first.score - ranked[1].score < MARGIN and first.score >= MERGED:
        score = (MERGED + UNCERTAIN) / 2
        return make_decision(first.left, first.right, score, f"{first.reason}; another actor fits nearly as well")
    return first


def _judged_decision(pair: Pair, judgement: PairJudgement) -> Decision:
    score = {"same": 1.0, "different": 0.0, "unsure": 0.5}[judgement.verdict]
    return make_decision(*pair, score, f"judged {judgement.verdict}")


def _settle(decision: Decision, clusters: Clusters, is_judged: bool) -> Decision:
    """Brings a verdict into line with the clusters: a pair can be merged through others, or kept apart by them."""
    together = clusters.find(decision.left) == clusters.find(decision.right)
    if together and decision.verdict != "merged":
        return replace(decision, verdict="merged", reason=f"{decision.reason}; both agree with others of this actor")
    if not together and decision.verdict == "merged":
        return replace(decision, verdict="uncertain", reason=f"{decision.reason}; others of these actors disagree")
    if decision.verdict == "uncertain" and not is_judged and not clusters.may_meet(decision.left, decision.right):
        return replace(decision, verdict="apart", reason=f"{decision.reason}; judged different")
    return decision


def _ask_once(decisions: Iterable[Decision], clusters: Clusters) -> tuple[Decision, ...]:
    """Leaves one question for two actors, the likeliest pair, not one for every two of their spellings."""
    asked: dict[Pair, Decision] = {}
    settled: list[Decision] = []
    for decision in sorted(decisions, key=lambda d: (-d.score, d.left, d.right)):
        if decision.verdict == "uncertain":
            a, b = sorted((clusters.find(decision.left), clusters.find(decision.right)))
            first = asked.setdefault((a, b), decision)
            if first is not decision:
                reason = f"{decision.reason}; a likelier pair of these two actors is asked about"
                settled.append(replace(decision, verdict="apart", reason=reason))
                continue
        settled.append(decision)
    return tuple(sorted(settled, key=lambda d: (d.left, d.right)))
