"""An open register, as Python asks it and tells it: add, find, show, judge, enter by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import RecordNotFound, RegisterError
from communique.register.address import RegisterAddress

if TYPE_CHECKING:
    from communique.engine import Failure
    from communique.register.store.promises import PromiseFilters

Record = dict[str, Any]
LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding sources.

    Attributes:
        documents: How many were read and kept, those that were known included.
        new: How many of them were not known.
        failures: What could not be read, and why.
    """

    documents: int
    new: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """An open register. One is open in a process at a time: the one that was opened last.

    Attributes:
        address: Where it lies.
    """

    address: RegisterAddress

    def close(self) -> None:
        """Closes the connections of this process."""
        from django.db import connections

        connections.close_all()

    def __enter__(self) -> Register:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes it."""
        self.close()

    def add(self, *sources: str | Path, published: dt.date | None = None, jobs: int = 1, by: str = "") -> Added:
        """Reads sources (files, folders, patterns, archives, addresses), and keeps what they say.

        Args:
            sources: What ``communique add`` takes.
            published: Their day of publication, where it is known better than they show it.
            jobs: Reading processes.
            by: Who adds them.
        """
        from communique.engine import Failure, ReadOptions
        from communique.register import models as tables
        from communique.register.store.adding import AddOptions, add_sources

        before = tables.Document.objects.count()
        options = AddOptions(read=ReadOptions(published=published, jobs=jobs), author=by)
        failures: list[Failure] = []
        kept = 0
        for outcome in add_sources(sources, options):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                kept += 1
        return Added(documents=kept, new=tables.Document.objects.count() - before, failures=tuple(failures))

    def engagements(self, words: str = "", *, limit: int | None = LIMIT, **filters: Any) -> list[Record]:
        """Engagements that fit, the newest first.

        >>> register.engagements(who="Ana Duarte", since="2024-01")  # doctest: +SKIP

        Args:
            words: Full-text query: words, "a phrase", beginning*, -without, this OR that.
            limit: At most so many; None for all.
            filters: who, beside, organization, place, country, topic, kind, status, source, review (one word or several
                alternatives), since, until (a day, a month or a year), min_sources, min_confidence, conflict, sort.

        Raises:
            QueryError: If a filter is not known, or its value cannot be understood.
        """
        from communique.register.store.finding import find_engagements, read_filters
        from communique.register.store.records import describe_engagement

        if "who" in filters:
            filters["actor"] = filters.pop("who")
        rows = find_engagements(read_filters({"text": words, **filters}))
        return [describe_engagement(row) for row in rows.prefetch_related("participants__actor")[:limit]]

    def actors(self, name: str, *, as_at: dt.date | None = None) -> list[Record]:
        """Actors of a name, in whatever spelling, or with an id, with their posts, or those seen as at a day.

        Raises:
            QueryError: If nobody is called so.
        """
        from communique.register import models as tables
        from communique.register.store.codes import find_actors
        from communique.register.store.records import describe_actor

        rows = tables.Actor.objects.filter(pk__in=find_actors([name])).order_by("-mention_count", "pk")
        return [describe_actor(row, as_at) for row in rows]

    def mechanisms(self, words: str = "", *, limit: int | None = LIMIT, **filters: Any) -> list[Record]:
        """Mechanisms that fit, those last heard of first.

        Args:
            words: All occur in the name.
            limit: At most so many; None for all.
            filters: who, state, is_open, stale_days, as_at: see ``store.promises.PromiseFilters``.
        """
        from communique.register.store.promises import find_mechanisms
        from communique.register.store.records import describe_mechanism

        chosen = _promise_filters(words, filters)
        return [describe_mechanism(row, chosen.as_at, chosen.today) for row in find_mechanisms(chosen)[:limit]]

    def commitments(self, words: str = "", *, limit: int | None = LIMIT, **filters: Any) -> list[Record]:
        """Commitments that fit, the latest first; the filters are those of ``mechanisms``, with acts for states."""
        from communique.register.store.promises import find_commitments
        from communique.register.store.records import describe_commitment

        chosen = _promise_filters(words, filters)
        return [describe_commitment(row, chosen.as_at, chosen.today) for row in find_commitments(chosen)[:limit]]

    def show(self, code: str, *, as_at: dt.date | None = None) -> Record:
        """A record in full, with every passage behind it: e17, a5, m3, c12, or a document's d8.

        Raises:
            RecordNotFound: If there is none.
        """
        from communique.register.store.records import describe

        return describe(code, as_at)

    def judge(self, action: str, code: str, *, by: str, note: str = "", version: int | None = None, **what: Any) -> str:
        """Decides on a record.

        Args:
            action: accept, reject, correct (with ``field`` and ``value``), merge or apart (with ``other``, an id), or
                split (with ``claims``, keys as ``show`` has them).
            code: The record.
            by: Who decides.
            note: Why.
            version: The version that was seen; None to decide whatever the record says by now.
            what: See ``action``.

        Returns:
            The judgement's id, by which it is undone.

        Raises:
            StaleDecision: If the record changed since it was seen.
            RegisterError: If there is no such decision, or it cannot be.
        """
        from communique.register.store import judging

        decision = judging.Decision(code=code, author=by, note=note, version=version)
        actions = {
            "accept": lambda: judging.accept(decision),
            "reject": lambda: judging.reject(decision),
            "correct": lambda: judging.correct(decision, what["field"], what["value"]),
            "merge": lambda: judging.merge(decision, what["other"]),
            "apart": lambda: judging.keep_apart(decision, what["other"]),
            "split": lambda: judging.split(decision, what["claims"]),
        }
        if action not in actions:
            raise RegisterError(f"There is no decision {action!r}. Choose from: {', '.join(actions)}.")
        return actions[action]().code

    def undo(self, judgement: str, *, by: str) -> None:
        """Takes a decision back ("j3"), with all that were made together with it.

        Raises:
            RecordNotFound: If it does not stand.
        """
        from communique.register import models as tables
        from communique.register.store.judging import undo

        match = re.fullmatch(rf"{tables.Judgement.PREFIX}?(\d{{1,18}})", judgement.strip().lower())
        standing = tables.Judgement.objects.filter(undone_at__isnull=True)
        row = standing.filter(pk=int(match[1])).first() if match else None
        if row is None:
            raise RecordNotFound(f"No judgement {judgement!r} stands. They are listed by: communique show ID")
        undo(row, by)

    def enter(self, *, sides: Iterable[Sequence[str]], words: str, by: str, **what: Any) -> str:
        """Enters an engagement by hand, with what was promised or set up at it; gives its id.

        Args:
            sides: Names of those who took part, a side each: see ``store.notes.Note``, also for the other fields (kind,
                status, day, place, country, topics, promise, act, mechanism, mechanism_kind, state).
            words: How it is known: they are kept as its source.
            by: Who says so.
            what: The other fields.
        """
        from communique.register.store.notes import Note, add_note

        parted = tuple(tuple(side) for side in sides)
        what.setdefault("kind", "meeting")
        return add_note(Note(author=by, written=dt.datetime.now(dt.UTC), sides=parted, words=words, **what))


def _promise_filters(words: str, filters: dict[str, Any]) -> PromiseFilters:
    from communique.register.store.promises import PromiseFilters

    for name in ("who", "state"):
        given = filters.get(name, ())
        filters[name] = (given,) if isinstance(given, str) else tuple(given)
    return PromiseFilters(words=words, **filters)
