"""Titles rightwards: what stands after a post's head noun."""

from __future__ import annotations

from communique.model.vocabulary import RoleStanding
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.phrases import Label
from communique.reading.title_left import PORTFOLIO
from communique.reading.title_phrase import AREAS, STAFFS, UNIT_NUMBER, PhraseScanner

_RESIDENT = frozenset(
    """ambassador envoy adviser advisor representative delegate counsellor counselor commissioner attaché attache
    liaison secretary minister consul officer coordinator chief assistant aide rapporteur head""".split()
)
_WHOLE = frozenset(
    "chief staff staffs".split()
)  # "Chief of Defence Forces" is one title; "Commander of the Navy" is not
_SERVING = frozenset(
    "envoy representative adviser advisor assistant aide counsellor counselor counsel spokesperson".split()
)
_SENT = frozenset("envoy representative rapporteur coordinator secretary adviser advisor".split())
_GOVERNING = frozenset("minister ministers undersecretary undersecretaries".split())
"""They answer for something: "undersecretary for defence industries" names no body, but for those that employ them."""
_LIVING = frozenset("resident non-resident residing based accredited".split())
_TITLES = ("rank", "honorific", "head", "heads", "abbreviation", "modifier", "standing", "country")
_WITH_FIELD = frozenset("Secretary General State".split())
_EMPLOYING = frozenset(
    """ministry ministries government council cabinet office administration authority department presidency court
    region republic secretariat union""".split()
)
_COMMANDING = frozenset(
    """commander commandant director dg chief commanding goc foc aoc c-in-c cinc foc-in-c goc-in-c aoc-in-c
    commander-in-chief commanding-in-chief""".split()
)


