"""People of a document: name forms joined into persons, mentions assigned, posts and ranks collected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.model import Evidence, Person, Role
from communique.reading.analysis import Line, Mention, Referent
from communique.reading.name_forms import fold, full_length, is_form_of, is_full, is_similar
from communique.reading.titles import Post

_SUBORDINATE = frozenset("deputy vice assistant under undersecretary associate".split())
_STYLES = frozenset(
    "king queen prince princess emir sultan mullah mawlawi maulvi sheikh sheikha ayatollah pope".split()
)


@dataclass(slots=True)
class Candidate:
    """A person in the making.

    Attributes:
        parts: The folded parts of the fullest name.
        forms: How often each written form occurs.
        mentions: Line and mention, in order.
        posts: Posts and ranks seen with the name.
    """

    parts: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[tuple[Line, Mention]] = field(default_factory=list)
    id: str = ""

    @property
    def name(self) -> str:
        """The fullest form; of equally full ones the most frequent, then the first."""
        form = max(self.forms, key=lambda form: (full_length(fold(form)), self.forms[form], len(form)))
        if len(fold(form)) == 1 and (style := self._style()):
            return f"{style} {form}"
        return form

    def _style(self) -> str | None:
        """The title by which a person of one name is known: King, Mullah, Prince."""
        honorifics = [mention.honorific for _, mention in self.mentions if mention.honorific]
        titles = [post.head for post in self.posts]
        return next((title.title() for title in (*honorifics, *titles) if title in _STYLES), None)

    @property
    def posts(self) -> Iterator[Post]:
        """Posts and ranks of all mentions."""
        return (post for _, mention in self.mentions for post in mention.posts)

    @property
    def ranks(self) -> set[str]:
        """Lower-cased ranks."""
        return {post.title.lower() for post in self.posts if post.is_rank}


class PeopleBuilder:
    """Joins the person mentions of a document."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []

    def join(self, lines: Sequence[Line]) -> list[Candidate]:
        """Assigns every person mention to one person; returns the persons in order of first mention."""
        mentions = [(line, m) for line in lines for m in line.mentions if m.kind == "person"]
        groups: defaultdict[tuple[str, ...], list[tuple[Line, Mention]]] = defaultdict(list)
        for line, mention in mentions:
            if is_full(mention.name):
                groups[fold(mention.name)].append((line, mention))
        for parts, group in sorted(groups.items(), key=lambda item: full_length(item[0]), reverse=True):
            self._join_full(parts, group)
        for line, mention in mentions:
            if not is_full(mention.name):
                self._join_short(line, mention)
        for candidate in self.candidates:
            candidate.mentions.sort(key=lambda item: (item[0].index, item[1].first))
        self.candidates.sort(key=lambda c: (c.mentions[0][0].is_title, c.mentions[0][0].index, c.mentions[0][1].first))
        for number, candidate in enumerate(self.candidates, 1):
            candidate.id = f"p{number}"
            referent = Referent(candidate.id, candidate.name, "person", None)
            for _, mention in candidate.mentions:
                mention.referents = (referent,)
        return self.candidates

    def _join_full(self, parts: tuple[str, ...], group: Sequence[tuple[Line, Mention]]) -> None:
        """Joins all mentions of one written name to the person whose name it is a form of, or makes a person."""
        holder = next((c for c in self.candidates if is_form_of(parts, c.parts)), None)
        holder = holder or next((c for c in self.candidates if is_family_form(parts, group, c)), None)
        if holder is None:
            holder = Candidate(parts)
            self.candidates.append(holder)
        for line, mention in group:
            self._add(holder, line, mention)

    def _join_short(self, line: Line, mention: Mention) -> None:
        parts = fold(mention.name)
        part = parts[-1]
        pool = [c for c in self.candidates if c.parts[-len(parts) :] == parts]
        if mention.honorific in _STYLES or any(post.head in _STYLES for post in mention.posts):
            pool = [c for c in self.candidates if c.parts[0] == part]  # "King Farid": rulers go by their first names
        else:
            pool = pool or [c for c in self.candidates if set(parts) <= set(c.parts)]
            pool = pool or [c for c in self.candidates if len(part) > 4 and is_similar(part, c.parts[-1])]
        if not pool:
            candidate = Candidate(parts)
            self.candidates.append(candidate)
            self._add(candidate, line, mention)
            return
        self._add(best_holder(pool, line, mention), line, mention)

    def _add(self, candidate: Candidate, line: Line, mention: Mention) -> None:
        if full_length(fold(mention.name)) > full_length(candidate.parts):
            candidate.parts = fold(mention.name)
        candidate.forms[mention.name] += 1 if not line.is_title else 0
        candidate.mentions.append((line, mention))


