"""Two states in one timeline: contacts, statements, events and commitments between them, and how they got on by month.

In: two codes and days. Out: a `Dyad`: its `timeline`, oldest first, and its `months`.

Between: an event, statement or commitment has one of the two on either side (see `filters`); in a contact both take
part, or one visits or is received where the other is host or visitor.

Days: each entry stands at one day. Of an entry dated to several days ("since March") that is the one nearest to its
report's day; an entry without a date goes by its report's day. What has no day comes first, and is left out as soon as
a day is asked for.

Counting: an event that several reports tell, several rows with one `event_id`, stands in the timeline once and counts
once: as the report has it that lets it count, of several that which says it occurred, then the earliest. Into the
months go events that occurred or are announced; background and what is denied, supposed or asked for do not.

Memory: the order of the timeline is held (five short values an entry), the entries are fetched page by page.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic_core import from_json
from sqlalchemy import (
    ColumnElement,
    Label,
    Select,
    Subquery,
    Table,
    and_,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from dragoman.archive import tables
from dragoman.archive.conditions import entry_condition
from dragoman.archive.filters import Question, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Row
from dragoman.errors import ArchiveError
from dragoman.evidence import Span
from dragoman.knowledge.state_asked import UnknownState, state_asked
from dragoman.knowledge.world import world
from dragoman.record.entries import Commitment, Contact, Event, Statement

Kind = Literal["contact", "event", "statement", "commitment"]
KINDS: tuple[Kind, ...] = ("contact", "event", "statement", "commitment")
COUNTED = ("occurred", "planned")
"""Statuses with which an event counts into the months, unless it is background."""
PAGE = 100
_REPORT = tables.reports.c
_LETTER = {table.name: letter for letter, table in tables.LETTERS.items()}
_TABLES: dict[Kind, tuple[Table, type[Contact] | type[Event] | type[Statement] | type[Commitment]]] = {
    "contact": (tables.contacts, Contact),
    "event": (tables.events, Event),
    "statement": (tables.statements, Statement),
    "commitment": (tables.commitments, Commitment),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How two states got on in a month in which at least one event counts.

    Attributes:
        month: ``2024-06``.
        events: how many count.
        mean: of their PLOVER intensity, -10 (conflict) to 10 (cooperation).
        sum: of the same.
        quads: how many of PLOVER's quad class 1, 2, 3 and 4.
    """

    month: str
    events: int
    mean: float
    sum: float
    quads: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadRow(Row):
    """One entry of the timeline.

    Attributes:
        kind: contact, event, statement or commitment.
        day: at which it stands; None when neither it nor its report has one.
        entry: itself.
        told_by: reports that tell it, its own first; several only for an event that they are known to share.
        counted: whether it counts into the months.
    """

    kind: Kind
    day: date | None
    entry: Contact | Event | Statement | Commitment
    told_by: tuple[str, ...]
    counted: bool

    @property
    def words(self) -> Span:
        """The exact words it rests on."""
        return self.entry.evidence if isinstance(self.entry, (Contact, Event)) else self.entry.content

    @property
    def status(self) -> str | None:
        """How far it came; None for a statement."""
        return None if isinstance(self.entry, Statement) else self.entry.status


class _Key(NamedTuple):
    """Where an entry of the timeline stands."""

    kind: Kind
    report_id: str
    ordinal: int
    day: str | None
    shared: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries between two states, oldest first; fetched anew, page by page, each time it is gone through."""

    _store: Store
    _asked: Question
    _keys: tuple[_Key, ...]

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[DyadRow]:
        for begin in range(0, len(self._keys), PAGE):
            yield from _rows(self._store, self._asked, self._keys[begin : begin + PAGE])

    def of(self, kind: Kind) -> Timeline:
        """The same, entries of one kind only."""
        return Timeline(self._store, self._asked, tuple(key for key in self._keys if key.kind == kind))

    def newest(self, skip: int, number: int) -> list[DyadRow]:
        """So many entries, newest first, after the newest that are skipped."""
        end = max(len(self._keys) - skip, 0)
        return [*_rows(self._store, self._asked, self._keys[max(end - number, 0) : end])][::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Two states as an archive knows them.

    Attributes:
        one, other: their codes.
        since, until: the days asked for.
        months: in order; those without an event that counts are left out.
        timeline: all entries, oldest first.
        first, last: days of the first and the last entry that has one.
        kinds: how many entries of each kind.
        uncounted: how many events do not count into the months, by the reason: "background" or their status.
        reports: how many reports tell the entries.
    """

    one: str
    other: str
    since: date | None
    until: date | None
    months: tuple[Month, ...]
    timeline: Timeline = field(repr=False)
    first: date | None
    last: date | None
    kinds: dict[str, int]
    uncounted: dict[str, int]
    reports: int


