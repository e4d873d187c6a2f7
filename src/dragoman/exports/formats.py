"""What can be exported, and how: each format's files, their columns and how rows become text.

In: an archive, a format, a kind of entry and filters. Out: an `Export`, whose `pieces` are the text of all its files,
bit by bit: ``("", line)`` for the file itself, ``("mentions.CSV", line)`` for one beside it. Nothing is read before it
is asked for, and nothing is kept but what a format must remember (events told by several reports, one day of Phoenix).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Literal, get_args

from dragoman.archive import Archive
from dragoman.archive.passages import Passage
from dragoman.errors import DragomanError
from dragoman.exports import ftm, gdelt, icews, parquet, petrarch2, phoenix, polecat, spans, tabs, together
from dragoman.exports.layouts import Layout
from dragoman.exports.sides import Kept, Needs, Unit
from dragoman.exports.together import Of
from dragoman.record.export import What, csv_lines, dtypes, jsonl, table_lines

Form = Literal["jsonl", "csv", "parquet", "gdelt", "polecat", "icews", "petrarch2", "phoenix", "ftm"]
FORMS: tuple[Form, ...] = get_args(Form)
KINDS: tuple[What, ...] = get_args(What)
Piece = tuple[str, str]
_TABLES = frozenset(KINDS)
_EVENTS: frozenset[What] = frozenset(("events",))
ALLOWED: Mapping[Form, frozenset[What]] = {
    "jsonl": _TABLES,
    "csv": _TABLES,
    "parquet": _TABLES,
    "gdelt": frozenset(("events", "mentions")),
    "polecat": _EVENTS,
    "icews": _EVENTS,
    "petrarch2": _EVENTS,
    "phoenix": _EVENTS,
    "ftm": frozenset(("events", "contacts", "statements", "commitments")),
}
"""Which kinds of entries each format has room for."""
BESIDE_GDELT = "mentions.CSV"


@dataclass(slots=True)
class Export:
    """One export, not yet run.

    Attributes:
        form, what, unit: as asked.
        layouts: the columns of each text file, by what is added to the file's name ("" is the file itself).
        header: how many of the file's own lines are no entries.
        kept: what chose the events, and counts what it left out.
    """

    form: Form
    what: What
    unit: Unit
    layouts: dict[str, Layout]
    header: int
    kept: Kept
    rows: Iterator[Any]
    filters: dict[str, Any]
    make: Callable[[Export], Iterator[Piece]] = field(repr=False)
    source: Of = "own"

    @property
    def left_out(self) -> dict[str, int]:
        """How many events (or pairs of them) were left out, by reason; final when all pieces have come."""
        return self.kept.left_out

    def pieces(self) -> Iterator[Piece]:
        """The text of all files, bit by bit; may be asked for once."""
        return self.make(self)

    def types(self) -> dict[str, dict[str, str]]:
        """What each column of each file holds, as pandas names it."""
        return {suffix: layout.dtypes() for suffix, layout in self.layouts.items()} | (
            {"": dtypes(self.what)} if self.form == "csv" and self.source == "own" else {}
        )


def export(
    archive: Archive, form: Form, what: What = "events", *, unit: Unit = "event", source: Of = "own", **filters: Any
) -> Export:
    """Prepare an export.

    Args:
        archive: where the entries are.
        form: of the files.
        what: kind of entries.
        source: of one's own events, those of other data that were imported, or all of them in one table; events only.
        unit: for the formats of other systems, whether a row is an event, however many reports tell it, or a telling.
        filters: as the archive takes them.

    Raises:
        DragomanError: when the format has no room for this kind of entry.
        ArchiveError, TypeError: for filters that cannot be meant.
    """
    if what not in ALLOWED[form]:
        raise DragomanError(
            f"{form} has no room for {what}; it takes: {', '.join(k for k in KINDS if k in ALLOWED[form])}"
        )
    if source != "own":
        return _together(archive, form, what, unit, source, filters)
    wanted = _MAKERS.get(form)
    if wanted is None:
        rows: Iterator[Any] = getattr(archive, what)(**filters)
        maker = {"jsonl": _jsonl, "csv": _csv, "ftm": _ftm, "parquet": _none}[form]
        return Export(form, what, unit, {}, int(form == "csv"), Kept(unit), rows, filters, maker)
    make, layouts, needs = wanted
    if what == "mentions":
        make, layouts = _gdelt_mentions, {"": gdelt.MENTIONS, spans.SUFFIX: spans.LAYOUT}
    kept = Kept(unit, needs, asked="status" in filters)
    header = int(layouts[""].header)
    return Export(form, what, unit, layouts, header, kept, archive.passages(**filters), filters, make)


def _together(archive: Archive, form: Form, what: What, unit: Unit, source: Of, filters: dict[str, Any]) -> Export:
    """One's own events and those of other data; what was denied or supposed is left out, as other data has no such."""
    if form not in ("jsonl", "csv", "parquet") or what != "events":
        raise DragomanError(f"{form} has no room for {what} of other data; events can go to jsonl, csv or parquet")
    kept = Kept(unit, asked="status" in filters)
    rows = together.rows(archive, source, kept, **filters)
    layouts = {"": together.LAYOUT} if form == "csv" else {}
    maker = {"jsonl": _jsonl_together, "csv": _csv_together, "parquet": _none}[form]
    return Export(form, what, unit, layouts, int(form == "csv"), kept, rows, filters, maker, source)


