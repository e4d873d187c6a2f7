"""The archive's filters as query parameters.

In: a kind of rows. Out: a Pydantic model with one field for each filter that the archive has for them, so that what is
checked and what the OpenAPI document tells are one thing. Unknown parameters are refused. Names and fixed words are the
archive's own (`archive.filters`); this file adds shapes and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from dragoman.archive import filters
from dragoman.archive.paging import MOST

TEXT = r"^[^\u0000-\u001f\u007f]+$"
"""A line of text without control characters."""


def _iso(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise ValueError("write a day as 2024-06-01")
    if not isinstance(given, str | date):
        raise ValueError("write a day as text: 2024-06-01")  # noqa: TRY004 - Pydantic takes only ValueError
    return given


Day = Annotated[date, BeforeValidator(_iso)]
"""A day as ISO has it; no seconds since 1970, which Pydantic would take, too."""
CODE = "^[A-Z]{3}$"
REPORT = "^[0-9a-f]{16}$"
CURSOR = "^[A-Za-z0-9_-]+$"


def _line(says: str, example: str) -> tuple[Any, dict[str, Any]]:
    return str, {"description": says, "pattern": TEXT, "max_length": 200, "examples": [example]}


def _shaped(says: str, pattern: str, example: str) -> tuple[Any, dict[str, Any]]:
    return str, {"description": says, "pattern": pattern, "examples": [example]}


_FILTERS: Mapping[str, tuple[Any, dict[str, Any]]] = {
    "dyad": _shaped("Both countries stand in it, on two sides; either direction.", "^[A-Z]{3}-[A-Z]{3}$", "ALB-MLT"),
    "actor": _shaped("Country of who acts, speaks or promises.", CODE, "MLT"),
    "recipient": _shaped("Country of who is acted on, spoken to or spoken about.", CODE, "ALB"),
    "category": (str, {"description": "PLOVER category.", "examples": ["ACCUSE"]}),
    "mode": _line("PLOVER mode.", "meet"),
    "cameo": _shaped("CAMEO code, and all below it: its first one to four digits.", "^[0-9]{1,4}$", "03"),
    "quad": (int, {"description": "PLOVER quad class.", "ge": 1, "le": 4, "examples": [1]}),
    "status": (str, {"description": "How far it came."}),
    "background": (bool, {"description": "Whether it was told as something older than the news."}),
    "since": (Day, {"description": "First day, included.", "examples": ["2024-01-01"]}),
    "until": (Day, {"description": "Last day, included.", "examples": ["2024-12-31"]}),
    "publisher": _line("Outlet.", "Harbour Wire"),
    "min_confidence": (
        float,
        {"description": "At least this sure.", "ge": 0, "le": 1, "allow_inf_nan": False, "examples": [0.5]},
    ),
    "report_id": _shaped("Id of the report that tells it.", REPORT, "0123456789abcdef"),
    "state": _shaped("A state that stands in it, on whatever side.", CODE, "MLT"),
    "sector": (str, {"description": "PLOVER sector of somebody who stands in it.", "examples": ["GOV"]}),
    "name": _line("Somebody's name, or a part of it.", "Solhaug"),
    "speaker": _line("On whose word: a country's code, or a name or a part of one.", "MLT"),
    "place": _line("Where: a place's name, or a country's code.", "Valletta"),
    "contexts": (str, {"description": "PLOVER context of an event."}),
    "kind": (str, {"description": "Which kind of them."}),
    "channel": (str, {"description": "How the contact was made.", "examples": ["meeting"]}),
    "stance": (str, {"description": "How the speaker stands to what is spoken about.", "examples": ["negative"]}),
    "judged": (
        str,
        {
            "description": "How people judged it; `follow` leaves out what is wrong and puts corrections in.",
            "examples": ["follow"],
        },
    ),
    "open": (bool, {"description": "Whether it can still be kept."}),
    "overdue": (bool, {"description": "Whether its day has passed and nothing tells that it was kept."}),
}
"""Type and shape of each filter; `limit` is the page's."""
_AFTER = {"description": "The page before's `next`.", "pattern": CURSOR, "max_length": 2000}
_LIMIT = {"description": "Rows in a page.", "ge": 1, "le": MOST}


def asked(of: str, *, page: bool = True, more: Mapping[str, tuple[Any, dict[str, Any]]] | None = None) -> Any:
    """The model of what may be asked of rows of a kind.

    Args:
        of: the kind, as `archive.filters` names it.
        page: whether rows come in pages, with a cursor.
        more: further parameters: type, and what `Field` takes; without a ``default`` they are optional.
    """
    fields: dict[str, Any] = {}
    for name in filters.known(of):
        if name == "limit":
            continue
        form, shape = _FILTERS[name]
        words = filters.values(of, name)
        if words:
            form = Literal[words]
            shape = {"examples": [words[0]]} | shape
        fields[name] = _field(form, shape)
    return form_of(f"{of.capitalize()}Asked", fields, page=page, more=more)


def form_of(
    name: str,
    fields: Mapping[str, Any],
    *,
    page: bool = True,
    more: Mapping[str, tuple[Any, dict[str, Any]]] | None = None,
) -> Any:
    """A model of query parameters with these fields, those of a page, and further ones."""
    every = dict(fields) | {key: _field(form, shape) for key, (form, shape) in (more or {}).items()}
    if page:
        every |= {"after": _field(str, _AFTER), "limit": _field(int, _LIMIT | {"default": 50})}
    made: type[BaseModel] = create_model(name, __config__=ConfigDict(extra="forbid"), **every)
    return made


def given(model: BaseModel, *without: str) -> dict[str, Any]:
    """What was asked, without what was not and without these."""
    return {name: value for name, value in model if value is not None and name not in without}


def _field(form: Any, shape: Mapping[str, Any]) -> Any:
    return (form, Field(**({"default": None} | dict(shape))))
