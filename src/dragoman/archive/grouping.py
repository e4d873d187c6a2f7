"""Grouping reports into stories: each report that comes joins the story of its happening, or begins one.

In: a record, in the transaction that adds it. Out: rows in `stories` and its tables; events that are the same are made
one (see `merging`). Who might tell of the same is looked up by keys, within a few days and at most so many each, so
that it costs as much in a large archive as in a small one; nothing is ever gone through.

A report is held against every report of a story (a sample, where there are many); the mean of the odds decides. Copies
of a text join its story outright. A report that is likely for two stories joins them if all in them are likely for
each other. What a person has put apart stays apart.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    union_all,
    update,
)

from dragoman.archive import copies, ledger, merging, tables
from dragoman.archive.rulings import apart
from dragoman.archive.sameness import LATE, Sameness, sameness
from dragoman.archive.tellings import Telling, telling_of
from dragoman.archive.traits import Traits, kept, traits_of, traits_of_row
from dragoman.record.entries import Reason, Record

SURE = 0.4
"""From this likelihood on a report joins a story."""
UNLIKE = -5.0
"""The odds (as a logarithm) of two reports too far apart to be compared."""
CANDIDATES, SAMPLE = 12, 12
PAGE = 50
_NEAREST = 40
_COPY = Reason(fact="nearly the same text", weight=1.0)
_COPIED = Sameness(0.99, lambda: (_COPY,))
_COPY_DAYS = 3


def likely(odds: Sequence[float]) -> float:
    """How likely a report belongs to a story, by its odds (as logarithms) against each report of it."""
    return 1 / (1 + math.exp(-sum(odds) / len(odds)))


def keep(connection: Connection, record: Record, telling: Telling) -> None:
    """Let a report whose rows are in the archive join a story, or begin one; its `ledger_words` must be there."""
    traits = traits_of(record, telling)
    report_id = telling.report_id
    alike = _copies(connection, record)
    if alike:
        connection.execute(
            insert(tables.duplicates),
            [{"report_id": report_id, "of": other, "share": round(much, 3)} for other, much in alike.items()],
        )
    found = _found(connection, traits, alike)
    if traits.published and (keys := keys_of(traits)):
        connection.execute(insert(tables.story_keys), keys)
    if not found:
        _begin(connection, traits)
        return
    best = found[0]
    connection.execute(insert(tables.story_reports), {**kept(traits), "story": best.story})
    decide(connection, report_id, best.story, best.reasons, beside=best.beside, confidence=best.probability)
    for other in found[1:]:
        _bridge(connection, best.story, other, traits)
    refresh(connection, best.story)
    merging.merge(connection, best.story, {report_id})


@dataclass(frozen=True, slots=True)
class Fit:
    """A story that a report may belong to.

    Attributes:
        story: its id.
        probability: that the report belongs to it.
        beside: the report of the story that it is most like.
        reasons: why.
        members: those of its reports that it was held against.
    """

    story: str
    probability: float
    beside: str
    reasons: tuple[Reason, ...]
    members: tuple[Traits, ...]


def _found(connection: Connection, traits: Traits, alike: Mapping[str, float]) -> list[Fit]:
    """The stories that a report may well belong to, the likeliest first."""
    near = [*alike, *(one for one in _candidates(connection, traits) if one not in alike)]
    if not near:
        return []
    fits = []
    for story, members in _stories(connection, near).items():
        compared = [(_compared(traits, other, alike), other) for other in members]
        close = max(compared, key=lambda pair: (pair[0].probability, pair[1].telling.report_id))
        probability = likely([how.odds for how, _ in compared])
        if close[0] is _COPIED:
            probability = max(probability, close[0].probability)
        if probability < SURE:
            continue
        reasons = list(close[0].reasons)
        if len(members) > 1:
            reasons.append(Reason(fact=f"held against {len(members)} reports of the story"))
        fits.append(Fit(story, round(probability, 3), close[1].telling.report_id, tuple(reasons), members))
    return sorted(fits, key=lambda fit: (-fit.probability, fit.story))


def _compared(traits: Traits, other: Traits, alike: Mapping[str, float]) -> Sameness:
    """Two reports against each other; a copy that tells of other days (a daily bulletin) is compared as any other."""
    other_days = traits.news and other.news and traits.news.apart(other.news)
    if other.telling.report_id in alike and _days_apart(traits, other) <= _COPY_DAYS and not other_days:
        return _COPIED
    return sameness(traits, other)


def _days_apart(one: Traits, other: Traits) -> int:
    if one.published is None or other.published is None:
        return 0
    return abs((one.published - other.published).days)


def _candidates(connection: Connection, traits: Traits) -> list[str]:
    """Reports of the same days that share the most keys, at most so many."""
    if traits.published is None:
        return []
    span = timedelta(days=LATE)
    asked = dict(enumerate(traits.keys))
    if not asked:
        return []
    values: dict[str, Any] = {f"key{n}": key for n, key in asked.items()}
    values |= {"first": _shifted(traits.published, -span), "last": _shifted(traits.published, span)}
    values["today"] = traits.published.isoformat()
    return list(connection.execute(_nearest(len(asked)), values).scalars())


@lru_cache(maxsize=64)
def _nearest(keys: int) -> Select[Any]:
    """The query for reports of some days that have most of so many keys; made once, for it takes longer than its run.

    Of reports that share equally many keys those of the same day come first.
    """
    key = tables.story_keys.c
    near = union_all(
        *(
            select(
                select(key.report_id, key.day)
                .where(key.key == bindparam(f"key{n}"), key.day >= bindparam("first"), key.day <= bindparam("last"))
                .order_by(key.day.desc(), key.report_id)
                .limit(_NEAREST)
                .subquery()
            )
            for n in range(keys)
        )
    ).subquery()
    other_day = case((func.min(near.c.day) == bindparam("today"), 0), else_=1)
    return (
        select(near.c.report_id)
        .group_by(near.c.report_id)
        .order_by(func.count().desc(), other_day, near.c.report_id)
        .limit(CANDIDATES)
    )


def _shifted(day: date, by: timedelta) -> str:
    try:
        return (day + by).isoformat()
    except OverflowError:
        return day.isoformat()


def _copies(connection: Connection, record: Record) -> dict[str, float]:
    """Reports with nearly the same text, and how much of it they share; the report's own bands are kept."""
    report, band = record.report, tables.story_copies.c
    groups = copies.groups_of_words(report.text)
    own = copies.bands(groups)
    if not own:
        return {}
    there = select(band.report_id, tables.reports.c.text).join(tables.reports, tables.reports.c.id == band.report_id)
    # A text that a hundred outlets print is compared with some of them only.
    texts = {row.report_id: row.text for row in connection.execute(there.where(band.band.in_(own)).limit(_NEAREST))}
    connection.execute(insert(tables.story_copies), [{"band": one, "report_id": report.id} for one in own])
    shares = {other: copies.share(groups, copies.groups_of_words(text)) for other, text in texts.items()}
    return {other: much for other, much in sorted(shares.items()) if much >= copies.NEARLY}


