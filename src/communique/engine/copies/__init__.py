"""Near-copies: which documents are one report printed twice (syndicated, cut, under another headline).

>>> from communique.engine.copies import is_copy
>>> report = "The minister met the envoy in Port Vell on Monday."
>>> is_copy(report, f"PORT VELL (agencies) – {report}")
True
"""

from communique.engine.copies.digests import bands, digest
from communique.engine.copies.fingerprints import Fingerprint
from communique.engine.copies.index import CopyEntry, CopyGroup, CopyIndex
from communique.engine.copies.repeats import Repeat
from communique.engine.copies.shingles import normalise
from communique.engine.copies.similarity import Similarity, is_copy, similarity

__all__ = [
    "CopyEntry",
    "CopyGroup",
    "CopyIndex",
    "Fingerprint",
    "Repeat",
    "Similarity",
    "bands",
    "digest",
    "is_copy",
    "normalise",
    "similarity",
]
