"""The cast of a document as a model gives it: people and institutions whose names stand in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.model import Evidence, Organization, Person, Role
from communique.model.vocabulary import ParticipantType
from communique.reading.llm.almanac import Almanac
from communique.reading.llm.answer import GivenOrganization, GivenPerson, GivenRole
from communique.reading.name_forms import fold, is_form_of, is_full
from communique.reading.quote_finder import QuoteFinder

# Confidence of what a served model gives: a quotation proves it, but how often such a model is right was not measured,
# and 0.8 and more is kept for what was.
UNMEASURED = 0.7
# Evidence of one name: enough to find it again, not every time that an article says it.
MOST_MENTIONS = 12
# Letters that words of one stem have in common: commander, commands; chairs, chairman.
STEM = 5
_LINKS = frozenset("of the for and to in on de la du a an".split())


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast, as participants, parties and speakers refer to them.

    Attributes:
        ref: Id in the readout; None for countries and groups.
        name: As the readout names them.
        type: What they are.
        forms: How the text writes them.
    """

    ref: str | None
    name: str
    type: ParticipantType
    forms: tuple[str, ...]


@dataclass(slots=True)
class Cast:
    """People and institutions of one document, growing from portion to portion.

    Attributes:
        finder: Finds quotations in the article.
        almanac: Knows countries and titles.
        dropped: Kind of fact → how many nothing proves.
        people: Persons in the order in which they were given.
        organizations: Institutions likewise.
    """

    finder: QuoteFinder
    almanac: Almanac
    dropped: Counter[str]
    people: list[Person] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    _countries: frozenset[str] | None = None  # whose names or adjectives the article has, once asked for

    # ---- people ------------------------------------------------------------------------------------------------------
    def add_person(self, given: GivenPerson) -> None:
        """Takes a person in, or what is new about a known one."""
        name = self._without_titles(given.name)
        mentions = self._mentions(name, given.quote) if fold(name) else []
        if not mentions:
            self.dropped["person"] += 1
            return
        roles = [role for plain in given.roles if (role := self._role(plain)) is not None]
        aliases = [alias for alias in given.aliases if alias != name and self.finder.find(alias)]
        known = next((k for k, person in enumerate(self.people) if is_same_name(name, person)), None)
        if known is None:
            person = Person(id=f"p{len(self.people) + 1}", name=name)
            known = len(self.people)
            self.people.append(person)
        person = self.people[known]
        if person.name != name:
            aliases.append(name)
        self.people[known] = replace(
            person,
            aliases=tuple(dict.fromkeys((*person.aliases, *(a for a in aliases if a != person.name)))),
            roles=_joined_roles((*person.roles, *roles)),
            evidence=_joined((*person.evidence, *mentions)),
        )

    def _without_titles(self, name: str) -> str:
        """A name without the ranks and posts that a model leaves before it, as long as two words are left."""
        words = name.split()
        while len(words) > 2 and set(fold(words[0])) <= self.almanac.title_words:
            words.pop(0)
        return " ".join(words)

    def _mentions(self, name: str, quote: str) -> list[Evidence]:
        """Where the name stands; where it is put together from two places, the quotation that has its last word."""
        found = list(self.finder.all(name))
        if found:
            return found[:MOST_MENTIONS]
        passage = self.finder.find(quote)
        is_there = all(self.finder.find(word) for word in name.split())
        return [passage] if passage and is_there and fold(name)[-1] in fold(passage.quote) else []

    def _role(self, given: GivenRole) -> Role | None:
        evidence = self.finder.find(given.quote)
        title = " ".join(given.title.split())
        if evidence is None or not title or not is_title_in(title, evidence.quote, self.almanac):
            self.dropped["role"] += 1
            return None
        organization = given.organization
        if organization and not self._stands(organization):
            self.dropped["role organization"] += 1
            organization = None
        return Role(
            title=title[0].upper() + title[1:],
            organization=organization or None,
            kind=given.kind,
            standing=given.standing,
            confidence=UNMEASURED,
            evidence=(evidence,),
        )

    def _stands(self, name: str) -> bool:
        """Whether the article names an institution or a country: word by word, or a country by its adjective."""
        words = [word for word in fold(name) if word not in _LINKS]
        if words and all(self.finder.find(word) for word in words):
            return True
        code = self.almanac.gazetteer.country(name)
        if code is None:
            return False
        if self._countries is None:
            codes = (self.almanac.gazetteer.country(word) for word in self.finder.capitalized)
            self._countries = frozenset(filter(None, codes))
        return code in self._countries

    # ---- institutions ------------------------------------------------------------------------------------------------
    def add_organization(self, given: GivenOrganization) -> None:
        """Takes an institution in."""
        mentions = list(self.finder.all(given.name))[:MOST_MENTIONS]
        if not mentions:
            self.dropped["organization"] += 1
            return
        if any(fold(given.name) == fold(known.name) for known in self.organizations):
            return
        acronym = given.acronym if given.acronym and self.finder.find(given.acronym) else None
        aliases = (acronym,) if acronym and acronym != given.name else ()
        country = next((code for word in given.name.split() if (code := self.almanac.gazetteer.country(word))), None)
        self.organizations.append(
            Organization(
                id=f"o{len(self.organizations) + 1}",
                name=" ".join(given.name.split()),
                acronym=acronym,
                aliases=aliases,
                country=country,
                evidence=tuple(mentions),
            )
        )

    # ---- who is meant ------------------------------------------------------------------------------------------------
    def _person(self, name: str) -> Person | None:
        """The person of the cast whom a name means, by its forms, or as the only one of that family name."""
        bare = self._without_titles(name)
        found = next((person for person in self.people if is_same_name(bare, person)), None)
        if found is not None:
            return found
        parts = [part for part in fold(name) if part not in self.almanac.title_words]
        family = [person for person in self.people if parts == [fold(person.name)[-1]]]
        return family[0] if len(family) == 1 else None

    def member(self, name: str, kind: ParticipantType | None = None) -> Member | None:
        """Whom a name means; None when the article does not know them.

        Args:
            name: As the model gives it.
            kind: What the model takes them for; None when it does not say.
        """
        if not fold(name):
            return None
        person = self._person(name)
        if person is not None:
            return Member(person.id, person.name, "person", (person.name, *person.aliases))
        for body in self.organizations:
            if fold(name) in [fold(form) for form in (body.name, *body.aliases)]:
                return Member(body.id, body.name, "organization", (body.name, *body.aliases))
        stands = self.finder.find(name)
        if stands is None and not self._stands(name):
            return None
        if kind == "person" and stands is not None and is_full(self._without_titles(name)):  # forgotten in the list
            count = len(self.people)
            self.add_person(GivenPerson(name=name, quote=stands.quote))
            if len(self.people) > count:
                person = self.people[-1]
                return Member(person.id, person.name, "person", (person.name,))
        if kind in (None, "country") and self.almanac.gazetteer.countries.named(name):
            return Member(None, name, "country", (name,))
        # A person without a full name is at most a group or an office.
        return Member(None, name, "group" if kind in (None, "person", "country") else kind, (name,))


