"""What is printed of an archive as a whole: its figures, what a check found, what a copy came to.

In a pipe one figure or inconsistency a line, `` | `` between a name and its value; summaries go to standard error.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from dragoman.terminal.columns import Column, table
from dragoman.terminal.guard import complain
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line

if TYPE_CHECKING:
    from dragoman.archive.copying import Copied
    from dragoman.archive.facts import Facts
    from dragoman.archive.health import Checked

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def show_facts(facts: Facts, form: Form) -> None:
    """Print an archive's figures."""
    days = [day.isoformat() for day in (facts.first, facts.last) if day]
    if form in {"json", "jsonl"}:
        print_json([asdict(facts) | {"first": days[0] if days else None, "last": days[-1] if days else None}], form)
        return
    if form == "lines":
        named: dict[str, Any] = {"archive": facts.where, "kind": facts.kind, "schema": facts.schema}
        named |= {"bytes": facts.bytes, "first": days[0] if days else None, "last": days[-1] if days else None}
        for name, value in (named | facts.rows).items():
            put(joined(name, None if value is None else str(value)))
        return
    out = screen()
    out.print(Text(line(facts.where), style=STRONG), width=min(out.width, TEXT_WIDTH))
    out.print(Text(f"{facts.kind} · schema {facts.schema} · {size(facts.bytes)}", style=QUIET))
    out.print(Text(f"reports of {' to '.join(dict.fromkeys(days))}" if days else "no dated report", style=QUIET))
    out.print()
    rows = [[Text(name.replace("_", " ")), Text(f"{number:,}")] for name, number in facts.rows.items()]
    out.print(table([Column("Kind"), Column("Rows", right=True)], rows, out.width))


def show_checked(checked: Checked, form: Form) -> None:
    """Print what a check found."""
    if form in {"json", "jsonl"}:
        print_json([asdict(checked)], form)
    else:
        for found in checked.found:
            put(line(found))
    number = len(checked.found)
    words = counted(number, "inconsistency", "inconsistencies") if number else "No inconsistency"
    notes = ""
    if checked.unfinished:
        notes = (
            " It is a copy that was broken off: only the database itself was checked."
            " Finish it by the same command: dragoman archive copy."
        )
    elif checked.index_left_out:
        notes = " The words in the index were not held against the texts: the file may not be written."
    complain(f"{words} in {checked.where}, {counted(checked.reports, 'report')}.{notes}")


def show_copied(copied: Copied) -> None:
    """Say what a copy came to."""
    rows = sum(copied.rows.values())
    begun = "finished, " if copied.went_on else ""
    print(
        f"{begun}{counted(copied.rows['reports'], 'report')} and {counted(rows - copied.rows['reports'], 'other row')}"
        f" at {line(copied.where)}, {copied.written:,} of them written now; all compared"
    )


def size(number: int) -> str:
    """A number of bytes in words: ``3.2 MB``."""
    amount, unit = float(number), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{number:,} bytes" if unit == 0 else f"{amount:,.1f} {_UNITS[unit]}"
