"""How a tenure's post is written: the fullest wording of the reports."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communique.register.resolving.posts import read_post
from communique.register.resolving.wording import read_wording, wording_rules

Wordings = Mapping[tuple[str, str | None, bool], int]
"""(title, organization, whether held for the time being) → number of reports."""

_SMALL = frozenset(("of", "the", "for", "to", "and", "in", "on", "at", "de"))
_VAGUE = re.compile(r"(?:head|leader|chief|boss)(?: of|$)(?!.*staff)", re.IGNORECASE)
_PARENT = re.compile(r"^(?P<part>.+?) of (?:the )?(?P<whole>[A-Z].+)$")


def post_title(wordings: Wordings) -> str:
    """The most telling title, with the part of the institution that it is about.

    >>> post_title({("commander", "Ground Forces of the Ghanaian Army", False): 2, ("Head", None, False): 3})
    'Commander, Ground Forces'
    """
    title, organization, _ = max(wordings, key=lambda wording: (*_telling(wording), wordings[wording], _text(wording)))
    words = [word for word in title.split() if word.lower() not in ("new", "current", "outgoing", "then")]
    written = " ".join(_capital(word, i) for i, word in enumerate(words))
    part, _ = split_part(organization)
    if part and not set(read_wording(part).words) <= set(read_wording(title).words):
        written = f"{written}, {part}"
    if all(acting for _, _, acting in wordings) and not title.lower().startswith("acting"):
        return f"Acting {written}"
    return written


def post_organization(wordings: Wordings) -> str | None:
    """The institution that most reports name, without the part that the title names; None where no report names one."""
    votes: dict[str, int] = {}
    for (_, organization, _), count in wordings.items():
        _, whole = split_part(organization)
        if whole and _names_owner(whole) and not _repeats_title(whole, wordings):
            votes[whole] = votes.get(whole, 0) + count
    return max(votes, key=lambda name: (votes[name], len(name), name)) if votes else None


def split_part(organization: str | None) -> tuple[str | None, str | None]:
    """Parts "Ground Forces of the Ghanaian Army" into the part and the whole; a part alone has no whole.

    >>> split_part("Ground Forces of the Ghanaian Army")
    ('Ground Forces', 'Ghanaian Army')
    """
    if organization is None:
        return None, None
    rules = wording_rules()
    if organization.lower() in rules.regions:
        return organization, None
    match = _PARENT.match(organization)
    if match and rules.branches & set(read_wording(match["part"]).words):
        return match["part"], match["whole"]
    wording = read_wording(organization)
    if rules.branches & set(wording.words) and not wording.countries:
        return organization, None
    return None, organization


def _names_owner(organization: str) -> bool:
    wording = read_wording(organization)
    return bool(wording.countries or set(wording.words) - wording_rules().generic)


def _repeats_title(organization: str, wordings: Wordings) -> bool:
    """Whether the institution says no more than a title does: "Ministry of Defence" of its minister."""
    wording = read_wording(organization)
    field = set(wording.words) - {"ministry", "department"}
    if wording.countries or len(field) == len(set(wording.words)):
        return False
    return any(field <= set(read_wording(title).words) for title, _, _ in wordings)


def _telling(wording: tuple[str, str | None, bool]) -> tuple[int, bool, int]:
    """How much a wording says: its field, a head that is not just "head", the number of its words."""
    title, organization, _ = wording
    post = read_post(title, organization)
    words = read_wording(title).words
    return (len(post.field) if post else 0, not _VAGUE.match(title), min(len(words), 6))


def _text(wording: tuple[str, str | None, bool]) -> tuple[str, str, bool]:
    return (wording[0], wording[1] or "", wording[2])


def _capital(word: str, place: int) -> str:
    return word if not word.islower() or (place and word in _SMALL) else word[:1].upper() + word[1:]
