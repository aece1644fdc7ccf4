"""A register with engagements that a watch may find, and settings that open loopback for a receiver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest

from communique.register import Register
from communique.sources.web import FetchSettings
from tests.register.watching.receiver import LOOPBACK, Receiver

if TYPE_CHECKING:
    from communique.register.models import Engagement


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().open() as receiver:
        yield receiver


@pytest.fixture
def settings(receiver: Receiver) -> FetchSettings:
    return FetchSettings(networks=(ip_network(f"{LOOPBACK}/32"),), ports=frozenset((receiver.port,)), max_seconds=5)


@pytest.fixture
def tell(register: Register) -> Callable[..., Engagement]:
    """Writes an engagement with one report and its line in the log."""
    from tests.exchange.briefs.made import Maker

    make = Maker()

    def tell(summary: str, **fields: Any) -> Engagement:
        from communique.register.store.changes import log_change

        row = make.engagement([[make.actor("Ana Duarte")]], "2031-05-03", summary=summary, **fields)
        make.report(row, make.document("Quay Record", "2031-05-04"), f"{summary} took place.")
        log_change(row.code, "created")
        return row

    return tell
