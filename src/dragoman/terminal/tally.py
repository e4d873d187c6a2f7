"""Counts in print: a table with bars on a terminal, JSON, and lines for a pipe:

key | number | tellings | mean intensity
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from dragoman.terminal.palette import QUIET
from dragoman.terminal.plain import joined
from dragoman.terminal.wording import NONE, line

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.archive.rows import Count

_NUMBERS = 12
_WIDEST = 60


def show(console: Console, counts: Iterable[Count], what: str, by: str) -> int:
    """Print counts as a table with a bar each; returns how many lines there were."""
    rows = list(counts)
    if not rows:
        return 0
    most = max(row.number for row in rows) or 1
    with_mean = any(row.intensity is not None for row in rows)
    told = any(row.tellings != row.number for row in rows)
    key = max(len(by), min(max(len(line(row.key)) for row in rows), console.width // 3)) + 1
    width = max(8, min(_WIDEST, console.width - key - _NUMBERS * (1 + told + with_mean)))
    made = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style=QUIET, border_style=QUIET
    )
    made.add_column(by.capitalize(), max_width=key, overflow="ellipsis", no_wrap=True)
    made.add_column(what.capitalize(), justify="right")
    if told:
        made.add_column("Tellings", justify="right")
    if with_mean:
        made.add_column("Intensity", justify="right")
    made.add_column("", width=width)
    for row in rows:
        cells: list[Any] = [Text(line(row.key)), f"{row.number:,}"]
        cells += [f"{row.tellings:,}"] if told else []
        cells += [_mean(row)] if with_mean else []
        made.add_row(*cells, Bar(most, 0, row.number, width=width, color="color(67)"))
    console.print(made)
    return len(rows)


def _mean(row: Count) -> str:
    return f"{row.intensity:+.2f}".replace("-", "−") if row.intensity is not None else ""


def line_of(row: Count) -> str:
    """A count as a line for a pipe."""
    mean = f"{row.intensity:+.2f}" if row.intensity is not None else None
    return joined(row.key or NONE, str(row.number), str(row.tellings), mean)


def data(row: Count) -> dict[str, Any]:
    """A count as JSON has it."""
    return {"key": row.key, "number": row.number, "tellings": row.tellings, "sum": row.sum, "intensity": row.intensity}
