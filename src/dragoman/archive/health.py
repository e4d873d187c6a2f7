"""Whether an archive is whole: what the file says, and whether the rows still say what the records say.

In: an open archive. Out: a list of inconsistencies in plain words; an empty one means none. Changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, select, text

from dragoman.archive import tables
from dragoman.archive.opening import Store
from dragoman.archive.writer import entry_rows, report_row
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record

PAGE = 50


def check(store: Store) -> list[str]:
    """All inconsistencies found."""
    try:
        with store.reading() as connection:
            found = [*_file(connection), *_words(connection), *_strays(connection)]
        if not found and not store.read_only:
            found = _index(store)
        return [*found, *_records(store)]
    except ArchiveError as error:
        return [str(error)]


def _file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file: {said}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{row[0]}, row {row[1]}: points to nothing in {row[2]}"


def _words(connection: Connection) -> Iterator[str]:
    """The full-text index holds each report once and nothing else."""
    for one, other, what in (
        ("number FROM reports", "id FROM report_words_docsize", "is missing from the full-text index"),
        ("id FROM report_words_docsize", "number FROM reports", "is in the full-text index only"),
    ):
        for (number,) in connection.execute(text(f"SELECT {one} EXCEPT SELECT {other}")):
            yield f"report number {number} {what}"


def _index(store: Store) -> list[str]:
    """The full-text index against the texts; SQLite offers this as a command to the index, which needs a writer."""
    try:
        with store.writing() as connection:
            connection.execute(text("INSERT INTO report_words(report_words, rank) VALUES ('integrity-check', 1)"))
    except ArchiveError as error:
        return [f"the full-text index differs from the texts: {error}"]
    return []


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
    except (zlib.error, ValidationError) as error:
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
