"""Permanent ids of records (``e17``, ``a5``), and actors by code or name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Upper

from communique.errors import QueryError, RecordNotFound
from communique.register import models as tables
from communique.register.models.base import Concluded
from communique.register.resolving.blocks import block_keys
from communique.register.resolving.profiles import Profile
from communique.register.store.claims import countries
from communique.register.text_search import fold

TABLES: dict[str, type[Concluded]] = {
    "engagement": tables.Engagement,
    "actor": tables.Actor,
    "mechanism": tables.Mechanism,
    "commitment": tables.Commitment,
}
PREFIXES = {table.PREFIX: table for table in TABLES.values()}
SUBJECTS = {table.PREFIX: subject for subject, table in TABLES.items()}
CODE = re.compile(r"([a-z])(\d{1,18})")
# Of a family name that thousands bear, those most often named are compared.
MOST_ALIKE = 5_000
Record = TypeVar("Record", bound=Concluded)
Row = TypeVar("Row", bound=Model)


def find_record(code: str) -> Concluded:
    """The record with a code, whatever has become of it.

    Raises:
        RecordNotFound: If there is none.
    """
    match = CODE.fullmatch(code.strip().lower())
    table = PREFIXES.get(match[1]) if match else None
    record = table.objects.filter(pk=int(match[2])).first() if table and match else None  # type: ignore[attr-defined]
    if record is None:
        raise RecordNotFound(f"The register has no record {code!r}. Ids look like e17, a5, m3, c12.")
    found: Concluded = record
    return found


def find_survivor(record: Record) -> Record:
    """The record that this one was merged into, at the end of the chain; itself when it was not."""
    while record.merged_into is not None:
        record = cast("Record", record.merged_into)
    return record


def named(rows: QuerySet[Row, Row], name: str) -> QuerySet[Row, Any]:
    """Those of a name, in capitals or not: compared as the index on names has them."""
    return cast("QuerySet[Row]", rows.annotate(folded=Upper("name")).filter(folded=Upper(Value(name))))


def _of_spelling(live: QuerySet[tables.Actor, tables.Actor], word: str) -> list[int]:
    """Actors among whose other spellings this one is.

    Spellings stand in no index of their own; but whoever is called so has a block key of it, by which actors are found
    when documents are compared as well.
    """
    code = countries().country(word)
    alike = (
        Profile(key="", type="person", name=word),
        Profile(key="", type="organization", name=word),
        Profile(key="", type="country", name=word, country=code),
    )
    keys = frozenset().union(*map(block_keys, alike))
    owners = tables.ProfileBlock.objects.filter(key__in=keys).values("profile__actor")
    near = live.filter(pk__in=owners).order_by("-mention_count", "pk").values_list("pk", "name", "aliases")
    wanted = fold(word)
    return [number for number, name, others in near[:MOST_ALIKE] if wanted in map(fold, (name, *others))]


def find_actors(given: Iterable[str]) -> list[int]:
    """Numbers of the actors that codes or names (or other spellings, or acronyms) stand for.

    Raises:
        QueryError: If nobody is called so.
    """
    found: list[int] = []
    for word in given:
        match = CODE.fullmatch(word.strip().lower())
        if match and match[1] == "a":
            actor = tables.Actor.objects.filter(pk=int(match[2])).first()
            numbers = [find_survivor(actor).pk] if actor else []
        else:
            live = tables.Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
            numbers = list(named(live, word).values_list("pk", flat=True))
            numbers = numbers or list(
                named(tables.Profile.objects.all(), word)
                .filter(actor__isnull=False)
                .values_list("actor", flat=True)
                .distinct()
            )
            numbers = numbers or list(live.filter(acronym=word).values_list("pk", flat=True))
            numbers = numbers or _of_spelling(live, word)
        if not numbers:
            raise QueryError(f"Nobody in the register is called {word!r}. Try another spelling, or an id such as a5.")
        found += numbers
    return found
