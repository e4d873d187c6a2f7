"""Archives of an older schema, made by the migrations that led to it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import column as sa_column
from sqlalchemy import insert, inspect, table

from dragoman.archive import tables
from dragoman.archive.opening import MIGRATIONS, home_of
from dragoman.archive.writer import entry_rows, report_row
from dragoman.record.entries import Record

FIRST = ("reports", "actors", "events", "contacts", "statements", "commitments", "places", "parties")
"""Tables of the first schema that are cut from records."""


def make_first(url: str, records: Iterable[Record]) -> None:
    """Make an archive of the first schema where there is nothing; its records do not have `told`, which came later."""
    home = home_of(url, read_only=False)
    home.prepare()
    with home.writing().begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        there = {name: {column["name"] for column in inspect(connection).get_columns(name)} for name in FIRST}
        for record in records:
            kept = zlib.compress(json.dumps(_without(record.model_dump(mode="json"))).encode())
            made = {tables.reports: [report_row(record) | {"record": kept}], **entry_rows(record)}
            for now, rows in made.items():
                columns = [column for column in now.columns if column.name in there.get(now.name, ())]
                then = table(now.name, *(sa_column(column.name, column.type) for column in columns))
                if columns and rows:
                    names = {column.name for column in columns}
                    connection.execute(insert(then), [{key: row[key] for key in row if key in names} for row in rows])
    home.close()


def _without(part: Any) -> Any:
    """JSON as the first schema had it."""
    if isinstance(part, dict):
        return {name: _without(value) for name, value in part.items() if name != "told"}
    return [_without(item) for item in part] if isinstance(part, list) else part
