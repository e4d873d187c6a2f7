"""Readouts compared, in print: side by side what both accounts tell, and what only one of them.

In: the archive's `Readout`s and what the two states are called. Out: columns on a terminal, JSON, and lines for a pipe,
all but the first with the number of the readout they belong to:

    readout   | number | day | channel | accounts of sides or outlets | why one contact | in what they differ
    account   | number | first or second | state | outlet | report id | day it appeared | why that state's
    also      | number | outlet | report id
    both      | number | kind | first: who | what | status | words | second: the same four | differences | why one
    first, second
              | number | kind | who | what | status | words | report id

On a terminal an item that only one account tells is left out where most of its words stand above as another kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.archive.items import KINDS, Item, Kind
from dragoman.archive.points import Point
from dragoman.archive.readouts import Readout, Side, Teller
from dragoman.evidence import Span
from dragoman.record.entries import Actor, Event, Place, Reason
from dragoman.terminal.pair import Pair, between, shortened, unquoted, what_shown
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.tables import WIDE, heading, stacked
from dragoman.terminal.told import meaning, status, who
from dragoman.terminal.wording import counted, day, line

SHORT_ID = 8
SHOWN, SHOWN_WIDE, SHOWN_IN_LINES = 120, 200, 200
"""Signs of an item's words on a terminal, narrow and wide, and in a pipe; JSON has them all."""
COVERED = 0.6
"""An item of which this part stands above is not shown again."""
_KIND = len("commitment")
_GAP = 2
_SHORT: tuple[Kind, ...] = ("topic", "place", "state")
"""Kinds that a few words tell; all of a kind share a row."""


def print_readouts(found: Iterable[Readout], pair: Pair, form: Form) -> None:
    """Print them in the form that was asked for, as they come."""
    if form == "table":
        show(screen(), found, pair)
    elif form == "lines":
        for number, readout in enumerate(found, start=1):
            for text in lines(number, readout):
                put(text)
    else:
        print_json(map(data, found), form)


def show(console: Console, found: Iterable[Readout], pair: Pair) -> None:
    """Print readouts one after the other."""
    console.print(pair.title)
    for readout in found:
        _show(console, readout, pair)


def lines(number: int, readout: Readout) -> Iterator[str]:
    """A readout's lines."""
    n = str(number)
    days = day(f"{readout.first_day}/{readout.last_day}")
    why, differ = _facts(readout.reasons), "; ".join(readout.differences) or None
    yield joined("readout", n, days, readout.channel, readout.told_apart, why, differ)
    for place, side in (("first", readout.first), ("second", readout.second)):
        for teller in side.tellers:
            known = (teller.publisher, teller.report_id, str(teller.published) if teller.published else None)
            yield joined("account", n, place, side.state, *known, _facts(teller.voice.reasons))
    for teller in readout.others:
        yield joined("also", n, teller.publisher, teller.report_id)
    for point in readout.points:
        if point.first and point.second:
            told = (*_fields(point.first), *_fields(point.second))
            yield joined("both", n, point.kind, *told, "; ".join(point.differences) or None, _facts(point.reasons))
        elif item := point.first or point.second:
            yield joined(point.told_by, n, point.kind, *_fields(item), item.report_id)


def data(readout: Readout) -> dict[str, Any]:
    """A readout as JSON has it."""
    return {
        "states": [readout.one, readout.other],
        "first_day": readout.first_day.isoformat(),
        "last_day": readout.last_day.isoformat(),
        "channel": readout.channel,
        "told_apart": readout.told_apart,
        "differences": list(readout.differences),
        "reasons": _reasons(readout.reasons),
        "first": _side(readout.first),
        "second": _side(readout.second),
        "others": [_teller(teller) for teller in readout.others],
        "points": [
            {
                "kind": point.kind,
                "told_by": point.told_by,
                "disputed": point.disputed,
                "first": _item(point.first),
                "second": _item(point.second),
                "differences": list(point.differences),
                "reasons": _reasons(point.reasons),
            }
            for point in readout.points
        ],
    }


def nothing(
    pair: Pair, since: str | None, until: str | None, url: str, contacts: int, others: Sequence[Readout] = ()
) -> str:
    """The sentences for two states of which no contact is told twice.

    Args:
        pair, since, until, url: what was asked, and of which archive.
        contacts: how many tellings of contacts there are.
        others: some readouts of other days.
    """
    if others:
        days = ", ".join(dict.fromkeys(readout.first_day.isoformat() for readout in others))
        advice = f"On other days there are: {days}. The day is that of the contact, not of the report"
    elif contacts:
        told = counted(contacts, "contact is", "contacts are")
        advice = f"{told} told, each by one outlet. To see: dragoman dyad {pair.one.code} {pair.other.code}"
    else:
        advice = "None is told at all. Add reports that tell of one: dragoman add reports/"
    return f"No contact of {pair.words}{between(since, until)} is told by two sides or outlets in {url}. {advice}"