class TitleRight:
    """What stands after the head noun."""

    def __init__(self, line: LabelledSentence, label: Label, source: str, knowledge: Knowledge) -> None:
        self.line, self.label, self.source, self.knowledge = line, label, source, knowledge
        self.scanner = PhraseScanner(line, label, knowledge)
        self.last = label.last
        self.title: list[str] = []
        self.organization: str | None = None
        self.country: str | None = None
        self.standing: RoleStanding | None = None
        self.is_cut = False

    def expand(self) -> None:
        """Takes complements as long as there are any; then the other attributes are set."""
        self.last = self._field_of_letters(self.last)
        while True:
            i = self._fields_in_brackets(self._acronym(self._standing_behind(self.last)))
            stop = self._complement(i)
            if stop is None:
                self.last = i
                return
            self.last = stop

    def _field_of_letters(self, i: int) -> int:
        """Takes what the holder of a shortened post deals with: "PS Defence Jan Novak", "DG Immigration"."""
        words = self.line.words
        if self.label.kind != "abbreviation" or self.label.value[0].split()[-1] not in _WITH_FIELD:
            return i
        stop = i
        while stop < len(words) and words[stop].is_capitalized and self.scanner.is_field(stop):
            stop += 1
        if i < stop < len(words) and (words[stop].is_capitalized or words[stop].text == ","):
            self.title.append(self.line.text(i, stop, self.source))
            return stop
        return i

    def _behind_comma(self, i: int) -> int | None:
        """Takes a body or a field between commas: "the Permanent Secretary, Ministry of Defence, Mr Novak"."""
        line, words = self.line, self.line.words
        if not words[self.label.first].is_capitalized or not words[i].is_capitalized or line.starting(i, *_TITLES):
            return None
        stop = self.scanner.end(i, strict=False)
        if stop == i or stop + 1 >= len(words) or words[stop].text != "," or not words[stop - 1].is_capitalized:
            return None
        if not (self._leads_to_name(stop + 1) or self._stands_behind_name()):
            return None
        if all(self.scanner.is_field(k) or words[k].low in ("and", "&", "of") for k in range(i, stop)):
            self.title.append(f", {line.text(i, stop, self.source)}")
            return stop
        if self.organization or not self._is_institution(i, stop - 1):
            return None
        self.organization = line.text(i, stop, self.source)
        return stop

    def _leads_to_name(self, i: int) -> bool:
        entity = self.line.entity_at(i)
        is_person = entity is not None and entity[2] == "PERSON"
        return is_person or self.line.starting(i, "rank", "honorific") is not None

    def _stands_behind_name(self) -> bool:
        """Whether the post stands between commas behind a name: "Jan Novak, Director, Africa Division"."""
        comma = self.label.first - 1
        entity = self.line.entity_at(comma - 1) if comma > 0 and self.line.words[comma].text == "," else None
        return entity is not None and entity[2] == "PERSON"

    def _standing_behind(self, i: int) -> int:
        """Takes what says behind a post how its holder stands: "president-elect", "chargé d'affaires a.i."."""
        label = self.line.starting(i, "standing behind")
        if label is None:
            return i
        self.standing = label.value
        return label.last

    def _acronym(self, i: int) -> int:
        """Passes over a bracketed short form, or where an envoy lives: "(COAS)", "(resident in Lomé)"."""
        words = self.line.words
        if i + 1 < len(words) and words[i].text == "(" and words[i + 1].low in _LIVING:
            return next((k + 1 for k in range(i + 2, min(i + 8, len(words))) if words[k].text == ")"), i)
        if i + 2 < len(words) and words[i].text == "(" and words[i + 2].text == ")" and words[i + 1].text.isupper():
            return i + 3
        return i

    def _fields_in_brackets(self, i: int) -> int:
        """Takes what a post deals with, in brackets: "Permanent Secretary (Security) Jan Novak"."""
        words = self.line.words
        if i + 3 >= len(words) or words[i].text != "(":
            return i
        close = next((k for k in range(i + 2, min(i + 9, len(words) - 1)) if words[k].text == ")"), None)
        inner = range(i + 1, close or i + 1)
        fields = [
            k for k in inner if self.scanner.is_field(k) or words[k].low in AREAS or self.line.starting(k, "modifier")
        ]
        if close is None or not fields or not (words[close + 1].is_capitalized or words[close + 1].text in ",.;"):
            return i
        if not all(words[k].is_capitalized or words[k].low in ("and", "&", "of") for k in inner):
            return i
        self.title.append(self.line.text(i, close + 1, self.source))
        return close + 1

    def _complement(self, i: int) -> int | None:
        """Parses "of the …" at word ``i``; returns the index after it, or None when there is none."""
        words = self.line.words
        if i + 1 >= len(words):
            return None
        preposition = words[i].low
        if stop := self._juxtaposed(i):
            return stop
        if preposition == "," and (label := self._country_suffix(i + 1)):
            self.country = self.country or label.value
            return label.last
        if preposition == ",":
            return self._behind_comma(i + 1)
        head = words[self.label.last - 1].low
        if preposition == "from" and str(self.label.value) in self.knowledge.equals:
            return self._origin(i + 1)
        if preposition not in ("of", "for", "to", "in", "at", "on", "with"):
            return None
        if preposition == "to" and not (head in _RESIDENT or self.title):
            return None
        start = i + 1
        while start < len(words) and words[start].low in DETERMINERS:
            start += 1
        entity = self.line.entity_at(start) if start < len(words) else None
        if preposition == "on" and entity and entity[2] == "DATE":
            return None
        if stop := self._superior(preposition, start):
            return stop
        stop = self.scanner.end(start, strict=preposition in ("in", "at", "with", "to"))
        if stop == start:
            return None
        self._assign(preposition, start, stop)
        return stop

    def _origin(self, start: int) -> int | None:
        """Takes the country of "his counterpart from Chad", or "from N'Djamena"."""
        label = self.line.starting(start + (self.line.words[start].low == "the"), "country")
        if label is None:
            word = self.line.words[start]
            code = self.knowledge.capital_country(word.text) if word.is_capitalized else None
            self.country = self.country or code
            return start + 1 if code else None
        self.country = self.country or label.value
        return label.last

    def _superior(self, preposition: str, start: int) -> int | None:
        """Takes the office that an envoy or adviser serves: "Special Envoy of the Secretary-General"."""
        words = self.line.words
        superior = self.line.starting(start, "head") if start < len(words) else None
        if superior is None or preposition not in ("of", "to") or words[self.label.last - 1].low not in _SERVING:
            return None
        if not words[start].is_capitalized and words[self.label.first].is_capitalized:
            return None
        self.title.append(self.line.text(start - 1 - (words[start - 1].low == "the"), superior.last, self.source))
        return superior.last

    def _juxtaposed(self, i: int) -> int | None:
        """Takes a command that follows its commander without "of": "Commander Eastern Naval Area"."""
        words = self.line.words
        if (
            words[self.label.last - 1].low not in _COMMANDING
            or not words[self.label.first].is_capitalized
            or self.title
            or self.organization
        ):
            return None
        stop = i + (UNIT_NUMBER.match(words[i].text) is not None)
        while stop < len(words) and words[stop].is_word and words[stop].is_capitalized:
            entity = self.line.entity_at(stop)
            if (entity and entity[2] == "PERSON") or self.line.starting(stop, "rank", "honorific"):
                break
            stop += 1
        low = words[stop - 1].low
        if stop - i < 2 or not (
            low in self.knowledge.institution_nouns or low in self.knowledge.fields or low in AREAS
        ):
            return None
        if stop < len(words) and low in self.knowledge.institution_nouns and UNIT_NUMBER.match(words[stop].text):
            stop += 1  # "Commander Task Force 66"
        self.organization = self.line.text(i, stop, self.source)
        return stop

    def _country_suffix(self, i: int) -> Label | None:
        """As in ", Republic of Kazakhstan" or ", Kuwait" directly after a post, before the next comma or the end."""
        start = i
        words = self.line.words
        if (
            start + 1 < len(words)
            and words[start].low in ("republic", "kingdom", "state")
            and words[start + 1].low == "of"
        ):
            start += 2
        label = self.line.starting(i, "country") or self.line.starting(start, "country")
        if label and (label.last >= len(words) or words[label.last].text in ",;.)"):
            return Label(i, label.last, "country", label.value)
        return None

    def _assign(self, preposition: str, start: int, stop: int) -> None:
        """Says whether the complement names the institution or belongs to the title."""
        line, words = self.line, self.line.words
        owner = line.starting(start, "country", "demonym")
        if owner and preposition == "of" and owner.last + 1 < stop and words[owner.last].low == "'s":
            self.country, self.is_cut, start = owner.value, True, owner.last + 1
        text = line.text(start, stop, self.source)
        named = f"the {text}" if words[start - 1].low == "the" else text
        last = stop - 1
        if words[last].text == ")" and stop - start > 3:
            last -= 3
        country = line.ending(stop, "country")
        if country and self._owns_portfolio(start, country.first - 1):
            self.country, stop = country.value, country.first - 1
            stop -= words[stop].low == "the"
            self.title.append(f"{preposition} {self.line.text(start - (named != text), stop, self.source)}")
            return
        institution = self._is_institution(start, last)
        if preposition == "to" and institution and not country:
            self.organization = self.organization or text
            return
        if preposition in ("to", "in", "at", "on") or (preposition == "for" and self.title):
            is_body = institution or (preposition == "at" and self._is_named_body(start, stop))
            if preposition in ("in", "at") and is_body and self.organization is None:
                self.organization = text
            else:
                self.title.append(f"{preposition} {named}")
            return
        if preposition == "for" and not institution and self._is_charge(start, stop):
            self.title.append(f"for {named}")
            return
        if country and country.first == start:
            self.country = country.value
            return
        if words[last].low in STAFFS and owner and owner.last < stop:
            self.country = owner.value
            self.title.append(f"{preposition} the {line.text(max(start, owner.last), stop, self.source)}")
            return
        if institution and not self._is_portfolio(start, last):
            self.country = owner.value if owner else self.country
            self.organization = text
            return
        if words[last].low in AREAS and words[start].is_capitalized and words[self.label.last - 1].low in _COMMANDING:
            self.organization = text
            return
        if words[last].low in STAFFS and words[self.label.last - 1].low in _WHOLE:
            self.title.append(f"{preposition} {named}")  # "Chief of the National Defence General Staff"
            return
        entity = line.entity_at(start)
        kinds = ("GPE", "LOC") if self._governs() else ("GPE", "LOC", "ORG")
        if self.scanner.rules_territory() or (
            entity and entity[2] in kinds and entity[1] >= stop and not self._names_fields(start, last)
        ):
            self.organization = text
            return
        self.title.append(f"{preposition} {named}")

    def _is_charge(self, start: int, stop: int) -> bool:
        """Whether "for" says what somebody is charged with, not whom he serves: envoys, several countries, regions."""
        if self.line.words[self.label.last - 1].low in _SENT:
            return True
        if self.line.starting(start, "country"):
            several = self.line.starting(start, "country") != self.line.ending(stop, "country")
            return several or bool(self.country or self.organization)
        entity = self.line.entity_at(start)
        return entity is not None and entity[2] == "LOC" and entity[1] >= stop

    def _governs(self) -> bool:
        """Whether the post is a minister's, by whatever name: "minister of state", "secretary of state"."""
        lows = [word.low for word in self.line.words[self.label.first : self.label.last]]
        return lows[-1] in _GOVERNING or lows[-2:] == ["of", "state"]

    def _owns_portfolio(self, start: int, i: int) -> bool:
        """Whether "of" before a country, at word ``i``, parts it from what a minister answers for."""
        words = self.line.words
        i -= words[i].low == "the"
        return self._governs() and i > start and words[i].low == "of" and self._names_fields(start, i - 1)

    def _is_named_body(self, start: int, stop: int) -> bool:
        entity = self.line.entity_at(start)
        return entity is not None and entity[2] == "ORG" and entity[1] >= stop

    def _is_portfolio(self, start: int, last: int) -> bool:
        """Whether words name what a minister answers for ("Armed Forces"), not a body that employs somebody."""
        head = self.line.words[self.label.last - 1].low
        names = [
            i for i in range(start, last + 1) if self.line.words[i].low not in ("of", "and", "&", "for", "the", ",")
        ]
        if any(self.line.starting(i, "organization") for i in names):
            return False
        if self._governs():
            return not any(self.line.words[i].low in _EMPLOYING for i in names)
        if head in PORTFOLIO:
            return all(self.scanner.is_field(i) or self._is_body_word(i) for i in names)
        return head in _WHOLE and not self.is_cut and all(self.scanner.is_field(i) for i in names)

    def _names_fields(self, start: int, last: int) -> bool:
        names = [
            i for i in range(start, last + 1) if self.line.words[i].low not in ("of", "and", "&", "for", "the", ",")
        ]
        return all(self.scanner.is_field(i) for i in names)

    def _is_body_word(self, i: int) -> bool:
        return self.line.words[i].low in self.knowledge.institution_nouns

    def _is_institution(self, start: int, last: int) -> bool:
        line, words = self.line, self.line.words
        if any(line.starting(i, "organization") for i in range(start, last + 1)):
            return True
        low = words[last].low
        if low in STAFFS:
            return False
        if low in self.knowledge.institution_nouns or words[start].low in self.knowledge.institution_nouns:
            return True
        return (
            last == start
            and words[start].text.isupper()
            and len(words[start].text) > 1
            and low not in self.knowledge.fields
        )
