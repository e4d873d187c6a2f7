"""Dates that cannot be, offices held by two at once, and offices nobody is known to have held.

In: persons with their files. Out: findings. Dates may be a day, a month or a year: only what is sure is told, so a term
that ends in 2019 may have ended on any day of it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from dragoman.knowledge.findings import Finding, Placed
from dragoman.knowledge.folding import name_key
from dragoman.knowledge.world import Person, Term

EARLIEST = 1850
AHEAD = timedelta(days=366)
"""How far beyond today a date may lie: an elected president's first day, but no typing error."""
HANDOVER = timedelta(days=31)
"""How long two terms of one office may overlap: sources differ on the day, and handovers take their time."""
_LOOK_UP = "Look up the day and write it as 2024-06-03, 2024-06 or 2024."


@dataclass(frozen=True, slots=True)
class _Held:
    file: str
    person: Person
    term: Term
    own: bool

    @property
    def sure_from(self) -> date:
        assert self.term.from_ is not None
        return _last(self.term.from_)

    @property
    def sure_to(self) -> date:
        return _first(self.term.to) if self.term.to else date.max

    @property
    def said(self) -> str:
        return f"{self.term.from_} to {self.term.to or 'now'}"


def impossible_dates(persons: Iterable[Placed[Person]], today: date) -> Iterator[Finding]:
    """No such day, before 1850, more than a year ahead, a term after death or before birth."""
    for placed in persons:
        person = placed.thing
        for what in _dates_of(person, today):
            yield Finding(placed.file, person.name, what, _LOOK_UP, "date")


def _dates_of(person: Person, today: date) -> Iterator[str]:
    own = [("born", person.born), ("died", person.died)]
    said = own + [(f"{term.office}, {end}", day) for term in person.offices for end, day in _ends(term)]
    sound = True
    for label, day in said:
        if day is None:
            continue
        if not is_day(day):
            sound = False
            yield f"{label}: there is no day {day}"
        elif _last(day).year < EARLIEST:
            yield f"{label}: {day} is before {EARLIEST}"
        elif _first(day) > today + AHEAD:
            yield f"{label}: {day} lies more than a year ahead"
    if not sound:
        return
    if person.born and person.died and _first(person.born) > _last(person.died):
        yield f"died {person.died}, before being born {person.born}"
    for term in person.offices:
        for end, day in _ends(term):
            if day and person.died and _first(day) > _last(person.died):
                yield f"{term.office}, {end}: {day} is after death, {person.died}"
            if day and person.born and _last(day) < _first(person.born):
                yield f"{term.office}, {end}: {day} is before birth, {person.born}"


def overlaps(persons: Iterable[Placed[Person]], single: frozenset[str]) -> Iterator[Finding]:
    """Two holders at once of an office that one at a time holds.

    A handover of a month, an acting term and terms marked as rival are left alone.

    Args:
        persons: with their files.
        single: the offices meant.
    """
    for (office, _), held in _by_office(persons, single).items():
        plain = [one for one in held if one.term.status != "acting" and not one.term.rival]
        for one, other in combinations(plain, 2):
            if one.person is other.person:
                continue
            since, until = max(one.sure_from, other.sure_from), min(one.sure_to, other.sure_to)
            if since < until and until - since > HANDOVER:
                # Told of a user's own entry before ours, and of the later before the earlier.
                first, second = sorted((one, other), key=lambda held: (held.own, held.sure_from))
                if name_key(first.person.name) == name_key(second.person.name):
                    what = f"was {office} {second.said}, as {first.person.name} in {first.file} was"
                    yield Finding(second.file, second.person.name, what, "Make them one entry.", "duplicate")
                    continue
                yield Finding(
                    second.file,
                    second.person.name,
                    f"{office} {second.said} overlaps with {first.person.name}, {first.said}",
                    "Look up the days; where both did hold or claim it at once, put rival: true on the term of one.",
                    "overlap",
                )


def gaps(persons: Iterable[Placed[Person]], single: frozenset[str]) -> Iterator[Finding]:
    """Stretches of more than a month between two known holders of one office."""
    for (office, where), held in _by_office(persons, single).items():
        held.sort(key=lambda one: (one.sure_from, one.sure_to))
        reached = held[0]
        for before, after in pairwise(held):
            if before.sure_to > reached.sure_to or before is held[0]:
                reached = before
            end = _last(reached.term.to) if reached.term.to else date.max
            start = _first(after.term.from_ or "")
            if end < start and start - end > HANDOVER:
                yield Finding(
                    after.file,
                    where,
                    f"{office}: nobody known from {reached.term.to} ({reached.person.name}) "
                    f"to {after.term.from_} ({after.person.name})",
                    "Add who held it, if you know.",
                    "gap",
                    "note",
                )


def _by_office(persons: Iterable[Placed[Person]], single: frozenset[str]) -> dict[tuple[str, str], list[_Held]]:
    """Terms with a beginning by office and by whose it is, states and bodies apart."""
    out: dict[tuple[str, str], list[_Held]] = {}
    for placed in persons:
        for term in placed.thing.offices:
            days_known = term.from_ and all(day is None or is_day(day) for _, day in _ends(term))
            if term.office in single and days_known:
                whose = term.of or term.country or placed.thing.country or ""
                out.setdefault((term.office, whose), []).append(_Held(placed.file, placed.thing, term, placed.own))
    return out


def _ends(term: Term) -> tuple[tuple[str, str | None], ...]:
    return (("from", term.from_), ("to", term.to))


def is_day(day: str) -> bool:
    """Whether there is such a day, month or year."""
    try:
        _first(day)
    except ValueError:
        return False
    return True


def _first(day: str) -> date:
    """The first day that a date of any precision may mean."""
    year, month, number = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    return date(year, month, number)


def _last(day: str) -> date:
    """The last day that a date of any precision may mean."""
    year, *rest = (int(part) for part in day.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])
