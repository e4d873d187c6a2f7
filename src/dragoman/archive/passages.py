"""Events with what surrounds them: the report they stand in, and how many reports tell the same.

In: a `Question`. Out: `Passage`s in the order of all events, lazily, page by page. For those who need more of a report
than its address: which sentence it was, how long the text is, who else is named in it, whether others tell it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.archive import tables
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.rows import EventRow
from dragoman.archive.view import PAGE, Found, entries
from dragoman.record.entries import Event
from dragoman.report.report import Report

_ORGANISATIONS = frozenset(("igo", "ngo", "armed_group", "party", "company", "media", "government_body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What one report holds beside its events; the same for all of them.

    Attributes:
        report: itself.
        people, organisations, locations: who and what its record names, in the order of the record.
    """

    report: Report
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(EventRow):
    """An event as one report tells it, and the report.

    Attributes:
        around: the report and whom it names.
        reports: how many reports of the whole archive tell this event, whatever the filters.
        outlets: how many outlets these have.
        first_told: the day the first of them appeared; None when none is dated.
    """

    around: Around
    reports: int
    outlets: int
    first_told: date | None


def passages(store: Store, asked: Question) -> Iterator[Passage]:
    """Events that the filters let through."""
    found = entries(store, asked)
    last: tuple[str, Around] | None = None
    while page := list(islice(found, PAGE)):
        with store.reading() as connection:
            told = _told(connection, [place.event_id for place, _ in page])
        for place, record in page:
            if last is None or last[0] != place.report_id:
                last = (place.report_id, _around(record))
            yield _passage(place, record, last[1], told[place.event_id])


def _passage(place: Found, record: dict[str, Any], around: Around, told: tuple[int, int, str | None]) -> Passage:
    reports, outlets, first = told
    return Passage(
        **place.common,
        event_id=place.event_id,
        event=Event.model_validate(record["events"][place.ordinal]),
        around=around,
        reports=reports,
        outlets=outlets,
        first_told=date.fromisoformat(first) if first else None,
    )


def _told(connection: Connection, event_ids: Sequence[str]) -> dict[str, tuple[int, int, str | None]]:
    """By event: how many reports tell it, how many outlets they have, and the day of the first."""
    event, report = tables.events.c, tables.reports.c
    query = (
        select(
            event.event_id,
            func.count(report.id.distinct()),
            func.count(report.publisher.distinct()),
            func.min(report.published),
        )
        .join(tables.reports, report.id == event.report_id)
        .where(event.event_id.in_(set(event_ids)))
        .group_by(event.event_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}


def _around(record: dict[str, Any]) -> Around:
    actors = record["actors"]
    return Around(
        report=Report.model_validate(record["report"]),
        people=_names(actor["name"] for actor in actors if actor["kind"] == "person"),
        organisations=_names(actor["name"] for actor in actors if actor["kind"] in _ORGANISATIONS),
        locations=_names(place["name"] for place in record["places"]),
    )


def _names(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
