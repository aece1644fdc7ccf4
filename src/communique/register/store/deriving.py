"""From claims to conclusions: what new documents touch is derived anew, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.register import models as tables
from communique.register.store.actors import derive_actors, refresh_denormalized
from communique.register.store.changes import Cause, caused_by, log_changes
from communique.register.store.commitments import derive_commitments, link_engagements
from communique.register.store.copies import link_copies
from communique.register.store.engagement_records import rename_participants
from communique.register.store.engagements import derive_engagements
from communique.register.store.judged import judged_once, reports_with_sides
from communique.register.store.mechanisms import claims_of_parties, derive_mechanisms
from communique.register.store.profiles import Placed
from communique.register.store.tenures import derive_tenures, link_organizations
from communique.register.store.writing import exclusive

# Documents that are derived together at most: what they have in common is looked up and written once. From here on,
# more of them at a time gained nothing on made-up news (benchmarks/register_growth.py).
BATCH = 250


def derive_pending() -> int:
    """Derives the conclusions of all documents that were kept and not yet derived.

    Returns:
        How many documents there were.
    """
    done = 0
    while tables.Document.objects.filter(is_derived=False).exists():
        with exclusive():
            batch = _pending()  # asked for inside: another process may have derived them meanwhile
            with caused_by(Cause(document=batch[0] if len(batch) == 1 else None)):
                derive_documents(batch)
                log_changes((d.code, "added", {"uri": d.uri, "title": d.title}) for d in batch)
            tables.Document.objects.filter(pk__in=[d.pk for d in batch]).update(is_derived=True)
        done += len(batch)
    return done


def _pending() -> list[tables.Document]:
    # Ordered by number in the query, SQLite would walk through all documents rather than through the few that wait.
    waiting = sorted(tables.Document.objects.filter(is_derived=False).values_list("pk", flat=True))
    rows = tables.Document.objects.filter(pk__in=waiting[:BATCH]).select_related("content").order_by("pk")
    return list(rows) if waiting else []


def derive_documents(documents: Sequence[tables.Document]) -> None:
    """Derives everything that the claims of these documents touch."""
    other_original = link_copies(documents)
    numbers = {document.pk for document in documents}
    derive_from(
        mentions=tables.Mention.objects.filter(document__in=numbers).values_list("key", flat=True),
        reports=tables.EngagementReport.objects.filter(document__in=numbers | other_original).values_list(
            "key", flat=True
        ),
        documents=numbers | other_original,
    )


def derive_from(
    *, mentions: Iterable[str], reports: Iterable[str], documents: Iterable[int], profiles: Placed | None = None
) -> None:
    """Derives actors, then what hangs on them: engagements, tenures, mechanisms, commitments.

    Args:
        mentions: Keys of mentions that are new or judged.
        reports: Keys of reports that are new or judged.
        documents: Numbers of documents whose steps and commitments are new, judged, or now copies of another.
        profiles: Profiles that changed otherwise.
    """
    with judged_once():
        named, numbers = set(mentions), list(documents)
        derived = derive_actors(named, profiles)
        touched = refresh_denormalized(named, derived.moved)
        engagements = derive_engagements(set(reports) | touched | reports_with_sides(derived.redirected))
        rename_participants(derived.renamed)
        derive_tenures(derived.actors)
        link_organizations(derived.redirected | derived.identified)
        steps, told = tables.MechanismStep.objects, tables.CommitmentReport.objects
        keys = set(steps.filter(document__in=numbers).values_list("key", flat=True))
        mechanisms = derive_mechanisms(keys | claims_of_parties(steps, named, derived.moved))
        keys = set(told.filter(document__in=numbers).values_list("key", flat=True))
        derive_commitments(keys | claims_of_parties(told, named, derived.moved), mechanisms)
        link_engagements(engagements)
