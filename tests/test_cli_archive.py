"""The `archive` commands: what they print, where to, and their exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

import make
from dragoman.archive import Archive
from dragoman.cli import app
from dragoman.terminal.upkeep import size

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in ("FORCE_COLOR", "NO_COLOR", "DRAGOMAN_ARCHIVE", "DRAGOMAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def invoke(*args: object) -> Result:
        result = CliRunner().invoke(app, ["archive", *map(str, args)])
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'record.db'}"
    with Archive(address) as archive:
        archive.add(make.synthetic(8))
    return address


def damage(url: str, statement: str) -> None:
    with Archive(url) as archive, archive._store.writing() as connection:
        connection.execute(text(statement))


def test_info_in_every_form(run: Run, url: str) -> None:
    lines = dict(line.split(" | ") for line in run("info", "--archive", url).stdout.splitlines())
    assert (lines["archive"], lines["kind"], lines["reports"]) == (url, "sqlite", "8")
    (told,) = json.loads(run("info", "--archive", url, "--format", "json").stdout)
    assert {name: str(number) for name, number in told["rows"].items()}.items() <= lines.items()
    assert (told["first"], told["last"]) == (lines["first"], lines["last"])
    shown = run("info", "--archive", url, "--format", "table").stdout
    assert re.search(r"reports +8\n", shown)
    assert f"reports of {told['first']} to {told['last']}" in shown


def test_info_of_nothing(run: Run, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    Archive(empty).close()
    assert "no dated report" in run("info", "--archive", empty, "--format", "table").stdout
    result = run("info", "--archive", f"sqlite:///{tmp_path / 'none.db'}")
    assert result.exit_code == 1
    assert "there is no archive here to read" in result.stderr


def test_check_names_each_inconsistency(run: Run, url: str) -> None:
    clean = run("check", "--archive", url)
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert clean.stderr == f"No inconsistency in {url}, 8 reports.\n"
    damage(url, "UPDATE events SET cameo = '999' WHERE ordinal = 1")
    found = run("check", "--archive", url)
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == 8
    assert all("differs from the record in cameo" in line for line in found.stdout.splitlines())
    assert found.stderr == f"8 inconsistencies in {url}, 8 reports.\n"
    (told,) = json.loads(run("check", "--archive", url, "--format", "json").stdout)
    assert told["found"] == found.stdout.splitlines()


def test_check_without_leave_to_write(run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is then not held against the texts, and that is told; nothing else is left out."""
    damage(url, "DELETE FROM report_words_data WHERE id > 10")
    assert run("check", "--archive", url).exit_code == 1
    real = Archive.__init__.__globals__["Store"]

    class Unwritable(real):  # type: ignore[valid-type, misc]
        def __init__(self, address: str, *, read_only: bool, unfinished: bool = False) -> None:
            if not read_only:
                from dragoman.errors import ArchiveError

                raise ArchiveError("no")
            super().__init__(address, read_only=read_only, unfinished=unfinished)

    monkeypatch.setattr("dragoman.archive.health.Store", Unwritable)
    result = run("check", "--archive", url)
    assert result.exit_code == 0
    assert "The words in the index were not held against the texts" in result.stderr


def test_copy_there_and_again(run: Run, url: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'copy.db'}"
    first = run("copy", url, target)
    assert first.exit_code == 0
    assert re.fullmatch(
        rf"8 reports and \d+ other rows at {target}, (\d+) of them written now; all compared\n", first.stdout
    )
    assert ", 0 of them written now" in run("copy", url, target).stdout
    assert run("check", "--archive", target).exit_code == 0
    assert run("copy", url, url).exit_code == 1
    assert run("copy", f"sqlite:///{tmp_path / 'none.db'}", target).exit_code == 1
    assert run("copy", url).exit_code == 2


def test_copy_interrupted_goes_on(run: Run, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = f"sqlite:///{tmp_path / 'copy.db'}"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr("dragoman.terminal.progress.Meter.advance", stop)
        broken = run("copy", url, target)
    assert broken.exit_code == 130
    assert broken.stderr == "Interrupted. The archive is untouched; the same command again goes on.\n"
    found = run("check", "--archive", target)
    assert found.exit_code == 0
    assert "It is a copy that was broken off" in found.stderr
    listed = run("info", "--archive", target)
    assert (listed.exit_code, "a copy that was broken off" in listed.stderr) == (1, True)
    assert run("copy", url, target).stdout.startswith("finished, 8 reports")
    assert run("info", "--archive", target).exit_code == 0


def test_backup(run: Run, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", url)
    file = tmp_path / "backup.db"
    assert re.fullmatch(rf"[\d.,]+ kB written to {file}\n", run("backup", file).stdout)
    assert run("check", "--archive", f"sqlite:///{file}").exit_code == 0
    again = run("backup", file)
    assert (again.exit_code, again.stdout) == (1, "")
    assert "is there already; name another file" in again.stderr


def test_on_a_server(run: Run, url: str, postgres: str, tmp_path: Path) -> None:
    assert run("copy", url, postgres).exit_code == 0
    assert run("check", "--archive", postgres).stderr.startswith("No inconsistency in postgresql://postgres@/news")
    assert "kind | postgresql" in run("info", "--archive", postgres).stdout
    assert run("backup", tmp_path / "backup.db", "--archive", postgres).exit_code == 0
    assert run("check", "--archive", f"sqlite:///{tmp_path / 'backup.db'}").exit_code == 0


SIZES = {0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 3_200_000: "3.2 MB", 5 * 10**15: "5,000.0 TB"}


@pytest.mark.parametrize("number", SIZES)
def test_sizes(number: int) -> None:
    assert size(number) == SIZES[number]
