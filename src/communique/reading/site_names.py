"""Site names: the place that the name in a phrase stands for, and whether it is one at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.lexicon import Lexicon
from communique.model import Place
from communique.reading.analysis import Line, Mention
from communique.reading.frames import inflected
from communique.reading.knowledge import Knowledge
from communique.reading.words import Word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a phrase that may tell a place stands in its line, by words: "at | the naval base of | Port Said".

    Attributes:
        line: The line.
        lead: Index of the preposition or verb before it.
        start: Index of its first word after determiners.
        first: Index of the first word of the name.
        last: Index after the last word of the name.
        tail: Index after nouns that belong to the name ("Mactan shipyard").
    """

    line: Line
    lead: int
    start: int
    first: int
    last: int
    tail: int

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the line."""
        return self.line.labelled.words

    @property
    def name(self) -> str:
        """The name alone."""
        return spelled(self.words, self.first, self.last)

    @property
    def mention(self) -> Mention | None:
        """What the name finder made of the name."""
        return next((m for m in self.line.mentions if m.first <= self.first < m.last), None)

    @property
    def is_attribute(self) -> bool:
        """Whether the name only stands before another noun ("in Syria talks")."""
        following = self.words[self.last] if self.tail == self.last and self.last < len(self.words) else None
        return following is not None and following.is_word and is_noun(self.line, self.last)


class SiteNamer:
    """Says what place a phrase names.

    Args:
        lexicon: Where `places.toml` and the capitals come from.
        knowledge: Gazetteer and countries.
    """

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        table = lexicon.table("places")["sites"]
        self.visiting = inflected(table["visiting"])
        self.facilities = frozenset(table["facilities"])
        self.unplaced = frozenset(table["unplaced"])
        self._capitals: dict[str, list[str]] = lexicon.table("countries")["capitals"]

    def place(self, phrase: Phrase, near: str | None) -> Place | None:
        """The place; named by its words alone where the gazetteer does not have it; None if it seems to be none."""
        words, mention = phrase.words, phrase.mention
        if phrase.last < len(words) and words[phrase.last].low == "capital":
            return self._capital(phrase)
        if mention is not None and mention.kind == "country" and mention.country and phrase.tail == phrase.last:
            if phrase.is_attribute:
                return None
            name = self.knowledge.country_name(mention.country)
            return Place(text=phrase.name, name=name, country=mention.country)
        heads = [k for k in range(phrase.start, phrase.first) if words[k].low in self.facilities]
        whole = spelled(words, heads[0] if heads else phrase.first, phrase.tail)
        found = self._found(phrase.name, whole, near)
        if found is not None and not (mention and mention.kind == "organization" and found.latitude is None):
            is_adjective = phrase.is_attribute and not words[phrase.last].is_capitalized
            return None if is_adjective else replace(found, text=whole)
        return Place(text=whole, name=whole) if self._is_site(phrase, whole) else None

    def _found(self, name: str, whole: str, near: str | None) -> Place | None:
        gazetteer = self.knowledge.gazetteer
        spoken = name.title() if name.isupper() and len(name) > 4 else name
        found = gazetteer.find(spoken, near=near) or (gazetteer.find(whole, near=near) if whole != name else None)
        if found is None and " " in name and self.is_facility(name):
            found = gazetteer.find(name.split(" ", maxsplit=1)[0], near=near)
        if found is not None and (town := gazetteer.town_of(found)):
            return replace(found, name=town)
        return found

    def _capital(self, phrase: Phrase) -> Place | None:
        """The city behind "the Afghan capital"."""
        code = self.knowledge.gazetteer.demonym_country(phrase.name)
        names = self._capitals.get(code, []) if code else []
        found = self.knowledge.gazetteer.find(names[0], near=code) if names else None
        return replace(found, text=spelled(phrase.words, phrase.first, phrase.last + 1)) if found else None

    def _is_site(self, phrase: Phrase, whole: str) -> bool:
        """Whether a name that the gazetteer does not have is a place by the words around it."""
        mention, lead = phrase.mention, phrase.words[phrase.lead].low
        if self.is_facility(whole) or (mention is not None and mention.kind == "place"):
            return True
        if mention is not None:
            return mention.kind == "organization" and lead == "at"
        is_other = phrase.line.labelled.starting(phrase.first, "demonym", "organization") is not None
        return (
            not is_other
            and not phrase.name.isupper()
            and (lead in ("in", "near", "off", "at", "to") or lead in self.visiting)
        )

    def is_facility(self, text: str) -> bool:
        """Whether a name or description contains a noun for a building or a ground."""
        return any(word.strip(".,()") in self.facilities for word in text.lower().split())


def is_noun(line: Line, k: int) -> bool:
    """Whether word ``k`` of a line was parsed as a common noun."""
    assert line.doc is not None
    start = line.labelled.words[k].start
    nouns = (t for t in line.tokens if t.tag_ in ("NN", "NNS") and t.dep_ != "npadvmod")
    return any(line.anchors[t.i][0] == start for t in nouns)


def spelled(words: Sequence[Word], first: int, last: int) -> str:
    """The words from ``first`` to ``last`` with single spaces, possessive endings joined."""
    pieces = [("" if word.low in ("'s", "’s") else " ") + word.text for word in words[first:last]]
    return "".join(pieces).strip()
