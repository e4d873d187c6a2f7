"""Whether an archive is whole: what the file says, and whether the rows still say what the records say.

In: an open archive. Out: a list of inconsistencies in plain words; an empty one means none. Changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, exists, literal, select, text

from dragoman.archive import tables
from dragoman.archive.ledger_health import ledger_faults
from dragoman.archive.opening import Store
from dragoman.archive.writer import entry_rows, report_row
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record

PAGE = 50


def check(store: Store) -> list[str]:
    """All inconsistencies found."""
    try:
        with store.reading() as connection:
            found = [
                *store.home.faults(connection),
                *_pointers(connection),
                *_strays(connection),
                *ledger_faults(connection),
            ]
        if not found and not store.read_only:
            with store.writing() as connection:
                found = list(store.home.index_faults(connection))
        return [*found, *_records(store)]
    except ArchiveError as error:
        return [str(error)]


def _pointers(connection: Connection) -> Iterator[str]:
    """Rows that point to a row of another table, which is not there."""
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            other = key.referred_table.alias()
            pairs = [(table.c[part.parent.name], other.c[part.column.name]) for part in key.elements]
            missing = (
                select(*table.primary_key)
                .where(*(own.is_not(None) for own, _ in pairs))
                .where(~exists(select(literal(1)).where(*(own == there for own, there in pairs))))
            )
            for row in connection.execute(missing):
                yield f"{table.name}, {' '.join(map(str, row))}: points to nothing in {key.referred_table.name}"


def _strays(connection: Connection) -> Iterator[str]:
    """Parties and judgements name entries by id, which no foreign key can hold."""
    there = " UNION ALL ".join(f"SELECT id FROM {table.name}" for table in tables.LETTERS.values())
    for table in (tables.parties, tables.judgements):
        strays = text(f"SELECT DISTINCT entry FROM {table.name} WHERE entry NOT IN ({there})")
        for (entry,) in connection.execute(strays):
            yield f"{table.name}: there is no entry {entry}"
    groups = text("SELECT id, event_id FROM events WHERE event_id NOT IN (SELECT id FROM events)")
    for row in connection.execute(groups):
        yield f"events, {row.id}: belongs to {row.event_id}, which does not exist"


def _records(store: Store) -> Iterator[str]:
    """Each record against the rows cut from it."""
    report, behind = tables.reports.c, 0
    while True:
        with store.reading() as connection:
            page = select(tables.reports).where(report.number > behind).order_by(report.number).limit(PAGE)
            rows = connection.execute(page).all()
            for row in rows:
                yield from _record(connection, row._asdict())
        if len(rows) < PAGE:
            return
        behind = rows[-1].number


def _record(connection: Connection, row: dict[str, Any]) -> Iterator[str]:
    try:
        record = Record.model_validate_json(zlib.decompress(row["record"]))
    except (zlib.error, ValidationError, TypeError) as error:
        yield f"report {row['id']}: its record cannot be read: {error}"
        return
    for name, value in report_row(record).items():
        # The record itself may be packed in another way and still be the same.
        if name != "record" and row[name] != value:
            yield f"report {row['id']}: {name} is {row[name]!r}, its record says {value!r}"
    for table, expected in entry_rows(record).items():
        yield from _table(connection, row["id"], table, expected)


def _table(connection: Connection, report_id: str, table: Table, expected: list[dict[str, Any]]) -> Iterator[str]:
    keys = [column.name for column in table.primary_key]
    stored = connection.execute(select(table).where(table.c.report_id == report_id)).all()
    there = {tuple(getattr(row, key) for key in keys): _comparable(row._asdict()) for row in stored}
    wanted = {tuple(row[key] for key in keys): _comparable(row) for row in expected}
    for key in sorted(there.keys() | wanted.keys()):
        name = " ".join(str(part) for part in key)
        if key not in there:
            yield f"{table.name}: {name} is missing"
        elif key not in wanted:
            yield f"{table.name}: {name} is not in the record of report {report_id}"
        elif there[key] != wanted[key]:
            wrong = [column for column in wanted[key] if there[key].get(column) != wanted[key][column]]
            yield f"{table.name}: {name} differs from the record in {', '.join(wrong)}"


def _comparable(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the one column that is not cut from its record: the group an event was put into."""
    return {name: value for name, value in row.items() if name != "event_id"}
