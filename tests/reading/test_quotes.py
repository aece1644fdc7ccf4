from hypothesis import given
from hypothesis import strategies as st

from communique.reading.quotes import quotations
from communique.reading.words import words


def quoted(text: str, *, inside: bool = False) -> list[str]:
    return [text[q.start : q.end] for q in quotations(tuple(words(text)), inside=inside)]


def test_straight_and_curly_marks() -> None:
    assert quoted('"We agree," the envoy said.') == ["We agree,"]
    assert quoted("He called it “a first step” and « un succès ».") == ["a first step", " un succès "]


def test_a_quotation_that_goes_on_in_the_next_line() -> None:
    first, second = '"We came early.', 'We left late," she said.'
    open_ended = quotations(tuple(words(first)))
    assert not open_ended[-1].closed
    assert quoted(second, inside=True) == ["We left late,"]
    assert not quotations(tuple(words(second)), inside=True)[0].begun


def test_a_forgotten_closing_mark_does_not_swallow_the_next_quotation() -> None:
    assert quoted('The mayor said "no one" came.', inside=True) == ["no one"]


def test_apostrophes_are_not_quotation_marks() -> None:
    assert quoted("The ministers' talks with Libya's envoy") == []


def test_a_closing_mark_alone_opens_nothing() -> None:
    assert quoted('and left," he said.') == []


@given(st.text(alphabet='ab ".,“”', max_size=60))
def test_quotations_are_disjoint_and_in_order(text: str) -> None:
    found = quotations(tuple(words(text)))
    bounds = [x for q in found for x in (q.start, q.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
