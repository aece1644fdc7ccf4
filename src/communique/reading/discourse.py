"""Discourse: whom a noun phrase stands for, as the document stands at that point.

The rules follow the order of the text: people named in the same sentence first, then the subject of the sentence
before, then whoever was named last; "both sides" are the parties to the engagement told last; a bare post points to its
holder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.callings import Callings
from communique.reading.common_nouns import CommonNouns
from communique.reading.country_groups import CountryGroups
from communique.reading.delegations import Delegations, companions
from communique.reading.grammar import is_own_subject, is_subject
from communique.reading.knowledge import Knowledge
from communique.reading.memory import Memory, Salient, people_in
from communique.reading.noun_phrases import NounPhrases
from communique.reading.parties import Party, country_party
from communique.reading.people import Candidate
from communique.reading.post_holders import PostHolders
from communique.reading.pronouns import Pronouns
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token

# After these a capital is a place, not the government that sits there.
_LOCATING = frozenset("in at from near to outside through into around".split())


class Discourse:
    """Finds whom words stand for; one for each document.

    Args:
        knowledge: The lexicon compiled for reading.
        words: The words of reference, read from the lexicon once for all documents.
        candidates: The people whom the document names.

    Attributes:
        words: The words of reference.
        memory: What has been mentioned so far.
    """

    def __init__(self, knowledge: Knowledge, words: ReferenceWords, candidates: Sequence[Candidate]) -> None:
        self.knowledge = knowledge
        self.words = words
        self.memory = Memory(candidates)
        self.phrases = NounPhrases(self.words, knowledge)
        self.pronouns = Pronouns(self.words, self.memory)
        self.callings = Callings(self.words, self.memory, self.pronouns, knowledge)
        self.holders = PostHolders(self.words, self.memory, self.phrases, self.callings)
        self.delegations = Delegations(self.words, self.memory, self.phrases, self.parties)
        self.nouns = CommonNouns(
            self.words,
            self.memory,
            self.phrases,
            holders=self.holders,
            countries=CountryGroups(self.memory, self.phrases, knowledge),
            delegations=self.delegations,
            callings=self.callings,
            find=self.parties,
        )

    # ---- following the text ------------------------------------------------------------------------------------------
    def open(self, lines: Sequence[Line]) -> None:
        """Looks through the document once before it is read."""
        self.memory.open(lines)

    def enter(self, line: Line) -> None:
        """Notes the mentions of a line after it was read."""
        assert line.doc is not None
        for i, mention in sorted(line.mention_of.items()):
            token = line.doc[i]
            party = self._mentioned(mention, line, token)
            if party is not None:
                self.memory.note(party, line, i, is_subject=is_subject(token))
        for token in line.tokens:
            if self._is_third(token) and is_own_subject(token):
                for party in self.pronouns.third(token, line):
                    self.memory.salient.append(Salient(line.index, token.i, True, party))
        named = people_in(line)
        if named and line.labelled.words[-1].text == ":":
            self.hear(named[-1].party)

    def hear(self, speaker: Party) -> None:
        """Notes who speaks: the "I" of the quotations that follow."""
        if speaker.referent.type == "person":
            self.memory.voice = speaker.referent

    def note_members(self, line: Line) -> None:
        """Adds members to a delegation mentioned before: "The delegation included X, Y and Z"."""
        self.delegations.note_members(line)

    # ---- parties of a noun phrase ------------------------------------------------------------------------------------
    def parties(self, tokens: Iterable[Token], line: Line) -> list[Party]:
        """The parties behind the heads of noun phrases; each at most once, in order."""
        out: dict[str, Party] = {}
        for token in tokens:
            for party in self._parties(token, line):
                out.setdefault(party.key, party)
        return list(out.values())

    def protagonist(self, anchor: tuple[int, int]) -> list[Party]:
        """Whom an agenda speaks of without a name, shown by the words at ``anchor``; empty when nobody stands out."""
        return self.memory.protagonist(anchor)

    def may_mean(self, pronoun: Token, party: Party) -> bool:
        """Whether nothing known of a person contradicts "he" or "she"."""
        return self.pronouns.agrees(party, feminine=pronoun.lower_ in self.words.she)

    def phrase(self, token: Token, line: Line) -> str:
        """The words of a noun phrase without determiners and relative clauses."""
        return self.phrases.text(token, line)

    def _parties(self, token: Token, line: Line) -> list[Party]:
        mention = line.mention_of.get(token.i)
        if mention is not None:
            party = self._mentioned(mention, line, token)
            return [party, *self._companions(token, line)] if party else []
        low = token.lower_
        if self._is_third(token):
            return self.pronouns.third(token, line)
        if low in self.words.they:
            return list(self.memory.last_parties)
        if low in self.words.first:
            return self.pronouns.first(token, line)
        if low in self.words.it:
            return self.memory.bodies[-1:]
        if low in ("who", "which", "that") and is_own_subject(token):
            return []
        return self.nouns.parties(token, line)

    def _is_third(self, token: Token) -> bool:
        return token.lower_ in self.words.he or token.lower_ in self.words.she

    def _mentioned(self, mention: Mention, line: Line, token: Token) -> Party | None:
        anchor = line.anchors[token.i]
        if mention.kind in ("person", "organization", "country") and mention.referents:
            return Party(mention.referents[0], anchor)
        if mention.kind == "post":
            return self.holders.holder(mention, line, token)
        if mention.kind == "place" and token.dep_ in ("nsubj", "nsubjpass", "conj", "pobj", "poss"):
            is_location = token.dep_ == "pobj" and token.head.lower_ in _LOCATING
            code = None if is_location else self.knowledge.capital_country(mention.name)
            return country_party(code, self.knowledge, anchor) if code else None
        return None

    def _companions(self, token: Token, line: Line) -> list[Party]:
        found = self.parties(companions(token, self.words.accompanied), line)
        return [p for p in found if p.referent.type != "country"]
