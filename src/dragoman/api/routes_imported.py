"""Route: events of other data that were imported, to stand beside the archive's own."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from dragoman.api import cursors, shown
from dragoman.api.filters import TEXT, asked, form_of, given
from dragoman.api.routes_entries import READS
from dragoman.api.shelf import OfShelf
from dragoman.archive.imported import ImportedFilters

router = APIRouter(responses=READS, tags=["entries"])
_OWN = asked("events", page=False).model_fields
_IMPORTED = form_of(
    "ImportedAsked",
    {name: (_OWN[name].annotation, _OWN[name]) for name in ImportedFilters.__annotations__ if name in _OWN},
    more={"source": (str, {"pattern": TEXT, "max_length": 40, "description": "Which data.", "examples": ["gdelt"]})},
)


def imported(shelf: OfShelf, query: Any) -> Response:
    """Events of GDELT, POLECAT and ICEWS as their files have them, by day; they never count among the archive's own."""
    found = shelf.archive.imported(**given(query, "after", "limit"))
    return shown.answer(shown.ImportedPage, cursors.page_of(found, query))


imported.__annotations__["query"] = Annotated[_IMPORTED, Query()]
router.add_api_route(
    "/imported", imported, methods=["GET"], response_model=shown.ImportedPage, summary="Events of other data",
    operation_id="list_imported",
)  # fmt: skip