def is_family_form(parts: tuple[str, ...], group: Sequence[tuple[Line, Mention]], candidate: Candidate) -> bool:
    """Whether a shorter name ends a fuller one and no rank or post speaks against its being the same person.

    "Soler Prat" is Joan Soler Prat; General "Omar Said" is not Colonel "Ali Omar Said".
    """
    if len(parts) >= len(candidate.parts) or candidate.parts[-len(parts) :] != parts:
        return False
    posts = [post for _, mention in group for post in mention.posts]
    ranks = {post.title.lower() for post in posts if post.is_rank}
    if ranks and candidate.ranks and not ranks & candidate.ranks:
        return False
    known = {post.head for post in candidate.posts if not post.is_rank}
    own = {post.head for post in posts if not post.is_rank}
    return not own or not known or bool(own & known)


def best_holder(pool: Sequence[Candidate], line: Line, mention: Mention) -> Candidate:
    """Of several people with one family name: the one whose rank agrees, then the one introduced first.

    Reports give the bare name to the person whom they are about, and name the relatives in full.
    """
    if len(pool) == 1:
        return pool[0]
    ranks = {post.title.lower() for post in mention.posts if post.is_rank}
    if ranks and (agreeing := [c for c in pool if c.ranks & ranks]):
        pool = agreeing
    here = (line.index, mention.first)

    def introduction(candidate: Candidate) -> tuple[bool, int, int]:
        places = [(other.index, m.first) for other, m in candidate.mentions if not other.is_title]
        first = min(places, default=(line.index + 1, 0))
        return (first >= here, *first)

    return min(pool, key=introduction)


# ---- records -----------------------------------------------------------------------------------------------------
def person_records(candidates: Iterable[Candidate], text: str, expand: Mapping[str, str]) -> tuple[Person, ...]:
    """The persons as records of the readout.

    Args:
        candidates: Joined persons.
        text: The document's text.
        expand: Acronym → full institution name, as the document introduces them.
    """
    candidates = list(candidates)
    people = {form for candidate in candidates for form in (candidate.parts, candidate.parts[-1:])}
    return tuple(
        Person(
            id=candidate.id,
            name=candidate.name,
            aliases=tuple(form for form in candidate.forms if form != candidate.name),
            roles=_roles(candidate, text, expand, people),
            evidence=tuple(_evidence(line, m.first, m.last, text) for line, m in candidate.mentions),
        )
        for candidate in candidates
    )


def _roles(
    candidate: Candidate, text: str, expand: Mapping[str, str], people: set[tuple[str, ...]]
) -> tuple[Role, ...]:
    grouped: list[list[tuple[Line, Post]]] = []
    for line, mention in candidate.mentions:
        if line.is_title:
            continue
        for post in mention.posts:
            for group in grouped:
                if any(_same_post(post, other) and not _stands_beside(post, other, mention) for _, other in group):
                    group.append((line, post))
                    break
            else:
                grouped.append([(line, post)])
    roles = []
    if sum(not group[0][1].is_rank for group in grouped) > 1:  # "Ambassador" as a style beside another post
        grouped = [
            group
            for group in grouped
            if not (group[0][1].title == "Ambassador" and all(_is_bare(post) for _, post in group))
        ]
    for group in grouped:
        line, best = max(group, key=lambda item: (item[1].organization is not None, len(item[1].title)))
        organization = expand.get(best.organization or "", best.organization)
        if organization and fold(organization) in people:  # "Rossi's interior minister"
            organization = None
        roles.append(
            Role(
                title=best.title[0].upper() + best.title[1:],
                organization=organization,
                kind="rank" if best.is_rank else "post",
                standing=best.standing,
                evidence=tuple(_evidence(line, post.first, post.last, text) for line, post in group),
            )
        )
    return tuple(roles)


def _same_post(a: Post, b: Post) -> bool:
    if a.is_rank != b.is_rank:
        return False
    if a.is_rank:
        return a.title.lower() == b.title.lower()
    mine, yours = set(fold(a.title)), set(fold(b.title))
    if (_is_bare(a) and mine < yours and not yours & _SUBORDINATE) or (
        _is_bare(b) and yours < mine and not mine & _SUBORDINATE
    ):
        return True
    common = len(mine & yours)
    return a.head == b.head and 2 * common / (len(mine) + len(yours)) >= 0.5 and not _contradict(a, b)


def _stands_beside(a: Post, b: Post, mention: Mention) -> bool:
    """Whether one mention gives both as posts of their own: "the Prime Minister and Defence Minister NAME"."""
    mine, yours = set(fold(a.title)), set(fold(b.title))
    return not a.is_rank and any(post is b for post in mention.posts) and not (mine <= yours or yours <= mine)


def _is_bare(post: Post) -> bool:
    return post.organization is None and post.country is None


def _contradict(a: Post, b: Post) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def _evidence(line: Line, first: int, last: int, text: str) -> Evidence:
    words = line.labelled.words
    return Evidence.at(text, words[first].start, words[last - 1].end)