def _show(console: Console, readout: Readout, pair: Pair) -> None:
    width = console.width
    days = day(f"{readout.first_day}/{readout.last_day}")
    title = Text(f"{days}  {readout.channel.upper()}", style=STRONG)
    console.print()
    console.print(Rule(title, style=QUIET, characters="━", align="left"), width=width)
    console.print(Text(f"Taken for one contact: {_facts(readout.reasons)}.", style=QUIET), width=width)
    for difference in readout.differences:
        console.print(Text(f"≠ {line(difference)}", style=STRONG), width=width)
    if readout.others:
        also = ", ".join(f"{line(teller.publisher)} ({teller.report_id[:SHORT_ID]})" for teller in readout.others)
        console.print(Text(f"Also told by {also}.", style=QUIET), width=width)
    console.print()
    console.print(_columns(width, ("", _account(readout.first, pair), _account(readout.second, pair))))
    _together(console, [point for point in readout.points if point.told_by == "both"], pair)
    _apart(console, readout, pair)


def _together(console: Console, points: list[Point], pair: Pair) -> None:
    """What both accounts tell; first where one tells what the other denies."""
    disputed = [point for point in points if point.disputed]
    agreed = [point for point in points if not point.disputed]
    if disputed:
        console.print(heading("One tells it, the other denies it", len(disputed), "point"))
        for place, point in enumerate(disputed):
            _both(console, point, pair, apart=place > 0)
    console.print(heading("Both tell", len(agreed), "point"))
    long = [point for point in agreed if point.kind not in _SHORT]
    for place, point in enumerate(long):
        _both(console, point, pair, apart=place > 0)
    for place, kind in enumerate(_SHORT):
        named = [point.first for point in agreed if point.kind == kind]
        if named:
            if long and not any(point.kind in _SHORT[:place] for point in agreed):
                console.print()
            console.print(_columns(console.width, (_label(kind), _listed(named))))


def _both(console: Console, point: Point, pair: Pair, *, apart: bool) -> None:
    """A thing that both tell: either's words side by side, then in what they differ and why they are one."""
    if apart:
        console.print()
    assert point.first is not None
    assert point.second is not None
    shown = [_shown(item, pair, console.width) for item in (point.first, point.second)]
    console.print(_columns(console.width, (_label(point.kind), *shown)))
    beneath = [Text(f"≠ {line(difference)}", style=STRONG) for difference in point.differences]
    for text in (*beneath, Text(f"= {_facts(point.reasons)}", style=QUIET)):
        console.print(Padding(text, (0, 0, 0, _KIND + _GAP)), width=console.width)


def _apart(console: Console, readout: Readout, pair: Pair) -> None:
    """What only one account tells, side by side, kind by kind."""
    kept, hidden = _fresh(readout.points)
    counts = [sum(point.told_by == told for point in readout.points) for told in ("first", "second")]
    console.print(heading("Only one of them tells", sum(counts), "point"))
    names = [_name(side, pair) for side in (readout.first, readout.second)]
    heads = [Text.assemble("Only ", name, (f" · {number}", QUIET)) for name, number in zip(names, counts, strict=True)]
    console.print(_columns(console.width, ("", *heads)))
    for kind in KINDS:
        left, right = (
            [point.first or point.second for point in kept if point.kind == kind and point.told_by == told]
            for told in ("first", "second")
        )
        rows = [
            [_shown(item, pair, console.width) if item else Text("–", style=QUIET) for item in row]
            for row in zip_longest(left, right)
        ]
        # Names are short: all of them share one row.
        if kind in _SHORT and rows:
            rows = [[_listed(left), _listed(right)]]
        for place, row in enumerate(rows):
            console.print()
            console.print(_columns(console.width, (_label(kind) if place == 0 else "", *row)))
    if hidden:
        console.print()
        words = f"{counted(hidden, 'more point')} in words that stand above as another kind; --format json has them."
        console.print(Padding(Text(words, style=QUIET), (0, 0, 0, _KIND + _GAP)), width=console.width)


def _label(kind: Kind) -> Text:
    return Text("others" if kind == "state" else kind, style=QUIET)


