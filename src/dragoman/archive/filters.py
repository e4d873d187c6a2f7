"""What may be asked of the archive: filters, checked, as conditions on its tables.

In: keyword filters. Out: a `Question`, from which `view` takes its conditions. A filter that does not exist, or that
the kind of entry asked for does not have, is a `TypeError`; a value that cannot be meant is an `ArchiveError`.

    dyad="IRN-QAT"      both stand in the entry, on two sides; either direction
    actor="IRN"         acts, takes part, speaks or promises; recipient="QAT": is acted on, spoken to, spoken about
    category, mode, quad, cameo="03" (also all codes below it), status, background, min_confidence
    since, until        days, both included; see below
    publisher, report_id, limit
    kind, open, overdue (of commitments in the ledger)

Two sides: in a mutual event and in a contact nobody is first, so whoever takes part is both actor and recipient.
Days: entries go by their own date where they state one, else by their report's. Reports, actors and search hits go by
the day the report appeared. What has no day is left out as soon as a day is asked for.
Asked of reports, the filters on events find the reports that tell one event to which all of them apply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypedDict, get_args

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select, true

from dragoman.archive import tables
from dragoman.errors import ArchiveError
from dragoman.record.entries import Category, CommitmentKind, CommitmentStatus, ContactStatus, Status


class Filters(TypedDict, total=False):
    """The keyword filters; None is the same as leaving one out."""

    dyad: str | None
    actor: str | None
    recipient: str | None
    category: str | None
    mode: str | None
    cameo: str | None
    quad: int | None
    status: str | None
    background: bool | None
    since: str | date | None
    until: str | date | None
    publisher: str | None
    min_confidence: float | None
    report_id: str | None
    kind: str | None
    open: bool | None
    overdue: bool | None
    limit: int | None


_LEDGER = frozenset({"kind", "open", "overdue"})
_ALL = frozenset(Filters.__annotations__) - _LEDGER
_REPORT = frozenset({"since", "until", "publisher", "report_id", "limit"})
_SIDES = frozenset({"dyad", "actor", "recipient", "min_confidence"}) | _REPORT
_KNOWN: dict[str, frozenset[str]] = {
    "reports": _ALL,
    "events": _ALL,
    "contacts": _SIDES | {"status", "background"},
    "statements": _SIDES,
    "commitments": _SIDES | {"status", "background"},
    "actors": _REPORT | {"actor"},
    "ledger": _SIDES | _LEDGER | {"status", "background"},
}
_STATUS = {
    "reports": get_args(Status),
    "events": get_args(Status),
    "contacts": get_args(ContactStatus),
    "commitments": get_args(CommitmentStatus),
    "ledger": get_args(CommitmentStatus),
}
_ACTING = {"events": ("actor",), "contacts": ("participant",), "statements": ("speaker",), "commitments": ("by",)}
_RECEIVING = {
    "events": ("recipient",),
    "contacts": ("participant",),
    "statements": ("addressee", "about"),
    "commitments": ("to", "addressee"),
}
_EVENT_ONLY = (
    "dyad",
    "actor",
    "recipient",
    "category",
    "mode",
    "cameo",
    "quad",
    "status",
    "background",
    "min_confidence",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Filters after checking; None is not asked."""

    of: str
    dyad: tuple[str, str] | None = None
    actor: str | None = None
    recipient: str | None = None
    category: str | None = None
    mode: str | None = None
    cameo: str | None = None
    quad: int | None = None
    status: str | None = None
    background: bool | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    min_confidence: float | None = None
    report_id: str | None = None
    kind: str | None = None
    open: bool | None = None
    overdue: bool | None = None
    limit: int | None = None

    @property
    def about_events(self) -> bool:
        """Whether a filter on events is asked."""
        return any(getattr(self, name) is not None for name in _EVENT_ONLY)


def question(of: str, given: Filters, *, caller: str | None = None) -> Question:
    """Check filters for one kind of row.

    Raises:
        TypeError: for a filter that does not exist or that these rows do not have.
        ArchiveError: for a value that cannot be meant.
    """
    known = _KNOWN[of]
    for name in given:
        if name not in known:
            listed = ", ".join(field.name for field in fields(Question) if field.name in known)
            raise TypeError(f"{caller or of}() has no filter {name!r}; it has: {listed}")
    asked: dict[str, Any] = {name: _CHECKS[name](name, value) for name, value in given.items() if value is not None}
    if "status" in asked:
        asked["status"] = _one_of("status", asked["status"], _STATUS[of])
    if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
        raise ArchiveError(f"since {asked['since']} is later than until {asked['until']}")
    return Question(of=of, **asked)


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


