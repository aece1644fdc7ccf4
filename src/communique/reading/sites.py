"""Sites: the phrases of a sentence that say where something happens ("at the naval base in Bizerte")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.lexicon import Lexicon
from communique.model import Place
from communique.reading.analysis import Line
from communique.reading.knowledge import Knowledge
from communique.reading.site_names import Phrase, SiteNamer, is_noun, spelled

_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "both"])
_JOINERS = frozenset("of de del di du des da do la le el al the 's ’s".split())
_TIMES = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun""".split()
)
_ORDINALS = frozenset("first second third fourth last final next previous".split())
_INNER = frozenset(["in", "near", "at", "outside", "of", "on"])
_SETS_OFF = frozenset([":", "–", "—", "-", "."])
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_MOST_MODIFIERS = 5
_MOST_OF_NAME = 3  # words of a building's name before "of the"
_SHORTEST_TOWN = 4  # letters of a town without a preposition: three capitals are a country's code


@dataclass(frozen=True, slots=True)
class Site:
    """A phrase that tells a place.

    Attributes:
        lead: The word before it, lower-cased: a preposition, or a form of "visit".
        token: Index in the parsed sentence of the lead word.
        place: The place; without coordinates when the gazetteer does not know it.
        is_wide: Whether it is a country or a part of one.
        is_named: Whether the phrase has a name ("the Élysée Palace"), not only a description ("the palace").
        last: Index after its last word.
    """

    lead: str
    token: int
    place: Place
    is_wide: bool
    is_named: bool
    last: int


