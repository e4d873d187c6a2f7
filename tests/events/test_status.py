"""Whether an act happened: every row of cases/status.yaml, but those known to be wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dragoman.events.status import Standing, standing_of
from dragoman.reading.parse import Grammar
from dragoman.reading.words import Reading, Word
from dragoman.report.report import Report
from readings import judged, table

ROWS, KNOWN = table("status")


def word_of(reading: Reading, row: dict[str, Any]) -> Word:
    return [w for w in reading.words if w.text == row["word"]][row.get("nth", 1) - 1]


@lru_cache(maxsize=1)
def standings(grammar: Grammar) -> dict[str, Standing]:
    """What is said of each row's word."""
    readings = grammar.read_many((Report(text=row["text"]), 0, []) for row in ROWS)
    return {row["name"]: standing_of(word_of(reading, row)) for row, reading in zip(ROWS, readings, strict=True)}


def test_every_row_is_right_but_the_known(grammar: Grammar) -> None:
    found = standings(grammar)
    failed = {
        row["name"]: f"{row['text']} is {found[row['name']].status}: {found[row['name']].because!r}"
        for row in ROWS
        if found[row["name"]].status != row["status"]
    }
    new, healed = judged(failed, KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)


def test_what_did_not_simply_happen_says_why(grammar: Grammar) -> None:
    for row in ROWS:
        standing = standings(grammar)[row["name"]]
        assert bool(standing.because) == (standing.status != "occurred"), row["name"]
        # The reason is made of the report's own words.
        assert all(part in row["text"] for part in standing.because.split() if part not in ("...", "no", "not")), row


def test_table_is_in_order() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 50
    assert set(KNOWN) <= set(names)
    for status in ("occurred", "planned", "requested", "hypothetical", "negated", "attempted"):
        assert sum(row["status"] == status for row in ROWS) >= 2, status
