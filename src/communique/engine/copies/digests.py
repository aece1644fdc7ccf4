"""Text → digest → bands: small keys by which a database finds the few documents that may be copies.

A digest is a MinHash signature (A. Broder, 1997) by rensa: the share of equal places in two digests estimates the share
of shingles that two texts have in common. Its bands are the keys of locality-sensitive hashing (P. Indyk and
R. Motwani, 1998): documents that share a band are worth comparing.
"""

from __future__ import annotations

import numpy as np
from rensa import RMinHash

from communique.engine.copies.shingles import Shingles, shingles

PERMUTATIONS = 128
SEED = 1997
# Four places a band: two texts that share half of their shingles meet with probability 1 - (1 - 0.5**4)**32 = 0.87,
# three quarters 0.999995, a twentieth (rewritten reports of one event) 0.0002. benchmarks/near_copies.py measures it.
BAND_PLACES = 4
BANDS = PERMUTATIONS // BAND_PLACES
_PLACE_BYTES = 4
# Stirs four places into one key, as in splitmix64 (G. Steele and others, 2014).
_FACTOR, _SHIFT = np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)
_EMPTY = b"\xff" * (PERMUTATIONS * _PLACE_BYTES)


def digest(text: str) -> bytes:
    """The MinHash digest of a text.

    Args:
        text: The article, without the page around it: shared menus would make neighbours of all pages of one site.

    Returns:
        512 bytes: 128 little-endian 32-bit minima. The same on every machine, and pinned by a test.
    """
    return digest_shingles(shingles(text))


def digest_shingles(found: Shingles) -> bytes:
    """The same for shingles that are at hand."""
    if not found.size:
        return _EMPTY
    hashes = found.astype(np.uint64)
    offsets = np.array([0, found.size], dtype=np.uint64)
    rows = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, PERMUTATIONS, SEED).to_rows()
    return np.array(rows[0], dtype="<u4").tobytes()


def bands(signature: bytes) -> tuple[int, ...]:
    """The bands of a digest: 32 signed 64-bit integers, which a database can index; none for a text without words.

    Two documents are candidates when they share any band; whether they are copies is for ``is_copy`` to say.

    Raises:
        ValueError: If these are not the 512 bytes that ``digest`` gives.
    """
    if len(signature) != len(_EMPTY):
        raise ValueError(f"A digest has {len(_EMPTY)} bytes, this one {len(signature)}. Make it with digest().")
    if signature == _EMPTY:
        return ()
    places = np.frombuffer(signature, dtype="<u4").reshape(BANDS, BAND_PLACES).astype(np.uint64)
    keys = np.arange(BANDS, dtype=np.uint64)  # so that equal places in different bands are no meeting
    for column in places.T:
        keys = (keys ^ column) * _FACTOR
        keys ^= keys >> _SHIFT
    return tuple(keys.view(np.int64).tolist())
