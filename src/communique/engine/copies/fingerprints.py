"""What has to be known of a text to compare it with others, made once, where the text is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from communique.engine.copies.digests import bands, digest_shingles
from communique.engine.copies.shingles import Shingles, normalise, shingle_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A text without its words. Made where the text is, compared elsewhere.

    Attributes:
        words: SHA-256 of the normalised words: equal for texts with the very same words.
        shingles: Its sorted shingles, as little-endian 32-bit integers; none for a text without words.
        bands: What it shares with texts that are worth comparing.
    """

    words: bytes
    shingles: bytes
    bands: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Fingerprint:
        """The fingerprint of an article, without the page around it."""
        normalised = normalise(text)
        found = shingle_words(normalised)
        return cls(
            words=hashlib.sha256(normalised.encode()).digest(),
            shingles=found.astype("<u4").tobytes(),
            bands=bands(digest_shingles(found)),
        )


def unpack_shingles(packed: bytes) -> Shingles:
    """Shingles as ``compare`` takes them."""
    return np.frombuffer(packed, dtype="<u4")