def _stories(connection: Connection, near: Iterable[str]) -> dict[str, tuple[Traits, ...]]:
    """The stories of these reports, each with those of its reports that are compared."""
    column = tables.story_reports.c
    ids = list(near)
    of = {
        row.report_id: row.story
        for row in connection.execute(select(column.report_id, column.story).where(column.report_id.in_(ids)))
    }
    chosen = _members(connection, {story: [one for one in ids if of[one] == story] for story in of.values()})
    every = sorted({one for listed in chosen.values() for one in listed})
    known = _traits(connection, every)
    return {story: tuple(known[one] for one in listed) for story, listed in chosen.items()}


def members(connection: Connection, story: str, first: Sequence[str] = ()) -> list[str]:
    """Reports of a story, at most `SAMPLE`: those asked for, then in the order they came."""
    return _members(connection, {story: first})[story]


def _members(connection: Connection, first: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Reports of each of these stories, as `members` has them."""
    column, number = tables.story_reports.c, tables.reports.c.number
    turn = func.row_number().over(partition_by=column.story, order_by=number).label("turn")
    told = (
        select(column.story, column.report_id, turn)
        .join(tables.reports, tables.reports.c.id == column.report_id)
        .where(column.story.in_(list(first)))
        .subquery()
    )
    query = select(told.c.story, told.c.report_id).where(told.c.turn <= SAMPLE).order_by(told.c.story, told.c.turn)
    found = {story: list(listed) for story, listed in first.items()}
    for row in connection.execute(query).all():
        found[row.story].append(row.report_id)
    return {story: list(dict.fromkeys(listed))[:SAMPLE] for story, listed in found.items()}


def _traits(connection: Connection, ids: Sequence[str]) -> dict[str, Traits]:
    story, words, report = tables.story_reports, tables.ledger_words, tables.reports.c
    query = (
        select(story, words.c.lead, words.c.countries, words.c.words, words.c.gist, report.published)
        .join(words, words.c.report_id == story.c.report_id)
        .join(tables.reports, report.id == story.c.report_id)
        .where(story.c.report_id.in_(ids))
    )
    return {row.report_id: traits_of_row(row) for row in connection.execute(query).all()}


def _begin(connection: Connection, traits: Traits) -> None:
    """A story of one report."""
    row = kept(traits)
    new_story(connection, row["report_id"], row["day"])
    connection.execute(insert(tables.story_reports), {**row, "story": row["report_id"]})


def new_story(connection: Connection, report_id: str, day: str | None) -> None:
    """The row of a story that one report tells."""
    connection.execute(
        insert(tables.stories),
        {"id": report_id, "opened": day, "updated": day, "reports": 1, "outlets": 1, "event": None},
    )


def keys_of(traits: Traits) -> list[dict[str, Any]]:
    """The rows by which a report is found."""
    day = traits.telling.day
    return [{"key": key, "day": day, "report_id": traits.telling.report_id} for key in dict.fromkeys(traits.keys)]


def _bridge(connection: Connection, story: str, other: Fit, traits: Traits) -> None:
    """Join another story that the report fits, if all that both tell fits together."""
    own = _traits(connection, members(connection, story, [traits.telling.report_id])).values()
    pairs = [sameness(a, b).odds for a in own for b in other.members]
    probability = likely(pairs)
    if probability < SURE:
        return
    if apart(connection, reports_of(connection, story), reports_of(connection, other.story)):
        return
    reasons = (*other.reasons, Reason(fact="a report tells of what both stories tell"))
    take_over(connection, other.story, story, reasons, confidence=round(probability, 3))


def take_over(
    connection: Connection,
    story: str,
    into: str,
    reasons: Sequence[Reason],
    *,
    confidence: float | None = None,
    by: str | None = None,
) -> None:
    """Let all reports of one story belong to another."""
    moved = reports_of(connection, story)
    move(connection, moved, into)
    for report_id in sorted(moved):
        decide(connection, report_id, into, reasons, confidence=confidence, by=by)
    connection.execute(tables.stories.delete().where(tables.stories.c.id == story))
    refresh(connection, into)
    merging.merge(connection, into, moved)


def move(connection: Connection, reports: Collection[str], into: str) -> None:
    """Let these reports belong to a story, whose days and counts are to be refreshed."""
    column = tables.story_reports.c
    connection.execute(update(tables.story_reports).where(column.report_id.in_(sorted(reports))).values(story=into))


def reports_of(connection: Connection, story: str) -> set[str]:
    """All reports of a story."""
    column = tables.story_reports.c
    return {row.report_id for row in connection.execute(select(column.report_id).where(column.story == story))}


def catch_up(connection: Connection) -> None:
    """Group all reports that stand in no story, as those of an archive made before there were any; page by page."""
    report, grouped = tables.reports.c, tables.story_reports.c.report_id
    behind = ("", "")
    while True:
        here = tuple_(tables.published, report.id)
        page = (
            select(report.id, tables.published.label("day"), report.record)
            .where(tables.published >= behind[0], here > tuple_(literal(behind[0]), literal(behind[1])))
            .where(~exists(select(literal(1)).where(grouped == report.id)))
            .order_by(tables.published, report.id)
            .limit(PAGE)
        )
        rows = connection.execute(page).all()
        for row in rows:
            record = Record.model_validate_json(zlib.decompress(row.record))
            telling = telling_of(record)
            ledger.keep_words(connection, telling)
            keep(connection, record, telling)
        if len(rows) < PAGE:
            return
        behind = rows[-1].day, rows[-1].id


def refresh(connection: Connection, story: str) -> None:
    """Let a story's days and counts follow its reports."""
    column = tables.story_reports.c
    outlet = func.coalesce(column.outlet, column.report_id)
    query = select(func.min(column.day), func.max(column.day), func.count(), func.count(outlet.distinct()))
    opened, updated, reports, outlets = connection.execute(query.where(column.story == story)).one()
    values = {"opened": opened, "updated": updated, "reports": reports, "outlets": outlets}
    connection.execute(update(tables.stories).where(tables.stories.c.id == story).values(values))


def decide(
    connection: Connection,
    subject: str,
    into: str,
    reasons: Iterable[Reason],
    *,
    beside: str | None = None,
    confidence: float | None = None,
    by: str | None = None,
) -> None:
    """Keep what was decided of a report or an event, and why; never changed."""
    connection.execute(
        insert(tables.story_decisions),
        {
            "subject": subject,
            "into": into,
            "beside": beside,
            "confidence": confidence,
            "reasons": json.dumps([reason.model_dump() for reason in reasons], ensure_ascii=False),
            "by": by,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )
