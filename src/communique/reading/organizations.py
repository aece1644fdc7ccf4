"""Organizations of a document: their names, short forms and countries, joined over all mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from communique.model import Evidence, Organization
from communique.reading.analysis import Line, Mention, Referent
from communique.reading.knowledge import Knowledge, KnownOrganization
from communique.reading.labelled import DETERMINERS
from communique.reading.name_forms import fold
from communique.reading.words import Word

_LONGEST_NAME = 14  # words; "United Nations Multidimensional Integrated Stabilization Mission in the Central …" has 13
_LINKING = frozenset("of for the and in on to against de du des la le del di".split())


@dataclass(slots=True)
class Body:
    """An organization in the making.

    Attributes:
        forms: How often each written form occurs, without articles and bracketed short forms.
        spans: Offsets of the mentions.
        mentions: The mentions that stand for it.
        known: What the lexicon says about it.
        acronym: The short form that the document introduces.
        country: ISO code.
    """

    forms: Counter[str] = field(default_factory=Counter)
    spans: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    known: KnownOrganization | None = None
    acronym: str | None = None
    country: str | None = None

    @property
    def name(self) -> str:
        """The lexicon's name, else the fullest written form."""
        if self.known:
            return self.known.name
        return max(self.forms, key=lambda form: (not form.isupper(), len(fold(form)), self.forms[form]))

    @property
    def shown_name(self) -> str:
        """The name for those who read of it in roles, sides and statements.

        A listed organization that the document also calls by one word has that word beside its full name, unless its
        initials are that word: whoever looks for the document's own "UNSMIL" or "Frontex" finds it.
        """
        shorts = [form for form in self.forms if " " not in form]
        if self.known is None or not shorts:
            return self.name
        short = max(shorts, key=lambda form: (self.forms[form], form))
        words = self.name.replace("-", " ").split()
        initials = "".join(word[0] for word in words if word.lower() not in _LINKING)
        return self.name if short in (*words, initials) else f"{self.name} ({short})"


