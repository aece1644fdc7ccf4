"""Telling or not: what speaks for and against a trigger telling an engagement.

As with participants, the names of features go into a logistic regression, and the numbers, with the regression's answer
among them, into a forest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.analysis import Line
from communique.reading.grammar import chain, is_verb, modality
from communique.reading.tellings import Narrative, Telling

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_FLAGS = ("is_noun", "definite", "weak", "is_complete", "named", "again")


def telling_features(telling: Telling) -> Iterator[str]:
    """The names of the features of a trigger: its word, the words around it, what carries it. Never a name."""
    trigger = telling.trigger
    word = trigger.token.lower_ if trigger.token.i not in trigger.line.mention_of else "(named)"
    shape = "noun" if trigger.is_noun else "verb"
    yield "bias"
    yield f"word={word}"
    yield f"kind={trigger.kind}|{shape}"
    yield f"dep={trigger.token.dep_}|{shape}"
    denied = ["denied"] if telling.found.standing.denied else []
    for flag in [flag for flag in _FLAGS[1:] if getattr(trigger, flag)] + denied:
        yield flag
        yield f"{flag}|{trigger.kind}"
        yield f"{flag}|{word}"
    verb = trigger.verb
    mode = modality(verb) if verb is not None else "verbless"
    yield f"mode={mode}|{shape}"
    yield f"mode={mode}|{trigger.kind}"
    if verb is not None:
        yield f"verb={verb.lower_}|{shape}"
        yield f"word={word}|{verb.lower_}"
        for link in list(chain(verb))[1:]:
            if is_verb(link):
                yield f"above={link.lower_}"
    yield from _neighbour_features(telling)


def _neighbour_features(telling: Telling) -> Iterator[str]:
    """The common words of the sentence, and what stands right beside the trigger."""
    line, at = telling.line, telling.trigger.token.i
    shown = [_shown(token, line) for token in line.tokens]
    for offset in (-2, -1, 1, 2):
        if 0 <= at + offset < len(shown):
            yield f"beside{offset:+}={shown[at + offset]}"
    for word in sorted({t.text for t in line.tokens if t.i not in line.mention_of and t.is_alpha and t.is_lower}):
        yield f"near={word}"


def _shown(token: Token, line: Line) -> str:
    """A word as the features show it: mentions by their kind, and no capitalized words, which may be names."""
    mention = line.mention_of.get(token.i)
    if mention is not None:
        return f"<{mention.kind}>"
    return "<capitalized>" if token.text[:1].isupper() else token.lower_


def telling_values(telling: Telling, number: int, narrative: Narrative, odds: float) -> list[float]:
    """The numbers that the forest is asked with.

    Args:
        telling: The telling; its ``chances`` are filled.
        number: Its position among the tellings.
        narrative: The document.
        odds: What the regression thinks of it.
    """
    trigger, standing, line = telling.trigger, telling.found.standing, telling.line
    chances = sorted(telling.chances.values(), reverse=True)
    members = narrative.cast.members
    people = [c for key, c in telling.chances.items() if members[key].party.referent.type == "person"]
    beside = [t for t in narrative.tellings if t.line is line and t is not telling]
    earlier = narrative.tellings[:number]
    record = telling.record
    return [
        ENGAGEMENT_KINDS.index(trigger.kind),
        *(float(getattr(trigger, flag)) for flag in _FLAGS),
        standing.denied,
        *(chances[k] if k < len(chances) else 0.0 for k in range(3)),
        sum(chances),
        sum(c > 0.5 for c in chances),
        max(people, default=0.0),
        len(telling.slots),
        line.index - narrative.first,
        len(beside),
        sum(t.trigger.kind == trigger.kind for t in beside),
        len(earlier),
        sum(t.trigger.kind == trigger.kind for t in earlier),
        line.index - earlier[-1].line.index if earlier else 99,
        record.is_ruled if record is not None else -1,
        len(record.triggers) if record is not None else 0,
        record.triggers[0] is trigger if record is not None else -1,
        ENGAGEMENT_STATUSES.index(standing.status),
        standing.background,
        telling.found.timed,
        trigger.token.i,
        len(line.tokens),
        len(narrative.cast.actors.get(line.index, ())),
        odds,
        narrative.opinion.of_telling(number),
    ]
