"""Run as processes of their own, slowly, so that a kill mostly falls into a transaction: adding, migrating, copying."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from sqlalchemy import Engine, event

import make
from dragoman.archive import copying
from dragoman.archive.archive import Archive
from dragoman.record.entries import Record

# Forked from a process that has loaded the libraries: starting Python anew would take the time.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["sqlalchemy", "alembic.command", "psycopg", "dragoman.archive.archive"])


def start(work: Any, *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """A process that is about to do one of what stands below."""
    heard, said = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=work, args=(*arguments, said))
    process.start()
    said.close()
    assert heard.recv() == "ready"
    return process, heard


def finish(process: ForkServerProcess, heard: Connection) -> Any:
    """What it came to, when it is left in peace."""
    outcome = heard.recv()
    process.join()
    heard.close()
    assert process.exitcode == 0
    return outcome


def _slowly(pause: float) -> None:
    if pause:
        event.listen(Engine, "before_cursor_execute", lambda *_: time.sleep(pause))


def feed(url: str, count: int, pause: float, said: Connection) -> None:
    """Add `count` records, skipping those there; every statement takes `pause` seconds longer.

    Without a pause nothing is skipped: the archive itself has to find out. Says "ready" before it opens the archive;
    at the end, how many it added and how many were there.
    """
    _slowly(pause)
    said.send("ready")
    with Archive(url) as archive:

        def unread() -> Iterator[Record]:
            for record in make.synthetic(count):
                if pause == 0 or not archive.has(record.report.id):
                    yield record

        done = archive.add(unread())
    said.send((done.added, done.already_there))


def migrate(url: str, pause: float, said: Connection) -> None:
    """Open an archive for writing, which brings it up to date."""
    _slowly(pause)
    said.send("ready")
    Archive(url).close()
    said.send("done")


def copy(source: str, target: str, pause: float, said: Connection) -> None:
    """Copy an archive in small pages; at the end, how many rows were written."""
    copying.PAGE, copying.HEAVY_PAGE = 40, 4
    _slowly(pause)
    said.send("ready")
    with Archive(source, read_only=True) as archive:
        done = archive.copy_to(target)
    said.send((done.written, done.went_on))
