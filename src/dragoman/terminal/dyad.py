"""Two states in print: how they got on by month, and everything between them in one timeline.

In: a `Dyad` of the archive and what the two are called. Out: a chart and a table on a terminal, JSON, and lines for a
pipe, of these kinds:

    dyad       | state | state | first day | last day | reports
    month      | month | mean | sum | events | quad 1 | quad 2 | quad 3 | quad 4
    uncounted  | why | events
    contact, event, statement, commitment
               | day | who | what | status | words, shortened | outlet | report id

The chart is drawn with Rich's own bars: so the numbers of each month stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.archive.dyads import KINDS, Dyad, DyadRow, Month
from dragoman.record.entries import Event
from dragoman.terminal.columns import Column, table
from dragoman.terminal.pair import Pair, between, shortened, status_shown, unquoted, what_shown
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.tables import WIDE, heading, stacked
from dragoman.terminal.told import meaning, status, what, who
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, day, line

SHORT_ID = 8
PAGE = 200
"""So many entries are laid out at once, so that memory is bounded."""
HIGHEST = 10.0
"""Of PLOVER's intensity, on either side of 0."""
SHOWN, SHOWN_IN_LINES = 150, 200
"""Signs of an entry's words on a terminal and in a pipe; JSON has them all."""
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_BETTER, _WORSE = "color(28)", "color(131)"
_MONTH = 8
_ZERO = Text("│", style=QUIET)
_UNCOUNTED = {"negated": "denied", "hypothetical": "supposed", "requested": "asked for", "no day": "without a day"}


def print_dyad(found: Dyad, pair: Pair, form: Form) -> None:
    """Print it in the form that was asked for."""
    if form == "table":
        show(screen(), found, pair)
    elif form == "lines":
        for text in lines(found, pair):
            put(text)
    else:
        print_json(data(found), form)


def show(console: Console, found: Dyad, pair: Pair) -> None:
    """Print head, chart and timeline."""
    width = min(console.width, TEXT_WIDTH)
    kinds = ", ".join(counted(found.kinds[kind], kind) for kind in KINDS if kind in found.kinds)
    told = f"{kinds}, told by {counted(found.reports, 'report')}"
    days = day(f"{found.first}/{found.last}") if found.first else ""
    console.print(pair.title)
    console.print(Text("\n").join(Text(part, style=QUIET) for part in (days, told) if part), width=width)
    console.print(heading("Cooperation and conflict", sum(month.events for month in found.months), "event"))
    if found.months:
        console.print(chart(found.months, console.width))
    console.print(Padding(Text(_counting(found), style=QUIET), (1, 0, 0, 0)), width=width)
    console.print(heading("Timeline", len(found.timeline), "entry", "entries"))
    left, before = iter(found.timeline), ""
    while page := list(islice(left, PAGE)):
        console.print(_timeline(page, before, pair, console.width))
        before = _day(page[-1])


def lines(found: Dyad, pair: Pair) -> Iterator[str]:
    """Everything as lines for a pipe."""
    states = (f"{state.name} ({state.code})" for state in (pair.one, pair.other))
    first, last = (end.isoformat() if end else None for end in (found.first, found.last))
    yield joined("dyad", *states, first, last, counted(found.reports, "report"))
    for month in found.months:
        numbers = (f"{month.mean:+.2f}", f"{month.sum:+.1f}", str(month.events), *map(str, month.quads))
        yield joined("month", month.month, *numbers)
    for why, number in found.uncounted.items():
        yield joined("uncounted", why, str(number))
    for row in found.timeline:
        told = (
            who(row.entry),
            meaning(row.entry),
            status(row.entry),
            _words(row, SHOWN_IN_LINES),
        )
        yield joined(row.kind, row.day.isoformat() if row.day else None, *told, row.publisher, row.report_id)


def data(found: Dyad) -> Iterator[dict[str, Any]]:
    """Everything as JSON has it: months, then entries."""
    for month in found.months:
        quads = {str(number): count for number, count in enumerate(month.quads, start=1)}
        known = {"month": month.month, "events": month.events, "mean": month.mean, "sum": month.sum}
        yield {"kind": "month", **known, "quads": quads}
    for row in found.timeline:
        yield {
            "kind": row.kind,
            "day": row.day.isoformat() if row.day else None,
            "id": row.id,
            "report_id": row.report_id,
            "publisher": row.publisher,
            "url": row.url,
            "published": row.published.isoformat() if row.published else None,
            "told_by": list(row.told_by),
            "counted": row.counted,
            "what": meaning(row.entry),
            "entry": row.entry.model_dump(mode="json"),
        }


def nothing(pair: Pair, since: str | None, until: str | None, url: str, others: list[tuple[str, int]]) -> str:
    """The sentences for two states of which the archive has nothing together; `others`: partners of the first."""
    asked = between(since, until)
    told = ", ".join(f"{state} ({number})" for state, number in others)
    known = f" Events of {pair.one.name} it has with: {told}." if told else ""
    advice = "Ask for more days, or add" if asked else "Add"
    return (
        f"No report in {url} tells of anything between {pair.words}{asked}.{known} "
        f"{advice} reports that tell of both: dragoman add reports/"
    )


