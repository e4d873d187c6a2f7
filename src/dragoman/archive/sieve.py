"""Filters over whole columns: which rows they let through, and in what order these come.

In: a `Question` and a `Sight` of the columns. Out: a true or false for each row; the rows in the archive's order, which
is that of their reports' days (undated first), report ids and places in the record. What the filters mean stands in
`filters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from dragoman.archive.columns import Array, day_number, id_number, report_of
from dragoman.archive.cutting import ENTRIES
from dragoman.archive.filters import ACTING, RECEIVING, SAYING, Question
from dragoman.archive.opening import Store
from dragoman.archive.shelf import Sight
from dragoman.archive.verdicts import standing_entries

Mask = NDArray[np.bool_]
_EQUAL = ("category", "mode", "status", "kind", "channel", "stance")
_FLAGS = ("quad", "background")


class Place(NamedTuple):
    """Where a row stands in the archive's order: day of its report as a number (0: none), its report, place there."""

    day: int
    report_id: str
    ordinal: int


def let_through(sight: Sight, asked: Question) -> Mask:
    """For each row of the kind asked for, whether all filters let it through."""
    if asked.of == "reports":
        mask = _of_reports(sight, asked, days=True)
        if asked.about_events:
            telling = _own(sight, asked, "events") & _stands(sight, asked, "events")
            mask &= _marked(sight.values("events", "report")[telling], len(mask))
        return mask
    by_report = asked.of == "actors"
    mask = _of_actors(sight, asked) if by_report else _own(sight, asked, asked.of) & _stands(sight, asked, asked.of)
    if asked.publisher is not None or asked.report_id is not None or by_report:
        mask &= _of_reports(sight, asked, days=by_report)[sight.values(asked.of, "report")]
    if not by_report and asked.since is not None:
        mask &= sight.values(asked.of, "day_to") >= day_number(asked.since)
    if not by_report and asked.until is not None:
        first = sight.values(asked.of, "day_from")
        mask &= (first > 0) & (first <= day_number(asked.until))
    if asked.judged is not None:
        entries, through = standing_entries(sight.connection, ENTRIES[asked.of], asked.judged)
        judged = _marked(rows_of(sight, asked.of, entries), len(mask))
        mask &= judged if through else ~judged
    return mask


def numbers(store: Store, connection: Connection, asked: Question) -> Array | None:
    """The numbers of the reports that filters let through, in order; None where nothing is asked for."""
    if asked == Question(of=asked.of, limit=asked.limit):
        return None
    sight = Sight(connection, store.shelf)
    found: Array = sight.values("reports", "number")[let_through(sight, asked)]
    return found


def rows_of(sight: Sight, of: str, entries: Sequence[str]) -> Array:
    """The rows of entries, by their ids; those that are not there are left out."""
    parts = [entry.partition("-") for entry in entries]
    reports = np.array([id_number(part[0]) for part in parts], np.uint64)
    ordinals = np.array([int(part[2][1:]) for part in parts], np.int64)
    rows = place_in(sight, of, reports, ordinals)
    return np.asarray(rows[rows >= 0])


def place_in(sight: Sight, of: str, reports: Array, ordinals: Array) -> Array:
    """The rows of entries, by their reports' ids and their places there; -1 for what is not there."""
    ids = sight.values("reports", "id")
    if not len(ids) or not len(reports):
        return np.full(len(reports), -1)
    order = sight.kept("reports by id", ("reports",), lambda: np.argsort(ids))
    report = order[np.minimum(np.searchsorted(ids, reports, sorter=order), len(order) - 1)]
    own = sight.values(of, "report")
    row = np.searchsorted(own, report) + ordinals
    there = row < len(own)
    there[there] = (ids[report] == reports)[there] & (own[row[there]] == report[there])
    return np.where(there, row, -1)


