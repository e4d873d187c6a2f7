"""Quotation marks of all kinds, their pairs, and quotations that run over paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, paragraphs(text))]


def paragraphs(text: str) -> list[tuple[int, int]]:
    out, start = [], 0
    for line in text.split("\n"):
        if line:
            out.append((start, start + len(line)))
        start += len(line) + 1
    return out


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("He said “no way” twice.", ["no way"]),
        ('He said "no way" twice.', ["no way"]),
        ("He said «no way» twice.", ["no way"]),
        ("He said „no way“ twice.", ["no way"]),
        ("He said ''no way'' twice.", ["no way"]),
        ("He said ``no way'' twice.", ["no way"]),
        ("He said 'no way' twice.", ["no way"]),
        ("He said ‘no way’ twice.", ["no way"]),
        ("A ‘barbaric’ act.", ["barbaric"]),
        ("“One,” he said, “two.”", ["One,", "two."]),
        ('“Curly then straight" he said.', ["Curly then straight"]),
        ("It’s the ministers’ view.", []),
        ("In the '90s it was the states' choice.", []),
        ("She doesn't know what the others' plans are.", []),
        ("A 5'10\" man.", []),
        ("“He told me ‘go home’ and left,” she said.", ["He told me ‘go home’ and left,"]),
        ("“It never ends", ["It never ends"]),
    ],
)
def test_marks(text: str, want: list[str]) -> None:
    assert quoted(text) == want


def test_outer_offsets_hold_the_marks() -> None:
    text = "Say ''so be it'' now."
    (only,) = find_quotations(text, paragraphs(text))
    assert text[only.outer_start : only.outer_end] == "''so be it''"


def test_quotation_over_paragraphs_is_one_part() -> None:
    text = "“The first part.\n“The second part,” she said.\n“Another.”"
    found = find_quotations(text, paragraphs(text))
    assert [q.part for q in found] == [0, 0, 1]


def test_paragraph_without_mark_ends_the_quotation() -> None:
    text = "“The first part.\nThe reporter goes on. “New,” she said."
    assert [q.part for q in find_quotations(text, paragraphs(text))] == [0, 1]


@given(st.text(alphabet="ab .,'\"“”‘’«»„\n`", max_size=60))
def test_any_text_gives_ordered_spans(text: str) -> None:
    found = find_quotations(text, paragraphs(text))
    for q in found:
        assert 0 <= q.outer_start < q.start < q.end <= q.outer_end <= len(text)
    for one, other in pairwise(found):
        assert one.outer_end <= other.outer_start
