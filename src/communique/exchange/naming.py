"""What ids are called outside the register: there, the codes of two registers must not be taken for each other."""

from __future__ import annotations

import hashlib

from communique.register import models as tables


def register_id() -> str:
    """A name for the register that backups keep and that no other register has: a digest of when its log began."""
    first = tables.Change.objects.order_by("pk").values_list("at", "record").first()
    told = f"{first[0].isoformat()} {first[1]}" if first else "empty"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
