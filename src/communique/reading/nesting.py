"""Nesting: who is named inside the words for others, as the agency is in "a delegation of the agency".

Such words are two ways to say who came: of 611 such pairs that held-back readouts of annotated reports had named, both
had taken part in 28, mostly where the words list several ("members of the navy and of the coast guard").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from communique.reading.cast import Actor
from communique.reading.tellings import Narrative, Telling


def named_inside(narrative: Narrative, tellings: Sequence[Telling]) -> dict[str, frozenset[str]]:
    """Identity of a group → those whom the sentences of some tellings name inside its words, and nowhere else.

    Args:
        narrative: The document.
        tellings: The tellings.
    """
    inside: dict[str, set[str]] = {}
    alone: set[str] = set()
    for line in {telling.line.index: telling.line for telling in tellings}.values():
        actors = narrative.cast.actors.get(line.index, [])
        spans = [span for actor in actors if (span := _span(actor, line.anchors[actor.token.i]))]
        for actor in actors:
            start, end = line.anchors[actor.token.i]
            outer = {key for key, first, last in spans if first <= start and end <= last} - actor.keys
            if not outer:
                alone |= actor.keys
            for key in outer:
                inside.setdefault(key, set()).update(actor.keys)
    return {key: frozenset(named) for key, keys in inside.items() if (named := keys - alone)}


def _span(actor: Actor, anchor: tuple[int, int]) -> tuple[str, int, int] | None:
    """Identity of the group that an actor's words name, and their half-open offsets."""
    for party in actor.parties:
        start, end = party.anchor
        if party.referent.type == "group" and start <= anchor[0] and anchor[1] <= end:
            return party.key, start, end
    return None


def without_doubles(chances: Mapping[str, float], inside: Mapping[str, Collection[str]]) -> dict[str, float]:
    """The chances without those that are told by other words already: of a group and who is named in it, the likelier.

    Args:
        chances: Identity → probability of having taken part.
        inside: Identity of a group → those who are named inside its words.
    """
    kept = dict(chances)
    for group, named in inside.items():
        rivals = [key for key in named if key in kept]
        if group not in kept or not rivals:
            continue
        if kept[group] >= max(kept[key] for key in rivals):
            for key in rivals:
                del kept[key]
        else:
            del kept[group]
    return kept
