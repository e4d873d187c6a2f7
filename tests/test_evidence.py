"""Spans: exact, in code points, or refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from dragoman.evidence import Span

TEXT = "Türkiye thanked 🇶🇦 Qatar."


def test_cut_from_the_text() -> None:
    span = Span.of(TEXT, 0, 7)
    assert (span.start, span.end, span.text) == (0, 7, "Türkiye")
    span.check(TEXT)


def test_offsets_count_code_points() -> None:
    start = TEXT.index("Qatar")
    assert start == 19  # a flag is two code points
    assert Span.of(TEXT, start, start + 5).text == "Qatar"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 3), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="does not lie in a text of"):
        Span.of(TEXT, start, end)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": 0, "end": 3, "text": "Iran"}, "cannot hold 4 characters"),
        ({"start": 0, "end": 5, "text": "Iran"}, "cannot hold 4 characters"),
        ({"start": 4, "end": 0, "text": "Iran"}, "greater than 0"),
        ({"start": -4, "end": 4, "text": "Iran"}, "greater than or equal to 0"),
        ({"start": 1, "end": 1, "text": ""}, "at least 1 character"),
        ({"start": 0, "end": 4, "text": "Iran", "colour": "red"}, "Extra inputs"),
        ({"start": 0, "end": 4}, "Field required"),
    ],
)
def test_a_span_that_contradicts_itself_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Span.model_validate(fields)


def test_frozen() -> None:
    span = Span.of(TEXT, 0, 7)
    with pytest.raises(ValidationError, match="frozen"):
        span.start = 1  # type: ignore[misc]


def test_check_names_both_sides() -> None:
    with pytest.raises(ValueError, match="says 'Iran', the text 'Türk'"):
        Span(start=0, end=4, text="Iran").check(TEXT)
    with pytest.raises(ValueError, match="the text ''"):
        Span(start=90, end=94, text="Iran").check(TEXT)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [((0, 4), (3, 6), True), ((0, 4), (4, 6), False), ((2, 3), (0, 9), True), ((5, 6), (0, 5), False)],
)
def test_overlap_goes_both_ways(one: tuple[int, int], other: tuple[int, int], shared: bool) -> None:
    text = "0123456789"
    assert Span.of(text, *one).overlaps(Span.of(text, *other)) is shared
    assert Span.of(text, *other).overlaps(Span.of(text, *one)) is shared


@given(text=st.text(min_size=1), data=st.data())
def test_any_cut_holds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    span.check(text)
    assert Span.model_validate_json(span.model_dump_json()) == span
    moved = "x" + text
    assume(moved[start:end] != text[start:end])
    with pytest.raises(ValueError, match="says"):
        span.check(moved)
