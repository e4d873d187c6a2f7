"""An archive copied to another place: from a file to a server, back, or from one of a kind to another.

In: an open archive and an address at which there is nothing, an empty archive, a copy that was broken off, or an
earlier copy of the same archive. Out: there, every row of every table as it was when the copy began, under the same
numbers. Refuses a place that holds reports the archive has not; nothing there is lost then.

Table by table and page by page, each page kept as soon as it is written, so that a copy that was broken off goes on:
what is there already is compared and passed over. Until the end the place says in its version that it is unfinished,
and opens for nobody but who finishes it. An earlier copy is brought up to date in one transaction: it stays what it
was until that is done. Every copy is gone through once more at its end and compared row by row.

The tables are those of `tables.metadata`, parents before children; a table there that is not in it is a fault. Columns
that are made by the database itself (the index of words) are made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, delete, func, literal, select, text, tuple_, update
from sqlalchemy.exc import DBAPIError

from dragoman.archive import tables
from dragoman.archive.home import insert_many, tidy_words
from dragoman.archive.opening import NEWEST, UNFINISHED, VERSION_TABLE, Store
from dragoman.errors import ArchiveError

PAGE, HEAVY_PAGE = 1000, 100
PASSES = 4
"""Times that all tables are gone through at most; two do, unless the database keeps tables by rules of its own."""

Told = Callable[[int], None]
_Writing = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy came to.

    Attributes:
        where: the address it lies at.
        rows: how many there are now, by table.
        written: how many rows were written this time.
        went_on: whether an unfinished copy was finished.
    """

    where: str
    rows: dict[str, int]
    written: int
    went_on: bool


def copy(source: Store, url: str, told: Told | None = None) -> Copied:
    """Copy an open archive to an address.

    Args:
        source: the archive; it may be written to meanwhile, what is added later is not in the copy.
        url: where to.
        told: is called with how many more rows have been gone through.

    Raises:
        ArchiveError: when nothing can be written there, or what is there is no copy of the archive.
    """
    target = Store(url, read_only=False, unfinished=True)
    try:
        with source.reading() as reads:
            return _copied(source, reads, target, told or (lambda _: None))
    finally:
        target.close()


def rows_to_go_through(source: Store) -> int:
    """How many rows a copy goes through: each once to copy it and once to compare."""
    with source.reading() as connection:
        return 2 * sum(_counts(connection).values())


def _copied(source: Store, reads: Connection, target: Store, told: Told) -> Copied:
    _refuse(source, reads, target)
    went_on = target.unfinished
    written = 0
    if not went_on and _holds_reports(target):
        with target.writing() as connection:
            written = _made_equal(source, reads, target, _held(connection), told)
            _settle(connection)
    else:
        with target.writing() as connection:
            _mark(connection, f"{UNFINISHED}{NEWEST}")
        written = _made_equal(source, reads, target, target.writing, told)
        with target.writing() as connection:
            _settle(connection)
            _mark(connection, NEWEST)
    return Copied(target.where, _counts(reads), written, went_on)


def _refuse(source: Store, reads: Connection, target: Store) -> None:
    """Leave alone what is no copy of the archive."""
    with target.reading() as there:
        if source.kind == target.kind and source.home.identity(reads) == target.home.identity(there):
            raise ArchiveError(f"{target.where} is the archive itself; name another place for its copy")
        unknown = source.home.tables(reads) - {VERSION_TABLE, *tables.metadata.tables}
        unknown = {name for name in unknown if not name.startswith("report_words")}
        if unknown:
            raise ArchiveError(f"{source.where} has tables that nobody knows: {', '.join(sorted(unknown))}")
        report = tables.reports.c
        named = select(report.number, report.id)
        for page in _pages(there, named, (report.number,), PAGE):
            asked = named.where(report.number.in_([row.number for row in page]))
            known = {tuple(row) for row in reads.execute(asked)}
            if strange := next((row for row in page if tuple(row) not in known), None):
                raise ArchiveError(
                    f"{target.where} is no copy of {source.where}: it holds report {strange.id}, which is not there,"
                    " or under another number; name an empty place"
                )


def _made_equal(source: Store, reads: Connection, target: Store, writing: _Writing, told: Told) -> int:
    """Write until nothing differs; how many rows that took."""
    written = 0
    for _ in range(PASSES):
        changed = 0
        try:
            for table in tables.metadata.sorted_tables:
                changed += _fill(reads, table, writing, told)
            for table in reversed(tables.metadata.sorted_tables):
                changed += _clear(reads, table, writing)
        except (ArchiveError, DBAPIError) as error:
            said = target.home.words(error) if isinstance(error, DBAPIError) else error
            raise ArchiveError(f"{target.where} could not be made a copy of {source.where}: {said}") from error
        written += changed
        if not changed:
            return written
    raise ArchiveError(
        f"{target.where} still differs from {source.where} after {PASSES} goes; does somebody write to it?"
    )


