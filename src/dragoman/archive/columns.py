"""A column of values as bytes, and back as an array: so that a million can be gone through in milliseconds.

In: values of one kind, in the order of the rows. Out: bytes that any machine reads alike: a line of JSON that says of
what type the numbers are, then the numbers, little-endian. Words are numbered; their list stands in the first line, the
missing one has number 0.

    number   whole numbers, true and false; none is missing
    share    numbers with a point, exact
    day      ISO days, as days since 0000-12-31; 0 where there is none
    id       16 hex digits, as one number
    word     text; 0 where there is none
    row      numbers of rows in another table's block, counted from 0
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Form = Literal["number", "share", "day", "id", "word", "row"]
Array = NDArray[Any]


class Unpacked(NamedTuple):
    """An array, and where it holds words, those: `words[n]` is what number n stands for, `words[0]` is missing."""

    values: Array
    words: Sequence[str | None]


def packed(form: Form, values: Sequence[Any]) -> bytes:
    """Values as bytes."""
    return _PACK[form](values)


def unpacked(data: bytes) -> Unpacked:
    """Bytes as they came from `packed`."""
    head, _, rest = data.partition(b"\n")
    about = json.loads(head)
    return Unpacked(np.frombuffer(rest, dtype=about["type"]), [None, *about.get("words", ())])


@lru_cache(maxsize=1 << 16)
def day_number(day: str | None) -> int:
    """A day as a number; 0 for none."""
    return date.fromisoformat(day).toordinal() if day else 0


def id_number(report_id: str) -> int:
    """A report's id as a number."""
    return int(report_id, 16)


def report_of(number: int) -> str:
    """The id that a number stands for."""
    return f"{number:016x}"


def smallest(values: Iterable[int] | Array, most: int) -> Array:
    """Whole numbers from 0 to `most` in as few bytes as they need."""
    return np.asarray(values, dtype=np.min_scalar_type(most))


def _bytes(values: Array, **about: Any) -> bytes:
    values = values.astype(values.dtype.newbyteorder("<"))
    return json.dumps({"type": values.dtype.str, **about}).encode() + b"\n" + values.tobytes()


def _numbers(values: Sequence[int]) -> bytes:
    return _bytes(smallest([int(value) for value in values], int(max(values, default=0))))


def _words(values: Sequence[str | None]) -> bytes:
    known: dict[str | None, int] = {None: 0}
    numbers = [known.setdefault(value, len(known)) for value in values]
    return _bytes(smallest(numbers, len(known)), words=list(known)[1:])


_PACK: dict[Form, Callable[[Sequence[Any]], bytes]] = {
    "number": _numbers,
    "row": _numbers,
    "share": lambda values: _bytes(np.array(values, dtype=np.float64)),
    "day": lambda values: _bytes(np.array([day_number(day) for day in values], dtype=np.uint32)),
    "id": lambda values: _bytes(np.array([id_number(value) for value in values], dtype=np.uint64)),
    "word": _words,
}
