"""Delegations: groups with named members, who may be told together with the group or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Referent
from communique.reading.grammar import children, objects, prepositional, subjects
from communique.reading.memory import Memory
from communique.reading.noun_phrases import NounPhrases, phrase_span
from communique.reading.parties import Party
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.parties import PartyFinder
    from communique.reading.tokens import Token


class Delegations:
    """Finds delegations and their members.

    Args:
        words: The words of reference.
        memory: What has been mentioned.
        phrases: Reads noun phrases.
        find: Gives the parties behind the heads of noun phrases.
    """

    def __init__(self, words: ReferenceWords, memory: Memory, phrases: NounPhrases, find: PartyFinder) -> None:
        self.words = words
        self.memory = memory
        self.phrases = phrases
        self.find = find
        self._seen: dict[tuple[int, int], Party] = {}  # line and token → the delegation told there, one object for all

    def delegation(self, token: Token, line: Line, *, definite: bool) -> list[Party]:
        """The delegation of a noun phrase: one told before ("the delegation"), or a new one."""
        country = self.phrases.country(token, line)
        members = self.members(token, line)
        if definite and not members:
            for known in reversed(self.memory.delegations):
                if country is None or known.referent.country == country:
                    return [known]
            if country is None and token.lower_ in self.words.bodies_too and not self.memory.delegations:
                return self.memory.bodies[-1:]
        place = line.index, token.i
        if place not in self._seen:
            name = self.phrases.text(token, line) or token.text
            party = Party(Referent(None, name, "group", country), phrase_span(token, line), members)
            self._seen[place] = party
            self.memory.delegations.append(party)
        return [self._seen[place]]

    def members(self, token: Token, line: Line) -> list[Party]:
        """Named members: "led by X", "including Y and Z", "accompanied by"."""
        leads: list[Token] = []
        others: list[Token] = []
        for child in token.children:
            if child.dep_ in ("acl", "relcl") and self._leads_to_members(child):
                leads += prepositional(child, "by", "of")
                others += objects(child, "dobj")
                for inner in filter(self._leads_to_members, child.children):
                    others += prepositional(inner, "by", "of") + objects(inner, "dobj", "pobj")
            if child.dep_ == "prep" and child.lower_ in ("including", "with", "like", "comprising"):
                others += objects(child, "pobj")
            if child.dep_ == "prep" and child.lower_ == "of":
                named = [t for t in objects(child, "pobj") if (m := line.mention_of.get(t.i)) and m.kind == "person"]
                others += named if len(named) > 1 else []
        under = [t for t in line.tokens[token.i + 1 : token.i + 2] if t.lower_ == "under"]
        for child in under or [c for c in children(token, "prep") if c.lower_ == "under"]:
            leads += [t for o in objects(child, "pobj") for t in prepositional(o, "of") or [o]]
        found = [p for p in self.find([*leads, *others], line) if p.referent.type == "person"]
        for party in found[:1]:
            party.lead = bool(leads)
        return found

    def _leads_to_members(self, token: Token) -> bool:
        return token.lower_ in self.words.member_participles or token.lower_ in self.words.accompanied

    def note_members(self, line: Line) -> None:
        """Adds members to a delegation mentioned before: "The delegation included X, Y and Z"."""
        assert line.doc is not None
        for token in line.tokens:
            is_led = token.lower_ in self.words.leads
            if token.lower_ in self.words.member_verbs:
                heads = subjects(token)
                named = objects(token, "dobj") + prepositional(token, "of")
            elif is_led and any(head.lower_ in self.words.delegations for head in objects(token, "dobj")):
                heads, named = objects(token, "dobj"), subjects(token)  # "X heads the delegation"
            elif self._leads_to_members(token):
                heads = children(token, "nsubjpass") or (subjects(token.head) if token.dep_ == "advcl" else [])
                named = prepositional(token, "by")
            else:
                continue
            for head in heads:
                if named and head.lower_ in self.words.delegations:
                    is_new = any(child.lower_ in ("a", "an") for child in children(head, "det"))
                    for group in self.delegation(head, line, definite=not is_new):
                        self._add(group, self.find(named, line), is_led=is_led)

    def _add(self, group: Party, named: list[Party], *, is_led: bool) -> None:
        for party in named:
            if party.referent.type == "person" and all(party.key != m.key for m in group.members):
                party.lead = not group.members and is_led
                group.members.append(party)


def companions(token: Token, accompanied: frozenset[str]) -> list[Token]:
    """Heads of "X, accompanied by Y and Z", "X together with Y", hanging on X itself."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in ("acl", "relcl", "advcl") and child.lower_ in accompanied:
            found += prepositional(child, "by", "with")
        if child.dep_ == "prep" and child.lower_ in ("alongside", "including", "plus", "with"):
            found += objects(child, "pobj")
    return found