def _fill(reads: Connection, table: Table, writing: _Writing, told: Told) -> int:
    """Bring the rows of one table over, page by page; how many were not there or were different."""
    key = tuple(table.primary_key)
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    with writing() as connection:
        empty = connection.execute(select(*key).limit(1)).first() is None
    changed, behind = 0, None
    for page in _pages(reads, select(table), key, HEAVY_PAGE if heavy else PAGE):
        rows = {_key(table, row): tuple(row) for row in page}
        last = _key(table, page[-1])
        with writing() as connection:
            there = {} if empty else _there(connection, table, rows, behind, last)
            changed += _put(connection, table, rows, there)
        behind = last
        told(len(page))
    return changed


def _there(connection: Connection, table: Table, wanted: Collection[Any], behind: Any, last: Any) -> dict[Any, Any]:
    """The rows of the place that have these keys."""
    key = tuple_(*table.primary_key)
    query = select(table).where(key <= _literals(table, last))
    if behind is not None:
        query = query.where(key > _literals(table, behind))
    there = {_key(table, row): tuple(row) for row in connection.execute(query)}
    # The two kinds of database put a few control characters in another order.
    unseen = [one for one in wanted if one not in there]
    if unseen and there:
        for row in connection.execute(select(table).where(key.in_(unseen))):
            there[_key(table, row)] = tuple(row)
    return there


def _put(connection: Connection, table: Table, wanted: dict[Any, Any], there: dict[Any, Any]) -> int:
    names = [column.name for column in table.columns]
    missing = [row for key, row in wanted.items() if key not in there]
    insert_many(connection, table, [dict(zip(names, row, strict=True)) for row in missing])
    different = [key for key, row in wanted.items() if key in there and there[key] != row]
    for key in different:
        same = (column == part for column, part in zip(table.primary_key, key, strict=True))
        connection.execute(update(table).where(*same).values(dict(zip(names, wanted[key], strict=True))))
    return len(missing) + len(different)


def _key(table: Table, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in table.primary_key)


def _literals(table: Table, key: tuple[Any, ...]) -> Any:
    return tuple_(*(literal(part, column.type) for part, column in zip(key, table.primary_key, strict=True)))


def _clear(reads: Connection, table: Table, writing: _Writing) -> int:
    """Take away rows of one table that the archive no longer has; how many there were."""
    key = tuple(table.primary_key)
    count = select(func.count()).select_from(table)
    with writing() as connection:
        if connection.execute(count).scalar_one() <= reads.execute(count).scalar_one():
            return 0
        extra: list[tuple[Any, ...]] = []
        for page in _pages(connection, select(*key), key, PAGE):
            keys = [tuple(row) for row in page]
            kept = {tuple(row) for row in reads.execute(select(*key).where(tuple_(*key).in_(keys)))}
            extra += [one for one in keys if one not in kept]
        for begin in range(0, len(extra), PAGE):
            connection.execute(delete(table).where(tuple_(*key).in_(extra[begin : begin + PAGE])))
        return len(extra)


def _pages(connection: Connection, query: Any, key: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The rows of a query over one table in the order of its key."""
    query = query.order_by(*key).limit(size)
    page = connection.execute(query).all()
    while page:
        yield page
        if len(page) < size:
            return
        behind = tuple_(*(literal(getattr(page[-1], column.name), column.type) for column in key))
        page = connection.execute(query.where(tuple_(*key) > behind)).all()


def _settle(connection: Connection) -> None:
    """Let numbers go on behind the highest; SQLite does so by itself, and gets its full-text index put in order."""
    tidy_words(connection)
    if connection.dialect.name != "postgresql":
        return
    for table in tables.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = connection.execute(select(func.max(column))).scalar()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))


def _mark(connection: Connection, version: str) -> None:
    connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = :version"), {"version": version})


def _holds_reports(store: Store) -> bool:
    with store.reading() as connection:
        return connection.execute(select(tables.reports.c.number).limit(1)).first() is not None


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.metadata.sorted_tables
    }


def _held(connection: Connection) -> _Writing:
    """Write in a transaction that is open already."""

    @contextmanager
    def writing() -> Iterator[Connection]:
        yield connection

    return writing
