"""The archive as callers see it: one class, thin over the room's other parts.

    with Archive("sqlite:///record.db") as archive:
        archive.add(records)
        for row in archive.events(dyad="IRN-QAT", since="2024-01-01"): ...
        for row in archive.dyad("Iran", "Qatar").timeline: ...

In: records, one transaction each, so that a process killed at any moment has lost no finished report and left no half
one; adding the same reports again resumes. Out: rows (see `rows`), lazily; filters (see `filters`). One archive may be
open in many processes and threads at once; an `Archive` itself stays in the process that opened it. Everything that
fails raises `ArchiveError`, an id that is not there `NotFoundError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as calendar_day
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from platformdirs import user_data_path
from sqlalchemy import URL, select

from dragoman.actors.claims import Claim
from dragoman.archive import backup as backups
from dragoman.archive import (
    copying,
    dyads,
    health,
    knowing,
    readouts,
    searching,
    tables,
    view,
    writer,
)
from dragoman.archive import imported as imports
from dragoman.archive.bulk import write_together
from dragoman.archive.copying import Copied
from dragoman.archive.dyads import Dyad
from dragoman.archive.facts import Facts, facts
from dragoman.archive.filters import Conditions, Filters, question
from dragoman.archive.imported import ImportedEvent, ImportedFilters, ImportedMention, MonthBeside, TakenIn
from dragoman.archive.judgement_methods import JudgementMethods
from dragoman.archive.ledger_methods import LedgerMethods
from dragoman.archive.likest import Gists
from dragoman.archive.opening import Store
from dragoman.archive.overview import Overview
from dragoman.archive.paging import Page
from dragoman.archive.passages import Passage
from dragoman.archive.passages import passages as passages_of
from dragoman.archive.readouts import Readout
from dragoman.archive.rows import (
    ActorRow,
    CommitmentRow,
    ContactRow,
    Count,
    EventRow,
    Hit,
    Mention,
    ReportRow,
    StatementRow,
)
from dragoman.archive.story_methods import StoryMethods
from dragoman.archive.unwatched import unwatched
from dragoman.errors import NotFoundError
from dragoman.record.entries import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the records given to `Archive.add`."""

    added: int
    already_there: int


def default_url() -> str:
    """The address of the archive in the user's data folder, which is made if need be."""
    return URL.create("sqlite", database=str(_usual(made=True))).render_as_string()


def is_there() -> bool:
    """Whether there is an archive in the user's data folder yet; makes nothing."""
    return _usual(made=False).exists()


def _usual(*, made: bool) -> Path:
    folder: Path = user_data_path("dragoman", appauthor=False, ensure_exists=made)
    return folder / "record.db"


