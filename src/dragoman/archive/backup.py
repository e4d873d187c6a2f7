"""A backup: one SQLite file that holds the whole archive as it was at one moment, and opens as an archive.

In: an open archive, which may be written to meanwhile, and the name of a file that is not there yet. Out: that file,
whole and on the disk, or none: it is written under another name (``.part``) and gets its own at the end. Of an archive
in SQLite it is a copy page by page; of one in PostgreSQL, row by row (see `copying`), and a broken-off one goes on.

To bring a backup back, copy it: ``dragoman archive copy sqlite:///backup.db postgresql://...``; or just use it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL

from dragoman.archive import copying
from dragoman.archive.opening import Store
from dragoman.errors import ArchiveError

PAGES = 2000
"""Pages of a file copied at once."""


def backup(store: Store, file: Path, told: Callable[[int], None] | None = None) -> int:
    """Write a backup.

    Args:
        store: the archive.
        file: where to; its folder must be there.
        told: is called with how much more has been done: pages of a file, or rows.

    Returns:
        Its size in bytes.

    Raises:
        ArchiveError: when the file is there already, or cannot be written.
    """
    file = file.expanduser().absolute()
    if file.exists():
        raise ArchiveError(f"{file} is there already; name another file, or move it away")
    if not file.parent.is_dir():
        raise ArchiveError(f"{file}: there is no folder {file.parent}; make it first")
    part = file.with_name(file.name + ".part")
    if store.kind == "sqlite":
        for path in (part, *_beside(part)):
            path.unlink(missing_ok=True)
        _pages(store, part, told or (lambda _: None))
    else:
        copying.copy(store, URL.create("sqlite", database=str(part)).render_as_string(), told)
    _finish(part)
    try:
        # Fails where somebody has made it meanwhile; a rename would take its place.
        os.link(part, file)
        part.unlink()
    except FileExistsError as error:
        raise ArchiveError(f"{file} has come to be there meanwhile; the backup is {part}") from error
    except OSError:  # a disk that knows no links
        part.rename(file)
    _sync(file.parent)
    return file.stat().st_size


def steps(store: Store) -> int:
    """How much there is to be done, as `told` counts it."""
    if store.kind != "sqlite":
        return copying.rows_to_go_through(store)
    with store.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def _pages(store: Store, part: Path, told: Callable[[int], None]) -> None:
    done = 0

    def progress(_: int, left: int, total: int) -> None:
        nonlocal done
        told(total - left - done)
        done = total - left

    with store.reading() as connection:
        # The first look fixes the moment; what others write from now on is not in it.
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            into = sqlite3.connect(part)
            try:
                driver.backup(into, pages=PAGES, progress=progress)
            finally:
                into.close()
        except sqlite3.Error as error:
            raise ArchiveError(f"{part}: {store.home.words(error)}") from error


def _finish(part: Path) -> None:
    """Bring everything into the one file, and the file to the disk."""
    try:
        database = sqlite3.connect(part)
        try:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            (found,) = database.execute("PRAGMA quick_check").fetchone()
        finally:
            database.close()
    except sqlite3.Error as error:
        raise ArchiveError(f"{part} cannot be read back ({error}); check the disk and try again") from error
    if found != "ok":
        raise ArchiveError(f"{part} does not hold what was written ({found}); check the disk and try again")
    for path in _beside(part):
        path.unlink(missing_ok=True)
    _sync(part)


def _beside(part: Path) -> tuple[Path, ...]:
    return tuple(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # Some systems cannot flush a folder; the file itself is safe.
        if not path.is_dir():
            raise
    finally:
        os.close(handle)
