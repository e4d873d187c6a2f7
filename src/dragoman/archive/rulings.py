"""What people ruled of stories: pairs of reports, or of events, that belong together or do not.

In: two sets of ids. Out: whether a person has put any two of them apart. Of several rulings on one pair the last holds.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, or_, select

from dragoman.archive import tables


def apart(connection: Connection, these: Collection[str], those: Collection[str]) -> bool:
    """Whether one of these may not be joined with one of those."""
    return bool(pairs_apart(connection, these, those))


def pairs_apart(connection: Connection, these: Collection[str], those: Collection[str]) -> set[frozenset[str]]:
    """All pairs of one of these and one of those that a person has put apart."""
    column = tables.story_rulings.c
    asked = list(these if len(these) <= len(those) else those)
    query = select(column.one, column.other, column.together).where(or_(column.one.in_(asked), column.other.in_(asked)))
    last: dict[frozenset[str], bool] = {}
    for row in connection.execute(query.order_by(column.number)):
        if (row.one in these and row.other in those) or (row.other in these and row.one in those):
            last[frozenset((row.one, row.other))] = row.together
    return {pair for pair, together in last.items() if not together}


def rule(
    connection: Connection,
    pairs: Collection[tuple[str, str]],
    *,
    together: bool,
    by: str,
    reason: str | None,
) -> None:
    """Keep what a person says of these pairs."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if pairs:
        connection.execute(
            insert(tables.story_rulings),
            [
                {"one": one, "other": other, "together": together, "reason": reason, "by": by, "at": at}
                for one, other in pairs
            ],
        )
