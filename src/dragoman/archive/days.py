"""What days a stated date covers.

In: an ISO date, month, year, time or interval, as entries state them. Out: its first and last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")


def days(stated: str | None, published: date | None) -> tuple[str | None, str | None]:
    """First and last day of an entry: its own date where it can be read, else its report's.

    Reads days, months (``2024-06``), years, times of day, intervals ``a/b`` and intervals open at one end (``a/..``).
    """
    if stated:
        first, slash, last = stated.partition("/")
        ends = (_ends(first), _ends(last) if slash else _ends(first))
        open_ended = {"", ".."}
        begins = ends[0][0] if ends[0] else ("0001-01-01" if slash and first in open_ended else None)
        closes = ends[1][1] if ends[1] else ("9999-12-31" if slash and last in open_ended else None)
        if begins and closes and begins <= closes and any(ends):
            return begins, closes
    day = published.isoformat() if published else None
    return day, day


def _ends(stated: str) -> tuple[str, str] | None:
    found = _DAY.fullmatch(stated)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()
