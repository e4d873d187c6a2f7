"""How many: entries that filters let through, in all or by day, month, dyad, category and so on.

In: a `Question` and what to count by. Out: `Count`s, exact. Events count by what happened: one that many reports tell
counts once, `tellings` says how often it is told. Entries without a day are left out where days are counted by.
By dyad an event counts for each pair of states that it joins, whichever acts; a pair is written ``IRN-QAT``, in the
order of the alphabet.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, Select, Table, func, literal, or_, select

from dragoman.archive import tables, verdicts
from dragoman.archive.conditions import ACTING, RECEIVING, entry_condition, report_condition, telling_condition
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.errors import ArchiveError

TABLES: Mapping[str, Table] = {
    "events": tables.events,
    "contacts": tables.contacts,
    "statements": tables.statements,
    "commitments": tables.commitments,
    "actors": tables.actors,
}
"""What can be counted, beside reports."""
_OWN = ("category", "mode", "cameo", "quad", "status", "kind", "channel", "stance", "place_country")
_DAYS: Mapping[str, int] = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of a count.

    Attributes:
        key: what it is for: a day, a month, ``IRN-QAT``, a category ...; None where the entries have none.
        number: how many: of events, each once however many reports tell it.
        tellings: how many rows, so that an event told by three reports counts thrice.
        intensity: of events, the mean of their PLOVER intensity (over tellings); None for others.
    """

    key: str | None
    number: int
    tellings: int
    intensity: float | None = None


def ways(of: str) -> tuple[str, ...]:
    """What entries of a kind can be counted by."""
    if of == "reports":
        return (*_DAYS, "publisher")
    own = tuple(name for name in _OWN if name in TABLES[of].c)
    if of == "actors":
        return (*own, "country", "sector", "name", "publisher")
    return (*_DAYS, "dyad", "country", *own, "publisher")


def count(store: Store, asked: Question) -> int:
    """How many there are; events once each, however many reports tell them."""
    table = TABLES.get(asked.of)
    with store.reading() as connection:
        return int(connection.execute(_all(asked, table)).scalar() or 0)


def counts(store: Store, asked: Question, by: str) -> list[Count]:
    """How many by what; days in their order, all else the most first.

    Raises:
        ArchiveError: when the entries cannot be counted by that.
    """
    if by not in ways(asked.of):
        raise ArchiveError(f"{asked.of} cannot be counted by {by!r}; they can by: {', '.join(ways(asked.of))}")
    table = TABLES.get(asked.of)
    key = _key(table, by)
    if table is None:
        query = select(key.label("key"), func.count().label("number"), func.count().label("tellings"))
        query = query.where(report_condition(asked, days=True), telling_condition(asked))
    else:
        query = _counted(table, key, apart=by == "dyad").where(entry_condition(asked, table))
        query = _with_reports(query, asked, table, by)
        if by in _JOINS and table is not tables.actors:
            query = _JOINS[by](query, table)
    if by in _DAYS:
        query = query.where(key.is_not(None))
    query = query.group_by("key")
    query = query.order_by("key") if by in _DAYS else query.order_by(func.count().desc(), "key")
    if asked.limit is not None:
        query = query.limit(asked.limit)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        moved = _moved(connection, asked, table, by) if table is not None and by in _OWN else []
    found = [
        Count(
            key=None if row.key is None else str(row.key),
            number=row.number,
            tellings=row.tellings,
            intensity=getattr(row, "intensity", None),
        )
        for row in rows
    ]
    return _corrected(found, moved) if moved else found


def _moved(connection: Connection, asked: Question, table: Table, by: str) -> list[tuple[str | None, str | None]]:
    """Entries that a correction counts elsewhere: as what they were coded, and as what they should be."""
    mended = verdicts.corrections(connection, asked.judged)
    out = []
    report, row = tables.reports.c, table.c
    for entry, correction in mended.items():
        if by not in correction and "category" not in correction:
            continue
        query = select(report.record, row.ordinal).join(table, row.report_id == report.id)
        found = connection.execute(query.where(row.id == entry, entry_condition(asked, table))).first()
        if found is None:
            continue
        told = verdicts.entry_of(table, from_json(zlib.decompress(found.record))[table.name][found.ordinal])
        before, after = getattr(told, by, None), getattr(verdicts.corrected(told, correction), by, None)
        if before != after:
            out.append(tuple(None if value is None else str(value) for value in (before, after)))
    return [(before, after) for before, after in out]


