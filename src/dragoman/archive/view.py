"""The queries: lazy, page by page, in a stable order.

In: a `Question`. Out: rows in the order of their reports' days (undated first), report ids and places in the record.
No transaction stays open between pages, so a caller may write while it reads; each page begins behind the last row of
the one before. Entries are read from the record's JSON, the columns serve only to find them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from itertools import groupby, islice
from typing import Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import Connection, Row, Select, Table, literal, select, tuple_

from dragoman.archive import tables, verdicts
from dragoman.archive.conditions import entry_condition, report_condition, telling_condition
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.rows import (
    ActorRow,
    CommitmentRow,
    ContactRow,
    EventRow,
    Mention,
    ReportRow,
    StatementRow,
)
from dragoman.archive.story_mentions import Place, story_mentions
from dragoman.errors import NotFoundError
from dragoman.evidence import Span
from dragoman.record.entries import Actor, Commitment, Contact, Event, Record, Statement
from dragoman.report.report import Report

PAGE = 200
_REPORT = tables.reports.c


class Found(NamedTuple):
    """Where an entry stands, and its report's columns."""

    id: str
    event_id: str
    report_id: str
    ordinal: int
    url: str | None
    publisher: str | None
    published: date | None

    @property
    def common(self) -> dict[str, Any]:
        """What every row carries."""
        return {
            "id": self.id,
            "report_id": self.report_id,
            "url": self.url,
            "publisher": self.publisher,
            "published": self.published,
        }


def record(store: Store, report_id: str) -> Record:
    """The record of a report.

    Raises:
        NotFoundError: when the archive has none with this id.
    """
    with store.reading() as connection:
        kept = connection.execute(select(_REPORT.record).where(_REPORT.id == report_id)).scalar()
    if kept is None:
        raise NotFoundError(f"there is no report {report_id!r} in {store.where}")
    return Record.model_validate_json(zlib.decompress(kept))


def reports(store: Store, asked: Question) -> Iterator[ReportRow]:
    """Reports, with how many entries each has."""
    query = (
        select(_REPORT.id, _REPORT.url, _REPORT.publisher, _REPORT.published, literal(0).label("ordinal"))
        .add_columns(_REPORT.id.label("report_id"), _REPORT.id.label("event_id"))
        .where(report_condition(asked, days=True), telling_condition(asked))
        .order_by(tables.published, _REPORT.id)
    )
    for found, data in _pages(store, query, (tables.published, _REPORT.id), asked.limit):
        kinds = ("actors", "events", "contacts", "statements", "commitments", "places")
        report = Report.model_validate(data["report"])
        counts: dict[str, Any] = {kind: len(data[kind]) for kind in kinds}
        yield ReportRow(**found.common, report=report, title=report.title, **counts)


def actors(store: Store, asked: Question) -> Iterator[ActorRow]:
    """Actors, once for each report that knows them."""
    for found, data in entries(store, asked, tables.actors):
        yield ActorRow(**found.common, actor=Actor.model_validate(data))


def events(store: Store, asked: Question) -> Iterator[EventRow]:
    """Events, once for each report that tells them."""
    for found, data in entries(store, asked, tables.events):
        yield EventRow(**found.common, event_id=found.event_id, event=Event.model_validate(data))


def contacts(store: Store, asked: Question) -> Iterator[ContactRow]:
    """Contacts."""
    for found, data in entries(store, asked, tables.contacts):
        yield ContactRow(**found.common, contact=Contact.model_validate(data))


def statements(store: Store, asked: Question) -> Iterator[StatementRow]:
    """Statements."""
    for found, data in entries(store, asked, tables.statements):
        yield StatementRow(**found.common, statement=Statement.model_validate(data))


def commitments(store: Store, asked: Question) -> Iterator[CommitmentRow]:
    """Commitments."""
    for found, data in entries(store, asked, tables.commitments):
        yield CommitmentRow(**found.common, commitment=Commitment.model_validate(data))


