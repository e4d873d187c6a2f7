"""Whether stories are whole: every report stands in one, rows say what their reports and events say, rulings hold.

In: a connection. Out: inconsistencies in plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, exists, func, literal, or_, select

from dragoman.archive import tables

_PAGE = 1000


def story_faults(connection: Connection) -> Iterator[str]:
    """All that does not fit."""
    yield from _reports(connection)
    yield from _stories(connection)
    yield from _events(connection)
    yield from _mentions(connection)
    yield from _rulings(connection)


def _reports(connection: Connection) -> Iterator[str]:
    told, report, key = tables.story_reports.c, tables.reports.c, tables.story_keys.c
    alone = select(report.id).where(~exists(select(literal(1)).where(told.report_id == report.id)))
    for row in connection.execute(alone):
        yield f"reports, {row.id}: stands in no story"
    days = (
        select(told.report_id, told.day, report.published)
        .join(tables.reports, report.id == told.report_id)
        .where(func.coalesce(told.day, "") != func.coalesce(report.published, ""))
    )
    for row in connection.execute(days):
        yield f"story_reports, {row.report_id}: is of {row.day!r}, its report of {row.published!r}"
    words = tables.ledger_words.c.report_id
    for row in connection.execute(
        select(told.report_id).where(~exists(select(literal(1)).where(words == told.report_id)))
    ):
        yield f"story_reports, {row.report_id}: its words are missing from ledger_words"
    late = (
        select(key.report_id, key.day, told.day.label("own"))
        .join(tables.story_reports, told.report_id == key.report_id)
        .where(key.day != func.coalesce(told.day, ""))
        .distinct()
    )
    for row in connection.execute(late):
        yield f"story_keys, {row.report_id}: is found by the day {row.day!r}, is of {row.own!r}"


def _stories(connection: Connection) -> Iterator[str]:
    story, told = tables.stories.c, tables.story_reports.c
    counted = (
        select(
            told.story,
            func.min(told.day).label("opened"),
            func.max(told.day).label("updated"),
            func.count().label("reports"),
            func.count(func.coalesce(told.outlet, told.report_id).distinct()).label("outlets"),
        )
        .group_by(told.story)
        .subquery()
    )
    differs = or_(
        counted.c.story.is_(None),
        story.reports != counted.c.reports,
        story.outlets != counted.c.outlets,
        func.coalesce(story.opened, "") != func.coalesce(counted.c.opened, ""),
        func.coalesce(story.updated, "") != func.coalesce(counted.c.updated, ""),
    )
    joined = tables.stories.outerjoin(counted, counted.c.story == story.id)
    for row in connection.execute(select(story.id, counted.c.story).select_from(joined).where(differs)):
        fault = "has no reports" if row.story is None else "its days or counts are not those of its reports"
        yield f"stories, {row.id}: {fault}"
    heads = (
        select(story.id, told.story)
        .join(tables.story_reports, told.report_id == story.id)
        .where(told.story != story.id)
    )
    for row in connection.execute(heads):
        yield f"stories, {row.id}: is called after a report that belongs to {row.story}"


def _events(connection: Connection) -> Iterator[str]:
    """What shares an event is called after one of its tellings, and stands in one story."""
    event, told = tables.events.c, tables.story_reports.c
    head, own = tables.events.alias(), tables.story_reports.alias()
    renamed = (
        select(event.id, event.event_id)
        .join(head, head.c.id == event.event_id)
        .where(event.id != event.event_id, head.c.event_id != head.c.id)
    )
    for row in connection.execute(renamed):
        yield f"events, {row.id}: belongs to {row.event_id}, which belongs to another itself"
    strays = (
        select(event.id, event.event_id)
        .join(head, head.c.id == event.event_id)
        .join(tables.story_reports, told.report_id == event.report_id)
        .join(own, own.c.report_id == head.c.report_id)
        .where(event.id != event.event_id, told.story != own.c.story)
    )
    for row in connection.execute(strays):
        yield f"events, {row.id}: is one with {row.event_id}, which stands in another story"
    last = _last_decision()
    joined = (
        select(event.id, event.event_id, last.c.into)
        .outerjoin(last, last.c.subject == event.id)
        .where(event.id != event.event_id, func.coalesce(last.c.into, "") != event.event_id)
    )
    for row in connection.execute(joined):
        yield f"events, {row.id}: is one with {row.event_id}, which no decision says"


def _last_decision() -> Any:
    number, subject = tables.story_decisions.c.number, tables.story_decisions.c.subject
    newest = select(func.max(number).label("number")).group_by(subject).subquery()
    decision = tables.story_decisions.c
    return select(decision.subject, decision.into).join(newest, newest.c.number == decision.number).subquery()


def _mentions(connection: Connection) -> Iterator[str]:
    mention, told, story, event = (
        tables.story_mentions.c,
        tables.story_reports.c,
        tables.stories.c,
        tables.events.c,
    )
    wrong = (
        select(mention.report_id, mention.event)
        .join(tables.story_reports, told.report_id == mention.report_id)
        .join(tables.stories, story.id == told.story)
        .where(func.coalesce(story.event, "") != mention.event)
    )
    for row in connection.execute(wrong):
        yield f"story_mentions, {row.report_id}: tells of {row.event}, its story of another event"
    heads = select(story.id, story.event).join(tables.events, event.id == story.event)
    for row in connection.execute(heads.where(event.id != event.event_id)):
        yield f"stories, {row.id}: is about {row.event}, which is one with another event"
    texts = (
        select(mention.report_id)
        .join(tables.reports, tables.reports.c.id == mention.report_id)
        .where(or_(mention.start >= mention.end, mention.end > func.length(tables.reports.c.text)))
    )
    for row in connection.execute(texts):
        yield f"story_mentions, {row.report_id}: its words lie outside the report"


def _rulings(connection: Connection) -> Iterator[str]:
    """What a person has put apart stands apart: of several rulings on one pair the last holds."""
    ruling = tables.story_rulings.c
    last: dict[frozenset[str], bool] = {}
    for row in connection.execute(select(ruling.one, ruling.other, ruling.together).order_by(ruling.number)):
        last[frozenset((row.one, row.other))] = row.together
    apart = [sorted(pair) for pair, together in last.items() if not together]
    for start in range(0, len(apart), _PAGE):
        page = apart[start : start + _PAGE]
        ids = {one for pair in page for one in pair}
        groups = dict(_groups(connection, ids))
        for one, other in page:
            if one in groups and groups[one] == groups.get(other):
                yield f"story_rulings: {one} and {other} were put apart and stand together in {groups[one]}"


def _groups(connection: Connection, ids: set[str]) -> Iterator[tuple[str, str]]:
    """By report its story, by event its event."""
    asked: tuple[Select[Any], ...] = (
        select(tables.story_reports.c.report_id, tables.story_reports.c.story).where(
            tables.story_reports.c.report_id.in_(sorted(ids))
        ),
        select(tables.events.c.id, tables.events.c.event_id).where(tables.events.c.id.in_(sorted(ids))),
    )
    for query in asked:
        for row in connection.execute(query):
            yield str(row[0]), str(row[1])
