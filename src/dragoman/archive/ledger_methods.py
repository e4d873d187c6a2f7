"""The part of `Archive` that is about the ledger; see `ledger_view`."""

from __future__ import annotations

from datetime import UTC, datetime
from datetime import date as calendar_day
from typing import Unpack

from dragoman.archive import ledger_view
from dragoman.archive.filters import Filters, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import LedgerEntry


class LedgerMethods:
    """Commitments, and what became of them."""

    _store: Store

    def ledger(self, *, today: calendar_day | None = None, **filters: Unpack[Filters]) -> list[LedgerEntry]:
        """Commitments across reports and their history; filters: see `ledger_view`.

        Args:
            today: the day that `overdue` is asked for; by default this day (UTC).
        """
        asked = question("ledger", filters)
        return list(ledger_view.entries(self._store, asked, today or datetime.now(UTC).date()))

    def ledger_entry(self, ledger: str) -> LedgerEntry:
        """One commitment with all its steps, by its id or the beginning of it.

        Raises:
            NotFoundError: when there is none, or several begin like this.
        """
        return ledger_view.entry(self._store, ledger)

    def rule(
        self, step: int, *, belongs: bool, by: str, status: str | None = None, reason: str | None = None
    ) -> LedgerEntry:
        """Keep what somebody says of a step of the ledger; nothing said before is touched.

        Args:
            step: its number, as `Step.number` gives it; one that is unsure may be made sure.
            belongs: whether its report tells of this commitment.
            by: who says so.
            status: how far the commitment had come by that report, where it is not what the step says.
            reason: in their own words.

        Raises:
            NotFoundError: when there is no such step.
            ArchiveError: for a status that does not exist, or without a name.
        """
        return ledger_view.rule(self._store, step, belongs=belongs, by=by, status=status, reason=reason)

    def add_step(self, ledger: str, report_id: str, *, status: str, by: str, reason: str | None = None) -> LedgerEntry:
        """Keep that a report goes on telling of a commitment, as somebody says.

        Raises:
            NotFoundError: when there is no such commitment or report.
            ArchiveError: for a status that does not exist, or without a name.
        """
        return ledger_view.add_step(self._store, ledger, report_id, status=status, by=by, reason=reason)

    def comply(
        self, ledger: str, score: int, *, by: str, until: calendar_day | None = None, reason: str | None = None
    ) -> LedgerEntry:
        """Keep how far somebody finds a commitment kept, as the compliance reports on the G7 and G20 score.

        Args:
            ledger: id of the commitment.
            score: -1 not kept, 0 kept in part or in progress, 1 kept.
            by: who says so.
            until: last day of the time that was looked at.
            reason: in their own words.

        Raises:
            NotFoundError: when there is no such commitment.
            ArchiveError: for another score, or without a name.
        """
        return ledger_view.score(self._store, ledger, score, by=by, until=until, reason=reason)
