"""An archive in a file (SQLite), or in memory.

In: a URL with three slashes and a path. Refuses: a folder, a path in no folder, for reading only a file that is not
there. A file is kept in WAL mode: readers and the one writer do not wait for each other. Writers queue (BEGIN
IMMEDIATE). Every commit is flushed to the disk (synchronous=FULL), so that neither a killed process nor a power cut
loses a finished report.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from os import W_OK, access
from pathlib import Path
from threading import RLock

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from dragoman.archive import home
from dragoman.errors import ArchiveError

_PAGES_KIB = 65_536
"""Pages that a connection which writes keeps in memory, at most."""


class SqliteHome(home.Home):
    """A file, or memory."""

    elsewhere = "another file"

    def __init__(self, url: str, parsed: URL, *, read_only: bool) -> None:
        super().__init__(url)
        self._read_only = read_only
        self._path = _path(url, parsed)
        if self._path is None:
            if read_only:
                raise ArchiveError(f"{url}: an archive in memory begins empty and cannot be opened for reading only")
            # There is one connection for all threads, so they take turns.
            self.turn = RLock()
        else:
            _look(self._path, read_only=read_only)
        self.engine = _engine(self._path, "ro" if read_only else "rwc")

    def reading(self) -> Engine:
        """The engine for transactions that only read."""
        return self.engine

    def tables(self, connection: Connection) -> set[str]:
        """The names of all tables in the file."""
        return set(inspect(connection).get_table_names())

    def identity(self, connection: Connection) -> tuple[str, ...]:
        """The file's real path; memory is only ever itself."""
        return (str(self._path.resolve()) if self._path else f"memory {id(self.engine)}",)

    def size(self, connection: Connection) -> int:
        """How many bytes the file takes, with its log."""
        if self._path is None:
            asked = text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            return int(connection.execute(asked).scalar_one())
        parts = (self._path.with_name(self._path.name + end) for end in ("", "-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def words(self, error: Exception) -> str:
        """What SQLite said, and what to do about it."""
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        for sign, advice in (
            ("not a database", "this file is no database; name another, or move it away"),
            ("malformed", "the file is damaged; restore a copy, or add the reports to a new archive"),
            (
                "locked",
                f"another process has been writing for over {home.PATIENCE:.0f} seconds; try again when it is done",
            ),
            ("unable to open", "the file cannot be opened; check that it and its folder may be read and written"),
            ("readonly", "the file may not be written; open it with read_only, or change its permissions"),
            ("disk is full", "the disk is full; make room and go on, nothing stored so far is lost"),
            ("disk I/O", "the disk failed; check it and its free space"),
        ):
            if sign in said:
                return f"{advice} ({said})"
        return said

    def try_otherwise(self) -> bool:
        """A file in WAL mode on a disk that nobody can write to: SQLite wants to be told that nobody will."""
        path = self._path
        if path is None or not self._read_only or _has_log(path) or access(path.parent, W_OK):
            return False
        self.engine.dispose()
        self.engine = _engine(path, "ro&immutable=1")
        return True

    def prepare(self) -> None:
        """Switch to WAL. SQLite does not wait for others at this one step, so we do."""
        if self._path is None:
            return
        patient_until = time.monotonic() + home.PATIENCE
        waits = True
        while waits:
            try:
                with self.engine.connect() as connection:
                    driver = connection.connection.dbapi_connection
                    assert isinstance(driver, sqlite3.Connection)
                    driver.execute("PRAGMA journal_mode=WAL").close()
                waits = False
            except (sqlite3.OperationalError, DBAPIError) as error:
                if "locked" not in str(error) or time.monotonic() > patient_until:
                    raise ArchiveError(f"{self.where}: {self.words(error)}") from error
                time.sleep(0.02)

    def faults(self, connection: Connection) -> Iterator[str]:
        """What SQLite says of its file, and whether the index of words holds each report once and nothing else."""
        for (said,) in connection.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"the file: {said}"
        for one, other, what in (
            ("number FROM reports", "id FROM report_words_docsize", "is missing from the full-text index"),
            ("id FROM report_words_docsize", "number FROM reports", "is in the full-text index only"),
        ):
            for (number,) in connection.execute(text(f"SELECT {one} EXCEPT SELECT {other}")):
                yield f"report number {number} {what}"

    def index_faults(self, connection: Connection) -> Iterator[str]:
        """The full-text index against the texts; SQLite offers this as a command to the index."""
        try:
            connection.execute(text("INSERT INTO report_words(report_words, rank) VALUES ('integrity-check', 1)"))
        except DBAPIError as error:
            yield f"the full-text index differs from the texts: {self.words(error)}"


def _path(url: str, parsed: URL) -> Path | None:
    """The file a URL names; None for a database in memory."""
    if "?" in url or parsed.host:
        raise ArchiveError(f"{url}: a file's address has three slashes, a path and nothing else; {home.HINT}")
    if parsed.database in {None, "", ":memory:"}:
        return None
    if "\0" in str(parsed.database):
        raise ArchiveError(f"{url!r} is no address of an archive; {home.HINT}")
    # Absolute now: a later change of folder must not lead to another file.
    return Path(str(parsed.database)).expanduser().absolute()


def _look(path: Path, *, read_only: bool) -> None:
    """Refuse early what SQLite would word badly."""
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; name a file in it: sqlite:///{path}/record.db")
    if not path.parent.is_dir():
        raise ArchiveError(f"{path}: there is no folder {path.parent}; make it first")
    if read_only and not path.exists():
        raise ArchiveError(f"{path}: there is no archive here to read; check the address, or add reports first")


def _engine(path: Path | None, mode: str) -> Engine:
    address = ":memory:" if path is None else f"{path.as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # Transactions are ours to begin: the driver begins none by itself.
        return sqlite3.connect(address, uri=True, timeout=home.PATIENCE, isolation_level=None, check_same_thread=False)

    if path is None:
        engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    else:
        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60, pool_use_lifo=True
        )

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _: object) -> None:
        driver.execute("PRAGMA foreign_keys=ON").close()
        driver.execute("PRAGMA synchronous=FULL").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("dragoman_writes", False)
        if writes:
            # A report that comes is held against hundreds that lie anywhere; the driver's own two megabytes hold few.
            connection.exec_driver_sql(f"PRAGMA cache_size=-{_PAGES_KIB}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
