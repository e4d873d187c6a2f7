"""Tables of text parted by tabs, written strictly: every row has its columns, and no cell holds a tab or a line end.

In: a layout and rows of cells. Out: lines. A tab or line end inside a cell becomes one blank; control characters go.
A row of another number of cells is a fault of the writer and raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.exports.layouts import Layout

Cell = str | int | float | None
_BLANK = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def cell(value: Cell, missing: str = "") -> str:
    """One cell's text."""
    if value is None or value == "":
        return missing
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return _CONTROL.sub("", _BLANK.sub(" ", str(value))).strip() or missing


def line(cells: Sequence[str]) -> str:
    """Cells as a line with its end."""
    return "\t".join(cells) + "\n"


def lines(layout: Layout, rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The header, where the layout has one, and a line for each row.

    Raises:
        AssertionError: for a row that has not the layout's columns.
    """
    if layout.header:
        yield line(layout.names)
    for row in rows:
        yield row_line(layout, row)


def row_line(layout: Layout, row: Sequence[Cell]) -> str:
    """A row as a line."""
    if len(row) != len(layout.columns):
        raise AssertionError(f"{layout.name}: {len(row)} cells in a row of {len(layout.columns)} columns")
    return line([cell(value, layout.missing) for value in row])
