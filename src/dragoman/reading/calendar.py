"""What words of time mean, given the day they were published.

In: a phrase ("late last month", "3-5 May", "by the end of the year"), the day of publication, whether the clause
speaks of the future, and a day named before it. Out: `When`, or None when the words do not settle it. No grammar
here: `times.py` finds the phrases and tells past from future. This file holds the arithmetic and the pieces of pattern;
the forms themselves stand in `dates.py` (the calendar's own) and `relative.py` (counted from publication).

Every form is one pattern and one function below it. Weeks run from Monday to Sunday. What the words leave open stays
open: "in March" is the whole month, "recently" is nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.reading.words import TimePrecision

Basis = Literal["stated", "relative"]


@dataclass(frozen=True, slots=True)
class When:
    """A day (``first == last``) or the days from ``first`` to ``last``."""

    first: date
    last: date
    precision: TimePrecision
    basis: Basis

    @property
    def value(self) -> str:
        """ISO date, or ISO interval."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Light:
    """What is known when a phrase is read.

    Attributes:
        base: day of publication.
        ahead: whether the clause speaks of the future.
        anchor: a day named just before.
    """

    base: date | None
    ahead: bool = False
    anchor: date | None = None


DAY = timedelta(days=1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def _cased(words: str) -> str:
    """Names of days and months as written in running text and in headings, never in small letters ("may", "march")."""
    return words + "|" + re.sub(r"\\\.|[a-z]+", lambda m: m.group(0).upper(), words)


MON = (
    "(?:" + _cased(r"January|February|March|April|May|June|July|August|September|October|November|December")
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)  # fmt: skip
WD = "(?:" + _cased("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday") + ")"
WDS = f"(?:{WD}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\.?)"
YEAR = r"(?:1[6-9]\d\d|20\d\d)"
DD = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%])(?![,.]\d\d?\d?\b(?!\d))"
DASH = r"\s*(?:-|–|—|to|until|till|through)\s*"
NUM = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
UNIT = r"(?:hour|day|week|month|year|decade)"
PART = (
    r"(?:early|late|mid|the\s+(?:early|late)\s+part\s+of|the\s+(?:beginning|start|middle|end)\s+of|"
    r"(?:beginning|start|end)\s+of)"
)
UPTO = r"(?:by|until|till|before|no\s+later\s+than)"
# Not years though they look it: "2000 soldiers", "2030 Agenda", "1950s" (read apart), "1,200", "2019-nCoV".
NOT_YEAR = (
    r"(?![,.]\d)(?!\s*(?:-\w|%|°|s\b|’s\b|'s\b))(?!\s+(?:Agenda|agenda|GMT|UTC|hours|hrs|local|people|percent|per\s+cent|km|"
    r"kilomet\w+|miles|met\w+|tons?|tonnes|troops|soldiers|men|women|children|cases|votes|dollars|euros|barrels|megawatts|"
    r"MW|deaths|homes|families|civilians|prisoners|hostages|refugees|migrants|workers|police\w*|pounds|days|years|units|"
    r"others|more|killed|dead|fighters|rockets|missiles|drones|vehicles|companies|students|members|delegates|of\s+them))"
)


Means = Callable[[re.Match[str], Light], When | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say when."""

    name: str
    pattern: re.Pattern[str]
    means: Means


class Forms(list[Form]):
    """Forms in the order they are tried: at the same place the first that fits is taken."""

    def add(self, pattern: str) -> Callable[[Means], Means]:
        """Register a form: its pattern, and below it what it means."""

        def register(means: Means) -> Means:
            self.append(Form(means.__name__.strip("_"), re.compile(pattern), means))
            return means

        return register


# -- pieces ------------------------------------------------------------------------------------------------------------


def month_of(word: str) -> int:
    return MONTHS.index(word.lower()[:3]) + 1


def weekday_of(word: str) -> int:
    return WEEKDAYS.index(word.lower()[:3])


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def day_in(year: int, month: int, day: str | int) -> date | None:
    number = int(re.sub(r"\D", "", str(day)))
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_of(day: date, unit: str) -> tuple[date, date]:
    """The week, month, quarter, year or decade a day lies in."""
    match unit:
        case "week":
            first = day - DAY * day.weekday()
            return first, first + 6 * DAY
        case "weekend":
            first = day - DAY * day.weekday() + 5 * DAY
            return first, first + DAY
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case "quarter":
            first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            return first, shift(first, 3) - DAY
        case "decade":
            return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def away(day: date, count: int, unit: str) -> date:
    match unit:
        case "day" | "night":
            return day + DAY * count
        case "week" | "weekend":
            return day + 7 * DAY * count
        case "month":
            return shift(day, count)
        case "quarter":
            return shift(day, 3 * count)
        case "decade":
            return shift(day, 120 * count)
        case "hour":
            return day + DAY * (-(-count // 24) if count > 0 else count // 24)
    return shift(day, 12 * count)


def share(first: date, last: date, part: str | None) -> tuple[date, date]:
    """ "early", "mid" or "late" in a stretch: its first, middle or last third."""
    if not part:
        return first, last
    third = ((last - first).days + 1) // 3
    low = part.lower()
    if "early" in low or "beginning" in low or "start" in low:
        return first, first + DAY * (third - 1)
    if "mid" in low:
        return first + DAY * third, last - DAY * third
    return last - DAY * (third - 1), last


PRECISION: dict[str, TimePrecision] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "range",
    "decade": "range",
}  # fmt: skip


def up_to(when: When | None, word: str | None, light: Light) -> When | None:
    """ "by Friday", "until 2030": from now to its end. A time already past is itself."""
    if when is None or not word or light.base is None or when.last <= light.base or word.strip().lower() == "before":
        return when
    return When(min(light.base, when.last), when.last, "range", when.basis)


def without_year(month: int, day: str, light: Light) -> date | None:
    """The nearest such day: before the report, unless the clause is about the future."""
    base = light.base
    if base is None:
        return None
    days = [d for y in (base.year - 1, base.year, base.year + 1) if (d := day_in(y, month, day))]
    past = max((d for d in days if d <= base), default=None)
    to_come = min((d for d in days if d >= base), default=None)
    if past is None or to_come is None:
        return past or to_come
    if light.ahead:
        # "The truce, which was to begin on 3 March" in a report of 5 March
        return to_come if (to_come - base).days <= 330 or (base - past).days > 60 else past
    # "the summit of 5 June" in a report of 1 June is not a year old
    return to_come if (to_come - base).days < 45 and (base - past).days > 300 else past


def one_day(day: date | None, basis: Basis = "stated") -> When | None:
    return When(day, day, "day", basis) if day else None


def span(first: date | None, last: date | None, basis: Basis = "stated") -> When | None:
    if first is None or last is None or last < first:
        return None
    return When(first, last, "range" if first != last else "day", basis)
