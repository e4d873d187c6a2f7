"""The days a page is about: those of the address, else up to the newest report as far back as can be reckoned at once.

Usually a year; of an archive with more events than `MOST` in that time a quarter, a month, a week.
"""

from __future__ import annotations

from datetime import date

from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk

MOST = 60_000
_USUAL = (365, 90, 30, 7)


def period(desk: Desk, query: Query) -> tuple[date | None, date | None, date | None]:
    """First and last day, and the day of the newest report."""
    since, until = query.days()
    newest = desk.archive.overview.newest_day()
    end = until or newest
    if since is None and end is not None:
        since = usual(desk, end)
    return since, end, newest


def usual(desk: Desk, end: date) -> date:
    """The first day of the period that ends on a day."""
    first = end
    for days in _USUAL:
        first = date.fromordinal(max(end.toordinal() - days, 1))
        if desk.archive.overview.number_of_events(first, end) <= MOST:
            break
    return first