def asked_of(
    one: str, other: str, since: str | date | None = None, until: str | date | None = None, *, caller: str = "dyad"
) -> Question:
    """Two states and the days asked about, checked.

    Args:
        one, other: codes or names; a code of three letters that the files do not have is taken as it is.
        since, until: days, both included.

    Raises:
        ArchiveError: when a name is no state's, both name the same one, or a day is none.
    """
    codes = _known(one), _known(other)
    if codes[0] == codes[1]:
        raise ArchiveError(f"{caller}() needs two states; both {one!r} and {other!r} are {codes[0]}")
    return question("events", {"dyad": "-".join(codes), "since": since, "until": until}, caller=caller)


def dyad(store: Store, asked: Question) -> Dyad:
    """Everything between the two states of a question by `asked_of`."""
    one, other = both(asked)
    events = _events(asked)
    with store.reading() as connection:
        keys = tuple(
            _Key(KINDS[row.rank], row.report_id, row.ordinal, row.day, row.event_id if row.told > 1 else None)
            for row in connection.execute(_ordered(asked, events))
        )
        months = tuple(_month(row) for row in connection.execute(_by_month(events)))
        uncounted = {row.why: row.number for row in connection.execute(_not_counted(events))}
    days = [key.day for key in keys if key.day]
    return Dyad(
        one=one,
        other=other,
        since=_date(asked.since),
        until=_date(asked.until),
        months=months,
        timeline=Timeline(store, asked, keys),
        first=_date(min(days, default=None)),
        last=_date(max(days, default=None)),
        kinds=dict(Counter(key.kind for key in keys)),
        uncounted=uncounted,
        reports=len({key.report_id for key in keys}),
    )


def both(asked: Question) -> tuple[str, str]:
    """The codes of the two states."""
    assert asked.dyad is not None, "a question by asked_of() has two"
    return asked.dyad


def partners(store: Store, country: str, most: int = 5) -> list[tuple[str, int]]:
    """Whom a state stands in events with, most often first, and how often; for who asked about a pair in vain."""
    own, other = tables.parties.alias(), tables.parties.alias()
    number = func.count(own.c.entry.distinct()).label("number")
    query = (
        select(other.c.country, number)
        .join(other, own.c.entry == other.c.entry)
        .join(tables.events, tables.events.c.id == own.c.entry)
        .where(own.c.country == country, other.c.country != country)
        .group_by(other.c.country)
        .order_by(number.desc(), other.c.country)
        .limit(most)
    )
    with store.reading() as connection:
        return [(row.country, row.number) for row in connection.execute(query)]


def placed(table: Table) -> ColumnElement[str | None]:
    """The day an entry stands at: of the days it is dated to the one nearest to its report's."""
    first, last, published = table.c.day_from, table.c.day_to, _REPORT.published
    return case((published.is_(None), first), (published < first, first), (published > last, last), else_=published)


def contact_between(one: str, other: str) -> ColumnElement[bool]:
    """The condition that both states are in a contact."""
    return and_(in_contact(one), in_contact(other))


def in_contact(country: str) -> ColumnElement[bool]:
    """The condition that a state takes part in a contact, visits or receives."""
    contact, party = tables.contacts.c, tables.parties.c
    present = select(party.entry).where(party.country == country, party.side == "participant")
    # Missing is NULL, which compares as neither true nor false.
    return or_(
        contact.id.in_(present), func.coalesce(or_(contact.visitor == country, contact.host == country), false())
    )


def _told(kind: Kind, asked: Question, *columns: ColumnElement[Any]) -> Select[Any]:
    """The entries of one kind between the two, with their days and these columns."""
    table, _ = _TABLES[kind]
    day = placed(table)
    between = (
        contact_between(*both(asked))
        if table is tables.contacts
        else entry_condition(Question(of=table.name, dyad=asked.dyad), table)
    )
    query = (
        select(
            literal(KINDS.index(kind)).label("rank"),
            table.c.report_id,
            table.c.ordinal,
            day.label("day"),
            func.coalesce(_REPORT.published, "").label("published"),
            *columns,
        )
        .join(tables.reports, _REPORT.id == table.c.report_id)
        .where(between)
    )
    if asked.since is not None:
        query = query.where(day >= asked.since)
    return query if asked.until is None else query.where(day <= asked.until)


