"""Cells into their columns: stray tabs, cut ends, shifted columns, and headers that name other columns.

In: a line and the shape it should have. Out: the cells in order and what was mended, or why the line is refused.
Whether cells stand right is told by those that can be checked: days, numbers, codes. A line is mended only when every
one of them fits afterwards.
"""

from __future__ import annotations

from dragoman.imports.layouts import OTHER_NAMES, Shape
from dragoman.imports.mending import MISSING, Mended

MOST_STRAY = 12


class DoesNotFit(ValueError):  # noqa: N818 - reads as what it is
    """A line whose cells cannot be brought into their columns; the text says why."""


def cut(line: str) -> list[str]:
    """A line's cells; quotes around a whole cell are taken off."""
    return [_unquoted(cell) for cell in line.split("\t")]


def _unquoted(cell: str) -> str:
    kept = cell.strip(" \r")
    if len(kept) > 1 and kept[0] == kept[-1] == '"':
        return kept[1:-1].replace('""', '"')
    return kept


def shape_of(header: list[str], usual: Shape) -> tuple[Shape, list[str]]:
    """The shape that a header tells, and the columns the usual shape does not have."""
    known = {name.lower(): name for name in usual.names} | OTHER_NAMES
    names = [known.get(" ".join(cell.lower().split()), f"?{cell}") for cell in header]
    strange = [name[1:] for name in names if name.startswith("?")]
    return Shape(tuple(names), usual.patterns, usual.needed & set(names)), strange


def is_header(cells: list[str], usual: Shape) -> bool:
    """Whether a line names columns: more than half of them."""
    known = {name.lower() for name in usual.names} | set(OTHER_NAMES)
    return sum(" ".join(cell.lower().split()) in known for cell in cells) > len(cells) / 2


def fitted(cells: list[str], shape: Shape) -> tuple[list[str], Mended | None]:
    """Cells in the order of the shape.

    Raises:
        DoesNotFit: when they cannot be brought there.
    """
    surplus = len(cells) - len(shape.names)
    if surplus == 0:
        if not shape.wrong(cells):
            return cells, None
        if found := _joined([*cells, ""], shape, 1):
            what = "a stray tab shifted the columns, and the last was cut"
            return found[0], Mended("columns", what, _done("shifted back", only=found[1]))
        if _essential(cells, shape):
            return cells, None
        raise DoesNotFit("its columns are shifted; no way to shift them back makes all days, numbers and codes fit")
    if surplus > 0:
        if not any(cells[len(shape.names) :]) and not shape.wrong(cells[: len(shape.names)]):
            return cells[: len(shape.names)], Mended("columns", f"{surplus} empty cells too many at its end", "cut off")
        if surplus <= MOST_STRAY and (found := _joined(cells, shape, surplus)):
            tabs = "a stray tab" if surplus == 1 else f"{surplus} stray tabs"
            return found[0], Mended("tabs", f"{tabs} inside a cell", _done("made a blank", only=found[1]))
        raise DoesNotFit(f"it has {len(cells)} cells, not {len(shape.names)}, and no way to join them fits")
    padded = cells + [""] * -surplus
    if not shape.wrong(padded):
        return padded, Mended("columns", f"its last {-surplus} cells are missing", "taken as empty")
    raise DoesNotFit(f"it has {len(cells)} cells, not {len(shape.names)}, and they do not fit from the first on")


def _done(words: str, *, only: bool) -> str:
    return words if only else f"{words} in the first of several cells where that fits"


def _joined(cells: list[str], shape: Shape, surplus: int) -> tuple[list[str], bool] | None:
    """Cells with a run of them joined so that all fit, and whether that is the only way."""
    ways: list[tuple[bool, int, list[str]]] = []
    for place, name in enumerate(shape.names):
        run = cells[place : place + surplus + 1]
        said = [cell for cell in run if cell.lower() not in MISSING]
        tried = [*cells[:place], " ".join(said) or run[0], *cells[place + surplus + 1 :]]
        if not shape.wrong(tried):
            # Best where two texts are joined, not a text and an empty cell beside it, and where text is expected.
            ways.append((name not in shape.patterns, len(said), tried))
    if not ways:
        return None
    best = max(way[:2] for way in ways)
    chosen = [tried for free, filled, tried in ways if (free, filled) == best]
    return chosen[0], len(chosen) == 1


def _essential(cells: list[str], shape: Shape) -> bool:
    """Whether the columns a row cannot do without hold what they should, and at most one other cell does not."""
    needed = Shape(tuple(name for name in shape.names if name in shape.needed), shape.patterns, shape.needed)
    chosen = [cell for name, cell in zip(shape.names, cells, strict=True) if name in shape.needed]
    return not needed.wrong(chosen) and shape.wrong(cells) <= 1
