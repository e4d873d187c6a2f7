"""The dateline: where and by whom a report says it was written.

In: a text and the offset where a dateline may begin. Out: a `Line` with place, agency, day and the offset behind it, or
None. The shapes read, with A an agency, D a day:

    TEHRAN, June 1 (A) -        LIBREVILLE (A) -            MOSCOW (A / B - 5th April, 2022)
    TOKYO, March 14, A -        MOSCOW, June 1. /A/.        GENEVA/NEW YORK (A) -      SEOUL, South Korea (A) -
    Caracas, 24 Nov (A).-       Lima, 5 June 2023 -         (A) -      (NEW YORK) -    A -
    WASHINGTON -                RIYADH:                     Muscat:

A place in capitals is believed more easily than one in small letters, which needs an agency, a day, or a name among the
towns listed in leftovers.yaml. An explanation in brackets ("African Union (AU) - ") is no dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dragoman.report.dates import DATE, Day, find_days
from dragoman.report.leftovers import load_leftovers

_PLACE = r"(?P<place>[^\W\d_][^\n\d()\[\]:;|!?\"“”—–―_\ufffd]{1,60}?)"
_DASH = r"(?:--+|[-–—―\ufffd_]{1,3})"
_SEP = rf"(?P<sep>\s*\.?\s*(?:{_DASH}|:)\.?[ \t\xa0]*\n?\s*)"
_DAY = rf"(?:[,.]?\s+(?P<day>{DATE}))"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # TEHRAN, June 1 (MNA) - ; MOSCOW, June 1. /TASS/.
        rf"{_PLACE}{_DAY}?[,.]?(?:\s*\((?P<agency>[^()\n]{{0,70}})\)|\s+/(?P<slashed>[^/\n]{{2,30}})/)\s*"
        rf"(?:{_SEP}|\.\s+)?",
        # TOKYO, March 14, Kyodo - ; YEREVAN, MARCH 12, ARMENPRESS.
        rf"{_PLACE}{_DAY}[,.]?\s+(?P<agency>[A-Z][\w.&'’/-]*(?:\s[A-Z][\w.&'’/-]*){{0,3}}?)(?:{_SEP}|(?P<stop>\.\s+))",
        # LIMA, 5 June 2023 - ; BAKU, Azerbaijan, June 1.
        rf"{_PLACE}{_DAY}(?:{_SEP}|(?P<stop>\.?\s+(?=[A-Z\"“‘])))",
        # DAMASCUS, SANA - ; ASTANA. KAZINFORM -
        rf"{_PLACE}[,.]\s+(?P<agency>[A-Z][\w.&'’/-]*(?:\s[A-Z][\w.&'’/-]*){{0,3}}?){_SEP}",
        # WASHINGTON - ; RIYADH:
        rf"{_PLACE}{_SEP}",
        # (Reuters) - ; (NEW YORK) -
        rf"\((?P<agency>[^()\n]{{2,50}})\)\s*{_SEP}",
        # SANA - ; PanARMENIAN.Net -
        rf"(?P<agency>[A-Z][\w.&'’/-]*(?:\s[A-Z][\w.&'’/-]*){{0,3}}?)\s{_SEP}",
    )
)
_SMALL = {
    "of",
    "de",
    "del",
    "el",
    "la",
    "las",
    "los",
    "le",
    "the",
    "and",
    "da",
    "do",
    "dos",
    "du",
    "am",
    "an",
    "al",
    "es",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A dateline: ``text[start:end]`` and what it names; `end` is where the reporting begins."""

    start: int
    end: int
    place: str | None
    agency: str | None
    day: Day | None


def agency_name(words: str) -> str | None:
    """The publisher's name of a known agency or outlet, None for any other words."""
    known = load_leftovers().agencies
    words = words.strip(" .,")
    for part in (words, *re.split(r"\s*/\s*|\s+(?:and|via|with)\s+", words)):
        if part.lower() in known:
            return known[part.lower()]
    return None


def place_case(words: str) -> Literal["capitals", "title"] | None:
    """Whether words can be a dateline's place, and how they are written."""
    parts = [part for part in re.split(r"\s*[/,&]\s*|\s+and\s+", words.strip()) if part]
    if not 1 <= len(parts) <= 4 or parts[0].lower() in load_leftovers().not_places:
        return None
    for part in parts:
        tokens = part.split()
        if len(tokens) > 4 or not all(t[0].isupper() or t.lower() in _SMALL or t[0] in "'’" for t in tokens):
            return None
        if tokens[0] in {"By", "From"}:
            return None
        # "Moscow. Putin": a sentence's end, not "St. John's" or "Md."
        if re.search(r"[^\W\d_]{5,}\.\s", part) or re.search(r"[a-z]\s+[A-Z]{4,}", part):
            return None
    first = [char for char in parts[0] if char.isalpha()]
    if len(first) < 2:
        return None
    return "capitals" if all(char.isupper() for char in first) else "title"


