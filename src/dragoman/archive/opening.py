"""From an address to an open archive of the newest schema, or an `ArchiveError` that says what, where and what to do.

In: a SQLAlchemy URL, of SQLite or PostgreSQL. Out: a `Store`, which hands out transactions. Refuses: an address that
is none, another kind of database, a file that is no database, a server that does not answer, a database that is no
archive (left untouched), an archive made by a newer Dragoman, and for reading only, one that is missing or older.

What both kinds of database promise, and how, stands in `home`. All migrations due run in one transaction; of two
processes that open a new archive at once, one makes it and the other waits.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from os import getpid
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from dragoman.archive.home import HINT, Home
from dragoman.archive.sqlite_home import SqliteHome
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.archive.shelf import Shelf

NEWEST = "0010"
"""The newest schema: the last file in `migrations/versions`; a test holds it to that."""
VERSION_TABLE = "dragoman_version"
UNFINISHED = "copying:"
"""What stands before the schema's version as long as a copy is being made there; see `copying`."""
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """An open archive: where it lies, and transactions on it.

    Attributes:
        where: its address, as error messages show it: without a password.
        home: the database it lies in.
        read_only: whether `writing` is refused.
        unfinished: whether it is a copy that was broken off.

    Args:
        url: its address.
        read_only: whether to refuse `writing`.
        unfinished: whether a copy that was broken off may be opened.
    """

    def __init__(self, url: str, *, read_only: bool, unfinished: bool = False) -> None:
        self.read_only = read_only
        self.unfinished = False
        self._may_be_unfinished = unfinished
        self.home = home_of(url, read_only=read_only)
        self.where = self.home.where
        self._process = getpid()
        self._closed = False
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    @property
    def kind(self) -> str:
        """What kind of database it lies in: "sqlite" or "postgresql"."""
        return self.home.engine.dialect.name

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept in memory between questions."""
        from dragoman.archive.shelf import Shelf  # noqa: PLC0415 - loads numpy

        return Shelf()

    def close(self) -> None:
        """Give back all connections; a second time does nothing."""
        self._closed = True
        self.home.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive and hinders no writer."""
        with self._transaction(self.home.reading()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all; no other writes to the archive before its end.

        Raises:
            ArchiveError: for an archive opened for reading only, or when another process writes for too long.
        """
        if self.read_only:
            raise ArchiveError(f"{self.where} is open for reading only; open it without read_only to write")
        with self._transaction(self.home.writing()) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        if self._closed:
            raise ArchiveError(f"{self.where} is closed; open it again")
        if getpid() != self._process:
            raise ArchiveError(f"{self.where} was opened by another process; open it anew in each process")
        try:
            with self.home.turn, engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"{self.where}: {self.home.words(error)}") from error
        except (UnicodeEncodeError, OverflowError) as error:
            raise ArchiveError(f"{self.where}: cannot be stored or looked up: {error}") from error

    def _open(self) -> None:
        try:
            version = self._version()
        except ArchiveError:
            if not self.home.try_otherwise():
                raise
            version = self._version()
        if version is not None and version.startswith(UNFINISHED):
            version = self._begun(version.removeprefix(UNFINISHED))
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
        self.home.prepare()
        if version != NEWEST:
            try:
                with self.writing() as connection:
                    _migrate(connection)
            except (zlib.error, ValueError, LookupError, TypeError) as error:
                raise ArchiveError(
                    f"{self.where} was made by an older Dragoman (schema {version}) and holds a record that cannot be"
                    f" read ({error}); it is left as it was: restore a copy, or add the reports to a new archive"
                ) from error

    def _begun(self, version: str) -> str:
        """The schema of a copy that was broken off."""
        if not self._may_be_unfinished:
            raise ArchiveError(
                f"{self.where} is a copy that was broken off; finish it by the same command: dragoman archive copy"
            )
        if version != NEWEST:
            raise ArchiveError(
                f"{self.where} is a copy that another Dragoman began (schema {version}, now {NEWEST}) and that was"
                " broken off; remove it and copy anew"
            )
        self.unfinished = True
        return version

    def _version(self) -> str | None:
        """The schema's version; None for an empty database; refuses somebody else's."""
        with self.reading() as connection:
            tables = self.home.tables(connection)
            if not tables:
                return None
            if VERSION_TABLE in tables:
                found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
                if isinstance(found, str):
                    return found
        raise ArchiveError(
            f"{self.where} is a database, but no Dragoman archive (it holds {', '.join(sorted(tables)[:3])});"
            f" name {self.home.elsewhere}"
        )


def home_of(url: str, *, read_only: bool) -> Home:
    """The database that an address names; nothing is looked up there yet, but for a file's own existence.

    Raises:
        ArchiveError: for an address that is none, or of another kind of database.
    """
    try:
        parsed = make_url(url)
        kind = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise ArchiveError(f"{_hidden(url)!r} is no address of an archive; {HINT}") from error
    if kind == "sqlite":
        return SqliteHome(url, parsed, read_only=read_only)
    if kind in {"postgresql", "postgres"}:
        from dragoman.archive.postgres_home import PostgresHome  # noqa: PLC0415 - its driver is an extra

        return PostgresHome(parsed, read_only=read_only)
    shown = parsed.render_as_string(hide_password=True)
    raise ArchiveError(f"{shown}: archives are kept in SQLite or PostgreSQL; {HINT}")


def _hidden(url: str) -> str:
    """An address that cannot be read, without what may be a password."""
    return re.sub(r":(?!//).*@", ":***@", url)


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
    from dragoman.archive.grouping import catch_up  # noqa: PLC0415 - knows the rooms that know this one
    from dragoman.archive.tallies import pack_all  # noqa: PLC0415 - loads numpy

    catch_up(connection)
    pack_all(connection)
