"""Callings: whom "the two admirals", "both ministers", "the Turkish guest", "the three" stand for.

A calling says what people are, where they come from and how many they are. It stands for the people last spoken of who
are that and as many; when nobody agrees, it stands for nobody. The parties to the engagement told last come first, then
the people named in the sentences before, one sentence after another, the nearest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Referent
from communique.reading.grammar import children, prepositional
from communique.reading.knowledge import Knowledge
from communique.reading.memory import Memory, people_in
from communique.reading.parties import Party
from communique.reading.pronouns import Pronouns, barred_keys
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.titles import Post
    from communique.reading.tokens import Token

REACH = 6
"""Sentences back in which people are looked for who are no party to the engagement told last."""

_PAIR, _FEW = 2, 6  # how many people a definite plural without a number stands for
_DEFINITE = frozenset(("the", "both", "these", "those", "all", "his", "her", "their"))
_LATTER = frozenset(("latter", "former", "last", "first", "other", "others", "next"))
_PLURAL = ("NNS", "NNPS")
_ANYONE = frozenset(("anyone",))
_WHOSE = ("of", "from", "for", "in", "between", "among", "to", "at")


@dataclass(frozen=True, slots=True)
class Calling:
    """What a noun phrase tells of the people for whom it stands.

    Attributes:
        noun: The head noun in the singular; empty for a mere number ("the three").
        number: How many they are; None when it does not say.
        countries: ISO codes of the countries that its adjectives name.
        fields: Words of the fields of their posts ("defence").
        closely: Whether only those count who are meant first ("the diplomat": an ambassador, no minister).
    """

    noun: str
    number: int | None
    countries: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    closely: bool = False


class Callings:
    """Finds the people for whom definite and numbered noun phrases stand.

    Args:
        words: The words of reference.
        memory: What has been mentioned.
        pronouns: Finds whom pronouns of persons stand for.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, words: ReferenceWords, memory: Memory, pronouns: Pronouns, knowledge: Knowledge) -> None:
        self.words = words
        self.memory = memory
        self.pronouns = pronouns
        self.knowledge = knowledge

    def may_call(self, token: Token, line: Line) -> bool:
        """Whether a word can be the head of a calling."""
        low = token.lower_
        if low in self.words.numbers:
            return _is_bare_number(token)
        if token.i and token.nbor(-1).text == "-":
            return False  # "the Under-Secretary-General" is no general
        after = line.mention_of.get(token.i + 1)
        if after is not None and after.kind == "person" and token.tag_ not in _PLURAL:
            return False  # "the Turkish guest X"
        noun = singular(low)
        return noun in self.words.callings and noun not in self.knowledge.equals

    def people(self, token: Token, line: Line) -> list[Party]:
        """The people for whom the noun phrase of a head stands; empty when they do not agree with it."""
        calling = self._calling(token, line) if self.may_call(token, line) else None
        if calling is None:
            return []
        found = self._called(calling, token, line)
        return [Party(party.referent, line.anchors[token.i]) for party in found]

    def _called(self, calling: Calling, token: Token, line: Line) -> list[Party]:
        """The people who agree with a calling that stands at a token of a line."""
        for people in self._circles(calling, token, line):
            fits = [p for p in people if self.agrees(p, calling, surely=True)]
            if not fits or not calling.noun:
                fits = [p for p in people if self.agrees(p, calling, surely=False)]
            if calling.number is None:
                if _PAIR <= len(fits) <= _FEW:
                    return fits
            elif len(fits) == calling.number:
                return fits
            elif len(fits) > calling.number:
                return []
        return []

    def _circles(self, calling: Calling, token: Token, line: Line) -> Iterator[list[Party]]:
        """Ever wider circles of people, those first who are likeliest meant."""
        barred = barred_keys(token, line)
        role = self.words.generic_people.get(calling.noun)
        last = _people(self.memory.last_parties)
        if role in ("visitor", "host"):
            these, those = self.memory.visitors, self.memory.hosts
            if role == "host":
                these, those = those, these
            yield [p for p in _people(these) if p.key not in barred]
            barred = barred | {p.key for p in _people(those)}
            if not calling.countries:
                yield [p for p in last if p.key not in barred]
                return
        near = {p.key: p for p in self._here(token, line) if p.key not in barred}
        if len(near) == calling.number:
            yield list(near.values())
        if len(last) > 1:
            yield [p for p in last if p.key not in barred]
        yield list(near.values())
        for number in sorted({s.line for s in self.memory.salient if s.line >= line.index - REACH}, reverse=True):
            for party in (s.party for s in self.memory.salient if s.line == number):
                if party.key not in barred:
                    near.setdefault(party.key, party)
            yield list(near.values())

    def _here(self, token: Token, line: Line) -> list[Party]:
        """The people of the sentence before a word, those meant by "he" and "she" too."""
        meant = [
            party
            for other in line.tokens[: token.i]
            if other.lower_ in self.words.he or other.lower_ in self.words.she
            for party in self.pronouns.third(other, line)
        ]
        return [*(s.party for s in people_in(line) if s.token < token.i), *meant]

    def of_countries(self, token: Token, countries: Iterable[str], line: Line) -> dict[str, Party]:
        """ISO code → the one person of the document who is what a noun says in a country, named before or after it.

        "The interior ministers of A and B": whoever holds such a post there is meant, wherever the report names him.
        """
        noun = singular(token.lower_)
        if noun not in self.words.callings:
            return {}
        before = (_spelling(t.lower_) for t in children(token, "amod", "compound", "nmod", "conj"))
        fields = frozenset(before) & frozenset(map(_spelling, self.knowledge.fields))
        anchor = line.anchors[token.i]
        everybody = [Party(Referent(c.id, c.name, "person"), anchor) for c in self.memory.candidates.values()]
        found: dict[str, Party] = {}
        for code in countries:
            calling = Calling(noun, None, (code,), fields)
            fits = [p for p in everybody if self.agrees(p, calling, surely=True)]
            if len(fits) == 1:
                found[code] = fits[0]
        return found

    # ---- what the noun phrase says -----------------------------------------------------------------------------------
    def _calling(self, token: Token, line: Line) -> Calling | None:
        """What a noun phrase says of people; None when it does not speak of people spoken of before."""
        low = token.lower_
        before = children(token, "det", "predet", "nummod", "amod", "compound", "nmod", "poss")
        lows = {t.lower_ for t in before}
        if low in self.words.numbers:
            is_definite = low == "both" or bool(lows & _DEFINITE)
            return Calling("", self.words.numbers[low]) if is_definite and not lows & _LATTER else None
        if not lows & _DEFINITE or lows & _LATTER or prepositional(token, *_WHOSE) or _is_part(token):
            return None
        if any(t.dep_ == "poss" and t.lower_ not in _DEFINITE for t in before):
            return None
        if any(t.dep_ == "nummod" and t.lower_ not in self.words.numbers for t in before):
            return None  # "the eight ministers": too many to be told apart
        number = next((self.words.numbers[t.lower_] for t in before if t.lower_ in self.words.numbers), None)
        if number is None and token.tag_ not in _PLURAL:
            number = 1
        countries, fields = list[str](), set[str]()
        for word in (t for t in before if t.dep_ in ("amod", "compound", "nmod")):
            mention = line.mention_of.get(word.i)
            code = mention.country if mention is not None else self.knowledge.demonym_country(word.text)
            if code:
                countries.append(code)
            elif word.lower_ in self.knowledge.fields:
                fields.add(_spelling(word.lower_))
            elif word.lower_ not in self.words.numbers and word.lower_ not in self.words.leading:
                return None  # "the young officers", "the Supreme Council leaders": what is not known cannot agree
        return Calling(singular(low), number, tuple(countries), frozenset(fields))

    # ---- whether somebody is what it says ----------------------------------------------------------------------------
    def agrees(self, party: Party, calling: Calling, *, surely: bool) -> bool:
        """Whether somebody is what a calling says: surely, or as far as the document tells."""
        candidate = self.memory.candidate(party)
        if candidate is None:
            return False
        posts = [post for post in candidate.posts if post.standing != "former"]
        home = {post.country for post in posts if post.country}
        if calling.countries and home.isdisjoint(calling.countries) and (surely or home):
            return False
        if not calling.noun:
            return True
        meant = self.words.closely if calling.closely else self.words.callings
        kinds = meant.get(calling.noun, _ANYONE)
        if "anyone" in kinds:
            return True
        if not posts:
            return not surely
        return any(_has(post, kinds, calling.fields, surely=surely) for post in posts)


