from __future__ import annotations

import io

import msgspec
import pytest

from communique.engine.batch.frames import FrameWriter, read_frames
from communique.engine.batch.opened import Original


def test_what_was_written_is_read_back() -> None:
    records = [
        Original(number=n, uri=f"https://news.example/{n}", document="ab" * 32, share=1 / (n + 1)) for n in range(5000)
    ]
    writer = FrameWriter()
    writer.add(records[:10])
    writer.add(iter(records[10:]))
    content = writer.close()
    assert list(read_frames(io.BytesIO(content), Original)) == records
    assert len(content) < 100_000


def test_a_file_without_records_is_none_the_worse() -> None:
    assert list(read_frames(io.BytesIO(FrameWriter().close()), Original)) == []


def test_other_records_are_refused() -> None:
    writer = FrameWriter()
    writer.add([{"number": "one"}])
    with pytest.raises(msgspec.MsgspecError):
        list(read_frames(io.BytesIO(writer.close()), Original))
