"""Noun triggers: nouns that name an engagement ("talks", "visit", "summit")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from communique.model.vocabulary import EngagementKind
from communique.reading.analysis import Line
from communique.reading.carried_parties import CarriedParties
from communique.reading.discourse import Discourse
from communique.reading.frames import Frames, NounFrame
from communique.reading.grammar import children, governing_verb, objects, prepositional
from communique.reading.knowledge import Knowledge
from communique.reading.parties import Party, country_party
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_DEFINITE = frozenset("the this that these those their his her its both".split())
_OF_PARTIES = ("meeting", "committee_session", "conference", "exercise", "signing", "ceremony")
_OF_VERB = ("nsubj", "nsubjpass", "dobj")
_TITLED = ("exercise", "conference")
_HYPHENS = re.compile(r"[-–/]")


class NounTriggers:
    """Reads nouns with their frames.

    Args:
        frames: The words that tell engagements.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, frames: Frames, knowledge: Knowledge) -> None:
        self.frames = frames
        self.knowledge = knowledge
        self.carried = CarriedParties(frames)

    def read(self, frame: NounFrame, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """The trigger that a noun is; None when it stands for something else."""
        before = token.nbor(-1).lower_ if token.i else ""
        if before in frame.unless or self._is_other(frame, token, line):
            return None
        outer = self._outer(token)
        verb = governing_verb(outer)
        if frame.under and (verb is None or verb.lower_ not in frame.under):
            return None
        trigger = Trigger(line, token, verb, self._kind(frame, token), weak=frame.weak, is_noun=True)
        trigger.definite = any(c.lower_ in _DEFINITE for c in children(token, "det", "poss", "predet"))
        if before in frame.courtesy:
            trigger.kind = "meeting"
            trigger.weak = False
        words = {c.lower_ for t in (token, outer) for c in t.children}
        trigger.again = bool(words & self.frames.again_words)
        around = words if verb is None else words | {c.lower_ for c in verb.children}
        if trigger.kind == "meeting" and self._is_remote(token, outer):
            trigger.kind = "call"
        trigger.separate = bool(around & self.frames.separate_words)
        self._fill(trigger, discourse)
        self.carried.fill(trigger, outer, discourse)
        if frame.kind == "visit":
            trigger.place_words = prepositional(token, "to", "in", "of")
            if verb is not None and verb.lower_ in self.frames.holds:
                trigger.place_words += prepositional(verb, "to")
        return trigger

    def _is_other(self, frame: NounFrame, token: Token, line: Line) -> bool:
        """Whether the noun names no engagement of its own: a modifier, "a round of talks", "a call for unity"."""
        if token.dep_ in ("compound", "amod", "nmod") and not self._is_titled(frame, token):
            return True
        if token.lower_ in ("call", "calls") and self._is_appeal(token, line):
            return True
        parts = prepositional(token, "of") if token.lower_ in self.frames.series else []
        return any(self.frames.is_noun(t, line) for t in parts)

    def _is_titled(self, frame: NounFrame, token: Token) -> bool:
        """Whether a noun stands before the name of its event, or the tagger took what follows it for one."""
        head = token.head
        is_name = head.tag_ in ("NNP", "NNPS") and head.i > token.i and not children(head, "case")
        return (is_name and frame.kind in _TITLED) or head.lower_ in self.frames.fixed_words

    def _is_appeal(self, token: Token, line: Line) -> bool:
        """Whether a call is made of words, not by telephone: "a call for unity", "her call on the parties to …"."""
        assert line.doc is not None
        near = {t.lower_ for t in line.tokens[max(0, token.i - 3) : token.i + 4]}
        if near & self.frames.call_words:
            return False
        return any(c.lower_ == "for" for c in children(token, "prep", "mark")) or any(
            a.lower_ == "to" for c in children(token, "acl", "relcl") for a in c.children
        )

    def _outer(self, token: Token) -> Token:
        """The outer noun of "a round of talks", "the first day of the conference"; else the token itself."""
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ in self.frames.series:
            return token.head.head
        return token

    def _kind(self, frame: NounFrame, token: Token) -> EngagementKind:
        modifiers = {c.lower_ for c in children(token, "compound", "amod", "nmod")}
        before = {token.doc[i].lower_ for i in range(max(0, token.i - 2), token.i)}
        if "signing" in modifiers:
            return "signing"
        if (modifiers | before) & self.frames.call_words and frame.kind in ("meeting", "call", "conference"):
            return "call"
        if modifiers & self.frames.committee_words and frame.kind == "meeting":
            return "committee_session"
        return frame.kind

    def _is_remote(self, token: Token, outer: Token) -> bool:
        """Whether a means of calling hangs on a noun or on its verb: "talks over the TELEPHONE", "held by video"."""
        heads = [token, outer]
        if outer.dep_ in _OF_VERB:
            heads.append(outer.head)
        means = (m for head in heads for m in prepositional(head, "by", "over", "via", "on"))
        return any(self.frames.call_words & {m.lower_, *(c.lower_ for c in m.children)} for m in means)

    def _fill(self, trigger: Trigger, discourse: Discourse) -> None:
        """Adds the parties that hang on the noun itself."""
        token, line = trigger.token, trigger.line
        trigger.one += discourse.parties(objects(token, "poss"), line)
        trigger.one += discourse.parties(prepositional(token, "by"), line)
        trigger.other += discourse.parties(prepositional(token, "with"), line)
        if trigger.kind in ("meeting", "call"):
            called_on = discourse.parties(prepositional(token, "on"), line)
            visited = [p for p in called_on if p.referent.type in ("person", "group")]
            if visited and trigger.kind == "call":
                trigger.kind = "meeting"
            trigger.other += [p for p in visited if p.referent.type == "person" or token.lower_ == "call"]
        trigger.several += discourse.parties(prepositional(token, "between", "among", "amongst"), line)
        if trigger.kind in _OF_PARTIES:
            trigger.several += discourse.parties(prepositional(token, "of"), line)
        if trigger.kind == "call":
            trigger.one += discourse.parties(prepositional(token, "from"), line)
            trigger.other += discourse.parties(prepositional(token, "to"), line)
        trigger.several += self._modifiers(token, line)

    def _modifiers(self, token: Token, line: Line) -> list[Party]:
        """The parties before the noun: "Libyan-Turkish talks", "US-Libya meeting", "NATO summit"."""
        out: list[Party] = []
        named: list[tuple[str, Token]] = []
        for child in children(token, "amod", "compound", "nmod"):
            for part in [child, *[t for t in child.subtree if t.i != child.i]] if child.i <= token.i else ():
                mention = line.mention_of.get(part.i)
                if mention is None:
                    codes = map(self.knowledge.demonym_country, _HYPHENS.split(part.text))
                    named += [(code, part) for code in codes if code]
                elif mention.referents and mention.kind in ("organization", "country"):
                    out.append(Party(mention.referents[0], line.anchors[part.i]))
        if len({code for code, _ in named}) >= 2:
            out += [country_party(code, self.knowledge, line.anchors[t.i]) for code, t in named]
        return out