def read_dateline(text: str, start: int = 0) -> Line | None:
    """The dateline that begins at `start` exactly, or None. Only the next 160 characters are looked at."""
    window = text[start : start + 160]
    for number, shape in enumerate(_SHAPES):
        match = shape.match(window)
        if match is None:
            continue
        line = _judge(number, match, window)
        if line is not None:
            if not text[start + line.end :].strip():
                return None  # nothing follows: it was no dateline
            day = line.day
            moved = day and Day(day.month, day.day, day.year, day.start + start, day.end + start)
            return Line(start, start + line.end, line.place, line.agency, moved)
    return None


def _judge(number: int, match: re.Match[str], window: str) -> Line | None:
    got = match.groupdict()
    separator, after = got.get("sep"), window[match.end() :]
    if separator and separator.strip() == "-" and separator == "-" and got.get("agency") is None:
        return None  # a hyphen inside a word
    day = _day(window, match.start("day"), match.end("day")) if got.get("day") else None
    place = None
    if got.get("place"):
        stopped = window[match.end("place") : match.end("place") + 1] == "."
        place = _tidy(got["place"] + ("." if stopped else ""))
    written = place_case(place) if place else None
    if place and written is None:
        return None
    agency = got.get("slashed") or got.get("agency")
    if number == 0:
        return _bracketed(match, place or "", written == "capitals", agency or "", day, window)
    if after and not re.match(r"[\"“‘'(\[]*[^\W_]", after):
        return None
    capital_follows = bool(re.match(r"[\"“‘'(\[]*(?:[^\W\d_]|\d)", after)) and not re.match(r"[\"“‘'(\[]*[a-z]", after)
    known = agency_name(agency) if agency else None
    keep = False
    if number == 1:
        keep = known is not None or (separator is not None and written == "capitals")
    elif number == 2:
        keep = capital_follows and (separator is not None or written == "capitals")
        keep = keep and not (separator or "").strip().startswith(":") if written == "title" else keep
    elif number == 3:
        keep = known is not None
    elif number == 4:
        keep = capital_follows and _bare(place or "", written == "capitals", separator or "")
        last = re.fullmatch(r"(.*\w), ([A-Z]{3,6})", place or "")
        if keep and last and not last[1].isupper():  # PORT OF SPAIN, Trinidad, CMC -
            place, agency = last[1], last[2]
    elif number == 5:
        if known is None and place_case(agency or "") == "capitals" and agency and len(agency) > 3:
            return Line(0, match.end(), agency, None, None)  # (NEW YORK) -
        keep = known is not None
    elif number == 6:
        keep = known is not None and capital_follows
    return Line(0, match.end(), place, agency.strip(" .,") if agency else None, day) if keep else None


def _tidy(place: str) -> str:
    """Without the marks around it; the full stop of a shortened region ("RALEIGH, N.C.") stays."""
    place = " ".join(place.split()).strip(" ,-")
    return place if re.search(r",\s*[A-Z][\w.]{0,5}\.$", place) else place.rstrip(".")


def _bare(place: str, capitals: bool, separator: str) -> bool:
    """Whether a place that stands alone before a dash or colon is one."""
    towns = load_leftovers().press_towns
    first = re.split(r"\s*[/,&]\s*", place)[0].lower()
    if first in towns:
        return capitals or "," not in place
    if ":" in separator or not capitals:
        return False
    if agency_name(place):
        return False
    return sum(map(str.isalpha, first)) >= 4 and len(first.split()) <= 3


def _bracketed(
    match: re.Match[str], place: str, capitals: bool, inside: str, day: Day | None, window: str
) -> Line | None:
    """PLACE (...): the brackets hold an agency, a day, both, or an explanation that makes it no dateline."""
    separator = match.groupdict()["sep"]
    start = match.start("agency") if match.group("agency") is not None else match.start("slashed")
    days = find_days(inside)
    agency: str | None = inside
    if days:
        day = day or _day(window, start, start + len(inside))
        agency = inside[: days[0].start].strip(" -–—,|") or inside[days[0].end :].strip(" -–—,|")
    agency = (agency or "").strip(" .,") or None
    slashed = match.group("slashed") is not None
    if agency is None:
        keep = day is not None or (capitals and separator is not None)
    else:
        known = agency_name(agency) is not None
        if not known and (len(agency) < 2 or len(agency.split()) > 5 or not agency[0].isupper() or ":" in agency):
            return None
        if not known and _explains(place, agency):
            return None
        sure = separator is not None or day is not None or slashed
        keep = (known and (capitals or sure)) or (sure and (capitals or (agency.isupper() and day is not None)))
    return Line(0, match.end(), place, agency, day) if keep else None


def _explains(place: str, inside: str) -> bool:
    """African Union (AU), ECOWAS (Economic Community of West African States): short and long name of one thing."""
    long, short = (place, inside) if len(place) > len(inside) else (inside, place)
    initials = "".join(word[0] for word in re.findall(r"\w+", long) if word.lower() not in _SMALL).lower()
    plain = re.sub(r"\W", "", short).lower()
    return len(plain) > 1 and (initials.startswith(plain) or plain.startswith(initials)) and len(long.split()) > 1


def _day(window: str, start: int, end: int) -> Day | None:
    for day in find_days(window[start:end]):
        return Day(day.month, day.day, day.year, start + day.start, start + day.end)
    return None
