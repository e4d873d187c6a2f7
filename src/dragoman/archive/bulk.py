"""Many records in one transaction, with a few large statements.

In: records, and which of their events are known to be others'. Out: the rows that adding one by one makes, but for one
thing: the reports are not held against each other nor against those that are there. Each begins a story of its own, or
stands in that of the event that it is known to tell; reports that come later are held against them as against all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from dragoman.archive import copies, grouping, ledger, tables, tallies, tellings, traits
from dragoman.archive.home import insert_many
from dragoman.archive.writer import entry_rows, report_row
from dragoman.record.entries import Record

_REASONS = '[{"fact": "so it was said when they were added together", "weight": 1.0}]'
_Rows = dict[Table, list[dict[str, Any]]]


def write_together(connection: Connection, records: Iterable[Record], joined: Mapping[str, str]) -> int:
    """Put records in, in the transaction at hand; those that are there already are passed over.

    Args:
        connection: the transaction.
        records: any number that fits the memory.
        joined: by the ids of events, the id of the event each is known to be, which heads its own story; others are
            their own. All of a report's are of one story.

    Returns:
        How many were not there yet.
    """
    new = _new(connection, records)
    rows: _Rows = {tables.reports: [report_row(record) for record in new]}
    grown = set()
    for record in new:
        _collect(rows, entry_rows(record))
        _collect(rows, ledger.beginnings(record))
        story = _story(record, joined)
        if story != record.report.id:
            grown.add(story)
        _collect(rows, _story_rows(record, story))
    for event in rows.get(tables.events, ()):
        event["event_id"] = joined.get(event["id"], event["event_id"])
        if event["event_id"] != event["id"]:
            rows.setdefault(tables.story_decisions, []).append(_decision(event["id"], event["event_id"]))
    for table in tables.metadata.sorted_tables:
        insert_many(connection, table, rows.get(table, ()))
    for story in sorted(grown):
        grouping.refresh(connection, story)
    tallies.keep(connection, together=len(new))
    return len(new)


def _new(connection: Connection, records: Iterable[Record]) -> list[Record]:
    """Those that are not there yet, each once."""
    by_id = {record.report.id: record for record in records}
    column = tables.reports.c.id
    there = set(connection.execute(select(column).where(column.in_(by_id))).scalars())
    return [record for report_id, record in by_id.items() if report_id not in there]


def _collect(rows: _Rows, more: Mapping[Table, list[dict[str, Any]]]) -> None:
    for table, made in more.items():
        rows.setdefault(table, []).extend(made)


def _story(record: Record, joined: Mapping[str, str]) -> str:
    """The story that a report stands in: its own, or that of the event it is known to tell."""
    report_id = record.report.id
    heads = (joined.get(f"{report_id}-e{number}") for number in range(len(record.events)))
    return next((head.partition("-")[0] for head in heads if head), report_id)


def _story_rows(record: Record, story: str) -> _Rows:
    """What the report is known again by, and where it stands."""
    telling = tellings.telling_of(record)
    known = traits.traits_of(record, telling)
    report_id, day = telling.report_id, telling.day
    bands = copies.bands(copies.groups_of_words(record.report.text))
    own = {"id": report_id, "opened": day, "updated": day, "reports": 1, "outlets": 1, "event": None}
    return {
        tables.ledger_words: [tellings.kept(telling)],
        tables.stories: [own] if story == report_id else [],
        tables.story_reports: [{**traits.kept(known), "story": story}],
        tables.story_keys: grouping.keys_of(known) if day else [],
        tables.story_copies: [{"band": band, "report_id": report_id} for band in bands],
        tables.story_decisions: [_decision(report_id, story)] if story != report_id else [],
    }


def _decision(subject: str, into: str) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "subject": subject, "into": into, "beside": None, "confidence": 1.0, "reasons": _REASONS, "by": None, "at": at
    }  # fmt: skip
