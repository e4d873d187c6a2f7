"""What an import of other event data did: each fault with its place, and the counts.

On a terminal the first faults of each kind by file, then how many more there were. In a pipe one fault a line, its
fields in a fixed order, all of them:

    kind | file | line | what was wrong | what was done
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from rich.text import Text

from dragoman.imports.intake import Fault, Imported
from dragoman.terminal.guard import complain
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line

FIRST = 5
"""Faults of a kind that a terminal shows."""


class Faults:
    """Prints faults as they come."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._seen: Counter[str] = Counter()
        self._kept: list[Fault] = []

    def __call__(self, fault: Fault) -> None:
        """Print a fault, or keep it for the end."""
        self._seen[fault.kind] += 1
        if self._form == "json":
            self._kept.append(fault)
        elif self._form == "jsonl":
            print_json([asdict(fault)], "jsonl")
        elif self._form == "lines":
            put(joined(fault.kind, fault.file, str(fault.line), fault.what, fault.done))
        elif self._seen[fault.kind] <= FIRST:
            place = f"{line(fault.file)}, line {fault.line:,}" if fault.line else line(fault.file)
            told = Text(f"{place}  ", style=QUIET) + Text(f"{line(fault.what)}: {line(fault.done)}")
            screen().print(told, width=min(screen().width, TEXT_WIDTH))

    def end(self, done: Imported) -> None:
        """Print what is left to say; the counts come last, in a pipe on standard error."""
        if self._form == "json":
            print_json([asdict(fault) for fault in self._kept], "json")
        if self._form == "table":
            for kind, number in sorted(self._seen.items()):
                if number > FIRST:
                    more = f"… and {number - FIRST:,} more of the kind {kind!r}"
                    screen().print(Text(more, style=QUIET), width=min(screen().width, TEXT_WIDTH))
            screen().print(Text(summary(done), style=STRONG), width=min(screen().width, TEXT_WIDTH))
        else:
            complain(summary(done))


def summary(done: Imported) -> str:
    """How many rows there were and what became of them."""
    kinds = {kind: number for kind, number in sorted(done.kinds.items()) if kind not in ("line", "file")}
    mended = f" Mended or told: {', '.join(f'{number:,} {kind}' for kind, number in kinds.items())}." if kinds else ""
    files = f" {counted(done.files_refused, 'file')} refused." if done.files_refused else ""
    return (
        f"{counted(done.rows, 'row')} in {counted(done.files, 'file')}: {done.added:,} added, {done.already_there:,} "
        f"already there, {done.refused:,} refused.{mended}{files}"
    )
