"""Whether two names can be one institution's: short form and full name, order of words, adjectives of countries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from communique.lexicon import Lexicon
from communique.register.resolving.name_parts import fold
from communique.register.resolving.names import NameMatch
from communique.register.resolving.wording import read_wording, wording_rules

_UNKNOWN_COUNTRY = 0.8  # "Ministry of Defence" beside that of Ghana: the country must come from elsewhere
_LONGER = 0.86  # "Security Working Group" beside "Security Working Group for Ghana"
_SPELLED = 0.9  # a short form that the other's first letters spell
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Institution:
    """A name of an institution, ready to be compared.

    Attributes:
        words: Standard words in order, without countries and idle words.
        countries: ISO codes that name or lexicon give.
        short: Its short form in capitals without stops, when the name is or has one.
        initials: What the first letters of the full name spell.
        standard: The lexicon's name, when it is listed.
    """

    words: tuple[str, ...]
    countries: frozenset[str]
    short: str | None
    initials: str
    standard: str | None

    @property
    def is_everywhere(self) -> bool:
        """Whether every country has one of that name."""
        return not self.countries and all(word in wording_rules().everywhere for word in self.words)


@lru_cache(maxsize=65_536)
def read_institution(name: str, acronym: str | None = None, country: str | None = None) -> Institution:
    """Prepares the name of an institution.

    >>> read_institution("U.S. Air Force").words, read_institution("the United States Air Force").words
    (('air', 'force'), ('air', 'force'))
    """
    head, _, bracket = name.partition(" (")
    short = acronym or (bracket.rstrip(") ") if bracket.rstrip(") ").isupper() else None)
    if short is None and " " not in head and head.replace(".", "").isupper():
        short = head
    head = _without_organ(head)
    known = _listed().get(_key(head)) or (_listed().get(_key(short)) if short else None)
    if known and (whole := _without_organ(known[0])) != known[0]:
        head, known = whole, _listed().get(_key(whole))
    wording = read_wording(known[0] if known else head)
    countries = wording.countries
    if known and known[1]:
        countries = frozenset((known[1],))
    elif country:
        countries = frozenset((country,))
    initials = "".join(word[0] for word in head.replace("-", " ").split() if word[0].isupper() or word[0].isdigit())
    return Institution(
        words=wording.words,
        countries=countries,
        short=(short or (known[2] if known else None) or "").replace(".", "").upper() or None,
        initials=initials if len(initials) > 1 and head.upper() != head else "",
        standard=known[0] if known else None,
    )


@lru_cache(maxsize=262_144)
def compare_institutions(a: Institution, b: Institution) -> NameMatch:
    """Compares two institutions' names.

    >>> compare_institutions(read_institution("Ghana Armed Forces"), read_institution("Armed Forces of Ghana")).score
    1.0
    """
    if a.countries and b.countries and not a.countries & b.countries:
        return NameMatch(0.0, "different", "institutions of different countries")
    if a.standard and a.standard == b.standard:
        return NameMatch(1.0, "same", "two names of one listed institution")
    if a.words and sorted(a.words) == sorted(b.words):
        if a.is_everywhere or b.is_everywhere:
            return NameMatch(_UNKNOWN_COUNTRY, "alike", "same name, but it is not said of which country")
        return NameMatch(1.0, "same", "same name")
    return max(_compare_short(a, b), _compare_words(a, b), key=lambda match: match.score)


def _compare_short(a: Institution, b: Institution) -> NameMatch:
    if a.short and a.short == b.short:
        shared = set(a.words) & set(b.words)
        is_bare = a.words == (a.short.lower(),) or b.words == (a.short.lower(),)
        if is_bare or len(shared) * 2 >= min(len(a.words), len(b.words)):
            return NameMatch(0.95, "same", f"same short form, {a.short}")
    for one, other in ((a, b), (b, a)):
        if one.short and len(one.short) > 2 and one.short == other.initials and not other.short:
            return NameMatch(_SPELLED, "alike", f"{one.short} is spelled by the first letters")
    return NameMatch(0.0, "different", "different names")


def _compare_words(a: Institution, b: Institution) -> NameMatch:
    shorter, longer = sorted((set(a.words), set(b.words)), key=len)
    telling = shorter - wording_rules().generic
    if len(shorter) >= 2 and telling and shorter < longer and len(longer) - len(shorter) <= 2:
        return NameMatch(_LONGER, "alike", "one name is the other with more words")
    if len(shorter) >= 3 and len(shorter & longer) / len(shorter | longer) >= _MOSTLY:
        return NameMatch(_MOSTLY, "alike", "most words are the same")
    return NameMatch(0.0, "different", "different names")


def is_international(name: str) -> bool:
    """Whether a name is that of a listed institution of several countries, its short form in brackets or not."""
    bare = name.partition(" (")[0]
    entry = _listed().get(_key(name)) or _listed().get(_key(bare))
    return entry is not None and entry[1] is None


def _without_organ(name: str) -> str:
    """The armed force whose command a name names: "the General Command of the Ghana Army" is the Ghana Army."""
    for organ in sorted(wording_rules().organs):
        if name.lower().startswith(f"{organ} "):
            return name[len(organ) + 1 :].removeprefix("the ")
    return name


def _key(name: str) -> str:
    return fold(name).removeprefix("the ").replace("-", " ")


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, str | None, str | None]]:
    """Folded form → (standard name, country, short form) of listed institutions; forms of several are left out."""
    found: dict[str, tuple[str, str | None, str | None]] = {}
    shared: set[str] = set()
    for row in Lexicon().table("organizations")["known"]:
        name, acronym, country, _, others = (field.strip() for field in row.split("|"))
        entry = (name, None if country == "international" else country, acronym or None)
        for form in filter(None, (name, acronym, *(other.strip() for other in others.split(";")))):
            key = _key(form)
            if found.setdefault(key, entry) != entry:
                shared.add(key)
    return {key: entry for key, entry in found.items() if key not in shared}
