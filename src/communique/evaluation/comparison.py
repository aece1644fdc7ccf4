"""Compares the readouts of two readers, or of two versions of one: where they agree, and where they do not.

Neither is the truth. The scorer that holds readouts against gold holds one against the other here, so agreement is on
its scale: what two careful people reach is the most that can be expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.evaluation.alignment import Fact, Row, align
from communique.evaluation.figures import Scores
from communique.evaluation.report import scores_to_dict
from communique.evaluation.scores import FoundDocument, score_document
from communique.evaluation.side_by_side import Entry, Wording

COMPARISON_WORDING = Wording(title="Two readouts", left="A", right="B", only_left="only in A", only_right="only in B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two lists of readouts, document by document.

    Attributes:
        entries: The documents of both, with what both say.
        scores: Agreement: the first list stands where gold does.
        only_left: Addresses of documents that only the first list has.
        only_right: Addresses of documents that only the second one has.
    """

    entries: tuple[Entry, ...]
    scores: Scores
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()


def compare(left: Sequence[FoundDocument], right: Sequence[FoundDocument]) -> Comparison:
    """Pairs two lists by document (digest and file name) and compares the pairs; of doubles the last one counts."""
    ours, theirs = ({document.key: document for document in found} for found in (left, right))
    both = [(document, theirs[key]) for key, document in ours.items() if key in theirs]
    return Comparison(
        entries=tuple(Entry(name=one.uri, rows=align(one.claims, two.claims)) for one, two in both),
        scores=Scores.over(score_document(one.uri, one.claims, two.claims) for one, two in both),
        only_left=tuple(document.uri for key, document in ours.items() if key not in theirs),
        only_right=tuple(document.uri for key, document in theirs.items() if key not in ours),
    )


def render_comparison(comparison: Comparison) -> str:
    """Agreement by field: F1 with counts for facts, shares for the fields of facts that both have."""
    scores = comparison.scores
    lines = [f"{'':<16}{'agreement':>10}{'both':>7}{'A':>7}{'B':>7}"]
    for key, tally in scores.tallies.items():
        lines.append(f"{key:<16}{tally.f1:>10.3f}{tally.matched:>7}{tally.gold:>7}{tally.found:>7}")
    lines += ["", f"{'on facts of both':<16}{'agreement':>10}{'same':>7}{'of':>7}"]
    for key, share in scores.shares.items():
        value = "-" if share.value is None else f"{share.value:.3f}"
        lines.append(f"{key.replace('_', ' '):<16}{value:>10}{share.right:>7}{share.looked_at:>7}")
    lines += ["", f"documents in both {scores.documents}"]
    for name, missing in (("A", comparison.only_left), ("B", comparison.only_right)):
        if missing:
            lines.append(f"only in {name}: {', '.join(missing)}")
    return "\n".join(lines)


def render_differences(entries: Iterable[Entry], wording: Wording) -> str:
    """What differs, document after document; documents about which both agree are passed over."""
    lines: list[str] = []
    for entry in entries:
        told = [row for row in entry.rows if row.verdict != "same"]
        if told:
            lines.append(f"== {entry.name}")
            lines += [f"   {line}" for row in told for line in _describe(row, wording)]
    return "\n".join(lines)


def _describe(row: Row, wording: Wording) -> list[str]:
    if row.left is None or row.right is None:
        is_left = row.right is None
        fact = row.left or row.right
        assert fact is not None
        return [f"{row.kind} {wording.only_left if is_left else wording.only_right}: {_in_words(fact)}"]
    lines = [f"{row.kind}: {_in_words(row.left)}"]
    for label in row.left.fields:
        one, two = row.left.fields[label], row.right.fields.get(label, ())
        if not all(term.agrees for term in (*one, *two)):
            said = [", ".join(term.text for term in terms) or "–" for terms in (one, two)]
            lines.append(f"  {label}: {wording.left} {said[0]} | {wording.right} {said[1]}")
    return lines


def _in_words(fact: Fact) -> str:
    """The fact in one line: its head, and the beginning of its passage."""
    heads = [term.text for label in ("name", "kind", "act") for term in fact.fields.get(label, ())]
    names = [term.text for label in ("participants", "who") for term in fact.fields.get(label, ())]
    said = " ".join(heads) + (f": {', '.join(names)}" if names else "")
    return said + (f" :: {' '.join(fact.passages[0].split())[:100]}" if fact.passages else "")


def comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as a JSON object: figures, then each document with what differs."""
    return {
        "agreement": scores_to_dict(comparison.scores),
        "only_in_a": list(comparison.only_left),
        "only_in_b": list(comparison.only_right),
        "documents": [
            {
                "uri": entry.name,
                "same": sum(row.verdict == "same" for row in entry.rows),
                "differences": [
                    {"kind": row.kind, "a": _plain(row.left), "b": _plain(row.right)}
                    for row in entry.rows
                    if row.verdict != "same"
                ],
            }
            for entry in comparison.entries
        ],
    }


def _plain(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    fields = {label: [term.text for term in terms] for label, terms in fact.fields.items() if terms}
    return {**fields, "passages": list(fact.passages)}
