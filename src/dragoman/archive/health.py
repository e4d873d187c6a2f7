"""Whether an archive is whole: what the file says, and whether the rows still say what the records say.

In: an open archive, or an address. Out: a list of inconsistencies in plain words; an empty one means none. Changes
nothing, and brings no older archive up to date.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, exists, func, literal, select

from dragoman.archive import tables
from dragoman.archive.imported import faults as imported_faults
from dragoman.archive.ledger_health import ledger_faults
from dragoman.archive.opening import Store
from dragoman.archive.story_health import story_faults
from dragoman.archive.tallies import tally_faults
from dragoman.archive.writer import entry_rows, report_row
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record

PAGE = 50


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to.

    Attributes:
        where: the archive's address.
        reports: how many it holds.
        found: all inconsistencies.
        unfinished: whether it is a copy that was broken off, of which only the database itself was checked.
        index_left_out: whether the words in the index were not held against the texts, as nothing may be written there.
    """

    where: str
    reports: int
    found: tuple[str, ...]
    unfinished: bool
    index_left_out: bool


def checked(url: str, told: Callable[[int], None] | None = None) -> Checked:
    """Check the archive at an address.

    Args:
        url: its address.
        told: is called with how many more reports have been gone through.

    Raises:
        ArchiveError: when there is none that can be opened.
    """
    store = Store(url, read_only=True, unfinished=True)
    try:
        number = reports(store)
        if store.unfinished:
            with store.reading() as connection:
                found = [*store.home.faults(connection), *_pointers(connection)]
            return Checked(store.where, number, tuple(found), unfinished=True, index_left_out=False)
        left_out = False
        try:
            writing = Store(url, read_only=False)
        except ArchiveError:
            left_out = store.kind == "sqlite"
        else:
            store.close()
            store = writing
        return Checked(store.where, number, tuple(check(store, told)), unfinished=False, index_left_out=left_out)
    finally:
        store.close()


def reports(store: Store) -> int:
    """How many reports an archive holds."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.reports)).scalar_one()


def check(store: Store, told: Callable[[int], None] | None = None) -> list[str]:
    """All inconsistencies found; `told` is called with how many more reports have been gone through."""
    try:
        with store.reading() as connection:
            found = [
                *store.home.faults(connection),
                *_pointers(connection),
                *_strays(connection),
                *ledger_faults(connection),
                *tally_faults(connection),
                *story_faults(connection),
                *imported_faults(connection),
            ]
        if not found and not store.read_only:
            with store.writing() as connection:
                found = list(store.home.index_faults(connection))
        return [*found, *_records(store, told or (lambda _: None))]
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
    """Parties and judgements name entries by id, which no foreign key can hold; events name each other."""
    for table in (tables.parties, tables.judgements):
        # One table after the other: a server takes ages over a list of all ids.
        nowhere = (~exists(select(literal(1)).where(other.c.id == table.c.entry)) for other in tables.LETTERS.values())
        for (entry,) in connection.execute(select(table.c.entry).distinct().where(*nowhere)):
            yield f"{table.name}: there is no entry {entry}"
    event, other = tables.events.c, tables.events.alias()
    alone = ~exists(select(literal(1)).where(other.c.id == event.event_id))
    for row in connection.execute(select(event.id, event.event_id).where(alone)):
        yield f"events, {row.id}: belongs to {row.event_id}, which does not exist"


def _records(store: Store, told: Callable[[int], None]) -> Iterator[str]:
    """Each record against the rows cut from it."""
    report, behind = tables.reports.c, 0
    while True:
        with store.reading() as connection:
            page = select(tables.reports).where(report.number > behind).order_by(report.number).limit(PAGE)
            rows = connection.execute(page).all()
            cut = _cut(connection, [row.id for row in rows])
        for row in rows:
            yield from _record(row._asdict(), cut)
        told(len(rows))
        if len(rows) < PAGE:
            return
        behind = rows[-1].number


def _cut(connection: Connection, reports: Sequence[str]) -> dict[Table, dict[str, list[Any]]]:
    """The rows of these reports' entries, by table and report."""
    found: dict[Table, dict[str, list[Any]]] = {}
    for table in (*tables.LETTERS.values(), tables.parties, tables.claims):
        there = found.setdefault(table, {})
        for row in connection.execute(select(table).where(table.c.report_id.in_(reports))):
            there.setdefault(row.report_id, []).append(row)
    return found


def _record(row: dict[str, Any], cut: Mapping[Table, Mapping[str, list[Any]]]) -> Iterator[str]:
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
        yield from _table(row["id"], table, expected, cut[table].get(row["id"], ()))


def _table(report_id: str, table: Table, expected: Sequence[dict[str, Any]], stored: Sequence[Any]) -> Iterator[str]:
    keys = [column.name for column in table.primary_key]
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
