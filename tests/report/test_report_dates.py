"""Days in heads and in date fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.report.dates import field_date, find_days, stamp

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-05",
        "2024-03-05T10:00:00Z",
        "2024-03-05 23:59:59+05:30",
        "2024/03/05",
        "20240305",
        "5 March 2024",
        "5th of March, 2024",
        "March 5, 2024",
        "Mar. 5, 2024",
        "Tue, 05 Mar 2024 10:00:00 GMT",
        "Tuesday 5 Mar 2024",
        "05.03.2024",
        "15:20, 5-Mar-2024",
        1709632800,
        1709632800000,
        "1709632800",
        DAY,
        datetime(2024, 3, 5, tzinfo=UTC),
    ],
)
def test_a_field_names_a_day(value: object) -> None:
    assert field_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    [None, True, "", "soon", "03/04/2024", "March 5", 2024, 1e300, float("nan"), [], {}, "2024-13-40", "x" * 200],
)
def test_a_field_names_no_day(value: object) -> None:
    assert field_date(value) is None


def test_numbers_that_can_be_read_one_way_only() -> None:
    assert [day.settle() for day in find_days("25/03/2024 and 03/25/2024 and 04/04/2024")] == [
        date(2024, 3, 25),
        date(2024, 3, 25),
        date(2024, 4, 4),
    ]


def test_what_remains_of_a_stamp() -> None:
    found = stamp("Politics - December 06, 2021 - 16:12")
    assert found is not None
    assert (found[0][0].settle(), found[1]) == (date(2021, 12, 6), "Politics")
    assert stamp("Politics") is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates().map(str)))
def test_a_field_never_fails(value: object) -> None:
    assert field_date(value) is None or isinstance(field_date(value), date)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_found_where_it_stands(day: date) -> None:
    words = f"on {day.day} {day:%B} {day.year}, they"
    (found,) = find_days(words)
    assert found.settle() == day
    assert words[found.start : found.end].startswith(str(day.day))
