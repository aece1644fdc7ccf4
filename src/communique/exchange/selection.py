"""What an export holds: the engagements that the filters choose, and everything that hangs on them.

Without filters it is the whole register. Whatever a row names is exported too: the actors of every participant, party,
speaker and post, and the documents of every passage. So each id in a file leads to a row of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from communique.register import models as tables
from communique.register.snapshot import one_moment
from communique.register.store.finding import EngagementFilters, find_engagements

Row = TypeVar("Row", bound=Model)
LIVE: dict[str, Any] = {"merged_into__isnull": True, "retracted_at__isnull": True}
# Holds the numbers of what was chosen, by kind of record. Subqueries within subqueries would be too much for SQLite.
CHOSEN = "communique_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an export holds; made by ``open_selection``. Every method gives a query that is evaluated by who asks.

    Attributes:
        filters: Which engagements.
    """

    filters: EngagementFilters = field(default_factory=EngagementFilters)

    @property
    def is_everything(self) -> bool:
        """Whether no filter is set, whatever the order."""
        return replace(self.filters, sort=EngagementFilters().sort) == EngagementFilters()

    def engagements(self) -> QuerySet[tables.Engagement]:
        """In the order of the filters."""
        return find_engagements(self.filters)

    def participants(self) -> QuerySet[tables.EngagementParticipant]:
        """Who took part in the engagements."""
        return self._belonging(tables.EngagementParticipant.objects.all(), "engagement")

    def reports(self) -> QuerySet[tables.EngagementReport]:
        """The reports of the engagements."""
        return self._belonging(tables.EngagementReport.objects.all(), "engagement")

    def told_participants(self) -> QuerySet[tables.ReportParticipant]:
        """Who took part, as each report tells it."""
        return self._belonging(tables.ReportParticipant.objects.all(), "engagement", path="report__engagement")

    def commitments(self) -> QuerySet[tables.Commitment]:
        """What was committed at the engagements."""
        return self._of(tables.Commitment.objects.filter(**LIVE), "commitment")

    def commitment_reports(self) -> QuerySet[tables.CommitmentReport]:
        """The reports of the commitments."""
        return self._belonging(tables.CommitmentReport.objects.all(), "commitment")

    def follow_ups(self) -> QuerySet[tables.CommitmentFollowUp]:
        """What later documents say of the commitments."""
        return self._belonging(tables.CommitmentFollowUp.objects.all(), "commitment")

    def mechanisms(self) -> QuerySet[tables.Mechanism]:
        """The mechanisms of which the engagements' reports or commitments speak, each with its whole history."""
        return self._of(tables.Mechanism.objects.filter(**LIVE), "mechanism")

    def steps(self) -> QuerySet[tables.MechanismStep]:
        """The steps of the mechanisms."""
        return self._belonging(tables.MechanismStep.objects.all(), "mechanism")

    def statements(self) -> QuerySet[tables.Statement]:
        """What was said at the engagements; without filters, whatever was said."""
        rows = tables.Statement.objects.all()
        return rows if self.is_everything else self._belonging(rows, "engagement", path="report__engagement")

    def tenures(self) -> QuerySet[tables.Tenure]:
        """The posts of those who took part, made commitments or spoke."""
        rows = tables.Tenure.objects.filter(**{f"actor__{name}": value for name, value in LIVE.items()})
        return rows if self.is_everything else rows.filter(actor__in=_chosen("involved"))

    def actors(self) -> QuerySet[tables.Actor]:
        """Everybody whom a row of another table names."""
        return self._of(tables.Actor.objects.filter(**LIVE), "actor")

    def mentions(self) -> QuerySet[tables.Mention]:
        """Where the actors are named."""
        return self._belonging(tables.Mention.objects.all(), "actor", path="profile__actor")

    def documents(self) -> QuerySet[tables.Document]:
        """Every document that a row of another table rests on."""
        return self._of(tables.Document.objects.all(), "document")

    def _belonging(self, rows: QuerySet[Row], kind: str, *, path: str = "") -> QuerySet[Row]:
        """The rows that belong, by the field of this name or path, to records of a kind that were chosen."""
        path = path or kind
        if not self.is_everything:
            return rows.filter(**{f"{path}__in": _chosen(kind)})
        live = {f"{path}__{name}": value for name, value in LIVE.items()}
        return rows.filter(**{f"{path}__isnull": False}, **live)

    def _of(self, rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
        return rows if self.is_everything else rows.filter(pk__in=_chosen(kind))


@contextmanager
def open_selection(filters: EngagementFilters | None = None) -> Iterator[Selection]:
    """What the filters choose at one moment of the register. Nothing may be written to the register meanwhile."""
    selection = Selection(filters=filters or EngagementFilters())
    if selection.is_everything:
        with one_moment():
            yield selection
        return
    # Before the moment begins: a transaction that only reads can fill a temporary table, but not make one.
    _execute(f"CREATE TEMPORARY TABLE {CHOSEN} (kind varchar(16), id bigint, PRIMARY KEY (kind, id))")
    try:
        with one_moment():
            _choose(selection)
            yield selection
    finally:
        _execute(f"DROP TABLE {CHOSEN}")


def _choose(selection: Selection) -> None:
    """Notes what was chosen, kind by kind: each builds on those before it."""
    here = _chosen("engagement")
    _note("engagement", selection.engagements().order_by(), "pk")
    _note("commitment", tables.Commitment.objects.filter(engagement__in=here, **LIVE), "pk")
    steps = tables.MechanismStep.objects.filter(report__engagement__in=here)
    _note("mechanism", tables.Mechanism.objects.filter(pk__in=steps.values("mechanism"), **LIVE), "pk")
    _note("mechanism", selection.commitments(), "mechanism")
    _note("involved", tables.EngagementParticipant.objects.filter(engagement__in=here), "actor")
    _note("involved", selection.commitments(), "parties")
    _note("involved", selection.mechanisms(), "parties")
    _note("involved", selection.statements(), "actor")
    _note("actor", tables.Actor.objects.filter(pk__in=_chosen("involved")), "pk")
    _note("actor", selection.tenures(), "organization_actor")
    _note("actor", selection.tenures(), "superseded_by")
    for claims in (
        selection.reports(),
        selection.statements(),
        selection.mentions(),
        selection.commitment_reports(),
        selection.follow_ups(),
        selection.steps(),
    ):
        _note("document", claims, "document")
    _note("document", selection.documents(), "copy_of")


def _chosen(kind: str) -> RawSQL:
    return RawSQL(f"SELECT id FROM {CHOSEN} WHERE kind = %s", [kind])


def _note(kind: str, rows: QuerySet[Any], name: str) -> None:
    """Notes numbers inside the database: they need not come here."""
    numbers, values = rows.order_by().filter(**{f"{name}__isnull": False}).values(name).query.sql_with_params()
    # Without a condition, SQLite would take ON for that of a join.
    chosen = f"SELECT %s, n.* FROM ({numbers}) AS n WHERE TRUE"
    _execute(f"INSERT INTO {CHOSEN} (kind, id) {chosen} ON CONFLICT DO NOTHING", kind, *values)


def _execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
