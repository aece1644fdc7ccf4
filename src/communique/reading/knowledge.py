"""What the reader knows from the lexicon, in the form that the reading needs: phrase tables and word sets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.model.vocabulary import RoleStanding
from communique.reading.phrases import PhraseTable
from communique.reading.places import Gazetteer
from communique.reading.shared_demonyms import SharedDemonyms

# Closed-class words, weekdays and months: never names, titles or institutions by themselves.
_FUNCTION_WORDS = frozenset(
    """agreed decided noted resolved apologies
    a about above across after again against all almost along already also although always am among an and
    another any anyone anything are around as at away back be because been before behind being below between
    beyond both but by can cannot could did do does doing done down due during each earlier either else enough
    even ever every everyone everything except few first following for former from further had has have having
    he hence her here hers herself him himself his how however i if in indeed instead into is it its itself just
    last later latter least less like made many may me meanwhile might mine more moreover most mostly much must
    my myself near neither never nevertheless next no nobody none nor not nothing now of off often on once one
    only onto or other others otherwise our ours out over own per perhaps please quite rather re really
    regarding same says see seem several she should since so some someone something sometimes still such take
    than that the their theirs them themselves then there thereafter therefore these they this those though
    three through throughout thus to together too toward towards two under until up upon us very via was we well
    were what when where whereas wherever whether which while who whoever whole whom whose why will with within
    without would yes yet you your yours today yesterday tomorrow tonight said asked speaking according
    separately additionally accompanied earlier monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december mon tue wed thu fri sat sun""".split()
)

_SEATED_BODIES = {"EU": "European Union", "UN": "United Nations", "NATO": "NATO"}


class Knowledge:
    """The lexicon compiled for reading.

    Attributes:
        gazetteer: Places and countries.
        shared_demonyms: Settles demonyms of several countries.
        table: Phrases that label words: rank, ranks, honorific, head, heads, abbreviation, modifier, standing,
            standing behind, postnominal, organization, country, demonym, small rank.
        fields: Words of the fields that posts deal with ("defence", "border", "affairs").
        institution_nouns: Nouns by which an institution's name is recognized.
        outlet_nouns: Nouns by which newspapers, agencies and broadcasters are recognized.
        at_home: Forms that name a listed organization only where the document speaks of its country.
        acronyms: Short form → listed organizations that bear it.
        agreement_nouns: Nouns for texts that are signed.
        holding_verbs: Verb form → title of the post that it says somebody holds.
        holding_participles: The same for participles with "by" ("headed by").
        delegation_nouns: Nouns for groups that somebody leads for the time of a visit.
        appointing: Words of appointment ("appointed", "sworn").
        leaving: Words of leaving a post ("stepped down", "resigned").
        affixes: Finds the hyphens that part titles from what is put before or behind them ("ex-", "-elect").
        ranked_heads: Heads whose last word, before a name, is a rank ("commander General NAME").
        stopped_posts: Short forms of posts that stand for them with a full stop only ("Sen.").
        equals: Words for the holder of the same post elsewhere ("counterpart").
        successors: Nouns for who held or will hold the same post → the standing that they give.
        replacing: Words directly before the name of somebody replaced, or of who replaces → the standing.
        rank_marks: Words behind ranks that name a service or retirement.
        human_verbs: Verb forms whose subject is a person.
        ship_prefixes: What opens names of ships ("hms").
        ship_nouns: Nouns before names of ships ("frigate").
        thing_openers: Words that open names of ships, operations and places, never of people.
        thing_nouns: Nouns before a proper name that say that it is no person's ("the frigate").
        named_after: Nouns after a name that say that it names a place ("airport").
        names_too: Titles that are also parts of personal names.
        function_words: Words that are never names.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.gazetteer = Gazetteer(lexicon)
        self.shared_demonyms = SharedDemonyms(lexicon, self.gazetteer)
        self.function_words = _FUNCTION_WORDS
        institutions = lexicon.table("institutions")
        self.outlet_nouns = frozenset(institutions["outlets"])
        self.institution_nouns = frozenset(institutions["nouns"]) | self.outlet_nouns
        self.agreement_nouns = frozenset(institutions["agreements"])
        self.ship_prefixes = frozenset(institutions["ship_prefixes"])
        self.ship_nouns = frozenset(institutions["ship_nouns"])
        self.thing_openers = self.ship_prefixes | frozenset(institutions["thing_openers"])
        self.thing_nouns = self.ship_nouns | frozenset(institutions["thing_nouns"])
        self.named_after = frozenset(institutions["named_after"])
        self.holding_verbs: dict[str, str] = institutions["holding"]
        self.holding_participles: dict[str, str] = institutions["held_by"]
        self.appointing = frozenset(institutions["appointing"])
        self.leaving = frozenset(institutions["leaving"])
        self.delegation_nouns = frozenset(lexicon.table("reference")["groups"]["delegations"])
        self.human_verbs = frozenset(lexicon.table("reference")["human_verbs"])
        self.table = PhraseTable()
        self._add_ranks(lexicon)
        self._add_posts(lexicon)
        self._add_countries(lexicon)
        self._add_organizations(lexicon)

    def _add_ranks(self, lexicon: Lexicon) -> None:
        ranks = lexicon.table("ranks")
        self.names_too = frozenset(ranks["names_too"])
        self.table.add(((plural(full), full) for full in ranks["ranks"]), "ranks", capitalized=True)
        self.table.add(((mark, mark) for mark in ranks["postnominals"]), "postnominal", capitalized=True)
        self.rank_marks = frozenset(
            mark.strip("()").lower().rstrip(".") for mark in (*ranks["retired"], *ranks["branches"])
        )
        pairs = ((form, full) for full, forms in ranks["ranks"].items() for form in (full, *forms))
        self.table.add(with_variants(pairs), "rank", capitalized=True)
        self.table.add(with_variants((full.lower(), full) for full in ranks["ranks"]), "small rank")
        courtesy = chain(ranks["courtesy"].items(), ranks.get("nobility", {}).items())
        self.table.add(
            ((spelt, full) for full, forms in courtesy for form in (full, *forms) for spelt in with_stops(form)),
            "honorific",
            capitalized=True,
        )

    def _add_posts(self, lexicon: Lexicon) -> None:
        posts = lexicon.table("posts")
        self.weak_heads = frozenset(posts["weak_heads"])
        second = (f"{before}-{head}" for head in posts["heads"] if "-" not in head for before in ("vice", "co"))
        heads = [*posts["heads"], *second, *posts["long_heads"], *posts["equals"]]
        self.equals = frozenset(posts["equals"])
        self.successors: dict[str, RoleStanding] = posts["successors"]
        self.replacing: dict[str, RoleStanding] = posts["replacing"]
        self.table.add(with_variants((head, head) for head in heads), "head")
        self.table.add(((plural(head), head) for head in heads), "heads")
        self.table.add(
            ((form.rstrip("."), (full, body or None)) for form, (full, body) in posts["abbreviations"].items()),
            "abbreviation",
            capitalized=True,
        )
        self.table.add(((word, word) for word, standing in posts["modifiers"].items() if not standing), "modifier")
        self.table.add(((word, standing) for word, standing in posts["modifiers"].items() if standing), "standing")
        self.table.add(((word, posts["modifiers"][word]) for word in posts["behind"]), "standing behind")
        self.affixes = affix_pattern(posts["modifiers"], posts["heads"])
        self.ranked_heads = frozenset(posts["ranked_heads"])
        self.stopped_posts = frozenset(form.lower().strip(".") for form in posts["abbreviations"] if form[-1] == ".")
        self.fields = frozenset(
            word for domain in posts["domains"] for word in domain.replace("-", " ").lower().split()
        ) - {"of", "and"}

    def _add_countries(self, lexicon: Lexicon) -> None:
        table = lexicon.table("countries")
        self.table.add(
            ((name, code) for code, names in table["names"].items() for name in names), "country", capitalized=True
        )
        words = ((word, code) for code, forms in table["demonyms"].items() for word in forms)
        plural = (
            (word + "s", code)
            for code, forms in table["demonyms"].items()
            for word in forms
            if word.endswith(("n", "i"))
        )
        self.table.add(chain(words, plural), "demonym", capitalized=True)

    def _add_organizations(self, lexicon: Lexicon) -> None:
        forms = list(organization_forms(lexicon))
        self.table.add(forms, "organization", capitalized=True)
        acronyms: defaultdict[str, list[KnownOrganization]] = defaultdict(list)
        for form, known in forms:
            if form == known.acronym:
                acronyms[form].append(known)
        self.at_home = frozenset(lexicon.table("organizations")["at_home"])
        self.acronyms = {form: tuple(bearers) for form, bearers in acronyms.items()}

    # ---- countries and places -------------------------------------------------------------------------------------
    def country(self, text: str) -> str | None:
        """ISO code of a country's name or its adjective."""
        return self.gazetteer.country(text)

    def country_name(self, code: str) -> str:
        """The standard English short name of a country, or of the body whose seat stands for it ("EU")."""
        return _SEATED_BODIES.get(code) or self.gazetteer.country_name(code)

    def demonym_country(self, word: str) -> str | None:
        """ISO code for "Libyan" or "Libya"."""
        return self.gazetteer.country(word)

    def capital_country(self, city: str) -> str | None:
        """ISO code of the country for whose government a capital or a seat stands."""
        return self.gazetteer.capital_country(city)

    def is_place(self, name: str) -> bool:
        """Whether the gazetteer knows the name as a country or a place."""
        return self.gazetteer.country(name) is not None or self.gazetteer.find(name) is not None


