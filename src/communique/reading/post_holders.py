"""Holders of posts: whom "the Field Marshal", "the envoy", "the visitor" stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention, Referent
from communique.reading.callings import Calling, Callings
from communique.reading.memory import Memory, foremost, people_in
from communique.reading.noun_phrases import NounPhrases
from communique.reading.parties import Party
from communique.reading.reference_words import ReferenceWords
from communique.reading.titles import Post

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_SMALL = frozenset("of the for and in affairs national new newly acting outgoing incoming current".split())
_UNDER = frozenset("deputy vice assistant under".split())


class PostHolders:
    """Finds whom a post or a word for a person stands for.

    Args:
        words: The words of reference.
        memory: What has been mentioned.
        phrases: Reads noun phrases.
        callings: Tells whether somebody is what a noun says.
    """

    def __init__(self, words: ReferenceWords, memory: Memory, phrases: NounPhrases, callings: Callings) -> None:
        self.words = words
        self.memory = memory
        self.phrases = phrases
        self.callings = callings

    def holder(self, mention: Mention, line: Line, token: Token) -> Party:
        """The last holder of a post such as "the Field Marshal", "the envoy"; else the holder without a name."""
        post = mention.posts[0]
        anchor = line.anchors[token.i]
        best = self._best(post, line, token)
        if best is not None and (post.definite or not mention.country or self._surely_holds(best, post)):
            return Party(best, anchor)
        is_owned = post.organization is not None and not (post.country and post.definite)
        if (
            post.title.lower() == post.head  # "the Consul General" is no "general"
            and post.head in self.words.generic_people
            and (party := self._generic(post, line, token, post.organization if is_owned else None))
        ):
            return party
        name = self.phrases.mention_text(mention, line) or mention.name
        return Party(Referent(None, name, "group", mention.country), anchor)

    def _surely_holds(self, person: Referent, post: Post) -> bool:
        """Whether a person holds the very post, in the country that is told ("Malta's Prime Minister")."""
        candidate = self.memory.candidates[person.ref or ""]
        told = (post.title.lower(), post.country)
        return post.country is not None and any((p.title.lower(), p.country) == told for p in candidate.posts)

    def generic(self, noun: str, line: Line, token: Token) -> Party | None:
        """Whom "the visitor" or "the official" stands for: the visitor, or whoever was foremost last and is that."""
        return self._generic(Post(noun, None, None, "current", False, 0, 0, head=noun), line, token)

    def _generic(self, post: Post, line: Line, token: Token, owner: str | None = None) -> Party | None:
        """The same for a bare post, of a country or an institution: "the diplomat", "the US envoy", "the UN envoy"."""
        noun, country = post.head, post.country
        role = self.words.generic_people[noun]
        if role == "visitor" and self.memory.visitors and country is owner is None:
            return Party(self.memory.visitors[-1].referent, line.anchors[token.i])
        if role not in ("last", "visitor"):
            return None
        calling = Calling(noun, 1, (country,) if country else ())
        tries = [(calling, True), (calling, False)]
        if noun in self.words.closely:
            tries.insert(0, (replace(calling, closely=True), True))
        for tried, surely in tries:
            fits = [s for s in self.memory.salient if self.callings.agrees(s.party, tried, surely=surely)]
            if fits := [s for s in fits if owner is None or self._serves(s.party, owner)]:
                return Party(foremost(fits).party.referent, line.anchors[token.i])
        return None

    def _serves(self, party: Party, owner: str) -> bool:
        """Whether a person is told to hold a post of an institution."""
        candidate = self.memory.candidate(party)
        posts = candidate.posts if candidate is not None else ()
        return any(post.organization is not None and _overlap(post.organization, owner) for post in posts)

    def _best(self, post: Post, line: Line, token: Token) -> Referent | None:
        """The person named before who holds the post: by words in common, standing, country, then who was last."""
        post = self._plain(post)
        seen = {s.party.referent.ref or "": s.line for s in self.memory.salient}
        seen |= {s.party.referent.ref or "": line.index for s in people_in(line) if s.token < token.i}
        wanted = _words(post.title) | {post.head}
        best: tuple[tuple[int, bool, bool, int], Referent] | None = None
        for ref, candidate in self.memory.candidates.items():
            for held in map(self._plain, candidate.posts) if ref in seen else ():
                if not _may_be(post, held):
                    continue
                common = len(wanted & (_words(held.title) | {held.head}))
                stands = (post.standing == "former") == (held.standing == "former")
                rank = (common, stands, bool(post.country and post.country == held.country), seen[ref])
                if best is None or rank > best[0]:
                    best = rank, Referent(ref, candidate.name, "person")
        return best[1] if best is not None else None

    def _plain(self, post: Post) -> Post:
        """The post by its usual name: the head of state is a president, the premier a prime minister."""
        title = self.words.same_posts.get(post.title.lower())
        return replace(post, title=title, head=title) if title is not None else post


def _may_be(post: Post, held: Post) -> bool:
    """Whether a post mentioned may be one that somebody holds: nothing that both tell differs."""
    told, known = _words(post.title), _words(held.title)
    if held.head != post.head and told != known:
        return False
    if held.is_rank and not post.is_rank and held.title.lower() != post.title.lower():
        return False  # "the inspector general" is no "General"
    if not _agree(told, known):
        return False
    if post.country and held.country:
        return post.country == held.country
    if _is_abbreviation(post):
        return True
    if post.organization and held.organization and not post.country:
        return _overlap(post.organization, held.organization)
    # "The President of the General Assembly" is somebody else than "President X"; "the Italian ambassador" may be X.
    return not post.organization or bool(post.country) or bool(held.organization or held.country)


def _is_abbreviation(post: Post) -> bool:
    """Whether one word stands for a whole title, and its institution is the lexicon's guess: "the SRSG"."""
    return post.last - post.first - post.definite == 1 and len(post.title.split()) > 1


def _agree(told: frozenset[str], held: frozenset[str]) -> bool:
    """Whether the words of two titles of one head do not speak of two posts: one says no more than the other.

    "The minister" may be the deputy interior minister; "the foreign minister" and "the interior minister" are not he.
    """
    return len(told) == 1 < len(held) or ((told <= held or held <= told) and told & _UNDER == held & _UNDER)


def _words(title: str) -> frozenset[str]:
    return frozenset(title.lower().replace("defense", "defence").replace("-", " ").split()) - _SMALL


def _overlap(one: str, other: str) -> bool:
    """Whether two names of institutions share a capitalized word."""
    first, second = ({word.lower() for word in name.split() if word[0].isupper()} for name in (one, other))
    return bool(first & second)
