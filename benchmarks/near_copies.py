"""How many near-copies are found, how many pairs are false, and how fast.

    python benchmarks/near_copies.py [--documents 20000]

The texts are made here: words by Zipf's law, in phrases that many of them share, as agency prose does. A tenth of them
has one copy, edited at a stated level (words replaced, removed or added) or cut. Printed: recall for each level, pairs
put together that do not belong together, documents a second, the process's peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from communique.engine.copies import CopyEntry, CopyIndex

PHRASES = 4_000
VOCABULARY = 30_000
BATCH = 1_000


class Prose:
    """Makes texts and edits them; the same seed gives the same texts."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._words = [f"w{number}" for number in range(VOCABULARY)]
        weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
        pool = self._draw.choices(self._words, weights, k=400_000)
        self._pool = pool
        self._phrases = [pool[at : at + 5] for at in self._draw.sample(range(len(pool) - 5), PHRASES)]

    def text(self) -> list[str]:
        """A text of some 200 to 500 words; a fifth of them stand in phrases of agency prose."""
        words: list[str] = []
        length = self._draw.randint(200, 500)
        while len(words) < length:
            if self._draw.random() < 0.06:
                words += self._draw.choice(self._phrases)
            else:
                words.append(self._draw.choice(self._pool))
        return words

    def edit(self, words: list[str], share: float) -> list[str]:
        """Each word is, with this chance, replaced, removed, or followed by another."""
        edited: list[str] = []
        for word in words:
            if self._draw.random() >= share:
                edited.append(word)
                continue
            change = self._draw.randrange(4)
            edited += [word, self._draw.choice(self._pool)] if change == 0 else []
            edited += [self._draw.choice(self._pool)] if change > 1 else []
        return edited


Level = Callable[[Prose, list[str]], list[str]]
LEVELS: dict[str, Level] = {
    "the same words": lambda prose, words: words,
    "5 % edited": lambda prose, words: prose.edit(words, 0.05),
    "10 % edited": lambda prose, words: prose.edit(words, 0.10),
    "15 % edited": lambda prose, words: prose.edit(words, 0.15),
    "20 % edited": lambda prose, words: prose.edit(words, 0.20),
    "a quarter cut": lambda prose, words: words[: len(words) * 3 // 4],
    "half cut": lambda prose, words: words[: len(words) // 2],
    "headline, 3 % edited, boilerplate": lambda prose, words: [
        *prose.text()[:10],
        *prose.edit(words, 0.03),
        *prose.text()[:30],
    ],
}


def entries(documents: int, prose: Prose, copies: dict[str, str]) -> Iterator[CopyEntry]:
    """The documents; ``copies`` is filled with the level of every original that has a copy."""
    levels = list(LEVELS)
    for number in range(documents * 10 // 11):
        words = prose.text()
        yield CopyEntry(id=f"{number}", text=" ".join(words))
        if number % 10 == 0:
            level = levels[(number // 10) % len(levels)]
            copies[f"{number}"] = level
            yield CopyEntry(id=f"{number}-copy", text=" ".join(LEVELS[level](prose, words)))


def main() -> int:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description="Near-copies: recall, false pairs, speed.")
    parser.add_argument("--documents", type=int, default=20_000)
    documents = parser.parse_args().documents
    copies: dict[str, str] = {}
    spent, batch = 0.0, list[CopyEntry]()
    made = entries(documents, Prose(1), copies)
    index = CopyIndex()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while batch := list(islice(made, BATCH)):
        began = time.perf_counter()
        index.add_many(batch)
        spent += time.perf_counter() - began
    found, false = Counter[str](), 0
    for group in index.groups():
        families = Counter(member.removesuffix("-copy") for member in group.members)
        false += len(group.members) * (len(group.members) - 1) // 2 - sum(n * (n - 1) // 2 for n in families.values())
        found.update(copies[name] for name, count in families.items() if count == 2)
    repeated = Counter(copies[repeat.id.removesuffix("-copy")] for repeat in index.repeats())
    possible = Counter(copies.values())
    print(f"{len(index):,} documents, {len(copies):,} copies")
    for level in LEVELS:
        of = possible[level]
        print(f"  {level:<36}recall {found[level] / of:.3f}  not read {repeated[level] / of:.3f}")
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"false pairs {false}; {len(index) / spent:,.0f} documents/s; index {peak:,.0f} MB in memory")
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
