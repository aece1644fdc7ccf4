"""Bodies inside titles: "head of the Migration Service" is the head, and the service employs him."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from communique.reading.knowledge import Knowledge

if TYPE_CHECKING:
    from communique.reading.titles import Post

_LEADING = frozenset(
    """head commander commandant president chair chairman chairwoman chairperson leader manager rector director
    director-general director general""".split()
)
_NAMING = frozenset("head commander commandant president chair chairman chairwoman chairperson leader".split())
_NO_BODY = frozenset(
    """staff staffs state government republic mission delegation department office communications protocol
    defence defense affairs operations plans training intelligence""".split()
)
"""Where they stand, the whole is the title: "Head of State", "Director of Operations", "head of delegation"."""


def with_body(post: Post, knowledge: Knowledge) -> Post:
    """The post with the body that its title names as its organization: "head of the Migration Service".

    What a body's name is told by: an institution noun, or capitals behind a word for who leads something.
    """
    lead, of, rest = post.title.partition(" of ")
    if not of or post.organization or post.head not in _LEADING:
        return post
    name = rest.removeprefix("the ")
    words = name.lower().replace("'s", "").split()
    if any(word in _NO_BODY for word in words):
        return post
    is_body = any(word in knowledge.institution_nouns for word in words)
    is_named = post.head in _NAMING and len(words) > 1 and name[0].isupper()
    return replace(post, title=lead, organization=name) if is_body or is_named else post
