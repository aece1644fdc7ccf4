"""Documents, their archived bytes, and which of them are copies of each other."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One report as it was read. Its claims hang on it and go with it.

    Attributes:
        sha256: Digest of its bytes: a document is kept once, whatever addresses it came from.
        reader: Name and version of the reader that made its claims.
        is_derived: Whether its claims have been put into the conclusions; False only between two steps of ``add``.
        copy_of: The document that stands for its group of near-verbatim copies; None for that one and for originals.
        digest: MinHash digest of the article.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    uri = models.TextField()
    site = models.TextField(null=True)
    title = models.TextField(null=True)
    authors = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    published = models.DateField(null=True, db_index=True)
    published_basis = models.TextField(null=True)
    captured = models.DateField(null=True)
    language = models.CharField(max_length=8, null=True)
    media_type = models.CharField(max_length=80, default="text/plain")
    reader = models.TextField(default="")
    added_at = models.DateTimeField(auto_now_add=True, db_index=True)
    added_by = models.CharField(max_length=150, default="")
    is_derived = models.BooleanField(default=False)
    copy_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
    digest = models.BinaryField(null=True)

    PREFIX = "d"

    class Meta:
        indexes = (
            models.Index(fields=["is_derived"], name="document_pending", condition=models.Q(is_derived=False)),
            models.Index(fields=["site", "published"], name="document_site"),
        )

    @property
    def code(self) -> str:
        """The permanent id: ``d12``."""
        return f"{self.PREFIX}{self.pk}"

    @property
    def outlet(self) -> str:
        """The outlet's name, or the host or the file's name where the page shows none."""
        return outlet_of(self.site, self.uri)


def outlet_of(site: str | None, uri: str) -> str:
    """The outlet's name, or the host or the file's name of the address where the page shows none."""
    if site:
        return site
    _, has_scheme, rest = uri.partition("://")
    return (rest.partition("/")[0] if has_scheme else uri.rpartition("/")[2]) or uri


class Content(models.Model):
    """The archived bytes of a document, its text and its readout, each compressed (Zstandard).

    Attributes:
        original: The bytes as they came; None for readouts that were made elsewhere and came without them.
        text: The text (UTF-8) that all offsets refer to.
        readout: The readout (JSON) that the claims were taken from.
    """

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="content")
    original = models.BinaryField(null=True)
    text = models.BinaryField()
    readout = models.BinaryField()


class Address(models.Model):
    """A path or address at which a document was found: several may lead to the same bytes."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="addresses")
    uri = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["document", "uri"], name="address_once"),)
        indexes = (models.Index(fields=["uri"], name="address_uri"),)


class CopyBand(models.Model):
    """One band of a document's MinHash digest: documents that share a band may be copies."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField(db_index=True)


class CopyPair(models.Model):
    """Two documents that were verified as near-verbatim copies; groups are the connected components."""

    left = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="copy_pairs_left")
    right = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="copy_pairs_right")
    similarity = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="copy_pair_once"),)


class FailedDocument(models.Model):
    """A document that could not be read, with the reason; gone once it was read after all."""

    uri = models.TextField(unique=True)
    error = models.CharField(max_length=80)
    message = models.TextField()
    at = models.DateTimeField(auto_now=True)
