"""Run as processes of their own, to be killed: adding, migrating, copying.

Each tells of every statement before it runs it, so that a kill can be aimed at one, however slow the machine is.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from sqlalchemy import Engine, event

import make
from dragoman.archive import copying
from dragoman.archive.archive import Archive
from dragoman.record.entries import Record
from processes import PROCESSES


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


def kill(process: ForkServerProcess, heard: Connection, after: int) -> bool:
    """Kill a process when it is about to run its n-th statement; whether it came to that."""
    told = 0
    while told < after and heard.recv() == "statement":
        told += 1
    process.kill()
    process.join()
    heard.close()
    return told == after and process.exitcode == -signal.SIGKILL


def _telling(said: Connection) -> None:
    event.listen(Engine, "before_cursor_execute", lambda *_: said.send("statement"))


def feed(url: str, count: int, aimed_at: bool, said: Connection) -> None:
    """Add `count` records, skipping those there.

    When nobody aims at it nothing is skipped: the archive itself has to find out. Says "ready" before it opens the
    archive; at the end, how many it added and how many were there.
    """
    said.send("ready")
    if aimed_at:
        _telling(said)
    with Archive(url) as archive:

        def unread() -> Iterator[Record]:
            for record in make.synthetic(count):
                if not aimed_at or not archive.has(record.report.id):
                    yield record

        done = archive.add(unread())
    said.send((done.added, done.already_there))


def merge(url: str, one: str, other: str, said: Connection) -> None:
    """Join two reports, where that was not done yet, and split them again."""
    with Archive(url) as archive:
        apart = other not in {teller.report_id for teller in archive.story(one).tellers}
        said.send("ready")
        _telling(said)
        if apart:
            archive.join(one, other, by="Ada")
        archive.split(other, by="Ada")
    said.send("done")


def migrate(url: str, aimed_at: bool, said: Connection) -> None:
    """Open an archive for writing, which brings it up to date."""
    said.send("ready")
    if aimed_at:
        _telling(said)
    Archive(url).close()
    said.send("done")


def copy(source: str, target: str, aimed_at: bool, said: Connection) -> None:
    """Copy an archive in small pages; at the end, how many rows were written."""
    copying.PAGE, copying.HEAVY_PAGE = 40, 4
    said.send("ready")
    if aimed_at:
        _telling(said)
    with Archive(source, read_only=True) as archive:
        done = archive.copy_to(target)
    said.send((done.written, done.went_on))
