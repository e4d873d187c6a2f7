"""Fill the outputs shown in README.md and docs/ by running the commands they show.

    .venv/bin/python tools/outputs.py            write them
    .venv/bin/python tools/outputs.py --check    say which are stale; exit 1 if any is

A block to fill stands under a line ``<!-- shown: NAME -->``; the names are those of `OUTPUTS`. Nothing shown there is
written by hand.
"""

from __future__ import annotations

import argparse
import atexit
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dragoman import Reader, Record
from dragoman.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
REPORT = """\
OSLO, June 4 (Northern Desk) - Norwegian Foreign Minister Ingrid Solhaug met Chilean Foreign Minister Tomás Arriagada \
in Oslo on Tuesday and thanked Chile for its help in the fishing talks.

Arriagada promised that Chile would send two observers to Bergen by 1 September. "Norway is a true friend," he said.

Peru accused both countries of fishing in its waters.
"""
OTHER = """\
SANTIAGO, June 5 (Southern Courier) - Foreign Minister Tomás Arriagada met his Norwegian counterpart, Ingrid Solhaug, \
in Oslo on Tuesday. Solhaug thanked Chile for its help in the fishing talks.

Arriagada rejected higher port fees in Bergen. He did not promise to send observers.
"""
OWN = """\
category: SUPPORT
frames:
  - words: [garland, decorate]
    object_actor: true
    recipient: [object]
    cameo: "051"
    weight: 0.9
    example: "<a>The king</a> <t>garlanded</t> <r>the premier</r>."
"""
_BLOCK = re.compile(r"(<!-- shown: ([\w-]+) -->\n```\w*\n)(.*?)(```\n)", re.DOTALL)
_SHORT = 100
_ODDS = re.compile(r"\b\d{1,3}%|\b[01]\.\d+\b")
_BREATH = 0.025


@cache
def record() -> Record:
    """The record of the sample report."""
    return Reader().read(REPORT, published="2024-06-04")


@cache
def _desk() -> tuple[Path, str]:
    """A folder with report.txt and an archive that holds it, and what adding it printed."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder, _dragoman(("add", "report.txt", "--date", "2024-06-04"), folder)


def run(*arguments: str) -> str:
    """What `dragoman` prints there."""
    folder, added = _desk()
    done = added if arguments[0] == "add" else _dragoman(arguments, folder)
    return "\n".join(line.rstrip() for line in done.splitlines()).strip("\n") + "\n"


@cache
def pair(*arguments: str) -> str:
    """What `dragoman` prints of an archive that holds the sample report and one of the other side."""
    folder, _ = _desk()
    both = ("--archive", "sqlite:///pair.db")
    if not (folder / "pair.db").exists():
        (folder / "other.txt").write_text(OTHER, encoding="utf-8")
        _dragoman(("add", "report.txt", "--date", "2024-06-04", *both), folder)
        _dragoman(("add", "other.txt", "--date", "2024-06-05", *both), folder)
    return run(*arguments, *both)


def _dragoman(words: tuple[str, ...], folder: Path) -> str:
    """What a command prints into a pipe; run in this process, for a new one would load all models anew."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    surroundings |= {"COLUMNS": "88", "DRAGOMAN_ARCHIVE": "sqlite:///record.db"}
    printed, said = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, surroundings, clear=True),
        chdir(folder),
        redirect_stdout(printed),
        redirect_stderr(said),
    ):
        try:
            app(words, prog_name="dragoman")
        except SystemExit as done:
            if done.code:
                raise SystemExit(f"dragoman {' '.join(words)} failed:\n{said.getvalue()}") from None
    return printed.getvalue()


def entry(kind: str, number: int = 0) -> str:
    """One entry of the sample record as JSON; an actor inside a party is cut to its name and country."""
    data = json.loads(record().model_dump_json())[kind]
    chosen = data if isinstance(data, dict) else data[number]
    return _json(_cut(chosen, top=True)) + "\n"


def _cut(value: Any, *, top: bool = False) -> Any:
    if isinstance(value, list):
        return [_cut(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "mentions" in value and not top:
        return {"name": value["name"], "country": value["country"], "...": "..."}
    return {key: _cut(item) for key, item in value.items()}


def _json(value: Any, indent: int = 0) -> str:
    """JSON with what is short on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value or len(flat) + indent <= _SHORT:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list):
        inner = [_json(item, indent + 2) for item in value]
        left, right = "[", "]"
    else:
        inner = [f"{json.dumps(key)}: {_json(item, indent + 2)}" for key, item in value.items()]
        left, right = "{", "}"
    return f"{left}\n" + ",\n".join(pad + line for line in inner) + f"\n{' ' * indent}{right}"


def exported(what: str) -> str:
    """The first line of an export, as JSON laid out for reading."""
    return _json(_cut(json.loads(run("export", "jsonl", "--what", what).splitlines()[0]), top=True)) + "\n"


OUTPUTS: dict[str, Callable[[], str]] = {
    "report": lambda: REPORT,
    "read": lambda: run("read", "report.txt", "--date", "2024-06-04", "--format", "table"),
    "lines": lambda: run("read", "report.txt", "--date", "2024-06-04"),
    "explain": lambda: run("explain", "report.txt", "2", "--date", "2024-06-04"),
    "add": lambda: run("add", "report.txt", "--date", "2024-06-04"),
    "list": lambda: run("list"),
    "search": lambda: run("search", "fishing", "waters"),
    "who": lambda: run("who", "Solhaug", "--date", "2024-06-20", "--format", "table"),
    "who-office": lambda: run("who", "foreign minister of Qatar", "--date", "2024-06-01", "--format", "table"),
    "other": lambda: OTHER,
    "dyad": lambda: pair("dyad", "Norway", "Chile", "--format", "table"),
    "readouts": lambda: pair("readouts", "Norway", "Chile", "--format", "table"),
    "mention": lambda: exported("mentions"),
    "own-frame": lambda: OWN,
    "json-report": lambda: entry("report"),
    "json-actor": lambda: entry("actors"),
    "json-event": lambda: entry("events", 1),
    "json-contact": lambda: entry("contacts"),
    "json-statement": lambda: entry("statements", 1),
    "json-commitment": lambda: entry("commitments"),
    "json-place": lambda: entry("places"),
}


def filled(page: str) -> str:
    """A page with its shown outputs as they are now; what only another processor makes of them stays."""

    def fill(found: re.Match[str]) -> str:
        made = _made(found[2])
        return found[0] if alike(found[3], made) else found[1] + made + found[4]

    return _BLOCK.sub(fill, page)


def alike(shown: str, made: str) -> bool:
    """Whether two outputs are the same but for the last digits of probabilities.

    Models in eight bits add up a little otherwise on processors with other instructions.
    """
    if _ODDS.sub("*", shown) != _ODDS.sub("*", made):
        return False
    pairs = zip(_ODDS.findall(shown), _ODDS.findall(made), strict=True)
    return all(abs(_share(one) - _share(other)) <= _BREATH for one, other in pairs)


def _share(written: str) -> float:
    return float(written[:-1]) / 100 if written.endswith("%") else float(written)


@cache
def _made(name: str) -> str:
    return OUTPUTS[name]()


def main() -> None:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a page is stale")
    check = parser.parse_args().check
    stale = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = filled(text)
        if new != text:
            stale.append(page.name)
            if not check:
                page.write_text(new, encoding="utf-8")
    print(f"{'stale' if check else 'written'}: {', '.join(stale) or 'nothing'}")
    if check and stale:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
