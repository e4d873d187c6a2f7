"""Reports that tell of a story's event without an event of their own: `story_mentions` as rows, page by page.

In: a `Question` about events; its filters on events are asked of the story's event, those on reports of the report that
tells it. Out: mentions in the order of all queries, each with its place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select, tuple_

from dragoman.archive import tables
from dragoman.archive.filters import Question
from dragoman.archive.home import among
from dragoman.archive.opening import Store
from dragoman.archive.rows import Mention
from dragoman.evidence import Span

Place = tuple[str, str, int]
"""Where a row stands: day of the report or an empty text, its id, place of the entry in it."""
PAGE = 200
_FEW = 5000
LAST = 1_000_000
"""Its place: stands behind all that a report was coded for."""


def story_mentions(
    store: Store, asked: Question, *, behind: tuple[str, str] | None = None, newest: bool = False
) -> Iterator[tuple[Place, Mention]]:
    """All that the filters let through.

    Args:
        store: the open archive.
        asked: the filters.
        behind: day and id of a report; only those behind it are given.
        newest: turn the order round.
    """
    mention, event, report = tables.story_mentions.c, tables.events.c, tables.reports.c
    query = (
        select(mention.start, mention.end, mention.event, event.category, event.status)
        .add_columns(report.id, report.url, report.publisher, report.published, report.text)
        .join(tables.events, event.id == mention.event)
        .join(tables.reports, report.id == mention.report_id)
    )
    with store.reading() as connection:
        for condition in _conditions(store, connection, asked):
            query = query.where(condition)
        some = select(literal(1)).select_from(tables.story_mentions).limit(_FEW + 1).subquery()
        few = connection.execute(select(func.count()).select_from(some)).scalar_one() <= _FEW
    # All reports in order are gone through until there are enough, or, where few tell any, these are put in order.
    day = tables.published.concat("") if few else tables.published
    order = (day, report.id)
    query = query.order_by(*(part.desc() for part in order)) if newest else query.order_by(*order)
    while True:
        step = query.limit(PAGE)
        if behind is not None:
            here, there = tuple_(*order), tuple_(*(literal(part) for part in behind))
            near = day <= behind[0] if newest else day >= behind[0]
            step = step.where(near, here < there if newest else here > there)
        with store.reading() as connection:
            rows = connection.execute(step).all()
        for row in rows:
            yield (row.published or "", row.id, LAST), _mention(row)
        if len(rows) < PAGE:
            return
        behind = rows[-1].published or "", rows[-1].id


def _conditions(store: Store, connection: Connection, asked: Question) -> Iterator[ColumnElement[bool]]:
    """What the filters ask of the event and of the report that tells it."""
    from dragoman.archive import sieve  # noqa: PLC0415 - loads numpy
    from dragoman.archive.shelf import Sight  # noqa: PLC0415

    if asked.publisher is not None:
        yield tables.reports.c.publisher == asked.publisher
    if asked.report_id is not None:
        yield tables.reports.c.id == asked.report_id
    of_events = replace(asked, publisher=None, report_id=None, limit=None)
    if of_events != Question(of=asked.of):
        told = connection.execute(select(tables.story_mentions.c.event).distinct()).scalars().all()
        sight = Sight(connection, store.shelf)
        through = sieve.let_through(sight, of_events)
        rows = sieve.rows_of(sight, "events", told)
        chosen = [one for one, row in zip(told, rows.tolist(), strict=True) if through[row]]
        yield among(connection, tables.story_mentions.c.event, chosen)


def _mention(row: Any) -> Mention:
    return Mention(
        id=f"{row.id}~{row.event}",
        report_id=row.id,
        url=row.url,
        publisher=row.publisher,
        published=date.fromisoformat(row.published) if row.published else None,
        event_id=row.event,
        category=row.category,
        status=row.status,
        background=False,
        evidence=Span.of(row.text, row.start, row.end),
        coded=False,
    )
