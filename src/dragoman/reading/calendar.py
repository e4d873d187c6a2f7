"""What words of time mean, given the day they were published.

In: a phrase ("late last month", "3-5 May", "by the end of the year"), the day of publication, whether the clause
speaks of the future, and a day named before it. Out: `When`, or None when the words do not settle it. No grammar
here: `times.py` finds the phrases and tells past from future.

Every form is one pattern and one function below it. Weeks run from Monday to Sunday. What the words leave open stays
open: "in March" is the whole month, "recently" is nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
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
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = dict(
    zip(
        "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty sixty ninety".split(),
        (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 60, 90),
        strict=True,
    )
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def _cased(words: str) -> str:
    """Names of days and months as written in running text and in headings, never in small letters ("may", "march")."""
    return words + "|" + re.sub(r"\\\.|[a-z]+", lambda m: m.group(0).upper(), words)


_MON = (
    "(?:" + _cased(r"January|February|March|April|May|June|July|August|September|October|November|December")
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)  # fmt: skip
_WD = "(?:" + _cased("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday") + ")"
_WDS = f"(?:{_WD}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\\.?)"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%])(?![,.]\d\d?\d?\b(?!\d))"
_DASH = r"\s*(?:-|–|—|to|until|till|through)\s*"
_NUM = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|sixty|ninety)"
_UNIT = r"(?:hour|day|week|month|year|decade)"
_PART = r"(?:early|late|mid|the\s+(?:early|late)\s+part\s+of|the\s+(?:beginning|start|middle|end)\s+of|(?:beginning|start|end)\s+of)"
_UPTO = r"(?:by|until|till|before|no\s+later\s+than)"
# Not years though they look it: "2000 soldiers", "2030 Agenda", "1950s" (read apart), "1,200", "2019-nCoV".
_NOT_YEAR = (
    r"(?![,.]\d)(?!\s*(?:-\w|%|°|s\b|’s\b|'s\b))(?!\s+(?:Agenda|agenda|GMT|UTC|hours|hrs|local|people|percent|per\s+cent|km|"
    r"kilomet\w+|miles|met\w+|tons?|tonnes|troops|soldiers|men|women|children|cases|votes|dollars|euros|barrels|megawatts|"
    r"MW|deaths|homes|families|civilians|prisoners|hostages|refugees|migrants|workers|police\w*|pounds|days|years|units|"
    r"others|more|killed|dead|fighters|rockets|missiles|drones|vehicles|companies|students|members|delegates|of\s+them))"
)


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: re.Pattern[str]
    means: Callable[[re.Match[str], Light], When | None]


FORMS: list[_Form] = []


def _form(
    pattern: str,
) -> Callable[[Callable[[re.Match[str], Light], When | None]], Callable[[re.Match[str], Light], When | None]]:
    """Register a form; earlier ones go before later ones at the same place."""

    def add(means: Callable[[re.Match[str], Light], When | None]) -> Callable[[re.Match[str], Light], When | None]:
        FORMS.append(_Form(f"f{len(FORMS)}", re.compile(pattern), means))
        return means

    return add


# -- pieces ------------------------------------------------------------------------------------------------------------


def _month(word: str) -> int:
    low = word.lower().rstrip(".")[:3]
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(low))


def _weekday(word: str) -> int:
    low = word.lower()[:3]
    return next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(low))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _on(year: int, month: int, day: str | int) -> date | None:
    number = int(re.sub(r"\D", "", str(day)))
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _shift(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _unit(day: date, unit: str) -> tuple[date, date]:
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
            return first, _shift(first, 3) - DAY
        case "decade":
            return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def _away(day: date, count: int, unit: str) -> date:
    match unit:
        case "day" | "night":
            return day + DAY * count
        case "week" | "weekend":
            return day + 7 * DAY * count
        case "month":
            return _shift(day, count)
        case "quarter":
            return _shift(day, 3 * count)
        case "decade":
            return _shift(day, 120 * count)
        case "hour":
            return day + DAY * (-(-count // 24) if count > 0 else count // 24)
    return _shift(day, 12 * count)


def _share(first: date, last: date, part: str | None) -> tuple[date, date]:
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


_PRECISION: dict[str, TimePrecision] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "range",
    "decade": "range",
}  # fmt: skip


def _up_to(when: When | None, word: str | None, light: Light) -> When | None:
    """ "by Friday", "until 2030": from now to its end. A time already past is itself."""
    if when is None or not word or light.base is None or when.last <= light.base or word.strip().lower() == "before":
        return when
    return When(min(light.base, when.last), when.last, "range", when.basis)


def _without_year(month: int, day: str, light: Light) -> date | None:
    """The nearest such day: before the report, unless the clause is about the future."""
    base = light.base
    if base is None:
        return None
    days = [d for y in (base.year - 1, base.year, base.year + 1) if (d := _on(y, month, day))]
    past = max((d for d in days if d <= base), default=None)
    to_come = min((d for d in days if d >= base), default=None)
    if past is None or to_come is None:
        return past or to_come
    if light.ahead:
        # "The truce, which was to begin on 3 March" in a report of 5 March
        return to_come if (to_come - base).days <= 330 or (base - past).days > 60 else past
    # "the summit of 5 June" in a report of 1 June is not a year old
    return to_come if (to_come - base).days < 45 and (base - past).days > 300 else past


def _one(day: date | None, basis: Basis = "stated") -> When | None:
    return When(day, day, "day", basis) if day else None


def _span(first: date | None, last: date | None, basis: Basis = "stated") -> When | None:
    if first is None or last is None or last < first:
        return None
    return When(first, last, "range" if first != last else "day", basis)


# -- calendar dates ----------------------------------------------------------------------------------------------------


@_form(rf"(?P<a>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b")
def _iso(m: re.Match[str], light: Light) -> When | None:
    month = int(m["m"])
    return _one(_on(int(m["a"]), month, m["d"])) if 1 <= month <= 12 else None


@_form(rf"(?P<x>\d\d?)(?P<s>[./])(?P<y>\d\d?)(?P=s)(?P<a>{_YEAR})\b")
def _numeric(m: re.Match[str], light: Light) -> When | None:
    """15.10.2023 is day first by custom; with strokes only where one number can be no month."""
    x, y = int(m["x"]), int(m["y"])
    if m["s"] == "/" and x <= 12 and y <= 12 and x != y:
        return None
    day, month = (y, x) if y > 12 else (x, y)
    return _one(_on(int(m["a"]), month, day)) if 1 <= month <= 12 else None


@_form(
    rf"(?:(?:from|between)\s+)?(?:{_WDS},?\s+)?(?:(?P<d1>{_D})\s+(?:of\s+)?(?P<m1>{_MON})|(?P<n1>{_MON})\s+(?P<e1>{_D}))(?:,?\s+(?P<a1>{_YEAR}))?"
    rf"(?:{_DASH}|\s+and\s+)(?:{_WDS},?\s+)?(?:(?P<d2>{_D})\s+(?:of\s+)?(?P<m2>{_MON})|(?P<n2>{_MON})\s+(?P<e2>{_D}))(?:,?\s+(?P<a2>{_YEAR})\b)?"
)
def _range_of_two(m: re.Match[str], light: Light) -> When | None:
    """ "30 April - 2 May 2023", "from May 30 to June 2" """
    if " and " in m.group(0) and not m.group(0).lower().startswith("between"):
        return None
    last_month, last_day = _month(m["m2"] or m["n2"]), m["d2"] or m["e2"]
    last = _on(int(m["a2"]), last_month, last_day) if m["a2"] else _without_year(last_month, last_day, light)
    if last is None:
        return None
    first_month, first_day = _month(m["m1"] or m["n1"]), m["d1"] or m["e1"]
    year = int(m["a1"]) if m["a1"] else last.year - (first_month > last.month)
    return _span(_on(year, first_month, first_day), last)


@_form(
    rf"(?:(?P<o>from|between)\s+)?(?:(?P<d1>{_D})(?P<x>{_DASH}|\s*/\s*|\s+and\s+)(?P<d2>{_D})\s+(?:of\s+)?(?P<m>{_MON})"
    rf"|(?P<n>{_MON})\s+(?P<e1>{_D})(?P<z>{_DASH}|\s+and\s+)(?P<e2>{_D}))(?:(?:,|\s+of)?\s+(?P<a>{_YEAR})\b)?"
)
def _range(m: re.Match[str], light: Light) -> When | None:
    """ "May 3-5", "3 to 5 May 2023", "between 3 and 5 May", "May 3 and 4" """
    month, first_day, last_day = _month(m["m"] or m["n"]), m["d1"] or m["e1"], m["d2"] or m["e2"]
    first = int(re.sub(r"\D", "", first_day))
    last_number = int(re.sub(r"\D", "", last_day))
    if "and" in (m["x"] or m["z"]) and not m["o"] and last_number - first != 1:
        return None
    last = _on(int(m["a"]), month, last_day) if m["a"] else _without_year(month, last_day, light)
    return _span(_on(last.year, month, first), last) if last else None


@_form(
    rf"(?:(?P<u>{_UPTO}|since|from)\s+)?(?:{_WDS},?\s+)?(?:the\s+)?(?P<d>{_D})(?:-|\.?\s+)(?:of\s+)?(?P<m>{_MON})"
    rf"(?:(?:,|\s+of)?\s+(?P<a>{_YEAR})\b|,?\s+(?P<r>last|this|next)\s+year\b)?"
)
def _day_month(m: re.Match[str], light: Light) -> When | None:
    return _dated(m, light)


@_form(
    rf"(?:(?P<u>{_UPTO}|since|from)\s+)?(?:{_WDS},?\s+)?(?P<m>{_MON})\s+(?:the\s+)?(?P<d>{_D})"
    rf"(?:,?\s+(?P<a>{_YEAR})\b|,?\s+(?P<r>last|this|next)\s+year\b)?"
)
def _month_day(m: re.Match[str], light: Light) -> When | None:
    return _dated(m, light)


def _dated(m: re.Match[str], light: Light) -> When | None:
    month = _month(m["m"])
    upto = m["u"] if m["u"] and m["u"].lower() not in ("since", "from") else None
    if m["a"]:
        found = _one(_on(int(m["a"]), month, m["d"]))
    elif m["r"]:
        if light.base is None:
            return None
        found = _one(
            _on(light.base.year + {"last": -1, "this": 0, "next": 1}[m["r"].lower()], month, m["d"]), "relative"
        )
    else:
        ahead = light.ahead or (upto is not None and upto.lower() in ("by", "until", "till", "no later than"))
        found = _one(_without_year(month, m["d"], Light(light.base, ahead)))
    if found and (m["u"] or "").lower() == "since" and light.base and found.last < light.base:
        return When(found.first, light.base, "range", found.basis)
    return _up_to(found, upto, light)


@_form(
    rf"(?:(?P<u>{_UPTO}|since)\s+)?(?:(?:in\s+)?(?P<p>{_PART})[\s-]+)?(?P<m>{_MON})"
    rf"(?:(?:,|\s+of)?\s+(?P<a>{_YEAR})\b{_NOT_YEAR}|,?\s+(?P<r>last|this|next|the\s+previous|of\s+last|of\s+this|of\s+next)\s+year\b)"
)
def _month_year(m: re.Match[str], light: Light) -> When | None:
    """ "March 2023", "in March last year", "late May of this year" """
    if m["a"]:
        year, basis = int(m["a"]), "stated"
    elif light.base is None:
        return None
    else:
        word = m["r"].lower().split()[-1]
        year, basis = light.base.year + {"last": -1, "previous": -1, "this": 0, "next": 1}[word], "relative"
    return _in_month(year, _month(m["m"]), m, light, "stated" if basis == "stated" else "relative")


@_form(
    rf"(?:(?P<u>{_UPTO}|since)\s+(?:the\s+)?)?(?:(?P<p>(?:early|late|mid|the\s+(?:beginning|start|middle|end)\s+of|end\s+of)))(?:\s+in)?[\s-]+(?P<m>{_MON})(?![\w])"
)
def _part_of_month(m: re.Match[str], light: Light) -> When | None:
    """ "mid-June", "by the end of March" """
    return _bare_month(m, light)


@_form(
    rf"(?:(?:from|between)\s+)(?P<m>{_MON})(?:{_DASH}|\s+and\s+)(?P<n>{_MON})(?:(?:,|\s+of)?\s+(?P<a>{_YEAR})\b)?(?![\w])(?!\s+\d)"
)
def _months(m: re.Match[str], light: Light) -> When | None:
    """ "from March to May 2023" """
    first, last = _month(m["m"]), _month(m["n"])
    if m["a"]:
        year = int(m["a"])
    elif light.base is None:
        return None
    else:
        year = light.base.year - (last > light.base.month and not light.ahead)
    return _span(date(year - (first > last), first, 1), _unit(date(year, last, 1), "month")[1])


@_form(rf"(?P<u>last|this\s+past|next|this|this\s+coming|coming|past)\s+(?P<m>{_MON})(?![\w])(?!\s+\d)")
def _next_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month, word = _month(m["m"]), m["u"].lower()
    year = light.base.year
    if "past" in word or word == "last":
        year -= month >= light.base.month
    elif word == "next" or "coming" in word:
        year += month <= light.base.month
    first, last = _unit(date(year, month, 1), "month")
    return When(first, last, "month", "relative")


@_form(
    rf"(?i:(?P<u>in|since|until|till|by|from|during|through|throughout|before|after|of))\s+(?P<m>{_MON})(?![\w])(?!\s+\d)(?!\s+[A-Z][a-z])(?!['’]s)(?!,?\s+(?:of\s+)?(?:last|this|next|the\s+previous)\s+year)"
)
def _in_bare_month(m: re.Match[str], light: Light) -> When | None:
    """ "in March", "since May": a month only where words around it say so ("May said" is a person)."""
    return _bare_month(m, light)


def _bare_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month = _month(m["m"])
    word = (m["u"] or "").lower()
    ahead = light.ahead or word in ("by", "until", "till", "no later than")
    year = light.base.year
    if ahead and month < light.base.month:
        year += 1
    elif not ahead and month > light.base.month:
        year -= 1
    return _in_month(year, month, m, light, "stated")


def _in_month(year: int, month: int, m: re.Match[str], light: Light, basis: Basis) -> When | None:
    first, last = _unit(date(year, month, 1), "month")
    groups = m.groupdict()
    part, word = groups.get("p"), (groups.get("u") or "").lower()
    precision: TimePrecision = "range" if part else "month"
    first, last = _share(first, last, part)
    if word == "since" and light.base and first < light.base:
        return When(first, light.base, "range", basis)
    if word in ("by", "until", "till", "no later than"):
        return _up_to(When(first, last, precision, basis), word, light)
    return When(first, last, precision, basis)


# -- seasons, quarters, years ------------------------------------------------------------------------------------------


@_form(
    rf"(?:(?P<v>{_UPTO}|since)\s+)?(?:the\s+)?(?:(?P<p>early|late|mid)[\s-]+)?(?:(?P<s>(?i:spring|summer|autumn|fall|winter))(?:\s+of)?\s+(?:(?P<a>{_YEAR})\b{_NOT_YEAR}|(?P<q>last|this|next)\s+year\b)"
    r"|(?P<r>last|this|next|this\s+past|this\s+coming)\s+(?P<t>spring|summer|autumn|fall|winter)\b)"
)
def _season(m: re.Match[str], light: Light) -> When | None:
    first_month, last_month = _SEASONS[(m["s"] or m["t"]).lower()]
    basis: Basis = "stated"
    if m["a"]:
        year = int(m["a"])
    elif light.base is None:
        return None
    else:
        basis = "relative"
        year = light.base.year
        word = (m["q"] or m["r"]).lower()
        if m["q"]:
            year += {"last": -1, "this": 0, "next": 1}[word]
        elif "last" in word or "past" in word:
            ended = date(year + (last_month < first_month), last_month, 1)
            year -= _unit(ended, "month")[1] >= light.base
        elif "next" in word or "coming" in word:
            year += date(year, first_month, 1) <= light.base
    first = date(year, first_month, 1)
    last = _unit(date(year + (last_month < first_month), last_month, 1), "month")[1]
    first, last = _share(first, last, m["p"])
    return _up_to(When(first, last, "range", basis), m["v"] if m["v"] != "since" else None, light)


@_form(
    rf"(?:the\s+)?(?:(?P<o>first|second|third|fourth|last|final)\s+(?P<k>quarter|half)(?:\s+of)?\s+(?:(?P<a>{_YEAR})\b{_NOT_YEAR}|(?P<r>last|this|next|the)\s+year\b)"
    rf"|(?P<q>[QH])(?P<n>[1-4])(?:\s+of)?\s+(?P<b>{_YEAR})\b)"
)
def _quarter(m: re.Match[str], light: Light) -> When | None:
    number = int(m["n"]) if m["n"] else _ORDINALS[m["o"].lower()]
    half = m["q"] == "H" or m["k"] == "half"
    basis: Basis = "stated"
    if m["a"] or m["b"]:
        year = int(m["a"] or m["b"])
    elif light.base is None:
        return None
    else:
        year, basis = light.base.year + {"last": -1, "this": 0, "the": 0, "next": 1}[m["r"].lower()], "relative"
    if half:
        if number > 2:
            number = 2
        first = date(year, 6 * number - 5, 1)
        return When(first, _shift(first, 6) - DAY, "range", basis)
    first, last = _unit(date(year, 3 * number - 2, 1), "quarter")
    return When(first, last, "quarter", basis)


@_form(r"(?:the\s+)?(?:(?P<p>early|mid|late)[\s-]+)?(?P<a>1[6-9]\d0|20\d0)s\b")
def _decade(m: re.Match[str], light: Light) -> When | None:
    year = int(m["a"])
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get((m["p"] or "").lower(), (0, 9))
    return When(date(year + first, 1, 1), date(year + last, 12, 31), "range", "stated")


@_form(
    rf"(?:(?:from|between|in|of)\s+)(?P<a>{_YEAR})(?:{_DASH}|\s+and\s+)(?P<b>{_YEAR})\b{_NOT_YEAR}|(?P<c>{_YEAR})[-–](?P<d>{_YEAR})\b(?![-–\d])"
)
def _years(m: re.Match[str], light: Light) -> When | None:
    first, last = int(m["a"] or m["c"]), int(m["b"] or m["d"])
    if " and " in m.group(0) and not m.group(0).lower().startswith("between"):
        return When(date(first, 1, 1), date(last, 12, 31), "range", "stated") if last == first + 1 else None
    return _span(date(first, 1, 1), date(last, 12, 31))


@_form(
    rf"(?:(?i:(?P<u>in|since|by|until|till|from|during|before|after|through|throughout|as\s+early\s+as|as\s+far\s+back\s+as|back\s+in|year|of))\s+)"
    rf"(?:(?P<p>{_PART})[\s-]+)?(?P<a>{_YEAR})\b{_NOT_YEAR}(?!\s+[A-Z])|(?P<q>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|end\s+of)[\s-]+(?P<b>{_YEAR})\b{_NOT_YEAR}"
)
def _year(m: re.Match[str], light: Light) -> When | None:
    year = int(m["a"] or m["b"])
    part = m["p"] or m["q"]
    word = (m["u"] or "").lower()
    first, last = _share(date(year, 1, 1), date(year, 12, 31), part)
    when = When(first, last, "range" if part else "year", "stated")
    if word == "since" and light.base and first < light.base:
        return When(first, light.base, "range", "stated")
    return _up_to(when, word if word in ("by", "until", "till") else None, light)


# -- days counted from publication -------------------------------------------------------------------------------------


@_form(
    r"(?i:(?P<w>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight|last\s+night|"
    r"this\s+(?:morning|afternoon|evening|day)|(?:earlier|later)\s+(?:in|on)\s+the\s+day|earlier\s+that\s+day))\b"
)
def _near(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    word = " ".join(m["w"].lower().split())
    away = {
        "the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "last night": -1, "tomorrow": 1,
    }.get(word, 0)  # fmt: skip
    if word.startswith(("earlier in", "earlier on", "later in", "later on", "earlier that")) and light.anchor:
        return _one(light.anchor, "relative")
    return _one(light.base + DAY * away, "relative")


@_form(
    rf"(?i:overnight)(?:\s+(?:(?:in)?to|on|from)\s+(?:(?:{_WD},?\s+)?(?:(?P<d>{_D})\s+(?P<m>{_MON})|(?P<n>{_MON})\s+(?P<e>{_D}))(?:,?\s+(?P<a>{_YEAR})\b)?|(?P<w>{_WD})))?(?![\w-])"
)
def _overnight(m: re.Match[str], light: Light) -> When | None:
    """ "overnight into August 9": the night between the 8th and the 9th."""
    if m["d"] or m["e"]:
        month, day = _month(m["m"] or m["n"]), m["d"] or m["e"]
        end = _on(int(m["a"]), month, day) if m["a"] else _without_year(month, day, light)
        basis: Basis = "stated"
    elif light.base is None:
        return None
    else:
        end = _weekday_near(_weekday(m["w"]), light) if m["w"] else light.base
        basis = "relative"
    if end is None:
        return None
    if re.search(r"(?i)overnight\s+(?:on|from)\b", m.group(0)):
        return _span(end, end + DAY, basis)
    return _span(end - DAY, end, basis)


def _weekday_near(weekday: int, light: Light) -> date:
    """The last such day, the day of the report included; the next one when the clause is about the future."""
    assert light.base is not None
    back = (light.base.weekday() - weekday) % 7
    if light.ahead:
        return light.base + DAY * ((weekday - light.base.weekday()) % 7)
    return light.base - DAY * back


@_form(rf"(?:(?:from|between)\s+)?(?P<v>{_WD})(?:{_DASH}|\s+and\s+)(?P<w>{_WD})(?!\w)")
def _weekdays(m: re.Match[str], light: Light) -> When | None:
    """ "from Sunday to Tuesday", "between Monday and Wednesday", "on Saturday and Sunday" """
    if light.base is None:
        return None
    first, last = _weekday(m["v"]), _weekday(m["w"])
    gap = (last - first) % 7
    if " and " in m.group(0) and not m.group(0).lower().startswith("between") and gap != 1:
        return None
    if light.ahead:
        start = _weekday_near(first, light)
        return _span(start, start + DAY * gap, "relative")
    end = _weekday_near(last, light)
    return _span(end - DAY * gap, end, "relative")


@_form(
    rf"(?:(?P<u>(?i:by|until|till|no\s+later\s+than|since))\s+)?(?:(?P<r>(?i:last|next|this\s+past|this\s+coming|this|coming|past|the\s+following|the\s+previous))\s+)?"
    rf"(?P<w>{_WD})(?:\s+(?:morning|afternoon|evening|night|noon))?"
    rf"(?:,?\s+(?P<k>last|next|this)\s+week\b|,?\s+(?:a|one)\s+week\s+(?P<g>ago)\b|\s+week\b)?"
    rf"(?!\w)(?!\s+(?:Agreement|Accord|Times|Telegraph|Mirror|Mail|Herald|Night|Morning|Post|Express|Massacre|World))"
)
def _day_of_week(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    base, weekday = light.base, _weekday(m["w"])
    how = " ".join((m["r"] or "").lower().split())
    upto = (m["u"] or "").lower()
    if m["k"]:
        monday = base - DAY * base.weekday()
        day = monday + 7 * DAY * {"last": -1, "this": 0, "next": 1}[m["k"].lower()] + DAY * weekday
    elif m["g"]:
        day = _weekday_near(weekday, Light(base)) - 7 * DAY
    elif how in ("last", "past", "this past", "the previous"):
        day = base - DAY * ((base.weekday() - weekday - 1) % 7 + 1)
    elif how in ("next", "coming", "this coming"):
        day = base + DAY * ((weekday - base.weekday() - 1) % 7 + 1)
    elif how == "the following":
        start = light.anchor or base
        day = start + DAY * ((weekday - start.weekday() - 1) % 7 + 1)
    else:
        ahead = light.ahead or upto in ("by", "until", "till", "no later than")
        day = _weekday_near(weekday, Light(base, ahead))
    if upto == "since" and day < base:
        return When(day, base, "range", "relative")
    return _up_to(_one(day, "relative"), upto if upto != "since" else None, light)


# -- weeks, months, years counted from publication ---------------------------------------------------------------------


@_form(
    rf"(?:(?P<u>(?i:{_UPTO}|since))\s+)?(?:(?i:(?P<p>early|earlier|late|later|mid|the\s+(?:beginning|start|middle|end)\s+of|(?:beginning|start|end)\s+of|at\s+the\s+(?:end|start|beginning)\s+of))(?:\s+in)?[\s-]+)?"
    r"(?i:(?P<r>last|next|this|this\s+past|this\s+coming|the\s+coming|the\s+past|the\s+previous|the\s+current|the\s+following|the))\s+(?P<k>week|weekend|month|quarter|year|decade)\b(?!-)(?!\s+of\b)"
)
def _this_unit(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    base, unit = light.base, m["k"].lower()
    how = " ".join(m["r"].lower().split())
    part = " ".join((m["p"] or "").lower().split())
    upto = " ".join((m["u"] or "").lower().split())
    if how == "the" and not part and unit != "weekend":
        return None
    if how in ("the past", "the coming") and not part and unit != "weekend":
        # "over the past week", "in the coming month": seven days, thirty days
        count = -1 if how == "the past" else 1
        other = _away(base, count, unit)
        return _span(min(base, other), max(base, other), "relative")
    count = 0
    if how in ("last", "this past", "the past", "the previous"):
        count = -1
    elif how in ("next", "this coming", "the coming", "the following"):
        count = 1
    if unit == "weekend":
        first, last = _unit(base, "weekend")
        if how == "next" or (how in ("this coming", "the coming") and base > last):
            first, last = first + 7 * DAY, last + 7 * DAY
        elif how in ("last", "this past", "the past", "the previous") or (
            how in ("the", "this") and not light.ahead and base < first and not upto
        ):
            first, last = first - 7 * DAY, last - 7 * DAY
    else:
        first, last = _unit(
            _away(base.replace(day=1) if unit in ("month", "year", "quarter") else base, count, unit), unit
        )
    precision = _PRECISION[unit]
    if part == "earlier" and count == 0:
        return _span(first, base, "relative")
    if part == "later" and count == 0:
        return _span(base, last, "relative")
    if part:
        first, last = _share(first, last, part)
        precision = "range"
    when = When(first, last, precision, "relative")
    if upto == "since":
        return When(first, base, "range", "relative") if first < base else when
    if upto == "before" and part:
        upto = "by"
    return _up_to(when, upto or None, light)


@_form(
    r"(?i:(?P<u>by|before|until|at)\s+(?:the\s+)?(?:(?P<y>year|month|week)[-\s]?(?:’s|'s)?[-\s]end|end\s+of\s+(?P<k>year|month|week)))\b"
)
def _years_end(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    first, last = _unit(light.base, (m["y"] or m["k"]).lower())
    if m["u"].lower() == "at":
        first, last = _share(first, last, "late")
        return When(first, last, "range", "relative")
    return _span(light.base, last, "relative")


@_form(
    rf"(?i:(?:(?P<h>exactly|nearly|almost|over|about|more\s+than|some|around|just)\s+)?(?P<n>{_NUM}|several|a\s+few|a\s+couple\s+of|a\s+couple)\s+(?P<k>{_UNIT})s?\s+ago)\b"
)
def _ago(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    word, unit = " ".join(m["n"].lower().split()), m["k"].lower()
    if word in ("several", "a few"):
        if unit in ("decade", "year"):
            return None
        return _span(_away(light.base, -7 if unit == "day" else -6, unit), _away(light.base, -2, unit), "relative")
    count = 2 if word.startswith("a couple") else _number(word)
    return _from(light.base, -count, unit)


def _from(start: date, count: int, unit: str) -> When | None:
    """So many units away, no more exact than the unit."""
    try:
        day = _away(start, count, unit)
    except (ValueError, OverflowError):
        return None
    if unit in ("day", "hour"):
        return _one(day, "relative")
    if unit == "decade":
        unit = "year"
    first, last = _unit(day, unit)
    return When(first, last, _PRECISION[unit], "relative")


@_form(
    rf"(?i:(?P<n>{_NUM}|a\s+couple\s+of)\s+(?P<k>day|week|month|year|decade)s?\s+(?P<w>earlier|before(?:hand)?|previously|later|afterwards?|after|from\s+now|from\s+today))(?!\w)(?!\s+than\b)"
)
def _earlier(m: re.Match[str], light: Light) -> When | None:
    """ "three days earlier": before the day just named, else before publication; "later" needs such a day."""
    word, unit = " ".join(m["w"].lower().split()), m["k"].lower()
    count = 2 if m["n"].lower().startswith("a couple") else _number(m["n"])
    if word.startswith("from"):
        return _from(light.base, count, unit) if light.base else None
    if word.startswith(("later", "after")):
        return _from(light.anchor, count, unit) if light.anchor else None
    start = light.anchor or light.base
    return _from(start, -count, unit) if start else None


@_form(
    r"(?i:the\s+(?P<w>day\s+before|previous\s+day|following\s+day|next\s+day|day\s+after|same\s+day))\b(?!\s+(?:yesterday|tomorrow|the|a|his|her|its|their)\b)"
)
def _next_day(m: re.Match[str], light: Light) -> When | None:
    word = " ".join(m["w"].lower().split())
    if word in ("day before", "previous day"):
        start = light.anchor or light.base
        return _one(start - DAY, "relative") if start else None
    if light.anchor is None:
        return None
    return _one(light.anchor + DAY * (word != "same day"), "relative")


@_form(
    rf"(?i:(?P<w>(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?:last|past|previous|preceding)|(?:in|over|during|within|for)\s+(?:the\s+)?(?:next|coming|following)|within)\s+(?:(?P<n>{_NUM}|few|several|couple\s+of)\s+)?(?P<k>hour|day|week|month|year|decade)s?)\b(?!-)"
)
def _over(m: re.Match[str], light: Light) -> When | None:
    """ "over the past two weeks", "in the coming days", "within 48 hours" """
    if light.base is None:
        return None
    unit, number = m["k"].lower(), m["n"]
    past = re.search(r"last|past|previous|preceding", m["w"].lower()) is not None
    if number is None:
        plural = m.group(0).lower().endswith("s")
        count = {"hour": 24, "day": 7, "week": 4, "month": 6, "year": 5, "decade": 3}[unit] if plural else 1
    elif number.isdigit() or number.lower() in _NUMBERS:
        count = _number(number)
    else:
        count = 2 if number.lower().startswith("couple") else 5 if unit == "day" else 4
    try:
        other = _away(light.base, -count if past else count, unit)
    except (ValueError, OverflowError):
        return None
    return _span(min(other, light.base), max(other, light.base), "relative")


@_form(r"(?i:(?:in\s+)?(?P<w>recent|coming|the\s+coming)\s+(?P<k>hour|day|week|month|year)s)\b")
def _recent(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    unit = m["k"].lower()
    count = {"hour": 24, "day": 7, "week": 4, "month": 6, "year": 5}[unit]
    past = m["w"].lower() == "recent"
    other = _away(light.base, -count if past else count, unit)
    return _span(min(other, light.base), max(other, light.base), "relative")


@_form(rf"(?i:in\s+(?P<n>{_NUM})\s+(?P<k>day|week|month|year)s?(?:['’])?\s+time)\b")
def _in_time(m: re.Match[str], light: Light) -> When | None:
    return _from(light.base, _number(m["n"]), m["k"].lower()) if light.base else None


@_form(r"(?i:on\s+)?the\s+(?P<d>(?:[12]?\d|3[01])(?:st|nd|rd|th))\s+of\s+(?P<r>this|last|next)\s+month\b")
def _day_of_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month = _shift(light.base.replace(day=1), {"last": -1, "this": 0, "next": 1}[m["r"].lower()])
    return _one(_on(month.year, month.month, m["d"]), "relative")


# -- all of them -------------------------------------------------------------------------------------------------------

_GROUP = re.compile(r"\(\?P<\w+>|\(\?P=s\)")


def _loose(form: _Form) -> str:
    """The form without its own group names, under one name of its own; what is named again is spelt out."""
    body = form.pattern.pattern.replace("(?P=s)", "[./]")
    return f"(?P<{form.name}>{_GROUP.sub('(?:', body)})"


ANY = re.compile(r"(?<![\w,.$€£-])(?:" + "|".join(_loose(form) for form in FORMS) + ")")
_BY_NAME = {form.name: form for form in FORMS}


@lru_cache(maxsize=20_000)
def means(form: str, phrase: str, light: Light) -> When | None:
    """What a phrase found under a form means; None when the words do not settle it."""
    found = _BY_NAME[form]
    m = found.pattern.match(phrase)
    try:
        return found.means(m, light) if m is not None else None
    except (ValueError, OverflowError):
        # Before the year 1 or after 9999.
        return None