def in_order(
    sight: Sight, of: str, rows: Array, *, most: int | None = None, after: Place | None = None, newest: bool = False
) -> Array:
    """Rows in the archive's order.

    Args:
        sight: the columns.
        of: the kind of rows.
        rows: the rows, in any order.
        most: how many to give at most.
        after: give only those behind this place.
        newest: turn the order round.
    """
    day = _days(sight, of)[rows]
    if after is not None:
        behind = day < after.day if newest else day > after.day
        # Only on the day itself the rest of the key has a say.
        same = np.flatnonzero(day == after.day)
        behind[same] = _beyond(_keys(sight, of, rows[same]), after, newest=newest)
        rows, day = rows[behind], day[behind]
    if most is not None and len(rows) > most > 0:
        # Of whole days as many as there must be: the rest need not be sorted.
        edge = len(rows) - most if newest else most - 1
        last = np.partition(day, edge)[edge]
        near = day >= last if newest else day <= last
        rows, day = rows[near], day[near]
    report, ordinal = _keys(sight, of, rows)
    order = np.lexsort((ordinal, report, day))
    if newest:
        order = order[::-1]
    return rows[order if most is None else order[:most]]


def place_of(sight: Sight, of: str, row: int) -> Place:
    """Where a row stands."""
    report, ordinal = _keys(sight, of, np.array([row]))
    return Place(int(_days(sight, of)[row]), report_of(int(report[0])), int(ordinal[0]))


def _days(sight: Sight, of: str) -> Array:
    """The days of the reports that the rows stand in."""
    day = sight.values("reports", "published")
    return (
        day if of == "reports" else sight.kept(f"{of} days", ("reports", of), lambda: day[sight.values(of, "report")])
    )


def _keys(sight: Sight, of: str, rows: Array) -> tuple[Array, Array]:
    """By what rows of one day are put in order: their reports' ids, and their places there."""
    reports = rows if of == "reports" else sight.values(of, "report")[rows]
    ordinal = np.zeros(len(rows), np.int64) if of == "reports" else sight.values(of, "ordinal")[rows]
    return sight.values("reports", "id")[reports], ordinal


def _beyond(keys: tuple[Array, Array], here: Place, *, newest: bool) -> Mask:
    """Rows of the day of a place that come behind it."""
    report, ordinal = keys
    own = np.uint64(id_number(here.report_id))
    further = np.less if newest else np.greater
    return np.asarray(further(report, own) | ((report == own) & further(ordinal, here.ordinal)))


def _of_reports(sight: Sight, asked: Question, *, days: bool) -> Mask:
    mask = np.ones(sight.size("reports"), bool)
    if asked.publisher is not None:
        mask &= equal_to(sight, "reports", "publisher", asked.publisher)
    if asked.report_id is not None:
        known = re.fullmatch("[0-9a-f]{16}", asked.report_id)
        mask &= sight.values("reports", "id") == np.uint64(id_number(asked.report_id)) if known else False
    if days and (asked.since is not None or asked.until is not None):
        day = sight.values("reports", "published")
        mask &= (day >= max(1, day_number(asked.since))) & (
            day <= (day_number(asked.until) or day_number("9999-12-31"))
        )
    return mask


def _of_actors(sight: Sight, asked: Question) -> Mask:
    mask = np.ones(sight.size("actors"), bool)
    for name, value in (("country", asked.actor or asked.state), ("sector", asked.sector), ("kind", asked.kind)):
        if value is not None:
            mask &= equal_to(sight, "actors", name, value)
    if asked.actor is not None and asked.state is not None and asked.actor != asked.state:
        mask &= False
    if asked.name is not None:
        mask &= _named(sight, "actors", "name", asked.name)
    return mask


