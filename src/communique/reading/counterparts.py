"""Counterparts: "his Turkish counterpart, A" holds in Turkey the post that the person before holds at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.reading.analysis import Line, Mention
from communique.reading.knowledge import Knowledge
from communique.reading.people import Candidate
from communique.reading.titles import Post

_REACH = 2  # sentences back in which the person with the same post is looked for
_LOOSE = frozenset(("colleague",))  # without a country these need not hold the same post


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
            resolved = []
            for post in mention.posts:
                if post.head not in knowledge.equals:
                    resolved.append(post)
                    continue
                nearby = _nearby(lines, number, mention, behind=post.country is not None)
                models = _models(mention, nearby, posts_of, knowledge)
                model = next((m for m in models if m.country is None or m.country != post.country), None)
                if model and (post.country or post.organization or post.head not in _LOOSE):
                    organization = _organization(post, model, knowledge)
                    resolved.append(
                        replace(post, title=_title(post, model), organization=organization, head=model.head)
                    )
            mention.posts = resolved


def _organization(post: Post, model: Post, knowledge: Knowledge) -> str | None:
    """The counterpart's own; "the French Navy" of the model is the navy of the counterpart's country."""
    if not post.country or not model.country or not model.organization:
        return post.organization
    body = [w for w in model.organization.removesuffix("'s").split() if knowledge.demonym_country(w) != model.country]
    if body and all(word.lower() in knowledge.institution_nouns | knowledge.fields for word in body):
        return f"{' '.join(body)} of {knowledge.country_name(post.country)}"
    return post.organization


def _title(post: Post, model: Post) -> str:
    """The model's title; "colleague for Internal Affairs" keeps its own field."""
    rest = post.title.lower().partition(post.head)[2].strip()
    return f"{model.head} {post.title[-len(rest) :]}" if rest.startswith(("for ", "of ")) else model.title


def _nearby(lines: Sequence[Line], number: int, mention: Mention, *, behind: bool) -> list[Mention]:
    """Whom the word may point to, the likeliest first: before it, perhaps behind it, in the sentences before."""
    here = lines[number].mentions
    nearby = [m for m in reversed(here) if m.first < mention.first]
    nearby += [m for m in here if m.first > mention.first and behind]
    for line in reversed(lines[max(0, number - _REACH) : number]):
        if not line.is_title:
            nearby += line.mentions
    return nearby


def _models(
    mention: Mention, nearby: Iterable[Mention], posts_of: dict[int, Candidate], knowledge: Knowledge
) -> Iterator[Post]:
    """Posts that the word may stand for, the likeliest first."""
    own = posts_of.get(id(mention))
    for other in nearby:
        candidate = posts_of.get(id(other))
        if other.kind not in ("person", "post") or (candidate is not None and candidate is own):
            continue
        known = [*other.posts, *(candidate.posts if candidate else ())]
        known.sort(key=lambda post: post.country is None and post.organization is None and len(post.title.split()) < 2)
        yield from (post for post in known if not post.is_rank and not _says_nothing(post, knowledge))


def _says_nothing(post: Post, knowledge: Knowledge) -> bool:
    """Whether a word stands for no post of its own: "the official" of "an official visit", another counterpart."""
    is_bare = post.organization is None and post.country is None and len(post.title.split()) == 1
    return post.head in knowledge.equals or (is_bare and post.head in knowledge.weak_heads)
