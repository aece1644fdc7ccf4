"""Whatever bytes come in by whatever way: a document, or one of our errors. Never a crash, never for ever.

`benchmarks/fuzz.py` does the same with many more inputs.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.fuzzing import KINDS, check, make_input, seeds

# What one input of a few kilobytes may take; the slowest of 200,000 took a fraction of it.
MOST_SECONDS = 10
QUIET = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", KINDS)
def test_the_seeds_are_read(kind: str) -> None:
    assert all(check(kind, seed) for seed in seeds(kind))


@pytest.mark.parametrize("kind", KINDS)
@QUIET
@given(number=st.integers(min_value=0))
def test_spoilt_seeds_are_documents_or_errors_of_ours(kind: str, number: int) -> None:
    began = time.monotonic()
    check(kind, make_input(kind, number))
    assert time.monotonic() - began < MOST_SECONDS


@pytest.mark.parametrize("kind", KINDS)
@QUIET
@given(rest=st.binary(max_size=200), kept=st.integers(min_value=0, max_value=64))
def test_a_right_beginning_with_any_end_is_a_document_or_an_error_of_ours(kind: str, rest: bytes, kept: int) -> None:
    check(kind, seeds(kind)[0][:kept] + rest)