def _has(post: Post, kinds: frozenset[str], fields: frozenset[str], *, surely: bool) -> bool:
    """Whether a post is one of those that a noun calls, in a field that agrees."""
    parts = post.title.lower().replace("-", " ").split()
    words = set(parts)
    pairs = {f"{one} {two}" for one, two in pairwise(parts)}
    if post.is_rank:
        return "rank" in kinds or bool(words & kinds)
    if post.head not in kinds and kinds.isdisjoint(words | pairs):
        return False
    told = {_spelling(word) for word in words}
    return fields <= told or (not surely and len(words) == 1)


def _people(parties: Iterable[Party]) -> list[Party]:
    return [p for q in parties for p in q.resolved() if p.referent.type == "person"]


def _is_part(token: Token) -> bool:
    """Whether only some are meant: "four of his officers"."""
    above = token.head
    return above.lower_ == "of" and above.head.tag_ in ("CD", "DT", "JJ", "JJR", "JJS")


def _is_bare_number(token: Token) -> bool:
    """Whether a number stands for people by itself: "the three were received", "signed by the two"."""
    of = prepositional(token, "of")
    is_part = token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") or any(t.lower_ != "them" for t in of)
    return not is_part and not children(token, "compound", "quantmod")


def _spelling(word: str) -> str:
    return "defence" if word == "defense" else word


def singular(low: str) -> str:
    """A noun in the singular, as far as nouns for people need it: "ministers", "secretaries", "statesmen"."""
    if low.endswith("men"):
        return f"{low[:-3]}man"
    if low.endswith("ies"):
        return f"{low[:-3]}y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low
