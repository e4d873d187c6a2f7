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

Memory: the order of the timeline is held (six numbers an entry), the entries are fetched page by page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic_core import from_json
from sqlalchemy import (
    Table,
    select,
)

from dragoman.archive import tables
from dragoman.archive.filters import Question, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Row
from dragoman.archive.unwatched import unwatched
from dragoman.errors import ArchiveError
from dragoman.evidence import Span
from dragoman.knowledge.state_asked import UnknownState, state_asked
from dragoman.knowledge.world import world
from dragoman.record.entries import Commitment, Contact, Event, Statement
from dragoman.record.ids import entry_id

if TYPE_CHECKING:
    from dragoman.archive.between import Place, Places

Kind = Literal["contact", "event", "statement", "commitment"]
KINDS: tuple[Kind, ...] = ("contact", "event", "statement", "commitment")
COUNTED = ("occurred", "planned")
"""Statuses with which an event counts into the months, unless it is background."""
PAGE = 100
_REPORT = tables.reports.c
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


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries between two states, oldest first; fetched anew, page by page, each time it is gone through."""

    _store: Store
    _places: Places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[DyadRow]:
        for begin in range(0, len(self), PAGE):
            yield from _rows(self._store, self._places.part(begin, begin + PAGE))

    def of(self, kind: Kind) -> Timeline:
        """The same, entries of one kind only."""
        return Timeline(self._store, self._places.of(kind))

    def newest(self, skip: int, number: int) -> list[DyadRow]:
        """So many entries, newest first, after the newest that are skipped."""
        end = max(len(self) - skip, 0)
        return [*_rows(self._store, self._places.part(max(end - number, 0), end))][::-1]


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
    from dragoman.archive.between import between  # noqa: PLC0415 - loads numpy
    from dragoman.archive.shelf import Sight  # noqa: PLC0415

    one, other = both(asked)
    with store.reading() as connection:
        found = between(Sight(connection, store.shelf), asked)
    places = found.places
    days = places.day[places.day > 0]
    return Dyad(
        one=one,
        other=other,
        since=_date(asked.since),
        until=_date(asked.until),
        months=tuple(
            Month(month=m.month, events=m.events, mean=m.sum / m.events, sum=m.sum, quads=m.quads) for m in found.months
        ),
        timeline=Timeline(store, places),
        first=date.fromordinal(int(days.min())) if len(days) else None,
        last=date.fromordinal(int(days.max())) if len(days) else None,
        kinds=places.kinds(),
        uncounted=found.uncounted,
        reports=len({*places.report.tolist()}),
    )


def both(asked: Question) -> tuple[str, str]:
    """The codes of the two states."""
    assert asked.dyad is not None, "a question by asked_of() has two"
    return asked.dyad


def partners(store: Store, country: str, most: int = 5) -> list[tuple[str, int]]:
    """Whom a state stands in events with, most often first, and how often; for who asked about a pair in vain."""
    from dragoman.archive.ties import partners_of  # noqa: PLC0415 - loads numpy

    return partners_of(store, country, most)


def _rows(store: Store, places: Sequence[Place]) -> Iterator[DyadRow]:
    """The entries of one page."""
    columns = (_REPORT.id, _REPORT.url, _REPORT.publisher, _REPORT.published, _REPORT.record)
    wanted = {place.report_id for place in places}
    with unwatched(), store.reading() as connection:
        reports = {row.id: row for row in connection.execute(select(*columns).where(_REPORT.id.in_(wanted)))}
        data = {report_id: from_json(zlib.decompress(row.record)) for report_id, row in reports.items()}
    for place in places:
        table, form = _TABLES[place.kind]
        report = reports[place.report_id]
        entry = form.model_validate(data[place.report_id][table.name][place.ordinal])
        yield DyadRow(
            id=entry_id(place.report_id, table.name, place.ordinal),
            report_id=place.report_id,
            url=report.url,
            publisher=report.publisher,
            published=_date(report.published),
            kind=place.kind,
            day=place.day,
            entry=entry,
            told_by=tuple(dict.fromkeys((place.report_id, *place.told_by))),
            counted=isinstance(entry, Event)
            and not entry.background
            and entry.status in COUNTED
            and place.day is not None,
        )


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