class OrganizationBuilder:
    """Joins the organization mentions of one document.

    Attributes:
        expansions: Short form → full name: the document's own introductions, then the lexicon's.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.expansions: dict[str, str] = {}
        self._bodies: dict[tuple[str, ...], Body] = {}
        self._spoken_of: frozenset[str | None] = frozenset()

    def join(self, lines: Sequence[Line], text: str) -> tuple[Organization, ...]:
        """Makes the organization records of a document and says of its mentions whom they stand for.

        Mentions of countries get their standard names. Newspapers, agencies and broadcasters get no record and stand
        for nobody; a bare "Ministry" or "Mission" gets no record either: whom it means is decided elsewhere.

        Args:
            lines: The document's sentences with their mentions.
            text: The document's text.
        """
        countries: Counter[str | None] = Counter(m.country for line in lines for m in line.mentions if m.country)
        for line in lines:
            for short, full in introductions(line, text):
                self.expansions.setdefault(short, full)
        introduced = dict(self.expansions)
        self._spoken_of = self._countries(lines, text)
        for line in lines:
            for mention in line.mentions:
                if mention.kind == "country" and mention.country:
                    name = self.knowledge.country_name(mention.country)
                    mention.referents = (Referent(None, name, "country", mention.country),)
                elif mention.kind == "organization":
                    self._place(line, mention, introduced, countries)
            self._place_labels(line, text, introduced, countries)
        shown = {body.name: body.shown_name for body in self._bodies.values()}
        for short, full in self.expansions.items():
            self.expansions[short] = shown.get(full, full)
        return self._records(text)

    def _countries(self, lines: Sequence[Line], text: str) -> frozenset[str | None]:
        """The countries of which a document speaks: by name, adjective, place or a body that is theirs alone.

        Empty where no form asks for them.
        """
        labels = [
            (label, line.labelled.text(label.first, label.last, text))
            for line in lines
            for label in line.labelled.labels
            if label.kind in ("country", "demonym", "organization")
        ]
        if not any(form in self.knowledge.at_home for _, form in labels):
            return frozenset()
        found = {m.country for line in lines for m in line.mentions}
        places = (m.name for line in lines for m in line.mentions if m.kind == "place")
        found.update(place.country for name in places if (place := self.knowledge.gazetteer.find(name)))
        for label, form in labels:
            if label.kind != "organization":
                found.add(label.value)
            elif form not in self.knowledge.at_home:
                found.add(label.value.country)
        return frozenset(found)

    # ---- assigning -------------------------------------------------------------------------------------------------
    def _place(self, line: Line, mention: Mention, introduced: dict[str, str], countries: Counter[str | None]) -> None:
        name, acronym = split_acronym(mention.name)
        words = line.labelled.words
        lows = [w.low for w in words[mention.name_first : mention.name_last] if w.is_word]
        if not lows or not self.knowledge.outlet_nouns.isdisjoint((lows[0], lows[-1])):
            mention.referents = ()
            return
        mention.referents = (Referent(None, name, "organization", mention.country),)
        if (len(lows) == 1 and lows[0] in self.knowledge.institution_nouns) or lows[
            -1
        ] in self.knowledge.agreement_nouns:
            return
        known = self._known(line, mention.name_first, mention.name_last, countries)
        if (
            known is None
            and name not in introduced
            and not self._is_institution(words[mention.name_first : mention.name_last])
        ):
            return
        if known and name.isupper():
            self.expansions.setdefault(name, known.name)
        body = self._body(introduced.get(name, name), known)
        body.forms[name] += 1
        body.spans.append((words[mention.name_first].start, words[mention.name_last - 1].end))
        body.mentions.append(mention)
        body.country = body.country or mention.country or self._owner(line, mention)
        if acronym or name in introduced:
            body.acronym = body.acronym or acronym or name

    def _is_institution(self, words: Sequence[Word]) -> bool:
        """Whether an unlisted name shows by a noun, or by its capitals, that it is an institution's."""
        if any(word.low in self.knowledge.institution_nouns for word in words):
            return True
        return len(words) > 1 or (words[0].text.isupper() and len(words[0].text) > 2)

    def _place_labels(self, line: Line, text: str, introduced: dict[str, str], countries: Counter[str | None]) -> None:
        """Counts listed organizations that stand inside titles ("AFRICOM commander General …")."""
        words = line.labelled.words
        covered = {i for m in line.mentions if m.kind == "organization" for i in range(m.first, m.last)}
        for label in line.labelled.labels:
            if label.kind != "organization" or covered.intersection(range(label.first, label.last)):
                continue
            form = line.labelled.text(label.first, label.last, text)
            known = self._choose(form, label.value, countries)
            if known is None:
                continue
            if form not in self.expansions and form.isupper():
                self.expansions[form] = known.name
            body = self._body(introduced.get(form, form), None if form in introduced else known)
            body.forms[form] += 1
            body.spans.append((words[label.first].start, words[label.last - 1].end))

    def _body(self, name: str, known: KnownOrganization | None) -> Body:
        """The body that a name or a listed organization belongs to; a new one when there is none yet."""
        key = fold(known.name if known else name)
        key = tuple(part for part in key if part not in _LINKING and part not in DETERMINERS)
        if key not in self._bodies and not known:
            longer = [k for k in self._bodies if len(k) == len(key) + 1 and k[1:] == key and self._is_owner(k[0])]
            key = longer[0] if len(longer) == 1 else key
        body = self._bodies.setdefault(key, Body())
        if known and body.known is None:
            body.known, body.country = known, body.country or known.country
        return body

    def _is_owner(self, part: str) -> bool:
        return self.knowledge.demonym_country(part.title()) is not None

    def _known(self, line: Line, first: int, last: int, countries: Counter[str | None]) -> KnownOrganization | None:
        """The listed organization whose form is exactly the mention (a bracketed short form aside)."""
        label = line.labelled.starting(first, "organization")
        words = line.labelled.words
        if label is None or not (label.last == last or words[label.last].text == "(" or words[label.last].low == "'s"):
            return None
        form = " ".join(word.text for word in words[first : label.last])
        return None if form in self.expansions and form.isupper() else self._choose(form, label.value, countries)

    def _choose(self, form: str, known: KnownOrganization, countries: Counter[str | None]) -> KnownOrganization | None:
        """Of several organizations with one short form, that of the country of which the document speaks most.

        None for a form that others bear too, where the document does not speak of the country.
        """
        if form in self.knowledge.at_home and known.country not in self._spoken_of:
            return None
        rivals = self.knowledge.acronyms.get(form, ())
        return max(rivals, key=lambda rival: countries[rival.country]) if len(rivals) > 1 else known

    def _owner(self, line: Line, mention: Mention) -> str | None:
        """The country whose name or adjective stands in or before the name: "the Italian Ministry", "… of Niger"."""
        labelled = line.labelled
        for label in (
            labelled.starting(mention.name_first, "country", "demonym"),
            labelled.ending(mention.name_last, "country"),
            labelled.ending(mention.first, "demonym"),
        ):
            if label:
                return str(label.value)
        if mention.first > 1 and labelled.words[mention.first - 1].low == "'s":
            return str(label.value) if (label := labelled.ending(mention.first - 1, "country")) else None
        return None

    # ---- records ---------------------------------------------------------------------------------------------------
    def _records(self, text: str) -> tuple[Organization, ...]:
        ordered = sorted(self._bodies.values(), key=lambda body: min(body.spans))
        records = []
        for number, body in enumerate(ordered, 1):
            name = body.name
            for mention in body.mentions:
                mention.country = mention.country or body.country
                mention.referents = (Referent(f"o{number}", body.shown_name, "organization", body.country),)
            forms = [form for form in body.forms if form != name]
            short = next((form for form in forms if form.isupper() and len(form) > 1 and " " not in form), None)
            records.append(
                Organization(
                    id=f"o{number}",
                    name=name,
                    acronym=body.acronym or short or (body.known.acronym if body.known and name.isupper() else None),
                    aliases=tuple(forms),
                    country=body.country,
                    evidence=tuple(Evidence.at(text, start, end) for start, end in sorted(body.spans)),
                )
            )
        return tuple(records)


