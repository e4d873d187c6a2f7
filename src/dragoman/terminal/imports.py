"""What an import of dictionaries did, on a terminal and in a pipe.

On a terminal by file, each loss with its line and reason. In a pipe one loss a line, its fields in a fixed order:

    left out or in part | file | line | entry | why
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.knowledge.petrarch import Imported, Left
from dragoman.terminal.guard import complain
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line


def show(done: Imported, folder: Path, form: Form) -> None:
    """Print what was left out; the counts come last, in a pipe on standard error."""
    if form in ("json", "jsonl"):
        print_json((asdict(left) for left in done.left), form)
    elif form == "lines":
        for left in done.left:
            put(joined(left.fate, left.file, str(left.line), left.entry, left.what))
    else:
        out = screen()
        for file, left_there in groupby(done.left, key=lambda left: left.file):
            _show_file(out, file, list(left_there))
        out.print(Text(summary(done, folder), style=STRONG), width=min(out.width, TEXT_WIDTH))
        return
    complain(summary(done, folder))


def summary(done: Imported, folder: Path) -> str:
    """How many entries there were, what became of them, and what comes next."""
    entries = counted(done.read, "entry", "entries")
    parts = f", {done.in_part:,} losses in part" if done.in_part > 1 else ", 1 loss in part" if done.in_part else ""
    fates = f"{done.written:,} written, {done.known:,} known already, {done.left_out:,} left out{parts}"
    if not done.files:
        return f"{entries} read: {fates}. Nothing was written."
    files = counted(len(done.files), "file")
    return f"{entries} read: {fates}. {files} in {folder}; look at them with: dragoman knowledge check {folder}"


def _show_file(out: Console, file: str, left: list[Left]) -> None:
    width = min(out.width, TEXT_WIDTH)
    out.print(Text(line(file), style=STRONG), width=width)
    for one in left:
        head = Text(f"line {one.line}", style=QUIET) + Text(f"  {line(one.entry)}")
        if one.fate == "in part":
            head += Text("  in part", style=QUIET)
        out.print(Padding(head, (0, 0, 0, 2)), width=width)
        out.print(Padding(Text(line(one.what)), (0, 0, 1, 4)), width=width)
