"""Times the calendar alone settles, or nearly: "5 May 1992", "3-5 May", "mid-June", "spring of 2022", "since 2011".

In: a phrase and what is known when it is read. Out: `When`, or None. A year left out is the nearest that fits.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.reading.calendar import (
    DASH,
    DAY,
    DD,
    MON,
    NOT_YEAR,
    ORDINALS,
    PART,
    SEASONS,
    UPTO,
    WDS,
    YEAR,
    Basis,
    Forms,
    Light,
    When,
    day_in,
    month_of,
    one_day,
    share,
    shift,
    span,
    unit_of,
    up_to,
    without_year,
)
from dragoman.reading.words import TimePrecision

FORMS = Forms()


# -- calendar dates ----------------------------------------------------------------------------------------------------


@FORMS.add(rf"(?P<a>{YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b")
def _iso(m: re.Match[str], light: Light) -> When | None:
    month = int(m["m"])
    return one_day(day_in(int(m["a"]), month, m["d"])) if 1 <= month <= 12 else None


@FORMS.add(rf"(?P<x>\d\d?)(?P<s>[./])(?P<y>\d\d?)(?P=s)(?P<a>{YEAR})\b")
def _numeric(m: re.Match[str], light: Light) -> When | None:
    """15.10.2023 is day first by custom; with strokes only where one number can be no month."""
    x, y = int(m["x"]), int(m["y"])
    if m["s"] == "/" and x <= 12 and y <= 12 and x != y:
        return None
    day, month = (y, x) if y > 12 else (x, y)
    return one_day(day_in(int(m["a"]), month, day)) if 1 <= month <= 12 else None


@FORMS.add(
    rf"(?:(?:from|between)\s+)?(?:{WDS},?\s+)?(?:(?P<d1>{DD})\s+(?:of\s+)?(?P<m1>{MON})|(?P<n1>{MON})\s+(?P<e1>{DD}))(?:,?\s+(?P<a1>{YEAR}))?"
    rf"(?:{DASH}|\s+and\s+)(?:{WDS},?\s+)?(?:(?P<d2>{DD})\s+(?:of\s+)?(?P<m2>{MON})|(?P<n2>{MON})\s+(?P<e2>{DD}))(?:,?\s+(?P<a2>{YEAR})\b)?"
)
def _range_of_two(m: re.Match[str], light: Light) -> When | None:
    """ "30 April - 2 May 2023", "from May 30 to June 2" """
    if " and " in m.group(0) and not m.group(0).lower().startswith("between"):
        return None
    last_month, last_day = month_of(m["m2"] or m["n2"]), m["d2"] or m["e2"]
    last = day_in(int(m["a2"]), last_month, last_day) if m["a2"] else without_year(last_month, last_day, light)
    if last is None:
        return None
    first_month, first_day = month_of(m["m1"] or m["n1"]), m["d1"] or m["e1"]
    year = int(m["a1"]) if m["a1"] else last.year - (first_month > last.month)
    return span(day_in(year, first_month, first_day), last)


@FORMS.add(
    rf"(?:(?P<o>from|between)\s+)?(?:(?P<d1>{DD})(?P<x>{DASH}|\s*/\s*|\s+and\s+)(?P<d2>{DD})\s+(?:of\s+)?(?P<m>{MON})"
    rf"|(?P<n>{MON})\s+(?P<e1>{DD})(?P<z>{DASH}|\s+and\s+)(?P<e2>{DD}))(?:(?:,|\s+of)?\s+(?P<a>{YEAR})\b)?"
)
def _range(m: re.Match[str], light: Light) -> When | None:
    """ "May 3-5", "3 to 5 May 2023", "between 3 and 5 May", "May 3 and 4" """
    month, first_day, last_day = month_of(m["m"] or m["n"]), m["d1"] or m["e1"], m["d2"] or m["e2"]
    first = int(re.sub(r"\D", "", first_day))
    last_number = int(re.sub(r"\D", "", last_day))
    if "and" in (m["x"] or m["z"]) and not m["o"] and last_number - first != 1:
        return None
    last = day_in(int(m["a"]), month, last_day) if m["a"] else without_year(month, last_day, light)
    return span(day_in(last.year, month, first), last) if last else None


@FORMS.add(
    rf"(?:(?P<u>{UPTO}|since|from)\s+)?(?:{WDS},?\s+)?(?:the\s+)?(?P<d>{DD})(?:-|\.?\s+)(?:of\s+)?(?P<m>{MON})"
    rf"(?:(?:,|\s+of)?\s+(?P<a>{YEAR})\b|,?\s+(?P<r>last|this|next)\s+year\b)?"
)
def _day_month(m: re.Match[str], light: Light) -> When | None:
    return _dated(m, light)


@FORMS.add(
    rf"(?:(?P<u>{UPTO}|since|from)\s+)?(?:{WDS},?\s+)?(?P<m>{MON})\s+(?:the\s+)?(?P<d>{DD})"
    rf"(?:,?\s+(?P<a>{YEAR})\b|,?\s+(?P<r>last|this|next)\s+year\b)?"
)
def _month_day(m: re.Match[str], light: Light) -> When | None:
    return _dated(m, light)


def _dated(m: re.Match[str], light: Light) -> When | None:
    month = month_of(m["m"])
    upto = m["u"] if m["u"] and m["u"].lower() not in ("since", "from") else None
    if m["a"]:
        found = one_day(day_in(int(m["a"]), month, m["d"]))
    elif m["r"]:
        if light.base is None:
            return None
        found = one_day(
            day_in(light.base.year + {"last": -1, "this": 0, "next": 1}[m["r"].lower()], month, m["d"]), "relative"
        )
    else:
        ahead = light.ahead or (upto is not None and upto.lower() in ("by", "until", "till", "no later than"))
        found = one_day(without_year(month, m["d"], Light(light.base, ahead)))
    if found and (m["u"] or "").lower() == "since" and light.base and found.last < light.base:
        return When(found.first, light.base, "range", found.basis)
    return up_to(found, upto, light)


@FORMS.add(
    rf"(?:(?P<u>{UPTO}|since)\s+)?(?:(?:in\s+)?(?P<p>{PART})[\s-]+)?(?P<m>{MON})"
    rf"(?:(?:,|\s+of)?\s+(?P<a>{YEAR})\b{NOT_YEAR}|,?\s+(?P<r>last|this|next|the\s+previous|of\s+last|of\s+this|of\s+next)\s+year\b)"
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
    return _in_month(year, month_of(m["m"]), m, light, "stated" if basis == "stated" else "relative")


@FORMS.add(
    rf"(?:(?P<u>{UPTO}|since)\s+(?:the\s+)?)?(?:(?P<p>(?:early|late|mid|the\s+(?:beginning|start|middle|end)\s+of|end\s+of)))(?:\s+in)?[\s-]+(?P<m>{MON})(?![\w])"
)
def _part_of_month(m: re.Match[str], light: Light) -> When | None:
    """ "mid-June", "by the end of March" """
    return _bare_month(m, light)


@FORMS.add(
    rf"(?:(?:from|between)\s+)(?P<m>{MON})(?:{DASH}|\s+and\s+)(?P<n>{MON})(?:(?:,|\s+of)?\s+(?P<a>{YEAR})\b)?(?![\w])(?!\s+\d)"
)
def _months(m: re.Match[str], light: Light) -> When | None:
    """ "from March to May 2023" """
    first, last = month_of(m["m"]), month_of(m["n"])
    if m["a"]:
        year = int(m["a"])
    elif light.base is None:
        return None
    else:
        year = light.base.year - (last > light.base.month and not light.ahead)
    return span(date(year - (first > last), first, 1), unit_of(date(year, last, 1), "month")[1])


@FORMS.add(rf"(?P<u>last|this\s+past|next|this|this\s+coming|coming|past)\s+(?P<m>{MON})(?![\w])(?!\s+\d)")
def _next_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month, word = month_of(m["m"]), m["u"].lower()
    year = light.base.year
    if "past" in word or word == "last":
        year -= month >= light.base.month
    elif word == "next" or "coming" in word:
        year += month <= light.base.month
    first, last = unit_of(date(year, month, 1), "month")
    return When(first, last, "month", "relative")


@FORMS.add(
    rf"(?i:(?P<u>in|since|until|till|by|from|during|through|throughout|before|after|of))\s+(?P<m>{MON})(?![\w])(?!\s+\d)(?!\s+[A-Z][a-z])(?!['’]s)(?!,?\s+(?:of\s+)?(?:last|this|next|the\s+previous)\s+year)"
)
def _in_bare_month(m: re.Match[str], light: Light) -> When | None:
    """ "in March", "since May": a month only where words around it say so ("May said" is a person)."""
    return _bare_month(m, light)


def _bare_month(m: re.Match[str], light: Light) -> When | None:
    if light.base is None:
        return None
    month = month_of(m["m"])
    word = (m["u"] or "").lower()
    ahead = light.ahead or word in ("by", "until", "till", "no later than")
    year = light.base.year
    if ahead and month < light.base.month:
        year += 1
    elif not ahead and month > light.base.month:
        year -= 1
    return _in_month(year, month, m, light, "stated")


def _in_month(year: int, month: int, m: re.Match[str], light: Light, basis: Basis) -> When | None:
    first, last = unit_of(date(year, month, 1), "month")
    groups = m.groupdict()
    part, word = groups.get("p"), (groups.get("u") or "").lower()
    precision: TimePrecision = "range" if part else "month"
    first, last = share(first, last, part)
    if word == "since" and light.base and first < light.base:
        return When(first, light.base, "range", basis)
    if word in ("by", "until", "till", "no later than"):
        return up_to(When(first, last, precision, basis), word, light)
    return When(first, last, precision, basis)


# -- seasons, quarters, years ------------------------------------------------------------------------------------------


@FORMS.add(
    rf"(?:(?P<v>{UPTO}|since)\s+)?(?:the\s+)?(?:(?P<p>early|late|mid)[\s-]+)?(?:(?P<s>(?i:spring|summer|autumn|fall|winter))(?:\s+of)?\s+(?:(?P<a>{YEAR})\b{NOT_YEAR}|(?P<q>last|this|next)\s+year\b)"
    r"|(?P<r>last|this|next|this\s+past|this\s+coming)\s+(?P<t>spring|summer|autumn|fall|winter)\b)"
)
def _season(m: re.Match[str], light: Light) -> When | None:
    first_month, last_month = SEASONS[(m["s"] or m["t"]).lower()]
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
            year -= unit_of(ended, "month")[1] >= light.base
        elif "next" in word or "coming" in word:
            year += date(year, first_month, 1) <= light.base
    first = date(year, first_month, 1)
    last = unit_of(date(year + (last_month < first_month), last_month, 1), "month")[1]
    first, last = share(first, last, m["p"])
    return up_to(When(first, last, "range", basis), m["v"] if m["v"] != "since" else None, light)


@FORMS.add(
    rf"(?:the\s+)?(?:(?P<o>first|second|third|fourth|last|final)\s+(?P<k>quarter|half)(?:\s+of)?\s+(?:(?P<a>{YEAR})\b{NOT_YEAR}|(?P<r>last|this|next|the)\s+year\b)"
    rf"|(?P<q>[QH])(?P<n>[1-4])(?:\s+of)?\s+(?P<b>{YEAR})\b)"
)
def _quarter(m: re.Match[str], light: Light) -> When | None:
    number = int(m["n"]) if m["n"] else ORDINALS[m["o"].lower()]
    half = m["q"] == "H" or m["k"] == "half"
    basis: Basis = "stated"
    if m["a"] or m["b"]:
        year = int(m["a"] or m["b"])
    elif light.base is None:
        return None
    else:
        year, basis = light.base.year + {"last": -1, "this": 0, "the": 0, "next": 1}[m["r"].lower()], "relative"
    if half:
        number = min(number, 2)
        first = date(year, 6 * number - 5, 1)
        return When(first, shift(first, 6) - DAY, "range", basis)
    first, last = unit_of(date(year, 3 * number - 2, 1), "quarter")
    return When(first, last, "quarter", basis)


@FORMS.add(r"(?:the\s+)?(?:(?P<p>early|mid|late)[\s-]+)?(?P<a>1[6-9]\d0|20\d0)s\b")
def _decade(m: re.Match[str], light: Light) -> When | None:
    year = int(m["a"])
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get((m["p"] or "").lower(), (0, 9))
    return When(date(year + first, 1, 1), date(year + last, 12, 31), "range", "stated")


@FORMS.add(
    rf"(?:(?:from|between|in|of)\s+)(?P<a>{YEAR})(?:{DASH}|\s+and\s+)(?P<b>{YEAR})\b{NOT_YEAR}|(?P<c>{YEAR})[-–](?P<d>{YEAR})\b(?![-–\d])"
)
def _years(m: re.Match[str], light: Light) -> When | None:
    first, last = int(m["a"] or m["c"]), int(m["b"] or m["d"])
    if " and " in m.group(0) and not m.group(0).lower().startswith("between"):
        return When(date(first, 1, 1), date(last, 12, 31), "range", "stated") if last == first + 1 else None
    return span(date(first, 1, 1), date(last, 12, 31))


@FORMS.add(
    rf"(?:(?i:(?P<u>in|since|by|until|till|from|during|before|after|through|throughout|as\s+early\s+as|as\s+far\s+back\s+as|back\s+in|year|of))\s+)"
    rf"(?:(?P<p>{PART})[\s-]+)?(?P<a>{YEAR})\b{NOT_YEAR}(?!\s+[A-Z])|(?P<q>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of|end\s+of)[\s-]+(?P<b>{YEAR})\b{NOT_YEAR}"
)
def _year(m: re.Match[str], light: Light) -> When | None:
    year = int(m["a"] or m["b"])
    part = m["p"] or m["q"]
    word = (m["u"] or "").lower()
    first, last = share(date(year, 1, 1), date(year, 12, 31), part)
    when = When(first, last, "range" if part else "year", "stated")
    if word == "since" and light.base and first < light.base:
        return When(first, light.base, "range", "stated")
    return up_to(when, word if word in ("by", "until", "till") else None, light)
