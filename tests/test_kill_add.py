"""`dragoman add` killed at any moment loses no finished report, leaves no half one, and goes on where it stopped.

The command in a process of its own, over a folder of small reports. It is killed at seeded random moments: half of
them anywhere in its run, half while it writes. Each time the archive is looked into. An archive that has all reports is
set aside and a new one begun, so that every kill falls on a run that has something to do. The last is finished, and all
are held against one made undisturbed.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from dragoman.archive import Archive
from dragoman.cli import main
from dragoman.record.entries import Event, Record, spans
from processes import PROCESSES

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*/*.txt"))
REPORTS, KILLS, LENGTH = 40, 20, 250
_DAY = re.compile(
    r"\b(\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NAMES = {
    "Malawi": "Zambia", "Mozambique": "Angola", "Bolivia": "Peru", "Paraguay": "Chile", "Malta": "Cyprus",
    "Albania": "Greece", "Botswana": "Namibia",
}  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """What an archive holds."""

    records: dict[str, Record]
    events: dict[str, tuple[str, Event]]


def write_reports(folder: Path) -> None:
    """Small reports made of the examples, no two alike: another day, in the second round other states."""
    folder.mkdir()
    for number in range(REPORTS):
        text = EXAMPLES[number % len(EXAMPLES)].read_text(encoding="utf-8")
        text = text[: text.find("\n", LENGTH)].strip() if text.find("\n", LENGTH) > 0 else text.strip()
        if number >= len(EXAMPLES):
            for old, new in _NAMES.items():
                text = text.replace(old, new)
        day = date(2025, 1, 1) + timedelta(days=number)
        text = _DAY.sub(f"{day.day} {day:%B}", text)
        text += f"\n\nPeru thanked Kenya on {day:%A} for report no. {number + 1}."
        (folder / f"{number:02}.txt").write_text(text + "\n", encoding="utf-8")


def command(folder: Path, file: Path, data: Path) -> None:
    """`dragoman add` over the folder, in a process of its own; what it says stands in `said.txt`."""
    with (data / "said.txt").open("w", encoding="utf-8") as said:
        for number in (1, 2):
            os.dup2(said.fileno(), number)
    # What stands in the surroundings of the tests must not reach the command. By rules alone it starts sooner.
    for key in [key for key in os.environ if key.startswith("DRAGOMAN_")]:
        del os.environ[key]
    os.environ |= {"XDG_DATA_HOME": str(data), "HOME": str(data), "DRAGOMAN_CODERS": "rules"}
    sys.argv = ["dragoman", "add", str(folder), "--date", "2025-03-01", "--archive", f"sqlite:///{file}"]
    main()


def start(folder: Path, file: Path, data: Path) -> ForkServerProcess:
    """The command, started."""
    process = PROCESSES.Process(target=command, args=(folder, file, data))
    process.start()
    return process


def finish(folder: Path, file: Path, data: Path) -> tuple[str, float]:
    """Let it run to its end; what it said and how long it took."""
    before = time.monotonic()
    process = start(folder, file, data)
    process.join(timeout=120)
    said = (data / "said.txt").read_text(encoding="utf-8")
    assert process.exitcode == 0, said
    return said, time.monotonic() - before


def stored(file: Path) -> int:
    """How many reports an archive holds while another process writes to it."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:  # it is just being made
        return 0


def killed(process: ForkServerProcess, file: Path, seconds: float, reports: int | None) -> bool:
    """Kill it after so many seconds, counted from when so many reports are there; whether it was still running."""
    while reports is not None and process.is_alive() and stored(file) < reports:
        time.sleep(0.01)
    process.join(timeout=seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def whole(file: Path) -> Contents:
    """Open an archive, check it, and take out all it holds."""
    with Archive(f"sqlite:///{file}") as archive:
        assert archive.check() == []
        records = {row.report_id: archive.record(row.report_id) for row in archive.reports()}
        events = {row.id: (row.event_id, row.event) for row in archive.events()}
    for report_id, record in records.items():
        assert record.report.id == report_id
        assert all(span.text == record.report.text[span.start : span.end] for span in spans(record))
    assert len(events) == sum(len(record.events) for record in records.values())
    return Contents(records, events)


@pytest.mark.slow
def test_killed_twenty_times_and_finished(tmp_path: Path) -> None:
    folder, data, undisturbed = tmp_path / "reports", tmp_path / "data", tmp_path / "undisturbed.db"
    write_reports(folder)
    data.mkdir()
    said, took = finish(folder, undisturbed, data)
    assert said.strip().endswith(f"{REPORTS} added, 0 already there, 0 refused")
    expected = whole(undisturbed)
    assert len(expected.records) == REPORTS
    assert len(expected.events) >= REPORTS

    chance = random.Random(20250301)
    disturbed = [tmp_path / "disturbed-0.db"]
    hit, halfway, there = 0, 0, 0
    for number in range(KILLS):
        file = disturbed[-1]
        process = start(folder, file, data)
        if number % 2:  # while it writes: soon after some report or other
            hit += killed(process, file, chance.uniform(0, 0.05), chance.randint(there, REPORTS - 1))
        else:  # at any moment; the first few fall on the making of the archive itself
            hit += killed(process, file, chance.uniform(0.2, took * (0.4 if number < 8 else 1.05)), None)
        kept = whole(file).records
        assert kept == {report_id: expected.records[report_id] for report_id in kept}
        assert len(kept) >= there
        there = len(kept)
        halfway += 0 < there < REPORTS
        if there == REPORTS:
            disturbed.append(tmp_path / f"disturbed-{len(disturbed)}.db")
            there = 0
    assert hit >= KILLS // 2
    assert halfway >= 3

    before = len(whole(disturbed[-1]).records)
    said, _ = finish(folder, disturbed[-1], data)
    assert f"{REPORTS - before} added, {before} already there, 0 refused" in said
    for file in disturbed:
        assert whole(file) == expected
