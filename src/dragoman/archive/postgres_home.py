"""An archive in a PostgreSQL database: version 13 or newer, encoding UTF8, the user may create tables in its schema.

In: ``postgresql://me:secret@host:5432/database``; what follows a question mark goes to the server as it does for psql
(``?sslmode=require``, ``?host=/run/postgresql``, ``?options=-csearch_path%3Dnews`` for a schema of its own). Needs
the extra ``dragoman[postgres]``. Refuses a server that does not answer or is too old, a wrong password, a database
that is not there, another encoding.

Readers see one state (REPEATABLE READ) and cannot write. Writers queue for a lock of the archive's own, as they do
for a file, so that what a writer has read stays true until it has written, and numbers are given out in the order of
commits. All text compares by code point (COLLATE "C"), as in SQLite. PostgreSQL has no NUL in texts: it is kept as
two signs (`_ESCAPED`) and comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from dragoman.archive import home
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import psycopg

OLDEST = 130000
"""The oldest server that will do: the first that can take accents off (normalize)."""
_LOCK = 1147302766
_ESCAPED = {"\x1a": "\x1a\x1a", "\0": "\x1a\x19"}
"""Neither sign is part of a word, so the index of words does not see them."""
_MEANT = {kept: sign for sign, kept in _ESCAPED.items()}
_ADVICE = (
    ("password authentication failed", "user or password is wrong"),
    ("no password supplied", "a password is wanted; write it as postgresql://me:secret@host/database, or in ~/.pgpass"),
    ("no pg_hba.conf entry", "the server does not let this user in from here; ask who looks after it"),
    ("Peer authentication failed", "the server lets in only the system user of this name; name another user"),
    ("does not exist", "the server does not know it; create it first (createdb, createuser)"),
    ("could not translate host name", "there is no such host; check the address"),
    ("failed to resolve host", "there is no such host; check the address"),
    ("Connection refused", "no server answers there; check host and port, and that PostgreSQL runs"),
    ("No such file or directory", "no server answers there; check host and port, and that PostgreSQL runs"),
    ("timeout expired", "the server does not answer; check host and port, and the network between"),
    ("starting up", "the server is just starting; try again"),
    ("shutting down", "the server is being shut down; try again when it runs"),
    ("too many clients", "the server has too many connections; try again, or let it have more (max_connections)"),
    ("remaining connection slots", "the server has too many connections; try again, or let it have more"),
)
"""What to do where no connection comes about: signs in libpq's own words, which carry no code."""


