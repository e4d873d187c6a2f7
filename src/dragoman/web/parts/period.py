"""The days a page is about: those of the address, else the year up to the newest report."""

from __future__ import annotations

from datetime import date

from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk

YEAR = 365


def period(desk: Desk, query: Query) -> tuple[date | None, date | None, date | None]:
    """First and last day, and the day of the newest report."""
    since, until = query.days()
    newest = desk.archive.overview.newest_day()
    end = until or newest
    if since is None and end is not None:
        since = usual(end)
    return since, end, newest


def usual(end: date) -> date:
    """The first day of the year that ends on a day."""
    return date.fromordinal(max(end.toordinal() - YEAR, 1))
