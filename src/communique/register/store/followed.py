"""What mechanisms and commitments have in common: claims that share a key are followed together; records go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Manager

from communique.register.models.base import Claim, Concluded
from communique.register.store.changes import Change, end_record, log_changes, log_difference, snapshot
from communique.register.store.judged import corrections, judged_with, review_state, tombstones
from communique.register.store.succession import merged_into, succeed

# Claims that share a key with a claim and are compared with it, those that share most keys first: as for engagements.
CANDIDATES = 100
# Claims that are followed together: where more hang together, no further ones are looked for. All pairs of them are
# compared, which takes up to a second at this size.
TOGETHER = 400
Row = TypeVar("Row", bound=Claim)
Record = TypeVar("Record", bound=Concluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following(Generic[Row, Record]):
    """A sort of claims that is followed.

    Attributes:
        subject: What judgements call its records: mechanism, commitment.
        records, claims, blocks: The tables.
        claim: The field of a block that names its claim.
    """

    subject: str
    records: Manager[Any]
    claims: Manager[Any]
    blocks: Manager[Any]
    claim: str

    def rewrite_blocks(self, rows: Collection[Row], keys: Mapping[str, Iterable[str]]) -> None:
        """Writes the keys under which claims are looked up, in place of those they had.

        Args:
            rows: The claims.
            keys: The keys of each claim, by its own key.
        """
        self.blocks.filter(**{f"{self.claim}__in": rows}).delete()
        self.blocks.bulk_create(
            self.blocks.model(**{self.claim: row, "key": block[:200]})
            for row in rows
            for block in sorted(keys[row.key])
        )

    def together(self, keys: Iterable[str], related: Callable[[list[Row], list[Row]], set[str]]) -> dict[str, Row]:
        """Claims that hang together with these, by key: related to each other, judged with, or of one record so far.

        Args:
            keys: Keys of claims.
            related: Gives the keys of those among the second that are related to any of the first.
        """
        edge = found = self._whole(self._load(set(keys)))
        while edge and len(found) < TOGETHER:
            near = self._sharing(edge.values(), found.values())
            wanted = related(list(edge.values()), list(near.values())) if near else set()
            judged = self._load(judged_with(self.subject, edge) - found.keys())
            alike = [row for key, row in near.items() if key in wanted and key not in judged]
            edge = self._whole(judged | self._fitting(alike, TOGETHER - len(found) - len(judged)))
            found = found | edge
        return found

    def _whole(self, rows: dict[str, Row]) -> dict[str, Row]:
        """Claims with all others of the records that they belong to so far: a record is written from all of its own."""
        return rows | self._load(self._held_with(rows.values()) - rows.keys())

    def _fitting(self, rows: Sequence[Row], room: int) -> dict[str, Row]:
        """The first of them that find room with all claims of the records they belong to so far; one always does."""
        home = f"{self.subject}_id"
        held = {getattr(row, home) for row in rows} - {None}
        sizes = self.claims.filter(**{f"{self.subject}__in": held}).order_by().values_list(self.subject)
        needed: dict[int | None, int] = dict(sizes.annotate(Count("pk"))) if held else {}
        fitting: dict[str, Row] = {}
        for row in rows:
            room -= needed.get(getattr(row, home), 1)
            if room < 0 and fitting:
                break
            fitting[row.key] = row
            if getattr(row, home) is not None:
                needed[getattr(row, home)] = 0  # they come along once
        return fitting

    def _load(self, keys: Collection[str]) -> dict[str, Row]:
        rows = self.claims.filter(key__in=keys).select_related("document", "document__copy_of") if keys else ()
        return {row.key: row for row in rows}

    def _sharing(self, edge: Iterable[Row], found: Iterable[Row]) -> dict[str, Row]:
        """Claims that share a key with these, those that share most first; the order of arrival has no say in it."""
        own = self.blocks.filter(**{f"{self.claim}__in": list(edge)}).values("key")
        rows = self.blocks.filter(key__in=own).exclude(**{f"{self.claim}__in": list(found)}).values(self.claim)
        ranked = rows.annotate(shared=Count("pk")).order_by("-shared", f"{self.claim}__key")
        return self._load(set(ranked.values_list(f"{self.claim}__key", flat=True)[:CANDIDATES]))

    def _held_with(self, edge: Iterable[Row]) -> set[str]:
        """Keys of the claims of the records that claims belong to so far."""
        held = {getattr(row, f"{self.subject}_id") for row in edge} - {None}
        rows = self.claims.filter(**{f"{self.subject}__in": held})
        return set(rows.values_list("key", flat=True)) if held else set()

    def write(
        self,
        groups: Sequence[Sequence[str]],
        rows: Mapping[str, Row],
        write_one: Callable[[Record, int], Change | None],
    ) -> set[int]:
        """Writes the records of groups of claims, and merges or retracts those that no group continues.

        Args:
            groups: Keys of the claims of each record.
            rows: All claims that were followed, by key.
            write_one: Writes a record, old or new, as that of the group at a position; gives the line of the log.

        Returns:
            Numbers of the records that were written, merged or retracted.
        """
        home = f"{self.subject}_id"
        held: dict[str, int] = {key: number for key, row in rows.items() if (number := getattr(row, home))}
        affected = set(held.values())
        former = {number: row.former_keys for number, row in merged_into(self.records, affected).items()}
        succession = succeed(groups, held, affected, tombstones(self.subject, rows) | former)
        known = self.records.in_bulk([number for number in succession.record_of if number])
        written = [known[number] if number else self.records.model() for number in succession.record_of]
        log_changes(line for i, record in enumerate(written) if (line := write_one(record, i)))
        lost = held.keys() - {key for keys in groups for key in keys}
        if lost:
            self.claims.filter(key__in=lost).update(**{self.subject: None})
        for number in sorted(set(succession.merged) | succession.orphaned):
            survivor = written[succession.merged[number]] if number in succession.merged else None
            if survivor is None and self.claims.filter(**{self.subject: number}).exists():
                continue  # it lives on in claims that were not looked at
            end_record(self.records.get(pk=number), survivor, (key for key, owner in held.items() if owner == number))
        return {record.pk for record in written} | affected

    def retract_empty(self, numbers: Iterable[int], keys: Iterable[str]) -> None:
        """Retracts those of the records that have no claim any more; their claims' keys let them revive."""
        held = set(keys)
        for record in self.records.filter(pk__in=list(numbers), merged_into=None, retracted_at=None):
            if not self.claims.filter(**{self.subject: record}).exists():
                end_record(record, None, held)


def conclude_record(
    record: Concluded, keys: Sequence[str], subject: str, fields: Sequence[str], concluded: Mapping[str, Any]
) -> Change | None:
    """Writes what was concluded, and what people corrected, into a record, and keeps it; gives the line of the log.

    Args:
        record: The record, old or new.
        keys: Keys of its claims.
        subject: What judgements call it.
        fields: The fields whose changes are told, and count as a new version.
        concluded: Values of its fields.
    """
    before = snapshot(record, fields) if record.pk else None
    for field, value in {**concluded, **corrections(subject, keys)}.items():
        setattr(record, field, value)
    record.review = review_state(subject, keys)
    record.merged_into, record.retracted_at, record.former_keys = None, None, []
    after = snapshot(record, fields)
    record.version += before is not None and before != after
    record.save()
    return log_difference(record, before, after)
