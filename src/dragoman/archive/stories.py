"""Stories: what happened, once each, with everybody who tells it.

In: filters, or ids. Out: `StoryRow`s in the order of the days they were last told (undated first) and of their ids;
a `Story` with its reports and the events they share; a `Happening` with every telling, what differs, and the reasons.
The filters are those of reports: a story is found when one of its reports is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, func, literal, literal_column, or_, select, tuple_

from dragoman.archive import tables
from dragoman.archive.differences import differences
from dragoman.archive.fates import sentences
from dragoman.archive.filters import Question
from dragoman.archive.home import among
from dragoman.archive.opening import Store
from dragoman.archive.story_rows import EventTelling, Happening, Story, StoryRow, Teller
from dragoman.archive.voices import Voice, voice_of
from dragoman.errors import NotFoundError
from dragoman.evidence import Span
from dragoman.record.entries import Event, Reason, Record

PAGE = 100
_STORY, _TOLD, _REPORT, _EVENT = tables.stories.c, tables.story_reports.c, tables.reports.c, tables.events.c
# Spelt as the index has it.
_UPDATED = func.coalesce(_STORY.updated, literal_column("''"))
_TITLE = 80


def stories(store: Store, asked: Question, least: int) -> Iterator[StoryRow]:
    """Stories that the filters let through and that at least so many reports tell, lazily."""
    from dragoman.archive import sieve  # noqa: PLC0415 - loads numpy

    query = (
        select(tables.stories, _REPORT.title, func.substr(_REPORT.text, 1, 200).label("text"))
        .join(tables.reports, _REPORT.id == _STORY.id)
        .where(_STORY.reports >= least)
        .order_by(_UPDATED, _STORY.id)
    )
    with store.reading() as connection:
        numbers = sieve.numbers(store, connection, asked)
        if numbers is not None:
            told = select(_TOLD.story).join(tables.reports, _REPORT.id == _TOLD.report_id).distinct()
            found = connection.execute(told.where(among(connection, _REPORT.number, numbers.tolist())))
            query = query.where(among(connection, _STORY.id, found.scalars().all()))
    left, behind = asked.limit, None
    while left is None or left > 0:
        page = PAGE if left is None else min(PAGE, left)
        step = query.limit(page)
        if behind is not None:
            here = tuple_(_UPDATED, _STORY.id)
            step = step.where(literal(behind[0]) <= _UPDATED, here > tuple_(literal(behind[0]), literal(behind[1])))
        with store.reading() as connection:
            rows = connection.execute(step).all()
            events = _events(connection, [row.event for row in rows if row.event])
        yield from (_row(row, events) for row in rows)
        if len(rows) < page:
            return
        left = None if left is None else left - page
        behind = rows[-1].updated or "", rows[-1].id


def story(store: Store, wanted: str) -> Story:
    """One story, by its id or that of any of its reports, or the beginning of it.

    Raises:
        NotFoundError: when there is none, or several begin like this.
    """
    with store.reading() as connection:
        story_id = _found(connection, wanted, store.where)
        row = connection.execute(
            select(tables.stories, _REPORT.title, func.substr(_REPORT.text, 1, 200).label("text"))
            .join(tables.reports, _REPORT.id == _STORY.id)
            .where(_STORY.id == story_id)
        ).one()
        tellers = _tellers(connection, story_id)
        shared = (
            select(_EVENT.event_id)
            .join(tables.story_reports, _TOLD.report_id == _EVENT.report_id)
            .where(_TOLD.story == story_id)
            .group_by(_EVENT.event_id)
            .having(func.count(_EVENT.report_id.distinct()) > 1)
            .order_by(func.count().desc(), _EVENT.event_id)
        )
        ids = [str(found.event_id) for found in connection.execute(shared)]
    events = dict.fromkeys([*([row.event] if row.event else []), *ids])
    return Story(
        id=story_id,
        title=_title(row),
        opened=_day(row.opened),
        updated=_day(row.updated),
        event_id=row.event,
        outlets=tuple(dict.fromkeys(teller.publisher for teller in tellers if teller.publisher)),
        tellers=tellers,
        happenings=tuple(happening(store, event) for event in events),
    )


def happening(store: Store, event_id: str) -> Happening:
    """One event with all its tellings, by its id or that of any of them.

    Raises:
        NotFoundError: when there is no such event.
    """
    with store.reading() as connection:
        found = select(_EVENT.event_id, _TOLD.story).join(tables.story_reports, _TOLD.report_id == _EVENT.report_id)
        row = connection.execute(found.where(_EVENT.id == event_id)).first()
        if row is None:
            raise NotFoundError(f"there is no event {event_id!r} in {store.where}")
        own = connection.execute(
            select(_EVENT.id, _EVENT.report_id, _EVENT.ordinal).where(_EVENT.event_id == row.event_id)
        ).all()
        coded = {told.report_id for told in own}
        mention = tables.story_mentions.c
        mentions = [
            told
            for told in connection.execute(select(tables.story_mentions).where(mention.event == row.event_id))
            if told.report_id not in coded
        ]
        ids = sorted(coded | {told.report_id for told in mentions})
        records = _records(connection, ids)
        decided = _decisions(connection, [told.id for told in own])
        joined = _decisions(connection, [told.report_id for told in mentions])
    head = next(told for told in own if told.id == row.event_id)
    event = records[head.report_id].events[head.ordinal]
    states = _states(event)
    tellings = [_coded(told, records[told.report_id], decided.get(told.id), states) for told in own]
    tellings += [
        _by_story(told, records[told.report_id], joined.get(told.report_id), event, states) for told in mentions
    ]
    tellings.sort(key=lambda told: (told.published or date.min, told.report_id, told.id))
    dated = [t.event.date for t in tellings if t.event and t.event.date and t.event.date_basis != "published"]
    return Happening(
        event_id=row.event_id,
        story_id=row.story,
        event=event,
        first_day=min((day.partition("/")[0] for day in dated), default=event.date),
        last_day=max((day.rpartition("/")[2] for day in dated), default=event.date),
        outlets=tuple(dict.fromkeys(told.publisher for told in tellings if told.publisher)),
        tellings=tuple(tellings),
        differences=differences(tellings, {report_id: record.report.text for report_id, record in records.items()}),
    )


def _found(connection: Connection, wanted: str, where: str) -> str:
    begins = wanted.strip().lower()
    if begins:
        # "g" sorts behind every digit an id can have.
        query = select(_TOLD.story).where(_TOLD.report_id >= begins, _TOLD.report_id < begins + "g").distinct()
        found = [str(row.story) for row in connection.execute(query.order_by(_TOLD.story).limit(6))]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"several stories' reports begin with {wanted!r}, give more of it: {', '.join(found)}")
    raise NotFoundError(f"there is no story {wanted!r} in {where}; dragoman stories lists them")


def _row(row: Any, events: dict[str, Event]) -> StoryRow:
    return StoryRow(
        id=row.id,
        title=_title(row),
        opened=_day(row.opened),
        updated=_day(row.updated),
        reports=row.reports,
        outlets=row.outlets,
        event_id=row.event,
        event=events.get(row.event),
    )


def _title(row: Any) -> str:
    return str(row.title or row.text.strip().partition("\n")[0][:_TITLE])


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _records(connection: Connection, ids: Sequence[str]) -> dict[str, Record]:
    query = select(_REPORT.id, _REPORT.record).where(_REPORT.id.in_(list(ids)))
    return {row.id: Record.model_validate_json(zlib.decompress(row.record)) for row in connection.execute(query)}


def _events(connection: Connection, ids: Sequence[str]) -> dict[str, Event]:
    """Events by their ids."""
    if not ids:
        return {}
    query = (
        select(_EVENT.id, _EVENT.ordinal, _REPORT.record)
        .join(tables.reports, _REPORT.id == _EVENT.report_id)
        .where(_EVENT.id.in_(list(ids)))
    )
    return {
        row.id: Event.model_validate(from_json(zlib.decompress(row.record))["events"][row.ordinal])
        for row in connection.execute(query)
    }


def _decisions(connection: Connection, subjects: Sequence[str]) -> dict[str, Any]:
    """The last decision on each of these reports or events."""
    decision = tables.story_decisions.c
    query = select(tables.story_decisions).where(decision.subject.in_(list(subjects))).order_by(decision.number)
    return {row.subject: row for row in connection.execute(query)} if subjects else {}


def _why(decision: Any) -> dict[str, Any]:
    """Confidence, reasons and who decided, as tellers and tellings have them."""
    if decision is None:
        return {"confidence": None, "reasons": (), "by": None}
    reasons = tuple(Reason.model_validate(reason) for reason in json.loads(decision.reasons))
    return {"confidence": decision.confidence, "reasons": reasons, "by": decision.by}


def _tellers(connection: Connection, story_id: str) -> tuple[Teller, ...]:
    query = (
        select(_REPORT.id, _REPORT.title, _REPORT.url, _REPORT.publisher, _REPORT.published)
        .join(tables.story_reports, _TOLD.report_id == _REPORT.id)
        .where(_TOLD.story == story_id)
        .order_by(tables.published, _REPORT.number)
    )
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    decided = _decisions(connection, ids)
    copy = tables.duplicates.c
    copies: dict[str, str] = {}
    for row in connection.execute(
        select(copy.report_id, copy.of).where(or_(copy.report_id.in_(ids))).order_by(copy.share.desc(), copy.of)
    ):
        copies.setdefault(row.report_id, row.of)
    return tuple(
        Teller(
            report_id=row.id,
            title=row.title,
            url=row.url,
            publisher=row.publisher,
            published=_day(row.published),
            copy_of=copies.get(row.id),
            beside=decided[row.id].beside if row.id in decided else None,
            **_why(decided.get(row.id)),
        )
        for row in rows
    )


def _states(event: Event) -> tuple[str, ...]:
    """The first two states that take part in an event."""
    parties = (*event.actors, *event.recipients)
    return tuple(dict.fromkeys(party.actor.country for party in parties if party.actor.country))[:2]


def _common(record: Record, states: tuple[str, ...]) -> dict[str, Any]:
    report = record.report
    voice: Voice | None = voice_of(record, states[0], states[1]) if len(states) == 2 else None
    return {
        "report_id": report.id,
        "title": report.title,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published,
        "voice": voice,
    }


def _coded(told: Any, record: Record, decision: Any, states: tuple[str, ...]) -> EventTelling:
    event = record.events[told.ordinal]
    return EventTelling(
        id=told.id,
        event=event,
        status=event.status,
        evidence=event.evidence,
        sentence=_sentence(record.report.text, event.evidence),
        **_common(record, states),
        **_why(decision),
    )


def _by_story(told: Any, record: Record, decision: Any, event: Event, states: tuple[str, ...]) -> EventTelling:
    words = Span.of(record.report.text, told.start, told.end)
    why = _why(decision) | {"confidence": told.confidence}
    return EventTelling(
        id=f"{told.report_id}~{told.event}",
        event=None,
        status=event.status,
        evidence=words,
        sentence=words.text,
        **_common(record, states),
        **why,
    )


def _sentence(text: str, words: Span) -> str:
    """The sentence in which words begin."""
    found = next((text[start:end] for start, end in sentences(text) if start <= words.start < end), None)
    return found or words.text
