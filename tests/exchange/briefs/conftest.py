"""A register with a story in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from communique.register import open_register

if TYPE_CHECKING:
    from tests.exchange.briefs.made import Story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    register = open_register(tmp_path / "register.db", create=True)
    from tests.exchange.briefs.made import tell_story

    yield tell_story()
    register.close()
