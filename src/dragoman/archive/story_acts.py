"""What people do to stories: split what was joined wrongly, join what was not. What they say stays, whatever comes.

In: ids, who says it and why. Out: changed stories and events; what was said is kept as rulings on pairs, and as
decisions, which only grow. Ids are those of reports, of events in reports (``0123456789abcdef-e0``) or of mentions
(``0123456789abcdef~fedcba9876543210-e0``). Refuses ids that are not there, a split of what stands alone, a join of a
report with an event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select, update

from dragoman.archive import grouping, merging, tables, tallies
from dragoman.archive.opening import Store
from dragoman.archive.rulings import pairs_apart, rule
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.record.entries import Reason

_REPORT = re.compile("[0-9a-f]{16}")
_EVENT = re.compile("[0-9a-f]{16}-e[0-9]+")


def split(store: Store, what: str, *, by: str, reason: str | None = None) -> str:
    """Take a report out of its story, or an event out of those that it was made one with, for good.

    Returns:
        The id of its own story, or its own event's.

    Raises:
        NotFoundError: when there is no such report, event or mention.
        ArchiveError: when it stands alone, or nobody is named who says so.
    """
    who = _named(by)
    with store.writing() as connection:
        if _REPORT.fullmatch(what):
            return _split_report(connection, what, who, reason, store.where)
        report_id, tilde, event = what.partition("~")
        if tilde:
            return _split_mention(connection, report_id, event, who, reason, store.where)
        return _split_event(connection, what, who, reason, store.where)


def join(store: Store, one: str, other: str, *, by: str, reason: str | None = None) -> str:
    """Let two reports tell of one happening, or two events of two reports be one, whatever was said before.

    Their whole stories are joined; of events all tellings of either.

    Returns:
        The id of the common story, or event.

    Raises:
        NotFoundError: when there is no such report or event.
        ArchiveError: when they are joined already, are of two kinds, or nobody is named who says so.
    """
    who = _named(by)
    with store.writing() as connection:
        if _REPORT.fullmatch(one) and _REPORT.fullmatch(other):
            stories = [_story(connection, report_id, store.where) for report_id in (one, other)]
            if stories[0] == stories[1]:
                raise ArchiveError(f"{one} and {other} tell of one story already, {stories[0]}")
            rule(connection, [(one, other)], together=True, by=who, reason=reason)
            return _join_stories(connection, stories[0], stories[1], who, reason)
        if not (_EVENT.fullmatch(one) and _EVENT.fullmatch(other)):
            raise ArchiveError(f"{one} and {other} cannot be joined; give two reports, or two events of reports")
        return _join_events(connection, one, other, who, reason, store.where)


def _named(by: str) -> str:
    if not by.strip():
        raise ArchiveError("nobody is named who says so; give a name")
    return by.strip()


def _said(what: str, by: str, reason: str | None) -> tuple[Reason, ...]:
    return (Reason(fact=f"{what} by {by}" + (f": {reason}" if reason else ""), weight=1.0),)


def _story(connection: Connection, report_id: str, where: str) -> str:
    column = tables.story_reports.c
    story = connection.execute(select(column.story).where(column.report_id == report_id)).scalar()
    if story is None:
        raise NotFoundError(f"there is no report {report_id!r} in {where}")
    return str(story)


def _split_report(connection: Connection, report_id: str, by: str, reason: str | None, where: str) -> str:
    story = _story(connection, report_id, where)
    others = grouping.reports_of(connection, story) - {report_id}
    if not others:
        raise ArchiveError(f"report {report_id} tells its story alone; there is nothing to split")
    said = _said("split off", by, reason)
    rule(connection, [(report_id, other) for other in sorted(others)], together=False, by=by, reason=reason)
    entry = tables.events.c
    for row in connection.execute(select(entry.id).where(entry.report_id == report_id)).all():
        # Whoever joins the reports again has not said anything of their events.
        _leave(connection, row.id, by, said)
    if story == report_id:
        # A story is called after one of its reports: the rest needs another name.
        rest = grouping.members(connection, story)
        heir = next(one for one in rest if one != report_id)
        grouping.new_story(connection, heir, None)
        grouping.move(connection, others, heir)
        for other in sorted(others):
            grouping.decide(connection, other, heir, said, by=by)
        story = heir
    else:
        grouping.new_story(connection, report_id, None)
        grouping.move(connection, {report_id}, report_id)
    grouping.decide(connection, report_id, report_id, said, by=by)
    for one in (story, report_id):
        grouping.refresh(connection, one)
        merging.settle(connection, one)
    return report_id


def _split_event(connection: Connection, event: str, by: str, reason: str | None, where: str) -> str:
    entry = tables.events.c
    found = connection.execute(select(entry.report_id, entry.event_id).where(entry.id == event)).first()
    if found is None:
        raise NotFoundError(f"there is no report, event or mention {event!r} in {where}")
    others = _leave(connection, event, by, _said("split off", by, reason))
    if not others:
        raise ArchiveError(f"event {event} is told by one report only; there is nothing to split")
    rule(connection, [(event, other) for other in others], together=False, by=by, reason=reason)
    merging.settle(connection, _story(connection, found.report_id, where))
    return event


def _leave(connection: Connection, event: str, by: str, said: Sequence[Reason]) -> list[str]:
    """Let an event be one of its own; returns the others that it was one with."""
    entry, report = tables.events.c, tables.reports.c
    group = connection.execute(select(entry.event_id).where(entry.id == event)).scalar_one()
    query = (
        select(entry.id)
        .join(tables.reports, report.id == entry.report_id)
        .where(entry.event_id == group, entry.id != event)
        .order_by(report.number, entry.ordinal)
    )
    others = [str(row.id) for row in connection.execute(query)]
    if not others:
        return []
    if group == event:
        _rename(connection, others, others[0])
        for other in others:
            grouping.decide(connection, other, others[0], said, by=by)
    else:
        _rename(connection, [event], event)
    grouping.decide(connection, event, event, said, by=by)
    return others


def _rename(connection: Connection, events: Collection[str], event_id: str) -> None:
    connection.execute(update(tables.events).where(tables.events.c.id.in_(list(events))).values(event_id=event_id))
    tallies.moved(connection, events)


def _split_mention(connection: Connection, report_id: str, event: str, by: str, reason: str | None, where: str) -> str:
    mention, entry = tables.story_mentions.c, tables.events.c
    there = select(mention.event).where(mention.report_id == report_id, mention.event == event)
    if connection.execute(there).first() is None:
        raise NotFoundError(f"there is no mention {f'{report_id}~{event}'!r} in {where}")
    tellings = [row.id for row in connection.execute(select(entry.id).where(entry.event_id == event))]
    rule(connection, [(report_id, one) for one in tellings], together=False, by=by, reason=reason)
    grouping.decide(connection, report_id, report_id, _said(f"does not tell of {event}, said", by, reason), by=by)
    merging.settle(connection, _story(connection, report_id, where))
    return report_id


def _join_stories(connection: Connection, one: str, other: str, by: str, reason: str | None) -> str:
    """Two stories as one, which keeps the name of the older."""
    _overrule(
        connection, grouping.reports_of(connection, one), grouping.reports_of(connection, other), by=by, reason=reason
    )
    report = tables.reports.c
    query = select(report.id).where(report.id.in_((one, other))).order_by(report.number)
    into, story = (str(row.id) for row in connection.execute(query))
    grouping.take_over(connection, story, into, _said("joined", by, reason), by=by)
    return into


def _overrule(
    connection: Connection, these: Collection[str], those: Collection[str], *, by: str, reason: str | None
) -> None:
    """Take back what was put apart between these and those."""
    before = [tuple(sorted(pair)) for pair in pairs_apart(connection, these, those)]
    pairs = [(pair[0], pair[1]) for pair in sorted(before)]
    rule(connection, pairs, together=True, by=by, reason=reason)


def _join_events(connection: Connection, one: str, other: str, by: str, reason: str | None, where: str) -> str:
    entry, report = tables.events.c, tables.reports.c
    query = select(entry.id, entry.event_id, entry.report_id).where(entry.id.in_((one, other)))
    found = {row.id: row for row in connection.execute(query)}
    for event in (one, other):
        if event not in found:
            raise NotFoundError(f"there is no event {event!r} in {where}")
    if found[one].event_id == found[other].event_id:
        raise ArchiveError(f"{one} and {other} are one event already, {found[one].event_id}")
    rule(connection, [(one, other)], together=True, by=by, reason=reason)
    stories = [_story(connection, found[event].report_id, where) for event in (one, other)]
    story = stories[0]
    if stories[0] != stories[1]:
        story = _join_stories(connection, stories[0], stories[1], by, reason)
    # Joining the stories may have made the two one already, or have moved either.
    groups = [
        connection.execute(select(entry.event_id).where(entry.id == event)).scalar_one() for event in (one, other)
    ]
    if groups[0] != groups[1]:
        tellings = (
            select(entry.id, entry.event_id)
            .join(tables.reports, report.id == entry.report_id)
            .where(entry.event_id.in_(groups))
            .order_by(report.number, entry.ordinal)
        )
        rows = connection.execute(tellings).all()
        members = [[row.id for row in rows if row.event_id == group] for group in groups]
        _overrule(connection, members[0], members[1], by=by, reason=reason)
        into = str(rows[0].event_id)
        moved = [row.id for row in rows if row.event_id != into]
        _rename(connection, moved, into)
        for event in moved:
            grouping.decide(connection, event, into, _said("joined", by, reason), by=by)
        groups[0] = into
    merging.settle(connection, story)
    return str(groups[0])
