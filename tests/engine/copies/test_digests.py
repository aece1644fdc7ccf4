from __future__ import annotations

import hashlib

import pytest

from communique.engine.copies import bands, digest, similarity
from tests.engine.copies.texts import edited, printed_elsewhere, report


def estimate(a: bytes, b: bytes) -> float:
    places = [a[i : i + 4] == b[i : i + 4] for i in range(0, len(a), 4)]
    return sum(places) / len(places)


def test_a_digest_is_the_same_for_the_same_words_on_every_machine() -> None:
    """Registers keep digests: a change here, or in rensa, makes all stored ones worthless and needs a new making."""
    text = "The minister met the envoy in Port Vell on Monday."
    assert digest(text) == digest("the minister met – the envoy – in Port Vell, on MONDAY")
    assert hashlib.sha256(digest(text)).hexdigest()[:16] == "badd042a8688c1fe"
    assert bands(digest(text))[0] == 7462238812113076071


def test_a_digest_estimates_similarity() -> None:
    for share in (0.05, 0.2, 0.6):
        other = edited(report(1), share)
        assert estimate(digest(report(1)), digest(other)) == pytest.approx(
            similarity(report(1), other).jaccard, abs=0.13
        )


def test_bands_are_what_a_database_can_index() -> None:
    found = bands(digest(report(1)))
    assert len(set(found)) == 32
    assert all(-(2**63) <= value < 2**63 for value in found)
    assert min(found) < 0 < max(found)


def test_copies_share_a_band_and_others_do_not() -> None:
    own = set(bands(digest(report(1))))
    assert own & set(bands(digest(printed_elsewhere(report(1)))))
    assert not any(own & set(bands(digest(report(seed)))) for seed in range(2, 60))


def test_a_text_without_words_has_no_bands() -> None:
    assert bands(digest(" … ")) == ()
    assert bands(digest("Hello"))


def test_what_is_no_digest_is_refused() -> None:
    with pytest.raises(ValueError, match="512 bytes, this one 3"):
        bands(b"abc")
