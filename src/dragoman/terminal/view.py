"""A whole record on a terminal: head, marked text, tables."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.record.entries import Record
from dragoman.report.report import Report
from dragoman.terminal.marked import legend, marked
from dragoman.terminal.palette import QUIET, STRONG, Palette
from dragoman.terminal.tables import tables
from dragoman.terminal.wording import line

TEXT_WIDTH = 96
_MARGIN = 2


def show(console: Console, record: Record) -> None:
    """Print a record: the report with its marks, then its tables."""
    palette = Palette(record)
    show_text(console, record, palette)
    for part in tables(record, palette, console.width):
        console.print(part)
    if not record.events:
        console.print(Text("\nNo event is told in words that support a code.", style=QUIET))
    console.print()


def show_text(console: Console, record: Record, palette: Palette, *, ruled: bool = True) -> None:
    """Print a report's head and its marked text, no wider than is good to read."""
    report = record.report
    width = min(console.width, TEXT_WIDTH)
    if ruled:
        console.rule(style=QUIET, characters="─")
    if report.title and not line(report.text).startswith(line(report.title)):
        console.print(Text(line(report.title), style=STRONG), width=width)
    console.print(head(report), width=width)
    console.print()
    console.print(Padding(marked(record, palette), (0, 0, 0, _MARGIN)), width=width)
    console.print()
    console.print(legend(record, palette), width=width)


def head(report: Report) -> Text:
    """Outlet, day, id and address of a report."""
    known = (report.publisher, report.published.isoformat() if report.published else None, report.id, report.url)
    return Text(" · ".join(line(part) for part in known if part), style=QUIET)
