"""Whom words stand for: every row of cases/reference.yaml, but those known to be wrong."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dragoman import Reader
from readings import judged, read_rows, shares, table, wrong_reference

ROWS, KNOWN = table("reference")
# Rows that must be right, by kind.
FLOORS = {
    "surname": 24,
    "title": 26,
    "acronym": 19,
    "he": 18,
    "she": 14,
    "they": 17,
    "his_country": 13,
    "countrys_office": 14,
    "both_sides": 11,
    "two_ministers": 11,
    "two_countries": 10,
    "status_office": 18,
    "capital_actor": 18,
    "capital_place": 11,
    "possessive": 10,
    "apposition": 18,
    "plural_offices": 11,
    "bloc": 12,
    "hostile_name": 10,
    "body_part": 13,
    "former_latter": 10,
    "speaker": 11,
    "nobody": 11,
}


@lru_cache(maxsize=1)
def failed(reader: Reader) -> dict[str, str]:
    """Rows that are read wrong, and how."""
    records = read_rows(reader, ROWS)
    outcomes = ((row["name"], wrong_reference(record, row)) for row, record in zip(ROWS, records, strict=True))
    return {name: why for name, why in outcomes if why is not None}


@pytest.mark.slow
def test_every_row_is_right_but_the_known(reader: Reader) -> None:
    new, healed = judged(failed(reader), KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)


def test_no_kind_falls(reader: Reader) -> None:
    reached = shares(ROWS, "kind", failed(reader))
    assert {kind: right for kind, (right, _) in reached.items() if right < FLOORS[kind]} == {}


def test_nine_in_ten_are_right(reader: Reader) -> None:
    assert len(failed(reader)) <= 0.1 * len(ROWS)


def test_table_is_in_order() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 340
    assert set(KNOWN) <= set(names)
    assert set(FLOORS) == {row["kind"] for row in ROWS}
    for row in ROWS:
        assert row["text"].count(row["phrase"]) >= row.get("nth", 1), row["name"]
        assert row.keys() & {"actor", "country", "is", "place", "nobody"}, row["name"]
    assert all(why.strip() for why in KNOWN.values())
