"""Page after page: a question's rows in a stable order, each page with a cursor that leads to the next.

In: a kind of rows, filters, and the cursor of the page before. Out: a `Page`. A cursor is a text of letters, digits,
``-`` and ``_``; it holds the place of the last row and which question it belongs to. What is added meanwhile stands in
its place in the order: no row comes twice, and none that was there is left out. Refuses a text that is no cursor, and
one of another question.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from dragoman.archive.filters import Question
from dragoman.errors import ArchiveError

MOST = 1000
"""Rows in a page at most."""
_LONGEST = 1 << 16
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows.

    Attributes:
        rows: as the archive's other queries give them.
        next: the cursor that leads on; None when this is the last page.
    """

    rows: Sequence[Any]
    next: str | None


def cursor(what: str, asked: Question, newest: bool, place: Sequence[Any]) -> str:
    """A cursor for a question, of a place in its rows."""
    told = json.dumps([_question(what, asked, newest), *place], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(told, 9)).decode().rstrip("=")


def place(given: str, what: str, asked: Question, newest: bool, read: Callable[..., T]) -> T:
    """The place that a cursor of this question holds.

    Args:
        given: the cursor.
        what: the kind of rows.
        asked: the filters.
        newest: whether the order is turned round.
        read: makes a place of the parts it was made of; raises ValueError or TypeError where they cannot be.

    Raises:
        ArchiveError: for what is no cursor, or one of another question.
    """
    try:
        packed = base64.urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4))
        question, *parts = json.loads(zlib.decompressobj().decompress(packed, _LONGEST))
        found = read(*parts) if question == _question(what, asked, newest) else None
    except (AttributeError, UnicodeError, binascii.Error, zlib.error, ValueError, TypeError):
        raise ArchiveError(f"after={str(given)[:60]!r} is no cursor; give what the page before has as `next`") from None
    if found is None:
        raise ArchiveError(
            "the cursor belongs to another question; go on with the same filters and order, or begin anew"
        )
    return found


def _question(what: str, asked: Question, newest: bool) -> str:
    """A question in few letters; how many rows are wanted at once does not change it."""
    told = {name: value for name, value in asdict(asked).items() if value is not None and name != "limit"}
    return hashlib.sha256(json.dumps([what, told, newest], sort_keys=True).encode()).hexdigest()[:12]