def chart(months: tuple[Month, ...], width: int) -> RenderableType:
    """A row for each month: bars left and right of zero, and the numbers."""
    wide = width >= WIDE
    made = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0), header_style=QUIET, border_style=QUIET
    )
    numbers = (("Mean", 6), ("Sum", 7), ("Events", 7), *((f"Q{quad}", 4) for quad in (1, 2, 3, 4)))
    bars = 2 if wide else 1
    # The box puts a sign between columns; a bar has two halves and its zero.
    rest = width - _MONTH - sum(size for _, size in numbers) - len(numbers) - bars
    half = (rest // bars - 1) // 2
    worse, better = ("conflict", "cooperation") if half > len("cooperation") else ("−", "+")
    made.add_column("Month", width=_MONTH)
    for place, (name, size) in enumerate(numbers):
        if place < bars:
            made.add_column(f"{worse:<{half}}0{better:>{half}}", width=2 * half + 1, no_wrap=True)
        made.add_column(name, width=size, justify="right")
    most = max(abs(month.sum) for month in months) or HIGHEST
    for month in _filled(months):
        if isinstance(month, Month):
            row: list[RenderableType] = [month.month, _bar(month.mean, HIGHEST, half), _signed(month.mean)]
            row += [_bar(month.sum, most, half), _signed(month.sum)] if wide else [_signed(month.sum)]
            quads = (Text(str(count)) if count else Text("·", style=QUIET) for count in month.quads)
            made.add_row(*row, str(month.events), *quads)
        else:
            made.add_row(Text("…", style=QUIET), Text(month, style=QUIET, justify="center", overflow="ellipsis"))
    return made


def _bar(value: float, most: float, half: int) -> RenderableType:
    """A bar left or right of zero."""
    worse = Bar(most, most + min(value, 0), most, width=half, color=_WORSE)
    return _halves(half, worse, Bar(most, 0, max(value, 0), width=half, color=_BETTER))


def _halves(half: int, left: RenderableType, right: RenderableType) -> RenderableType:
    made = Table.grid(padding=0)
    for size in (half, 1, half):
        made.add_column(width=size, no_wrap=True)
    made.add_row(left, _ZERO, right)
    return made


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _filled(months: tuple[Month, ...]) -> Iterator[Month | str]:
    """Months with the gaps between them, in words."""
    before = _number(months[0].month) - 1
    for month in months:
        missing = _number(month.month) - before - 1
        if missing:
            yield counted(missing, "month") + " without"
        yield month
        before = _number(month.month)


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _counting(found: Dyad) -> str:
    """What the chart shows, and what does not count."""
    quads = ", ".join(f"Q{number} {name}" for number, name in enumerate(QUADS, start=1))
    parts = [f"{number} {_UNCOUNTED.get(why, why)}" for why, number in found.uncounted.items()]
    left_out = f" Left out: {', '.join(parts)}." if parts else ""
    return (
        f"PLOVER intensity, −10 to +10, of the events between the two: mean (bar) and sum of each month. {quads}. "
        "Background and what is denied, supposed or only asked for does not count; an event that several reports are "
        f"known to share counts once.{left_out}"
    )


def _timeline(rows: list[DyadRow], before: str, pair: Pair, width: int) -> RenderableType:
    """A page of the timeline; a day stands at its first entry only. `before`: the day of the last page's last."""
    days = [_day(row) for row in rows]
    heads = [Text("" if new == old else new, STRONG) for new, old in zip(days, [before, *days], strict=False)]
    if width < WIDE:
        return _stacked_timeline(rows, heads, pair)
    columns = [Column("Day"), Column("Kind"), Column("Who"), Column("What"), Column("Status")]
    cells = []
    for head, row in zip(heads, rows, strict=True):
        code, more = what(row.entry)
        told = stacked(Text(code, style=STRONG), Text(more, style=QUIET))
        kind = Text(row.kind, style=QUIET)
        cells.append([head, kind, pair.who(row.entry), told, status_shown(row.entry), stacked(*_told(row))])
    return table([*columns, Column("In these words")], cells, width, apart=True)


def _stacked_timeline(rows: list[DyadRow], heads: list[Text], pair: Pair) -> RenderableType:
    """The same where there is less room: who, what and the words below each other."""
    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(width=len("2024-06-01"))
    made.add_column(ratio=1)
    for head, row in zip(heads, rows, strict=True):
        kind = Text(row.kind, style=QUIET)
        made.add_row(stacked(head, kind), stacked(pair.who(row.entry), what_shown(row.entry), *_told(row)))
        made.add_row()
    return made


def _told(row: DyadRow) -> tuple[Text, Text]:
    """The words, and where they stand."""
    shared = f"told by {len(row.told_by)} reports" if len(row.told_by) > 1 else ""
    where = (line(row.publisher) if row.publisher else "", row.report_id[:SHORT_ID], shared)
    return Text(f"“{_words(row, SHOWN)}”"), Text(" · ".join(filter(None, where)), style=QUIET)


def _day(row: DyadRow) -> str:
    return row.day.isoformat() if row.day else "no day"


def _words(row: DyadRow, most: int) -> str:
    """The exact words, shortened, without quotation marks of their own around them."""
    focus = row.entry.trigger if isinstance(row.entry, Event) else None
    return unquoted(shortened(row.words, most, focus))
