"""`dragoman readouts`: two accounts side by side, in columns that fit, lines and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

import dragoman.cli
import make
from dragoman import Archive
from dragoman.archive.items import Item
from dragoman.archive.points import Point
from dragoman.terminal import readouts as printed

Run = Callable[..., Result]
IRAN, QATAR = "Iran Ministry of Foreign Affairs", "Qatar News | Desk"
FIRST = (
    "Iran and Qatar spoke by telephone. Iran thanked Qatar for freeing the sailors. Iran promised Qatar to reopen the "
    "northern route by autumn. Egypt helped in Muscat."
)
SECOND = (
    "Iran and Qatar spoke by telephone. Iran did not promise to reopen the northern route. Qatar accused Iran of "
    "delay in Muscat."
)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "DRAGOMAN_ARCHIVE", "DRAGOMAN_DEBUG", "DRAGOMAN_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def run() -> Run:
    def invoke(*args: str | Path) -> Result:
        result = CliRunner().invoke(dragoman.cli.app, [str(arg) for arg in args])
        assert "Traceback" not in result.output
        return result

    return invoke


def told(text: str, day: str, **entries: Any) -> Any:
    contact = make.contact(text, channel="phone", date=day, evidence=make.span(text, "spoke by telephone"))
    return {"contacts": [contact], "places": [make.place(text, "Muscat", country="OMN")], **entries}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A call that Iran and Qatar tell; Qatar has it a day later, and denies what Iran promised."""
    address = f"sqlite:///{tmp_path_factory.mktemp('readouts') / 'record.db'}"
    promise = make.span(FIRST, "Iran promised Qatar to reopen the northern route")
    denial = make.span(SECOND, "Iran did not promise to reopen the northern route")
    iran = told(
        FIRST,
        "2024-06-01",
        actors=[make.actor("Egypt", mentions=[make.span(FIRST, "Egypt")])],
        events=[
            make.event(FIRST, "Iran", "thanked", "Qatar", evidence=make.span(FIRST, "Iran thanked Qatar")),
            make.event(FIRST, "Iran", "promised", "Qatar", category="AGREE", cameo="030", evidence=promise),
        ],
        commitments=[make.commitment(FIRST, "Iran", "reopen the northern route by autumn", "Qatar", due="2024-09-01")],
        statements=[make.statement(FIRST, "Iran", "reopen the northern route", None)],
    )
    accused = make.span(SECOND, "Qatar accused Iran of delay")
    qatar = told(
        SECOND,
        "2024-06-02",
        events=[
            make.event(
                SECOND, "Iran", "promise", None, category="AGREE", cameo="030", status="negated", evidence=denial
            ),
            make.event(SECOND, "Qatar", "accused", "Iran", category="ACCUSE", cameo="112", evidence=accused),
        ],
    )
    third = told(f"{FIRST} Again.", "2024-06-01")
    with Archive(address) as archive:
        archive.add(
            [
                make.record(FIRST, published="2024-06-02", publisher=IRAN, **iran),
                make.record(SECOND, published="2024-06-03", publisher=QATAR, **qatar),
                make.record(f"{FIRST} Again.", published="2024-06-03", publisher="Northern Wire", **third),
                make.record("Iran and Egypt spoke.", published="2024-06-03", publisher=IRAN,
                            contacts=[make.contact("Iran and Egypt spoke.", "Iran", "Egypt")]),
            ]
        )  # fmt: skip
    return address


def test_lines_in_a_pipe(run: Run, url: str) -> None:
    result = run("readouts", "IRN", "QAT", "--archive", url)
    assert result.exit_code == 0
    lines = [line.split(" | ") for line in result.stdout.splitlines()]
    assert lines[0] == [
        "readout", "1", "2024-06-01 to 2024-06-02", "phone", "sides",
        "phone in both; one day apart: 2024-06-01 and 2024-06-02", "date: 2024-06-01 / 2024-06-02",
    ]  # fmt: skip
    assert [line[0] for line in lines] == [
        "readout", "account", "account", "also", "first", "both", "first", "second", "first", "both", "first",
    ]  # fmt: skip
    assert lines[1][2:5] == ["first", "IRN", IRAN]
    assert lines[2][2:5] == ["second", "QAT", "Qatar News / Desk"]
    assert lines[3][2] == "Northern Wire"
    commitment, denied = lines[4], lines[5]
    assert commitment[2:7] == [
        "commitment", "Iran > Qatar", "promise: due 2024-09-01", "open", "reopen the northern route by autumn",
    ]  # fmt: skip
    assert denied[5] == "occurred"
    assert denied[9] == "negated"
    assert denied[11] == "status: occurred / negated"
    assert "shared words: reopen, northern, route" in denied[12]
    assert {len(line) for line in lines if line[0] == "both"} == {13}
    assert {len(line) for line in lines if line[0] in ("first", "second")} == {8}


