"""The head of a report: headline, day, dateline, publisher, and where the reporting begins.

In: a text, and the day it was published if known. Out: a `Head`. It reads and never changes the text, so that offsets
stay true. What it cannot tell for certain it leaves None: a first line is a headline only if it is short, ends without
a full stop and stands apart from what follows; a day without a year is None unless a known day settles it.

Two kinds of head are read: lines above the report (headline, by-line, time stamp, section, caption, dateline), and
heads run together with the first sentence, as flattened pages have them ("date 2024-06-01 Iran's ...", "By JNS ...").

`prepare` makes the `Report`, filling from the head what the caller does not know. `noise` (from `leftovers`) tells
which stretches further down are no reporting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dragoman.errors import RefusedReport
from dragoman.report.datelines import Line, agency_name, place_case, read_dateline
from dragoman.report.dates import DATE, TIME, Day, find_days, stamp
from dragoman.report.leftovers import Leftover, line_reason, lines, noise, same_headline
from dragoman.report.report import Dateline, Report

__all__ = ["Head", "Leftover", "noise", "prepare", "read_head"]

_HEAD_LINES = 14
_HEADLINE = 220
_BYLINE = re.compile(
    r"(?P<label>(?i:by|source|author|editor|web editor|reported by|written by|published by|from)\s*:|By)\s*"
    r"(?P<who>[A-Z][^\n]{1,80})$"
)
_LABEL = (
    r"(?P<label>(?i:(?:publication |publish |release )?date|(?:date )?published|posted|issued|released"
    r"|(?:last |first )?(?:updated?|modified|published))(?i:\s+(?:on|at))?)"
)
_END = r"[ \t]*(?:[|,.·•:;–—-]+[ \t]*)?"
_LABELLED = re.compile(rf"{_LABEL}\s*[:|]?\s*(?:{TIME},?\s*(?:on\s+)?)?(?P<day>{DATE})(?:,?\s*(?:at\s+)?{TIME})?{_END}")
_ISO = re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d)(?:[T ]?{TIME})?{_END}(?=[\"“‘(]?[^\W\d_a-z])")
_LONG = re.compile(rf"(?P<day>{DATE})(?:,?\s+{TIME})?[ \t]*(?:[|·•]|\s[–—-]+|:)[ \t]+(?=[\"“‘(]?[^\W\d_a-z])")
_BY_OUTLET = {
    count: re.compile(
        rf"(?:By|Source:|From)\s+(?P<who>[A-Z]\S*(?:\s\S+){{{count - 1}}})\s+(?:[|–—-]\s*)?(?=[\"“‘(]?[A-Z])"
    )
    for count in range(1, 6)
}
_PLACE_AND_DAY = re.compile(rf"\(?(?P<place>[^\W\d_][^\d(),\n]{{1,40}}),\s*{DATE}\)?$")
_CAPITALS = re.compile(r"(?<![^\s.|—–(])\(?[^\W\d_a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a report says.

    Attributes:
        title: headline, when a line is clearly one.
        published: day of publication as stated, else the dateline's day.
        place, agency: of the dateline, as written.
        publisher: outlet or agency, by its usual name where it is a known one.
        body_start: offset at which the reporting begins, behind headline, by-line and dateline; 0 without a head.
        title_span, dateline_span, published_span: offsets of the words the above rest on.
    """

    title: str | None = None
    published: date | None = None
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    body_start: int = 0
    title_span: tuple[int, int] | None = None
    dateline_span: tuple[int, int] | None = None
    published_span: tuple[int, int] | None = None

    @property
    def dateline(self) -> Dateline | None:
        """Place and agency together, None when neither is named."""
        return Dateline(place=self.place, agency=self.agency) if self.place or self.agency else None


@dataclass(slots=True)
class _Found:
    """What has been seen while walking down the head."""

    days: list[tuple[int, Day]] = field(default_factory=list)  # with a rank: 0 stated, 1 dateline, 2 day of a change
    publisher: str | None = None
    title: tuple[int, int] | None = None
    line: Line | None = None
    place: tuple[int, int] | None = None
    body: int = 0


