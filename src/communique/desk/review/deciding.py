"""Decisions as they come from pages: one at a time, on the version that was seen, each of them undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.errors import RegisterError, StaleDecision
from communique.register.models import Judgement
from communique.register.store import judging
from communique.register.store.codes import find_record
from communique.register.store.writing import exclusive

UNDOABLE = 10
"""How many of the last decisions can be taken back from the queue; older ones on the record's history."""
MOST_AT_ONCE = 200
"""Each acceptance derives its record anew: more of them would hold up the other reviewers for too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A record as somebody saw it when they decided.

    Attributes:
        code: The record.
        version: Its version on their page.
    """

    code: str
    version: int


def decide(action: str, seen: Seen, *, author: str, note: str = "") -> Judgement:
    """Accepts or rejects a record.

    Raises:
        StaleDecision: If the record changed since it was seen.
        RegisterError: If there is no such decision.
    """
    verbs: dict[str, Callable[[judging.Decision], Judgement]] = {"accept": judging.accept, "reject": judging.reject}
    if action not in verbs:
        raise RegisterError(f"There is no decision {action!r}. Choose from: {', '.join(verbs)}.")
    with exclusive():
        return verbs[action](judging.Decision(code=seen.code, version=seen.version, author=author, note=note))


def decide_pair(action: str, left: Seen, right: Seen, *, author: str) -> Judgement:
    """Says that two records are one ("merge"), or are not ("different"). Both must be as they were seen.

    Raises:
        RegisterError: If there is no such action.
        StaleDecision: If one of them has changed since.
    """
    verbs = {"merge": judging.merge, "different": judging.keep_apart}
    if action not in verbs:
        raise RegisterError(f"There is no decision {action!r}. Choose from: {', '.join(verbs)}.")
    with exclusive():
        other = find_record(right.code)
        if other.version != right.version or not other.is_live:
            raise StaleDecision(f"{right.code} changed meanwhile (you saw version {right.version}). Look again.")
        return verbs[action](judging.Decision(code=left.code, version=left.version, author=author), right.code)


def correct_fields(seen: Seen, values: dict[str, Any], *, author: str, note: str = "") -> list[Judgement]:
    """Corrects several fields as one decision: a judgement a field, all of one batch."""
    batch, made = judging.new_batch(), []
    with exclusive():
        version: int | None = seen.version
        for field, value in values.items():
            decision = judging.Decision(code=seen.code, version=version, author=author, note=note, batch=batch)
            made.append(judging.correct(decision, field, value))
            version = None  # the record is on the version that these corrections make
    return made


def split(seen: Seen, keys: Sequence[str], *, author: str) -> Judgement:
    """Parts reports, or mentions, from a record."""
    with exclusive():
        return judging.split(judging.Decision(code=seen.code, version=seen.version, author=author), keys)


def accept_all(seen: Sequence[Seen], *, author: str) -> int:
    """Accepts records as one decision: all of them, or none where one changed since it was seen.

    Raises:
        RegisterError: If they are more than MOST_AT_ONCE.
        StaleDecision: If one of them has changed since.
    """
    if len(seen) > MOST_AT_ONCE:
        raise RegisterError(f"At most {MOST_AT_ONCE} records are accepted at once. Filter the list further.")
    batch = judging.new_batch()
    with exclusive():
        for one in seen:
            judging.accept(judging.Decision(code=one.code, version=one.version, author=author, batch=batch))
    return len(seen)


def list_undoable(author: str) -> list[Judgement]:
    """The last decisions of somebody that stand, the latest first; those of one batch once."""
    rows = Judgement.objects.filter(author=author, undone_at__isnull=True).order_by("-pk")
    found: list[Judgement] = []
    batches: set[str] = set()
    for row in rows[: UNDOABLE * MOST_AT_ONCE].iterator():
        if row.batch and row.batch in batches:
            continue
        batches.add(row.batch)
        found.append(row)
        if len(found) == UNDOABLE:
            break
    return found


def undo(number: int, *, author: str, is_administrator: bool) -> Judgement:
    """Takes a decision back: one's own of the last ten, or anybody's as an administrator.

    Raises:
        RegisterError: If it is neither, or was taken back already.
    """
    with exclusive():
        judgement = Judgement.objects.filter(pk=number, undone_at__isnull=True).first()
        mine = {row.pk for row in list_undoable(author)}
        if judgement is None or not (judgement.pk in mine or is_administrator):
            raise RegisterError(f"j{number} cannot be undone: it is not among your last {UNDOABLE} standing decisions.")
        judging.undo(judgement, author)
        return judgement
