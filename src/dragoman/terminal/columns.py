"""Tables that fit the width they are given, without cutting words where it can be helped.

In: columns and rows of text. Out: a Rich table whose columns have fixed widths: each at least as wide as its longest
word, the rest shared out so that rows are low.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from dragoman.terminal.palette import QUIET

GAP = 2
_LONGEST_WORD = 20
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        head: its name.
        right: whether it is set to the right, as numbers are.
        share: how much its need for width counts beside others'.
    """

    head: str
    right: bool = False
    share: float = 1.0


def table(columns: Sequence[Column], rows: Sequence[Sequence[Text]], width: int, *, apart: bool = False) -> Table:
    """A table no wider than `width`; columns in which nothing stands are left out.

    Args:
        columns: all columns.
        rows: a cell for each column; a cell may have several lines.
        width: what there is.
        apart: put an empty line between rows.
    """
    full = [place for place in range(len(columns)) if any(row[place].plain.strip() for row in rows)]
    used = full or list(range(len(columns)))
    picked = [columns[place] for place in used]
    cells = [[row[place] for place in used] for row in rows]
    made = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0), header_style=QUIET, border_style=QUIET,
        leading=1 if apart else 0, width=None,
    )  # fmt: skip
    for column, wide in zip(picked, _widths(picked, cells, width), strict=True):
        made.add_column(column.head, justify="right" if column.right else "left", width=wide, overflow="fold")
    for row in cells:
        made.add_row(*row)
    return made


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], width: int) -> list[int]:
    """Each at least its longest word, at most its longest line; what is left goes where it makes rows lower."""
    # The box puts one sign between columns, the cells' own padding is none.
    left = width - (len(columns) - 1)
    least, most = [], []
    for place, column in enumerate(columns):
        texts = [column.head, *(row[place].plain for row in rows)]
        longest = max(cell_len(word) for text in texts for word in text.split() or [""])
        least.append(min(longest, _LONGEST_WORD) + (GAP - 1))
        most.append(max(cell_len(part) for text in texts for part in text.split("\n")) + (GAP - 1))
    wide = list(least)
    while sum(wide) > left:
        widest = wide.index(max(wide))
        wide[widest] -= 1
    step = max(len(rows) // _SAMPLE, 1)
    lengths = [[[cell_len(part) for part in cell.plain.split("\n")] for cell in row] for row in rows[::step]]
    for _ in range(left - sum(wide)):
        gains = [0.0] * len(wide)
        for row in lengths:
            heights = [sum(max(1.0, part / wide[place]) for part in cell) for place, cell in enumerate(row)]
            highest = max(heights)
            gains[heights.index(highest)] += highest
        wanting = [place for place in range(len(wide)) if wide[place] < most[place]]
        if not wanting:
            break
        grows = max(wanting, key=lambda place: (gains[place] * columns[place].share, most[place] / wide[place]))
        wide[grows] += 1
    return wide
