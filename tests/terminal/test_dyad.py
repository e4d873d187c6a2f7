"""`dragoman dyad`: a chart and a timeline that fit, lines and JSON that say the same, plain words for what is not."""

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
from dragoman.evidence import Span
from dragoman.knowledge.world import world
from dragoman.terminal import dyad as printed
from dragoman.terminal.pair import pair_of, shortened, unquoted

Run = Callable[..., Result]
TEXT = "Qatar thanked Iran on Friday. Egypt looked on."


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


def event(**fields: Any) -> Any:
    return make.event(TEXT, evidence=make.span(TEXT, "Qatar thanked Iran"), **fields)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Events of three months with a long gap, and one entry of each other kind."""
    address = f"sqlite:///{tmp_path_factory.mktemp('dyad') / 'record.db'}"
    told: list[tuple[str, dict[str, Any]]] = [
        ("2024-01-10", {"events": [event(intensity=-7.0, quad=4, category="COERCE"), event(background=True)]}),
        ("2024-01-25", {"events": [event(intensity=-1.0, quad=3), event(status="negated")]}),
        ("2024-09-03", {"events": [event(intensity=5.0)], "statements": [make.statement(TEXT)]}),
        ("2024-10-03", {
            "events": [event(intensity=2.0, status="planned")],
            "contacts": [
                make.contact(TEXT, channel="visit", visitor="IRN", host="QAT", place=make.place(TEXT, "Egypt"))
            ],
            "commitments": [make.commitment(TEXT, due="2024-12-01", status="under_way")],
        }),
    ]  # fmt: skip
    with Archive(address) as archive:
        for day, entries in told:
            archive.add([make.record(f"{TEXT} {day}", published=day, publisher="Gulf\x1b[31m | Desk", **entries)])
    return address


def test_lines_in_a_pipe(run: Run, url: str) -> None:
    result = run("dyad", "IRN", "Qatar", "--archive", url)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:6] == [
        "dyad | Iran (IRN) | Qatar (QAT) | 2024-01-10 | 2024-10-03 | 4 reports",
        "month | 2024-01 | -4.00 | -8.0 | 2 | 0 | 0 | 1 | 1",
        "month | 2024-09 | +5.00 | +5.0 | 1 | 1 | 0 | 0 | 0",
        "month | 2024-10 | +2.00 | +2.0 | 1 | 1 | 0 | 0 | 0",
        "uncounted | background | 1",
        "uncounted | negated | 1",
    ]
    assert [line.split(" | ")[0] for line in lines[6:]] == [
        *["event"] * 5, "statement", "contact", "event", "commitment",
    ]  # fmt: skip
    first = lines[6].split(" | ")
    assert first[1:-1] == [
        "2024-01-10", "Qatar > Iran", "COERCE: praise, endorsement", "occurred", "Qatar thanked Iran",
        "Gulf[31m / Desk",
    ]  # fmt: skip
    contact, commitment = lines[-3].split(" | "), lines[-1].split(" | ")
    assert contact[2:5] == ["Qatar, Iran", "visit: IRN to QAT, Egypt", "occurred"]
    assert commitment[2:5] == ["Qatar > Iran", "promise: due 2024-12-01", "under way"]
    assert lines[-4].split(" | ")[2:5] == ["Qatar > Iran", "speaks for", "-"]
    assert {len(line.split(" | ")) for line in lines[6:]} == {8}
    assert "\x1b" not in result.stdout


def test_json_has_months_and_whole_entries(run: Run, url: str) -> None:
    result = run("dyad", "IRN", "QAT", "--from", "2024-09-01", "--archive", url, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["month", "month", "event", "statement", "contact", "event", "commitment"]
    assert rows[0] == {
        "kind": "month", "month": "2024-09", "events": 1, "mean": 5.0, "sum": 5.0,
        "quads": {"1": 1, "2": 0, "3": 0, "4": 0},
    }  # fmt: skip
    assert (rows[2]["day"], rows[2]["counted"], rows[2]["entry"]["trigger"]["text"]) == ("2024-09-03", True, "thanked")
    with Archive(url, read_only=True) as archive:
        for row in rows[2:]:
            kept = archive.record(row["report_id"]).model_dump(mode="json")
            assert row["entry"] in kept[f"{row['kind']}s"]
            assert row["told_by"] == [row["report_id"]]
    whole = run("dyad", "IRN", "QAT", "--from", "2024-09-01", "--archive", url, "--format", "json")
    assert json.loads(whole.stdout) == rows


@pytest.mark.parametrize("width", [60, 80, 107, 108, 120, 200])
def test_a_table_fits_the_width(run: Run, url: str, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("dyad", "IRN", "QAT", "--archive", url, "--format", "table")
    assert result.exit_code == 0
    assert max(cell_len(line) for line in result.stdout.splitlines()) <= min(width, 140)
    assert "\x1b" not in result.stdout


def bars(text: str, month: str) -> tuple[int, int]:
    """How many signs of a month's bar stand left and right of its zero."""
    (line,) = [line for line in text.splitlines() if line.startswith(month) and "│" in line]
    left, right = line.removeprefix(month).split("│")[:2]
    return sum(sign in "█▐▕" for sign in left), sum(sign in "█▉▊▋▌▍▎▏" for sign in right)


def test_the_chart(run: Run, url: str) -> None:
    shown = run("dyad", "IRN", "QAT", "--archive", url, "--format", "table").stdout
    assert "IRAN – QATAR\n2024-01-10 to 2024-10-03\n" in shown
    assert "COOPERATION AND CONFLICT  4 events" in shown
    january, september, october = (bars(shown, month) for month in ("2024-01", "2024-09", "2024-10"))
    assert january[0] > 0
    assert january[1] == 0
    assert september[0] == october[0] == 0
    assert september[1] > october[1] > 0
    assert "  7 months without  " in shown
    assert "−4.0" in shown
    flat = " ".join(shown.split())
    assert "Background and what is denied, supposed or only asked for does not count" in flat
    assert "Left out: 1 background, 1 denied." in flat


