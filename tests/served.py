"""A PostgreSQL server of the tests' own: in a temporary folder, reached through a socket there and by nobody else.

Nothing it holds outlives the tests, so it need not write to the disk in time (fsync is off). Text is ordered by the
rules of English where it can be, so that a query that counts on the order of code points without asking for it fails.
Its superuser is `postgres`, which anybody here may be; `locked` is a user with a password.

Making a database takes a quarter of a second, so those that hold archives are used again: emptied, when a test has
left their schema as it was, else dropped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/pgsql/bin")
PATIENCE = 30.0
TEMPLATE = "dragoman_empty"
_SCHEMA = """
    SELECT (SELECT version_num FROM dragoman_version),
        (SELECT md5(string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull, attgenerated), ','
            ORDER BY attrelid::regclass::text, attnum))
         FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
        (SELECT md5(string_agg(conname, ',' ORDER BY conrelid::regclass::text, conname))
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
        (SELECT count(*) FROM pg_trigger),
        (SELECT count(*) FROM pg_namespace)"""
"""What a test may change of an archive's schema."""


def missing() -> str | None:
    """Why no server can be started here; None when one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "PostgreSQL tests are left out: psycopg is not installed (pip install 'dragoman[postgres]')"
    if _programs() is None:
        return "PostgreSQL tests are left out: there is no server here (apt-get install postgresql)"
    if os.geteuid() == 0 and _user() is None:
        return "PostgreSQL tests are left out: root cannot run a server, and there is no system user postgres"
    return None


class Server:
    """A running server; `stop` ends it and removes its files."""

    def __init__(self) -> None:
        programs, user = _programs(), _user()
        assert programs is not None
        self._as: dict[str, Any] = {"user": user, "group": user, "extra_groups": []} if os.geteuid() == 0 else {}
        # Short: the name of a socket has no room for more than a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-", dir="/tmp"))
        self._numbers = count()
        self._schema: list[tuple[Any, ...]] = []
        self._emptying = ""
        self._free: list[str] = []
        try:
            if self._as:
                shutil.chown(self.folder, user, user)
            self._log = self.folder / "log"
            self._make(programs)
            self._process = self._start(programs)
            self._prepare()
        except BaseException:
            self.stop()
            raise

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, which is dropped afterwards."""
        name = f"news{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield self.address(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def archive(self) -> Iterator[str]:
        """The address of a database that holds an archive without reports."""
        name = self._free.pop() if self._free else self._new()
        try:
            yield self.address(name)
        finally:
            if self.execute(_SCHEMA, name) == self._schema:
                self.execute(self._emptying, name)
                self._free.append(name)
            else:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> str:
        if not self._schema:
            from dragoman.archive import Archive
            from dragoman.archive.opening import VERSION_TABLE

            self.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            Archive(self.address(TEMPLATE)).close()
            self._schema = self.execute(_SCHEMA, TEMPLATE)
            tables = self.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", TEMPLATE)
            # Faster than TRUNCATE where there are but few rows; in this role no trigger refuses it.
            emptied = "; ".join(f'DELETE FROM "{table}"' for (table,) in tables if table != VERSION_TABLE)
            restarted = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
            self._emptying = f"SET session_replication_role = replica; {emptied}; {restarted}"
        name = f"news{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def address(self, database: str, user: str = "postgres") -> str:
        """How a database is reached."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement, as the superuser, outside a transaction."""
        import psycopg

        with psycopg.connect(
            f"host={self.folder} user=postgres dbname={database}", autocommit=True, connect_timeout=5
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """End it, without waiting for anybody."""
        process = getattr(self, "_process", None)
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self, programs: Path) -> None:
        made = ["--encoding=UTF8", "--auth=trust", "--username=postgres", "--no-sync"]
        version = int(
            subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
            .stdout.split()[2].split(".")[0]
        )  # fmt: skip
        made += ["--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8"] if version >= 15 else ["--locale=C"]
        data = self.folder / "data"
        done = subprocess.run(
            [programs / "initdb", "-D", data, *made], capture_output=True, text=True, cwd="/", check=False, **self._as
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr}")
        rules = data / "pg_hba.conf"
        rules.write_text("local all locked scram-sha-256\nlocal all all trust\n")

    def _start(self, programs: Path) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "full_page_writes": "off",
            "shared_buffers": "32MB",
            "max_connections": "60",
            "max_wal_size": "256MB",
            "autovacuum": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [programs / "postgres", "-D", self.folder / "data", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True, **self._as,
            )  # fmt: skip

    def _prepare(self) -> None:
        import psycopg

        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.execute("CREATE ROLE locked LOGIN PASSWORD 'open sesame'")
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the server did not start: {self._log.read_text()}") from error
                time.sleep(0.05)
            else:
                return


def _programs() -> Path | None:
    """The folder of the newest server installed."""
    found = shutil.which("postgres")
    folders = [Path(found).parent] if found else []
    folders += [path for pattern in FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    with_both = [path for path in folders if (path / "postgres").exists() and (path / "initdb").exists()]
    return max(with_both, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)


def _user() -> str | None:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None
