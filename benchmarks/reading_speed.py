"""How fast articles are read, beside the bare language model that the reader stands on.

Both read the same articles in the same process, in turns (who goes first changes each round), because a laptop's speed
drifts by more than the difference. The bare model gets the articles' text as the reader finds it, and runs the same
components with the same settings; the reader starts from the bytes of the file. Disk and loading are not timed.

    python benchmarks/reading_speed.py [--articles 100] [--rounds 5] [--at-least 0.5]

Ends with exit code 1 when the ratio is below ``--at-least``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import cycle, islice
from pathlib import Path

from communique.model import Document
from communique.pages import open_document
from communique.reading import Reader
from communique.reading.language import BATCH_SIZE, load_pipeline

ROOT = Path(__file__).resolve().parent.parent
TARGET = 0.5


@dataclass(frozen=True, slots=True)
class Article:
    """A report: what it is called, and its bytes."""

    uri: str
    data: bytes


def find_articles(count: int) -> tuple[list[Article], str]:
    """Articles to read, and where they come from, in words: the shared gold, or else the packaged examples repeated."""
    folder = Path(os.environ.get("COMMUNIQUE_SHARED") or ROOT.parent / "shared") / "gold" / "dev"
    paths = sorted(folder.glob("*/*.txt"))
    if paths:
        # Every n-th, so that all the folders (regions, styles) have their share.
        chosen = paths[:: max(1, len(paths) // count)][:count]
        return [Article(path.name, path.read_bytes()) for path in chosen], "the shared gold"
    reports = resources.files("communique.examples") / "reports"
    packaged = sorted(
        (entry for entry in reports.iterdir() if entry.name.endswith(".txt")), key=lambda entry: entry.name
    )
    repeated = islice(cycle(packaged), count) if packaged else ()
    return [Article(entry.name, entry.read_bytes()) for entry in repeated], "the packaged examples, repeated"


def article_text(document: Document) -> str:
    """The article alone: what the page has besides is not put before the bare model."""
    return "\n".join(document.text[start:end] for start, end in document.body)


def seconds(work: Callable[[], Iterator[object]]) -> float:
    """Wall time of drawing everything from an iterator."""
    began = time.perf_counter()
    deque(work(), maxlen=0)
    return time.perf_counter() - began


def measure(articles: list[Article], rounds: int) -> tuple[int, list[float], list[float]]:
    """Words read, and the seconds that the bare model and the reader took in each round."""
    nlp = load_pipeline()
    reader = Reader()
    texts = [article_text(open_document(article.data, uri=article.uri)) for article in articles]

    def run_model(some: list[str]) -> Iterator[object]:
        return nlp.pipe(some, batch_size=BATCH_SIZE)

    def run_reader(some: list[Article]) -> Iterator[object]:
        return reader.read_many(open_document(article.data, uri=article.uri) for article in some)

    deque(run_model(texts[:5]), maxlen=0)  # warm up: caches, lazily loaded tables
    deque(run_reader(articles[:5]), maxlen=0)
    model_times, reader_times = [], []
    for number in range(rounds):
        if number % 2:
            reader_times.append(seconds(lambda: run_reader(articles)))
            model_times.append(seconds(lambda: run_model(texts)))
        else:
            model_times.append(seconds(lambda: run_model(texts)))
            reader_times.append(seconds(lambda: run_reader(articles)))
    return sum(len(text.split()) for text in texts), model_times, reader_times


def main() -> int:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description="Reading speed beside that of the bare language model.")
    parser.add_argument("--articles", type=int, default=100, help="number of articles (default 100)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; each runs both (default 5)")
    parser.add_argument("--at-least", type=float, default=0.0, help=f"exit code 1 below this ratio (target {TARGET})")
    options = parser.parse_args()

    articles, origin = find_articles(options.articles)
    if not articles:
        print("There are no articles: neither a shared gold nor packaged examples.", file=sys.stderr)
        return 2
    words, model_times, reader_times = measure(articles, options.rounds)
    ratios = [model / reader for model, reader in zip(model_times, reader_times, strict=True)]
    ratio = statistics.median(ratios)
    print(f"{len(articles)} articles, {words:,} words, from {origin}; one process, {options.rounds} rounds")
    print(f"{'':<22}{'median':>12}{'best':>12}   words a second")
    for name, times in (("bare spaCy pipeline", model_times), ("communique", reader_times)):
        print(f"{name:<22}{words / statistics.median(times):>12,.0f}{words / min(times):>12,.0f}")
    print(f"ratio {ratio:.2f} (rounds {min(ratios):.2f} to {max(ratios):.2f}; target {TARGET})")
    return 1 if ratio < options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
