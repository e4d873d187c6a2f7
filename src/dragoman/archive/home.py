"""Where an archive may live: what `opening` asks of each kind of database, so that the room need not know which it is.

    sqlite_home      a file, or memory
    postgres_home    a database on a server

A home gives engines whose transactions hold what the archive promises: readers see one state and hinder nobody; one
writer at a time, others queue up to `PATIENCE` seconds; what is committed is on the disk. It puts into words what its
database complains of, and never shows a password.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from sqlalchemy import ARRAY, ColumnElement, Connection, Engine, Table, any_, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

PATIENCE = 60.0
"""Seconds a writer waits for another."""
HINT = "write it as sqlite:///record.db, sqlite:////home/me/record.db or postgresql://me@host/database"


class Home(ABC):
    """One place for an archive.

    Attributes:
        where: its address as messages show it, without a password.
        elsewhere: what to name instead when this place is taken: "another file".
        engine: connections to it.
        turn: held by each transaction; only memory needs it.
    """

    elsewhere: ClassVar[str]

    def __init__(self, where: str) -> None:
        self.where = where
        self.engine: Engine
        self.turn: AbstractContextManager[object] = nullcontext()

    @abstractmethod
    def reading(self) -> Engine:
        """The engine for transactions that only read."""

    def writing(self) -> Engine:
        """The engine for transactions that write."""
        return self.engine.execution_options(dragoman_writes=True)

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """The names of all tables there; empty in a place that is free for an archive."""

    @abstractmethod
    def identity(self, connection: Connection) -> tuple[str, ...]:
        """What is the same for two addresses of one place."""

    @abstractmethod
    def size(self, connection: Connection) -> int:
        """How many bytes it takes on the disk."""

    @abstractmethod
    def words(self, error: Exception) -> str:
        """What the database said, and what to do about it."""

    @abstractmethod
    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the database itself and its index of words, one sentence each."""

    def index_faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the index of words and can be told by a writer only."""
        return iter(())

    def try_otherwise(self) -> bool:
        """After a first failure to read: whether there is another way to, which is taken from now on."""
        return False

    def prepare(self) -> None:  # noqa: B027 - most have nothing to do
        """What must be done once before the first transaction that writes."""

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def tidy_words(connection: Connection) -> None:
    """Let SQLite join the pieces of its full-text index: each word is then looked for once, not in twenty places.

    Takes 3 s where a quarter of a million reports are. PostgreSQL does the like by itself.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO report_words (report_words) VALUES ('optimize')")


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put in many rows of which none is there yet, by the fastest way there is; all have the same columns."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    quote = connection.dialect.identifier_preparer.quote
    prepare = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    driver: Any = connection.connection.dbapi_connection
    listed = ", ".join(map(quote, names))
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({listed}) FROM STDIN") as copy:
            for row in rows:
                values = (row[name] for name in names)
                copy.write_row([one(value) if one else value for one, value in zip(prepare, values, strict=True)])
    except driver_error(connection) as error:
        raise DBAPIError.instance(f"COPY {table.name}", None, error, driver_error(connection)) from error


def driver_error(connection: Connection) -> type[Exception]:
    """What the driver raises, for what goes past SQLAlchemy."""
    found: type[Exception] = connection.dialect.loaded_dbapi.Error
    return found


def insert_once(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be told ``on_conflict_do_nothing``, in the words of the database at hand."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def among(connection: Connection, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """The condition that a column is one of these values, however many there are: they go over as one value."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))
