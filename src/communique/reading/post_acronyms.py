"""Short forms of posts that a document introduces itself: "the Commissioner of Police (COP) … The COP said"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.reading.analysis import Line
from communique.reading.labelled import DETERMINERS
from communique.reading.titles import Post


def add_introduced_posts(lines: Sequence[Line]) -> None:
    """Adds the posts for which introduced short forms stand, wherever no post stands already."""
    introduced: dict[str, Post] = {}
    for line in lines:
        introduced.update(found for post in line.posts if (found := _introduction(post, line)))
    if not introduced:
        return
    for line in lines:
        covered = {i for post in line.posts for i in range(post.first, post.last)}
        for i, word in enumerate(line.labelled.words):
            if word.text in introduced and i not in covered:
                definite = i > 0 and line.labelled.words[i - 1].low in DETERMINERS
                post = replace(introduced[word.text], first=i - definite, last=i + 1, definite=definite)
                line.posts.append(post)
        line.posts.sort(key=lambda post: post.first)


def _introduction(post: Post, line: Line) -> tuple[str, Post] | None:
    """The short form in brackets at the end of a post whose initials spell it."""
    words = line.labelled.words[post.first : post.last]
    if post.is_rank or len(words) < 5 or words[-1].text != ")" or words[-3].text != "(":
        return None
    letters = words[-2].text
    initials = [part[0] for part in post.title.lower().replace("-", " ").split()]
    remaining = iter(initials)
    is_spelled = letters.lower()[0] == initials[0] and all(letter in remaining for letter in letters.lower())
    return (letters, post) if letters.isupper() and len(letters) > 1 and is_spelled else None
