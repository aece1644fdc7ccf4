"""Adding on both databases: they lock differently."""

from __future__ import annotations

import pytest

from tests.register.conftest import DATABASES


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """On which the register lies."""
    return str(request.param)