def read_head(text: str, published: date | None = None) -> Head:
    """Read the head of a report.

    Args:
        text: the report, exactly as it will be kept.
        published: day of publication where it is known; settles days written without a year.
    """
    found = _Found()
    _walk(text, found)
    day, span = None, None
    for _, candidate in sorted(found.days, key=lambda ranked: ranked[0]):
        day = candidate.settle(published)
        if day is not None:
            span = (candidate.start, candidate.end)
            break
    agency = found.line.agency if found.line else None
    place = found.line.place if found.line else None
    dateline_span = (found.line.start, found.line.end) if found.line else None
    if place is None and found.place is not None:
        place, dateline_span = text[slice(*found.place)], dateline_span or found.place
    publisher = found.publisher
    if publisher is None and agency:
        publisher = agency_name(agency) or agency
    return Head(
        title=text[slice(*found.title)] if found.title else None,
        published=day,
        place=place,
        agency=agency,
        publisher=publisher,
        body_start=found.body,
        title_span=found.title,
        dateline_span=dateline_span,
        published_span=span,
    )


def _walk(text: str, found: _Found) -> None:
    """Go down the lines until the reporting begins; lines that may be head count once something below proves it."""
    spans = []
    for span in lines(text):
        spans.append(span)
        if len(spans) > _HEAD_LINES:
            break
    pending: list[tuple[int, int]] = []
    first: tuple[int, int] | None = None
    for number, (start, end) in enumerate(spans):
        last = number == len(spans) - 1
        line = text[start:end]
        if not last and (pending or number == 0 or found.body) and _meta(text, start, end, found):
            found.body, pending = spans[number + 1][0], []
            continue
        body, proved = _opening(text, start, end, found)
        if proved:
            found.body, pending = body, []
            break
        apart = not last and (text.count("\n", end, spans[number + 1][0]) > 1 or _is_meta(text, spans[number + 1]))
        below = None if last or not apart else read_dateline(text, spans[number + 1][0])
        sealed = below is not None and below.agency is not None
        if last or not (_short(line) or (first is None and apart and _stopped_headline(line, sealed))):
            break
        if first is None and apart and _headline(line):
            first = (start, end)
        elif len(pending) >= 3:
            break
        pending.append((start, end))
    label = found.body and pending and pending[0][0] == found.body and len(pending) == 1
    if label and len(text[slice(*pending[0])].split()) <= 4 and spans[-1][0] > pending[0][0]:  # Peace and Security
        found.body = next(start for start, _ in spans if start > pending[0][0])
    found.title = first if first and _carried(text, first, spans) else None
    if found.title and found.body <= found.title[0]:
        found.body = next((start for start, _ in spans if start > found.title[1]), found.body)
    if found.title:
        for start, end in spans:
            if start == found.body and same_headline(text[start:end], text[slice(*found.title)]):
                found.body = next((later for later, _ in spans if later > end), found.body)