def _events(asked: Question) -> Subquery:
    """The events between the two, each once, with how many reports tell it."""
    event = tables.events.c
    counts = and_(~event.background, event.status.in_(COUNTED))
    best = (
        case((counts, 0), else_=1),
        case((event.status == "occurred", 0), else_=1),
        func.coalesce(_REPORT.published, ""),
        event.report_id,
        event.ordinal,
    )
    columns: list[Label[Any]] = [
        event.event_id.label("event_id"),
        event.quad.label("quad"),
        event.intensity.label("intensity"),
        event.status.label("status"),
        event.background.label("background"),
        counts.label("counts"),
        func.row_number().over(partition_by=event.event_id, order_by=best).label("place"),
        func.count().over(partition_by=event.event_id).label("told"),
    ]
    every = _told("event", asked, *columns).subquery()
    return select(every).where(every.c.place == 1).subquery()


def _ordered(asked: Question, events: Subquery) -> Select[Any]:
    """All entries in the timeline's order: by day, then report, then kind and place in the report."""
    own = events.c
    one_by_one = [
        select(own.rank, own.report_id, own.ordinal, own.day, own.published, own.event_id, own.told),
        *(_told(kind, asked, null().label("event_id"), literal(1).label("told")) for kind in KINDS if kind != "event"),
    ]
    every = union_all(*one_by_one).subquery()
    order = (func.coalesce(every.c.day, ""), every.c.published, every.c.report_id, every.c.rank, every.c.ordinal)
    return select(every).order_by(*order)


def _by_month(events: Subquery) -> Select[Any]:
    own = events.c
    month = func.substr(own.day, 1, 7).label("month")
    quads = (func.sum(case((own.quad == quad, 1), else_=0)).label(f"quad_{quad}") for quad in (1, 2, 3, 4))
    return (
        select(month, func.count().label("events"), func.avg(own.intensity).label("mean"))
        .add_columns(func.sum(own.intensity).label("sum"), *quads)
        .where(own.counts, own.day.is_not(None))
        .group_by(month)
        .order_by(month)
    )


def _not_counted(events: Subquery) -> Select[Any]:
    own = events.c
    why = case((own.background, "background"), (own.counts, "no day"), else_=own.status).label("why")
    uncounted = or_(~own.counts, own.day.is_(None))
    return select(why, func.count().label("number")).where(uncounted).group_by(why).order_by(why)


def _month(row: Any) -> Month:
    quads = (row.quad_1, row.quad_2, row.quad_3, row.quad_4)
    return Month(month=row.month, events=row.events, mean=row.mean, sum=row.sum, quads=quads)


def _rows(store: Store, asked: Question, keys: Sequence[_Key]) -> Iterator[DyadRow]:
    """The entries of one page."""
    columns = (_REPORT.id, _REPORT.url, _REPORT.publisher, _REPORT.published, _REPORT.record)
    wanted = list(dict.fromkeys(key.report_id for key in keys))
    shared = [key.shared for key in keys if key.shared]
    with store.reading() as connection:
        reports = {row.id: row for row in connection.execute(select(*columns).where(_REPORT.id.in_(wanted)))}
        tellers = _tellers(asked, shared) if shared else None
        told = [(row.event_id, row.report_id) for row in connection.execute(tellers)] if tellers is not None else []
    data = {report_id: from_json(zlib.decompress(row.record)) for report_id, row in reports.items()}
    for key in keys:
        table, form = _TABLES[key.kind]
        report = reports[key.report_id]
        entry = form.model_validate(data[key.report_id][table.name][key.ordinal])
        others = (report_id for event_id, report_id in told if event_id == key.shared and key.shared)
        yield DyadRow(
            id=f"{key.report_id}-{_LETTER[table.name]}{key.ordinal}",
            report_id=key.report_id,
            url=report.url,
            publisher=report.publisher,
            published=_date(report.published),
            kind=key.kind,
            day=_date(key.day),
            entry=entry,
            told_by=tuple(dict.fromkeys((key.report_id, *others))),
            counted=isinstance(entry, Event) and not entry.background and entry.status in COUNTED and bool(key.day),
        )


def _tellers(asked: Question, event_ids: Sequence[str]) -> Select[Any]:
    """The reports that tell these events, oldest first."""
    event = tables.events.c
    query = _told("event", asked, event.event_id.label("event_id")).where(event.event_id.in_(event_ids))
    return query.order_by(func.coalesce(_REPORT.published, ""), event.report_id)


def _known(words: str) -> str:
    """The code of a state that is named."""
    try:
        return state_asked(words, world()).code
    except UnknownState as error:
        # A state of a user's own files; whoever asks by command line has had it looked up there.
        if re.fullmatch("[A-Za-z]{3}", words):
            return words.upper()
        raise ArchiveError(str(error)) from error


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