def _columns(width: int, cells: Sequence[Text | str]) -> Table:
    """The kind, and either account's column, of the same width in all rows."""
    half = (width - _KIND - 2 * _GAP) // 2
    made = Table.grid(padding=(0, _GAP, 0, 0))
    for size in (_KIND, half, half):
        made.add_column(width=size, overflow="fold")
    made.add_row(*cells)
    return made


def _account(side: Side, pair: Pair) -> Text:
    """An account's head: whose it is, by which reports, and what shows it."""
    parts = [_name(side, pair)]
    for teller in side.tellers:
        known = (
            line(teller.publisher) if teller.publisher and side.state else "",
            str(teller.published or ""), teller.report_id[:SHORT_ID],
        )  # fmt: skip
        parts.append(Text(" · ".join(filter(None, known))))
        parts += [Text(line(reason.fact), style=QUIET) for reason in teller.voice.reasons[:2]]
    return stacked(*parts)


def _name(side: Side, pair: Pair) -> Text:
    if side.state is not None:
        return Text(f"{pair.name(side.state)}’s side", style=pair.style(side.state, bold=True))
    teller = side.tellers[0]
    return Text(line(teller.publisher) if teller.publisher else teller.report_id[:SHORT_ID], style=STRONG)


def _shown(item: Item, pair: Pair, width: int) -> Text:
    """An item on a terminal: who and what, then the words."""
    words = Text(f"“{_words(item, SHOWN_WIDE if width >= WIDE else SHOWN)}”")
    entry = item.entry
    if entry is None or isinstance(entry, (Place, Actor)):
        return Text(_named(item))
    return stacked(pair.who(entry), what_shown(entry), words)


def _listed(items: Sequence[Item | None]) -> Text:
    return Text("; ".join(_named(item) for item in items if item)) if items else Text("–", style=QUIET)


def _named(item: Item) -> str:
    """A topic, place or state in a few words."""
    entry = item.entry
    country = f" ({entry.country})" if isinstance(entry, (Place, Actor)) and entry.country else ""
    return f"{line(entry.name if isinstance(entry, (Place, Actor)) else item.words)}{country}"


def _fresh(points: Iterable[Point]) -> tuple[list[Point], int]:
    """What only one account tells, without what stands in words already shown as another kind, and how much that is."""
    kept: list[Point] = []
    hidden = 0
    shown: dict[str, list[Span]] = {}
    for point in points:
        item = point.first or point.second
        if point.told_by == "both" or item is None:
            continue
        there = shown.setdefault(item.report_id, [])
        if item.kind in ("event", "statement") and item.span and _covered(item.span, there) >= COVERED:
            hidden += 1
            continue
        kept.append(point)
        if item.kind in ("commitment", "event", "statement") and item.span:
            there.append(item.span)
    return kept, hidden


def _covered(span: Span, others: Iterable[Span]) -> float:
    """What part of a stretch lies in others."""
    inside = {place for other in others for place in range(max(span.start, other.start), min(span.end, other.end))}
    return len(inside) / max(span.end - span.start, 1)


def _fields(item: Item) -> tuple[str | None, ...]:
    """Who, what, status and words of an item, for a line."""
    entry = item.entry
    if entry is None or isinstance(entry, (Place, Actor)):
        return None, None, None, _named(item)
    return who(entry), meaning(entry), status(entry), _words(item, SHOWN_IN_LINES)


def _words(item: Item, most: int) -> str:
    if item.span is None:
        return line(item.words)
    focus = item.entry.trigger if isinstance(item.entry, Event) else None
    return unquoted(shortened(item.span, most, focus))


def _facts(reasons: Iterable[Reason]) -> str:
    return line("; ".join(reason.fact for reason in reasons))


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [reason.model_dump() for reason in reasons]


def _side(side: Side) -> dict[str, Any]:
    return {"state": side.state, "tellers": [_teller(teller) for teller in side.tellers]}


def _teller(teller: Teller) -> dict[str, Any]:
    return {
        "report_id": teller.report_id,
        "title": teller.title,
        "publisher": teller.publisher,
        "published": teller.published.isoformat() if teller.published else None,
        "url": teller.url,
        "contact_id": teller.contact_id,
        "contact": teller.contact.model_dump(mode="json"),
        "side": teller.voice.side,
        "reasons": _reasons(teller.voice.reasons),
    }


def _item(item: Item | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "id": item.entry_id,
        "report_id": item.report_id,
        "also": list(item.also),
        "words": item.words,
        "span": item.span.model_dump() if item.span else None,
        "states": sorted(item.states),
        "towards": sorted(item.towards),
        "entry": item.entry.model_dump(mode="json") if item.entry else None,
    }
