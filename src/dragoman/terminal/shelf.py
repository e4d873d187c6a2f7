"""Lists of an archive on a terminal: its reports, and what a search found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dragoman.terminal.columns import Column, table
from dragoman.terminal.marked import excerpt
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.tables import WIDE, stacked
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line

if TYPE_CHECKING:
    from dragoman.archive.rows import Hit, ReportRow

SHORT_ID = 8
PAGE = 500


def show_reports(console: Console, rows: Iterable[ReportRow]) -> int:
    """Print reports in tables of up to `PAGE` rows, so that memory is bounded; returns how many there were."""
    number = 0
    left = iter(rows)
    while page := list(islice(left, PAGE)):
        number += len(page)
        console.print(_reports(page, console.width))
    console.print(Text(counted(number, "report") if number else "No report.", style=QUIET))
    return number


def _reports(rows: list[ReportRow], width: int) -> Any:
    wide = width >= WIDE
    columns = [Column("Id"), Column("Published"), Column("Report")]
    columns += (
        [Column("Outlet"), *(Column(name, right=True) for name in ("Events", "Contacts", "Commitments"))]
        if wide
        else []
    )
    cells = []
    for row in rows:
        title = Text(line(row.title) if row.title else "(no title)")
        outlet = Text(line(row.publisher) if row.publisher else "", style=QUIET)
        tells = (
            counted(row.events, "event"), counted(row.contacts, "contact"), counted(row.commitments, "commitment"),
        )  # fmt: skip
        cell = [Text(row.report_id[:SHORT_ID], style=QUIET), Text(row.published.isoformat() if row.published else "")]
        if wide:
            counts = (row.events, row.contacts, row.commitments)
            cell += [title, outlet, *(Text(str(count)) for count in counts)]
        else:
            cell += [stacked(title, outlet, Text(", ".join(tells), style=QUIET))]
        cells.append(cell)
    return table(columns, cells, width, apart=not wide)


def show_hits(console: Console, hits: Iterable[Hit]) -> int:
    """Print search hits with their snippets, the words underlined; returns how many there were."""
    number = 0
    width = min(console.width, TEXT_WIDTH)
    for hit in hits:
        number += 1
        console.print(Text(line(hit.title) if hit.title else "(no title)", style=STRONG), width=width)
        known = (hit.report_id[:SHORT_ID], hit.published.isoformat() if hit.published else None, hit.publisher)
        console.print(Text(" · ".join(line(part) for part in known if part), style=QUIET))
        console.print(Padding(excerpt(hit.snippet, hit.marks), (0, 0, 1, 2)), width=width)
    console.print(Text(f"{counted(number, 'report')} found." if number else "Nothing found.", style=QUIET))
    return number


def report_data(row: ReportRow) -> dict[str, Any]:
    """A report of an archive as JSON has it: what `list` shows, without the text."""
    counts = ("actors", "events", "contacts", "statements", "commitments", "places")
    return {
        "id": row.report_id,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published.isoformat() if row.published else None,
        "url": row.url,
        **{name: getattr(row, name) for name in counts},
    }


def hit_data(hit: Hit) -> dict[str, Any]:
    """A search hit as JSON has it."""
    return {
        "id": hit.report_id,
        "title": hit.title,
        "publisher": hit.publisher,
        "published": hit.published.isoformat() if hit.published else None,
        "url": hit.url,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "score": hit.score,
    }