class SiteFinder:
    """Finds sites in lines by the words that lead to them, whatever the name finder made of the names.

    Args:
        lexicon: Where `places.toml` comes from.
        knowledge: Gazetteer and word lists.
    """

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        table = lexicon.table("places")["sites"]
        self.leads = frozenset(table["leads"])
        self.abstract = frozenset(table["abstract"])
        self.namer = SiteNamer(lexicon, knowledge)

    def find(self, line: Line, near: str | None) -> list[Site]:
        """The sites of a parsed line, left to right.

        Args:
            line: The line.
            near: Country to prefer among homonyms.
        """
        words = line.labelled.words
        tokens = {line.anchors[t.i][0]: t.i for t in line.tokens if t.i not in line.mention_of}
        sites: list[Site] = []
        floor = 0
        for i, word in enumerate(words[:-1]):
            if i < floor or word.start not in tokens or not (word.low in self.leads or word.low in self.namer.visiting):
                continue
            site = self._phrase(line, i, near, tokens)
            if site is not None:
                site = self._nested(line, site, near, tokens)
                sites.append(site)
                floor = site.last
        return sites or self._set_apart(line, near)

    def _set_apart(self, line: Line, near: str | None) -> list[Site]:
        """The towns that stand between marks in a line without a verb: "Tue 3 Dec: Medenine.", "Summit, Abuja"."""
        if any(token.tag_ in _FINITE for token in line.tokens):
            return []
        words = line.labelled.words
        tokens = {line.anchors[t.i][0]: t.i for t in line.tokens}
        sites: list[Site] = []
        for first, word in enumerate(words):
            begins = first == 0 or not words[first - 1].is_word or words[first - 1].text.isdecimal()
            if not (begins and word.is_capitalized) or word.start not in tokens:
                continue
            last = self._run_end(line, first)
            name = spelled(words, first, last)
            if len(name) < _SHORTEST_TOWN or (last < len(words) and words[last].is_word):
                continue
            found = self.knowledge.gazetteer.find(name.title() if name.isupper() else name, near=near)
            if found is not None and found.latitude is not None:
                sites.append(Site("", tokens[word.start], replace(found, text=name), False, True, last))
        return sites

    def leading(self, line: Line, near: str | None) -> Place | None:
        """The place that a line begins with, set off by a colon, a dash or a stop: "Nuuk. Meets …", "Tirana: …"."""
        words = line.labelled.words
        for last in (3, 2, 1):
            is_set_off = last < len(words) and words[last].text in _SETS_OFF
            if is_set_off and all(w.is_capitalized for w in words[:last]):
                text = " ".join(w.text for w in words[:last])
                found = self.knowledge.gazetteer.find(text.title() if text.isupper() else text, near=near)
                if found is not None and found.latitude is not None:
                    return replace(found, text=text)
        return None

    def ending(self, line: Line, offset: int, near: str | None) -> Place | None:
        """The town whose name ends right before an offset, a comma aside: "from Kufra, (where)"."""
        words = line.labelled.words
        last = next((k for k, word in enumerate(words) if word.start >= offset), len(words))
        while last and words[last - 1].text == ",":
            last -= 1
        for first in range(max(0, last - 4), last):
            if all(word.is_capitalized for word in words[first:last]):
                text = spelled(words, first, last)
                found = self.knowledge.gazetteer.find(text, near=near)
                if found is not None and found.latitude is not None:
                    return replace(found, text=text)
        return None

    def _phrase(self, line: Line, i: int, near: str | None, tokens: dict[int, int]) -> Site | None:
        words = line.labelled.words
        start = i + 1
        while start < len(words) and words[start].low in _DETERMINERS:
            start += 1
        first = self._skip_modifiers(line, start, tokens)
        if first is None:
            return None
        first = self._past_adjective(line, first, tokens)
        if first == len(words) or not words[first].is_capitalized:
            return self._described(line, i, start, first, tokens)
        last = self._run_end(line, first)
        if last == first:
            return None
        tail = last
        while tail < len(words) and words[tail].low in self.namer.facilities and tail - last < 2:
            tail += 1
        place = self.namer.place(Phrase(line, i, start, first, last, tail), near)
        if place is None:
            return None
        is_wide = place.latitude is None and place.country is not None and not self.namer.is_facility(place.text)
        return Site(words[i].low, tokens[words[i].start], place, is_wide, True, tail)

    def _past_adjective(self, line: Line, first: int, tokens: dict[int, int]) -> int:
        """Where the name begins behind a country's adjective: "the Libyan cities of Misrata and Zintan"."""
        words = line.labelled.words
        if first == len(words) or line.labelled.starting(first, "demonym") is None:
            return first
        inner = self._skip_modifiers(line, first + 1, tokens)
        if inner is None or not first + 1 < inner < len(words) or not words[inner].is_capitalized:
            return first
        return inner if words[inner - 1].low == "of" or words[inner - 1].low in self.namer.facilities else first

    def _skip_modifiers(self, line: Line, start: int, tokens: dict[int, int]) -> int | None:
        """The index of the first capitalized word of a phrase, over "port city of"; None if there is none."""
        words = line.labelled.words
        assert line.doc is not None
        k = start
        while k < len(words) and not words[k].is_capitalized:
            token = tokens.get(words[k].start)
            word = words[k]
            is_nominal = token is not None and line.doc[token].tag_[:2] in ("JJ", "NN", "VB", "DT") and word.is_word
            if word.low in self.abstract:
                return None
            if not (is_nominal or (word.low == "of" and k > start)) or k - start >= _MOST_MODIFIERS:
                return k if k > start else None
            k += 1
        return k

    def _described(self, line: Line, i: int, start: int, stop: int, tokens: dict[int, int]) -> Site | None:
        """A site without a name of its own: "the presidential palace", "the ministry's headquarters"."""
        words = line.labelled.words
        ends = [k for k in range(start, min(stop, len(words))) if words[k].low in self.namer.facilities]
        if not ends or ends[-1] == start:
            return None
        if words[ends[-1]].low == "quarter" and words[ends[-1] - 1].low in _ORDINALS:
            return None  # "in the first quarter"
        text = " ".join(w.text for w in words[start : ends[-1] + 1])
        return Site(words[i].low, tokens[words[i].start], Place(text=text, name=text), False, False, ends[-1] + 1)

    def _run_end(self, line: Line, first: int) -> int:
        """The end of the run of capitalized words and joiners that begins at ``first``."""
        words = line.labelled.words
        blocked = {k for m in line.mentions if m.kind in ("person", "post") for k in range(m.first, m.last)}
        last = first
        while last < len(words) and last not in blocked:
            word = words[last]
            goes_on = last + 1 < len(words) and words[last + 1].is_capitalized and last + 1 not in blocked
            if last > first and self._names_body(line, first, last, blocked):
                last += 2
                continue
            is_name = word.is_capitalized and word.is_word and word.low not in _TIMES
            if not (is_name or (goes_on and last > first and word.low in _JOINERS)):
                break
            last += 1
        return last

    def _names_body(self, line: Line, first: int, at: int, blocked: set[int]) -> bool:
        """Whether "of the" at word ``at`` leads on to whose building it is: "the Headquarters of the Ministry"."""
        words = line.labelled.words
        if at + 2 >= len(words) or words[at].low != "of" or words[at + 1].low != "the" or at + 2 in blocked:
            return False
        return (
            words[at + 2].is_capitalized and words[at - 1].low in self.namer.facilities and at - first < _MOST_OF_NAME
        )

    def _nested(self, line: Line, site: Site, near: str | None, tokens: dict[int, int]) -> Site:
        """Joins a building with the town after it, a town with its country: "the X Centre in Y", "Y, Z"."""
        words = line.labelled.words
        if site.last + 1 >= len(words):
            return site
        after = words[site.last]
        if after.text in (",", "("):
            return self._with_wider(line, site, near)
        if after.low not in _INNER or after.start not in tokens or site.place.latitude is not None:
            return site
        inner = self._phrase(line, site.last, near, tokens)
        if inner is None or not inner.is_named:
            return site
        inner = self._nested(line, inner, near, tokens)
        if site.is_wide:
            return replace(inner, lead=site.lead, token=site.token) if after.low in ("in", "at") else site
        place = replace(inner.place, text=site.place.text)
        return replace(site, place=place, is_named=True, is_wide=False, last=inner.last)

    def _with_wider(self, line: Line, site: Site, near: str | None) -> Site:
        """A site with the town, the region or the country that follows it after a comma."""
        words = line.labelled.words
        last = self._run_end(line, site.last + 1)
        name = spelled(words, site.last + 1, last)
        wider = self.knowledge.gazetteer.find(name, near=near) if name else None
        is_noun_next = last < len(words) and words[last].is_word and is_noun(line, last)
        if wider is None or (is_noun_next and words[last].low not in self.namer.facilities):
            return site
        if site.place.latitude is None:
            return site if site.is_wide else replace(site, place=replace(wider, text=site.place.text), last=last)
        found = self.knowledge.gazetteer.find(f"{site.place.name}, {name}", near=wider.country)
        if found is None or found.name != site.place.name:
            return replace(site, last=last)
        return replace(site, place=replace(found, text=site.place.text), last=last)
