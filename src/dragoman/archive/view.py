"""The queries: lazy, page by page, in a stable order.

In: a `Question`. Out: rows in the order of their reports' days (undated first), report ids and places in the record.
No transaction stays open between pages, so a caller may write while it reads. Where the rows stand is looked up for the
first page, and once more for all others behind it; what is added later is not among them. Entries are read from the
record's JSON, the columns serve only to find them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import from_json
from sqlalchemy import Connection, select

from dragoman.archive import tables, verdicts
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
from dragoman.archive.story_mentions import story_mentions
from dragoman.archive.unwatched import unwatched
from dragoman.errors import NotFoundError
from dragoman.evidence import Span
from dragoman.record.entries import Actor, Commitment, Contact, Event, Record, Statement
from dragoman.record.ids import LETTERS, entry_id
from dragoman.report.report import Report

if TYPE_CHECKING:
    from dragoman.archive.columns import Array
    from dragoman.archive.shelf import Sight
    from dragoman.archive.sieve import Place

PAGE = 200
_REPORT = tables.reports.c
_KINDS = ("actors", "events", "contacts", "statements", "commitments", "places")


class Ref(NamedTuple):
    """Where a row stands: the number of its report, and its place in the record."""

    report: int
    ordinal: int


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


def rows(store: Store, asked: Question) -> Iterator[Any]:
    """The rows that the filters let through, lazily."""
    make = _MADE[asked.of]
    for found, record in entries(store, asked):
        yield make(found, record)


def mentions(store: Store, asked: Question) -> Iterator[Mention]:
    """One for each report that tells an event, in its own coded words or as one of a story."""
    coded = ((_place(found), _mention(found, record)) for found, record in entries(store, asked))
    told = merge(coded, story_mentions(store, asked), key=lambda pair: pair[0])
    for _, mention in islice(told, asked.limit):
        yield mention


def _place(found: Found) -> tuple[str, str, int]:
    return str(found.published or ""), found.report_id, found.ordinal


def entries(store: Store, asked: Question) -> Iterator[tuple[Found, dict[str, Any]]]:
    """What the filters let through: where it stands, and the record of its report as data."""
    left, behind = asked.limit, None
    for most in (PAGE, None):
        if left == 0:
            return
        refs, behind = _found(store, asked, left if most is None else min(most, left or most), behind)
        for begin in range(0, len(refs), PAGE):
            with unwatched(), store.reading() as connection:
                page = fetched(connection, asked.of, refs[begin : begin + PAGE], asked.judged)
            yield from page
        if most is not None and len(refs) < most:
            return
        left = None if left is None else left - len(refs)


def _found(store: Store, asked: Question, most: int | None, behind: Place | None) -> tuple[list[Ref], Place | None]:
    """Where rows stand, in order, and the place of the last."""
    from dragoman.archive import sieve  # noqa: PLC0415 - loads numpy
    from dragoman.archive.shelf import Sight  # noqa: PLC0415

    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        through = sieve.let_through(sight, asked).nonzero()[0]
        found = sieve.in_order(sight, asked.of, through, most=most, after=behind)
        last = sieve.place_of(sight, asked.of, int(found[-1])) if len(found) else None
        return refs_of(sight, asked.of, found), last


def refs_of(sight: Sight, of: str, found: Array) -> list[Ref]:
    """Where these rows stand, by their places in the columns."""
    reports = found if of == "reports" else sight.values(of, "report")[found]
    ordinals = [0] * len(found) if of == "reports" else sight.values(of, "ordinal")[found].tolist()
    return list(map(Ref, sight.values("reports", "number")[reports].tolist(), ordinals))


def made(what: str, fetched: Iterable[tuple[Found, dict[str, Any]]]) -> list[Any]:
    """Rows of a kind, ``mentions`` among them, made of what was fetched."""
    return [_MADE[what](found, record) for found, record in fetched]


def fetched(
    connection: Connection, of: str, refs: Sequence[Ref], judged: str | None = None
) -> list[tuple[Found, dict[str, Any]]]:
    """What stands there, in this order; with corrections, where rows are asked to follow judgements."""
    columns = (_REPORT.number, _REPORT.id, _REPORT.url, _REPORT.publisher, _REPORT.published, _REPORT.record)
    numbers = {ref.report for ref in refs}
    kept = {row.number: row for row in connection.execute(select(*columns).where(_REPORT.number.in_(numbers)))}
    reports = [(str(kept[ref.report].id), ref.ordinal) for ref in refs]
    ids = [entry_id(report, of, ordinal) if of in LETTERS else report for report, ordinal in reports]
    happened: dict[str, str] = {}
    if of == "events":
        event = tables.events.c
        query = select(event.id, event.event_id).where(event.id.in_(ids))
        happened = {row.id: row.event_id for row in connection.execute(query)}
    data = {number: from_json(zlib.decompress(row.record)) for number, row in kept.items()}
    mended = verdicts.corrections(connection, judged)
    pairs = []
    for ref, id_ in zip(refs, ids, strict=True):
        row = kept[ref.report]
        published = date.fromisoformat(row.published) if row.published else None
        found = Found(id_, happened.get(id_, id_), row.id, ref.ordinal, row.url, row.publisher, published)
        told = data[ref.report]
        pairs.append((found, _mended(told, of, found, mended[id_]) if id_ in mended else told))
    return pairs


def _mended(record: dict[str, Any], of: str, found: Found, correction: Mapping[str, str]) -> dict[str, Any]:
    """A record's JSON with one entry as it should be."""
    rows = list(record[of])
    entry = verdicts.KINDS[of].model_validate(rows[found.ordinal])
    rows[found.ordinal] = verdicts.corrected(entry, correction).model_dump(mode="json")
    return record | {of: rows}


def _report(found: Found, data: dict[str, Any]) -> ReportRow:
    report = Report.model_validate(data["report"])
    counts: dict[str, Any] = {kind: len(data[kind]) for kind in _KINDS}
    return ReportRow(**found.common, report=report, title=report.title, **counts)


def _mention(found: Found, record: dict[str, Any]) -> Mention:
    data = record["events"][found.ordinal]
    return Mention(
        **found.common,
        event_id=found.event_id,
        category=data["category"],
        status=data["status"],
        background=data["background"],
        evidence=Span.model_validate(data["evidence"]),
    )


def _event(found: Found, record: dict[str, Any]) -> EventRow:
    event = Event.model_validate(record["events"][found.ordinal])
    return EventRow(**found.common, event_id=found.event_id, event=event)


def _actor(found: Found, record: dict[str, Any]) -> ActorRow:
    return ActorRow(**found.common, actor=Actor.model_validate(record["actors"][found.ordinal]))


def _contact(found: Found, record: dict[str, Any]) -> ContactRow:
    return ContactRow(**found.common, contact=Contact.model_validate(record["contacts"][found.ordinal]))


def _statement(found: Found, record: dict[str, Any]) -> StatementRow:
    return StatementRow(**found.common, statement=Statement.model_validate(record["statements"][found.ordinal]))


def _commitment(found: Found, record: dict[str, Any]) -> CommitmentRow:
    return CommitmentRow(**found.common, commitment=Commitment.model_validate(record["commitments"][found.ordinal]))


_MADE: dict[str, Callable[[Found, dict[str, Any]], Any]] = {
    "reports": _report,
    "events": _event,
    "mentions": _mention,
    "actors": _actor,
    "contacts": _contact,
    "statements": _statement,
    "commitments": _commitment,
}
