"""What a page shows, to take away: its rows as CSV or JSON, at the page's own address with ``as=csv`` or ``as=json``.

In: rows, lazily. Out: a streamed answer. In CSV a text that a spreadsheet would run as a formula gets an apostrophe
before it; JSON has it as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi.responses import StreamingResponse

FORMS = ("csv", "json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer(rows: Iterable[dict[str, Any]], form: str, name: str) -> StreamingResponse:
    """The rows as a file called ``name.csv`` or ``name.json``."""
    stream = _csv(rows) if form == "csv" else _json(rows)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    clean = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)[:80] or "dragoman"
    clean = clean.encode("ascii", "replace").decode().replace("?", "-")
    return StreamingResponse(
        stream, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{clean}.{form}"'}
    )


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    kept = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(kept, list(row), extrasaction="ignore")
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})
        if kept.tell() > 1 << 15:
            yield kept.getvalue()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, list | tuple):
        return ";".join(str(part) for part in value)
    return value


def _json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield f"{before}\n{json.dumps(row, ensure_ascii=False, default=str)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
