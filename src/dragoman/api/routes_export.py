"""Route: entries in the layouts that other tools read, as a stream."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import chain
from typing import IO, Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from dragoman.api.filters import asked, given
from dragoman.api.problems import Problem
from dragoman.api.routes_entries import READS
from dragoman.api.shelf import OfShelf
from dragoman.errors import DragomanError
from dragoman.exports.formats import ALLOWED, FORMS, KINDS, Export, Form, export
from dragoman.record.export import What

router = APIRouter(responses=READS, tags=["exports"])
PIECE = 1 << 16
"""Bytes that are sent at once."""
_TEXT = "text/plain; charset=utf-8"
MEDIA: dict[Form, str] = {
    "jsonl": "application/x-ndjson",
    "ftm": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "gdelt": "text/tab-separated-values; charset=utf-8",
    "polecat": "text/tab-separated-values; charset=utf-8",
    "icews": "text/tab-separated-values; charset=utf-8",
    "phoenix": "text/tab-separated-values; charset=utf-8",
    "petrarch2": _TEXT,
}
"""What each format is sent as."""


def _route(form: Form, what: What) -> None:
    unit: dict[str, tuple[Any, dict[str, Any]]] = {
        "unit": (
            Literal["event", "report"],
            {"default": "event", "description": "What a row is: an event, or a report's telling of it."},
        )
    }
    at_most = {"limit": (int, {"ge": 0, "description": "Entries at most; all by default.", "examples": [1000]})}
    model = asked("events" if what == "mentions" else what, page=False, more=at_most | unit)

    def stream(shelf: OfShelf, query: Any) -> StreamingResponse:
        made = export(shelf.archive, form, what, unit=query.unit, **given(query, "unit"))
        pieces = _parquet(made) if form == "parquet" else _pieces(made)
        # What is wrong with the question shows at the first piece, while there is still an answer to say so.
        first = next(pieces, b"")
        name = f'attachment; filename="dragoman-{what}.{form}"'
        return StreamingResponse(chain((first,), pieces), media_type=MEDIA[form], headers={"Content-Disposition": name})

    stream.__annotations__["query"] = Annotated[model, Query()]
    kind = MEDIA[form].partition(";")[0]
    schema = {"type": "string", "format": "binary"} if form == "parquet" else {"type": "string"}
    router.add_api_route(
        f"/export/{form}/{what}",
        stream,
        methods=["GET"],
        response_class=StreamingResponse,
        responses={200: {"description": "The file, bit by bit.", "content": {kind: {"schema": schema}}}},
        summary=f"Export {what} as {form}",
        description="The file itself, as `dragoman export` writes it; what stands beside it is not sent.",
        operation_id=f"export_{form}_{what}",
    )


def _pieces(made: Export) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for suffix, text in made.pieces():
        if suffix:
            continue
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    if held:
        yield "".join(held).encode("utf-8", "replace")


def _parquet(made: Export) -> Iterator[bytes]:
    """Parquet, by way of a file: its end is written first of all."""
    try:
        from dragoman.exports import parquet  # noqa: PLC0415 - an extra, and slow to load

        with tempfile.TemporaryFile() as file:
            parquet.write(made.rows, made.what, file)
            file.seek(0)
            yield from _read(file)
    except DragomanError as error:
        if isinstance(error.__cause__, ImportError):
            raise Problem(503, "This server has no room for Parquet; install dragoman[tables] there.") from error
        raise


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


# One for each kind that a format has room for: each kind has filters of its own.
for _form in FORMS:
    for _what in KINDS:
        if _what in ALLOWED[_form]:
            _route(_form, _what)