def _own(sight: Sight, asked: Question, of: str) -> Mask:
    """What a kind's own columns let through."""
    mask = np.ones(sight.size(of), bool)
    for name in (*_EQUAL, *_FLAGS):
        value = getattr(asked, name)
        if value is not None:
            mask &= sight.values(of, name) == value if name in _FLAGS else equal_to(sight, of, name, value)
    if asked.cameo is not None:
        words = sight.column(of, "cameo").words
        mask &= any_of(sight, of, "cameo", (n for n, word in enumerate(words) if word and word.startswith(asked.cameo)))
    if asked.contexts is not None:
        words = sight.column(of, "contexts").words
        told = (number for number, word in enumerate(words) if word and asked.contexts in word.split())
        mask &= any_of(sight, of, "contexts", told)
    if asked.place is not None:
        if re.fullmatch("[A-Z]{3}", asked.place):
            mask &= equal_to(sight, of, "place_country", asked.place)
        else:
            named = sight.column(of, "place_name").lexicon.like(asked.place)
            mask &= any_of(sight, of, "place_name", named)
    if asked.min_confidence is not None:
        mask &= sight.values(of, "confidence") >= asked.min_confidence
    return mask


def _stands(sight: Sight, asked: Question, of: str) -> Mask:
    """What filters on who stands in an entry let through."""
    mask = np.ones(sight.size(of), bool)
    acting, receiving = ACTING[of], RECEIVING[of]
    both = (*acting, *receiving)
    for country, sides in ((asked.actor, acting), (asked.recipient, receiving)):
        if country is not None:
            there = _with(sight, of, sides, country=country)
            if of == "events":
                there |= (sight.values(of, "reciprocal") > 0) & _with(sight, of, both, country=country)
            mask &= there
    if asked.dyad is not None:
        pair = "-".join(sorted(asked.dyad))
        mask &= of_part(sight, of, "dyads", equal_to(sight, f"{of}.dyads", "dyad", pair))
    if asked.sector is not None:
        mask &= _with(sight, of, both, country=asked.state, sector=asked.sector)
    elif asked.state is not None:
        mask &= of_part(sight, of, "countries", equal_to(sight, f"{of}.countries", "country", asked.state))
    if asked.name is not None:
        mask &= _with(sight, of, (*both, *SAYING.get(of, ())), name=asked.name)
    if asked.speaker is not None:
        code = asked.speaker if re.fullmatch("[A-Z]{3}", asked.speaker) else None
        mask &= _with(sight, of, SAYING[of], country=code, name=None if code else asked.speaker)
    return mask


def _with(
    sight: Sight, of: str, sides: Iterable[str], *, country: str | None = None, sector: str | None = None,
    name: str | None = None,
) -> Mask:  # fmt: skip
    """Entries in which one party on one of these sides is all of this."""
    group = f"{of}.parties"
    known, chosen = sight.column(group, "side").words, {*sides}
    mask = any_of(sight, group, "side", (n for n, word in enumerate(known) if word in chosen))
    for column, value in (("country", country), ("sector", sector)):
        if value is not None:
            mask &= equal_to(sight, group, column, value)
    if name is not None:
        mask &= _named(sight, group, "name", name)
    return of_part(sight, of, "parties", mask)


def of_part(sight: Sight, of: str, part: str, mask: Mask) -> Mask:
    """Entries of which one row in a part of them is let through."""
    return _marked(sight.values(f"{of}.{part}", "entry")[mask], sight.size(of))


def _marked(rows: Array, size: int) -> Mask:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return mask


def equal_to(sight: Sight, group: str, name: str, value: str) -> Mask:
    """Rows whose column is this word."""
    number = sight.number(group, name, value)
    if number is None:
        return np.zeros(sight.size(group), bool)
    return np.asarray(sight.values(group, name) == number)


def any_of(sight: Sight, group: str, name: str, numbers: Iterable[int]) -> Mask:
    """Rows whose column is one of these words, by their numbers."""
    column = sight.column(group, name)
    wanted = np.zeros(len(column.words), bool)
    wanted[list(numbers)] = True
    return np.asarray(wanted[column.values])


def _named(sight: Sight, group: str, name: str, asked: str) -> Mask:
    """Rows whose column is this name, or has all of its words."""
    return any_of(sight, group, name, sight.column(group, name).lexicon.having(asked))
