"""Carried parties: who stands around the verb that carries an engagement's noun ("X held talks with Y")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.discourse import Discourse
from communique.reading.frames import Frames
from communique.reading.grammar import (
    agents,
    children,
    is_passive,
    is_subject,
    is_subjectless,
    is_verb,
    objects,
    patients,
    prepositional,
    subjects,
)
from communique.reading.parties import without
from communique.reading.triggers import Trigger, accompanying

if TYPE_CHECKING:
    from communique.reading.tokens import Token


class CarriedParties:
    """Fills the sides of noun triggers from the verb above the noun and the clauses below it.

    Args:
        frames: The words that tell engagements.
    """

    def __init__(self, frames: Frames) -> None:
        self.frames = frames

    def fill(self, trigger: Trigger, outer: Token, discourse: Discourse) -> None:
        """Adds the parties of the verb above and of the clauses below.

        Args:
            trigger: The noun.
            outer: The noun, or the noun of which it is a part ("a round of talks").
            discourse: What has been mentioned.
        """
        if trigger.verb is not None:
            self._above(trigger, outer, trigger.verb, discourse)
        below = [*trigger.token.children, *(outer.children if outer.i != trigger.token.i else ())]
        for child in below:
            if child.dep_ in ("acl", "relcl") and is_verb(child):
                self._below(trigger, child, discourse)

    def _above(self, trigger: Trigger, outer: Token, verb: Token, discourse: Discourse) -> None:
        line = trigger.line
        if outer.dep_ == "pobj" and outer.head.lower_ in self.frames.meanwhile:
            # What the verb tells is another thing: "during his visit, X met with Y".
            trigger.one += discourse.parties(self._speakers(verb), line)
            if not children(trigger.token, "det", "poss", "compound", "amod"):
                trigger.one += discourse.parties(agents(verb), line)  # "announced it after meeting in Tunis"
            return
        for child in children(verb, "advcl", "acl", "conj", "dep"):
            if child.lower_ in self.frames.attending and child.tag_ == "VBN":
                trigger.one += discourse.parties(prepositional(child, "by", "of"), line)
        for noun in (n for p in children(verb, "prep") if p.lower_ == "in" for n in children(p, "pobj")):
            if noun.lower_ in ("presence", "attendance", "participation"):
                trigger.several += discourse.parties(prepositional(noun, "of"), line)
        if is_subject(outer):
            self._happens(trigger, verb, discourse)
        elif verb.lower_ in self.frames.holds:
            self._held(trigger, verb, discourse)

    def _happens(self, trigger: Trigger, verb: Token, discourse: Discourse) -> None:
        """The noun is the subject: "talks took place between X and Y", "the meeting brought together X and Y"."""
        line, low = trigger.line, verb.lower_
        if low in self.frames.gathers and not is_passive(verb):
            trigger.several += discourse.parties(patients(verb), line)
        if low in self.frames.happens or is_passive(verb):
            trigger.several += discourse.parties(prepositional(verb, "between", "among"), line)
            trigger.other += discourse.parties(prepositional(verb, "with"), line)
            if is_passive(verb):
                trigger.one += discourse.parties(agents(verb), line)

    def _held(self, trigger: Trigger, verb: Token, discourse: Discourse) -> None:
        """Its subject takes part: "X held talks with Y", "X paid a courtesy call on Y", "X received a call from Y"."""
        line = trigger.line
        trigger.other += discourse.parties(prepositional(verb, "with"), line)
        if trigger.kind == "meeting":
            called_on = discourse.parties(prepositional(verb, "on"), line)
            trigger.other += [p for p in called_on if p.referent.type in ("person", "group")]
            trigger.other += discourse.parties(children(verb, "dative"), line)
        trigger.several += discourse.parties(prepositional(verb, "between", "among"), line)
        takers = discourse.parties(agents(verb), line)
        if trigger.kind == "call" and verb.lower_ in self.frames.takes:
            trigger.other += takers
            return
        if not takers and is_subjectless(verb):
            takers = discourse.protagonist(line.anchors[verb.i])
        takers += discourse.parties(accompanying(verb, self.frames.beside), line)
        trigger.one += without(takers, trigger.parties)

    def _speakers(self, verb: Token) -> list[Token]:
        """Who said it: "his remarks were made during a meeting with X", "the statement came in talks with X"."""
        said = [s for s in children(verb, "nsubj", "nsubjpass") if s.lower_ in self.frames.sayings]
        return [owner for subject in said for owner in objects(subject, "poss")]

    def _below(self, trigger: Trigger, verb: Token, discourse: Discourse) -> None:
        """A clause below the noun tells them: "a meeting attended by X", "talks held between X and Y"."""
        line, low = trigger.line, verb.lower_
        if low in self.frames.grants:
            trigger.other += discourse.parties(prepositional(verb, "to"), line)
        if is_passive(verb) or verb.tag_ == "VBN":
            trigger.one += discourse.parties(prepositional(verb, "by"), line)
            trigger.several += discourse.parties(prepositional(verb, "between", "among"), line)
            trigger.other += discourse.parties(prepositional(verb, "with"), line)
        elif low in self.frames.gathers:
            trigger.several += discourse.parties(patients(verb), line)
        elif verb.dep_ == "relcl" and low in self.frames.holds:
            owner = [t for t in subjects(verb) if t.i != trigger.token.i]
            trigger.one += discourse.parties(owner, line)
            trigger.other += discourse.parties(prepositional(verb, "with"), line)
