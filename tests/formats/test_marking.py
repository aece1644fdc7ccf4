"""Marks: the text stays whole, and each stretch knows all marks over it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.formats.marking import Mark, split_at_marks

LENGTH = 30
TEXT = "".join(chr(0x4E00 + n) for n in range(LENGTH))


def mark(number: int, start: int, end: int) -> Mark:
    return Mark(start=start, end=end, kind="engagement", anchor=f"a{number}", target="t", number=number)


SPANS = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).filter(lambda span: span[0] < span[1]))


@given(SPANS, st.integers(0, LENGTH - 1))
def test_segments_are_the_text_and_know_their_marks(spans: list[tuple[int, int]], start: int) -> None:
    marks = [mark(number, *span) for number, span in enumerate(spans)]
    position = start
    opened = []
    for segment in split_at_marks(TEXT, start, LENGTH, marks):
        inside = range(position, position + len(segment.text))
        assert TEXT[position : inside.stop] == segment.text
        for entry in marks:
            touches = any(entry.start <= at < entry.end for at in inside)
            assert touches == (entry in segment.covering)
        opened += segment.opening
        position = inside.stop
    assert position == LENGTH
    assert sorted(m.number for m in opened) == [m.number for m in marks if m.start >= start]


def test_the_shortest_mark_decides_the_look() -> None:
    segments = list(split_at_marks("abcdef", 0, 6, [mark(1, 0, 6), mark(2, 2, 4)]))
    assert [segment.text for segment in segments] == ["ab", "cd", "ef"]
    assert [m.number for m in segments[1].covering] == [2, 1]
