"""The sample world: read once with the real reader, then looked at."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from dragoman import demo
from dragoman.archive import Archive
from dragoman.errors import DragomanError
from dragoman.reader import Reader
from dragoman.record.entries import Record
from dragoman.report.report import Report


@dataclass
class Shown:
    url: str
    text: str
    seconds: float


def render(url: str | None, width: int, reader: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, emoji=False, highlight=False, color_system=None)
    demo.run(console, reader, url)  # type: ignore[arg-type]
    return out.getvalue()


def no_reader() -> Reader:
    raise AssertionError("everything is there already, nothing is to be read")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'record.db'}"
    start = time.monotonic()
    text = render(url, 80, Reader)
    return Shown(url, text, time.monotonic() - start)


def test_the_stories_are_in_time_order_and_know_their_reports() -> None:
    told = demo.stories()
    assert {story.name for story in told} == {"hostages", "river", "strait"}
    for story in told:
        days = [report.published for report in story.reports]
        assert None not in days
        assert days == sorted(days, key=str)
        assert all(report.publisher and report.title and report.url for report in story.reports)


def test_it_says_first_what_it_is(shown: Shown) -> None:
    opening = " ".join(shown.text.split("1. ONE REPORT")[0].split())
    assert "25 reports of 22 outlets tell 3 stories" in opening
    assert "illustrations" in opening
    assert "office holders and happenings are invented" in opening


def test_it_shows_one_report_then_each_story_then_what_to_try(shown: Shown) -> None:
    parts = re.findall(r"^(\d\. [A-Z ,:&]+|WHAT TO TRY NEXT)", shown.text, flags=re.MULTILINE)
    assert [part.split(".")[0].strip() for part in parts] == ["1", "2", "3", "4", "WHAT TO TRY NEXT"]
    assert shown.text.count("TIMELINE") == 3
    assert "WHO DID WHAT" in shown.text
    assert f"export DRAGOMAN_ARCHIVE={shown.url}" in shown.text


def test_it_takes_less_than_half_a_minute(shown: Shown) -> None:
    assert shown.seconds < 30


def test_what_it_tells_is_kept_in_the_archive(shown: Shown) -> None:
    with Archive(shown.url, read_only=True) as archive:
        assert {row.report_id for row in archive.reports()} == {
            report.id for story in demo.stories() for report in story.reports
        }
        assert archive.check() == []


@pytest.mark.parametrize("width", [80, 120])
def test_a_second_time_nothing_is_read_and_every_line_fits(shown: Shown, width: int) -> None:
    text = render(shown.url, width, no_reader)
    longest = max((line for line in text.splitlines() if "DRAGOMAN_ARCHIVE=" not in line), key=cell_len)
    assert cell_len(longest) <= width
    assert text.count("TIMELINE") == 3


def test_a_timeline_is_in_the_order_of_days(shown: Shown) -> None:
    for part in shown.text.split("TIMELINE")[1:]:
        rows = part.split("CONTACTS")[0].split("COMMITMENTS")[0]
        # Of an interval, which stands on three lines, the last day counts.
        days = re.findall(r"(?:^\S{10} .*\nto .*\n)?^(\d{4}-\d\d-\d\d)", rows, flags=re.MULTILINE)
        assert len(days) > 4
        assert days == sorted(days)


def test_without_an_address_it_makes_an_archive_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    class Kept:
        def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
            with Archive(shown.url, read_only=True) as archive:
                for report in reports:
                    yield archive.record(report.id)

    text = render(None, 80, Kept)
    made = re.search(r"DRAGOMAN_ARCHIVE=(\S+)", text)
    assert made is not None
    assert made[1].startswith(f"sqlite:///{tmp_path}/dragoman-demo-")
    with Archive(made[1], read_only=True) as archive:
        assert len(list(archive.reports())) == 25


def test_missing_examples_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demo, "__file__", str(tmp_path / "src" / "dragoman" / "demo.py"))
    with pytest.raises(DragomanError, match="install Dragoman again"):
        demo.examples()
