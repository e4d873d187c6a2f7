"""Entries as Parquet: the columns of CSV with their types, and lists where CSV joins values.

In: rows. Out: a file, written a batch at a time. Codes are text, days of reports are dates, a column that may hold
several values is a list with one value per party in the same order. Needs the extra ``dragoman[tables]`` (pyarrow).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import DragomanError
from dragoman.exports import together
from dragoman.record.export import Cells, What, cells, columns, dtypes, lists

if TYPE_CHECKING:
    import pyarrow

BATCH = 5000
VERSION = "1"
_NUMBERS = ("_starts", "_ends")


def schema(what: What) -> pyarrow.Schema:
    """The columns and their types.

    Raises:
        DragomanError: where pyarrow is missing.
    """
    arrow = _arrow()
    kinds = {"string": arrow.string(), "Int64": arrow.int64(), "Float64": arrow.float64(), "boolean": arrow.bool_()}
    several, types = lists(what), dtypes(what)
    fields = []
    for name in columns(what):
        kind = arrow.date32() if name == "published" else kinds[types[name]]
        if name in several:
            number = name.endswith(_NUMBERS) or name == "events"
            kind = arrow.list_(arrow.int64() if number else arrow.string())
        fields.append(arrow.field(name, kind))
    return arrow.schema(fields, {"dragoman.layout": f"{what} {VERSION}"})


def schema_together() -> pyarrow.Schema:
    """The columns of one's own events and imported ones in one table.

    Raises:
        DragomanError: where pyarrow is missing.
    """
    arrow = _arrow()
    kinds = {"string": arrow.string(), "Int64": arrow.int64(), "Float64": arrow.float64()}
    fields = [
        arrow.field(
            column.name, arrow.list_(arrow.string()) if column.name in together.SEVERAL else kinds[column.dtype]
        )
        for column in together.LAYOUT.columns
    ]
    return arrow.schema(fields, {"dragoman.layout": f"{together.LAYOUT.name} {together.LAYOUT.version}"})


def write(rows: Iterable[Any], what: What, file: IO[bytes]) -> int:
    """Write an archive's rows to an open file; returns how many.

    Raises:
        DragomanError: where pyarrow is missing.
    """
    return _write((_typed(cells(row, what)) for row in rows), schema(what), file)


def write_together(rows: Iterable[Cells], file: IO[bytes]) -> int:
    """Write rows of one's own and imported events to an open file; returns how many.

    Raises:
        DragomanError: where pyarrow is missing.
    """
    return _write(rows, schema_together(), file)


def _write(rows: Iterable[Any], known: pyarrow.Schema, file: IO[bytes]) -> int:
    arrow, count = _arrow(), 0
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - an extra

    rows = iter(rows)
    with ParquetWriter(file, known, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_table(arrow.Table.from_pylist(batch, schema=known))
            count += len(batch)
    return count


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    day = row["published"]
    return row | {"published": date.fromisoformat(day) if day else None}


def _arrow() -> Any:
    try:
        import pyarrow  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise DragomanError(f'Parquet needs a further package: pip install "dragoman[tables]" ({error})') from error
    return pyarrow
