"""The days a page is about: those of the address, else a year up to the newest report."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk

USUAL = timedelta(days=365)


def period(desk: Desk, query: Query) -> tuple[date | None, date | None, date | None]:
    """First and last day, and the day of the newest report."""
    since, until = query.days()
    newest = desk.archive.overview.newest_day()
    if since is None and newest is not None:
        end = until or newest
        since = end - USUAL if end.toordinal() > USUAL.days else date.min
    return since, until or newest, newest
