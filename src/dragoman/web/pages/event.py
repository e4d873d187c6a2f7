"""One event: every report that tells it side by side, what differs, and what else may tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dragoman.archive import EventRow
from dragoman.errors import NotFoundError
from dragoman.terminal.told import meaning, who
from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.happenings import ASPECTS, Telling, differing, telling
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View

NEAR = timedelta(days=3)
LIKE = 12
"""So many events that may be the same are shown at most."""


def gather(desk: Desk, query: Query) -> View:
    """The event with this id, or that whose row has it."""
    asked = query.path["event"]
    rows = tellings_of(desk, asked)
    if not rows:
        raise NotFoundError(f"there is no event {asked!r} in this archive; look for it by its report or its words")
    records = {row.report_id: desk.record(row.report_id) for row in rows}
    told = [telling(row, records[row.report_id]) for row in rows]
    first = rows[0]
    facts: dict[str, Any] = {
        "tellings": told,
        "aspects": ASPECTS,
        "differing": differing(told),
        "event": first.event,
        "event_id": first.event_id,
        "like": _like(desk, rows),
    }
    html = render("event.html", **facts)
    title = f"{who(first.event)}: {meaning(first.event)}"
    return View(title=title, blocks=(Html(html),), rows=lambda: _rows(told), name=f"event-{first.event_id}")


def tellings_of(desk: Desk, event_id: str) -> list[EventRow]:
    """All rows of an event, oldest first, by its id or that of one of its rows."""
    ids = desk.archive.overview.tellings(event_id)
    found = []
    for report_id in dict.fromkeys(entry.rpartition("-")[0] for entry in ids):
        found += [row for row in desk.archive.events(report_id=report_id) if row.id in ids]
    return sorted(found, key=lambda row: (str(row.published or ""), row.id))


def _like(desk: Desk, rows: list[EventRow]) -> list[EventRow]:
    """Events of the same pair and category in the days around it that are kept apart from it."""
    event, day = rows[0].event, rows[0].published
    sides = [
        next((p.actor.country for p in side if p.actor.country), None) for side in (event.actors, event.recipients)
    ]
    if event.date:
        stated = event.date.partition("/")[0]
        day = date.fromisoformat(stated) if len(stated) == 10 and stated[:1].isdigit() else day
    if day is None or not sides[0] or not sides[1] or sides[0] == sides[1]:
        return []
    found = desk.archive.events(
        dyad=f"{sides[0]}-{sides[1]}", category=event.category, since=day - NEAR, until=day + NEAR, limit=4 * LIKE
    )
    own = {row.event_id for row in rows}
    return [row for row in found if row.event_id not in own][:LIKE]


def _rows(told: list[Telling]) -> Iterator[dict[str, Any]]:
    for one in told:
        row = one.row
        yield {
            "event_id": row.event_id,
            "id": row.id,
            "published": row.published or "",
            "publisher": row.publisher or "",
            "url": row.url or "",
            "title": one.title or "",
            **{aspect.replace(" ", "_"): value for aspect, value in one.aspects.items()},
            "confidence": row.event.confidence,
            "words": one.words,
        }