def telling_condition(asked: Question) -> ColumnElement[bool]:
    """The condition on `reports` that they tell one event to which all filters on events apply."""
    if not asked.about_events:
        return true()
    telling = select(tables.events.c.report_id).where(
        _own_condition(asked, tables.events), _stands(asked, tables.events)
    )
    return tables.reports.c.id.in_(telling)


def entry_condition(asked: Question, table: Table) -> ColumnElement[bool]:
    """The condition on a table of entries."""
    if table is tables.actors:
        return table.c.country == asked.actor if asked.actor else true()
    conditions = [_own_condition(asked, table), _stands(asked, table)]
    if asked.since is not None:
        conditions.append(table.c.day_to >= asked.since)
    if asked.until is not None:
        conditions.append(table.c.day_from <= asked.until)
    return and_(*conditions)


def _own_condition(asked: Question, table: Table) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    for name in ("category", "mode", "quad", "status", "background"):
        value = getattr(asked, name)
        if value is not None:
            conditions.append(table.c[name] == value)
    if asked.cameo is not None:
        # Digits only, so a range: every code that begins with them.
        conditions.append(and_(table.c.cameo >= asked.cameo, table.c.cameo < asked.cameo + ":"))
    if asked.min_confidence is not None:
        conditions.append(table.c.confidence >= asked.min_confidence)
    return and_(*conditions)


def _stands(asked: Question, table: Table) -> ColumnElement[bool]:
    """The condition on who stands in an entry."""
    acting, receiving = _ACTING[table.name], _RECEIVING[table.name]
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
    return and_(*conditions)


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


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ArchiveError(f"{name}={value!r} does not exist; there are: {', '.join(allowed)}")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ArchiveError(f"{name}={value!r} must be a text")
    return value


def _country(name: str, value: object) -> str:
    code = value.upper() if isinstance(value, str) else ""
    if not re.fullmatch("[A-Z]{3}", code):
        raise ArchiveError(f"{name}={value!r} must be a code of three letters, such as IRN")
    return code


def _dyad(name: str, value: object) -> tuple[str, str]:
    codes = value.upper() if isinstance(value, str) else ""
    if not re.fullmatch("[A-Z]{3}-[A-Z]{3}", codes):
        raise ArchiveError(f"{name}={value!r} must be two codes of three letters, such as IRN-QAT")
    return codes[:3], codes[4:]


def _category(name: str, value: object) -> str:
    return _one_of(name, _text(name, value).upper(), get_args(Category))


def _kind(name: str, value: object) -> str:
    return _one_of(name, _text(name, value), get_args(CommitmentKind))


def _cameo(name: str, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{1,4}", value):
        raise ArchiveError(f"{name}={value!r} must be the first one to four digits of a code, as text, such as '03'")
    return value


def _quad(name: str, value: object) -> int:
    if value not in {1, 2, 3, 4} or isinstance(value, bool | float):
        raise ArchiveError(f"{name}={value!r} must be 1, 2, 3 or 4")
    assert isinstance(value, int)
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ArchiveError(f"{name}={value!r} must be True or False")
    return value


def _day(name: str, value: object) -> str:
    if type(value) is date:
        return value.isoformat()
    try:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError  # noqa: TRY301 - worded below, as for a day that no month has
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ArchiveError(f"{name}={value!r} must be a day, such as 2024-06-01") from None


def _share(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ArchiveError(f"{name}={value!r} must be a number from 0 to 1")
    return float(value)


def _count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ArchiveError(f"{name}={value!r} must be a whole number, 0 or more")
    return value


_CHECKS = {
    "dyad": _dyad,
    "actor": _country,
    "recipient": _country,
    "category": _category,
    "mode": _text,
    "cameo": _cameo,
    "quad": _quad,
    "status": _text,
    "background": _flag,
    "since": _day,
    "until": _day,
    "publisher": _text,
    "min_confidence": _share,
    "report_id": _text,
    "kind": _kind,
    "open": _flag,
    "overdue": _flag,
    "limit": _count,
}
