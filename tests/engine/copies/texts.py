"""Made-up reports and what wire services' customers do to them."""

from __future__ import annotations

import random

WORDS = (
    "minister envoy general delegation port harbour border patrol training accord council visit talks officers joint "
    "committee exercise commander support region security coast guard agreement session partners ministry capital "
    "discussed reviewed stressed welcomed met received signed announced on in with the of and to a for said after"
).split()


def report(seed: int, words: int = 240) -> str:
    """A report of so many words, none of them anybody's."""
    draw = random.Random(seed)
    return " ".join(f"{draw.choice(WORDS)}{draw.randrange(40)}" for _ in range(words))


def edited(text: str, share: float, seed: int = 0) -> str:
    """The text with a share of its words changed for others."""
    draw = random.Random(seed)
    words = text.split()
    for place in draw.sample(range(len(words)), round(len(words) * share)):
        words[place] = f"other{draw.randrange(10_000)}"
    return " ".join(words)


def printed_elsewhere(text: str) -> str:
    """The text under another headline and dateline, lightly edited, its tail cut, with an outlet's own lines."""
    words = edited(text, 0.03).split()
    kept = " ".join(words[: round(len(words) * 0.9)])
    return f"Quite another headline\n\nQUIN (agencies) – {kept}\n\nSubscribe to our channel for more such news."
