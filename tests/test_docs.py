"""The docs say what the code does: every command, option, setting, field, key and slot is named; outputs are real."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
import typer

import dragoman
import tooled
from dragoman.cli import app
from dragoman.events import parties
from dragoman.evidence import Span
from dragoman.knowledge.checks import checked
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.findings import Kind
from dragoman.knowledge.lexicon import Frame, TriggerFile, frames
from dragoman.knowledge.loader import Fact
from dragoman.knowledge.world import Body, Grouping, Head, Person, State, Term
from dragoman.record import entries
from dragoman.report.report import Dateline, Report
from dragoman.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
START = (DOCS / "1-start.md").read_text(encoding="utf-8")
RECORD = (DOCS / "2-the-record.md").read_text(encoding="utf-8")
OWN_WORDS = (DOCS / "5-your-own-words.md").read_text(encoding="utf-8")
GUIDELINES = (DOCS / "coding-guidelines.md").read_text(encoding="utf-8")
TOP = typer.main.get_command(app).commands  # type: ignore[attr-defined]
COMMANDS = {
    f"{name} {inner}".strip(): command
    for name, made in TOP.items()
    for inner, command in getattr(made, "commands", {"": made}).items()
}
KINDS = [
    kind
    for kind in (*vars(entries).values(), Report, Dateline, Span)
    if isinstance(kind, type)
    and issubclass(kind, (entries.Entry, Report, Dateline, Span))
    and kind is not entries.Entry
]
PREPOSITIONS = """
about across after against along alongside among around as at before behind beside between by for from in inside into
near of off on onto opposite out outside over regarding through to toward towards under until upon with within without
"""
ARCHIVES_MADE = ("README.md", "3-the-archive.md", "4-the-explorer.md", "8-the-api.md")
"""Pages whose examples make an archive."""
NAMED_SLOTS = set(re.findall(r'name == "(\w+)"', inspect.getsource(parties.in_slot)))


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its rank or a higher one."""
    rank = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {heading!r}"
    return found[1]


