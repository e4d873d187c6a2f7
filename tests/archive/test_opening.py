"""An archive opens, or says what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, text

import make
from dragoman.archive import Added, Archive
from dragoman.archive.opening import NEWEST, VERSION_TABLE, schemas
from dragoman.archive.tables import metadata
from dragoman.errors import ArchiveError


def test_newest_schema_is_the_last_migration(archive: Archive) -> None:
    assert schemas()[0] == NEWEST
    with archive._store.reading() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == NEWEST


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrations_lead_to_the_tables(archive: Archive) -> None:
    def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        return not (kind == "table" and str(name).startswith(("report_words", VERSION_TABLE)))

    with archive._store.reading() as connection:
        options = {"include_object": ours, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert differences == []


def test_safe_against_power_cuts(archive: Archive) -> None:
    with archive._store.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60000}


def test_opening_again_changes_nothing(url: str) -> None:
    with Archive(url) as archive:
        archive.add(make.synthetic(2))
    for _ in range(2):
        with Archive(url) as archive:
            assert archive.add(make.synthetic(2)) == Added(0, 2)


@pytest.mark.parametrize("name", ["a b.db", "ü%20.db", "x#y.db", "%s:@.db"])
def test_any_name(tmp_path: Path, name: str) -> None:
    with Archive(URL.create("sqlite", database=str(tmp_path / name)).render_as_string()) as archive:
        archive.add(make.synthetic(1))
    assert (tmp_path / name).stat().st_size > 0


def test_a_relative_address_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with Archive("sqlite:///record.db") as archive:
        monkeypatch.chdir(tmp_path / "elsewhere")
        archive._store._engine.dispose()
        archive.add(make.synthetic(1))
    assert (tmp_path / "record.db").exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "record.db"
    file.write_text("These are notes, not a database, and they should stay as they are. " * 40)
    before = file.read_bytes()
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match="this file is no database; name another"):
            Archive(f"sqlite:///{file}", read_only=read_only)
    assert file.read_bytes() == before


def test_somebody_elses_database(tmp_path: Path) -> None:
    file = tmp_path / "record.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(ArchiveError, match=r"no Dragoman archive \(it holds recipes\)"):
        Archive(f"sqlite:///{file}")
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["record.db"]


def test_from_the_future(tmp_path: Path, url: str) -> None:
    with Archive(url) as archive:
        archive.add(make.synthetic(1))
    with closing(sqlite3.connect(tmp_path / "record.db")) as database:
        database.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
        database.commit()
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=r"newer Dragoman \(schema 9999, .*update Dragoman"):
            Archive(url, read_only=read_only)


def test_damaged(tmp_path: Path, url: str) -> None:
    with Archive(url) as archive:
        archive.add(make.synthetic(30))
    file = tmp_path / "record.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
    file.write_bytes(content)
    try:
        with Archive(url) as archive:
            found = archive.check()
    except ArchiveError as error:
        found = [str(error)]
    assert found


@pytest.mark.parametrize(
    ("address", "sign"),
    [
        ("record.db", "is no address of an archive; write it as sqlite:///record.db"),
        ("", "is no address of an archive"),
        ("sqlite://record.db", "three slashes"),
        ("sqlite:///record.db?mode=ro", "nothing else"),
        ("sqlite:///record.db?", "nothing else"),
        ("postgresql://me:secret@host/db", "SQLite only"),
        ("sqlite:////nowhere/at/all/record.db", "there is no folder /nowhere/at/all; make it first"),
        ("sqlite:////tmp", "is a folder; name a file in it"),
    ],
)
def test_addresses_that_are_none(address: str, sign: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive(address)
    assert sign in str(caught.value)
    assert "secret" not in str(caught.value)


def test_read_only(tmp_path: Path, url: str) -> None:
    with pytest.raises(ArchiveError, match="no archive here to read"):
        Archive(url, read_only=True)
    assert not (tmp_path / "record.db").exists()
    (tmp_path / "record.db").touch()
    with pytest.raises(ArchiveError, match="holds no archive yet"):
        Archive(url, read_only=True)
    with Archive(url) as archive:
        archive.add([make.record(events=[make.event()])])
        with Archive(url, read_only=True) as reading:
            assert sum(1 for _ in reading.events()) == 1
            for write in (lambda: reading.add(make.synthetic(1)), lambda: reading.judge("x", "right", by="Ada")):
                with pytest.raises(ArchiveError, match="for reading only"):
                    write()
            # What another process adds in the meantime is seen.
            archive.add(make.synthetic(1))
            assert sum(1 for _ in reading.reports()) == 2
            assert reading.check() == []
    with pytest.raises(ArchiveError, match="in memory"):
        Archive("sqlite://", read_only=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user to become")
def test_read_only_where_nobody_can_write(tmp_path: Path, url: str) -> None:
    """As on a read-only disk: no log can be made beside the file."""
    with Archive(url) as archive:
        archive.add(make.synthetic(2))
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    source = Path(__file__).parents[2] / "src"
    code = (
        "import os, sys; from dragoman.archive import Archive; os.setuid(65534)\n"
        "with Archive(sys.argv[1], read_only=True) as archive:\n"
        "    print(sum(1 for _ in archive.reports()), archive.check())"
    )
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(
        [sys.executable, "-c", code, url], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.stdout, done.stderr) == ("2 []\n", "")


def test_closed(url: str) -> None:
    archive = Archive(url)
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="is closed"):
        archive.has("0" * 16)


def test_waits_for_another_writer_only_so_long(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.opening.PATIENCE", 0.1)
    with Archive(url) as archive, closing(sqlite3.connect(tmp_path / "record.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another process has been writing"):
            archive.add(make.synthetic(1))
        assert list(archive.reports()) == []
        other.execute("ROLLBACK")
        assert archive.add(make.synthetic(1)) == Added(1, 0)


def _ask(archive: Archive, said: Any) -> None:
    try:
        archive.has("0" * 16)
        said.send("answered")
    except ArchiveError as error:
        said.send(str(error))


def test_another_process_opens_its_own(archive: Archive) -> None:
    context = get_context("fork")
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=_ask, args=(archive, said))
    process.start()
    assert "opened by another process; open it anew" in heard.recv()
    process.join()
    heard.close()
    said.close()
