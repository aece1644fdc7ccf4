"""Which record a group of claims continues: numbers are permanent, whatever re-derivation does to the groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """How records go on.

    Attributes:
        record_of: Number of the record that each group (by position) continues; None for those that need a new one.
        merged: Record → position of the group that most of its claims went to, for records that no group continues.
        orphaned: Records none of whose claims are left.
    """

    record_of: tuple[int | None, ...]
    merged: dict[int, int]
    orphaned: frozenset[int]


def succeed(
    groups: Sequence[Sequence[str]], held: Mapping[str, int], affected: Iterable[int], former: Mapping[str, int]
) -> Succession:
    """Finds the record that each group continues.

    Args:
        groups: Keys of the claims of each group.
        held: The record that each claim belongs to so far.
        affected: Records that are concerned.
        former: Records that were merged or retracted, by the claims they held then: they revive rather than give a new
            number.

    Returns:
        Each record goes on in the group that has most of its claims (the first of equals), and each group goes on as
        its oldest such record.
    """
    heirs: dict[int, int] = {}
    for record in sorted(set(affected)):
        shares = Counter(i for i, keys in enumerate(groups) for key in keys if held.get(key) == record)
        if shares:
            heirs[record] = max(shares, key=lambda i: (shares[i], -i))
    record_of: list[int | None] = [None] * len(groups)
    for record, group in sorted(heirs.items()):
        if record_of[group] is None:
            record_of[group] = record
    taken = {record for record in record_of if record is not None}
    for i, keys in enumerate(groups):
        if record_of[i] is None:
            revived = sorted({former[key] for key in keys if key in former} - taken)
            if revived:
                record_of[i] = revived[0]
                taken.add(revived[0])
    lost = set(affected) - taken
    return Succession(
        record_of=tuple(record_of),
        merged={record: heirs[record] for record in lost if record in heirs},
        orphaned=frozenset(lost - heirs.keys()),
    )
