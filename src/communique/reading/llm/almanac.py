"""The language knowledge that a model's answer is understood with, loaded once for all documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.lexicon import Lexicon
from communique.reading.dates import DateFinder
from communique.reading.name_forms import fold
from communique.reading.places import Gazetteer

Parts = tuple[str, ...]


class Almanac:
    """What is needed to understand the times, places and titles of any document.

    Attributes:
        dates: Finds words that tell a time.
        gazetteer: Knows countries and places.
        title_words: Folded words of ranks, courtesy titles and posts: no parts of names.
        short_titles: Folded rank or post → its folded short forms.
        peers: Words for those of equal post, of phrases the first one ("counterparts", "opposite").
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.dates = DateFinder(lexicon)
        self.gazetteer = Gazetteer(lexicon)
        self.title_words = frozenset(_title_words(lexicon))
        self.short_titles = _short_titles(lexicon)
        self.peers = frozenset(_peers(lexicon))


def _title_words(lexicon: Lexicon) -> Iterator[str]:
    """The folded words of ranks, courtesy titles and posts."""
    ranks, posts = lexicon.table("ranks"), lexicon.table("posts")
    for table in (ranks["ranks"], ranks["courtesy"], ranks["nobility"]):
        for full, forms in table.items():
            yield from (word for phrase in (full, *forms) for word in fold(phrase))
    for phrase in (*posts["heads"], *posts["weak_heads"], *posts["long_heads"], *posts["abbreviations"]):
        yield from fold(phrase)


def _peers(lexicon: Lexicon) -> Iterator[str]:
    for phrase in lexicon.table("posts")["equals"]:
        first = fold(phrase)[0]
        yield from (first, f"{first}s")


def _short_titles(lexicon: Lexicon) -> Mapping[Parts, tuple[Parts, ...]]:
    """Folded rank or post → the folded short forms in which reports write it ("Lt Gen", "CoS")."""
    ranks = {fold(full): tuple(fold(form) for form in forms) for full, forms in lexicon.table("ranks")["ranks"].items()}
    posts: dict[Parts, tuple[Parts, ...]] = {}
    for short, (full, _) in lexicon.table("posts")["abbreviations"].items():
        posts[fold(full)] = (*posts.get(fold(full), ()), fold(short))
    return {**ranks, **posts}
