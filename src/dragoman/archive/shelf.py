"""The archive's columns as whole arrays, kept in memory from one question to the next.

In: a connection, and what an earlier question left on the shelf. Out: a `Sight`: the columns as they stand in that
transaction, each over all rows of its group, in the order in which reports came. Blocks never change but in what was
moved, so that only new ones are read; what stands in no block yet is cut from its rows.

At most `KEPT` bytes are held; what has not been asked for longest goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock, RLock
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select

from dragoman.archive import tables
from dragoman.archive.columns import Array, smallest, unpacked
from dragoman.archive.cutting import FORMS, REFERS, Cut, Group
from dragoman.archive.lexicon import Lexicon
from dragoman.archive.tallies import Block, blocks

KEPT = 1 << 29
_WHOLE = {"number": np.int64, "share": np.float64, "day": np.int32, "id": np.uint64, "row": np.int32}
"""Types of whole columns; words take as little as they need."""


class Column(NamedTuple):
    """An array over all rows of a group, and where it holds words, those by number."""

    values: Array
    lexicon: Lexicon

    @property
    def words(self) -> Sequence[str | None]:
        """What the numbers stand for."""
        return self.lexicon.words


class _Held(NamedTuple):
    """A column on the shelf: the pieces it is made of, and where each ends."""

    pieces: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]
    column: Column


class Shelf:
    """What an open archive keeps in memory between questions.

    Attributes:
        making: held by who makes a column longer, so that its words are numbered once.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.making = RLock()
        self._held: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, name: Any) -> Any:
        """What was put there under this name; None if nothing was, or if it is gone."""
        with self._lock:
            if name not in self._held:
                return None
            self._held.move_to_end(name)
            return self._held[name][0]

    def put(self, name: Any, what: Any, size: int) -> None:
        """Keep this, and let go of what is too much."""
        with self._lock:
            self._bytes += size - (self._held.pop(name)[1] if name in self._held else 0)
            self._held[name] = (what, size)
            while self._bytes > KEPT and len(self._held) > 1:
                self._bytes -= self._held.popitem(last=False)[1][1]


class Sight:
    """The columns in one transaction."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self.connection = connection
        self._shelf = shelf
        self._tail: dict[str, Group] = {}
        self._columns: dict[tuple[str, str], Column] = {}
        outside, *packed = blocks(connection)
        last = packed[-1].last if packed else 0
        newest = connection.execute(select(func.max(tables.reports.c.number))).scalar() or 0
        self._blocks: list[Block] = packed
        self._between = (last + 1, newest) if newest > last else None
        self._moves = outside.moves

    def size(self, group: str) -> int:
        """How many rows a group has."""
        return sum(block.sizes[group] for block in self._blocks) + self._of_tail(group).size

    def values(self, group: str, name: str) -> Array:
        """A column's array."""
        return self.column(group, name).values

    def column(self, group: str, name: str) -> Column:
        """A column over all rows of its group."""
        if (group, name) not in self._columns:
            self._columns[group, name] = self._whole(group, name)
        return self._columns[group, name]

    def number(self, group: str, name: str, word: str) -> int | None:
        """What a word is numbered by in a column; None when it does not occur."""
        return self.column(group, name).lexicon.number(word)

    def kept(self, name: str, of: Sequence[str], make: Callable[[], Array]) -> Array:
        """What is made of these groups' columns, made anew only when one of them is another."""
        key = tuple(self._pieces(group) for group in of)
        found = self._shelf.get(name)
        if found is None or found[0] != key:
            found = (key, make())
            self._shelf.put(name, found, found[1].nbytes)
        made: Array = found[1]
        return made

    @cached_property
    def _cut(self) -> Cut:
        assert self._between is not None
        return Cut(self.connection, *self._between)

    def _of_tail(self, group: str) -> Group:
        """Rows of reports that stand in no block yet."""
        if self._between is None:
            return Group(0, {})
        if group not in self._tail:
            key = ("tail", self._between, self._moves)
            found = self._shelf.get(("tail", group))
            if found is None or found[0] != key:
                found = (key, self._cut.group(group))
                self._shelf.put(("tail", group), found, sum(map(len, found[1].columns.values())))
            self._tail[group] = found[1]
        return self._tail[group]

    def _pieces(self, group: str) -> tuple[tuple[int, ...], ...]:
        """What a group is made of now: blocks, and behind them what is in none."""
        moved = group == "events.moved"
        pieces: list[tuple[int, ...]] = [(b.number, b.moves if moved else 0) for b in self._blocks]
        if self._between is not None:
            pieces.append((0, self._moves if moved else 0, *self._between))
        return tuple(pieces)

    def _whole(self, group: str, name: str) -> Column:
        pieces = self._pieces(group)
        with self._shelf.making:
            held: _Held | None = self._shelf.get((group, name))
            if held is None or held.pieces != pieces:
                held = self._made(group, name, pieces, held)
                self._shelf.put((group, name), held, held.column.values.nbytes + 200 * len(held.column.words))
        return held.column

    def _made(self, group: str, name: str, pieces: tuple[tuple[int, ...], ...], held: _Held | None) -> _Held:
        """A column of these pieces; what is held of it already is not read again."""
        same = 0
        while held and same < min(len(pieces), len(held.pieces)) and pieces[same] == held.pieces[same]:
            same += 1
        form, other = FORMS[group][name], REFERS.get((group, name))
        lexicon = held.column.lexicon if held else Lexicon()
        ends = list(held.ends[:same]) if held else []
        parts = [held.column.values[: ends[-1]]] if held and ends else []
        base = sum(self._size_of(piece, other) for piece in range(same)) if other else 0
        for piece, data in enumerate(self._data(group, name, same), start=same):
            found = unpacked(data)
            values = found.values
            if form == "word":
                values = smallest(lexicon.add(found.words), len(lexicon))[values]
            elif other:
                values = values.astype(np.int32) + np.int32(base)
                base += self._size_of(piece, other)
            parts.append(values)
            ends.append((ends[-1] if ends else 0) + len(values))
        type_ = np.min_scalar_type(len(lexicon)) if form == "word" else _WHOLE[form]
        whole = np.concatenate(parts).astype(type_, copy=False) if parts else np.zeros(0, type_)
        return _Held(pieces, tuple(ends), Column(whole, lexicon))

    def _size_of(self, piece: int, group: str) -> int:
        return self._blocks[piece].sizes[group] if piece < len(self._blocks) else self._of_tail(group).size

    def _data(self, group: str, name: str, begin: int) -> list[bytes]:
        """The packed column of all pieces from one on."""
        found: list[bytes] = []
        if begin < len(self._blocks):
            column, block = tables.tally_columns.c, tables.tally_blocks.c
            query = (
                select(column.data)
                .join(tables.tally_blocks, block.number == column.block)
                .where(column.rows == group, column.name == name, block.first >= self._blocks[begin].first)
                .order_by(block.first)
            )
            found = [bytes(row.data) for row in self.connection.execute(query)]
        if self._between is not None:
            found.append(self._of_tail(group).columns[name])
        return found
