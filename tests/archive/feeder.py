"""Run as a process of its own: adds synthetic records to an archive, slowly, and can be killed.

    python feeder.py URL COUNT SECONDS_PER_STATEMENT

Says `ready` before it opens the archive; at the end, how many it added and how many were there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from sqlalchemy import Engine, event

import make
from dragoman.archive.archive import Archive
from dragoman.record.entries import Record


def main(url: str, count: int, pause: float) -> None:
    # Every statement takes its time, so that a kill mostly falls into a transaction, be it a report's or a migration's.
    event.listen(Engine, "before_cursor_execute", lambda *_: time.sleep(pause))
    print("ready", flush=True)
    with Archive(url) as archive:

        def unread() -> Iterator[Record]:
            for record in make.synthetic(count):
                if pause == 0 or not archive.has(record.report.id):
                    yield record

        done = archive.add(unread())
    print(done.added, done.already_there, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
