"""What an archive is, in figures: where it lies, of which schema, how large, and how much of each kind it holds.

In: an open archive. Out: `Facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from dragoman.archive import tables
from dragoman.archive.opening import NEWEST, Store


@dataclass(frozen=True, slots=True)
class Facts:
    """An archive in figures.

    Attributes:
        where: its address.
        kind: of database: "sqlite" or "postgresql".
        schema: its version.
        bytes: that it takes on the disk.
        rows: how many each table has, `reports` first.
        first, last: days of the oldest and the newest report that has one.
    """

    where: str
    kind: str
    schema: str
    bytes: int
    rows: dict[str, int]
    first: date | None
    last: date | None


def facts(store: Store) -> Facts:
    """The figures of an archive."""
    published = tables.reports.c.published
    with store.reading() as connection:
        first, last = connection.execute(select(func.min(published), func.max(published))).one()
        return Facts(
            where=store.where,
            kind=store.kind,
            schema=NEWEST,
            bytes=store.home.size(connection),
            rows={
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in sorted(tables.metadata.tables.values(), key=lambda table: table is not tables.reports)
            },
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
        )
