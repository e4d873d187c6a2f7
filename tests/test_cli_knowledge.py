"""`dragoman knowledge check` and `import`: what they print on a terminal and in a pipe, and their exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from dragoman.cli import app
from dragoman.knowledge import checks
from dragoman.knowledge.checks import Checked
from dragoman.knowledge.findings import Finding

Run = Callable[..., Result]
FAULT = Finding("own/persons/nor.yaml", "O. Quillfeather", "no country 'ZZZ'", "Use a code.", "reference")
NOTE = Finding("persons/nor.yaml", "NOR", "president: nobody known", "Add who held it.", "gap", "note")
BAD = (
    "- {name: Ottoline Quillfeather, alias: [Q], country: NOR}\n"
    "- {name: R. Hentzau, country: ZZZ, offices: [{office: foreign minister, from: 2020-02-30}]}\n"
)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "DRAGOMAN_KNOWLEDGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def run() -> Run:
    def invoke(*args: str | Path) -> Result:
        return CliRunner().invoke(app, ["knowledge", "check", *(str(arg) for arg in args)])

    return invoke


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "persons").mkdir()
    (tmp_path / "persons" / "nor.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


def finds(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    """Let the check find this."""
    found = Checked(findings, files=2, states=1, bodies=1, groupings=0, persons=1200)
    monkeypatch.setattr(checks, "checked", lambda *_, **__: found)


def test_faults_are_lines_in_a_pipe_and_the_exit_code_is_1(run: Run, own: Path) -> None:
    result = run(own)
    assert result.exit_code == 1
    mine = [line.split(" | ") for line in result.stdout.splitlines() if str(own) in line]
    assert [(grade, kind, entry, what) for grade, kind, _, entry, what, _ in mine] == [
        ("fault", "schema", "Ottoline Quillfeather", "unknown key 'alias'"),
        ("fault", "date", "R. Hentzau", "foreign minister, from: there is no day 2020-02-30"),
        ("fault", "reference", "R. Hentzau", "no country 'ZZZ'"),
    ]
    assert re.search(r"\d+ faults in \d+ files: \d+ states, ", result.stderr)


def test_the_folder_of_the_settings_is_checked(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_KNOWLEDGE", str(own))
    assert str(own) in run().stdout


def test_without_a_fault_the_exit_code_is_0(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    finds(monkeypatch, NOTE)
    result = run("--gaps")
    assert result.exit_code == 0
    assert result.stdout == "note | gap | persons/nor.yaml | NOR | president: nobody known | Add who held it.\n"
    assert result.stderr == "No fault and 1 note in 2 files: 1 state, 1 body, 0 groupings, 1,200 persons.\n"


def test_json_says_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    finds(monkeypatch, FAULT, NOTE)
    rows = json.loads(run("--format", "json").stdout)
    assert rows == [json.loads(line) for line in run("--format", "jsonl").stdout.splitlines()]
    assert rows[0] == {
        "file": "own/persons/nor.yaml", "entry": "O. Quillfeather", "what": "no country 'ZZZ'", "remedy": "Use a code.",
        "kind": "reference", "grade": "fault",
    }  # fmt: skip


@pytest.mark.parametrize("width", [40, 80, 200])
def test_on_a_terminal_it_is_told_by_file(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    long = Finding("persons/nor.yaml", "O. Quillfeather", "no country " * 20, "Use a code. " * 20, "reference")
    finds(monkeypatch, FAULT, NOTE, long)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run("--format", "table")
    lines = [line.rstrip() for line in shown.stdout.splitlines()]
    assert lines[:4] == [
        "own/persons/nor.yaml", "  O. Quillfeather  reference", "    no country 'ZZZ'", "    Use a code.",
    ]  # fmt: skip
    assert max(cell_len(line) for line in lines) <= min(width, 96)
    assert shown.stderr == ""


def test_what_a_file_says_does_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "persons").mkdir()
    (tmp_path / "persons" / "x.yaml").write_text('{name: "\\e[31mA\\nB | C", "a\\e[2J": 1}\n', encoding="utf-8")
    for form in ([], ["--format", "table"], ["--format", "json"]):
        assert "\x1b" not in run(tmp_path, *form).output


def test_a_folder_that_is_none_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


# import -------------------------------------------------------------------------------------------------------------

VERBS = "--- GARLAND [051] ---\nGARLAND\n- * WREATH [903]\n- * PALACE [51]\n"


@pytest.fixture
def import_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "v.txt").write_text(VERBS, encoding="utf-8")
    (tmp_path / "a.txt").write_text("OTTO_QUILLFEATHER [NORGOV]\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("JOHN_SPARROWHAWK [PERGOV]\n", encoding="utf-8")

    def invoke(*args: str) -> Result:
        return CliRunner().invoke(app, ["knowledge", "import", "petrarch", *args, "-o", "own"])

    return invoke


def test_import_tells_what_is_left_out(import_: Run) -> None:
    result = import_("--verbs", "v.txt")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "left out | v.txt | 3 | GARLAND - * WREATH [903] | there is no CAMEO code '903'",
        "in part | v.txt | 4 | GARLAND - * PALACE [51] | '51' is read as '051'",
    ]
    assert result.stderr == (
        "3 entries read: 2 written, 0 known already, 1 left out, 1 loss in part. "
        "1 file in own; look at them with: dragoman knowledge check own\n"
    )
    assert import_("--verbs", "v.txt", "--strict").exit_code == 1
    rows = json.loads(import_("--verbs", "v.txt", "--format", "json").stdout)
    assert rows[0] == {
        "file": "v.txt", "line": 3, "entry": "GARLAND - * WREATH [903]", "what": "there is no CAMEO code '903'",
        "fate": "left out",
    }  # fmt: skip


def test_import_takes_several_files_of_a_kind(import_: Run, tmp_path: Path) -> None:
    result = import_("--actors", "a.txt", "--actors", "b.txt", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "own").rglob("*.yaml"))
    assert "Otto Quillfeather" in written
    assert "John Sparrowhawk" in written


@pytest.mark.parametrize("width", [40, 80])
def test_import_on_a_terminal(import_: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = import_("--verbs", "v.txt", "--format", "table")
    lines = [line.rstrip() for line in shown.stdout.splitlines()]
    assert lines[0] == "v.txt"
    assert lines[1].startswith("  line 3  GARLAND")
    assert max(cell_len(line) for line in lines) <= width
    assert shown.stderr == ""


@pytest.mark.parametrize(
    "args",
    [["petrarch"], ["tabari", "--verbs", "v.txt"], ["petrarch", "--verbs", "nowhere"], ["petrarch", "--verbs", "."]],
)
def test_import_of_nothing_is_wrong_usage(import_: Run, args: list[str]) -> None:
    assert CliRunner().invoke(app, ["knowledge", "import", *args, "-o", "own"]).exit_code == 2
