"""What a check of the knowledge files found, on a terminal and in a pipe.

On a terminal by file, each finding with what to do about it. In a pipe one finding a line, its fields in a fixed order:

    fault or note | kind | file | entry | what is wrong | what to do
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from dragoman.knowledge.checks import Checked
from dragoman.knowledge.findings import Finding
from dragoman.terminal.guard import complain
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line

_FAULT = Style(color="color(131)")


def show(checked: Checked, form: Form) -> None:
    """Print findings; how many there are comes last, in a pipe on standard error."""
    if form in ("json", "jsonl"):
        print_json((asdict(finding) for finding in checked.findings), form)
    elif form == "lines":
        for found in checked.findings:
            put(joined(found.grade, found.kind, found.file, found.entry, found.what, found.remedy))
    else:
        out = screen()
        for file, found_there in groupby(checked.findings, key=lambda finding: finding.file):
            _show_file(out, file, list(found_there))
        out.print(Text(summary(checked), style=STRONG), width=min(out.width, TEXT_WIDTH))
        return
    complain(summary(checked))


def summary(checked: Checked) -> str:
    """How much was looked at, and how much is wrong."""
    known = (
        counted(checked.states, "state"), counted(checked.bodies, "body", "bodies"),
        counted(checked.groupings, "grouping"), counted(checked.persons, "person"),
    )  # fmt: skip
    faults = counted(checked.faults, "fault") if checked.faults else "No fault"
    notes = len(checked.findings) - checked.faults
    more = f" and {counted(notes, 'note')}" if notes else ""
    return f"{faults}{more} in {counted(checked.files, 'file')}: {', '.join(known)}."


def _show_file(out: Console, file: str, findings: list[Finding]) -> None:
    width = min(out.width, TEXT_WIDTH)
    out.print(Text(line(file), style=STRONG), width=width)
    for finding in findings:
        head = Text(finding.kind, style=_FAULT if finding.grade == "fault" else QUIET)
        if finding.entry:
            head = Text(line(finding.entry)) + Text("  ") + head
        out.print(Padding(head, (0, 0, 0, 2)), width=width)
        out.print(Padding(Text(line(finding.what)), (0, 0, 0, 4)), width=width)
        out.print(Padding(Text(line(finding.remedy), style=QUIET), (0, 0, 1, 4)), width=width)