def blocks(page: Path, kind: str) -> Iterator[str]:
    """The code blocks of a kind."""
    for found in re.finditer(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        yield found[1]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return tooled.tool("outputs")


# --- commands, options, settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_told(command: str) -> None:
    assert f"`dragoman {command}" in section(START, "## Commands")


def test_no_command_is_told_that_is_none() -> None:
    told = {word for page in PAGES for word in re.findall(r"`dragoman (\w+)", page.read_text(encoding="utf-8"))}
    shown = {
        word
        for page in PAGES
        for block in blocks(page, "sh")
        for word in re.findall(r"(?:^|\| )dragoman (\w+)", block, re.MULTILINE)
    }
    assert told
    assert shown
    assert (told | shown) - set(TOP) == set()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_is_told(command: str) -> None:
    table = section(START, "### Options")
    for parameter in COMMANDS[command].params:
        if parameter.param_type_name == "option":
            long = next(name for name in parameter.opts if name.startswith("--"))
            assert f"`{long}" in table, f"{command} {long}"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_told(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in section(START, "## Settings")


# --- the record -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_is_told(kind: type[entries.Entry]) -> None:
    table = section(RECORD, f"## {kind.__name__}")
    told = {name for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert told == set(kind.model_fields)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_is_told(kind: type[entries.Entry]) -> None:
    """What a field of fixed words may hold stands beside it."""
    table = section(RECORD, f"## {kind.__name__}")
    for name, field in kind.model_json_schema()["properties"].items():
        allowed = [*field.get("enum", ()), *(v for part in field.get("anyOf", ()) for v in part.get("enum", ()))]
        row = next(line for line in table.splitlines() if re.match(rf"\| [^|]*`{name}`", line))
        missing = [value for value in allowed if isinstance(value, str) and f"`{value}`" not in row]
        assert missing == [], name


# --- own words ------------------------------------------------------------------------------------------------------


def test_every_key_is_told() -> None:
    keys = re.findall(r"^\| `(\w+)` \|", section(OWN_WORDS, "### Keys of a frame"), re.MULTILINE)
    assert sorted(keys) == sorted(set(Frame.model_fields) - {"name"})
    assert re.findall(r"^\| `(\w+)` \|", section(OWN_WORDS, "### Keys of a file"), re.MULTILINE) == list(
        TriggerFile.model_fields
    )


@pytest.mark.parametrize(
    ("what", "kind"),
    [("person", Person), ("term", Term), ("state", State), ("body", Body), ("grouping", Grouping), ("office", Head)],
)
def test_every_key_of_the_world_is_told(what: str, kind: type[Fact]) -> None:
    rows = re.findall(
        r"^\| (`[^|]*) \|", section(OWN_WORDS, f"### Keys of {'an' if what == 'office' else 'a'} {what}"), re.M
    )
    told = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert sorted(told) == sorted(field.alias or name for name, field in kind.model_fields.items())


def test_every_kind_of_finding_is_told() -> None:
    kinds = re.findall(r"^\| `(\w+)` \|", section(OWN_WORDS, "## Checking"), re.MULTILINE)
    assert tuple(kinds) == get_args(Kind)


def test_people_in_five_minutes(tmp_path: Path) -> None:
    """The example loads, has no fault, and reads."""
    page = section(OWN_WORDS, "## A state's people in five minutes")
    examples = re.findall(r"<!-- example: ([\w/.]+) -->\n```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for name, text in examples:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [found.text for found in checked(str(tmp_path)).findings if str(tmp_path) in found.file] == []
    own = dragoman.Reader(knowledge=str(tmp_path))
    (event,) = own.read("Flavia Elphberg thanked Qatar on Friday.", published="2024-06-01").events
    actor = event.actors[0].actor
    assert (actor.country, actor.role, actor.role_status) == ("RUR", "queen", "incumbent")


def test_every_slot_is_told() -> None:
    table = section(OWN_WORDS, "### Slots")
    assert len(NAMED_SLOTS & {"subject", "object", "indirect", "possessor", "modifier", "clause", "about"}) == 7
    for slot in NAMED_SLOTS:
        assert f"| `{slot}` |" in table, slot


def test_every_slot_of_the_lexicon_is_of_a_told_kind() -> None:
    """Named, or a preposition (two, or one with +ing); a misspelt slot would be a preposition nobody writes."""
    known = set(PREPOSITIONS.split())
    for frame in frames():
        for slot in {*frame.actor, *frame.recipient, *frame.preps} - NAMED_SLOTS:
            assert set(slot.removesuffix("+ing").split()) <= known, f"{frame.name}: {slot}"


def test_frames_shown_are_sound(tmp_path: Path) -> None:
    shown = [block for block in blocks(DOCS / "5-your-own-words.md", "yaml") if block.startswith("category:")]
    assert len(shown) == 2
    (tmp_path / "triggers").mkdir()
    for number, block in enumerate(shown):
        (tmp_path / "triggers" / f"shown{number}.yaml").write_text(block, encoding="utf-8")
    own = dragoman.Reader(knowledge=str(tmp_path))
    (event,) = own.read("Qatar garlanded the Iranian premier.").events
    assert (event.category, event.cameo) == ("SUPPORT", "051")
    event = own.read("Norway suspected Peru of torturing prisoners.").events[0]
    assert (event.category, event.cameo, "shown1" in event.reasons[0].fact) == ("ACCUSE", "1122", True)


# --- guidelines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settled", codebook().settled, ids=lambda settled: settled.point)
def test_every_settled_point_is_told(settled: object) -> None:
    rows = section(GUIDELINES, "## Where PLOVER contradicts itself")
    for field in ("point", "says", "holds", "why"):
        assert getattr(settled, field) in rows


TRIED = re.findall(r"^\| (.+?\.) \| (.+?) \|$", section(GUIDELINES, "## Tried"), re.MULTILINE)


def test_the_table_is_read() -> None:
    assert len(TRIED) > 40


@pytest.mark.parametrize(("sentence", "coded"), TRIED)
def test_guideline(reader: dragoman.Reader, sentence: str, coded: str) -> None:
    told = []
    for event in reader.read(sentence, published="2024-06-01").events:
        code = " ".join(part for part in (event.category, event.mode, event.cameo) if part)
        told.append(f"{code}, {event.status}" if event.status in ("negated", "hypothetical", "requested") else code)
    if coded == "nothing":
        assert told == []
    else:
        assert coded in told


# --- what is shown --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_outputs_are_fresh(tool: ModuleType) -> None:
    for page in tool.PAGES:
        text = page.read_text(encoding="utf-8")
        assert tool.filled(text) == text, f"{page.name} is stale; run: .venv/bin/python tools/outputs.py"


def test_only_the_last_digits_may_differ(tool: ModuleType) -> None:
    assert tool.alike("SUPPORT 89% +0.94\n", "SUPPORT 90% +0.9493105\n")
    assert not tool.alike("SUPPORT 89%\n", "SUPPORT 93%\n")
    assert not tool.alike("SUPPORT 0.89\n", "SUPPORT 0.93\n")
    assert not tool.alike("SUPPORT 89%\n", "ACCUSE 89%\n")
    assert not tool.alike("on 2024-06-04, 2 promises\n", "on 2024-06-05, 2 promises\n")
    assert not tool.alike("89% 90%\n", "89%\n")


def test_outputs_shown_exist(tool: ModuleType) -> None:
    asked = {
        name for page in PAGES for name in re.findall(r"<!-- shown: ([\w-]+) -->", page.read_text(encoding="utf-8"))
    }
    assert asked == set(tool.OUTPUTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_shown_runs(
    page: Path, reader: dragoman.Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dragoman, "Reader", lambda *_args, **_named: reader, raising=False)
    for block in blocks(page, "python"):
        code = compile(block, page.name, "exec")
        if "import pandas" not in block:
            exec(code, {})
    assert not list(tmp_path.glob("*.db")) or page.name in ARCHIVES_MADE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
