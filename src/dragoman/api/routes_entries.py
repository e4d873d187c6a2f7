"""Routes: what the archive's reports tell, in pages, filtered, counted, searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from dragoman.api import cursors, shown
from dragoman.api.filters import CODE, REPORT, TEXT, Day, asked, form_of, given
from dragoman.api.problems import documented
from dragoman.api.shelf import OfShelf, Shelf
from dragoman.archive import counting, tables
from dragoman.errors import NotFoundError
from dragoman.record.entries import Record

READS = documented(400, 405, 422, 429, 500, 503, 504)
ONE = READS | documented(404)
router = APIRouter(responses=READS)
_NEWEST: Mapping[str, tuple[Any, dict[str, Any]]] = {
    "newest": (bool, {"default": False, "description": "Begin with the latest."})
}
_LISTS: Mapping[str, tuple[Any, str, str]] = {
    "reports": (
        shown.ReportPage,
        "Reports, without their texts",
        "Filters on events find the reports that tell one event to which all of them apply.",
    ),
    "events": (
        shown.EventPage,
        "Events, once for each report that tells them",
        "All tellings share `event_id`.",
    ),
    "mentions": (
        shown.MentionPage,
        "Which reports tell which events",
        "And how far each says it came.",
    ),
    "contacts": (shown.ContactPage, "Contacts: calls, meetings, visits, letters", "Who, through what, where, when."),
    "statements": (shown.StatementPage, "Statements: who says what about whom", "With exact words and stance."),
    "commitments": (shown.CommitmentPage, "Commitments, as each report tells them", "Across reports: see `/ledger`."),
    "actors": (shown.ActorPage, "Actors, once for each report that knows them", "People, offices, states, bodies."),
}
_ORDER = "In the order of the reports' days, undated ones first; what is added meanwhile shifts nothing."
ReportId = Annotated[str, Path(pattern=REPORT, description="A report's id.", examples=["0123456789abcdef"])]


def _list(what: str) -> None:
    shape, summary, says = _LISTS[what]
    model = asked("events" if what == "mentions" else what, more=_NEWEST)

    def rows(shelf: OfShelf, query: Any) -> Response:
        chosen = given(query, "after", "limit", "newest")
        page = shelf.archive.page(what, after=query.after, limit=query.limit, newest=query.newest, **chosen)
        told = [shown.report_shown(row) for row in page.rows] if what == "reports" else page.rows
        return shown.answer(shape, {"rows": told, "next": page.next})

    _takes(rows, model)
    router.add_api_route(
        f"/{what}",
        rows,
        methods=["GET"],
        response_model=shape,
        summary=summary,
        description=f"{says}\n\n{_ORDER}",
        tags=["entries"],
        operation_id=f"list_{what}",
    )


def _takes(route: Callable[..., Any], model: Any) -> None:
    """Let a route take this model as its query."""
    route.__annotations__["query"] = Annotated[model, Query()]


for _what in _LISTS:
    _list(_what)


@router.get(
    "/reports/{report_id}",
    response_model=shown.ReportShown,
    responses=ONE,
    summary="One report, without its text",
    tags=["entries"],
    operation_id="get_report",
)
def report(shelf: OfShelf, report_id: ReportId) -> Response:
    """What is known about a report, and how many entries its record has."""
    row = next(shelf.archive.reports(report_id=report_id), None)
    if row is None:
        raise NotFoundError(f"there is no report {report_id!r} in this archive")
    return shown.answer(shown.ReportShown, shown.report_shown(row))


@router.get(
    "/reports/{report_id}/record",
    response_model=Record,
    responses=ONE,
    summary="The record of a report",
    tags=["entries"],
    operation_id="get_record",
)
def record(shelf: OfShelf, report_id: ReportId) -> Response:
    """Everything that was read from a report, each thing tied to its words; the text stands in it."""
    return shown.answer(Record, shelf.record(report_id))


@router.get(
    "/reports/{report_id}/text",
    response_model=shown.Text,
    responses=ONE,
    summary="The text of a report",
    tags=["entries"],
    operation_id="get_text",
)
def text(shelf: OfShelf, report_id: ReportId) -> Response:
    """The text, to the last character; all offsets count its code points."""
    return shown.answer(shown.Text, {"id": report_id, "text": shelf.record(report_id).report.text})


EntryId = Annotated[
    str,
    Path(
        pattern="^[0-9a-f]{16}-[acemps][0-9]{1,5}$",
        description="An entry's id: its report's, a letter, its number.",
        examples=["0123456789abcdef-e0"],
    ),
]
_KINDS = {"e": "event", "c": "contact", "s": "statement", "m": "commitment", "a": "actor", "p": "place"}


@router.get(
    "/entries/{entry_id}",
    response_model=shown.EntryShown,
    responses=ONE,
    summary="One entry, and what people said of it",
    tags=["entries"],
    operation_id="get_entry",
)
def entry(shelf: OfShelf, entry_id: EntryId) -> Response:
    """An event, contact, statement, commitment, actor or place by its id."""
    found = re.fullmatch(r"([0-9a-f]{16})-([a-z])([0-9]+)", entry_id)
    assert found is not None, "the pattern of the path says so"
    kind = _KINDS[found[2]]
    every = _entries(shelf, found[1], kind)
    if int(found[3]) >= len(every):
        raise NotFoundError(f"there is no entry {entry_id!r} in this archive")
    told = {"id": entry_id, "report_id": found[1], "kind": kind, "entry": every[int(found[3])]}
    return shown.answer(shown.EntryShown, told | {"judgements": shelf.archive.judgements(entry=entry_id)})


def _entries(shelf: Shelf, report_id: str, kind: str) -> tuple[Any, ...]:
    return tuple(getattr(shelf.record(report_id), f"{kind}s"))


_SEARCH = asked(
    "reports",
    more={
        "q": (
            str,
            {
                "default": ...,
                "description": "Words; all must occur, in any of their forms. A phrase goes in quotation marks.",
                "pattern": "[A-Za-z0-9]",
                "max_length": 300,
                "examples": ["ambassador summoned"],
            },
        )
    },
)


def search(shelf: OfShelf, query: Any) -> Response:
    """Reports by the words of their titles and texts, best first, with a stretch of the text and marks in it."""
    chosen = given(query, "q", "after", "limit")
    page = shelf.archive.page("search", words=query.q, after=query.after, limit=query.limit, **chosen)
    return shown.answer(shown.HitPage, {"rows": page.rows, "next": page.next})


_takes(search, _SEARCH)
router.add_api_route(
    "/search", search, methods=["GET"], response_model=shown.HitPage, summary="Reports by their words",
    tags=["entries"], operation_id="search_reports",
)  # fmt: skip


_ALIKE = asked(
    "reports",
    page=False,
    more={
        "q": (
            str,
            {
                "default": ...,
                "description": "What is meant, in any words; a sentence says more than a word.",
                "pattern": "[A-Za-z0-9]",
                "max_length": 1000,
                "examples": ["a minister apologises for a shooting"],
            },
        ),
        "most": (int, {"default": 20, "ge": 1, "le": 200, "description": "Reports at most."}),
    },
)


def alike(shelf: OfShelf, query: Any) -> Response:
    """Reports whose title and lead mean what was asked, whatever their words, the likest first."""
    rows = list(shelf.archive.like(shelf.vector(query.q), limit=query.most, **given(query, "q", "most")))
    return shown.answer(shown.Alike, {"rows": rows})


_takes(alike, _ALIKE)
router.add_api_route(
    "/search/meaning", alike, methods=["GET"], response_model=shown.Alike, summary="Reports by what they mean",
    tags=["entries"], operation_id="search_meaning",
)  # fmt: skip


def _count(what: str) -> None:
    by = {
        "by": (
            Literal[counting.ways(what)],
            {"default": ..., "description": "What to count by.", "examples": [counting.ways(what)[0]]},
        ),
        "most": (int, {"default": 1000, "ge": 1, "le": 100_000, "description": "Lines at most."}),
    }

    def total(shelf: OfShelf, query: Any) -> Response:
        number = shelf.archive.count(what, **given(query))
        return shown.answer(shown.Total, {"what": what, "number": number})

    def counts(shelf: OfShelf, query: Any) -> Response:
        rows = shelf.archive.counts(what, by=query.by, limit=query.most, **given(query, "by", "most"))
        return shown.answer(shown.Counts, {"what": what, "by": query.by, "rows": rows})

    _takes(total, asked(what, page=False))
    _takes(counts, asked(what, page=False, more=by))
    once = "An event that many reports tell counts once; `tellings` counts its reports." if what == "events" else ""
    router.add_api_route(
        f"/count/{what}", total, methods=["GET"], response_model=shown.Total, summary=f"How many {what} there are",
        description=once, tags=["counts"], operation_id=f"count_{what}",
    )  # fmt: skip
    router.add_api_route(
        f"/counts/{what}", counts, methods=["GET"], response_model=shown.Counts,
        summary=f"How many {what}, by day, month, publisher and so on",
        description=f"Days come in their order, all else with the most first. {once}".strip(), tags=["counts"],
        operation_id=f"counts_{what}",
    )  # fmt: skip


for _what in counting.KINDS:
    _count(_what)

_WHO = form_of(
    "WhoAsked",
    {},
    more={
        "name": (str, {"pattern": TEXT, "max_length": 200, "description": "In full.", "examples": ["Ingrid Solhaug"]}),
        "date": (Day, {"description": "Leave out what later reports told.", "examples": ["2024-06-01"]}),
        "role": (str, {"pattern": TEXT, "max_length": 200, "description": "Office.", "examples": ["foreign minister"]}),
        "country": (str, {"pattern": CODE, "description": "Of the office.", "examples": ["NOR"]}),
        "loose": (
            bool,
            {"default": False, "description": "Whether a part of the name will do, and another spelling of the whole."},
        ),
    },
)


def who(shelf: OfShelf, query: Any) -> Response:
    """What reports told of people in their own words, oldest first; contradictions stand side by side."""
    claims = shelf.archive.who(query.name, query.date, role=query.role, country=query.country, loose=query.loose)
    return shown.answer(shown.ClaimPage, cursors.page_of(claims, query))


_takes(who, _WHO)
router.add_api_route(
    "/who", who, methods=["GET"], response_model=shown.ClaimPage, summary="Who somebody is, as reports told",
    tags=["entries"], operation_id="who",
)  # fmt: skip


@router.get(
    "/about", response_model=shown.About, summary="What this server is, and how much it holds", tags=["server"],
    operation_id="about",
)  # fmt: skip
def about(shelf: OfShelf) -> Response:
    """Version, whether it can be written to, and how many reports of which days it holds."""
    from dragoman import __version__  # noqa: PLC0415 - the package's face imports everything else
    from dragoman.exports.formats import FORMS  # noqa: PLC0415

    held = shelf.archive.info()
    return shown.answer(
        shown.About,
        {
            "version": __version__,
            "writes": not shelf.public,
            "reads": not shelf.public and shelf.reader is not None,
            "formats": list(FORMS),
            "reports": held.rows[tables.reports.name],
            "first": held.first,
            "last": held.last,
        },
    )
