"""What an archive looks like from above: who deals with whom, how that went by month, where, and what is least sure.

In: days, both included, and where asked one state. Out: small frozen values, already counted. Everything is reckoned
over the days asked for only, so that its cost goes with the period and not with the archive.

Counted is an event that occurred or is announced and is no background; one that several reports tell counts once, as
the telling has it after which it is called. A contact counts unless it is denied or only supposed; one told by several
reports counts as often as it is told, since no report says which of another's contacts it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Unpack

from sqlalchemy import Select, func, literal_column, select

from dragoman.archive import ledger_view, tables
from dragoman.archive.filters import Filters, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import LedgerEntry

if TYPE_CHECKING:
    from dragoman.archive.ties import Standing

_STORY, _TOLD = tables.stories.c, tables.story_reports.c
_EVENT, _PARTY, _REPORT = tables.events.c, tables.parties.c, tables.reports.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two states in a period.

    Attributes:
        one, other: their codes, in the order of the alphabet.
        events: how many events count.
        mean: of their PLOVER intensity, -10 (conflict) to 10; None without an event.
        quads: how many of PLOVER's quad class 1, 2, 3 and 4.
        contacts: how many contacts count.
        stretches: events that count, by stretch of time: months (``2024-06``), in a short period thirds of months
            (``2024-06-0`` up to the 9th, ``2024-06-1`` up to the 19th, ``2024-06-2`` the rest).
    """

    one: str
    other: str
    events: int = 0
    mean: float | None = None
    quads: tuple[int, int, int, int] = (0, 0, 0, 0)
    contacts: int = 0
    stretches: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place and what happened there in a period.

    Attributes:
        name, country, lat, lon, precision: of the place, as the newest report has it; without a position when it is a
            whole state.
        events: how many events count there.
        mean: of their intensity.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    events: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody by name, and in how many entries."""

    name: str
    kind: str
    country: str | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Named):
    """Somebody who is spoken about, and how often for and against."""

    positive: int
    negative: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A story in a line.

    Attributes:
        report_id: of the report that told it first, which is the story's id, too.
        title, publisher: of that report.
        beginning: of its text, for one without a title.
        published: day it was last told.
        events: how many events that report tells.
        reports, outlets: how many tell the story.
    """

    report_id: str
    title: str | None
    beginning: str
    publisher: str | None
    published: date | None
    events: int
    reports: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Overview:
    """An archive from above; see the module's text."""

    _store: Store

    def newest_day(self) -> date | None:
        """The day of the newest report that has one."""
        with self._store.reading() as connection:
            found = connection.execute(select(_REPORT.published).order_by(tables.published.desc()).limit(1)).scalar()
        return date.fromisoformat(found) if found else None

    def stamp(self) -> tuple[int, ...]:
        """Changes with all that is added: reports, judgements, rulings and what else only grows."""
        numbers = [table.c.number for table in tables.metadata.sorted_tables if "number" in table.c]
        query = select(*(select(func.max(number)).scalar_subquery() for number in numbers))
        with self._store.reading() as connection:
            return tuple(int(value or 0) for value in connection.execute(query).one())

    def latest(self, most: int = 20) -> list[Headline]:
        """The newest stories, by the day they were last told."""
        newest = func.coalesce(_STORY.updated, literal_column("''")).desc()
        return self._headlines(_headline().order_by(newest, _STORY.id.desc()).limit(most))

    def story_of(self, report: str) -> Headline | None:
        """The story that a report tells; None when there is no such report."""
        told = select(_TOLD.story).where(_TOLD.report_id == report)
        return next(iter(self._headlines(_headline().where(_STORY.id.in_(told)))), None)

    def _headlines(self, query: Select[Any]) -> list[Headline]:
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Headline(
                report_id=row.id,
                title=row.title,
                beginning=row.beginning,
                publisher=row.publisher,
                published=date.fromisoformat(row.updated) if row.updated else None,
                events=row.events,
                reports=row.reports,
                outlets=row.outlets,
            )
            for row in rows
        ]

    def ties(self, since: date | None, until: date | None, *, state: str | None = None, most: int = 200) -> list[Tie]:
        """Pairs of states between which something happened, those with most contacts and events first.

        Args:
            since, until: days, both included.
            state: only pairs with this one.
            most: how many pairs.
        """
        from dragoman.archive.ties import ties  # noqa: PLC0415 - loads numpy

        return ties(self._store, since, until, state=state, most=most)

    def spots(
        self,
        since: date | None,
        until: date | None,
        *,
        state: str | None = None,
        quad: int | None = None,
        most: int = 2000,
    ) -> list[Spot]:
        """Places at which events happened, those with most events first.

        Args:
            state: only events in which it has a side.
            quad: only events of this PLOVER quad class.
        """
        from dragoman.archive.ties import spots  # noqa: PLC0415

        return spots(self._store, since, until, state=state, quad=quad, most=most)

    def least_sure(self, *, category: str | None = None, most: int = 50) -> list[str]:
        """Ids of events on which nobody has judged yet, the least sure first.

        Args:
            category: only events of this PLOVER category.
            most: how many.
        """
        from dragoman.archive.ties import least_sure  # noqa: PLC0415

        return least_sure(self._store, category=category, most=most)

    def ledger(
        self, *, skip: int = 0, number: int = 50, today: date, **filters: Unpack[Filters]
    ) -> tuple[list[LedgerEntry], int]:
        """Commitments, those first of which something was told last, and how many there are in all.

        Args:
            skip, number: which part of them.
            today: the day that `overdue` is asked for.
        """
        return ledger_view.latest(self._store, question("ledger", filters), today, skip=skip, number=number)

    def faces(self, state: str, *, most: int = 12) -> list[Named]:
        """Who stands for a state in entries, by name, most often first; the state itself is left out."""
        from dragoman.archive.ties import faces  # noqa: PLC0415

        # The state has few names of its own.
        found = self._named(faces(self._store, state, most=most + 20))
        return [one for one in found if one.kind != "state"][:most]

    def met_by(self, *, name: str | None = None, state: str | None = None, most: int = 12) -> list[Named]:
        """Whom somebody, or people of a state, meet in contacts, most often first; their own state is left out."""
        from dragoman.archive.ties import met_by  # noqa: PLC0415

        return self._named(met_by(self._store, name=name, state=state, most=most))

    def _named(self, found: Sequence[Standing]) -> list[Named]:
        """Names with what they are taken for where they stand."""
        about = self._about(found)
        return [Named(name=one.name, number=one.number, **about[one]) for one in found]

    def _about(self, found: Sequence[Standing]) -> dict[Standing, dict[str, Any]]:
        """What those who stand in entries are taken for there: their `kind` and `country`."""
        query = select(_PARTY.entry, _PARTY.name, _PARTY.kind, _PARTY.country)
        with self._store.reading() as connection:
            rows = connection.execute(query.where(_PARTY.entry.in_({one.entry for one in found}))).all()
        by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows:
            by_name.setdefault((row.entry, row.name), []).append({"kind": row.kind, "country": row.country})
        return {
            one: next((told for told in by_name[one.entry, one.name] if told["country"] == one.country),
                      by_name[one.entry, one.name][0])
            for one in found
        }  # fmt: skip

    def said_by(self, *, name: str | None = None, state: str | None = None, most: int = 12) -> list[Said]:
        """About whom somebody, or people of a state, speak, and in which stance; most often first."""
        from dragoman.archive.ties import said_by  # noqa: PLC0415

        found = said_by(self._store, name=name, state=state, most=most)
        about = self._about([one for one, _ in found])
        return [
            Said(name=one.name, number=one.number, **about[one], positive=stances[0], negative=stances[1])
            for one, stances in found
        ]

    def entries_of(
        self, *, name: str | None = None, state: str | None = None, since: date | None = None, most: int = 40
    ) -> list[str]:
        """Ids of the entries in which somebody stands, those of the newest reports first.

        Args:
            name: as the record has it.
            state: code.
            since: only of reports from this day on.
            most: how many.
        """
        from dragoman.archive.ties import entries_of  # noqa: PLC0415

        return entries_of(self._store, name=name, state=state, since=since, most=most)

    def names_like(self, words: str, *, most: int = 8) -> list[Named]:
        """People, offices and bodies whose name holds these words, most often named first."""
        wanted = [part for part in words.split() if part][:6]
        if not wanted:
            return []
        from dragoman.archive.ties import names_like  # noqa: PLC0415

        return self._named(names_like(self._store, wanted, most=most))

    def outlets(self, *, most: int = 400) -> list[str]:
        """Outlets of the archive's reports, by name."""
        from dragoman.archive import counting  # noqa: PLC0415 - loads numpy

        told = counting.counts(self._store, question("reports", {}), "publisher")
        return sorted(one.key for one in told if one.key is not None)[:most]


def _headline() -> Select[Any]:
    events = select(func.count()).where(_EVENT.report_id == _STORY.id).scalar_subquery()
    return (
        select(_STORY.id, _STORY.updated, _STORY.reports, _STORY.outlets, _REPORT.title, _REPORT.publisher)
        .add_columns(func.substr(_REPORT.text, 1, 160).label("beginning"), events.label("events"))
        .join(tables.reports, _REPORT.id == _STORY.id)
    )
