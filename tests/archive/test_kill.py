"""A process killed at any moment, adding, migrating or copying: nothing finished is lost, nothing is left half done."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

import make
from archive.contents import contents
from archive.feeder import copy, feed, finish, kill, merge, migrate, start
from archive.older import make_first
from dragoman.archive import Archive
from dragoman.archive.health import checked
from dragoman.archive.opening import NEWEST, home_of
from dragoman.errors import ArchiveError

COUNT = 40
KILLS = {"sqlite": 12, "postgresql": 6}


@pytest.fixture
def nothing(home: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An address at which there is nothing yet."""
    if home == "sqlite":
        yield f"sqlite:///{tmp_path / 'record.db'}"
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield url


@pytest.mark.slow
def test_killed_many_times_while_adding_and_resumed(nothing: str, home: str, tmp_path: Path) -> None:
    expected = list(make.synthetic(COUNT))
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    with Archive(undisturbed) as archive:
        assert archive.add(expected).added == COUNT
    chance = random.Random(20240601)
    killed, sizes = 0, []
    for _ in range(KILLS[home]):
        killed += kill(*start(feed, nothing, COUNT, True), chance.randint(1, 90))
        with Archive(nothing) as archive:
            assert archive.check() == []
            there = {row.report_id for row in archive.reports()}
            assert there == {record.report.id for record in expected[: len(there)]}
            sizes.append(len(there))
    assert sizes == sorted(sizes)
    assert killed == KILLS[home]
    assert sizes[-1] > 0

    assert finish(*start(feed, nothing, COUNT, False)) == (COUNT - sizes[-1], sizes[-1])
    with Archive(nothing) as archive:
        assert archive.check() == []
        assert [archive.record(record.report.id) for record in expected] == expected
        assert len(list(archive.search("envoy relief"))) == sum("relief" in record.report.text for record in expected)
    assert contents(nothing, numbers=home == "sqlite") == contents(undisturbed, numbers=home == "sqlite")


def test_killed_while_migrating(nothing: str) -> None:
    expected = list(make.synthetic(12))
    make_first(nothing, expected)
    home = home_of(nothing, read_only=False)
    killed, version, at = 0, "0001", 3
    while version != NEWEST:
        # Later each time, until it comes to its end.
        killed += kill(*start(migrate, nothing, True), at)
        at = at * 3 // 2
        with home.engine.begin() as connection:
            version = connection.exec_driver_sql("SELECT version_num FROM dragoman_version").scalar()
            # Wholly of the one or of the other.
            assert (version, "claims" in inspect(connection).get_table_names()) in {("0001", False), (NEWEST, True)}
            assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 12
    home.close()
    assert killed >= 3
    with Archive(nothing) as archive:
        assert archive.check() == []
        assert [archive.record(record.report.id) for record in expected] == expected


def test_killed_while_reports_are_joined_and_split(nothing: str) -> None:
    with Archive(nothing) as archive:
        archive.add(make.synthetic(6))
        one, other = (row.report_id for row in archive.reports(limit=2))
        apart = {row.id: row.reports for row in archive.stories(least=1)}
    seen, at = set(), 1
    while kill(*start(merge, nothing, one, other), at):
        with Archive(nothing) as archive:
            assert archive.check() == []
            # Wholly joined, or wholly not.
            together = other in {teller.report_id for teller in archive.story(one).tellers}
            assert together == (one in {teller.report_id for teller in archive.story(other).tellers})
            seen.add(together)
        at += 3
    assert at > 10
    assert seen == {False, True}
    with Archive(nothing) as archive:
        assert archive.check() == []
        assert {row.id: row.reports for row in archive.stories(least=1)} == apart


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Any]:
    """Gives places of either kind at which there is nothing yet."""

    def place(kind: str) -> Any:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / 'copy.db'}"
        server = request.getfixturevalue("postgres_server").database()
        url = server.__enter__()
        request.addfinalizer(lambda: server.__exit__(None, None, None))
        return url

    return place


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_killed_while_copying(url: str, home: str, to: str, other: Callable[[str], str]) -> None:
    if home == to == "postgresql":
        pytest.skip("each kind is gone from and to by the other three")
    target = other(to)
    with Archive(url) as archive:
        archive.add(make.synthetic(COUNT))
        for row in archive.events(limit=5):
            archive.judge(row.id, "unsure", by="Ada")
    before = contents(url)
    chance = random.Random(20240603)
    killed = unfinished = 0
    for number in range(6):
        if number == 2:
            # The first two fall on the making of the archive, the others on the rows.
            with suppress(ArchiveError):
                Archive(target).close()
        killed += kill(*start(copy, url, target, True), chance.randint(1, 100))
        try:
            found = checked(target)
        except ArchiveError as error:
            # Killed before there was anything.
            if "no archive" in str(error):
                continue
            raise
        assert found.found == ()
        if found.unfinished:
            unfinished += 1
            with pytest.raises(ArchiveError, match="a copy that was broken off; finish it"):
                Archive(target)
        else:
            # Not begun, or done.
            assert found.reports in {0, COUNT}
    assert killed == 6
    assert unfinished >= 2
    written, went_on = finish(*start(copy, url, target, False))
    assert went_on
    assert written < sum(len(rows) for rows in before.values())  # the rest was there
    assert checked(target).found == checked(url).found == ()
    assert contents(target) == contents(url) == before


@pytest.mark.slow
def test_eight_processes_at_once(nothing: str) -> None:
    """All add the same, beginning with the making of the archive; somebody reads meanwhile."""
    running = [start(feed, nothing, COUNT, False) for _ in range(8)]
    seen = [0]
    while any(process.is_alive() for process, _ in running):
        try:
            with Archive(nothing, read_only=True) as archive:
                rows = list(archive.reports())
                for row in rows[-2:]:
                    assert row.events == sum(1 for _ in archive.events(report_id=row.report_id))
        except ArchiveError as error:
            if "no archive" in str(error):
                continue
            raise
        seen.append(len(rows))
        time.sleep(0.05)
        if all(heard.poll() for _, heard in running):
            break
    counts = [finish(*one) for one in running]
    assert sum(added for added, _ in counts) == COUNT
    assert all(added + there == COUNT for added, there in counts)
    assert seen == sorted(seen)
    with Archive(nothing) as archive:
        assert archive.check() == []
        assert sum(1 for _ in archive.reports()) == COUNT
