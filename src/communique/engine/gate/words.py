"""The gate's words: who (posts, ranks, bodies) and what (the triggers of engagements), derived from the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.lexicon import Lexicon
from communique.reading.frames import Frames

# Shorter abbreviations of ranks ("Lt", "Ad") are letters of anything.
SHORTEST_RANK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWords:
    """Spellings as they stand on pages, in small letters, with a capital, and in capitals.

    Attributes:
        who: Posts, bodies and ranks. Ranks, many of them ordinary words as well ("general"), only with capitals.
        what: Triggers of engagements.
    """

    who: frozenset[str]
    what: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> GateWords:
        """Derives the words from posts, ranks and frames."""
        bodies = lexicon.table("gate")["bodies"]
        ranks = (form for word in _ranks(lexicon) for form in _capitalised(word))
        return cls(
            who=frozenset((*_spellings((*_posts(lexicon), *bodies)), *ranks)),
            what=frozenset(_spellings(_triggers(lexicon))),
        )


def _posts(lexicon: Lexicon) -> Iterator[str]:
    posts, gate = lexicon.table("posts"), lexicon.table("gate")
    weak = set(posts["weak_heads"]) - set(gate["weak_posts"])
    for head in posts["heads"]:
        if head not in weak:
            yield head
            yield _plural(head)


def _plural(head: str) -> str:
    if head.endswith("man"):
        return f"{head[:-3]}men"
    return f"{head[:-1]}ies" if head.endswith("ry") else f"{head}s"


def _ranks(lexicon: Lexicon) -> Iterator[str]:
    """Ranks of one word; longer ones end or begin with one of them."""
    excluded = {word.casefold() for word in lexicon.table("gate")["no_ranks"]}
    for rank, spellings in lexicon.table("ranks")["ranks"].items():
        for spelling in (rank, *spellings):
            word = spelling.rstrip(".").casefold()
            if word.isalpha() and len(word) >= SHORTEST_RANK and word not in excluded:
                yield word
                yield f"{word}s"


def _triggers(lexicon: Lexicon) -> Iterator[str]:
    frames = Frames(lexicon)
    yield from frames.nouns
    for word, readings in frames.verbs.items():
        if not all(frame.presence for frame in readings):
            yield word


def _spellings(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        yield from _capitalised(word)


def _capitalised(word: str) -> tuple[str, str, str]:
    return word.capitalize(), word.title(), word.upper()
