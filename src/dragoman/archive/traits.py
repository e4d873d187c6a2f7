"""What stories know a report again by: its words, states, numbers, and the day that its news is from.

In: a record and its telling (see `tellings`), or what was kept of them. Out: `Traits`. The day of the news is the first
that the lead names and that is not yet to come ("on Tuesday", "yesterday"), counted from the day of publication; the
other days named stand beside it, for a report on something later often tells when it had begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.archive.tellings import LEAD, Telling, telling_of_row, weighed, words_of
from dragoman.knowledge.folding import fold
from dragoman.knowledge.sequels import sequels
from dragoman.reading.calendar import Light
from dragoman.reading.times import ANY, means

if TYPE_CHECKING:
    from dragoman.record.entries import Record
    from dragoman.report.report import Report

READ = 1200
"""Code points of a text that are looked at."""
_SHORT = 3
"""A stretch of more days than these is no day of news."""
_MOST_DAYS, _MOST_NUMBERS, _MOST_WORDS = 12, 30, 40
_MOST_STATES, _MOST_KEYS = 4, 12
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*(?![\w])")


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or the few days that words may mean."""

    first: date
    last: date

    def apart(self, other: Days) -> int:
        """Days between the two; 0 where they share one."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What a report is known again by.

    Attributes:
        telling: states named, words, gist.
        published: the day it appeared, if known.
        outlet: who published it, folded; None when that is not known.
        news: the day of its news, where its lead tells one.
        named: all days that it names.
        lead: content words of title and lead, with their weight.
        numbers: as written, without dates.
        sequel: whether title or lead tell of something that came before ("again", "in return").
    """

    telling: Telling
    published: date | None
    outlet: str | None
    news: Days | None
    named: tuple[Days, ...]
    lead: Mapping[str, float]
    numbers: frozenset[str]
    sequel: bool

    @property
    def keys(self) -> list[str]:
        """What it is looked up by: pairs of the states in its lead, and the words in it that tell most."""
        states = sorted(self.telling.lead)[:_MOST_STATES]
        pairs = [f"{a}-{b}" for a in states for b in states if a < b]
        words = sorted(self.lead.items(), key=lambda item: (-item[1], item[0]))[:_MOST_KEYS]
        return [*pairs, *(word for word, _ in words)]


def traits_of(record: Record, telling: Telling) -> Traits:
    """The traits of a record's report."""
    report = record.report
    times = list(_times(report.text[:READ], report.published))
    news = next((d for at, d in times if at < LEAD and report.published and d.first <= report.published), None)
    title = f"{report.title}. " if report.title else ""
    return Traits(
        telling=telling,
        published=report.published,
        outlet=outlet_of(report),
        news=news,
        named=tuple(dict.fromkeys(d for _, d in times))[:_MOST_DAYS],
        lead=_top(weighed(title + report.text[:LEAD])),
        numbers=frozenset(sorted(_numbers(report.text[:READ]))[:_MOST_NUMBERS]),
        sequel=sequels().found(title + report.text[:LEAD]),
    )


def outlet_of(report: Report) -> str | None:
    """What tells outlets apart."""
    return fold(report.publisher) if report.publisher else None


def kept(traits: Traits) -> dict[str, Any]:
    """Traits as columns of `story_reports`; the telling is kept in `ledger_words`."""
    return {
        "report_id": traits.telling.report_id,
        "day": traits.telling.day,
        "outlet": traits.outlet,
        "news": str(traits.news) if traits.news else None,
        "named": " ".join(str(days) for days in traits.named),
        "lead_words": " ".join(f"{word}:{weight:.2f}" for word, weight in traits.lead.items()),
        "numbers": " ".join(sorted(traits.numbers)),
        "sequel": traits.sequel,
    }


def traits_of_row(row: Any) -> Traits:
    """Traits from their row, which also has the telling's columns."""
    return Traits(
        telling=telling_of_row(row),
        published=date.fromisoformat(row.published) if row.published else None,
        outlet=row.outlet,
        news=_days(row.news) if row.news else None,
        named=tuple(_days(part) for part in row.named.split()),
        lead=words_of(row.lead_words),
        numbers=frozenset(row.numbers.split()),
        sequel=row.sequel,
    )


def _days(written: str) -> Days:
    first, _, last = written.partition("/")
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


def _times(text: str, published: date | None) -> Iterator[tuple[int, Days]]:
    """Days that a text names, and where."""
    light = Light(published)
    for found in ANY.finditer(text):
        when = means(str(found.lastgroup), found.group(0), light)
        if when is not None and when.last - when.first < timedelta(days=_SHORT):
            yield found.start(), Days(when.first, when.last)


def _numbers(text: str) -> set[str]:
    """Numbers that count something: those of dates and years are left out."""
    dated = [found.span() for found in ANY.finditer(text)]
    return {
        found.group(0).rstrip(".,").replace(",", "")
        for found in _NUMBER.finditer(text)
        if not any(start <= found.start() < end for start, end in dated)
    }


def _top(words: Mapping[str, float]) -> dict[str, float]:
    """The words that tell most, rounded as they are kept; days are compared apart."""
    left = [(word, weight) for word, weight in words.items() if word not in _days_named()]
    best = sorted(left, key=lambda item: (-item[1], item[0]))[:_MOST_WORDS]
    return {word: round(weight, 2) for word, weight in best}


@lru_cache(maxsize=1)
def _days_named() -> frozenset[str]:
    """Names of days and months, as content words are written."""
    return frozenset(
        weighed(
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
            " September October November December"
        )
    )
