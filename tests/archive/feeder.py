"""Run as a process of its own: adds synthetic records to an archive, slowly, and can be killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from sqlalchemy import Engine, event

import make
from dragoman.archive.archive import Archive
from dragoman.record.entries import Record


def feed(url: str, count: int, pause: float, said: Connection) -> None:
    """Add `count` records, skipping those there; every statement takes `pause` seconds longer.

    So a kill mostly falls into a transaction, be it a report's or a migration's. Without a pause nothing is skipped:
    the archive itself has to find out. Says "ready" before it opens the archive; at the end, how many it added and
    how many were there.
    """
    if pause:
        event.listen(Engine, "before_cursor_execute", lambda *_: time.sleep(pause))
    said.send("ready")
    with Archive(url) as archive:

        def unread() -> Iterator[Record]:
            for record in make.synthetic(count):
                if pause == 0 or not archive.has(record.report.id):
                    yield record

        done = archive.add(unread())
    said.send((done.added, done.already_there))
