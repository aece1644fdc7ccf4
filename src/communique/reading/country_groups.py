"""Country groups: "the two countries", "his Chadian and Nigerian counterparts"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line
from communique.reading.grammar import prepositional
from communique.reading.knowledge import Knowledge
from communique.reading.memory import Memory
from communique.reading.noun_phrases import NounPhrases
from communique.reading.parties import Party, country_party

if TYPE_CHECKING:
    from communique.reading.tokens import Token


class CountryGroups:
    """Finds the countries that stand behind a noun phrase, as parties.

    Args:
        memory: What has been mentioned.
        phrases: Reads noun phrases.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, memory: Memory, phrases: NounPhrases, knowledge: Knowledge) -> None:
        self.memory = memory
        self.phrases = phrases
        self.knowledge = knowledge

    def told(self, anchor: tuple[int, int], number: int = 2) -> list[Party]:
        """The "two countries": those of the engagement told last, else of the report; empty if they are not as many.

        Args:
            anchor: Half-open offsets of the words that show them.
            number: How many they are.
        """
        last = (code for q in self.memory.last_parties for p in (q, *q.resolved()) for code in self._homes(p))
        codes = list(dict.fromkeys(last))
        if len(codes) != number:
            codes = list(dict.fromkeys(reversed(self.memory.countries)))
            codes = codes[:2] if number == 2 else codes
        return [country_party(code, self.knowledge, anchor) for code in codes] if len(codes) == number else []

    def _homes(self, party: Party) -> list[str]:
        """The country of a party, or for which a person holds a post."""
        candidate = self.memory.candidate(party)
        posts = candidate.posts if candidate is not None else ()
        homes = [party.referent.country, *(post.country for post in posts if post.standing != "former")]
        return [code for code in homes if code][:1]

    def counterparts(self, token: Token, line: Line) -> list[Party]:
        """One party a country for "his Chadian and Nigerian counterparts", "her counterparts from A and B"."""
        codes = self.phrases.adjective_countries(token)
        for owner in prepositional(token, "from", "of", "in"):
            mention = line.mention_of.get(owner.i)
            if mention and mention.country:
                codes.append((mention.country, owner))
        return [country_party(code, self.knowledge, line.anchors[t.i]) for code, t in codes]

    def adjectives(self, token: Token, line: Line) -> list[Party]:
        """One party a country for "Chadian and Nigerian officers"; none where there is only one country."""
        codes = self.phrases.adjective_countries(token)
        if len({code for code, _ in codes}) < 2:
            return []
        return [country_party(code, self.knowledge, line.anchors[t.i]) for code, t in codes]