def mentions(store: Store, asked: Question) -> Iterator[Mention]:
    """One for each report that tells an event, in its own coded words or as one of a story."""
    told = merge(_coded(store, asked), story_mentions(store, asked), key=lambda pair: pair[0])
    for _, mention in islice(told, asked.limit):
        yield mention


def _coded(store: Store, asked: Question) -> Iterator[tuple[Place, Mention]]:
    for found, data in entries(store, asked, tables.events):
        mention = Mention(
            **found.common,
            event_id=found.event_id,
            category=data["category"],
            status=data["status"],
            background=data["background"],
            evidence=Span.model_validate(data["evidence"]),
        )
        yield (str(found.published or ""), found.report_id, found.ordinal), mention


def entries(
    store: Store, asked: Question, table: Table, *, whole: bool = False
) -> Iterator[tuple[Found, dict[str, Any]]]:
    """The entries of a table that the filters let through, each with its JSON, or with its whole record's."""
    event_id = table.c.event_id if table is tables.events else table.c.id.label("event_id")
    query = (
        select(
            table.c.id, event_id, table.c.report_id, table.c.ordinal, _REPORT.url, _REPORT.publisher, _REPORT.published
        )
        .join(tables.reports, _REPORT.id == table.c.report_id)
        .where(report_condition(asked, days=table is tables.actors), entry_condition(asked, table))
        .order_by(tables.published, _REPORT.id, table.c.ordinal)
    )
    key = (tables.published, _REPORT.id, table.c.ordinal)
    with store.reading() as connection:
        mended = verdicts.corrections(connection, asked.judged)
    for found, told in _pages(store, query, key, asked.limit):
        data = _mended(told, table, found, mended[found.id]) if found.id in mended else told
        yield found, data if whole else data[table.name][found.ordinal]


def _mended(data: dict[str, Any], table: Table, found: Found, correction: Mapping[str, str]) -> dict[str, Any]:
    """A record's JSON with one entry as it should be."""
    rows = list(data[table.name])
    entry = verdicts.entry_of(table, rows[found.ordinal])
    rows[found.ordinal] = verdicts.corrected(entry, correction).model_dump(mode="json")
    return data | {table.name: rows}


def _pages(
    store: Store,
    query: Select[Any],
    key: Sequence[Any],
    limit: int | None,
) -> Iterator[tuple[Found, dict[str, Any]]]:
    """The query's rows page by page, each with its report's record as data; `key` is what the query is sorted by."""
    left = limit
    behind: tuple[Any, ...] = ("",)
    while left is None or left > 0:
        page = PAGE if left is None else min(PAGE, left)
        # The first part of the key says nothing new, but leads SQLite to the index in this order.
        step = query.where(key[0] >= behind[0]).limit(page)
        if len(behind) == len(key):
            step = step.where(tuple_(*key) > tuple_(*(literal(part) for part in behind)))
        with store.reading() as connection:
            rows = connection.execute(step).all()
            kept = _records(connection, list(dict.fromkeys(row.report_id for row in rows)))
        for report_id, told in groupby(rows, key=lambda row: str(row.report_id)):
            data = from_json(zlib.decompress(kept[report_id]))
            for row in told:
                yield _found(row), data
        if len(rows) < page:
            return
        left = None if left is None else left - page
        last = rows[-1]
        behind = (last.published or "", last.report_id, last.ordinal)[: len(key)]


def _records(connection: Connection, report_ids: Sequence[str]) -> dict[str, bytes]:
    rows = connection.execute(select(_REPORT.id, _REPORT.record).where(_REPORT.id.in_(report_ids)))
    return {row.id: row.record for row in rows}


def _found(row: Row[Any]) -> Found:
    published = date.fromisoformat(row.published) if row.published else None
    return Found(row.id, row.event_id, row.report_id, row.ordinal, row.url, row.publisher, published)