def is_same_name(name: str, person: Person) -> bool:
    """Whether a name is one of a person's forms, or a fuller or shorter form of them."""
    parts = fold(name)
    forms = [fold(form) for form in (person.name, *person.aliases)]
    if not parts or parts in forms:
        return bool(parts)
    return is_full(name) and any(len(form) > 1 and is_form_of(parts, form) for form in forms)


def is_title_in(title: str, quote: str, almanac: Almanac) -> bool:
    """Whether a quotation says a title: most of its words or stems, a short form, or its first letters.

    "Who commands the army" says Commander, "Sen." says Senator; "his counterpart" says whatever the other one is.

    Args:
        title: "Lieutenant General", "Chief of Staff".
        quote: "Lt. Gen.", "the CoS".
        almanac: Knows short forms of titles, and words for those of equal post.
    """
    quoted = fold(quote)
    if almanac.peers & set(quoted):
        return True
    words = [word for word in fold(title) if word not in _LINKS]
    shared = [
        word
        for word in words
        if any(said[:STEM] == word[:STEM] or (len(said) > 2 and word.startswith(said)) for said in quoted)
    ]
    if 2 * len(shared) > len(words):
        return True
    forms = almanac.short_titles.get(fold(re.sub(r"\(.*?\)", " ", title)), ())
    if any(quoted[at : at + len(form)] == form for form in forms for at in range(len(quoted))):
        return True
    initials = {"".join(word[0] for word in letters) for letters in (fold(title), words)}
    return any(len(word) > 1 and word in initials for word in quoted)


def _joined(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    unique = {(e.start, e.end): e for e in evidence}
    return tuple(unique[key] for key in sorted(unique))[:MOST_MENTIONS]


def _joined_roles(roles: Sequence[Role]) -> tuple[Role, ...]:
    """Roles of one title and institution made one."""
    unique: dict[tuple[object, ...], Role] = {}
    for role in roles:
        key = (fold(role.title), role.kind, fold(role.organization or ""))
        earlier = unique.get(key)
        unique[key] = replace(earlier, evidence=_joined((*earlier.evidence, *role.evidence))) if earlier else role
    return tuple(unique.values())
