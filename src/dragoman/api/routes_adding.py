"""Routes: reading reports, with and without keeping them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.api import shown
from dragoman.api.filters import TEXT, Day
from dragoman.api.problems import Problem
from dragoman.api.routes_ledger import WRITES
from dragoman.api.security import Writes
from dragoman.api.shelf import OfShelf, Refusal, Shelf
from dragoman.record.entries import Record
from dragoman.report.report import Report

router = APIRouter(responses=WRITES, route_class=Writes, tags=["adding"])
MOST = 100
"""Reports in one request."""
_LINE = {"pattern": TEXT, "max_length": 1000}
_EXAMPLE = {
    "text": "VALLETTA - Malta’s foreign minister met her Albanian counterpart in Valletta on Tuesday.",
    "published": "2024-06-04",
    "publisher": "Harbour Wire",
    "url": "https://example.org/harbour/1",
}


class ReportGiven(BaseModel):
    """A report to be read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        pattern=r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]",
        max_length=1_000_000,
        description="The report, kept to the last character.",
    )
    title: str | None = Field(default=None, description="Headline, when known.", **_LINE)  # type: ignore[call-overload]
    url: str | None = Field(default=None, description="Its address, when known.", **_LINE)  # type: ignore[call-overload]
    publisher: str | None = Field(default=None, description="Outlet, when known.", **_LINE)  # type: ignore[call-overload]
    published: Day | None = Field(default=None, description="Day it appeared, to resolve “on Tuesday” with.")


_EXAMPLES: dict[str, Any] = {"one": {"value": _EXAMPLE}, "many": {"value": [_EXAMPLE]}}
_Many = Annotated[list[ReportGiven], Field(min_length=1, max_length=MOST)]
Given = Annotated[ReportGiven | _Many, Body(openapi_examples=_EXAMPLES)]


def _told(given: ReportGiven | list[ReportGiven]) -> list[dict[str, Any]]:
    return [one.model_dump() for one in (given if isinstance(given, list) else [given])]


def _all_refused(given: object, refused: list[str]) -> None:
    """One report that is refused is an error; among many each is told of."""
    if not isinstance(given, list) and refused:
        raise Problem(422, f"The report {refused[0]}", word="refused-report")


@router.post(
    "/reports",
    status_code=201,
    response_model=shown.Outcomes,
    responses={200: {"model": shown.Outcomes, "description": "Nothing new: all were there already, or refused."}},
    summary="Read reports and keep them",
    operation_id="add_reports",
)
def add(shelf: OfShelf, given: Given) -> Response:
    """One report or a list of them. A report that is there already is left as it is; giving it again changes nothing.

    Each is kept as it is read: should the answer take too long, what was read by then is kept.
    """
    prepared = shelf.prepared(_told(given))
    new = {one.id: one for one in prepared if isinstance(one, Report) and not shelf.archive.has(one.id)}
    outcomes: dict[str, shown.Outcome] = {}

    def keep(record: Record) -> None:
        added = shelf.archive.add([record]).added
        outcomes[record.report.id] = shown.Outcome(
            outcome="added" if added else "already_there",
            id=record.report.id,
            title=record.report.title,
            events=len(record.events),
        )

    reasons = shelf.read(new.values(), keep) if new else []
    rows = [_outcome(shelf, one, outcomes, reasons) for one in prepared]
    _all_refused(given, [row.reason or "" for row in rows if row.outcome == "refused"])
    counts = {name: sum(row.outcome == name for row in rows) for name in ("added", "already_there", "refused")}
    return shown.answer(shown.Outcomes, counts | {"rows": rows}, 201 if counts["added"] else 200)


def _outcome(
    shelf: Shelf, one: Report | Refusal, outcomes: dict[str, shown.Outcome], reasons: list[str]
) -> shown.Outcome:
    if isinstance(one, Refusal):
        return shown.Outcome(outcome="refused", reason=one.reason)
    # Popped, so that a text given twice is added once and there already the second time.
    if one.id in outcomes:
        return outcomes.pop(one.id)
    if shelf.archive.has(one.id):
        there = shelf.record(one.id)
        return shown.Outcome(outcome="already_there", id=one.id, title=there.report.title, events=len(there.events))
    return shown.Outcome(outcome="refused", reason=reasons[0] if reasons else "could not be read")


@router.post(
    "/read",
    response_model=shown.ReadOutcomes,
    summary="Read reports without keeping them",
    operation_id="read_reports",
)
def read(shelf: OfShelf, given: Given) -> Response:
    """One report or a list of them; answers with their records, in their order. Nothing is stored."""
    prepared = shelf.prepared(_told(given))
    records: dict[str, Record] = {}

    def keep(record: Record) -> None:
        records[record.report.id] = record

    wanted = {one.id: one for one in prepared if isinstance(one, Report)}
    reasons = shelf.read(wanted.values(), keep) if wanted else []
    rows = [_read(one, records, reasons) for one in prepared]
    _all_refused(given, [row.reason for row in rows if row.reason])
    return shown.answer(shown.ReadOutcomes, {"rows": rows})


def _read(one: Report | Refusal, records: dict[str, Record], reasons: list[str]) -> shown.ReadOutcome:
    if isinstance(one, Refusal):
        return shown.ReadOutcome(reason=one.reason)
    if one.id in records:
        return shown.ReadOutcome(record=records[one.id])
    return shown.ReadOutcome(reason=reasons[0] if reasons else "could not be read")
