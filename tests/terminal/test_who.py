"""`dragoman who`: the files and what reports told, in tables, lines and JSON; and what `add` learns on its way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

import dragoman.cli
import make
from dragoman import Archive, Reader
from dragoman.actors.claims import Who
from dragoman.record.entries import Telling

Run = Callable[..., Result]
DAY = "2024-06-20"
TEXT = "Norwegian Foreign Minister Ingrid Solhaug spoke."


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


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Four reports on people nobody knows, one of which differs."""
    address = f"sqlite:///{tmp_path_factory.mktemp('who') / 'record.db'}"
    rows = [
        ("2024-06-04", "Northern Desk", "foreign minister", "Norwegian Foreign Minister Ingrid Solhaug"),
        ("2024-06-05", "The Wire", "energy minister", "Norway’s energy minister"),
        ("2024-06-06", "Gulf\x1b[31m Desk", "foreign minister", "Norway's Foreign Minister"),
        ("2024-06-07", None, "envoy", "the envoy | of Norway"),
    ]
    with Archive(address) as archive:
        for number, (day, outlet, role, words) in enumerate(rows):
            text = f"{number}. {words} spoke on the day."
            told = Telling(span=make.span(text, words), role=role, role_status="incumbent", country="NOR")
            name = "Ingrid Solhaug" if number < 3 else "Ola\u202e Solhaug"
            actor = make.actor(name, kind="person", country="NOR", role=role, told=[told])
            archive.add([make.record(text, actors=[actor], published=day, publisher=outlet)])
    return address


def test_lines_in_a_pipe(run: Run, url: str) -> None:
    result = run("who", "Solhaug", "--date", DAY, "--archive", url)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "person | Ingrid Solhaug | NOR | reports | -"
    assert lines[1] == (
        "told | Ingrid Solhaug | foreign minister | NOR | incumbent | 2024-06-04 | 2024-06-06 | 2 reports"
        " | Northern Desk, Gulf[31m Desk | told otherwise in #2"
    )
    assert lines[2].startswith("words | Ingrid Solhaug | ")
    assert lines[2].endswith(" | 2024-06-04 | Northern Desk | Norwegian Foreign Minister Ingrid Solhaug")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "the envoy / of Norway" in result.stdout
    assert [line.split(" | ")[0] for line in lines].count("person") == 2


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("asked", ["Solhaug", "Amir-Abdollahian", "foreign minister of Norway", "Al Thani"])
def test_a_table_fits_the_width(run: Run, url: str, monkeypatch: pytest.MonkeyPatch, width: int, asked: str) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("who", asked, "--date", DAY, "--archive", url, "--format", "table")
    assert result.exit_code == 0
    assert max(cell_len(line) for line in result.stdout.splitlines()) <= width


def test_a_table_shows_what_does_not_agree_side_by_side(run: Run, url: str) -> None:
    shown = " ".join(
        run("who", "Ingrid", "Solhaug", "--date", DAY, "--archive", url, "--format", "table").stdout.split()
    )
    assert "known from reports only" in shown
    assert "“Norwegian Foreign Minister Ingrid Solhaug”" in shown
    assert shown.count("≠ told") == 2
    assert f"What a report of {DAY} learns from this: foreign minister, NOR" in shown
    assert "runner-up, told by fewer: energy minister" in shown
    assert "Ola" not in shown


def test_by_the_files(run: Run, url: str) -> None:
    shown = run("who", "Amir-Abdollahian", "--date", "2024-06-01", "--archive", url, "--format", "table").stdout
    assert "died 2024-05-19" in shown
    assert "● late" in shown
    lines = run("who", "Amir-Abdollahian", "--date", "2024-06-01", "--archive", url).stdout.splitlines()
    assert (
        "office | Hossein Amirabdollahian | foreign minister | IRN | 2021-08-25 | 2024-05-19 | late | counts" in lines
    )


def test_an_office(run: Run, url: str) -> None:
    shown = run(
        "who", "foreign minister of Qatar", "--date", "2024-06-01", "--archive", url, "--format", "table"
    ).stdout
    (holder,) = [line for line in shown.splitlines() if "●" in line]
    assert holder.split()[:2] == ["2016-01-27", "Mohammed"]
    assert holder.split()[-1] == "incumbent"
    lines = run("who", "foreign minister of Norway", "--date", DAY, "--archive", url).stdout.splitlines()
    (told,) = [line for line in lines if line.startswith("told")]
    assert told.endswith("the files have Espen Barth Eide")


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_has_all_of_it(run: Run, url: str, form: str) -> None:
    result = run("who", "solhaug", "--date", DAY, "--archive", url, "--format", form)
    found = json.loads(result.stdout) if form == "json" else [json.loads(line) for line in result.stdout.splitlines()]
    assert [person["name"] for person in found] == ["Ingrid Solhaug", "Ola\u202e Solhaug"]
    first = found[0]
    assert first["files"] is None
    assert first["taken"]["role"] == "foreign minister"
    assert [(t["role"], t["first"], t["last"], t["reports"], t["contradicts"]) for t in first["told"]] == [
        ("foreign minister", "2024-06-04", "2024-06-06", 2, [1]),
        ("energy minister", "2024-06-05", "2024-06-05", 1, [0]),
    ]
    evidence = first["told"][0]["evidence"][0]
    with Archive(url, read_only=True) as archive:
        text = archive.record(evidence["report_id"]).report.text
    words = evidence["words"]
    assert text[words["start"] : words["end"]] == words["text"] == "Norwegian Foreign Minister Ingrid Solhaug"
    assert first["told"][0]["outlets"] == ["Northern Desk", "Gulf\x1b[31m Desk"]
    assert "\x1b" not in result.stdout