def _carried(text: str, title: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Whether something that is longer, or ends like a sentence, follows the headline."""
    return any(
        start > title[1] and (end - start > 100 or re.search(r"[.!?][\"”’)]*$", text[start:end]))
        for start, end in spans
    )


def _short(line: str) -> bool:
    return len(line) <= _HEADLINE and not re.search(r"(?<!\b[A-Z])[.;:,][\"”’)]*$", line)


def _stopped_headline(line: str, dateline_below: bool) -> bool:
    """A headline that ends in a full stop all the same: in title case, or above a dateline that names its agency."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    title_case = len(words) >= 5 and all(word[0].isupper() for word in words)
    return len(line) <= 150 and line.endswith((".", ".’", ".'")) and (dateline_below or title_case)


def _headline(line: str) -> bool:
    words = line.split()
    return (
        3 <= len(words) <= 35
        and not re.search(r"[a-z]{2,}\.\s+[A-Z]", line)
        and not line.startswith(("- ", "* ", "• ", "["))
        and line_reason(line) is None
    )


def _is_meta(text: str, span: tuple[int, int]) -> bool:
    return _meta(text, *span, _Found()) or read_dateline(text, span[0]) is not None


def _meta(text: str, start: int, end: int, found: _Found) -> bool:
    """Whether a whole line is about the report rather than of it; takes what it tells."""
    line = text[start:end]
    if len(line) > 400:
        return False
    if len(line) <= 120:
        byline = _BYLINE.match(line)
        if byline and len(line.split()) <= 14 and not line.endswith(".") and not find_days(line):
            name = agency_name(byline["who"]) or agency_name(byline["who"].rsplit(",", 1)[-1])
            if name or byline["label"].lower().startswith("source"):
                found.publisher = found.publisher or name or byline["who"].strip()
            return True
        if _stamped(line, start, found):
            return True
        if _lone_place(line):
            found.place = (start, end)
            return True
        if agency_name(line):
            found.publisher = found.publisher or agency_name(line)
            return True
    return line_reason(line) is not None


def _lone_place(line: str) -> bool:
    """IZMIR, Türkiye"""
    return len(line) <= 40 and "," in line and not line.endswith(".") and place_case(line) == "capitals" \
        and not line.replace(",", "").isupper()  # fmt: skip


def _stamped(line: str, start: int, found: _Found) -> bool:
    got = stamp(line)
    if got is None:
        return False
    days, rest = got
    place = _PLACE_AND_DAY.match(line)
    words = rest.split()
    if words and agency_name(rest):
        found.publisher = found.publisher or agency_name(rest)
    elif place and place_case(place["place"]):
        if place_case(place["place"]) == "capitals" or line.startswith("("):
            found.place = (start + place.start("place"), start + place.end("place"))
    elif len(words) > 5 or not all(word[0].isupper() or not word.isalpha() or word in {"of", "and"} for word in words):
        return False
    elif words and len(words) == len(line.split()[: len(words)]) and not re.search(r"[|·•,:–—(-]", line):
        return False  # "Summit Opens 5 May 2023" is a headline
    for day in days:
        _take(found, day, start, 2 if day.update else 0)
    return True


def _take(found: _Found, day: Day, offset: int, rank: int) -> None:
    found.days.append((rank, Day(day.month, day.day, day.year, day.start + offset, day.end + offset)))


def _opening(text: str, start: int, end: int, found: _Found) -> tuple[int, bool]:
    """Metadata and dateline run together with the first sentence: where that begins, and whether any was found."""
    at = start
    for _ in range(4):
        step = _step(text, at, end, found)
        if step is None:
            break
        at = step
    line = read_dateline(text, at) or _dateline_after_byline(text, at, end, found)
    if line is not None:
        found.line, at = line, line.end
        if line.day is not None:
            found.days.append((1, line.day))
    return at, at > start


def _step(text: str, at: int, end: int, found: _Found) -> int | None:
    """One piece of metadata at `at`: the offset behind it, or None."""
    window = text[at : min(end, at + 160)]
    for pattern in (_LABELLED, _ISO, _LONG):
        match = pattern.match(window)
        if match is None or not window[match.end() :].strip():
            continue
        days = find_days(match["day"])
        if days:
            changed = "label" in match.groupdict() and "update" in match["label"].lower()
            _take(found, days[0], at + match.start("day"), 2 if changed else 0)
            return at + match.end()
    for count in range(5, 0, -1):  # the longest name first: "Bloomberg News" before "Bloomberg"
        match = _BY_OUTLET[count].match(window)
        name = agency_name(match["who"].rstrip(",|:–—-")) if match else None
        if match and name:
            found.publisher = found.publisher or name
            return at + match.end()
    return None


def _dateline_after_byline(text: str, at: int, end: int, found: _Found) -> Line | None:
    """By N. N., Associated Press WASHINGTON (AP) - : a dateline of a known agency behind names."""
    window = text[at : min(end, at + 200)]
    for match in _CAPITALS.finditer(window, 1):
        before = window[: match.start()].rstrip()
        if not before or len(before) > 150:
            continue
        if not (before.startswith("By ") or re.search(r"[.|!)—–]$", before)) or re.search(r"[a-z]{4,}\. [A-Z]", before):
            continue
        line = read_dateline(text, at + match.start())
        if line is None or line.agency is None or agency_name(line.agency) is None:
            continue
        return line
    return None


def prepare(
    text: str,
    *,
    published: date | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Report:
    """Make a report of a text, exactly as given; what the caller does not know is filled in from its head.

    Args:
        text: the report; kept to the last character.
        published: day of publication; goes before anything the head says.
        title, url, publisher: as known; empty words count as not known.

    Raises:
        RefusedReport: for a text of white space only, or with half a character (a lone surrogate) in it.
    """
    if not text.strip():
        raise RefusedReport(url or "text", "is empty; there is nothing to read")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedReport(
            url or "text", f"holds half a character (a lone surrogate at {error.start}); write it as UTF-8"
        ) from None
    head = read_head(text, published)
    return Report(
        text=text,
        title=(title or "").strip() or head.title,
        url=url or None,
        publisher=(publisher or "").strip() or head.publisher,
        published=published or head.published,
        dateline=head.dateline,
    )
