"""Counterparts: "his Turkish counterpart, A" holds in Turkey the post that the person before holds at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.reading.analysis import Line, Mention
from communique.reading.knowledge import Knowledge
from communique.reading.people import Candidate
from communique.reading.titles import Post

_REACH = 2  # sentences back in which the person with the same post is looked for


def resolve_counterparts(candidates: Iterable[Candidate], lines: Sequence[Line], knowledge: Knowledge) -> None:
    """Replaces the posts "counterpart", "opposite number" … of named people by the post that they stand for.

    Where nobody with a post is named near, the word says nothing and is dropped.

    Args:
        candidates: The document's persons.
        lines: The document's sentences with their mentions.
        knowledge: Says which words mean "counterpart".
    """
    posts_of = {id(m): candidate for candidate in candidates for _, m in candidate.mentions}
    for number, line in enumerate(lines):
        for mention in line.mentions:
            if mention.kind != "person" or not any(post.head in knowledge.equals for post in mention.posts):
                continue
            model = next(_models(lines, number, mention, posts_of, knowledge), None)
            resolved = []
            for post in mention.posts:
                if post.head not in knowledge.equals:
                    resolved.append(post)
                elif model and (post.country or post.organization):
                    resolved.append(replace(post, title=_title(post, model), head=model.head))
            mention.posts = resolved


def _title(post: Post, model: Post) -> str:
    """The model's title; "colleague for Internal Affairs" keeps its own field."""
    rest = post.title.lower().partition(post.head)[2].strip()
    return f"{model.head} {post.title[-len(rest) :]}" if rest.startswith(("for ", "of ")) else model.title


def _models(
    lines: Sequence[Line], number: int, mention: Mention, posts_of: dict[int, Candidate], knowledge: Knowledge
) -> Iterator[Post]:
    """Posts that the word may stand for, the likeliest first: before it, behind it, in the sentences before."""
    own = posts_of.get(id(mention))
    here = lines[number].mentions
    nearby = [m for m in reversed(here) if m.first < mention.first] + [m for m in here if m.first > mention.first]
    for line in reversed(lines[max(0, number - _REACH) : number]):
        if not line.is_title:
            nearby += line.mentions
    for other in nearby:
        candidate = posts_of.get(id(other))
        if other.kind not in ("person", "post") or (candidate is not None and candidate is own):
            continue
        known = [*other.posts, *(candidate.posts if candidate else ())]
        known.sort(key=lambda post: post.country is None and post.organization is None and len(post.title.split()) < 2)
        yield from (post for post in known if not post.is_rank and post.head not in knowledge.equals)
