"""An archive in a file: what SQLite is told, and what is refused in words that help."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, text

import make
from dragoman.archive import Archive
from dragoman.errors import ArchiveError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.db'}"


def test_safe_against_power_cuts(archive: Archive) -> None:
    with archive._store.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60000}


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
        archive._store.home.engine.dispose()
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


def test_read_only_needs_a_file_and_makes_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(ArchiveError, match="no archive here to read"):
        Archive(url, read_only=True)
    assert not (tmp_path / "record.db").exists()
    (tmp_path / "record.db").touch()
    with pytest.raises(ArchiveError, match="holds no archive yet"):
        Archive(url, read_only=True)
    with pytest.raises(ArchiveError, match="in memory"):
        Archive("sqlite://", read_only=True)


def test_waits_for_whoever_else_writes_to_the_file(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.home.PATIENCE", 0.1)
    with Archive(url) as archive, closing(sqlite3.connect(tmp_path / "record.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another process has been writing"):
            archive.add(make.synthetic(1))
        other.execute("ROLLBACK")
