"""Times counted from the day of publication: "yesterday", "on Tuesday", "late last month", "in the coming days".

In: a phrase and what is known when it is read. Out: `When`, or None where there is no day to count from.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.reading.calendar import (
    DASH,
    DAY,
    DD,
    MON,
    NUM,
    NUMBERS,
    PRECISION,
    UNIT,
    UPTO,
    WD,
    YEAR,
    Basis,
    Forms,
    Light,
    When,
    away,
    day_in,
    month_of,
    number_of,
    one_day,
    share,
    shift,
    span,
    unit_of,
    up_to,
    weekday_of,
    without_year,
)

FORMS = Forms()


# -- days counted from publication -------------------------------------------------------------------------------------


@FORMS.add(
    r"(?i:(?P<w>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight|last\s+night|"
    r"this\s+(?:morning|afternoon|evening|day)|(?:earlier|later)\s+(?:in|on)\s+the\s+day|earlier\s+that\s+day))\b"
)
def _near(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    word = " ".join(m["w"].lower().split())
    count = {
        "the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "last night": -1, "tomorrow": 1,
    }.get(word, 0)  # fmt: skip
    if word.startswith(("earlier in", "earlier on", "later in", "later on", "earlier that")) and light.anchor:
        return one_day(light.anchor, "relative")
    return one_day(light.base + DAY * count, "relative")


@FORMS.add(
    rf"(?i:overnight)(?:\s+(?:(?:in)?to|on|from)\s+(?:(?:{WD},?\s+)?(?:(?P<d>{DD})\s+(?P<m>{MON})|(?P<n>{MON})\s+(?P<e>{DD}))(?:,?\s+(?P<a>{YEAR})\b)?|(?P<w>{WD})))?(?![\w-])"
)
def _overnight(m: re.Match[str], light: Light) -> When | None:
    """ "overnight into August 9": the night between the 8th and the 9th."""
    if m["d"] or m["e"]:
        month, day = month_of(m["m"] or m["n"]), m["d"] or m["e"]
        end = day_in(int(m["a"]), month, day) if m["a"] else without_year(month, day, light)
        basis: Basis = "stated"
    elif light.base is None:
        return None
    else:
        end = _weekday_near(weekday_of(m["w"]), light) if m["w"] else light.base
        basis = "relative"
    if end is None:
        return None
    if re.search(r"(?i)overnight\s+(?:on|from)\b", m.group(0)):
        return span(end, end + DAY, basis)
    return span(end - DAY, end, basis)


def _weekday_near(weekday: int, light: Light) -> date:
    """The last such day, the day of the report included; the next one when the clause is about the future."""
    assert light.base is not None
    back = (light.base.weekday() - weekday) % 7
    if light.ahead:
        return light.base + DAY * ((weekday - light.base.weekday()) % 7)
    return light.base - DAY * back


@FORMS.add(rf"(?:(?:from|between)\s+)?(?P<v>{WD})(?:{DASH}|\s+and\s+)(?P<w>{WD})(?!\w)")
def _weekdays(m: re.Match[str], light: Light) -> When | None:
    """ "from Sunday to Tuesday", "between Monday and Wednesday", "on Saturday and Sunday" """
    if light.base is None:
        return None
    first, last = weekday_of(m["v"]), weekday_of(m["w"])
    gap = (last - first) % 7
    if " and " in m.group(0) and not m.group(0).lower().startswith("between") and gap != 1:
        return None
    if light.ahead:
        start = _weekday_near(first, light)
        return span(start, start + DAY * gap, "relative")
    end = _weekday_near(last, light)
    return span(end - DAY * gap, end, "relative")


@FORMS.add(
    rf"(?:(?P<u>(?i:by|until|till|no\s+later\s+than|since))\s+)?(?:(?P<r>(?i:last|next|this\s+past|this\s+coming|this|coming|past|the\s+following|the\s+previous))\s+)?"
    rf"(?P<w>{WD})(?:\s+(?:morning|afternoon|evening|night|noon))?"
    rf"(?:,?\s+(?P<k>last|next|this)\s+week\b|,?\s+(?:a|one)\s+week\s+(?P<g>ago)\b|\s+week\b)?"
    rf"(?!\w)(?!\s+(?:Agreement|Accord|Times|Telegraph|Mirror|Mail|Herald|Night|Morning|Post|Express|Massacre|World))"
)
def _day_of_week(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    base, weekday = light.base, weekday_of(m["w"])
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
    return up_to(one_day(day, "relative"), upto if upto != "since" else None, light)


# -- weeks, months, years counted from publication ---------------------------------------------------------------------


@FORMS.add(
    rf"(?:(?P<u>(?i:{UPTO}|since))\s+)?(?:(?i:(?P<p>early|earlier|late|later|mid|the\s+(?:beginning|start|middle|end)\s+of|(?:beginning|start|end)\s+of|at\s+the\s+(?:end|start|beginning)\s+of))(?:\s+in)?[\s-]+)?"
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
        other = away(base, count, unit)
        return span(min(base, other), max(base, other), "relative")
    count = 0
    if how in ("last", "this past", "the past", "the previous"):
        count = -1
    elif how in ("next", "this coming", "the coming", "the following"):
        count = 1
    if unit == "weekend":
        first, last = unit_of(base, "weekend")
        if how == "next" or (how in ("this coming", "the coming") and base > last):
            first, last = first + 7 * DAY, last + 7 * DAY
        elif how in ("last", "this past", "the past", "the previous") or (
            how in ("the", "this") and not light.ahead and base < first and not upto
        ):
            first, last = first - 7 * DAY, last - 7 * DAY
    else:
        first, last = unit_of(
            away(base.replace(day=1) if unit in ("month", "year", "quarter") else base, count, unit), unit
        )
    precision = PRECISION[unit]
    if part == "earlier" and count == 0:
        return span(first, base, "relative")
    if part == "later" and count == 0:
        return span(base, last, "relative")
    if part:
        first, last = share(first, last, part)
        precision = "range"
    when = When(first, last, precision, "relative")
    if upto == "since":
        return When(first, base, "range", "relative") if first < base else when
    if upto == "before" and part:
        upto = "by"
    return up_to(when, upto or None, light)


@FORMS.add(
    r"(?i:(?P<u>by|before|until|at)\s+(?:the\s+)?(?:(?P<y>year|month|week)[-\s]?(?:’s|'s)?[-\s]end|end\s+of\s+(?P<k>year|month|week)))\b"
)
def _years_end(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    first, last = unit_of(light.base, (m["y"] or m["k"]).lower())
    if m["u"].lower() == "at":
        first, last = share(first, last, "late")
        return When(first, last, "range", "relative")
    return span(light.base, last, "relative")


@FORMS.add(
    rf"(?i:(?:(?P<h>exactly|nearly|almost|over|about|more\s+than|some|around|just)\s+)?(?P<n>{NUM}|several|a\s+few|a\s+couple\s+of|a\s+couple)\s+(?P<k>{UNIT})s?\s+ago)\b"
)
def _ago(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    word, unit = " ".join(m["n"].lower().split()), m["k"].lower()
    if word in ("several", "a few"):
        if unit in ("decade", "year"):
            return None
        return span(away(light.base, -7 if unit == "day" else -6, unit), away(light.base, -2, unit), "relative")
    count = 2 if word.startswith("a couple") else number_of(word)
    return _from(light.base, -count, unit)


def _from(start: date, count: int, unit: str) -> When | None:
    """So many units away, no more exact than the unit."""
    try:
        day = away(start, count, unit)
    except (ValueError, OverflowError):
        return None
    if unit in ("day", "hour"):
        return one_day(day, "relative")
    if unit == "decade":
        unit = "year"
    first, last = unit_of(day, unit)
    return When(first, last, PRECISION[unit], "relative")


@FORMS.add(
    rf"(?i:(?P<n>{NUM}|a\s+couple\s+of)\s+(?P<k>day|week|month|year|decade)s?\s+(?P<w>earlier|before(?:hand)?|previously|later|afterwards?|after|from\s+now|from\s+today))(?!\w)(?!\s+than\b)"
)
def _earlier(m: re.Match[str], light: Light) -> When | None:
    """ "three days earlier": before the day just named, else before publication; "later" needs such a day."""
    word, unit = " ".join(m["w"].lower().split()), m["k"].lower()
    count = 2 if m["n"].lower().startswith("a couple") else number_of(m["n"])
    if word.startswith("from"):
        return _from(light.base, count, unit) if light.base else None
    if word.startswith(("later", "after")):
        return _from(light.anchor, count, unit) if light.anchor else None
    start = light.anchor or light.base
    return _from(start, -count, unit) if start else None


@FORMS.add(
    r"(?i:the\s+(?P<w>day\s+before|previous\s+day|following\s+day|next\s+day|day\s+after|same\s+day))\b(?!\s+(?:yesterday|tomorrow|the|a|his|her|its|their)\b)"
)
def _next_day(m: re.Match[str], light: Light) -> When | None:
    word = " ".join(m["w"].lower().split())
    if word in ("day before", "previous day"):
        start = light.anchor or light.base
        return one_day(start - DAY, "relative") if start else None
    if light.anchor is None:
        return None
    return one_day(light.anchor + DAY * (word != "same day"), "relative")


@FORMS.add(
    rf"(?i:(?P<w>(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?:last|past|previous|preceding)|(?:in|over|during|within|for)\s+(?:the\s+)?(?:next|coming|following)|within)\s+(?:(?P<n>{NUM}|few|several|couple\s+of)\s+)?(?P<k>hour|day|week|month|year|decade)s?)\b(?!-)"
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
    elif number.isdigit() or number.lower() in NUMBERS:
        count = number_of(number)
    else:
        count = 2 if number.lower().startswith("couple") else 5 if unit == "day" else 4
    try:
        other = away(light.base, -count if past else count, unit)
    except (ValueError, OverflowError):
        return None
    return span(min(other, light.base), max(other, light.base), "relative")


@FORMS.add(r"(?i:(?:in\s+)?(?P<w>recent|coming|the\s+coming)\s+(?P<k>hour|day|week|month|year)s)\b")
def _recent(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    unit = m["k"].lower()
    count = {"hour": 24, "day": 7, "week": 4, "month": 6, "year": 5}[unit]
    past = m["w"].lower() == "recent"
    other = away(light.base, -count if past else count, unit)
    return span(min(other, light.base), max(other, light.base), "relative")


@FORMS.add(rf"(?i:in\s+(?P<n>{NUM})\s+(?P<k>day|week|month|year)s?(?:['’])?\s+time)\b")
def _in_time(m: re.Match[str], light: Light) -> When | None:
    return _from(light.base, number_of(m["n"]), m["k"].lower()) if light.base else None


@FORMS.add(r"(?i:on\s+)?the\s+(?P<d>(?:[12]?\d|3[01])(?:st|nd|rd|th))\s+of\s+(?P<r>this|last|next)\s+month\b")
def _day_of_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month = shift(light.base.replace(day=1), {"last": -1, "this": 0, "next": 1}[m["r"].lower()])
    return one_day(day_in(month.year, month.month, m["d"]), "relative")
