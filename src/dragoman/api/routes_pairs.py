"""Routes: two states, and whom a state deals with."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from dragoman.api import cursors, shown
from dragoman.api.filters import TEXT, Day, form_of, given
from dragoman.api.problems import Problem
from dragoman.api.routes_entries import ONE, READS
from dragoman.api.shelf import OfShelf, Shelf
from dragoman.knowledge.state_asked import UnknownState, state_asked
from dragoman.terminal.readouts import data

router = APIRouter(responses=READS, tags=["states"])
State = Annotated[
    str, Path(pattern=TEXT, max_length=80, description="A state's code or name: MLT, Malta.", examples=["MLT"])
]
_DAYS: dict[str, tuple[Any, dict[str, Any]]] = {
    "since": (Day, {"description": "First day, included.", "examples": ["2024-01-01"]}),
    "until": (Day, {"description": "Last day, included.", "examples": ["2024-12-31"]}),
}
_KIND: tuple[Any, dict[str, Any]] = (
    Literal["contact", "event", "statement", "commitment"],
    {"description": "Only entries of this kind in the timeline.", "examples": ["contact"]},
)
_MOST = form_of(
    "PartnersAsked",
    {},
    page=False,
    more={"most": (int, {"default": 20, "ge": 1, "le": 500, "description": "States at most."})},
)


def _pair(shelf: Shelf, one: str, other: str) -> tuple[str, str]:
    codes = _code(shelf, one), _code(shelf, other)
    if codes[0] == codes[1]:
        raise Problem(404, f"{one} and {other} are one state; give two.")
    return codes


def _code(shelf: Shelf, name: str) -> str:
    try:
        return state_asked(name, shelf.files).code
    except UnknownState as unknown:
        raise Problem(404, str(unknown)) from None


def _in_order(query: Any) -> None:
    if query.since and query.until and query.since > query.until:
        raise Problem(422, f"since {query.since} is later than until {query.until}", word="days")


def dyad(shelf: OfShelf, one: State, other: State, query: Any) -> Response:
    """Contacts, events, statements and commitments between two states, oldest first, and by month the mean and sum of
    PLOVER intensity.

    Background and what is denied, supposed or only asked for does not count into the months.
    """
    codes = _pair(shelf, one, other)
    _in_order(query)
    told = shelf.archive.dyad(*codes, since=query.since, until=query.until)
    asked_for = given(query) | {"one": codes[0], "other": codes[1]}
    skip = cursors.skipped(query.after, asked_for)
    timeline = told.timeline.of(query.kind) if query.kind else told.timeline
    # The timeline counts from its newest end.
    number = min(query.limit + 1, max(len(timeline) - skip, 0))
    rows = timeline.newest(len(timeline) - skip - number, number)[::-1] if number else []
    names = ("one", "other", "since", "until", "first", "last", "kinds", "uncounted", "reports")
    shape = {name: getattr(told, name) for name in names} | {"months": list(told.months)}
    return shown.answer(shown.DyadShown, shape | cursors.paged(rows, skip, query.limit, asked_for))


def readouts(shelf: OfShelf, one: State, other: State, query: Any) -> Response:
    """Contacts that reports of both sides or several outlets tell: what both tell, and what each leaves out."""
    codes = _pair(shelf, one, other)
    _in_order(query)
    found = map(data, shelf.archive.readouts(*codes, since=query.since, until=query.until))
    return shown.answer(shown.ReadoutPage, cursors.page_of(found, query, one=codes[0], other=codes[1]))


def partners(shelf: OfShelf, state: State, query: Any) -> Response:
    """With whom a state stands in events, most often first, and in how many."""
    code = _code(shelf, state)
    rows = [{"state": other, "events": number} for other, number in shelf.archive.partners(code, query.most)]
    return shown.answer(shown.Partners, {"state": code, "rows": rows})


dyad.__annotations__["query"] = Annotated[form_of("DyadAsked", {}, more=_DAYS | {"kind": _KIND}), Query()]
readouts.__annotations__["query"] = Annotated[form_of("ReadoutsAsked", {}, more=_DAYS), Query()]
partners.__annotations__["query"] = Annotated[_MOST, Query()]

router.add_api_route(
    "/dyads/{one}/{other}", dyad, methods=["GET"], response_model=shown.DyadShown, responses=ONE,
    summary="What passed between two states", operation_id="get_dyad",
)  # fmt: skip
router.add_api_route(
    "/dyads/{one}/{other}/readouts", readouts, methods=["GET"], response_model=shown.ReadoutPage, responses=ONE,
    summary="One contact as two sides tell it", operation_id="list_readouts",
)  # fmt: skip
router.add_api_route(
    "/states/{state}/partners", partners, methods=["GET"], response_model=shown.Partners, responses=ONE,
    summary="Whom a state deals with", operation_id="list_partners",
)  # fmt: skip
