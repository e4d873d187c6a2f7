"""Times in a sentence: every row of `tests/cases/times.yaml`, and the manners of the two functions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml

from dragoman.reading.parse import Grammar
from dragoman.reading.times import day_of, find_times
from dragoman.reading.words import Reading, TimeExpression
from dragoman.report.report import Report

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "times.yaml").read_text(encoding="utf-8")
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    return Grammar()


def read(text: str, published: date | None = None) -> Reading:
    return next(grammar().read_many([(Report(text=text, published=published), 0, [])]))


def times(text: str, published: str | None) -> list[TimeExpression]:
    return read(text, date.fromisoformat(published) if published else None).times


def plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_row(row: dict[str, Any]) -> None:
    found = read(row["text"], row["published"]).times
    assert [t.value for t in found] == [plain(value) for value in row["want"]]


def test_names_are_unique() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 100


@pytest.mark.parametrize(
    ("text", "precision", "basis"),
    [
        ("They met on Tuesday.", "day", "relative"),
        ("They met on 5 May 1992.", "day", "stated"),
        ("They met on 5 May.", "day", "stated"),
        ("They met last week.", "week", "relative"),
        ("They met in March 2023.", "month", "stated"),
        ("They met in March last year.", "month", "relative"),
        ("They met in the first quarter of 2023.", "quarter", "stated"),
        ("They met in 2011.", "year", "stated"),
        ("They met a year ago.", "year", "relative"),
        ("They met on May 3-5.", "range", "stated"),
        ("They met over the weekend.", "range", "relative"),
    ],
)
def test_precision_and_basis(text: str, precision: str, basis: str) -> None:
    (found,) = times(text, "2024-06-06")
    assert (found.precision, found.basis) == (precision, basis)


def test_offsets_are_of_the_words_alone() -> None:
    text = "In Doha, the two met in March last year and again on Tuesday."
    found = times(text, "2024-06-06")
    assert [text[t.start : t.end] for t in found] == ["March last year", "Tuesday"]


def test_offsets_count_code_points() -> None:
    text = "🕊 Erdoğan’s envoy 👋 met them yesterday."
    (found,) = times(text, "2024-06-06")
    assert text[found.start : found.end] == "yesterday"


def test_expressions_never_overlap() -> None:
    text = "From 3 to 5 May 2023, last year, on Friday, 31 May, in late June 2024, by the end of the year they met."
    found = times(text, "2024-06-06")
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_intervals_run_forward() -> None:
    for row in ROWS:
        for found in read(row["text"], row["published"]).times:
            first, _, last = found.value.partition("/")
            assert date.fromisoformat(first) <= date.fromisoformat(last or first)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_ends_of_the_calendar_do_not_break(published: str) -> None:
    text = (
        "They met yesterday, last week, next week, next year, 90 years ago, in the coming days, by Friday and on 5 May."
    )
    reading = read(text)
    assert isinstance(find_times(reading, date.fromisoformat(published)), list)


def test_empty_reading() -> None:
    assert find_times(Reading(Report(text="x")), date(2024, 6, 6)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-01", "2024-06-01"),
        (" 2024-06-01 ", "2024-06-01"),
        ("10 May 2015", "2015-05-10"),
        ("May 10, 2015", "2015-05-10"),
        ("10.05.2015", "2015-05-10"),
        ("10/05/2015", "2015-05-10"),
    ],
)
def test_day_of(text: str, day: str) -> None:
    assert day_of(text).isoformat() == day


@pytest.mark.parametrize("text", ["", "soon", "Qatar"])
def test_day_of_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"no date|Invalid|empty|string"):
        day_of(text)


def test_quick() -> None:
    text = "The minister told the council that the border would be reopened once both sides had signed the text. " * 400
    reading = read(text[:60_000])
    begun = perf_counter()
    find_times(reading, date(2024, 6, 6))
    assert (perf_counter() - begun) / len(reading.words) < 20e-6
