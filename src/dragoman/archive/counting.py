"""How many: entries that filters let through, in all or by day, month, dyad, category and so on.

In: a `Question` and what to count by. Out: `Count`s, exact. Events count by what happened: one that many reports tell
counts once, and `tellings` says how often it is told. Where its tellings do not agree, on the day for instance, it
counts once under each key that one of them has. Missing keys come as None; by day, month and year they are left out.

By dyad an entry counts for each pair of states on two sides of it, whichever acts: ``IRN-QAT``, in the order of the
alphabet; by country for each state that acts or is acted on; by context for each of its contexts. An entry that is
dated to several days stands at one: the nearest to its report's that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection

from dragoman.archive import sieve, tables
from dragoman.archive.columns import Array, day_number
from dragoman.archive.cutting import ENTRIES, FORMS
from dragoman.archive.filters import ACTING, Filters, Question, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Count
from dragoman.archive.shelf import Sight
from dragoman.archive.verdicts import KINDS as KINDS_JUDGED
from dragoman.archive.verdicts import corrected, corrections, entry_of
from dragoman.archive.view import fetched, refs_of
from dragoman.errors import ArchiveError
from dragoman.record.ids import LETTERS

KINDS: tuple[str, ...] = ("reports", *ENTRIES)
"""What can be counted."""
_DAYS: Mapping[str, str] = {"day": "D", "month": "M", "year": "Y"}
_OWN = ("category", "mode", "cameo", "quad", "status", "kind", "channel", "stance", "place_name", "place_country")
_LAST = "\U0010ffff"
"""Behind every other key."""
_EPOCH = date(1970, 1, 1).toordinal()


class _Keyed(NamedTuple):
    """Rows and the key that each counts for; a row may have several, and then stands several times.

    Attributes:
        rows: of the kind that is counted; in front those of events that only one report tells.
        keys: for each of them the number of a label.
        labels: what the keys stand for.
        alone: how many stand in front.
    """

    rows: Array
    keys: Array
    labels: Sequence[str | None]
    alone: int


def asked_of(what: str, filters: Filters) -> Question:
    """A question about what can be counted.

    Raises:
        ArchiveError: for anything else.
    """
    if what not in KINDS:
        raise ArchiveError(f"{what!r} cannot be counted; there are: {', '.join(KINDS)}")
    return question(what, filters, caller="count")


def ways(of: str) -> tuple[str, ...]:
    """What entries of a kind can be counted by."""
    if of == "reports":
        return (*_DAYS, "publisher")
    own = tuple(name for name in _OWN if name in FORMS[of])
    if of == "actors":
        return (*_DAYS, "country", "sector", "name", *own, "publisher")
    contexts = ("context",) if of == "events" else ()
    return (*_DAYS, "dyad", "country", "name", *own, *contexts, "publisher")


def count(store: Store, asked: Question) -> int:
    """How many there are; events once each, however many reports tell them."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        mask = sieve.let_through(sight, asked)
        if asked.of != "events":
            return int(np.count_nonzero(mask))
        seen = np.zeros(_labels(sight), bool)
        seen[happenings(sight)[mask]] = True
        return int(np.count_nonzero(seen))


def counts(store: Store, asked: Question, by: str) -> list[Count]:
    """How many by what; days in their order, all else the most first; `limit` is for keys.

    Raises:
        ArchiveError: when the entries cannot be counted by that.
    """
    if by not in ways(asked.of):
        raise ArchiveError(f"{asked.of} cannot be counted by {by!r}; they can by: {', '.join(ways(asked.of))}")
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        mask = sieve.let_through(sight, asked)
        found = _counted(sight, asked, by, _keyed(sight, asked, by, mask))
        if asked.judged is not None and asked.of in KINDS_JUDGED and by in _OWN:
            found = _corrected(found, _mended(sight, asked, by, mask))
            found.sort(key=lambda one: (-one.number, one.key or _LAST))
    return [one for one in found if one.key is not None or by not in _DAYS][: asked.limit]


