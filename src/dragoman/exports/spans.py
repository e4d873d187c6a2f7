"""Spans beside a format that has no room for them: one line for each span that a row rests on.

In: passages and the id of the row each became part of. Out: rows for ``<FILE>.spans.csv``: comma-separated under a
header, quoted as RFC 4180 has it. It also says what the formats leave out: how far the event came, whether it is
background, how sure it is, and which reports tell it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from dragoman.archive.passages import Passage
from dragoman.evidence import Span
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sides import Told

SUFFIX = "spans.csv"
LAYOUT = Layout(
    "spans",
    (
        Column("row", "id of the row in the other file; of petrarch2, which has none, the number of the line"),
        Column("event_id", "id of the event; the same for all reports that tell it"),
        Column("id", "id of this telling in the archive"),
        Column("report_id", "id of the report"),
        Column("url", "its address"),
        Column("publisher", "its outlet"),
        Column("published", "the day it appeared"),
        Column("status", "how far the event came, as this report tells it"),
        Column("background", "whether it is older than the news", "boolean"),
        Column("confidence", "how sure the coding is, 0 to 1", "Float64"),
        Column("part", "actor, recipient, trigger, evidence, asserted_by or place"),
        Column("name", "name of the actor or place"),
        Column("start", "first character in the text of the report, counted from 0", "Int64"),
        Column("end", "behind the last", "Int64"),
        Column("text", "the words"),
    ),
    header=True,
)


def header() -> str:
    """The header as a line."""
    return _lines([LAYOUT.names])


def of_pair(row: object, told: Told) -> str:
    """The lines for a pair's row."""
    sides = (("actor", told.source), ("recipient", told.target))
    parties = [(part, party.actor.name, party.span) for part, party in sides if party]
    return _of(row, told.passage, parties)


def of_passage(row: object, passage: Passage) -> str:
    """The lines for a row that holds all parties."""
    event = passage.event
    sides = (("actor", event.actors), ("recipient", event.recipients))
    return _of(row, passage, [(part, p.actor.name, p.span) for part, parties in sides for p in parties])


def _of(row: object, passage: Passage, parties: Sequence[tuple[str, str, Span]]) -> str:
    event = passage.event
    found: list[tuple[str, str | None, Span]] = [*parties, ("trigger", None, event.trigger)]
    found.append(("evidence", None, event.evidence))
    if event.asserted_by:
        found.append(("asserted_by", event.asserted_by.actor.name, event.asserted_by.span))
    if event.place:
        found.append(("place", event.place.name, event.place.span))
    common = (
        row,
        passage.event_id,
        passage.id,
        passage.report_id,
        passage.url,
        passage.publisher,
        passage.published,
        event.status,
        "true" if event.background else "false",
        event.confidence,
    )
    return _lines([(*common, part, name, span.start, span.end, span.text) for part, name, span in found])


def _lines(rows: Sequence[Sequence[object]]) -> str:
    return "".join(_each(rows))


def _each(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    yield buffer.getvalue()
