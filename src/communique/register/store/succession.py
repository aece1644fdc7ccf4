"""Which record a group of claims continues: numbers are permanent, whatever re-derivation does to the groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager


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
    groups: Sequence[Sequence[str]],
    held: Mapping[str, int],
    affected: Iterable[int],
    former: Mapping[int, Collection[str]],
) -> Succession:
    """Finds the record that each group continues.

    Args:
        groups: Keys of the claims of each group.
        held: The record that each claim belongs to so far.
        affected: Records that are concerned.
        former: Keys of the claims that records held when they were merged or rejected: they revive rather than give a
            new number.

    Returns:
        Each record goes on in the group that has most of its claims, those first that were of no former record (the
        first of equals); each group goes on as its oldest such record.
    """
    group_of = {key: i for i, keys in enumerate(groups) for key in keys}
    formerly = {key for keys in former.values() for key in keys}
    own_keys: dict[int, list[str]] = defaultdict(list)
    for key, owner in held.items():
        own_keys[owner].append(key)
    heirs: dict[int, int] = {}
    record_of: list[int | None] = [None] * len(groups)
    for record in sorted(set(affected)):
        own = [key for key in own_keys[record] if key in group_of]
        if own:
            always, now = _shares(set(own) - formerly, group_of), _shares(own, group_of)
            group = heirs[record] = max(now, key=lambda i: (always[i], now[i], -i))
            if record_of[group] is None:
                record_of[group] = record
    for record in sorted(former.keys() - set(affected)):
        now = _shares(former[record], group_of)
        if now:
            group = max(now, key=lambda i: (now[i], record_of[i] is None, -i))
            record_of[group] = min(record, record_of[group] or record)
    taken = {record for record in record_of if record is not None}
    lost = set(affected) - taken
    return Succession(
        record_of=tuple(record_of),
        merged={record: heirs[record] for record in lost if record in heirs},
        orphaned=frozenset(lost - heirs.keys()),
    )


def _shares(keys: Iterable[str], group_of: Mapping[str, int]) -> Counter[int]:
    """How many of the keys each group has."""
    return Counter(group_of[key] for key in keys if key in group_of)


def merged_into(records: Manager[Any], numbers: Iterable[int]) -> dict[int, Any]:
    """Records that were merged into these, or into records that were, by number."""
    found: dict[int, Any] = {}
    edge = set(numbers)
    while edge:
        rows = {row.pk: row for row in records.filter(merged_into__in=edge)}
        edge = rows.keys() - found.keys()
        found |= rows
    return found