@pytest.mark.parametrize("width", ["80", "120"])
def test_the_timeline(run: Run, url: str, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = run("dyad", "IRN", "QAT", "--archive", url, "--format", "table").stdout
    timeline = shown[shown.index("TIMELINE  9 entries") :]
    # A day stands at its first entry only; the newest comes last.
    days = ["2024-01-10", "2024-01-25", "2024-09-03", "2024-10-03"]
    assert [timeline.count(day) for day in days] == [1, 1, 1, 1]
    assert sorted(days, key=timeline.index) == days
    flat = " ".join(timeline.split())
    assert "Qatar →" in flat
    assert "“Qatar thanked Iran”" in flat
    assert "earlier" in flat
    assert "planned" in flat


def test_a_month_of_nothing_but_zero_has_a_chart(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'record.db'}"
    with Archive(address) as archive:
        archive.add([make.record(TEXT, published="2024-01-01", events=[event(intensity=0.0)])])
    for width in ("80", "120"):
        result = CliRunner().invoke(
            dragoman.cli.app,
            ["dyad", "IRN", "QAT", "--archive", address, "--format", "table"],
            env={"COLUMNS": width},
        )
        assert result.exit_code == 0
        assert bars(result.stdout, "2024-01") == (0, 0)


def test_many_pages_are_one_timeline(run: Run, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("dyad", "IRN", "QAT", "--archive", url, "--format", "table")
    whole = [line.rstrip() for line in run(*asked).stdout.splitlines()]
    monkeypatch.setattr(printed, "PAGE", 2)
    # The lay-out below 108 columns does not depend on the page.
    assert [line.rstrip() for line in run(*asked).stdout.splitlines()] == whole


# -- what is not there, and what cannot be meant


def test_nothing_between_the_two(run: Run, url: str) -> None:
    result = run("dyad", "IRN", "France", "--archive", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"No report in {url} tells of anything between Iran (IRN) and France (FRA)." in result.stderr
    assert "Events of Iran it has with: QAT (6)." in result.stderr
    assert "dragoman add reports/" in result.stderr
    dated = run("dyad", "IRN", "QAT", "--from", "2025-01-01", "--to", "2025-02-01", "--archive", url)
    assert "from 2025-01-01 to 2025-02-01" in dated.stderr
    assert "Ask for more days" in dated.stderr


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("IRN", "iran"), "are one state, Iran (IRN); name two different ones"),
        (("IRN", "Quatar"), "Did you mean Qatar (QAT)?"),
        (("IRN", "Congo"), "several states are called 'Congo'"),
        (("IRN",), "Missing argument"),
        (("IRN", "QAT", "--from", "soon"), "is no day"),
        (("IRN", "QAT", "--from", "2024-02-01", "--to", "2024-01-01"), "is later than the last"),
    ],
)
@pytest.mark.parametrize("command", ["dyad", "readouts"])
def test_wrong_usage(run: Run, url: str, command: str, asked: tuple[str, ...], said: str) -> None:
    result = run(command, *asked, "--archive", url)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["dyad", "readouts"])
def test_no_archive(run: Run, tmp_path: Path, command: str) -> None:
    result = run(command, "IRN", "QAT", "--archive", f"sqlite:///{tmp_path / 'none.db'}")
    assert result.exit_code == 1
    assert "there is no archive here to read" in result.stderr


def test_a_state_of_ones_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "rur.yaml").write_text("code: RUR\nname: Ruritania\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_KNOWLEDGE", str(tmp_path))
    address = f"sqlite:///{tmp_path / 'record.db'}"
    parties = {"actors": [make.party(TEXT, "Qatar", country="RUR")]}
    with Archive(address) as archive:
        archive.add([make.record(TEXT, published="2024-01-01", events=[event(**parties)])])
    result = run("dyad", "ruritania", "IRN", "--archive", address)
    assert result.exit_code == 0
    assert result.stdout.startswith("dyad | Ruritania (RUR) | Iran (IRN)")


# -- words cut to fit


@pytest.mark.parametrize(
    ("text", "focus", "most", "expected"),
    [
        ("short words", None, 20, "short words"),
        ("several words that go on", None, 12, "several…"),
        ("several words,  that go on", None, 16, "several words…"),
        ("unbrokenunbrokenunbroken", None, 10, "unbrokenu…"),
        ("one two three four five six seven accused eight nine ten", "accused", 30, "…seven accused eight nine ten"),
        ("one two three four five six seven eight accused", "accused", 24, "…six seven eight accused"),
    ],
)
def test_words_are_cut_between_words(text: str, focus: str | None, most: int, expected: str) -> None:
    at = text.index(focus) if focus else 0
    cut = shortened(Span.of(text, 0, len(text)), most, Span.of(text, at, at + len(focus)) if focus else None)
    assert cut == expected
    assert len(cut) <= most


def test_quotation_marks_around_the_whole_go() -> None:
    assert unquoted("“We agree”") == "We agree"
    assert unquoted('he said "no"') == 'he said "no"'
    assert unquoted("“") == "“"


def test_only_the_two_have_a_colour() -> None:
    pair = pair_of("IRN", "QAT", world())
    assert pair.style("IRN").color != pair.style("QAT").color
    assert pair.style("EGY").color is pair.style(None).color is None
    assert pair.name("IRN") == "Iran"
    assert pair.name("EGY") == "EGY"
