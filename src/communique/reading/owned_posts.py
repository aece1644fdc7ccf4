"""Posts that belong to somebody else's: "the president's security adviser" is the adviser, the president's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.titles import Post

_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))


def is_owner(post: Post, line: LabelledSentence) -> bool:
    """Whether a post owns what follows: "the President's brother"."""
    return post.last < len(line.words) and line.words[post.last].low in _POSSESSIVE


def owned_post(owner: Post, posts: Sequence[Post], line: LabelledSentence, source: str) -> Post | None:
    """The post directly behind its owner; None where something else is owned.

    Its organization is the owner's country or institution, else the owner's own title.
    """
    post = next((p for p in posts if p.first == owner.last + 1), None)
    if post is None or post.is_rank or is_owner(post, line):
        return None
    start = owner.first + (line.words[owner.first].low in DETERMINERS)
    serves = owner.organization or line.text(start, owner.last, source)
    return replace(post, organization=post.organization or serves, country=post.country or owner.country)
