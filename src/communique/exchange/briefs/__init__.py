"""Briefs and digests: what the register has on a selection, as documents for people, every sentence with its note.

>>> from communique.exchange.briefs import BriefOptions, build_brief, write_brief  # doctest: +SKIP
>>> document = build_brief(BriefOptions(title="Border talks", as_at=day))  # doctest: +SKIP
>>> write_brief(document, "pdf")  # doctest: +SKIP
"""

from communique.exchange.briefs.building import BriefOptions, build_brief
from communique.exchange.briefs.digest import DigestOptions, build_digest
from communique.exchange.briefs.document import BriefDocument
from communique.exchange.briefs.writing import BRIEF_FORMATS, BriefFormat, write_brief

__all__ = [
    "BRIEF_FORMATS",
    "BriefDocument",
    "BriefFormat",
    "BriefOptions",
    "DigestOptions",
    "build_brief",
    "build_digest",
    "write_brief",
]
