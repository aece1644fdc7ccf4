"""Verb triggers: verbs that are an engagement by themselves ("met", "received", "visited")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.frames import Frames, VerbFrame
from communique.reading.grammar import (
    agents,
    children,
    is_passive,
    is_subjectless,
    is_verb,
    patients,
    prepositional,
)
from communique.reading.knowledge import Knowledge
from communique.reading.parties import without
from communique.reading.triggers import Trigger, accompanying

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_PEOPLE = ("person", "group")
_NEAR, _IN_CLAUSE = 12, 25
"""Tokens around a verb in which a telephone, and a word such as "separately", belong to it."""


class VerbTriggers:
    """Reads verbs with their frames.

    Args:
        frames: The words that tell engagements.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, frames: Frames, knowledge: Knowledge) -> None:
        self.frames = frames
        self.knowledge = knowledge

    def read(self, frame: VerbFrame, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """The trigger that a verb is by one of its frames; None when the frame does not fit."""
        if not _has_particle(token, frame.particle):
            return None
        trigger = Trigger(line, token, token, frame.kind, weak=frame.weak)
        # "is expected in Tunis" tells of a visit by the one who is expected.
        doers = patients(token) if frame.presence and is_passive(token) else agents(token)
        doers = doers or ([] if is_passive(token) else _nearest_before(token, line))
        trigger.one = discourse.parties(doers, line)
        if not trigger.one and is_subjectless(token):
            trigger.one = discourse.protagonist(line.anchors[token.i])
        done_to = patients(token) or (_nearest_before(token, line) if is_passive(token) else [])
        if frame.object in ("event", "actor") and any(self.frames.is_noun(o, line) for o in done_to):
            return None  # "received a visit": the noun tells it
        if frame.to and is_passive(token) and not frame.presence:
            return None  # "headed by", "landed by": another verb
        if not self._fill_object(trigger, frame, done_to, discourse):
            return None
        self._fill_phrases(trigger, frame, discourse)
        if frame.lemma in self.frames.call_verbs and self._by_phone(token):
            trigger.kind = "call"
        trigger.is_complete = _is_complete(frame, trigger)
        return trigger

    def _fill_object(self, trigger: Trigger, frame: VerbFrame, done_to: list[Token], discourse: Discourse) -> bool:
        """Puts the object where the frame says; False when it is none that the frame can have."""
        if frame.object == "actor":
            trigger.other = discourse.parties(done_to, trigger.line)
            if frame.human:
                trigger.other = [p for p in trigger.other if p.referent.type in _PEOPLE]
        elif frame.object == "place":
            trigger.place_words = done_to
            visited = discourse.parties(done_to, trigger.line)
            trigger.other = [p for p in visited if p.referent.type in ("person", "organization")]
            return bool(trigger.one) or frame.weak or not is_passive(trigger.token)
        elif frame.object == "text":
            return self._signs(trigger, done_to, discourse)
        return True

    def _signs(self, trigger: Trigger, done_to: list[Token], discourse: Discourse) -> bool:
        """Adds the parties to a signed text; False when nothing says that a text was signed."""
        token, line = trigger.token, trigger.line
        texts = [o for o in done_to if o.lower_ in self.knowledge.agreement_nouns or o.i in line.mention_of]
        for text in texts:
            trigger.several += discourse.parties(prepositional(text, "between"), line)
            trigger.other += discourse.parties(prepositional(text, "with"), line)
        return bool(texts) or token.lower_.startswith(("sign", "ink", "initial"))

    def _fill_phrases(self, trigger: Trigger, frame: VerbFrame, discourse: Discourse) -> None:
        """Adds what phrases around the verb tell: the other side, who stands beside, the place."""
        token, line = trigger.token, trigger.line
        trigger.separate = any(
            t.lower_ in self.frames.separate_words for t in token.subtree if abs(t.i - token.i) < _IN_CLAUSE
        )
        beside = discourse.parties(accompanying(token, self.frames.beside), line)
        trigger.one += without(beside, trigger.one)
        trigger.other += without(discourse.parties(self._with(token, frame.with_), line), trigger.other)
        for preposition in ("between", "among"):
            trigger.several += discourse.parties(prepositional(token, preposition), line)
        trigger.place_words += prepositional(token, *frame.to)

    def _with(self, token: Token, prepositions: tuple[str, ...]) -> list[Token]:
        """Heads of the phrases that name the other side: "with X", "talks by phone with X", "alongside X"."""
        found = prepositional(token, *prepositions)
        if "with" in prepositions:
            for obj in children(token, "dobj"):
                found += prepositional(obj, "with") if obj.lower_ not in self.frames.nouns else []
            found += prepositional(token, "alongside")
            for means in children(token, "prep"):
                if means.lower_ in ("by", "over", "via", "on"):
                    found += [t for p in children(means, "pobj") for t in prepositional(p, "with")]
        return found

    def _by_phone(self, token: Token) -> bool:
        near = [t for c in token.children for t in c.subtree if abs(t.i - token.i) <= _NEAR]
        return any(t.lower_ in self.frames.call_words for t in near)


def _has_particle(token: Token, particle: str | None) -> bool:
    """Whether the verb has the particle that its frame asks for; "called on the parties to …" is an appeal."""
    if particle is None:
        return True
    is_appeal = particle == "on" and any(
        c.dep_ in ("xcomp", "ccomp", "advcl") and any(a.lower_ == "to" for a in c.children) for c in token.children
    )
    return not is_appeal and any(c.lower_ == particle for c in children(token, "prt", "prep", "advmod"))


def _is_complete(frame: VerbFrame, trigger: Trigger) -> bool:
    """Whether grammar gave the parties that the frame asks for."""
    if frame.object == "text":
        return bool(trigger.parties)
    if frame.kind == "visit":
        return _is_visit(frame, trigger)
    if frame.people and not all(p.referent.type in _PEOPLE for p in trigger.parties):
        return False
    if trigger.several or (trigger.other and (trigger.one or not frame.weak)):
        return True
    people = [p for q in trigger.one for p in q.resolved()]
    return frame.mutual and (len(people) >= 2 or (bool(trigger.one) and not frame.weak))


def _is_visit(frame: VerbFrame, trigger: Trigger) -> bool:
    """Whether somebody goes, or is, somewhere."""
    if frame.object == "place":
        return bool(trigger.one) and bool(trigger.place_words)
    if frame.presence and not _is_stay(trigger):
        return False
    places = (trigger.line.mention_of.get(t.i) for t in trigger.place_words)
    return any(p.referent.type in _PEOPLE or p.members for p in trigger.one) and any(
        m is not None and m.kind in ("place", "country") for m in places
    )


def _is_stay(trigger: Trigger) -> bool:
    """Whether "was in Paris" tells a stay: of a named person, and with no complement ("is based in")."""
    named = [p for p in trigger.one if p.referent.type == "person" or p.members]
    complements = [c for c in children(trigger.token, "attr", "acomp", "oprd") if c.lower_ != "due"]
    return bool(named) and not complements


def _nearest_before(verb: Token, line: Line) -> list[Token]:
    """The actor named just before a finite verb to which the parser gave no subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or verb.dep_ in ("acl", "xcomp", "advcl", "relcl"):
        return []
    for i in range(verb.i - 1, -1, -1):
        mention = line.mention_of.get(i)
        if mention and mention.kind in ("person", "organization", "country", "post"):
            return [verb.doc[i]]
        if is_verb(verb.doc[i]) and verb.doc[i].dep_ not in ("aux", "auxpass"):
            return []
    return []
