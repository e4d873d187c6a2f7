"""Cursors for lists that are counted through: search hits, claims, judgements, a timeline, readouts.

In: how many rows have gone by, and the question. Out: an opaque text, and back. Refuses what is no cursor and one of
another question, with a problem.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from dragoman.api.filters import given
from dragoman.api.problems import Problem

Row = TypeVar("Row")
FARTHEST = 100_000
"""Rows that may be counted through."""


def skipped(after: str | None, asked: Mapping[str, Any]) -> int:
    """How many rows a cursor of this question has gone by; 0 without one.

    Raises:
        Problem: for what is no cursor, or one of another question.
    """
    if after is None:
        return 0
    try:
        question, number = json.loads(base64.urlsafe_b64decode(after.encode("ascii") + b"=" * (-len(after) % 4)))
        number = int(number)
    except (ValueError, TypeError):
        raise Problem(422, "after is no cursor; give what the page before has as next.", word="cursor") from None
    if question != _hash(asked) or not 0 < number <= FARTHEST:
        raise Problem(422, "the cursor belongs to another question; ask the same, or begin anew.", word="cursor")
    return number


def page_of(found: Iterable[Row], query: Any, **more: Any) -> dict[str, Any]:
    """The page of what was found that a query asks for: what has gone by is passed over.

    Args:
        found: all rows, in their order.
        query: what was asked, with `after` and `limit`.
        more: what belongs to the question besides, such as parts of the path.
    """
    asked = given(query) | more
    skip = skipped(query.after, asked)
    return paged(list(islice(found, skip, skip + query.limit + 1)), skip, query.limit, asked)


def paged(rows: Sequence[Row], skip: int, limit: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A page of rows of which one more than the limit was fetched, if there are so many."""
    more = len(rows) > limit and skip + limit <= FARTHEST
    return {"rows": list(rows[:limit]), "next": _cursor(skip + limit, asked) if more else None}


def _cursor(number: int, asked: Mapping[str, Any]) -> str:
    told = json.dumps([_hash(asked), number], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _hash(asked: Mapping[str, Any]) -> str:
    told = {name: str(value) for name, value in asked.items() if value is not None and name not in {"after", "limit"}}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
