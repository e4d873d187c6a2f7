"""Whom words stand for: every row of cases/reference.yaml, but those known to be wrong."""

from __future__ import annotations

from functools import lru_cache

from dragoman import Reader
from readings import judged, read_rows, shares, table, wrong_reference

ROWS, KNOWN = table("reference")
# Rows that must be right, by kind.
FLOORS = {
    "surname": 10,
    "title": 7,
    "acronym": 8,
    "he": 4,
    "she": 4,
    "they": 4,
    "his_country": 5,
    "countrys_office": 6,
    "both_sides": 2,
    "two_ministers": 5,
    "two_countries": 4,
    "status_office": 4,
    "capital_actor": 6,
    "capital_place": 5,
    "possessive": 5,
    "apposition": 4,
    "plural_offices": 4,
    "bloc": 6,
    "hostile_name": 5,
    "body_part": 0,
    "former_latter": 0,
    "speaker": 0,
    "nobody": 0,
}


@lru_cache(maxsize=1)
def failed(reader: Reader) -> dict[str, str]:
    """Rows that are read wrong, and how."""
    records = read_rows(reader, ROWS)
    outcomes = ((row["name"], wrong_reference(record, row)) for row, record in zip(ROWS, records, strict=True))
    return {name: why for name, why in outcomes if why is not None}


def test_every_row_is_right_but_the_known(reader: Reader) -> None:
    new, healed = judged(failed(reader), KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)


def test_no_kind_falls(reader: Reader) -> None:
    reached = shares(ROWS, "kind", failed(reader))
    assert {kind: right for kind, (right, _) in reached.items() if right < FLOORS[kind]} == {}


def test_table_is_in_order() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 340
    assert set(KNOWN) <= set(names)
    assert set(FLOORS) == {row["kind"] for row in ROWS}
    for row in ROWS:
        assert row["text"].count(row["phrase"]) >= row.get("nth", 1), row["name"]
        assert row.keys() & {"actor", "country", "is", "place", "nobody"}, row["name"]
    assert all(why.strip() for why in KNOWN.values())
