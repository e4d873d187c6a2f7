"""From an address to an open archive of the newest schema, or an `ArchiveError` that says what, where and what to do.

In: a SQLAlchemy URL. Out: a `Store`, which hands out transactions. Refuses: an address that is none, a database other
than SQLite, a file that is no database, a database that is no archive (left untouched), an archive made by a newer
Dragoman, and for reading only, one that is missing or older.

A file is kept in WAL mode: readers and the one writer do not wait for each other. Writers queue (BEGIN IMMEDIATE, up
to `PATIENCE` seconds). Every commit is flushed to the disk (synchronous=FULL), so that neither a killed process nor a
power cut loses a finished report. All migrations due run in one transaction; of two processes that open a new
archive at once, one makes it and the other waits.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from os import W_OK, access, getpid
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from dragoman.errors import ArchiveError

PATIENCE = 60.0
"""Seconds a writer waits for another."""
NEWEST = "0003"
"""The newest schema: the last file in `migrations/versions`; a test holds it to that."""
VERSION_TABLE = "dragoman_version"
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """An open archive: where it lies, and transactions on it.

    Attributes:
        where: its address, as error messages show it.
        read_only: whether `writing` is refused.
    """

    def __init__(self, url: str, *, read_only: bool) -> None:
        self.where = url
        self.read_only = read_only
        path = _path(url)
        if path is None and read_only:
            raise ArchiveError(f"{url}: an archive in memory begins empty and cannot be opened for reading only")
        if path is not None:
            self._look(path)
        self._process = getpid()
        self._closed = False
        # In memory there is one connection for all threads, so they take turns.
        self._turn: AbstractContextManager[object] = RLock() if path is None else nullcontext()
        self._engine = _engine(path, "ro" if read_only else "rwc")
        try:
            self._open(path)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give back all connections; a second time does nothing."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive and hinders no writer."""
        with self._transaction(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all.

        Raises:
            ArchiveError: for an archive opened for reading only, or when another process writes for too long.
        """
        if self.read_only:
            raise ArchiveError(f"{self.where} is open for reading only; open it without read_only to write")
        with self._transaction(self._engine.execution_options(dragoman_writes=True)) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        if self._closed:
            raise ArchiveError(f"{self.where} is closed; open it again")
        if getpid() != self._process:
            raise ArchiveError(f"{self.where} was opened by another process; open it anew in each process")
        try:
            with self._turn, engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.where}: {_words(error)}") from error
        except (UnicodeEncodeError, OverflowError) as error:
            raise ArchiveError(f"{self.where}: cannot be stored or looked up: {error}") from error

    def _look(self, path: Path) -> None:
        """Refuse early what SQLite would word badly."""
        if path.is_dir():
            raise ArchiveError(f"{path} is a folder; name a file in it: sqlite:///{path}/record.db")
        if not path.parent.is_dir():
            raise ArchiveError(f"{path}: there is no folder {path.parent}; make it first")
        if self.read_only and not path.exists():
            raise ArchiveError(f"{path}: there is no archive here to read; check the address, or add reports first")

    def _open(self, path: Path | None) -> None:
        try:
            version = self._version()
        except ArchiveError:
            # A file in WAL mode on a disk that nobody can write to: SQLite wants to be told that nobody will.
            if path is None or not self.read_only or _has_log(path) or access(path.parent, W_OK):
                raise
            self._engine.dispose()
            self._engine = _engine(path, "ro&immutable=1")
            version = self._version()
        if version not in {None, NEWEST} and version not in schemas():
            raise ArchiveError(
                f"{self.where} was made by a newer Dragoman (schema {version}, this one knows up to {NEWEST});"
                " update Dragoman, or name another archive"
            )
        if self.read_only:
            if version is None:
                raise ArchiveError(f"{self.where} holds no archive yet; add reports first")
            if version != NEWEST:
                raise ArchiveError(
                    f"{self.where} was made by an older Dragoman (schema {version}, now {NEWEST});"
                    " open it once for writing to bring it up to date"
                )
            return
        if path is not None:
            self._log_ahead()
        if version != NEWEST:
            try:
                with self.writing() as connection:
                    _migrate(connection)
            except (zlib.error, ValueError, LookupError, TypeError) as error:
                raise ArchiveError(
                    f"{self.where} was made by an older Dragoman (schema {version}) and holds a record that cannot be"
                    f" read ({error}); it is left as it was: restore a copy, or add the reports to a new archive"
                ) from error

    def _version(self) -> str | None:
        """The schema's version; None for an empty database; refuses somebody else's."""
        with self.reading() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return None
            if VERSION_TABLE in tables:
                found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
                if isinstance(found, str):
                    return found
        raise ArchiveError(
            f"{self.where} is a database, but no Dragoman archive (it holds {', '.join(sorted(tables)[:3])});"
            " name another file"
        )

    def _log_ahead(self) -> None:
        """Switch to WAL. SQLite does not wait for others at this one step, so we do."""
        patient_until = time.monotonic() + PATIENCE
        waits = True
        while waits:
            try:
                with self._engine.connect() as connection:
                    driver = connection.connection.dbapi_connection
                    assert isinstance(driver, sqlite3.Connection)
                    driver.execute("PRAGMA journal_mode=WAL").close()
                waits = False
            except (sqlite3.OperationalError, DBAPIError) as error:
                if "locked" not in str(error) or time.monotonic() > patient_until:
                    raise ArchiveError(f"{self.where}: {_words(error)}") from error
                time.sleep(0.02)


def _path(url: str) -> Path | None:
    """The file a URL names; None for a database in memory."""
    hint = "write it as sqlite:///record.db (or sqlite:////home/me/record.db)"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ArchiveError(f"{url!r} is no address of an archive; {hint}") from error
    if parsed.get_backend_name() != "sqlite":
        shown = parsed.render_as_string(hide_password=True)
        raise ArchiveError(f"{shown}: this version keeps archives in SQLite only; {hint}")
    if "?" in url or parsed.host:
        raise ArchiveError(f"{url}: an archive's address has three slashes, a path and nothing else; {hint}")
    if parsed.database in {None, "", ":memory:"}:
        return None
    if "\0" in str(parsed.database):
        raise ArchiveError(f"{url!r} is no address of an archive; {hint}")
    # Absolute now: a later change of folder must not lead to another file.
    return Path(str(parsed.database)).expanduser().absolute()


def _engine(path: Path | None, mode: str) -> Engine:
    address = ":memory:" if path is None else f"{path.as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # Transactions are ours to begin: the driver begins none by itself.
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)

    if path is None:
        engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    else:
        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60)

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _: object) -> None:
        driver.execute("PRAGMA foreign_keys=ON").close()
        driver.execute("PRAGMA synchronous=FULL").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("dragoman_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def schemas() -> list[str]:
    """All schemas that there have been, the newest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to load, and hardly ever needed

    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def _migrate(connection: Connection) -> None:
    """Run the migrations due, in the transaction at hand; none are, where another process has just done it."""
    from alembic import command  # noqa: PLC0415 - slow to load, and hardly ever needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _words(error: Exception) -> str:
    """What the database said, and what to do about it."""
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    for sign, advice in (
        ("not a database", "this file is no database; name another, or move it away"),
        ("malformed", "the file is damaged; restore a copy, or add the reports to a new archive"),
        ("locked", f"another process has been writing for over {PATIENCE:.0f} seconds; try again when it is done"),
        ("unable to open", "the file cannot be opened; check that it and its folder may be read and written"),
        ("readonly", "the file may not be written; open it with read_only, or change its permissions"),
        ("disk is full", "the disk is full; make room and go on, nothing stored so far is lost"),
        ("disk I/O", "the disk failed; check it and its free space"),
    ):
        if sign in said:
            return f"{advice} ({said})"
    return said
