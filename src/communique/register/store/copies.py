"""Near-verbatim copies: groups of documents that are one article, however many outlets printed it.

Groups are the connected components of verified pairs, and the original is the earliest of its group: neither depends
on the order in which documents arrive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from communique.engine.copies import bands, digest, similarity
from communique.register import models as tables
from communique.register.store.packing import unpack_text

# Documents that share a band with a document and are compared with it word by word, the first ones kept.
CANDIDATES = 200


def link_copies(documents: Iterable[tables.Document]) -> set[int]:
    """Finds the copies of documents and settles which of each group is the original.

    Of documents that were read anew what was found before is forgotten: their article may be another one now.

    Returns:
        Numbers of the documents whose original is another one than before.
    """
    listed = list(documents)
    articles = {document.pk: article_of(document) for document in listed}
    keys: dict[int, tuple[int, ...]] = {}
    known = [document for document in listed if document.digest]
    concerned = _together({document.pk for document in known})
    tables.CopyPair.objects.filter(Q(left__in=known) | Q(right__in=known)).delete()
    for document in listed:
        document.digest = digest(articles[document.pk])
        keys[document.pk] = bands(document.digest)
    tables.Document.objects.bulk_update(listed, ["digest"], batch_size=100)
    if known:
        tables.CopyBand.objects.filter(document__in=known).delete()
    tables.CopyBand.objects.bulk_create(
        tables.CopyBand(document_id=number, band=band) for number, own in keys.items() for band in own
    )
    for document in listed:
        _compare(document, articles[document.pk], keys[document.pk])
    pairs = tables.CopyPair.objects.filter(Q(left__in=listed) | Q(right__in=listed)).values_list("left", "right")
    concerned |= {number for pair in pairs for number in pair}
    changed: set[int] = set()
    while concerned:
        group = _together({concerned.pop()})
        changed |= _settle_group(group)
        concerned -= group
    return changed


def _compare(document: tables.Document, article: str, keys: tuple[int, ...]) -> None:
    """Stores the pairs of a document with those of the documents sharing a band that prove to be copies."""
    sharing = tables.CopyBand.objects.filter(band__in=keys).exclude(document=document)
    numbers = list(sharing.order_by("document").values_list("document", flat=True).distinct()[:CANDIDATES])
    if not numbers:
        return
    for other in tables.Document.objects.filter(pk__in=numbers).select_related("content"):
        found = similarity(article, article_of(other))
        if found.is_copy:
            left, right = sorted((document, other), key=lambda d: d.pk)
            tables.CopyPair.objects.update_or_create(
                left=left, right=right, defaults={"similarity": round(found.jaccard, 4)}
            )


def article_of(document: tables.Document) -> str:
    """The article's text, without the clutter."""
    from communique.model import Readout
    from communique.register.store.packing import unpack

    content = document.content
    text = unpack_text(content.text)
    body = Readout.from_json(unpack(content.readout)).document.body
    return "\n".join(text[start:end] for start, end in body) or text


def _settle_group(group: set[int]) -> set[int]:
    """Points all documents of a group to its original: the earliest published, between equals the smallest digest."""
    rows = list(tables.Document.objects.filter(pk__in=group))
    original = min(rows, key=lambda d: (d.published or dt.date.max, d.sha256))
    changed = set()
    for row in rows:
        wanted = None if row.pk == original.pk else original.pk
        if row.copy_of_id != wanted:
            tables.Document.objects.filter(pk=row.pk).update(copy_of=wanted)
            changed.add(row.pk)
    return changed


def _together(numbers: set[int]) -> set[int]:
    """Documents with all that hang together with them by pairs."""
    found, edge = set(numbers), set(numbers)
    while edge:
        pairs = tables.CopyPair.objects.filter(Q(left__in=edge) | Q(right__in=edge)).values_list("left", "right")
        edge = {n for pair in pairs for n in pair} - found
        found |= edge
    return found
