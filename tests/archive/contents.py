"""All that an archive holds, to hold two against each other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dragoman.archive import tables
from dragoman.archive.opening import Store


def contents(url: str, *, numbers: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of an archive, row by row; a server gives out no number twice, so they may be left out.

    The moment at which the archive decided something is left out as well.
    """
    store = Store(url, read_only=True)
    with store.reading() as connection:
        found = {}
        for table in tables.metadata.sorted_tables:
            columns = [column for column in table.columns if numbers or column.name != "number"]
            columns = [column for column in columns if column is not tables.story_decisions.c.at]
            found[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    store.close()
    return found
