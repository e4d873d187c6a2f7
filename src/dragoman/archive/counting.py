"""How many: entries that filters let through, in all or by day, month, dyad, category and so on.

In: a `Question` and what to count by. Out: `Count`s, exact. Events count by what happened: one that many reports tell
counts once, and `tellings` says how often it is told. Where its tellings do not agree, on the day for instance, it
counts once under each key that one of them has. Missing keys come as None; by day, month and year they are left out.

By dyad an entry counts for each pair of states on two sides of it, whichever acts: ``IRN-QAT``, in the order of the
alphabet; by country for each state that acts or is acted on; by context for each of its contexts. An entry that is
dated to several days stands at one: the nearest to its report's that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from dragoman.archive import sieve, tables
from dragoman.archive.columns import Array, day_number
from dragoman.archive.conditions import ACTING
from dragoman.archive.cutting import ENTRIES, FORMS
from dragoman.archive.filters import Filters, Question, question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Count
from dragoman.archive.shelf import Sight
from dragoman.archive.verdicts import KINDS as KINDS_JUDGED
from dragoman.archive.verdicts import corrected, corrections, entry_of
from dragoman.archive.view import fetched, refs_of
from dragoman.errors import ArchiveError

KINDS: tuple[str, ...] = ("reports", *ENTRIES)
"""What can be counted."""
_DAYS: Mapping[str, str] = {"day": "D", "month": "M", "year": "Y"}
_OWN = ("category", "mode", "cameo", "quad", "status", "kind", "channel", "stance", "place_name", "place_country")
_EPOCH = date(1970, 1, 1).toordinal()


class _Keyed(NamedTuple):
    """Rows and the key that each counts for; a row may have several, and then stands several times."""

    rows: Array
    keys: Array
    labels: Sequence[str | None]


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
        found = _counted(sight, asked, _keyed(sight, asked, by, mask))
        if asked.judged is not None and asked.of in KINDS_JUDGED and by in _OWN:
            found = _corrected(found, _mended(sight, asked, by, mask))
    if by in _DAYS:
        found.sort(key=lambda one: one.key or "")
    else:
        found.sort(key=lambda one: (-one.number, one.key is None, one.key or ""))
    return found[: asked.limit]


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
    letter = next(letter for letter, table in tables.LETTERS.items() if table.name == asked.of)
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


def _keyed(sight: Sight, asked: Question, by: str, mask: Array) -> _Keyed:
    of = asked.of
    rows = np.flatnonzero(mask)
    if by in _DAYS:
        return _by_day(sight, asked, by, rows)
    if by == "publisher":
        reports = rows if of == "reports" else sight.values(of, "report")[rows]
        column = sight.column("reports", "publisher")
        return _Keyed(rows, column.values[reports], column.words)
    if by == "quad":
        return _Keyed(rows, sight.values(of, "quad")[rows], [None, "1", "2", "3", "4"])
    if by == "context":
        return _by_context(sight, rows)
    if of in ACTING and by in ("dyad", "country", "name"):
        return _by_part(sight, of, by, mask)
    column = sight.column(of, by)
    return _Keyed(rows, column.values[rows], column.words)


def _by_day(sight: Sight, asked: Question, by: str, rows: Array) -> _Keyed:
    of = asked.of
    if of in ("reports", "actors"):
        day = sight.values("reports", "published")[rows if of == "reports" else sight.values(of, "report")[rows]]
    else:
        day = sight.values(of, "day")[rows]
        if asked.since is not None:
            day = np.maximum(day, day_number(asked.since))
        if asked.until is not None:
            day = np.minimum(day, day_number(asked.until))
    rows, day = rows[day > 0], day[day > 0]
    if not len(rows):
        return _Keyed(rows, day, [])
    stretch = (day.astype(np.int64) - _EPOCH).astype("datetime64[D]").astype(f"datetime64[{_DAYS[by]}]")
    number = stretch.astype(np.int64)
    first, last = int(number.min()), int(number.max())
    if last - first > len(rows) + 10_000:
        # An open end lies thousands of years away from the rest.
        known, keys = np.unique(number, return_inverse=True)
        return _Keyed(rows, keys, [str(one) for one in known.astype(f"datetime64[{_DAYS[by]}]")])
    labels = np.arange(first, last + 1).astype(f"datetime64[{_DAYS[by]}]")
    return _Keyed(rows, number - first, [str(one) for one in labels])


def _by_part(sight: Sight, of: str, by: str, mask: Array) -> _Keyed:
    part = {"dyad": "dyads", "country": "countries", "name": "parties"}[by]
    entry, column = sight.values(f"{of}.{part}", "entry"), sight.column(f"{of}.{part}", by)
    asked = mask[entry]
    rows, keys = entry[asked], column.values[asked]
    if by == "name":
        # Who stands in an entry twice counts once.
        once = np.unique(rows.astype(np.int64) * len(column.words) + keys)
        rows, keys = once // len(column.words), once % len(column.words)
    if by == "dyad":
        words = column.words
        two = sight.kept(f"{of} two", (f"{of}.dyads",), lambda: np.array([_are_two(word) for word in words]))
        rows, keys = rows[two[keys]], keys[two[keys]]
    return _Keyed(rows, keys, column.words)


def _are_two(dyad: str | None) -> bool:
    one, _, other = (dyad or "").partition("-")
    return one != other


def _by_context(sight: Sight, rows: Array) -> _Keyed:
    column = sight.column("events", "contexts")
    keys = column.values[rows]
    labels = sorted({one for word in column.words if word for one in word.split()})
    parts, made = [rows[keys == 0]], [np.zeros(np.count_nonzero(keys == 0), np.int64)]
    for number, label in enumerate(labels, start=1):
        has = np.array([word is not None and label in word.split() for word in column.words])[keys]
        parts.append(rows[has])
        made.append(np.full(np.count_nonzero(has), number))
    return _Keyed(np.concatenate(parts), np.concatenate(made), [None, *labels])


def _counted(sight: Sight, asked: Question, keyed: _Keyed) -> list[Count]:
    rows, keys, labels = keyed.rows, keyed.keys.astype(np.int64, copy=False), keyed.labels
    size = len(labels)
    tellings = np.bincount(keys, minlength=size)
    there = np.flatnonzero(tellings)
    names = [labels[number] for number in there.tolist()]
    often = tellings[there].tolist()
    if asked.of != "events":
        return [Count(key=key, number=n, tellings=n) for key, n in zip(names, often, strict=True)]
    intensity = sight.values("events", "intensity")[rows]
    several = _shared(sight)[rows]
    number = np.bincount(keys[~several], minlength=size)
    total = np.bincount(keys[~several], weights=intensity[~several], minlength=size)
    if several.any():
        told = happenings(sight)[rows[several]]
        more, sums = _each_once(keys[several], told, intensity[several], size, _labels(sight))
        number, total = number + more, total + sums
    lines = zip(names, number[there].tolist(), often, total[there].tolist(), strict=True)
    return [Count(key=k, number=n, tellings=t, sum=whole, intensity=whole / n) for k, n, t, whole in lines]


def _each_once(keys: Array, told: Array, values: Array, size: int, labels: int) -> tuple[Array, Array]:
    """For each key how many different events there are, and the sum of their values, each the mean of its tellings."""
    # Most tellings of an event have one key: so the last one's is kept for all, and only those that differ are sorted.
    last = np.full(labels, -1, np.int64)
    last[told] = keys
    same = last[told] == keys
    often = np.bincount(told[same], minlength=labels)
    number = np.bincount(last[last >= 0], minlength=size)
    total = np.bincount(keys[same], weights=values[same] / often[told[same]], minlength=size)
    if not same.all():
        other = ~same
        once, place, often = np.unique(keys[other] * labels + told[other], return_inverse=True, return_counts=True)
        number += np.bincount(once // labels, minlength=size)
        total += np.bincount(keys[other], weights=values[other] / often[place], minlength=size)
    return number, total
