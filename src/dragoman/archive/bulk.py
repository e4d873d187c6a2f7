"""Many records in one transaction: as they are added one by one, but with a few large statements.

In: records, and which of their events are known to be others'. Out: the same rows that adding one by one makes. Records
with a gist are compared with the ledger one after the other, as always; those without begin lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from dragoman.archive import ledger, tables, tallies
from dragoman.archive.home import insert_many
from dragoman.archive.writer import entry_rows, report_row
from dragoman.record.entries import Record


def write_together(connection: Connection, records: Iterable[Record], joined: Mapping[str, str]) -> int:
    """Put records in, in the transaction at hand; those that are there already are passed over.

    Args:
        connection: the transaction.
        records: any number that fits the memory.
        joined: by the ids of events, the id of the event each is known to be; others are their own.

    Returns:
        How many were not there yet.
    """
    new = _new(connection, records)
    rows: dict[Table, list[dict[str, Any]]] = {tables.reports: [report_row(record) for record in new]}
    for record in new:
        for table, made in entry_rows(record).items():
            rows.setdefault(table, []).extend(made)
        if record.gist is None:
            for table, made in ledger.beginnings(record).items():
                rows.setdefault(table, []).extend(made)
    for event in rows.get(tables.events, ()):
        event["event_id"] = joined.get(event["id"], event["event_id"])
    for table in tables.metadata.sorted_tables:
        insert_many(connection, table, rows.get(table, ()))
    for record in new:
        if record.gist is not None:
            ledger.keep(connection, record)
    tallies.keep(connection, together=len(new))
    return len(new)


def _new(connection: Connection, records: Iterable[Record]) -> list[Record]:
    """Those that are not there yet, each once."""
    by_id = {record.report.id: record for record in records}
    column = tables.reports.c.id
    there = set(connection.execute(select(column).where(column.in_(by_id))).scalars())
    return [record for report_id, record in by_id.items() if report_id not in there]