def test_nothing_known(run: Run, url: str) -> None:
    result = run("who", "Quite", "Nobody", "--archive", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Nothing is known of Quite Nobody: the files have no such name, and no report in ")
    result = run("who", "foreign minister of Narnia")
    assert result.exit_code == 1
    assert "there is no archive yet" in result.stderr
    assert run("who", "Quite Nobody", "--archive", url, "--format", "json").stdout == "[]\n"


def test_no_archive_yet_is_no_fault_but_a_missing_one_is(run: Run, tmp_path: Path) -> None:
    assert run("who", "Lavrov").exit_code == 0
    assert not (tmp_path / "data" / "dragoman" / "record.db").exists()
    result = run("who", "Lavrov", "--archive", f"sqlite:///{tmp_path / 'none.db'}")
    assert result.exit_code == 1
    assert "no archive here" in result.stderr
    assert run("who", "Lavrov", "--date", "soon").exit_code == 2
    assert run("who").exit_code == 2


def test_it_loads_no_language_model(url: str) -> None:
    code = (
        "import sys, dragoman.cli as cli\n"
        "try: cli.app(['who', 'Solhaug', '--archive', sys.argv[1]], prog_name='dragoman')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(sorted({'spacy', 'thinc', 'numpy', 'dateparser', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


# --- add learns on its way ------------------------------------------------------------------------------------------

REPORTS = [
    "Norwegian Foreign Minister Ingrid Solhaug met Chilean envoys in Oslo and thanked Chile for its help.",
    "Ingrid Solhaug accused Peru of fishing in the waters of Chile, and thanked Lima for its answer.",
    "Swedish Foreign Minister Ingrid Solhaug thanked Peru for its answer to the letter about the fishing.",
    "Ingrid Solhaug thanked Peru for the second letter, which had been lost on its way to the capital.",
    "Norway's Foreign Minister Ingrid Solhaug thanked Peru for the third letter about the fishing waters.",
    "Ingrid Solhaug thanked Peru for the fourth letter about the fishing waters, and so did the others.",
]


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    """The commands read with the one reader that tests share."""

    def made(who: Who | None = None) -> Reader:
        monkeypatch.setattr(reader, "_who", who)
        return reader

    monkeypatch.setattr(dragoman.cli, "_reader", made)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    for number, text in enumerate(REPORTS):
        (path / f"{number}.txt").write_text(f"{text}\n", encoding="utf-8")
    return path


def countries(url: str) -> list[str | None]:
    """The country of Ingrid Solhaug in each report, in the order of the reports above."""
    with Archive(url, read_only=True) as archive:
        assert archive.check() == []
        found = {row.report_id: row.actor.country for row in archive.actors() if row.actor.name == "Ingrid Solhaug"}
        return [found[make.report(f"{text}\n").id] for text in REPORTS]


@pytest.mark.usefixtures("real")
def test_what_one_report_told_is_known_to_the_next(run: Run, folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    assert run("add", folder, "--date", DAY, "--archive", url).exit_code == 0
    assert countries(url) == ["NOR", "NOR", "SWE", None, "NOR", "NOR"]


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("stopped_after", range(1, len(REPORTS)))
def test_it_is_the_same_wherever_it_was_stopped(run: Run, folder: Path, tmp_path: Path, stopped_after: int) -> None:
    whole, stopped = f"sqlite:///{tmp_path / 'whole.db'}", f"sqlite:///{tmp_path / 'stopped.db'}"
    run("add", folder, "--date", DAY, "--archive", whole)
    first = sorted(folder.iterdir())[:stopped_after]
    run("add", *first, "--date", DAY, "--archive", stopped)
    assert f"{len(REPORTS) - stopped_after} added" in run("add", folder, "--date", DAY, "--archive", stopped).stdout
    with Archive(whole, read_only=True) as one, Archive(stopped, read_only=True) as other:
        assert list(one.reports()) == list(other.reports())
        assert [one.record(row.report_id) for row in one.reports()] == [
            other.record(row.report_id) for row in other.reports()
        ]
        assert one.who() == other.who()


@pytest.mark.parametrize("words", ["", "()", "12"])
def test_no_name_is_wrong_usage(run: Run, words: str) -> None:
    result = run("who", words)
    assert result.exit_code == 2
    assert "name somebody" in result.output
