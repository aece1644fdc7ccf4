"""Whether two titles name one post: "head of the Coast Guard", "Coast Guard commander", "who leads the Coast Guard"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from communique.register.resolving.institutions import read_institution
from communique.register.resolving.wording import read_wording, wording_rules

PostRelation = Literal["same", "possible", "other"]

_SAME_FIELD = 0.5  # share of common words from which two fields are one


@dataclass(frozen=True, slots=True)
class Post:
    """A post in standard words.

    Attributes:
        kind: "minister", "lead", … ; "" where only "deputy" is said.
        is_deputy: Whether it is the deputy's.
        is_acting: Whether the title says that it is held for the time being.
        field: What the post is about: words of title and institution, without generic ones ("defense", "land").
        institution: The institution's telling words; empty for a generic one ("the force").
        countries: Countries of the institution.
        has_owner: Whether an institution or a country is named.
        owner: What it belongs to, in one form for all wordings; empty where nothing is named.
    """

    kind: str
    is_deputy: bool
    is_acting: bool
    field: frozenset[str]
    institution: frozenset[str]
    countries: frozenset[str]
    has_owner: bool
    owner: str

    @property
    def is_telling(self) -> bool:
        """Whether the post says more than its bare title."""
        return bool(self.field) or self.has_owner


@lru_cache(maxsize=65_536)
def read_post(title: str, organization: str | None = None) -> Post | None:
    """Brings a post to standard words; None for titles that are no posts.

    >>> read_post("Defence Minister", "Ghana") == read_post("Minister of Defense", "Ghanaian government")
    True
    """
    rules = wording_rules()
    wording = read_wording(title)
    words, named = wording.words, wording.countries
    kind = _kind(wording.head) or _kind(words)
    if not kind and not rules.deputies & set(words):
        return None
    if any(word in rules.no_posts for word in wording.head[-1:]):
        return None
    owner = _read_owner(organization)
    is_abroad = kind in rules.abroad
    field = frozenset(word for word in words if not {word} & (rules.kinds.keys() | rules.deputies | rules.acting))
    field |= named if is_abroad else frozenset()
    kind, field = _settle(kind, field, frozenset(organization.lower().split()) if organization else frozenset())
    if kind != "prime minister":
        field |= owner.institution
    deputy = bool(rules.deputies & set(words)) or "undersecretary" in words or "under-secretary" in words
    return Post(
        kind=kind,
        is_deputy=deputy,
        is_acting=bool(rules.acting & set(words)),
        field=field - rules.generic if kind != "staff" else field - {"staff", "force", "national"},
        institution=owner.institution,
        countries=owner.countries or (frozenset() if is_abroad else named),
        has_owner=owner.is_known or bool(named and not is_abroad),
        owner=owner.name or ("" if is_abroad else " ".join(sorted(named))),
    )


def compare_posts(a: Post, b: Post) -> PostRelation:
    """Compares two posts: the same, possibly the same (one says less), or another one."""
    if a.is_deputy != b.is_deputy:
        return "other"
    if a.kind != b.kind:
        return "possible" if "" in (a.kind, b.kind) else "other"
    if a.countries and b.countries and not a.countries & b.countries:
        return "other"
    if a.field == b.field:
        return "same" if a.has_owner == b.has_owner or a.field else "possible"
    if _agree(a.field, b.field):
        return "same"
    says_less = not a.is_telling or not b.is_telling or (a.kind == "minister" and not (a.field and b.field))
    if says_less or a.kind == "prime minister":
        return "possible"
    if a.institution == b.institution and a.has_owner and b.has_owner and (a.field <= b.field or b.field <= a.field):
        return "same"
    if a.kind in wording_rules().abroad and a.countries & b.countries and not (a.institution and b.institution):
        return "same"
    if a.kind in wording_rules().flexible and not (a.has_owner and b.has_owner):
        return "possible"
    return "other"


@dataclass(frozen=True, slots=True)
class _Owner:
    institution: frozenset[str]
    countries: frozenset[str]
    is_known: bool
    name: str


def _read_owner(organization: str | None) -> _Owner:
    rules = wording_rules()
    if not organization or organization.lower() in rules.regions:
        return _Owner(frozenset(), frozenset(), is_known=False, name="")
    institution = read_institution(organization)
    words = frozenset(institution.words) - rules.generic
    is_known = bool(words or institution.countries)
    telling = institution.words if words else ()
    name = institution.standard or " ".join((*telling, *sorted(institution.countries)))
    return _Owner(words, institution.countries, is_known=is_known, name=name if is_known else "")


def _kind(words: tuple[str, ...]) -> str:
    rules = wording_rules()
    return next((rules.kinds[word] for word in reversed(words) if word in rules.kinds), "")


def _settle(kind: str, field: frozenset[str], owner: frozenset[str]) -> tuple[str, frozenset[str]]:
    """The kind that title and institution name together: "head of the government" is the prime minister."""
    rules = wording_rules()
    if kind == "minister" and "prime" in field:
        return "prime minister", field - {"prime"}
    if kind == "lead" and ("government" in field or "cabinet" in field or owner & {"government", "cabinet"}):
        return "prime minister", field - {"government", "cabinet"}
    if kind == "lead" and "staff" in field:
        branch = bool((field | owner | set(read_wording(" ".join(owner)).words)) & (rules.branches - {"army"}))
        return ("lead" if branch else "staff"), field - {"staff"}
    if kind == "lead" and field in ({"army"}, {"military"}):
        return "staff", field
    if kind == "minister":
        return kind, field - {"minister"}
    return kind, field


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and len(a & b) / len(a | b) >= _SAME_FIELD
