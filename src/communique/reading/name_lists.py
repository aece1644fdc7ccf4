"""Names over a whole document: which uncertain ones stay, and by which short forms people are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.reading.analysis import Line
from communique.reading.name_forms import fold
from communique.reading.names import NameSpan

_LISTING = frozenset([",", ";", "and", "&", "of", "the", "for"])


def certain_names(lines: Sequence[Line], spans: Sequence[list[NameSpan]]) -> list[list[NameSpan]]:
    """Drops names that nothing in the document proves to be people's.

    An uncertain name stays when the same name is certain elsewhere, when its last part stands alone with a certain one,
    or when it stands in a list with certain ones ("Jana Novak of A, Petr Svoboda of B"). A name that only the model
    takes for a person goes when the document elsewhere uses it of a place.
    """
    proved = {fold(span.text) for found in spans for span in found if span.is_certain and not span.is_weak}
    doubted = {fold(span.text) for found in spans for span in found if not span.is_certain} - proved
    proved |= {fold(span.text) for found in spans for span in found if span.is_certain} - doubted
    families = {parts[-1] for parts in proved}
    kept: list[list[NameSpan]] = []
    for line, found in zip(lines, spans, strict=True):
        chosen = []
        for k, span in enumerate(found):
            parts = fold(span.text)
            if (
                parts in proved
                or (len(parts) == 1 and parts[0] in families)
                or (span.is_certain and parts not in doubted)
            ) or (len(parts) >= 2 and is_listed(line, found, k)):
                chosen.append(span)
        kept.append(chosen)
    return kept


def is_listed(line: Line, found: Sequence[NameSpan], k: int) -> bool:
    """Whether a name stands in a list between certain names, or is joined to one by "and"."""
    before, after = found[k - 1] if k else None, found[k + 1] if k + 1 < len(found) else None
    left = before is not None and before.is_certain and _joins(line, before.last, found[k].first)
    right = after is not None and after.is_certain and _joins(line, found[k].last, after.first)
    words = line.labelled.words
    next_to_and = words[found[k].first - 1].low == "and" if left else right and words[found[k].last].low == "and"
    return (left and right) or ((left or right) and next_to_and)


def _joins(line: Line, first: int, last: int) -> bool:
    """Whether only commas, "and", countries and titles stand between two names."""
    words = line.labelled.words
    covered: set[int] = set()
    for label in line.labelled.labels:
        if label.kind in ("country", "rank", "honorific"):
            covered.update(range(label.first, label.last))
    return 0 < last - first <= 8 and all(i in covered or words[i].low in _LISTING for i in range(first, last))


def known_parts(spans: Iterable[NameSpan]) -> set[tuple[str, ...]]:
    """Folded forms by which the people named may be called elsewhere: full name, family name, last two parts."""
    known: set[tuple[str, ...]] = set()
    for span in spans:
        parts = fold(span.text)
        known.add(parts)
        if len(parts) > 1:
            known.add(parts[-1:])
        if len(parts) > 2:
            known.update((parts[-2:], parts[:2]))
        if len(parts) > 3:
            known.add(parts[-3:])
    return {parts for parts in known if len(parts[-1]) > 1}
