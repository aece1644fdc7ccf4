from __future__ import annotations

from pathlib import Path

import pytest

from communique.engine.batch.storage import Store, open_system, reaching
from communique.errors import BatchError


def test_a_store_that_does_not_answer_is_said_whatever_its_package_calls_that() -> None:
    with (
        pytest.raises(
            BatchError, match=r"s3://press: cannot be reached \(LookupError: no such host\). Check the address"
        ),
        reaching("s3://press"),
    ):
        raise LookupError("no such host")
    with pytest.raises(LookupError), reaching("folder"):
        raise LookupError("a defect of ours")
    with pytest.raises(FileNotFoundError), reaching("s3://press"):
        raise FileNotFoundError("which is not always an error")


def test_an_unknown_kind_of_address_is_said() -> None:
    with pytest.raises(BatchError, match="press://x: Protocol not known"):
        open_system("press://x")


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "new"))
    assert store.names("") == []
    written = store.write("a/b", b"text")
    assert store.holds("a/b", written)
    with store.open("a/b") as file:
        assert file.read() == b"text"
    (tmp_path / "new/a/b").write_bytes(b"next")
    assert not store.holds("a/b", written)
    store.remove("a/b")
    store.remove("a/b")
    assert store.read("a/b") is None