def plural(head: str) -> str:
    """The plural of a post's or a rank's name.

    >>> plural("chief of staff"), plural("secretary"), plural("lieutenant general")
    ('chiefs of staff', 'secretaries', 'lieutenant generals')
    """
    noun, separator, rest = head.partition(" of ")
    if noun.endswith("man"):
        noun = noun[:-3] + "men"
    elif noun.endswith("y") and not noun.endswith(("ey", "ay")):
        noun = noun[:-1] + "ies"
    else:
        noun += "s"
    return noun + separator + rest


def affix_pattern(modifiers: Iterable[str], heads: Iterable[str]) -> re.Pattern[str]:
    """Finds the hyphen or slash, as its one group that matches, of what is put before or behind a title.

    >>> affixes = affix_pattern(["ex-", "-elect"], ["president"])
    >>> [match.start(match.lastindex) for match in affixes.finditer("ex-president-elect")]
    [2, 12]
    """
    modifiers = list(modifiers)
    before = "|".join(re.escape(word[:-1]) for word in modifiers if word.endswith("-"))
    behind = "|".join(re.escape(word[1:]) for word in modifiers if word.startswith("-"))
    titles = "|".join(re.escape(head) for head in heads)
    slash = rf"(?<=[^\W\d_]{{3}})(/)(?=[A-Z])(?=(?i:{titles})\b)"  # "Deputy Premier/Minister of Defence"
    return re.compile(rf"^(?i:{before})(-)|(-)(?i:{behind})$|{slash}")