def split_acronym(name: str) -> tuple[str, str | None]:
    """Parts "Libyan National Army (LNA)" into name and short form.

    >>> split_acronym("Libyan National Army (LNA)")
    ('Libyan National Army', 'LNA')
    """
    head, bracket, rest = name.partition(" (")
    return (head, rest.rstrip(") ")) if bracket and head else (name, None)


def introductions(line: Line, text: str) -> Iterator[tuple[str, str]]:
    """Short forms that a sentence introduces in brackets, with the full names before them.

    The full name is the shortest run of words before the bracket whose initials spell the short form (after Schwartz
    and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions", 2003), else the listed organization or
    the institution that ends there.
    """
    words = line.labelled.words
    for i in range(1, len(words) - 2):
        short = words[i + 1].text
        if words[i].text != "(" or words[i + 2].text != ")" or sum(c.isupper() for c in short) < 2:
            continue
        start = spelled_from(words, i, short)
        if start is None:
            label = line.labelled.ending(i, "organization")
            mention = next((m for m in line.mentions if m.kind == "organization" and m.first < i <= m.last), None)
            start = label.first if label else mention.name_first if mention else None
        if start is not None and start < i:
            yield short, line.labelled.text(start, i, text)


def spelled_from(words: Sequence[Word], end: int, short: str) -> int | None:
    """Index of the word from which initials up to word ``end`` spell a short form; None when none does."""
    letters = [c.lower() for c in short if c.isalnum()]
    for start in range(end - 1, max(-1, end - _LONGEST_NAME), -1):
        if words[start].low[0] != letters[0] or not words[start].is_capitalized:
            continue
        initials = [
            part[0]
            for word in words[start:end]
            if word.is_word
            for part in word.low.split("-")
            if part and part[0].isalnum()
        ]
        remaining = iter(initials)
        if len(initials) >= 2 and all(letter in remaining for letter in letters):
            return start
    return None
