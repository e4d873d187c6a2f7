"""Questions as conditions in SQL: another way to what `sieve` finds in columns, to check it by."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, literal, or_, select, true

from dragoman.archive import tables
from dragoman.archive.filters import ACTING, RECEIVING, SAYING, Question


def report_condition(asked: Question, *, days: bool) -> ColumnElement[bool]:
    """The condition on `reports`: publisher, id and, where asked, the day it appeared."""
    report = tables.reports.c
    conditions: list[ColumnElement[bool]] = [true()]
    if asked.publisher is not None:
        conditions.append(report.publisher == asked.publisher)
    if asked.report_id is not None:
        conditions.append(report.id == asked.report_id)
    if days and asked.since is not None:
        conditions.append(report.published >= asked.since)
    if days and asked.until is not None:
        conditions.append(report.published <= asked.until)
    return and_(*conditions)


def entry_condition(asked: Question, table: Table) -> ColumnElement[bool]:
    """The condition on a table of entries."""
    if table is tables.actors:
        return _of_actors(asked, table)
    conditions = [_own_condition(asked, table), _stands(asked, table)]
    assert asked.judged is None
    if asked.since is not None:
        conditions.append(table.c.day_to >= asked.since)
    if asked.until is not None:
        conditions.append(table.c.day_from <= asked.until)
    return and_(*conditions)


def _own_condition(asked: Question, table: Table) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    for name in ("category", "mode", "quad", "status", "background", "kind", "channel", "stance"):
        value = getattr(asked, name)
        if value is not None and name in table.c:
            conditions.append(table.c[name] == value)
    if asked.place is not None and "place_name" in table.c:
        column = "place_country" if re.fullmatch("[A-Z]{3}", asked.place) else "place_name"
        conditions.append(table.c[column] == asked.place)
    if asked.contexts is not None:
        conditions.append((literal(" ") + table.c.contexts + literal(" ")).contains(f" {asked.contexts} "))
    if asked.cameo is not None:
        # Digits only, so a range: every code that begins with them.
        conditions.append(and_(table.c.cameo >= asked.cameo, table.c.cameo < asked.cameo + ":"))
    if asked.min_confidence is not None:
        conditions.append(table.c.confidence >= asked.min_confidence)
    return and_(*conditions)


def _stands(asked: Question, table: Table) -> ColumnElement[bool]:
    """The condition on who stands in an entry."""
    acting, receiving = ACTING[table.name], RECEIVING[table.name]
    both = tuple(dict.fromkeys((*acting, *receiving)))
    mutual: ColumnElement[bool] = table.c.reciprocal if table is tables.events else false()
    conditions: list[ColumnElement[bool]] = [true()]
    for country, sides in ((asked.actor, acting), (asked.recipient, receiving)):
        if country is not None:
            there = table.c.id.in_(_with(country, sides))
            conditions.append(or_(there, and_(mutual, table.c.id.in_(_with(country, both)))))
    if asked.dyad is not None:
        one, other = asked.dyad
        across = or_(
            table.c.id.in_(_pair(one, other, acting, receiving)), table.c.id.in_(_pair(other, one, acting, receiving))
        )
        conditions.append(or_(across, and_(mutual, table.c.id.in_(_pair(one, other, both, both)))))
    party = tables.parties.c
    if asked.state is not None:
        conditions.append(table.c.id.in_(_with(asked.state, both)))
    if asked.sector is not None:
        conditions.append(table.c.id.in_(select(party.entry).where(party.sector == asked.sector, party.side.in_(both))))
    if asked.name is not None:
        everywhere = (*both, *SAYING.get(table.name, ()))
        conditions.append(table.c.id.in_(_named(asked.name, everywhere)))
    if asked.speaker is not None:
        saying = SAYING[table.name]
        coded = re.fullmatch("[A-Z]{3}", asked.speaker)
        said = _with(asked.speaker, saying) if coded else _named(asked.speaker, saying)
        conditions.append(table.c.id.in_(said))
    return and_(*conditions)


def _of_actors(asked: Question, table: Table) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    for name, value in (("country", asked.actor), ("sector", asked.sector), ("kind", asked.kind)):
        if value is not None:
            conditions.append(table.c[name] == value)
    if asked.name is not None:
        conditions.append(table.c.name.contains(asked.name, autoescape=True))
    return and_(*conditions)


def _named(words: str, sides: tuple[str, ...]) -> Select[Any]:
    party = tables.parties.c
    return select(party.entry).where(party.name.contains(words, autoescape=True), party.side.in_(sides))


def _with(country: str, sides: tuple[str, ...]) -> Select[Any]:
    party = tables.parties.c
    return select(party.entry).where(party.country == country, party.side.in_(sides))


def _pair(one: str, other: str, first: tuple[str, ...], second: tuple[str, ...]) -> Select[Any]:
    """Entries with two different parties, one of either country, on the given sides."""
    a, b = tables.parties.alias(), tables.parties.alias()
    return (
        select(a.c.entry)
        .join(b, a.c.entry == b.c.entry)
        .where(a.c.country == one, a.c.side.in_(first), b.c.country == other, b.c.side.in_(second))
        .where(or_(a.c.side != b.c.side, a.c.ordinal != b.c.ordinal))
    )