def with_stops(form: str) -> Iterator[str]:
    """A form and, for two capitals, the same with full stops ("HE": "H.E.")."""
    yield form
    if form.isupper() and len(form) == len("HE"):
        yield ".".join(form) + "."


def with_variants(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Adds the hyphenated forms of phrases of two or three words ("Lt Gen": "Lt-Gen", "Lt.-Gen.", "R/Adm")."""
    for form, full in pairs:
        yield form, full
        parts = form.split()
        if len(parts) in (2, 3):
            yield "-".join(parts), full
        if len(parts) == len(("Lt", "Gen")):
            yield f"{parts[0]}.-{parts[1]}", full
            yield f"{parts[0]}/{parts[1]}", full
        if len(parts) > len(("Lt", "Gen")):
            yield from ((hyphenated, full) for hyphenated in _with_one_hyphen(parts))


def _with_one_hyphen(parts: Sequence[str]) -> Iterator[str]:
    """A phrase with a hyphen between two words that no little word parts ("Air Vice-Marshal")."""
    for k in range(1, len(parts)):
        if not {parts[k - 1].lower(), parts[k].lower()} & {"of", "the", "in", "and"}:
            yield " ".join((*parts[: k - 1], f"{parts[k - 1]}-{parts[k]}", *parts[k + 1 :]))


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """An institution of the lexicon: its full name, short form, ISO country code (None: international) and kind."""

    name: str
    acronym: str | None
    country: str | None
    kind: str


def organization_forms(lexicon: Lexicon) -> Iterator[tuple[str, KnownOrganization]]:
    """Every written form of the listed institutions with what it names.

    Raises:
        LexiconError: If a line has not the five fields of the format.
    """
    for row in lexicon.table("organizations")["known"]:
        fields = [field.strip() for field in row.split("|")]
        if len(fields) != 5:
            raise LexiconError(
                f"organizations.toml: {row!r} has {len(fields)} fields, 5 are needed "
                "(name | acronym | country | kind | other names)."
            )
        name, acronym, country, kind, others = fields
        known = KnownOrganization(name, acronym or None, None if country == "international" else country, kind)
        forms = [name, acronym, *(form.strip() for form in others.split(";"))]
        yield from ((form, known) for form in forms if form)
