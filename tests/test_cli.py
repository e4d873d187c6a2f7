"""Every command: what it prints, where to, and its exit code; a made-up reader stands in for the real one."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

import dragoman.cli
import make
from dragoman.archive import Archive
from dragoman.record.entries import Reason, Record
from dragoman.report.report import Report

TEXT = "Qatar thanked Iran on Friday. Qatar will reopen its embassy in Iran, and the two sides met in Doha."
# The rest is long enough for the intake to take it for text.
HOSTILE = (
    "\x1b]0;owned\x07\x1b[31mQatar thanked Iran\x1b[0m on Friday.\x9b2J \u202etxt.exe\u202c \x08\x08 Iran answered. "
    + "The two governments have been at odds over the matter for many years, and both said so again. " * 20
)
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SGR = re.compile("\x1b\\[[0-9;]*m")
COMMANDS = (
    "read", "add", "list", "show", "dyad", "readouts", "search", "count", "explain", "who", "serve", "judge", "export",
    "synthesize", "import", "demo", "knowledge", "ledger", "stories", "audit", "archive",
)  # fmt: skip


class FakeReader:
    """Finds one event, contact, statement and commitment wherever Qatar thanked Iran."""

    def __init__(self, fails_on: str | None = None, error: BaseException | None = None) -> None:
        self.fails_on, self.error = fails_on, error
        self.read: list[str] = []

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        for report in reports:
            self.read.append(report.text)
            if self.error is not None and self.fails_on and self.fails_on in report.text:
                raise self.error
            yield record_of(report)


def record_of(report: Report) -> Record:
    text = report.text
    if "thanked Iran" not in text:
        return Record(report=report)
    reasons = [
        Reason(fact="rule support#1: the word 'thanked'", weight=0.9),
        Reason(fact="runner-up AGREE", weight=-0.1),
        Reason(fact="SUPPORT: praise, in the codebook's words"),
    ]
    event = make.event(
        text, reasons=reasons, date="2024-05-31", date_basis="relative", evidence=make.span(text, "Qatar thanked Iran")
    )
    return Record(
        report=report,
        actors=(
            make.actor("Qatar", mentions=[make.span(text, "Qatar")]),
            make.actor("Iran", mentions=[make.span(text, "Iran")]),
        ),
        events=(event,),
        contacts=(make.contact(text),),
        statements=(make.statement(text),),
        commitments=(make.commitment(text, due="2024-07-01"),),
    )


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "DRAGOMAN_ARCHIVE", "DRAGOMAN_SPACY_MODEL", "DRAGOMAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    fake = FakeReader()
    monkeypatch.setattr(dragoman.cli, "_reader", lambda who=None: fake)
    return fake


@pytest.fixture
def run(reader: FakeReader) -> Run:
    def invoke(*args: str | Path, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(dragoman.cli.app, [str(arg) for arg in args], input=stdin)
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('full') / 'record.db'}"
    known = make.report(TEXT, title="Thanks in Doha", publisher="The Wire", published="2024-06-01")
    with Archive(address) as archive:
        archive.add([record_of(known), *make.synthetic(5)])
    return address


def key_of(text: str = TEXT) -> str:
    return make.report(text).id


# read ------------------------------------------------------------------------------------------------------------


def test_read_prints_one_entry_a_line_in_a_pipe(run: Run, file: Path) -> None:
    result = run("read", file, "--date", "2024-06-01")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split(" | ")[0] for line in lines] == [
        "report", "event", "contact", "statement", "commitment", "actor", "actor",
    ]  # fmt: skip
    assert lines[0] == f"report | {key_of()} | 2024-06-01 | - | -"
    assert lines[1] == (
        f"event | {key_of()}-e0 | 2024-05-31 | occurred | SUPPORT 051 | Qatar | Iran | - | 0.90 | Qatar thanked Iran"
    )
    assert "\t" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("width", [80, 120])
def test_read_as_a_table_fits_the_width(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    result = run("read", file, "--format", "table")
    assert result.exit_code == 0
    assert max(cell_len(line) for line in result.stdout.splitlines()) <= width
    assert "thanked[1] Iran" in result.stdout
    for head in ("WHO DID WHAT", "CONTACTS", "STATEMENTS", "COMMITMENTS", "ACTORS"):
        assert head in result.stdout
    assert "051 praise, endorsement" in result.stdout


def test_read_shows_tables_in_colour_on_a_terminal_and_none_with_no_color(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("read", file).stdout
    assert "38;5;" in coloured
    assert "WHO DID WHAT" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "38;5;" not in run("read", file).stdout


def test_read_json_is_a_list_and_jsonl_one_record_a_line(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing much happened in the capital today, it rained.", encoding="utf-8")
    listed = json.loads(run("read", file, other, "--format", "json").stdout)
    lines = [json.loads(line) for line in run("read", file, other, "--format", "jsonl").stdout.splitlines()]
    assert listed == lines
    assert [Record.model_validate(data).report.text for data in lines] == [TEXT, other.read_text(encoding="utf-8")]


def test_read_json_of_nothing_is_an_empty_list(run: Run, tmp_path: Path) -> None:
    result = run("read", tmp_path / "none.txt", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == []


def test_read_takes_standard_input(run: Run) -> None:
    result = run("read", "-", stdin=TEXT)
    assert result.exit_code == 0
    assert f"{key_of()}-e0" in result.stdout


def test_read_names_each_source_it_cannot_read_and_reads_the_rest(run: Run, file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    result = run("read", tmp_path / "gone.txt", empty, binary, "ftp://example.org/x", file)
    assert result.exit_code == 1
    named = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in named] == [
        str(tmp_path / "gone.txt"), str(empty), str(binary), "ftp://example.org/x",
    ]  # fmt: skip
    assert "there is no such file" in named[0]
    assert f"{key_of()}-e0" in result.stdout


def test_a_fault_on_one_report_refuses_only_that_one(run: Run, reader: FakeReader, file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("This one breaks the reader, who knows why it does so.", encoding="utf-8")
    (tmp_path / "z.txt").write_text("Iran answered. Later Qatar thanked Iran for the answer.", encoding="utf-8")
    reader.fails_on, reader.error = "breaks", RuntimeError("boom")
    result = run("read", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.count("\nevent | ") == 2
    assert "fault of Dragoman (RuntimeError: boom)" in result.stderr


@pytest.mark.parametrize("form", ["table", "json", "jsonl", None])
def test_no_report_steers_the_terminal(run: Run, tmp_path: Path, form: str | None) -> None:
    path = tmp_path / "hostile.json"
    data = {"text": HOSTILE, "title": "A \x1b[5mtitle\x07", "publisher": "\x9bWire\u202e", "published": "2024-06-01"}
    path.write_text(json.dumps(data), encoding="utf-8")
    result = run("read", path, *(["--format", form] if form else []))
    assert result.exit_code == 0
    assert not UNSAFE.search(result.stdout)
    assert "thanked" in result.stdout


def test_json_keeps_what_it_escapes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps({"text": HOSTILE}), encoding="utf-8")
    assert json.loads(run("read", path, "--format", "jsonl").stdout)["report"]["text"] == HOSTILE


def test_hostile_text_leaves_only_colours_on_a_terminal(
    run: Run, full: str, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps({"text": HOSTILE, "title": "A \x1b[5mtitle\x07"}), encoding="utf-8")
    assert run("add", path, "--archive", url).exit_code == 0
    monkeypatch.setenv("FORCE_COLOR", "1")
    key = key_of(HOSTILE)
    for args in (["list"], ["show", key], ["search", "thanked"], ["explain", key]):
        result = run(*args, "--archive", url)
        assert result.exit_code == 0
        assert "title" in SGR.sub("", result.stdout)
        assert not UNSAFE.search(SGR.sub("", result.stdout))


def test_a_date_that_is_none_is_wrong_usage(run: Run, file: Path) -> None:
    result = run("read", file, "--date", "1 June")
    assert result.exit_code == 2
    assert "write it as 2024-06-01" in result.stderr


# add -------------------------------------------------------------------------------------------------------------


def test_add_counts_and_passes_over_what_is_there(run: Run, reader: FakeReader, file: Path, url: str) -> None:
    first = run("add", file, file.parent / "gone.txt", "--archive", url)
    assert first.stdout == "1 added, 0 already there, 1 refused\n"
    assert first.exit_code == 1
    reader.read.clear()
    second = run("add", file, "--archive", url)
    assert second.stdout == "0 added, 1 already there, 0 refused\n"
    assert second.exit_code == 0
    assert reader.read == []


def test_add_takes_the_archive_from_the_settings(
    run: Run, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", url)
    assert run("add", file).exit_code == 0
    with Archive(url, read_only=True) as archive:
        assert archive.record(key_of()).report.text == TEXT


def test_add_interrupted_says_what_is_kept_and_goes_on_later(
    run: Run, reader: FakeReader, file: Path, tmp_path: Path, url: str
) -> None:
    later = tmp_path / "stop.txt"
    later.write_text("Stop here. It was a long day and Qatar thanked Iran.", encoding="utf-8")
    reader.fails_on, reader.error = "Stop", KeyboardInterrupt()
    result = run("add", file, later, "--archive", url)
    assert result.exit_code == 130
    assert "1 report added, and kept" in result.stderr
    reader.fails_on = None
    assert run("add", file, later, "--archive", url).stdout == "1 added, 1 already there, 0 refused\n"


def test_an_archive_that_cannot_be_opened_is_told_in_a_sentence(run: Run, file: Path, tmp_path: Path) -> None:
    result = run("add", file, "--archive", f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "make it first" in result.stderr


# list, show, search, explain ---------------------------------------------------------------------------------------


def test_list_in_a_pipe_as_json_and_as_a_table(run: Run, full: str) -> None:
    lines = run("list", "--archive", full).stdout.splitlines()
    assert len(lines) == 6
    assert f"{key_of()} | 2024-06-01 | The Wire | 1 events, 1 contacts, 1 commitments | Thanks in Doha" in lines
    data = json.loads(run("list", "--archive", full, "--format", "json").stdout)
    assert {row["id"] for row in data} == {line.split(" | ")[0] for line in lines}
    table = run("list", "--archive", full, "--format", "table").stdout
    assert key_of()[:8] in table
    assert max(cell_len(line) for line in table.splitlines()) <= 80


def test_list_takes_filters(run: Run, full: str) -> None:
    asked = ("--dyad", "qat-irn", "--since", "2024-05-30", "--until", "2024-06-02", "--category", "support")
    lines = run("list", *asked, "--publisher", "The Wire", "--archive", full).stdout.splitlines()
    assert key_of() in {line.split(" | ")[0] for line in lines}
    assert run("list", "--publisher", "Nobody", "--archive", full).stdout == ""
    assert len(run("list", "--limit", "2", "--archive", full).stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["list", "--dyad", "Iran"], "such as IRN-QAT"),
        (["list", "--since", "2024-06-05", "--until", "2024-06-01"], "later than"),
        (["list", "--status", "maybe"], "there are: occurred"),
        (["list", "--min-confidence", "3"], "--min-confidence"),
        (["search", "-", "--"], "at least one word"),
        (["export", "csv", "--what", "statements", "--category", "ACCUSE"], "cannot be chosen by --category"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_wrong_usage(run: Run, full: str, args: list[str], words: str) -> None:
    result = run(args[0], "--archive", full, *args[1:])
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_show_takes_the_beginning_of_an_id(run: Run, full: str) -> None:
    result = run("show", key_of()[:6], "--archive", full)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"report | {key_of()} | 2024-06-01 | The Wire | Thanks in Doha\n")
    assert "thanked[1]" in run("show", key_of(), "--archive", full, "--format", "table").stdout
    data = json.loads(run("show", key_of(), "--archive", full, "--format", "jsonl").stdout)
    assert Record.model_validate(data).report.id == key_of()


def test_show_what_is_not_there(run: Run, full: str) -> None:
    result = run("show", "0000", "--archive", full)
    assert result.exit_code == 1
    assert "no report's id begins with 0000" in result.stderr


def test_reading_commands_make_no_archive(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    result = run("list", "--archive", f"sqlite:///{path}")
    assert result.exit_code == 1
    assert "no archive here" in result.stderr
    assert not path.exists()


def test_search_finds_and_underlines(run: Run, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("search", "reopen", "two sides", "--archive", full)
    assert [line.split(" | ")[0] for line in result.stdout.splitlines()] == [key_of()]
    data = json.loads(run("search", "thanked", "--archive", full, "--format", "json").stdout)
    assert [data[0]["snippet"][begin:end] for begin, end in data[0]["marks"]] == ["Thanks"]
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = run("search", "sides", "--archive", full).stdout
    assert "\x1b[1;4msides" in shown
    assert "1 report found." in shown


def test_search_that_finds_nothing_is_done(run: Run, full: str) -> None:
    result = run("search", "zeppelin", "--archive", full, "--format", "table")
    assert result.exit_code == 0
    assert result.stdout == "Nothing found.\n"


def test_explain_from_the_archive_and_from_a_file_say_the_same(run: Run, full: str, file: Path) -> None:
    kept = run("explain", key_of()[:8], "1", "--archive", full)
    fresh = run("explain", file)
    assert kept.exit_code == fresh.exit_code == 0
    assert kept.stdout == fresh.stdout
    key = f"{key_of()}-e0"
    for line in (
        f"{key} | trigger | - | thanked",
        f"{key} | codebook | - | SUPPORT: praise, in the codebook's words",
        f"{key} | reasons | +0.90 | rule support#1: the word 'thanked'",
        f"{key} | runner-up | -0.10 | runner-up AGREE",
        f"{key} | status | - | occurred: the words say nothing else",
    ):
        assert line in kept.stdout.splitlines()


def test_explain_underlines_the_trigger_in_its_sentence(run: Run, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = run("explain", key_of(), "--archive", full).stdout
    assert re.search("\x1b\\[1;4(;[0-9;]+)?mthanked", shown)
    plain = SGR.sub("", shown)
    assert "Qatar thanked Iran on Friday." in plain
    assert "embassy" not in plain
    assert max(cell_len(line) for line in plain.splitlines()) <= 80


def test_explain_an_event_that_is_not_there(run: Run, full: str) -> None:
    result = run("explain", key_of(), "7", "--archive", full)
    assert result.exit_code == 2
    assert "it tells 1" in " ".join(result.stderr.split())


# export ------------------------------------------------------------------------------------------------------------


def test_export_to_a_pipe_and_to_a_file_are_the_same(run: Run, full: str, tmp_path: Path) -> None:
    for form in ("jsonl", "csv"):
        path = tmp_path / f"events.{form}"
        piped = run("export", form, "--archive", full)
        assert run("export", form, "-o", path, "--archive", full).exit_code == 0
        assert path.read_bytes() == piped.stdout_bytes
    rows = list(csv.DictReader((tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()))
    assert "SUPPORT" in {row["category"] for row in rows}
    assert json.loads((tmp_path / "events.csv.dtypes.json").read_text(encoding="utf-8"))["cameo"] == "string"
    assert not list(tmp_path.glob("*.part*"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("what", ["events", "contacts", "statements", "commitments", "mentions"])
def test_export_writes_each_kind(run: Run, full: str, what: str) -> None:
    rows = [json.loads(line) for line in run("export", "jsonl", "--what", what, "--archive", full).stdout.splitlines()]
    assert key_of() in {row["report_id"] for row in rows}


def test_export_takes_filters(run: Run, full: str) -> None:
    lines = run("export", "jsonl", "--actor", "QAT", "--recipient", "IRN", "--min-confidence", "0.5", "--archive", full)
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    assert key_of() in {row["report_id"] for row in rows}
    assert min(row["confidence"] for row in rows) >= 0.5


def test_export_refuses_a_format_that_is_not_there(run: Run, full: str) -> None:
    result = run("export", "xlsx", "--archive", full)
    assert result.exit_code == 2
    assert "there is no format 'xlsx'; there are: jsonl, csv" in " ".join(result.stderr.split())


def test_export_that_fails_leaves_the_old_file(
    run: Run, full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("old", encoding="utf-8")

    def breaks(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dragoman.terminal.outlet.write", breaks)
    result = run("export", "csv", "-o", path, "--archive", full)
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["events.csv"]


def test_export_into_a_folder_or_nowhere_is_wrong_usage(run: Run, full: str, tmp_path: Path) -> None:
    assert run("export", "csv", "-o", tmp_path, "--archive", full).exit_code == 2
    assert run("export", "csv", "-o", tmp_path / "no" / "x.csv", "--archive", full).exit_code == 2


@pytest.mark.parametrize("form", ["gdelt", "polecat", "icews", "petrarch2", "phoenix", "ftm"])
def test_export_in_the_layouts_of_others(run: Run, full: str, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    piped = run("export", form, "--archive", full)
    said = run("export", form, "-o", path, "--archive", full)
    assert (piped.exit_code, said.exit_code) == (0, 0)
    assert path.read_bytes() == piped.stdout_bytes
    assert f"written to {path}" in " ".join(said.stderr.split())
    assert json.loads(path.with_name("out.about.json").read_text(encoding="utf-8"))["format"] == form


def test_export_of_parquet_goes_into_a_pipe(run: Run, full: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert run("export", "parquet", "--archive", full).stdout_bytes[:4] == b"PAR1"


def test_export_refuses_what_a_format_has_no_room_for(run: Run, full: str) -> None:
    result = run("export", "icews", "--what", "contacts", "--archive", full)
    assert result.exit_code == 2
    assert "icews has no room for contacts; it takes: events" in " ".join(result.stderr.split())


# import ------------------------------------------------------------------------------------------------------------


def test_import_what_was_exported(run: Run, full: str, tmp_path: Path) -> None:
    path, url = tmp_path / "events.tsv", f"sqlite:///{tmp_path / 'other.db'}"
    assert run("export", "icews", "-o", path, "--archive", full).exit_code == 0
    path.write_text(path.read_text(encoding="utf-8").replace("\t051\t", "\t51\t"), encoding="utf-8")
    first = run("import", "icews", path, "--archive", url)
    assert first.exit_code == 0
    faults = [line.split(" | ") for line in first.stdout.splitlines()]
    assert {(fault[0], fault[3], fault[4]) for fault in faults} == {
        ("code", "CAMEO code '51' lost its leading zero", "read as 051")
    }
    assert "0 already there, 0 refused." in " ".join(first.stderr.split())
    again = run("import", "icews", path, "--archive", url, "--format", "jsonl")
    assert " 0 added" in " ".join(again.stderr.split())
    assert all(json.loads(line)["kind"] == "code" for line in again.stdout.splitlines())
    beside = run("export", "csv", "--source", "imported", "--archive", url).stdout
    assert {row["cameo"] for row in csv.DictReader(beside.splitlines())} >= {"051"}


def test_import_refuses_what_it_does_not_know(run: Run, tmp_path: Path) -> None:
    url, path = f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "notes.txt"
    path.write_text("These are notes.\n", encoding="utf-8")
    assert run("import", "acled", path, "--archive", url).exit_code == 2
    result = run("import", "gdelt", path, "--archive", url)
    assert result.exit_code == 1
    assert "refused" in result.stdout
    assert "1 file refused" in " ".join(result.stderr.split())


# all ---------------------------------------------------------------------------------------------------------------


GROUPS = {
    "knowledge": ["check", "import"],
    "ledger": ["show", "score", "rule", "step"],
    "stories": ["show", "split", "join"],
    "archive": ["info", "check", "copy", "backup"],
}
SINGLE = [
    *(command for command in COMMANDS if command not in {"knowledge", "archive", "audit"}),
    *(f"{group} {command}" for group, commands in GROUPS.items() for command in commands),
]


@pytest.mark.parametrize("command", SINGLE)
def test_every_command_has_help_with_an_example_that_it_understands(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help")
    assert shown.exit_code == 0
    assert f"dragoman {command}" in shown.stdout.split("Example:")[1]
    example = shown.stdout.split("Example:")[1].split("Arguments:")[0].split("Options:")[0]
    for option in re.findall(r" (--?[a-z-]+)", example.split(" | jq")[0].replace("curl -s", "")):
        assert option in shown.stdout.split("Options:")[1]
    assert max(cell_len(line) for line in shown.stdout.splitlines()) <= 80


def test_the_commands_are_those_of_the_contract(run: Run) -> None:
    shown = run("--help").stdout.split("Commands:")[1]
    assert tuple(line.split()[0] for line in shown.strip().splitlines()) == COMMANDS
    for group, commands in GROUPS.items():
        shown = run(group, "--help").stdout.split("Commands:")[1]
        assert [line.split()[0] for line in shown.strip().splitlines()] == commands


@pytest.mark.parametrize("args", [[], ["nonsense"], ["read"], ["read", "--nonsense"], ["read", "x", "--format", "xml"]])
def test_wrong_usage_is_2(run: Run, args: list[str]) -> None:
    assert run(*args).exit_code == 2


def test_a_fault_of_its_own_is_told_in_sentences(run: Run, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(Archive, "find", breaks)
    result = run("show", "abcd", "--archive", full)
    assert result.exit_code == 1
    assert "fault of its own (ZeroDivisionError: by nought)" in result.stderr


def test_a_setting_that_cannot_be_meant_names_its_variable(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_MAX_BYTES", "lots")
    result = run("read", file)
    assert result.exit_code == 1
    assert "DRAGOMAN_MAX_BYTES='lots'" in result.stderr


def test_limits_of_the_settings_hold(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_MAX_BYTES", "10")
    result = run("read", file)
    assert result.exit_code == 1
    assert str(file) in result.stderr


def test_a_reader_that_leaves_early_hears_nothing_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'many.db'}"
    with Archive(url) as archive:
        archive.add(make.synthetic(120))
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", "export", "jsonl", "--archive", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["category"]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


def test_commands_that_do_not_read_load_no_language_model(full: str) -> None:
    code = (
        "import json, sys, dragoman.cli as cli\n"
        "assert not {'sqlalchemy', 'pydantic_settings'} & set(sys.modules)\n"
        "for args in json.loads(sys.argv[1]):\n"
        "    try: cli.app([*args, '--archive', sys.argv[2]])\n"
        "    except SystemExit as end: assert not end.code, (args, end.code)\n"
        "heavy = {'spacy', 'thinc', 'onnxruntime', 'trafilatura', 'fastapi'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    asked = json.dumps([["list"], ["show", key_of()], ["search", "Qatar"], ["explain", key_of()], ["export", "csv"]])
    done = subprocess.run([sys.executable, "-c", code, asked, full], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert key_of() in done.stdout
