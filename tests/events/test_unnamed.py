"""Acts whose doer the words do not name, and their look-alikes: every row of cases/unnamed.yaml."""

from __future__ import annotations

from functools import lru_cache

from dragoman import Reader
from dragoman.knowledge.codebook import codebook
from readings import judged, read_rows, shares, table, wrong_events

ROWS, KNOWN = table("unnamed")
# Rows that must be right, by trap.
FLOORS = {"passive": 8, "instrument": 8, "summoned": 5, "traced": 2, "strike": 3, "aid": 3, "troops": 4,
          "sent_off": 3,
          "quiet": 25}  # fmt: skip


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
    assert len(names) == len(set(names)) >= 60
    assert set(KNOWN) <= set(names)
    assert set(FLOORS) == {row["trap"] for row in ROWS}
    for row in ROWS:
        assert row.get("none") or row.get("events") or row.get("never"), row["name"]
        wanted = {want["category"] for want in row.get("events", [])}
        assert wanted | set(row.get("also", ())) | set(row.get("never", ())) <= set(book.categories), row["name"]


def test_nobody_is_put_in_the_place_of_who_did_it(reader: Reader) -> None:
    unnamed = [e for record in read_rows(reader, ROWS) for e in record.events if not e.actors]
    assert len(unnamed) >= 15
    for event in unnamed:
        assert any(party.actor.country for party in event.recipients)
        assert event.status == "occurred"
        assert any(reason.fact == "nobody is named who does it" for reason in event.reasons)
