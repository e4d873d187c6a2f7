"""What lies between two states, found by packed columns: where each entry stands, what counts, who tells the same.

In: a question by `dyads.asked_of`. Out: `Between`: places of entries in the timeline's order, months, what does not
count. What is meant by between, days and counting stands in `dyads`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from dragoman.archive import sieve
from dragoman.archive.columns import Array, day_number, report_of
from dragoman.archive.counting import happenings
from dragoman.archive.dyads import COUNTED, KINDS, Kind
from dragoman.archive.filters import Question
from dragoman.archive.shelf import Sight


class Place(NamedTuple):
    """Where an entry stands.

    Attributes:
        kind: contact, event, statement or commitment.
        report_id, ordinal: its report, and its place in the record.
        day: at which it stands.
        told_by: of an event that several reports tell, all of them, oldest first; else nothing.
    """

    kind: Kind
    report_id: str
    ordinal: int
    day: date | None
    told_by: tuple[str, ...]


class Sum(NamedTuple):
    """Events of a month that count."""

    month: str
    events: int
    sum: float
    quads: tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Places:
    """Places of entries in order; each is made when it is asked for."""

    rank: Array
    report: Array
    ordinal: Array
    day: Array
    event: Array
    tellers: Mapping[int, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.rank)

    def part(self, begin: int, end: int) -> list[Place]:
        """Those from one to another, which is left out."""
        return [self._place(number) for number in range(begin, min(end, len(self)))]

    def of(self, kind: Kind) -> Places:
        """Those of one kind."""
        own = self.rank == KINDS.index(kind)
        return replace(
            self, rank=self.rank[own], report=self.report[own], ordinal=self.ordinal[own], day=self.day[own],
            event=self.event[own],
        )  # fmt: skip

    def kinds(self) -> dict[str, int]:
        """How many of each kind, in the order in which kinds come up."""
        return dict(Counter(KINDS[rank] for rank in self.rank.tolist()))

    def _place(self, number: int) -> Place:
        day = int(self.day[number])
        told_by = self.tellers.get(int(self.event[number]), ())
        return Place(
            kind=KINDS[self.rank[number]],
            report_id=report_of(int(self.report[number])),
            ordinal=int(self.ordinal[number]),
            day=date.fromordinal(day) if day else None,
            told_by=tuple(report_of(teller) for teller in told_by),
        )


class Between(NamedTuple):
    """What lies between two states.

    Attributes:
        places: of all entries, oldest first.
        months: in order, those in which an event counts.
        uncounted: how many events do not count, by the reason, in the order of the alphabet.
    """

    places: Places
    months: list[Sum]
    uncounted: dict[str, int]


def between(sight: Sight, asked: Question) -> Between:
    """Everything between the two states of a question, in the days that it asks for."""
    assert asked.dyad is not None
    told = np.flatnonzero(_within(sight, "events", _of(sight, "events", asked.dyad), asked))
    best, tellers = _once(sight, told)
    parts = []
    for rank, kind in enumerate(KINDS):
        rows = best if kind == "event" else np.flatnonzero(
            _within(sight, f"{kind}s", _of(sight, f"{kind}s", asked.dyad), asked)
        )  # fmt: skip
        parts.append(_parts(sight, f"{kind}s", rank, rows))
    whole = [np.concatenate(column) for column in zip(*parts, strict=True)]
    ranks, report, published, ordinal, day, event = whole
    order = np.lexsort((ordinal, ranks, report, published, day))
    places = Places(ranks[order], report[order], ordinal[order], day[order], event[order], tellers)
    return Between(places, _months(sight, best), _uncounted(sight, best))


def in_contact(sight: Sight, state: str) -> Array:
    """Contacts in which a state takes part, visits or receives."""
    taking_part = sieve.equal_to(sight, "contacts.countries", "country", state)
    mask = sieve.of_part(sight, "contacts", "countries", taking_part)
    for role in ("visitor", "host"):
        mask |= sieve.equal_to(sight, "contacts", role, state)
    return mask


class Told(NamedTuple):
    """A telling of a contact: its id, and whether both states are in it."""

    id: str
    between: bool


def contacts_of(
    sight: Sight, pair: tuple[str, str], *, statuses: Sequence[str], since: date | None, until: date | None
) -> list[Told]:
    """Contacts in which one of two states is, that are no background, with one of these statuses, by day.

    Args:
        sight: the columns.
        pair: the states.
        statuses: how far they came.
        since, until: days of which one at least is the contact's.
    """
    one, other = (in_contact(sight, state) for state in pair)
    words = sight.column("contacts", "status").words
    said = sieve.any_of(sight, "contacts", "status", (n for n, word in enumerate(words) if word in statuses))
    first, last = sight.values("contacts", "day_from"), sight.values("contacts", "day_to")
    mask = (one | other) & said & (sight.values("contacts", "background") == 0) & (first > 0)
    mask &= (last >= (since.toordinal() if since else 0)) & (first <= (until or date.max).toordinal())
    rows = np.flatnonzero(mask)
    reports = sight.values("contacts", "report")[rows]
    published, ids = sight.values("reports", "published")[reports], sight.values("reports", "id")[reports]
    ordinal = sight.values("contacts", "ordinal")[rows]
    order = np.lexsort((ordinal, ids, published, first[rows]))
    both = (one & other)[rows]
    told = zip(ids[order].tolist(), ordinal[order].tolist(), both[order].tolist(), strict=True)
    return [Told(f"{report_of(report)}-c{number}", together) for report, number, together in told]


def _of(sight: Sight, group: str, pair: tuple[str, str]) -> Array:
    if group == "contacts":
        return np.asarray(in_contact(sight, pair[0]) & in_contact(sight, pair[1]))
    return sieve.let_through(sight, Question(of=group, dyad=pair))


def _within(sight: Sight, group: str, mask: Array, asked: Question) -> Array:
    if asked.since is None and asked.until is None:
        return mask
    day = sight.values(group, "day")
    until = day_number(asked.until) if asked.until is not None else date.max.toordinal()
    return np.asarray(mask & (day > 0) & (day >= day_number(asked.since)) & (day <= until))


def _parts(sight: Sight, group: str, rank: int, rows: Array) -> tuple[Array, ...]:
    reports = sight.values(group, "report")[rows]
    event = happenings(sight)[rows] if group == "events" else np.full(len(rows), -1, np.int32)
    return (
        np.full(len(rows), rank, np.int8),
        sight.values("reports", "id")[reports],
        sight.values("reports", "published")[reports],
        sight.values(group, "ordinal")[rows].astype(np.int32),
        sight.values(group, "day")[rows],
        event,
    )


def _once(sight: Sight, rows: Array) -> tuple[Array, dict[int, tuple[int, ...]]]:
    """Of events that several tell the one telling that stands for all, and by event who tells it, oldest first."""
    event, counts = happenings(sight)[rows], _counts(sight, rows)
    reports = sight.values("events", "report")[rows]
    published, ids = sight.values("reports", "published")[reports], sight.values("reports", "id")[reports]
    occurred = sieve.equal_to(sight, "events", "status", "occurred")[rows]
    ordinal = sight.values("events", "ordinal")[rows]
    order = np.lexsort((ordinal, ids, published, ~occurred, ~counts, event))
    first = np.ones(len(order), bool)
    first[1:] = event[order][1:] != event[order][:-1]
    often = np.bincount(event) if len(event) else np.zeros(0, int)
    tellers: dict[int, list[int]] = {}
    shared = np.flatnonzero(often[event] > 1) if len(event) else np.zeros(0, int)
    for place in shared[np.lexsort((ids[shared], published[shared]))].tolist():
        tellers.setdefault(int(event[place]), []).append(int(ids[place]))
    return rows[order[first]], {label: tuple(dict.fromkeys(told)) for label, told in tellers.items()}


def _counts(sight: Sight, rows: Array) -> Array:
    counted = np.zeros(len(rows), bool)
    for status in COUNTED:
        counted |= sieve.equal_to(sight, "events", "status", status)[rows]
    return np.asarray(counted & (sight.values("events", "background")[rows] == 0))


def _months(sight: Sight, best: Array) -> list[Sum]:
    rows = best[_counts(sight, best) & (sight.values("events", "day")[best] > 0)]
    every, month_of = np.unique(sight.values("events", "day")[rows], return_inverse=True)
    told = [date.fromordinal(day).isoformat()[:7] for day in every.tolist()]
    months = list(dict.fromkeys(told))
    place = np.array([months.index(month) for month in told], np.int64)[month_of]
    number = np.bincount(place, minlength=len(months))
    total = np.bincount(place, weights=sight.values("events", "intensity")[rows], minlength=len(months))
    quad = sight.values("events", "quad")[rows]
    quads = [np.bincount(place[quad == q], minlength=len(months)).tolist() for q in (1, 2, 3, 4)]
    return [
        Sum(month, int(number[n]), float(total[n]), (quads[0][n], quads[1][n], quads[2][n], quads[3][n]))
        for n, month in enumerate(months)
    ]


def _uncounted(sight: Sight, best: Array) -> dict[str, int]:
    counts, day = _counts(sight, best), sight.values("events", "day")[best]
    background = sight.values("events", "background")[best] > 0
    words = sight.column("events", "status").words
    status = sight.values("events", "status")[best]
    why = Counter[str]()
    why["background"] = int(np.count_nonzero(background))
    why["no day"] = int(np.count_nonzero(counts & (day == 0)))
    for number in status[~counts & ~background].tolist():
        why[words[number] or ""] += 1
    return {name: why[name] for name in sorted(why) if why[name]}
