"""From claims to conclusions: what new documents touch is derived anew, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from communique.register import models as tables
from communique.register.store.actors import derive_actors, refresh_denormalized
from communique.register.store.changes import Cause, caused_by, log_change
from communique.register.store.commitments import derive_commitments
from communique.register.store.copies import link_copies
from communique.register.store.engagements import derive_engagements
from communique.register.store.judged import judged_once
from communique.register.store.mechanisms import derive_mechanisms
from communique.register.store.profiles import Placed
from communique.register.store.tenures import derive_tenures

# Documents that are derived together at most: what they have in common is looked up and written once. From here on,
# more of them at a time gained nothing on made-up news (benchmarks/register_growth.py).
BATCH = 250


def derive_pending() -> int:
    """Derives the conclusions of all documents that were kept and not yet derived.

    Returns:
        How many documents there were.
    """
    done = 0
    while batch := list(
        tables.Document.objects.filter(is_derived=False).select_related("content").order_by("pk")[:BATCH]
    ):
        with transaction.atomic(), caused_by(Cause(document=batch[0] if len(batch) == 1 else None)):
            derive_documents(batch)
            for document in batch:
                log_change(document.code, "added", {"uri": document.uri, "title": document.title})
            tables.Document.objects.filter(pk__in=[d.pk for d in batch]).update(is_derived=True)
        done += len(batch)
    return done


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
        actors = derive_actors(set(mentions), profiles)
        touched = refresh_denormalized(actors)
        derive_engagements(set(reports) | touched)
        derive_tenures(actors)
        steps = tables.MechanismStep.objects.filter(document__in=list(documents)).values_list("key", flat=True)
        mechanisms = derive_mechanisms(set(steps))
        told = tables.CommitmentReport.objects.filter(document__in=list(documents)).values_list("key", flat=True)
        derive_commitments(set(told), mechanisms)
