"""Whereabouts: places that grammar does not hang on a trigger, but that its sentence tells all the same.

"She flew to Kufra, WHERE she met the mayor"; "the ship put in at Sfax; her captain called on the governor".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from communique.reading.attachment import upwards
from communique.reading.grammar import is_verb
from communique.reading.sites import Site
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_AIMS = frozenset(("for", "on", "through", "across", "along"))
"""Leads after which a place is more often an aim or a subject than where people are."""
_ABOUT = frozenset("on about over regarding concerning".split())


def where_token(trigger: Trigger) -> Token | None:
    """The "where" of the clause that a trigger stands in; None when it stands in none."""
    for node in upwards(trigger.verb if trigger.verb is not None else trigger.token):
        if not is_verb(node):
            continue
        below = [child for child in node.children if child.lower_ == "where" and child.i < node.i]
        if below:
            return below[0]
        if node.dep_ not in ("conj", "xcomp", "ccomp", "advcl"):
            return None
    return None


def told_earlier(trigger: Trigger, sites: Sequence[Site]) -> Site | None:
    """The town that a sentence has told last before a trigger, whatever clause it stands in."""
    towns = [
        site
        for site in sites
        if site.place.latitude is not None and site.token < trigger.token.i and site.lead not in _AIMS
    ]
    return towns[-1] if towns else None


def is_subject_matter(token: Token, trigger: Trigger, discussing: Collection[str]) -> bool:
    """Whether a place stands in what was talked about: "discussed the state of the camps in Zawiya".

    Args:
        token: The preposition that leads to the place.
        trigger: The trigger.
        discussing: Forms of verbs whose object is a subject of conversation.
    """
    own = trigger.own
    node = token
    while node.head.i != node.i:
        above = node.head
        if above.i == trigger.token.i:
            return False
        if node.dep_ in ("dobj", "conj") and above.lower_ in discussing:
            return above.i not in own or trigger.kind != "visit"
        is_about = node.dep_ == "pobj" and above.lower_ in _ABOUT and above.i != token.i
        if is_about and (is_verb(above.head) or above.head.i == trigger.token.i):
            return True
        if is_verb(above):
            return False
        node = above
    return False
