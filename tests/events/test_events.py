"""What is coded: every row of cases/events.yaml, but those known to be wrong."""

from __future__ import annotations

from functools import lru_cache

from dragoman import Reader
from dragoman.knowledge.codebook import codebook
from readings import judged, read_rows, shares, table, wrong_events

ROWS, KNOWN = table("events")
# Rows that must be right, by trap.
FLOORS = {
    "passive": 9,
    "reduced_relative": 5,
    "chained": 4,
    "light_verb": 10,
    "noun": 6,
    "headline": 1,
    "mutual": 5,
    "several": 5,
    "hidden": 8,
    "planned": 9,
    "requested": 3,
    "hypothetical": 5,
    "negated": 4,
    "speech_act": 6,
    "plain": 11,
    "background": 2,
    "none": 18,
}
STATUS = {"any", "occurred", "planned", "requested", "hypothetical", "negated"}


@lru_cache(maxsize=1)
def failed(reader: Reader) -> dict[str, str]:
    """Rows that are read wrong, and how."""
    records = read_rows(reader, ROWS)
    outcomes = ((row["name"], wrong_events(record, row)) for row, record in zip(ROWS, records, strict=True))
    return {name: why for name, why in outcomes if why is not None}


def test_every_row_is_right_but_the_known(reader: Reader) -> None:
    new, healed = judged(failed(reader), KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)


def test_no_trap_falls(reader: Reader) -> None:
    reached = shares(ROWS, "trap", failed(reader))
    assert {trap: right for trap, (right, _) in reached.items() if right < FLOORS[trap]} == {}


def test_table_is_in_order() -> None:
    book = codebook()
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 120
    assert set(KNOWN) <= set(names)
    assert all(why.strip() for why in KNOWN.values())
    assert set(FLOORS) == {row["trap"] for row in ROWS}
    for row in ROWS:
        assert row.get("none") or row.get("events") or row.get("never"), row["name"]
        for want in row.get("events", []):
            assert want["category"] in book.categories, row["name"]
            assert want.get("mode") is None or want["mode"] in book.modes[want["category"]], row["name"]
            assert want.get("status", "occurred") in STATUS, row["name"]
        assert set(row.get("also", ())) | set(row.get("never", ())) <= set(book.categories), row["name"]


def test_every_coding_says_why_and_where(reader: Reader) -> None:
    book = codebook()
    seen = 0
    for record in read_rows(reader, ROWS[:40]):
        for event in record.events:
            seen += 1
            assert event.reasons
            assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
            assert event.quad == book.categories[event.category].quad
            assert event.mode is None or event.mode in book.modes[event.category]
            assert event.cameo is None or event.cameo in book.cameo
    assert seen > 30