def by_month(store: Store, connection: Connection, asked: Question) -> list[tuple[str, int]]:
    """How many events that the filters let through happened or are announced, by the month in which they begin."""
    sight = Sight(connection, store.shelf)
    words = sight.column("events", "status").words
    denied = (number for number, word in enumerate(words) if word in ("negated", "hypothetical"))
    day = sight.values("events", "day_from")
    told = ~sieve.any_of(sight, "events", "status", denied) & (day > 0)
    rows = np.flatnonzero(sieve.let_through(sight, asked) & told)
    month = (day[rows].astype(np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    # Each event once in a month, however many tellings of it begin then.
    pairs = np.unique(np.stack((month, happenings(sight)[rows])), axis=1)
    months, number = np.unique(pairs[0], return_counts=True)
    return [(str(np.datetime64(m, "M")), n) for m, n in zip(months.tolist(), number.tolist(), strict=True)]


def happenings(sight: Sight) -> Array:
    """For each row of the events which event it tells, as a number: the row of the one whose id is its `event_id`."""

    def made() -> Array:
        label = np.arange(sight.size("events"), dtype=np.int32)
        moved = (sight.values("events.moved", name) for name in ("entry", "report", "ordinal"))
        entry, report, ordinal = moved
        into = sieve.place_in(sight, "events", report, ordinal)
        label[entry[into >= 0]] = into[into >= 0]
        return label

    return sight.kept("happenings", ("reports", "events", "events.moved"), made)


def _mended(sight: Sight, asked: Question, by: str, mask: Array) -> list[tuple[str | None, str | None]]:
    """Entries that a correction counts elsewhere: as what they were coded, and as what they should be."""
    mended = corrections(sight.connection, asked.judged)
    letter = LETTERS[asked.of]
    own = [entry for entry in mended if entry.partition("-")[2][:1] == letter]
    rows = sieve.rows_of(sight, asked.of, own)
    moved = []
    for found, record in fetched(sight.connection, asked.of, refs_of(sight, asked.of, rows[mask[rows]])):
        told = entry_of(tables.LETTERS[letter], record[asked.of][found.ordinal])
        should = corrected(told, mended[found.id])
        before, after = (_text(getattr(one, by, None)) for one in (told, should))
        if before != after:
            moved.append((before, after))
    return moved


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _corrected(found: list[Count], moved: list[tuple[str | None, str | None]]) -> list[Count]:
    """Counts with entries moved to where they should stand; sums and means stay those of what was coded."""
    by_key = {one.key: one for one in found}
    for before, after in moved:
        for key, step in ((before, -1), (after, 1)):
            one = by_key.get(key) or Count(key=key, number=0, tellings=0)
            by_key[key] = replace(one, number=max(0, one.number + step), tellings=max(0, one.tellings + step))
    return [one for one in by_key.values() if one.number]


def _labels(sight: Sight) -> int:
    return sight.size("events")


def _shared(sight: Sight) -> Array:
    """Rows of events that others tell, too."""

    def made() -> Array:
        label = happenings(sight)
        return np.bincount(label, minlength=_labels(sight))[label] > 1

    return sight.kept("shared", ("reports", "events", "events.moved"), made)


def _together(sight: Sight) -> Array:
    """For rows of events that others tell, too, the number of their event among such: few numbers are soon counted."""

    def made() -> Array:
        label = happenings(sight)
        there = np.zeros(_labels(sight), bool)
        there[label[_shared(sight)]] = True
        return (np.cumsum(there, dtype=np.int32) - 1)[label]

    return sight.kept("together", ("reports", "events", "events.moved"), made)


def _keyed(sight: Sight, asked: Question, by: str, mask: Array) -> _Keyed:
    of = asked.of
    if of == "events":
        several = _shared(sight)
        masks = (mask & ~several, mask & several)
    else:
        masks = (mask, np.zeros(0, bool))
    if of in ACTING and by in ("dyad", "country", "name"):
        return _by_part(sight, of, by, masks)
    rows = np.concatenate([np.flatnonzero(one) for one in masks])
    alone = int(np.count_nonzero(masks[0]))
    labels: Sequence[str | None]
    if by in _DAYS:
        keys, labels = _days(sight, asked, by, rows)
    elif by == "publisher":
        column = sight.column("reports", "publisher")
        keys, labels = column.values[rows if of == "reports" else sight.values(of, "report")[rows]], column.words
    elif by == "quad":
        keys, labels = sight.values(of, "quad")[rows], [None, "1", "2", "3", "4"]
    elif by == "context":
        return _by_context(sight, rows, alone)
    else:
        column = sight.column(of, by)
        keys, labels = column.values[rows], column.words
    return _Keyed(rows, keys, labels, alone)


def _days(sight: Sight, asked: Question, by: str, rows: Array) -> tuple[Array, list[str | None]]:
    """Days, months or years as keys; 0 is for what has none."""
    of = asked.of
    if of in ("reports", "actors"):
        day = sight.values("reports", "published")[rows if of == "reports" else sight.values(of, "report")[rows]]
    else:
        day = sight.values(of, "day")[rows]
        if asked.since is not None:
            day = np.where(day > 0, np.maximum(day, day_number(asked.since)), 0)
        if asked.until is not None:
            day = np.minimum(day, day_number(asked.until))
    if not day.any():
        return np.zeros(len(rows), np.int64), [None]
    last = int(day.max())
    first = int(np.min(day, initial=last, where=day > 0))
    # A key for each day between the first and the last, and from that for each month: faster than a date for each row.
    every = (np.arange(first, last + 1) - _EPOCH).astype("datetime64[D]").astype(f"datetime64[{_DAYS[by]}]")
    number = every.astype(np.int64)
    known = np.arange(number[0], number[-1] + 1).astype(every.dtype)
    keys = np.concatenate(([0], number - number[0] + 1))[np.maximum(day - (first - 1), 0)]
    return keys, [None, *(str(one) for one in known)]


def _by_part(sight: Sight, of: str, by: str, masks: tuple[Array, Array]) -> _Keyed:
    part = {"dyad": "dyads", "country": "countries", "name": "parties"}[by]
    group = f"{of}.{part}"
    entry, column = sight.values(group, "entry"), sight.column(group, by)
    if by == "country":
        counts = None
    elif by == "dyad":

        def two() -> Array:
            return np.array([_are_two(word) for word in column.words], bool)[column.values]

        counts = sight.kept(f"{group} two", (group,), two)
    else:
        counts = sight.kept(f"{group} once", (group,), lambda: _once(entry, column.values))
    found = []
    for mask in masks:
        there = mask[entry] if len(mask) else np.zeros(len(entry), bool)
        found.append(np.flatnonzero(there if counts is None else there & counts))
    rows = np.concatenate(found)
    return _Keyed(entry[rows], column.values[rows], column.words, len(found[0]))


def _once(entry: Array, values: Array) -> Array:
    """Rows that no earlier row of the same entry equals; rows of an entry stand together."""
    first = np.ones(len(entry), bool)
    step = 1
    while step < len(entry):
        same = entry[step:] == entry[:-step]
        if not same.any():
            break
        first[step:] &= ~(same & (values[step:] == values[:-step]))
        step += 1
    return first


def _are_two(dyad: str | None) -> bool:
    one, _, other = (dyad or "").partition("-")
    return one != other


def _by_context(sight: Sight, rows: Array, alone: int) -> _Keyed:
    column = sight.column("events", "contexts")
    keys = column.values[rows]
    labels = [None, *sorted({one for word in column.words if word for one in word.split()})]
    has = np.array([[not word if label is None else label in (word or "").split() for word in column.words]
                    for label in labels])  # fmt: skip
    place, key = (np.concatenate(parts) for parts in zip(*_told_by(has, keys), strict=True))
    order = np.argsort(place >= alone, kind="stable")
    return _Keyed(rows[place[order]], key[order], labels, int(np.count_nonzero(place < alone)))


def _told_by(has: Array, keys: Array) -> Iterator[tuple[Array, Array]]:
    """For each label the places of the rows that have it, and its number for each of them."""
    for number, words in enumerate(has):
        place = np.flatnonzero(words[keys])
        yield place, np.full(len(place), number)


def _counted(sight: Sight, asked: Question, by: str, keyed: _Keyed) -> list[Count]:
    keys, labels, alone = keyed.keys, keyed.labels, keyed.alone
    size = len(labels)
    tellings = np.bincount(keys, minlength=size)
    there = np.flatnonzero(tellings)
    # In the order of the alphabet, so that sorting by number, which keeps the order of equals, is all there is to do.
    there = there[np.argsort(_ranks(sight, asked.of, by, labels)[there])]
    if asked.of != "events":
        there = _most(there, tellings, asked, by)
        told = tellings[there].tolist()
        return list(map(Count, map(labels.__getitem__, there.tolist()), told, told))
    intensity = sight.values("events", "intensity")[keyed.rows]
    number = np.bincount(keys[:alone], minlength=size)
    total = np.bincount(keys[:alone], weights=intensity[:alone], minlength=size)
    if alone < len(keys):
        told = _together(sight)[keyed.rows[alone:]]
        more, sums = _each_once(keys[alone:].astype(np.int64), told, intensity[alone:], size)
        number, total = number + more, total + sums
    there = _most(there, number, asked, by)
    means = total[there] / number[there]
    columns = (column.tolist() for column in (number[there], tellings[there], total[there], means))
    return list(map(Count, map(labels.__getitem__, there.tolist()), *columns))


def _ranks(sight: Sight, of: str, by: str, labels: Sequence[str | None]) -> Array:
    """For each label its place in the alphabet; what is missing comes last."""

    def made() -> Array:
        ranks = np.empty(len(labels), np.int64)
        ranks[sorted(range(len(labels)), key=lambda number: labels[number] or _LAST)] = np.arange(len(labels))
        return ranks

    part = {"dyad": "dyads", "country": "countries", "name": "parties"}.get(by)
    group = f"{of}.{part}"
    return sight.kept(f"{group} {by} ranks", (group,), made) if part and of in ACTING else made()


def _most(there: Array, number: Array, asked: Question, by: str) -> Array:
    """Labels as they are asked for: days in their order, all else with the most first."""
    if by not in _DAYS:
        there = there[np.argsort(-number[there], kind="stable")]
    # Corrections may move entries to a label that would be left out.
    return there if asked.judged is not None else there[: asked.limit]


def _each_once(keys: Array, told: Array, values: Array, size: int) -> tuple[Array, Array]:
    """For each key how many different events there are, and the sum of their values, each the mean of its tellings."""
    # Most tellings of an event have one key: so the last one's is kept for all, and only those that differ are sorted.
    labels = int(told.max()) + 1
    last = np.full(labels, -1, np.int64)
    last[told] = keys
    same = last[told] == keys
    number = np.bincount(last[last >= 0], minlength=size)
    every = (keys, told, values)
    key, event, value = every if same.all() else (column[same] for column in every)
    often = np.bincount(event, minlength=labels)
    total = np.bincount(key, weights=value / often[event], minlength=size)
    if len(key) < len(keys):
        key, event, value = (column[~same] for column in every)
        once, place, often = np.unique(key * labels + event, return_inverse=True, return_counts=True)
        number += np.bincount(once // labels, minlength=size)
        total += np.bincount(key, weights=value / often[place], minlength=size)
    return number, total
