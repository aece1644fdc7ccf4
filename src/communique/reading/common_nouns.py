"""Common nouns: whom "both sides", "the delegation", "Chadian officers", "the ministry" stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Referent
from communique.reading.callings import Calling, Callings
from communique.reading.country_groups import CountryGroups
from communique.reading.delegations import Delegations
from communique.reading.grammar import children, conjuncts, prepositional
from communique.reading.memory import Memory
from communique.reading.noun_phrases import NounPhrases, people_among, phrase_span, phrase_tokens
from communique.reading.parties import Party
from communique.reading.post_holders import PostHolders
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.parties import PartyFinder
    from communique.reading.tokens import Token

_DEFINITE = frozenset(("the", "both", "these", "this", "that", "all"))
_OTHERS = frozenset(("counterparts",))  # "her Chadian and Nigerian counterparts" are told as countries


class CommonNouns:
    """Finds the parties behind common nouns.

    Args:
        words: The words of reference.
        memory: What has been mentioned.
        phrases: Reads noun phrases.
        holders: Finds whom words for persons stand for.
        countries: Finds countries that a noun phrase stands for.
        delegations: Finds delegations and the members of groups.
        callings: Finds people by what they are and how many.
        find: Gives the parties behind the heads of noun phrases.
    """

    def __init__(  # noqa: PLR0913
        self,
        words: ReferenceWords,
        memory: Memory,
        phrases: NounPhrases,
        *,
        holders: PostHolders,
        countries: CountryGroups,
        delegations: Delegations,
        callings: Callings,
        find: PartyFinder,
    ) -> None:
        self.words = words
        self.memory = memory
        self.phrases = phrases
        self.holders = holders
        self.countries = countries
        self.delegations = delegations
        self.callings = callings
        self.find = find

    def parties(self, token: Token, line: Line) -> list[Party]:
        """The parties behind the common noun that heads a noun phrase; empty when it stands for none."""
        low = token.lower_
        if low == "staff" and _is_of_chiefs(token):
            return []
        if low == "counterparts" and (named := self.countries.counterparts(token, line)):
            return self._holders(token, named, line)
        if apposed := _apposed_people(token, line):
            return self.find(apposed, line)
        definite = low == "both" or bool(_determiners(token, line) & _DEFINITE)
        modifiers = [c for c in children(token, "amod", "compound", "nmod", "poss") if c.lower_ not in ("two", "both")]
        if called := self.callings.people(token, line):
            return called
        if definite and (nationals := self._nationals(token, line)):
            return nationals
        if definite and (known := self._told_before(token, line, modifiers)):
            return known
        if low in self.words.delegations or low == "delegations":
            return self.delegations.delegation(token, line, definite=definite)
        if definite and low in self.words.generic_people and (party := self.holders.generic(low, line, token)):
            return [party]
        if definite and low in self.words.bodies and not modifiers and (body := self._body(token, line)):
            return [Party(body.referent, line.anchors[token.i])]
        if low in self.words.groups:
            return self._group(token, line)
        if low in self.words.bodies and (modifiers or definite):
            return [self._unnamed(token, line)]
        return []

    def is_national(self, token: Token) -> bool:
        """Whether a word may stand for people of a country by itself: "the FRENCH", "the two LIBYANS"."""
        is_head = token.text[:1].isupper() and token.dep_ not in ("amod", "compound", "nmod")
        return is_head and bool(self.phrases.knowledge.demonym_country(token.text))

    def _nationals(self, token: Token, line: Line) -> list[Party]:
        """Whom "the Frenchman" and "the Libyans" stand for: who was named last of that country, or its delegation."""
        code = self.phrases.knowledge.demonym_country(token.text) if self.is_national(token) else None
        if code is None:
            return []
        anchor, calling = line.anchors[token.i], Calling("", None, (code,))
        if token.tag_ in ("NNS", "NNPS") and (known := self._delegation_of(code)):
            return [known]
        told = [
            p for q in self.memory.last_parties for p in q.resolved() if self.callings.agrees(p, calling, surely=True)
        ]
        if token.text.endswith("s") and len(told) > 1:
            return [Party(party.referent, anchor) for party in told]
        named = (salient.party for salient in reversed(self.memory.salient))
        one = next((p for p in (*told, *named) if self.callings.agrees(p, calling, surely=True)), None)
        return [Party(one.referent if one is not None else Referent(None, token.text, "group", code), anchor)]

    def _delegation_of(self, code: str) -> Party | None:
        return next((p for p in reversed(self.memory.delegations) if p.referent.country == code), None)

    def _body(self, token: Token, line: Line) -> Party | None:
        """The institution named last that a noun stands for; None when it speaks of another one.

        "The bloc" may be any, "the ministry" only what is called a ministry, or by letters that do not say what it is.
        """
        low, bodies = token.lower_, self.memory.bodies
        named = [b for b in bodies if low in b.referent.name.lower()]
        if owners := prepositional(token, "of", "for", "in"):  # "the ministry in Amman"
            own = [self.phrases.text(owner, line).lower() for owner in owners]
            named = [b for b in named if any(words in b.referent.name.lower() for words in own)]
        elif not named:
            named = [b for b in bodies if low in self.words.any_body or b.referent.name.isupper()]
        return named[-1] if named else None

    def _told_before(self, token: Token, line: Line, modifiers: list[Token]) -> list[Party]:
        """The parties or countries of the story, for "both sides", "the two ministers", "the two countries"."""
        low = token.lower_
        is_pair = low in self.words.pairs
        told = self.countries.told(line.anchors[token.i], self._number(token)) if is_pair else []
        if told and low != "sides":
            return told
        if low in self.words.both and self.memory.last_parties and all(m.lower_ == "sides" for m in modifiers):
            is_owned = bool(prepositional(token, "of", "from"))
            # The two sides may be many; three are three.
            is_other = self.words.numbers.get(low, 0) > max(2, len(self.memory.last_parties))
            if (not is_owned or low in ("sides", "parties")) and not is_other:
                return list(self.memory.last_parties)
        return told

    def _number(self, token: Token) -> int:
        """How many a noun phrase speaks of; two when it does not say, none when they are too many to be meant."""
        said = children(token, "nummod") or [t for t in children(token, "det", "predet") if t.lower_ == "both"]
        return self.words.numbers.get(said[0].lower_, 0) if said else 2

    def _group(self, token: Token, line: Line) -> list[Party]:
        """People without names: their countries where these are meant, else the group with its named members."""
        owners = prepositional(token, "of", "from")
        countries = self._owning_countries(token, line)
        if token.lower_ in self.words.forces and len(countries) > 1:
            return self._holders(token, self.find(countries, line), line)
        named = self.countries.adjectives(token, line)
        if named and ((held := self._holders(token, named, line)) != named or token.lower_ in _OTHERS):
            return held
        for owner in (*children(token, "poss"), *owners):
            if owner.lower_ in self.words.owning_pairs and (
                told := self.countries.told(line.anchors[token.i], self._number(owner))
            ):
                return self._holders(token, told, line)
        party = self._unnamed(token, line)
        party.members = self.delegations.members(token, line)
        return [party]

    def _owning_countries(self, token: Token, line: Line) -> list[Token]:
        """The countries whose people they are: "heads of the border services of A and B", "A's and B's ministers"."""
        owners = prepositional(token, "of", "from")
        inner = [t for t in owners if t.lower_ in self.words.forces]
        found = [m for t in children(token, "poss") for m in _possessors(t)]
        found += [t for owner in inner for t in self._owning_countries(owner, line)] + owners
        return [t for t in found if (m := line.mention_of.get(t.i)) and m.kind == "country"]

    def _holders(self, token: Token, countries: list[Party], line: Line) -> list[Party]:
        """The people whom the document names for what a noun says of countries; the countries of the others.

        Where it names few of them, all are told as countries.
        """
        codes = [p.referent.country or "" for p in countries]
        people = self.callings.of_countries(token, codes, line)
        if 2 * len(people) < len(codes):
            return countries
        return [people.get(code, party) for code, party in zip(codes, countries, strict=True)]

    def _unnamed(self, token: Token, line: Line) -> Party:
        referent = Referent(None, self.phrases.text(token, line), "group", self.phrases.country(token, line))
        return Party(referent, phrase_span(token, line))


def _is_of_chiefs(staff: Token) -> bool:
    """Whether "staff" is the rest of a title: "the chiefs of defence staff"."""
    above = staff.head.head if staff.dep_ == "pobj" and staff.head.lower_ == "of" else staff.head
    return above.lower_ in ("chief", "chiefs")


def _apposed_people(token: Token, line: Line) -> list[Token]:
    """The people named after a noun: "two ministers, X and Y", "the governors of A, B and C: X, Y and Z"."""
    members = [m for child in children(token, "appos") for m in conjuncts(child)]
    people = [m for m in members if (mention := line.mention_of.get(m.i)) and mention.kind == "person"]
    listed = _listed_people(token, line)
    return listed if len(listed) > len(people) else people


def _listed_people(token: Token, line: Line) -> list[Token]:
    """The list of people that stands right behind a plural noun and its "of" phrase; empty if it is none.

    Parsers join such a list to the last word before it.
    """
    if token.tag_ not in ("NNS", "NNPS"):
        return []
    last = phrase_tokens(token)[-1].i
    inside = people_among(line.tokens[token.i : last + 1], line)
    start = inside[0] - 1 if inside else last + 1
    if not token.i < start < len(line.tokens) or line.tokens[start].text not in (",", ":", "(", "–", "—"):
        return []
    found: list[Token] = []
    for other in line.tokens[start + 1 :]:
        mention = line.mention_of.get(other.i)
        if mention is not None and mention.kind == "person":
            found.append(other)
        elif other.lower_ not in (",", "and", "&", ";"):
            break
    return found if len(found) > 1 else []


def _possessors(token: Token) -> list[Token]:
    """The owners in "A's and B's ministers": the parser hangs the first on the second, or the second on the first."""
    return [*(c for c in token.children if c.dep_ in ("poss", "conj", "nmod")), token]


def _determiners(token: Token, line: Line) -> set[str]:
    """Determiners of a noun phrase, those inside a mention before the noun included ("the Chadian officers")."""
    own = {c.lower_ for c in children(token, "det", "poss", "nummod", "predet")}
    inner = (line.mention_of.get(c.i) for c in children(token, "compound", "amod", "nmod"))
    return own | {line.labelled.words[m.first].low for m in inner if m}
