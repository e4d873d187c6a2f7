"""A process killed at any moment has lost no finished report and left no half one."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import make
from archive.feeder import feed
from dragoman.archive import Archive

COUNT, KILLS, PAUSE = 40, 20, 0.001
# Processes of their own, forked from one that has loaded the libraries: starting Python anew would take the time.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["sqlalchemy", "alembic.command", "dragoman.archive.archive"])


def start(url: str, pause: float, count: int = COUNT) -> tuple[ForkServerProcess, Connection]:
    """A process that is about to open the archive and feed it."""
    heard, said = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=feed, args=(url, count, pause, said))
    process.start()
    said.close()
    assert heard.recv() == "ready"
    return process, heard


def contents(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of an archive, row by row, but for the insides of the full-text index."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(name for name in names if not name.startswith("report_words"))
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in kept}


def test_killed_twenty_times_and_resumed(tmp_path: Path) -> None:
    expected = list(make.synthetic(COUNT))
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    with Archive(f"sqlite:///{undisturbed}") as archive:
        assert archive.add(expected).added == COUNT
        hits = [hit.report_id for hit in archive.search("envoy relief")]

    url = f"sqlite:///{disturbed}"
    chance = random.Random(20240601)
    killed, sizes = 0, []
    for number in range(KILLS):
        process, heard = start(url, PAUSE)
        # The first few fall on the making of the archive itself.
        time.sleep(chance.uniform(0, 0.08 if number < 4 else 0.25))
        process.kill()
        process.join()
        heard.close()
        killed += process.exitcode == -signal.SIGKILL
        with Archive(url) as archive:
            assert archive.check() == []
            there = {row.report_id for row in archive.reports()}
            assert there == {record.report.id for record in expected[: len(there)]}
            sizes.append(len(there))
    assert sizes == sorted(sizes)
    assert killed >= KILLS - 5
    assert sizes[-1] > 0

    process, heard = start(url, 0)
    assert heard.recv() == (COUNT - sizes[-1], sizes[-1])
    process.join()
    heard.close()
    assert process.exitcode == 0
    with Archive(url) as archive:
        assert archive.check() == []
        assert [archive.record(record.report.id) for record in expected] == expected
        assert [hit.report_id for hit in archive.search("envoy relief")] == hits
    assert contents(disturbed) == contents(undisturbed)


def test_two_processes_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    running = [start(url, 0, count=60) for _ in range(2)]
    counts = [heard.recv() for _, heard in running]
    for process, heard in running:
        process.join()
        heard.close()
        assert process.exitcode == 0
    assert sum(added for added, _ in counts) == 60
    assert all(added + there == 60 for added, there in counts)
    with Archive(url) as archive:
        assert archive.check() == []
        assert sum(1 for _ in archive.reports()) == 60
