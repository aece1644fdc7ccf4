"""Attachment: how closely a time or a place in a sentence belongs to a trigger."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from communique.reading.grammar import is_verb
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token

FAR = 9
"""Rank of what cannot belong to a trigger."""

# What it costs to cross a clause border on the way up from the trigger, and on the way down to the time or place.
# Set by hand: a clause shares the circumstances of the clause above it rather than those of one beside or below it.
_UP = {"xcomp": 0, "pcomp": 1, "advcl": 1, "conj": 1, "acl": 2, "relcl": 2, "ccomp": 2, "parataxis": 2, "appos": 1}
_DOWN = {"xcomp": 1, "pcomp": 1, "advcl": 2, "conj": 3, "acl": 3, "relcl": 4, "ccomp": 4, "parataxis": 3, "appos": 2}


def attachment(token: Token, trigger: Trigger, reporting: Collection[str]) -> int:
    """How many clause borders, weighted, lie between a trigger and a time or place.

    Args:
        token: The preposition or the first word of the time or place.
        trigger: The trigger.
        reporting: Forms of verbs that report ("said"): their time is that of the report, not of what is reported.

    Returns:
        0 for the same clause; at most FAR.
    """
    governor = _governor(token, trigger, reporting)
    own = trigger.own
    if governor.i in own:
        return 0
    if governor.dep_ in ("acl", "relcl") and governor.head.i in own:
        return 1  # "a visit that was to begin on Friday", "talks held in Paris"
    target = trigger.verb if trigger.verb is not None else trigger.token
    above = list(upwards(governor))
    places = {node.i: k for k, node in enumerate(above)}
    cost = 0
    for node in upwards(target):
        if node.i in places:
            if node.i == governor.i and node.i != target.i and node.lower_ in reporting:
                return FAR
            down = sum(_down(below, reporting) for below in above[: places[node.i]] if is_verb(below))
            return min(FAR, cost + down)
        if is_verb(node) or node.dep_ in ("appos", "acl", "relcl"):
            # A coordinated verb shares what stands before it: "On Monday he arrived and met the minister".
            is_shared = node.dep_ == "conj" and token.i < node.i
            cost += 0 if is_shared else _UP.get(node.dep_, 0)
    return FAR - 1


def upwards(token: Token) -> Iterator[Token]:
    """The token and all above it."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def _down(verb: Token, reporting: Collection[str]) -> int:
    """The cost of the border above a verb; none below a report that is put in after it ("…, officials said")."""
    is_put_in = verb.dep_ == "ccomp" and verb.i < verb.head.i and verb.head.lower_ in reporting
    return 0 if is_put_in else _DOWN.get(verb.dep_, 0)


def _governor(token: Token, trigger: Trigger, reporting: Collection[str]) -> Token:
    """The verb above, or the trigger's noun when the time or place hangs on it."""
    before = token.nbor(-1) if token.i else token
    if before.lower_ in reporting and is_verb(before):
        return before  # "said on Tuesday that …": parsers join the day to the clause after it
    for node in upwards(token):
        if node.i != token.i and (is_verb(node) or node.i == trigger.token.i):
            return node
    return node