def test_json(run: Run, url: str) -> None:
    result = run("readouts", "Iran", "Qatar", "--archive", url, "--format", "jsonl")
    (readout,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (readout["states"], readout["told_apart"], readout["channel"]) == (["IRN", "QAT"], "sides", "phone")
    assert [side["state"] for side in (readout["first"], readout["second"])] == ["IRN", "QAT"]
    assert readout["others"][0]["publisher"] == "Northern Wire"
    (denied,) = [point for point in readout["points"] if point["disputed"]]
    assert (denied["kind"], denied["told_by"]) == ("event", "both")
    with Archive(url, read_only=True) as archive:
        for point in readout["points"]:
            for item in (point["first"], point["second"]):
                if item and item["span"]:
                    text = archive.record(item["report_id"]).report.text
                    assert text[item["span"]["start"] : item["span"]["end"]] == item["words"]
    assert json.loads(run("readouts", "IRN", "QAT", "--archive", url, "--format", "json").stdout) == [readout]


@pytest.mark.parametrize("width", [60, 80, 108, 120, 200])
def test_columns_fit_the_width(run: Run, url: str, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("readouts", "IRN", "QAT", "--archive", url, "--format", "table")
    assert result.exit_code == 0
    assert max(cell_len(line) for line in result.stdout.splitlines()) <= min(width, 140)
    assert "\x1b" not in result.stdout


def test_side_by_side(run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown = run("readouts", "IRN", "QAT", "--archive", url, "--format", "table").stdout
    assert shown.startswith("IRAN – QATAR\n")
    assert "2024-06-01 to 2024-06-02  PHONE ━" in shown
    assert "≠ date: 2024-06-01 / 2024-06-02" in shown
    assert "Also told by Northern Wire (" in shown
    order = [
        "Iran’s side",
        "ONE TELLS IT, THE OTHER DENIES IT  1 point",
        "BOTH TELL  1 point",
        "ONLY ONE OF THEM TELLS",
    ]
    assert sorted(order, key=shown.index) == order
    denied = shown[shown.index(order[1]) : shown.index(order[2])]
    assert "≠ status: occurred / negated" in denied
    both = shown[shown.index(order[2]) : shown.index(order[3])]
    assert "place       Muscat (OMN)" in both
    (heads,) = [line for line in shown.splitlines() if line.strip().startswith("Only ")]
    assert heads.split() == ["Only", "Iran’s", "side", "·", "4", "Only", "Qatar’s", "side", "·", "1"]
    rest = shown[shown.index(order[3]) :]
    (row,) = [line for line in rest.splitlines() if line.startswith("event")]
    assert row.split() == ["event", "Iran", "→", "Qatar", "Qatar", "→", "Iran"]
    assert "others      Egypt (EGY)" in rest


def test_what_stands_above_as_another_kind_is_not_shown_twice(run: Run, url: str) -> None:
    shown = run("readouts", "IRN", "QAT", "--archive", url, "--format", "table").stdout
    flat = " ".join(shown.split())
    assert "statement" not in shown
    assert "1 more point in words that stand above as another kind" in flat


def test_what_is_covered() -> None:
    def point(kind: Any, start: int, words: str) -> Point:
        text = "x" * start + words
        item = Item(kind=kind, report_id="r", entry_id=f"{kind}{start}", words=words, span=make.span(text, words))
        return Point(kind=kind, first=item, second=None)

    points = [
        point("commitment", 0, "reopen the route"),
        point("event", 0, "reopen the route soon"),
        point("event", 40, "accused"),
        point("statement", 0, "reopen the route soon and much more of it"),
        point("place", 0, "reopen"),
    ]
    kept, hidden = printed._fresh(points)
    assert (kept, hidden) == ([points[0], *points[2:]], 1)


# -- what is not there, and what cannot be meant


def test_no_contact_is_told_twice(run: Run, url: str) -> None:
    result = run("readouts", "IRN", "EGY", "--archive", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No contact of Iran (IRN) and Egypt (EGY) is told by two sides or outlets" in result.stderr
    assert "1 contact is told, each by one outlet. To see: dragoman dyad IRN EGY" in result.stderr
    none = run("readouts", "IRN", "FRA", "--archive", url)
    assert "None is told at all. Add reports" in none.stderr


def test_another_day(run: Run, url: str) -> None:
    for day in ("2024-06-01", "2024-06-02"):
        assert run("readouts", "IRN", "QAT", "--date", day, "--archive", url).exit_code == 0
    result = run("readouts", "IRN", "QAT", "--date", "2024-06-03", "--archive", url)
    assert result.exit_code == 1
    assert "on 2024-06-03 is told by two" in result.stderr
    assert "On other days there are: 2024-06-01. The day is that of the contact" in result.stderr


def test_one_day_or_several(run: Run, url: str) -> None:
    result = run("readouts", "IRN", "QAT", "--date", "2024-06-01", "--from", "2024-01-01", "--archive", url)
    assert result.exit_code == 2
    assert "leave out --from and --to" in " ".join(result.stderr.split())
    assert run("readouts", "IRN", "QAT", "--from", "2024-06-02", "--archive", url).exit_code == 0