class Archive(StoryMethods, LedgerMethods, JudgementMethods):
    """Records, kept.

    Args:
        url: a SQLAlchemy URL such as ``sqlite:///record.db`` or ``postgresql://me@host/news``; without one, a file in
            the user's data folder.
        read_only: refuse to write; the archive must be there.

    Attributes:
        url: the address it was opened by.
        where: the same as it may be shown: without a password.

    Raises:
        ArchiveError: when there is no archive at this address that can be opened.
    """

    def __init__(self, url: str | None = None, *, read_only: bool = False) -> None:
        self.url = default_url() if url is None else url
        self._store = Store(self.url, read_only=read_only)
        self._gists = Gists()
        self.where = self._store.where

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({self.where!r})"

    def close(self) -> None:
        """Let go of the file; a closed archive answers nothing more."""
        self._store.close()

    def add(self, records: Iterable[Record]) -> Added:
        """Add records, each in a transaction of its own, as they come; a report already there is left as it is.

        Raises:
            TypeError: for anything but records.
            ArchiveError: when a record cannot be written; those before it are kept.
        """
        if isinstance(records, Record):
            raise TypeError("add() takes many records; put a single one in a list")
        added = already_there = 0
        for record in records:
            if not isinstance(record, Record):
                raise TypeError(f"add() takes records, not {type(record).__name__}")
            if self.has(record.report.id) or not self._write(record):
                already_there += 1
            else:
                added += 1
        return Added(added, already_there)

    def _write(self, record: Record) -> bool:
        with self._store.writing() as connection:
            return writer.write(connection, record)

    def has(self, report_id: str) -> bool:
        """Whether a report is there, so that reading it can be skipped."""
        with self._store.reading() as connection:
            return writer.is_there(connection, report_id)

    def record(self, report_id: str) -> Record:
        """The record of a report, equal to the one that was added.

        Raises:
            NotFoundError: when there is none with this id.
        """
        return view.record(self._store, report_id)

    def find(self, prefix: str) -> str:
        """The id of the one report whose id begins like this.

        Raises:
            NotFoundError: when none does, several do, or fewer than four characters are given.
        """
        wanted = prefix.strip().lower()
        if not re.fullmatch("[0-9a-f]{4,16}", wanted):
            raise NotFoundError(f"{prefix!r} is no report id; give its first 4 to 16 characters, 0-9 and a-f")
        report = tables.reports.c
        # "g" sorts behind every digit an id can have.
        query = select(report.id, report.title).where(report.id >= wanted, report.id < wanted + "g")
        with self._store.reading() as connection:
            found = connection.execute(query.order_by(report.id).limit(6)).all()
        if not found:
            raise NotFoundError(f"no report's id begins with {wanted} in {self.where}")
        if len(found) > 1:
            listed = "; ".join(f"{row.id} {row.title or '(no title)'}" for row in found[:5])
            more = " and others" if len(found) > 5 else ""
            raise NotFoundError(f"several reports' ids begin with {wanted}, give more of it: {listed}{more}")
        return str(found[0].id)

    def reports(self, **filters: Unpack[Filters]) -> Iterator[ReportRow]:
        """Reports; filters on events find reports that tell such an event."""
        return view.rows(self._store, question("reports", filters))

    def actors(self, **filters: Unpack[Filters]) -> Iterator[ActorRow]:
        """Actors, once for each report; filters: actor (their country) and those on reports."""
        return view.rows(self._store, question("actors", filters))

    def events(self, **filters: Unpack[Filters]) -> Iterator[EventRow]:
        """Events; all filters."""
        return view.rows(self._store, question("events", filters))

    def mentions(self, **filters: Unpack[Filters]) -> Iterator[Mention]:
        """One for each report that tells an event; all filters."""
        return view.mentions(self._store, question("events", filters, caller="mentions"))

    def contacts(self, **filters: Unpack[Filters]) -> Iterator[ContactRow]:
        """Contacts; no filters on codes."""
        return view.rows(self._store, question("contacts", filters))

    def statements(self, **filters: Unpack[Filters]) -> Iterator[StatementRow]:
        """Statements; no filters on codes and status."""
        return view.rows(self._store, question("statements", filters))

    def commitments(self, **filters: Unpack[Filters]) -> Iterator[CommitmentRow]:
        """Commitments; no filters on codes."""
        return view.rows(self._store, question("commitments", filters))

    def dyad(
        self, a: str, b: str, since: str | calendar_day | None = None, until: str | calendar_day | None = None
    ) -> Dyad:
        """Everything between two states in one timeline, and how they got on by month.

        Args:
            a, b: codes or names: "IRN", "Saudi Arabia".
            since, until: days, both included.

        Raises:
            ArchiveError: when a name is no state's, both are one state, or a day is none.
        """
        return dyads.dyad(self._store, dyads.asked_of(a, b, since, until))

    def readouts(
        self,
        a: str,
        b: str,
        *,
        date: str | calendar_day | None = None,
        since: str | calendar_day | None = None,
        until: str | calendar_day | None = None,
    ) -> Iterator[Readout]:
        """Contacts of two states that both sides or several outlets tell, and what each leaves out; by day.

        Args:
            a, b: codes or names: "IRN", "Saudi Arabia".
            date: of the contact; a telling that has it a day off counts, too.
            since, until: days of the contact, both included, in place of `date`.

        Raises:
            ArchiveError: when a name is no state's, both are one state, or a day is none.
        """
        asked = dyads.asked_of(a, b, date or since, date or until, caller="readouts")
        return readouts.readouts(self._store, asked)

    def partners(self, state: str, most: int = 5) -> list[tuple[str, int]]:
        """With whom a state stands in events, by code, most often first, and in how many."""
        return dyads.partners(self._store, state, most)

    def search(self, words: str, **filters: Unpack[Filters]) -> Iterator[Hit]:
        """Reports by the words of their titles and texts, best first; filters as for `reports`.

        Raises:
            ArchiveError: when there is no word to search for.
        """
        asked = question("reports", filters, caller="search")
        return searching.search(self._store, searching.parse(words), asked)

    def like(self, vector: NDArray[np.float32], **filters: Unpack[Filters]) -> Iterator[Hit]:
        """Reports by meaning, the likest first: those whose gist points where a vector does.

        Args:
            vector: of the words asked for, by `dragoman.meaning.Sentences`, which made the gists: float32, 384 numbers.
            filters: as for `reports`; `limit` is 50 by default.
        """
        return self._gists.likest(self._store, vector, question("reports", filters, caller="like"))

    def who(
        self,
        name: str | None = None,
        date: str | calendar_day | None = None,
        *,
        role: str | None = None,
        country: str | None = None,
        loose: bool = False,
    ) -> list[Claim]:
        """What reports told of people in their own words, oldest first; contradictions stand side by side.

        Args:
            name: in full, written with or without accents and hyphens; without one, everybody.
            date: leave out what later reports told (ISO).
            role, country: of the office, as a record has them: "foreign minister", "QAT".
            loose: whether a surname or another part of the name will do, and the whole name spelt in another way.

        Raises:
            ValueError: when `date` is no date.
        """
        day = calendar_day.fromisoformat(date) if isinstance(date, str) else date
        return knowing.who(self._store, name, day, role=role, country=country, loose=loose)

    def check(self) -> list[str]:
        """All inconsistencies found: in the file, between tables, between rows and records, in the index."""
        return health.check(self._store)

    def copy_to(self, url: str, told: Callable[[int], None] | None = None) -> Copied:
        """Copy everything to another place, in either kind of database; one that was broken off goes on.

        Args:
            url: where to: nothing, an empty archive, or an earlier copy of this one.
            told: is called with how many more rows have been gone through.

        Raises:
            ArchiveError: when nothing can be written there, or what is there is no copy of this archive.
        """
        return copying.copy(self._store, url, told)

    def backup(self, file: str | Path, told: Callable[[int], None] | None = None) -> int:
        """Write everything as it is now into one new SQLite file, which is an archive itself; returns its bytes.

        Raises:
            ArchiveError: when the file is there already, or cannot be written.
        """
        return backups.backup(self._store, Path(file), told)

    def info(self) -> Facts:
        """Where it lies, how large it is and how much it holds."""
        return facts(self._store)

    @property
    def overview(self) -> Overview:
        """Counts over a period: who deals with whom, by month, where; what is least sure."""
        return Overview(self._store)

    def count(self, what: str = "events", **filters: Unpack[Filters]) -> int:
        """How many there are; an event that many reports tell counts once.

        Args:
            what: ``reports``, ``events``, ``contacts``, ``statements``, ``commitments`` or ``actors``.

        Raises:
            ArchiveError: for anything else.
        """
        from dragoman.archive import counting  # noqa: PLC0415 - loads numpy

        return counting.count(self._store, counting.asked_of(what, filters))

    def counts(self, what: str = "events", *, by: str = "month", **filters: Unpack[Filters]) -> list[Count]:
        """How many by day, month, year, dyad, country, category, mode, cameo, quad, status, publisher and so on.

        Days come in their order, all else with the most first.

        Args:
            what: as for `count`.
            by: what to count by; `counting.ways` lists them for each kind.

        Raises:
            ArchiveError: when these entries cannot be counted by that.
        """
        from dragoman.archive import counting  # noqa: PLC0415 - loads numpy

        with unwatched():
            return counting.counts(self._store, counting.asked_of(what, filters), by)

    def page(
        self,
        what: str,
        *,
        after: str | None = None,
        limit: int = 50,
        newest: bool = False,
        today: calendar_day | None = None,
        words: str | None = None,
        **filters: Unpack[Conditions],
    ) -> Page:
        """Some rows and a cursor that leads to the next; what is added meanwhile shifts nothing.

        Args:
            what: ``reports``, ``events``, ``mentions``, ``contacts``, ``statements``, ``commitments``, ``actors``,
                ``ledger`` or ``search``.
            after: the cursor of the page before, as its `next` has it; None begins.
            limit: rows in a page, 1 to 1,000.
            newest: begin with the latest; not for the ledger and search.
            today: the day that the ledger's `overdue` is asked for; by default this day (UTC).
            words: what to search for; reports that are added meanwhile do not belong to the search.

        Raises:
            ArchiveError: for another kind of rows, and for a cursor that is none or belongs to another question.
        """
        from dragoman.archive import leafing  # noqa: PLC0415 - loads numpy

        day = today or datetime.now(UTC).date()
        with unwatched():
            return leafing.page(
                self._store, what, filters, after=after, limit=limit, newest=newest, today=day, words=words
            )

    def add_together(self, records: Iterable[Record], *, joined: Mapping[str, str] | None = None) -> Added:
        """Add many records in one transaction: much faster than `add`, but whoever is killed has to give them again.

        They are not held against each other nor against what is there: each begins a story of its own.

        Args:
            records: as many as fit the memory; some hundreds are best.
            joined: by the ids of their events, the id of the event each is known to be, told by another report.

        Raises:
            ArchiveError: when a record cannot be written; then none is.
        """
        given = list(records)
        with self._store.writing() as connection:
            added = write_together(connection, given, joined or {})
        return Added(added, len(given) - added)

    def passages(self, **filters: Unpack[Filters]) -> Iterator[Passage]:
        """Events with the reports they stand in, and how many reports tell the same; all filters."""
        return passages_of(self._store, question("events", filters, caller="passages"))

    def take_in(self, rows: Iterable[ImportedEvent | ImportedMention]) -> Iterator[TakenIn]:
        """Keep rows of other event data, batch by batch as they come; those that are there already are passed over."""
        return imports.take_in(self._store, rows)

    def imported(self, **filters: Unpack[ImportedFilters]) -> Iterator[ImportedEvent]:
        """Events of other data sets, by day; filters: source, and those on events that such data can answer."""
        return imports.imported(self._store, filters)

    def imported_mentions(self, source: str, source_id: str) -> list[ImportedMention]:
        """The reports that mention an imported event, as far as they were imported."""
        return imports.mentions(self._store, source, source_id)

    def beside(self, **filters: Unpack[ImportedFilters]) -> list[MonthBeside]:
        """How many events each month has, of the archive's own (`own`) and of each imported data set."""
        return imports.beside(self._store, filters)