def _jsonl_together(asked: Export) -> Iterator[Piece]:
    return (("", json.dumps(row, ensure_ascii=False) + "\n") for row in asked.rows)


def _csv_together(asked: Export) -> Iterator[Piece]:
    return (("", line) for line in table_lines(together.LAYOUT.names, asked.rows))


def _none(asked: Export) -> Iterator[Piece]:
    raise AssertionError(f"{asked.form} is no text")


def _jsonl(asked: Export) -> Iterator[Piece]:
    return (("", line) for line in jsonl(asked.rows, asked.what))


def _csv(asked: Export) -> Iterator[Piece]:
    return (("", line) for line in csv_lines(asked.rows, asked.what))


def _ftm(asked: Export) -> Iterator[Piece]:
    return (("", line) for line in ftm.lines(asked.rows, asked.what))


def _gdelt(asked: Export) -> Iterator[Piece]:
    yield spans.SUFFIX, spans.header()
    for told, first in gdelt.both(asked.kept, asked.rows):
        if first:
            row = gdelt.event_row(told, asked.unit)
            yield "", tabs.row_line(gdelt.EVENTS, row)
        mention = gdelt.mention_row(told, asked.unit)
        yield BESIDE_GDELT, tabs.row_line(gdelt.MENTIONS, mention)
        yield spans.SUFFIX, spans.of_pair(mention[0], told)


def _gdelt_mentions(asked: Export) -> Iterator[Piece]:
    yield spans.SUFFIX, spans.header()
    for told, _ in gdelt.both(asked.kept, asked.rows):
        mention = gdelt.mention_row(told, asked.unit)
        yield "", tabs.row_line(gdelt.MENTIONS, mention)
        yield spans.SUFFIX, spans.of_pair(mention[0], told)


def _icews(asked: Export) -> Iterator[Piece]:
    yield "", tabs.line(icews.LAYOUT.names)
    yield spans.SUFFIX, spans.header()
    for told, first in gdelt.both(asked.kept, asked.rows):
        row = icews.row(told, asked.unit)
        if first:
            yield "", tabs.row_line(icews.LAYOUT, row)
        yield spans.SUFFIX, spans.of_pair(row[0], told)


def _polecat(asked: Export) -> Iterator[Piece]:
    yield "", tabs.line(polecat.LAYOUT.names)
    yield spans.SUFFIX, spans.header()
    for passage, first in asked.kept(_passages(asked)):
        row = polecat.row(passage, asked.unit)
        if first:
            yield "", tabs.row_line(polecat.LAYOUT, row)
        yield spans.SUFFIX, spans.of_passage(row[0], passage)


def _petrarch2(asked: Export) -> Iterator[Piece]:
    yield spans.SUFFIX, spans.header()
    for number, (line, told) in enumerate(petrarch2.lines(_passages(asked), asked.kept), start=1):
        yield "", line
        yield spans.SUFFIX, "".join(spans.of_pair(number, one) for one in told)


def _phoenix(asked: Export) -> Iterator[Piece]:
    yield spans.SUFFIX, spans.header()
    for row, told in phoenix.rows(_passages(asked), asked.kept):
        yield "", tabs.row_line(phoenix.LAYOUT, row)
        yield spans.SUFFIX, "".join(spans.of_pair(row[0], one) for one in told)


def _passages(asked: Export) -> Iterator[Passage]:
    return asked.rows


_Maker = tuple[Callable[[Export], Iterator[Piece]], dict[str, Layout], Needs]
_MAKERS: Mapping[str, _Maker] = {
    "gdelt": (_gdelt, {"": gdelt.EVENTS, BESIDE_GDELT: gdelt.MENTIONS, spans.SUFFIX: spans.LAYOUT}, gdelt.NEEDS),
    "polecat": (_polecat, {"": polecat.LAYOUT, spans.SUFFIX: spans.LAYOUT}, {}),
    "icews": (_icews, {"": icews.LAYOUT, spans.SUFFIX: spans.LAYOUT}, icews.NEEDS),
    "petrarch2": (_petrarch2, {"": petrarch2.LAYOUT, spans.SUFFIX: spans.LAYOUT}, petrarch2.NEEDS),
    "phoenix": (_phoenix, {"": phoenix.LAYOUT, spans.SUFFIX: spans.LAYOUT}, phoenix.NEEDS),
}


def write_parquet(asked: Export, file: IO[bytes]) -> int:
    """Write an export to an open file as Parquet; returns how many entries.

    Raises:
        DragomanError: where pyarrow is missing.
    """
    if asked.source != "own":
        return parquet.write_together(asked.rows, file)
    return parquet.write(asked.rows, asked.what, file)
