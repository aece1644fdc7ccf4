"""Successions: whoever somebody replaces held the same post; "her deputy" is the deputy of the post that she holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.model.vocabulary import RoleStanding
from communique.reading.analysis import Line, Mention
from communique.reading.knowledge import Knowledge
from communique.reading.people import Candidate
from communique.reading.titles import Post

_REACH = 2  # sentences back in which the other person is looked for
_OWNED = frozenset("his her its their whose".split())
_OWNER_REACH = 3  # words before "predecessor" in which its owner stands: "X's late Dutch predecessor"
_LONGEST = 3  # words of the longest phrase before a name: "takes over from"
_NEW = frozenset("as new next".split())


class Successions:
    """Gives posts to named people who are told of as deputy, predecessor or successor of somebody.

    Args:
        candidates: The document's persons.
        lines: The document's sentences with their mentions.
        knowledge: The words of succession.
    """

    def __init__(self, candidates: Iterable[Candidate], lines: Sequence[Line], knowledge: Knowledge) -> None:
        self.lines = lines
        self.knowledge = knowledge
        self.posts_of = {id(m): candidate for candidate in candidates for _, m in candidate.mentions}

    def resolve(self) -> None:
        """Adds the posts to the mentions, and completes bare deputies."""
        for number, line in enumerate(self.lines):
            for mention in line.mentions:
                if mention.kind == "person" and not line.is_title:
                    self._complete_deputy(number, mention)
                    self._add_held(number, mention)

    def _complete_deputy(self, number: int, mention: Mention) -> None:
        """As in "the minister and his deputy, NAME": NAME is the deputy minister."""
        words = self.lines[number].labelled.words
        for place, post in enumerate(mention.posts):
            if post.title.lower() != "deputy" or words[post.first].low not in _OWNED:
                continue
            _, other = next(self._others(number, mention), (None, None))
            held = next(iter(self._held(other)), None) if other else None
            if held is not None and held.head != "deputy" and not held.title.lower().startswith("deputy"):
                title = f"{post.title} {held.title}"
                mention.posts[place] = replace(post, title=title, organization=held.organization, country=held.country)

    def _add_held(self, number: int, mention: Mention) -> None:
        """As in "his predecessor, NAME" and "she succeeds NAME": the post is the other person's."""
        if any(not post.is_rank for post in mention.posts):
            return
        standing = self._standing(number, mention)
        if standing is None:
            return
        line, other = next(self._others(number, mention), (None, None))
        held = self._latest(line, other) if line and other else None
        if held is not None:
            first, last = mention.name_first, mention.name_last
            title = held.title[len("new ") :] if held.title.lower().startswith("new ") else held.title
            post = replace(held, title=title, standing=standing, first=first, last=last, definite=False)
            mention.posts.append(post)

    def _standing(self, number: int, mention: Mention) -> RoleStanding | None:
        """What the words before a name say of its bearer: replaced by somebody, or in somebody's place."""
        words = self.lines[number].labelled.words
        end = mention.first
        for length in range(1, _LONGEST + 1):
            phrase = " ".join(word.low for word in words[max(0, end - length) : end])
            if standing := self.knowledge.replacing.get(phrase):
                return standing
        end -= end > 0 and words[end - 1].text == ","
        noun = self.knowledge.successors.get(words[end - 1].low) if end else None
        before = words[max(0, end - 1 - _OWNER_REACH) : max(0, end - 1)]
        return noun if any(word.low in _OWNED or word.low == "'s" for word in before) else None

    def _others(self, number: int, mention: Mention) -> Iterator[tuple[Line, Mention]]:
        """Who may be meant by "his" or "she", the likeliest first: before the name, then first in a sentence before."""
        own = self.posts_of.get(id(mention))
        line = self.lines[number]
        for other in reversed(line.mentions):
            if other.first < mention.first and other.kind == "person" and self.posts_of.get(id(other)) is not own:
                yield line, other
        for line in reversed(self.lines[max(0, number - _REACH) : number]):
            first = next((m for m in line.mentions if m.kind in ("person", "post")), None)
            if first is not None and (first.kind == "post" or line.is_title):
                return  # "The minister …": whom "his" means is not known here
            if first is not None and self.posts_of.get(id(first)) is not own:
                yield line, first

    def _held(self, mention: Mention) -> list[Post]:
        candidate = self.posts_of.get(id(mention))
        posts = [*mention.posts, *(candidate.posts if candidate else ())]
        return [post for post in posts if not post.is_rank and post.standing != "former"]

    def _latest(self, line: Line, mention: Mention) -> Post | None:
        """The post that somebody takes up there, else the first."""
        words = line.labelled.words
        posts = self._held(mention)
        taken_up = [p for p in mention.posts if not p.is_rank and self._is_new(p, words[max(0, p.first - 1)].low)]
        return next(iter([*reversed(taken_up), *posts]), None)

    def _is_new(self, post: Post, before: str) -> bool:
        return post.standing == "incoming" or before in _NEW