def _corrected(found: list[Count], moved: list[tuple[str | None, str | None]]) -> list[Count]:
    """Counts with entries moved to where they should stand; means stay those of what was coded."""
    by_key = {one.key: one for one in found}
    for before, after in moved:
        for key, step in ((before, -1), (after, 1)):
            one = by_key.get(key) or Count(key=key, number=0, tellings=0)
            by_key[key] = replace(one, number=max(0, one.number + step), tellings=max(0, one.tellings + step))
    return sorted((one for one in by_key.values() if one.number), key=lambda one: (-one.number, one.key or ""))


def _all(asked: Question, table: Table | None) -> Select[Any]:
    if table is None:
        return (
            select(func.count())
            .select_from(tables.reports)
            .where(report_condition(asked, days=True), telling_condition(asked))
        )
    what = func.count(tables.events.c.event_id.distinct()) if table is tables.events else func.count()
    query = select(what).select_from(table).where(entry_condition(asked, table))
    return _with_reports(query, asked, table, "")


def _with_reports(query: Select[Any], asked: Question, table: Table, by: str) -> Select[Any]:
    """Reports are joined only where something is asked of them."""
    if by == "publisher" or asked.publisher is not None or table is tables.actors:
        query = query.join(tables.reports, tables.reports.c.id == table.c.report_id)
        return query.where(report_condition(asked, days=table is tables.actors))
    return query.where(table.c.report_id == asked.report_id) if asked.report_id is not None else query


def _key(table: Table | None, by: str) -> ColumnElement[Any]:
    if by in _DAYS:
        day = tables.reports.c.published if table is None else table.c.day_from
        return day if by == "day" else func.substr(day, 1, _DAYS[by])
    if by == "publisher":
        return tables.reports.c.publisher
    if by == "dyad":
        return _ONE.c.country + literal("-") + _OTHER.c.country
    if by == "country" and table is not tables.actors:
        return _ONE.c.country
    assert table is not None
    return table.c[by]


def _counted(table: Table, key: ColumnElement[Any], *, apart: bool) -> Select[Any]:
    columns: list[Any] = [key.label("key")]
    # Two parties of one state would let an entry count twice.
    rows = func.count(table.c.id.distinct()) if apart else func.count()
    if table is tables.events:
        columns += [func.count(table.c.event_id.distinct()).label("number"), rows.label("tellings")]
        columns.append(func.avg(table.c.intensity).label("intensity"))
    else:
        columns += [rows.label("number"), rows.label("tellings")]
    return select(*columns).select_from(table)


def _sides(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ACTING[table.name], *RECEIVING[table.name])))


def _of_country(query: Select[Any], table: Table) -> Select[Any]:
    """Each state that stands in an entry, once."""
    joined = query.join(_ONE, _ONE.c.entry == table.c.id)
    return joined.where(_ONE.c.side.in_(_sides(table)), _ONE.c.country.is_not(None), _first(_ONE, table))


def _of_dyad(query: Select[Any], table: Table) -> Select[Any]:
    """Each pair of states that stand on two sides of an entry, or together in a mutual one, once."""
    query = query.join(_ONE, _ONE.c.entry == table.c.id).join(_OTHER, _OTHER.c.entry == table.c.id)
    acting, receiving = ACTING[table.name], RECEIVING[table.name]
    across = or_(
        _ONE.c.side.in_(acting) & _OTHER.c.side.in_(receiving), _ONE.c.side.in_(receiving) & _OTHER.c.side.in_(acting)
    )
    if table is tables.events:
        across = or_(across, table.c.reciprocal & _ONE.c.side.in_(_sides(table)) & _OTHER.c.side.in_(_sides(table)))
    return query.where(across, _ONE.c.country < _OTHER.c.country)


def _first(party: Any, table: Table) -> ColumnElement[bool]:
    """Whether this is the first party of its state in the entry."""
    before = tables.parties.alias()
    same = select(literal(1)).where(
        before.c.entry == party.c.entry,
        before.c.country == party.c.country,
        before.c.side.in_(_sides(table)),
        or_(before.c.side < party.c.side, (before.c.side == party.c.side) & (before.c.ordinal < party.c.ordinal)),
    )
    return ~same.exists()


_ONE, _OTHER = tables.parties.alias("one"), tables.parties.alias("other")
_JOINS: Mapping[str, Callable[[Select[Any], Table], Select[Any]]] = {"country": _of_country, "dyad": _of_dyad}