class PostgresHome(home.Home):
    """A database on a server."""

    elsewhere = "another database or schema"

    def __init__(self, parsed: URL, *, read_only: bool) -> None:
        parsed = _plain(parsed)
        super().__init__(parsed.set(drivername="postgresql").render_as_string(hide_password=True))
        try:
            import psycopg  # noqa: F401, PLC0415 - an extra
        except ImportError as error:
            raise ArchiveError(
                f'{self.where}: PostgreSQL needs a further package: pip install "dragoman[postgres]" ({error})'
            ) from error
        self.engine = self._engine(parsed, read_only=read_only)

    def reading(self) -> Engine:
        """The engine for transactions that only read, all of one state."""
        return self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def tables(self, connection: Connection) -> set[str]:
        """The names of all tables in the schema at hand but for those of the server's extensions."""
        schema = connection.execute(text("SELECT current_schema()")).scalar()
        if schema is None:
            raise ArchiveError(
                f"{self.where}: there is no schema this user may use; create one, or name it:"
                " ?options=-csearch_path%3Dnews"
            )
        found = text(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(quote_ident("
            ":schema)) AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass"
            " AND objid = pg_class.oid AND deptype = 'e')"
        )
        return set(connection.execute(found, {"schema": schema}).scalars())

    def identity(self, connection: Connection) -> tuple[str, ...]:
        """Server, database and schema."""
        asked = text("SELECT pg_postmaster_start_time()::text, current_database()::text, current_schema()::text")
        return tuple(connection.execute(asked).one())

    def size(self, connection: Connection) -> int:
        """How many bytes the schema's tables and indexes take."""
        asked = text(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = to_regnamespace(quote_ident(current_schema()))"
        )
        return int(connection.execute(asked).scalar_one())

    def words(self, error: Exception) -> str:
        """What the server said, and what to do about it."""
        original = error.orig if isinstance(error, DBAPIError) else error
        said = " ".join(str(original).split())
        code = getattr(original, "sqlstate", None)
        advice = _of_code(code)
        if advice is None and (code is None or code.startswith(("08", "28", "3D", "57P"))):
            advice = next((advice for sign, advice in _ADVICE if sign in said), None)
        if advice is None and isinstance(error, DBAPIError) and error.connection_invalidated:
            advice = "the connection broke off; try again, nothing stored so far is lost"
        return f"{advice} ({said})" if advice else said

    def faults(self, connection: Connection) -> Iterator[str]:
        """Reports whose words stand in the index in another way than in the text."""
        differ = text("SELECT number FROM reports WHERE words IS DISTINCT FROM dragoman_words(title, text)")
        for (number,) in connection.execute(differ):
            yield f"report number {number}: the full-text index differs from the text"

    def _engine(self, url: URL, *, read_only: bool) -> Engine:
        engine = create_engine(
            url,
            connect_args={"client_encoding": "utf8"} | _asked_for(url, connect_timeout=10, application_name="dragoman"),
            pool_size=4,
            max_overflow=28,
            # A server that was started anew in the meantime is no fault to whoever asks next.
            pool_pre_ping=True,
            use_native_hstore=False,
        )
        settings = {
            "lock_timeout": str(max(1, int(home.PATIENCE * 1000))),
            "default_transaction_read_only": "on" if read_only else "off",
            "synchronous_commit": "on",
            # Our queries are short; compiling them takes longer than running them.
            "jit": "off",
        }
        prepared = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in settings.items())

        @event.listens_for(engine, "connect")
        def prepare(driver: psycopg.Connection, _: object) -> None:
            self._look(driver)
            dumper, loader = _adapters()
            driver.adapters.register_dumper(str, dumper)
            for name in ("text", "varchar"):
                driver.adapters.register_loader(name, loader)
            driver.autocommit = True
            driver.execute(f"SELECT {prepared}".encode())
            driver.autocommit = False

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options().get("dragoman_writes", False):
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")

        return engine

    def _look(self, driver: psycopg.Connection) -> None:
        """Refuse early what would go wrong late."""
        encoding = driver.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise ArchiveError(
                f"{self.where}: the database's encoding is {encoding}; create one whose encoding is UTF8"
                " (createdb --encoding=UTF8 --template=template0)"
            )
        if driver.info.server_version < OLDEST:
            found = driver.info.server_version // 10000
            raise ArchiveError(f"{self.where}: the server is PostgreSQL {found}; it must be {OLDEST // 10000} or newer")


def _plain(url: URL) -> URL:
    """The address as the driver takes it: its name, and the password where passwords are hidden."""
    if url.drivername not in {"postgres", "postgresql", "postgresql+psycopg"}:
        shown = url.render_as_string(hide_password=True)
        raise ArchiveError(f"{shown}: the driver is chosen by Dragoman; write the address as postgresql://...")
    password = url.query.get("password")
    if password is not None:
        url = url.difference_update_query(["password"])
        url = url.set(password=password if isinstance(password, str) else password[-1])
    return url.set(drivername="postgresql+psycopg")


def _asked_for(url: URL, **defaults: Any) -> dict[str, Any]:
    """These settings of a connection, but for those that the address names itself."""
    return {name: value for name, value in defaults.items() if name not in url.query}


def _of_code(code: str | None) -> str | None:
    """What to do about an error with an SQLSTATE."""
    return {
        "55P03": f"another process has been writing for over {home.PATIENCE:.0f} seconds; try again when it is done",
        "25006": "the server lets nobody write (a standby, perhaps); open it with read_only, or name the primary",
        "42501": "this user may not do that; let it use and create in the schema (GRANT)",
        "53100": "the server's disk is full; make room and go on, nothing stored so far is lost",
        "54000": "a name in it is longer than PostgreSQL can index",
        "XX001": "the database is damaged; restore a copy, or add the reports to a new archive",
        "XX002": "an index of the database is damaged; rebuild it (REINDEX DATABASE)",
    }.get(code or "")


@lru_cache(maxsize=1)
def _adapters() -> tuple[Any, Any]:
    """How text goes to the server and comes back."""
    from psycopg.types.string import StrDumperUnknown, TextLoader  # noqa: PLC0415 - an extra

    class Faithful(StrDumperUnknown):
        """Text as UTF-8, NUL escaped."""

        def dump(self, obj: str) -> bytes:
            if "\0" in obj or "\x1a" in obj:
                obj = re.sub("[\x1a\0]", lambda found: _ESCAPED[found[0]], obj)
            return obj.encode()

    class Restored(TextLoader):
        """The same back."""

        def load(self, data: Any) -> str:
            said = str(data, "utf-8")
            return re.sub("\x1a[\x1a\x19]", lambda found: _MEANT[found[0]], said) if "\x1a" in said else said

    return Faithful, Restored
