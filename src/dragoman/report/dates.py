"""Days as heads of reports and fields of feeds write them.

In: a few words of a head, or the value of a date field. Out: a `datetime.date`, or None where the words name no day
for certain. A day without a year is settled against a day that is given: the nearest one wins. Numbers that could be
read both ways (03/04/2024) name no day: `None` means "not said", and a guess here would shift every event.

Nothing here reads running text; "on Tuesday" and the like belong to the room `reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

MONTH = (
    r"(?:(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"
)
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?i:st|nd|rd|th)?"
_WEEKDAY = r"(?i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)"
_SHAPES = (
    rf"(?P<y1>{_YEAR})(?P<s1>[-/.])(?P<m1>1[0-2]|0?[1-9])(?P=s1)(?P<d1>3[01]|[12]\d|0?[1-9])(?!\d)",
    r"(?P<a2>\d{1,2})(?P<s2>[-/.])(?P<b2>\d{1,2})(?P=s2)(?P<y2>(?:19|20)\d\d)(?!\d)",
    rf"(?P<m3>{MONTH})\s*(?P<d3>{_DAY})(?:,?\s+(?P<y3>{_YEAR}))?",
    rf"(?P<d4>{_DAY})(?:\s+of)?[\s-]+(?P<m4>{MONTH})(?:,?[\s-]+(?P<y4>{_YEAR}))?",
)
_DATE = re.compile(rf"(?<![\w/.-])(?:{_WEEKDAY})?(?:{'|'.join(_SHAPES)})")
# The same shapes without names, to be set into larger patterns.
DATE = rf"(?:{_WEEKDAY})?(?:" + "|".join(
    (
        rf"{_YEAR}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)",
        r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)",
        rf"{MONTH}\s*{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_DAY}(?:\s+of)?[\s-]+{MONTH}(?:,?[\s-]+{_YEAR})?",
    )
) + ")"  # fmt: skip
TIME = (
    r"(?:(?:\bat\s+|T)?\b\d{1,2}(?:[:.]\d{2}){1,2}(?:\.\d+)?\s*(?i:[ap]\.?\s?m\b\.?)?\s*"
    r"(?:(?:GMT|UTC|EST|EDT|ET|CET|CEST|BST|IST|MSK|Z)\b)?\s?(?:[+-]\d{1,2}(?::?\d{2})?)?)"
)
_TIME = re.compile(TIME)
_LABEL = re.compile(
    r"\b(?i:(?:last\s+)?(?:updated?|modified|published|posted|issued|created|release|publication|date|time|on|at)"
    r"|\d+\s+(?:minutes?|hours?|days?)\s+ago|\d+\s+min(?:ute)?s?\s+read)\b"
)
_UPDATE = re.compile(r"\b(?i:update[d]?|modified)\b[^|]*$")
_NUMBERS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written.

    Attributes:
        month, day: numbers from 1.
        year: None where none is written.
        start, end: offsets of its words in the text that was searched.
        update: whether the words before it say that it is the day of a change, not of publication.
    """

    month: int
    day: int
    year: int | None
    start: int
    end: int
    update: bool = False

    def settle(self, near: date | None = None) -> date | None:
        """The date; a missing year is taken from the day nearest to `near`, else there is none."""
        years = [self.year] if self.year else [near.year + step for step in (-1, 0, 1)] if near else []
        days = [made for year in years if year and (made := _make(year, self.month, self.day))]
        if near is None:
            return days[0] if days else None
        return min(days, key=lambda made: abs((made - near).days), default=None)


def find_days(words: str) -> list[Day]:
    """All days named in a short stretch of text, in order; numbers that can be read two ways are left out."""
    days = []
    for match in _DATE.finditer(words):
        numbers = _numbers(match)
        if numbers is not None:
            year, month, day = numbers
            update = bool(_UPDATE.search(words[: match.start()]))
            days.append(Day(month, day, year, match.start(), match.end(), update))
    return days


def _numbers(match: re.Match[str]) -> tuple[int | None, int, int] | None:
    got = match.groupdict()
    if got["y1"]:
        return int(got["y1"]), int(got["m1"]), int(got["d1"])
    if got["y2"]:
        first, second = int(got["a2"]), int(got["b2"])
        if got["s2"] == "." or first > 12 or first == second:  # 20.03.2025 is written day first wherever dots are used
            day, month = first, second
        elif second > 12:
            day, month = second, first
        else:
            return None
        return (int(got["y2"]), month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    month_word, day_word, year = (got["m3"], got["d3"], got["y3"]) if got["m3"] else (got["m4"], got["d4"], got["y4"])
    return int(year) if year else None, _NUMBERS[month_word[:3].lower()], int(re.sub(r"\D", "", day_word))


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def stamp(line: str) -> tuple[list[Day], str] | None:
    """A line that is a time stamp: its days, and the words that remain once dates, times and labels are gone.

    None when no day stands in it. "Politics - December 06, 2021 - 16:12" leaves "Politics".
    """
    days = find_days(line)
    if not days:
        return None
    rest = list(line)
    for day in days:
        rest[day.start : day.end] = " " * (day.end - day.start)
    words = _LABEL.sub(" ", _TIME.sub(" ", "".join(rest)))
    return days, re.sub(r"^[\W_]+|[\W_]+$", "", words)


def field_date(value: object) -> date | None:
    """The day in a date field of a feed.

    Takes ISO dates and times, RFC 2822 ("Tue, 05 Mar 2024 10:00:00 GMT"), seconds or milliseconds since 1970, dates in
    words, and date objects. The day is the one written, in the time zone written. None for anything else.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _epoch(float(value))
    if not isinstance(value, str) or len(value) > 100:
        return None
    words = value.strip()
    if re.fullmatch(r"\d{9,10}|\d{12,13}", words):
        return _epoch(float(words))
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    days = [day for day in find_days(words) if day.year]
    if days:
        return days[0].settle()
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _epoch(seconds: float) -> date | None:
    if not 1e8 < seconds < 1e14:  # years and other small numbers are no time stamps
        return None
    if seconds > 1e11:
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
