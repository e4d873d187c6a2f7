"""A process killed at any moment has lost no finished report and left no half one."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import make
from dragoman.archive import Archive

COUNT, KILLS, PAUSE = 40, 20, 0.002


def contents(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of an archive, row by row, but for the insides of the full-text index."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(name for name in names if not name.startswith("report_words"))
        return {
            name: database.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall()
            for name in kept
            if name != "dragoman_version"
        }


def test_killed_twenty_times_and_resumed(
    tmp_path: Path, feed: Callable[[str, int, float], subprocess.Popen[str]]
) -> None:
    expected = list(make.synthetic(COUNT))
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    with Archive(f"sqlite:///{undisturbed}") as archive:
        assert archive.add(expected).added == COUNT
        hits = [hit.report_id for hit in archive.search("envoy relief")]

    url = f"sqlite:///{disturbed}"
    chance = random.Random(20240601)
    killed, sizes = 0, []
    for number in range(KILLS):
        process = feed(url, COUNT, PAUSE)
        # The first few fall on the making of the archive itself.
        time.sleep(chance.uniform(0, 0.05 if number < 4 else 0.16))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        with Archive(url) as archive:
            assert archive.check() == []
            there = {row.report_id for row in archive.reports()}
            assert there == {record.report.id for record in expected[: len(there)]}
            sizes.append(len(there))
    assert sizes == sorted(sizes)
    assert killed >= KILLS - 3
    assert 0 < sizes[KILLS // 2] < COUNT

    process = feed(url, COUNT, 0)
    said, _ = process.communicate()
    assert process.returncode == 0
    assert [int(word) for word in said.split()] == [COUNT - sizes[-1], sizes[-1]]
    with Archive(url) as archive:
        assert archive.check() == []
        assert [archive.record(record.report.id) for record in expected] == expected
        assert [hit.report_id for hit in archive.search("envoy relief")] == hits
    assert contents(disturbed) == contents(undisturbed)


def test_two_processes_at_once(tmp_path: Path, feed: Callable[[str, int, float], subprocess.Popen[str]]) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    processes = [feed(url, 60, pause) for pause in (0, 0)]
    counts = [[int(word) for word in process.communicate()[0].split()] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(added for added, _ in counts) == 60
    assert all(added + there == 60 for added, there in counts)
    with Archive(url) as archive:
        assert archive.check() == []
        assert sum(1 for _ in archive.reports()) == 60
