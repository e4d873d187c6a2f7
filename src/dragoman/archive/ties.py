"""Who deals with whom in some days, and where: reckoned by packed columns, so that ten years cost as little as one.

In: days, both included, and where asked one state. Out: `Tie`s and `Spot`s, those with most first. What counts stands
in `overview`. And names by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from dragoman.archive import tables
from dragoman.archive.columns import Array, report_of
from dragoman.archive.counting import happenings
from dragoman.archive.dyads import COUNTED
from dragoman.archive.filters import ACTING
from dragoman.archive.opening import Store
from dragoman.archive.overview import Spot, Tie
from dragoman.archive.shelf import Sight
from dragoman.archive.sieve import any_of, equal_to, of_part, rows_of
from dragoman.archive.verdicts import standing_entries
from dragoman.record.ids import entry_id

SHORT = timedelta(days=120)
"""A period up to so long is told in thirds of months."""
_NO_CONTACT = ("negated", "hypothetical")
_TOGETHER = 500


def ties(store: Store, since: date | None, until: date | None, *, state: str | None, most: int) -> list[Tie]:
    """Pairs of states, those with most contacts and events first."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        entry, key, pairs = _pairs(sight, "events", _events(sight, since, until), state)
        met = _pairs(sight, "contacts", _contacts(sight, since, until), state)
        quad, intensity = sight.values("events", "quad")[entry], sight.values("events", "intensity")[entry]
        day = sight.values("events", "day_from")[entry]
    contacts = {met[2][number]: n for number, n in enumerate(np.bincount(met[1], minlength=1).tolist()) if n}
    events = np.bincount(key, minlength=len(pairs))
    number = {pairs[place]: int(events[place]) for place in np.flatnonzero(events).tolist()}
    chosen = sorted(
        number.keys() | contacts.keys(), key=lambda pair: (-number.get(pair, 0) - contacts.get(pair, 0), pair)
    )
    place_of = {pair: place for place, pair in enumerate(pairs)}
    order = np.argsort(key, kind="stable")
    begins = np.searchsorted(key[order], np.arange(len(pairs) + 1))
    short = since is not None and until is not None and until - since <= SHORT
    made = []
    for pair in chosen[:most]:
        place = place_of.get(pair)
        own = order[:0] if place is None else order[begins[place] : begins[place + 1]]
        one, _, other = pair.partition("-")
        quads = np.bincount(quad[own], minlength=5).tolist()
        made.append(
            Tie(
                one=one,
                other=other,
                events=len(own),
                mean=float(intensity[own].mean()) if len(own) else None,
                quads=(quads[1], quads[2], quads[3], quads[4]),
                contacts=contacts.get(pair, 0),
                stretches=_stretches(day[own], short=short),
            )
        )
    return made


def spots(
    store: Store, since: date | None, until: date | None, *, state: str | None, quad: int | None, most: int
) -> list[Spot]:
    """Places at which events happened, those with most first."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        mask = _events(sight, since, until) & (sight.values("events", "place_name") > 0)
        if quad is not None:
            mask &= sight.values("events", "quad") == quad
        if state is not None:
            mask &= _has(sight, "events", state)
        rows = np.flatnonzero(mask)
        name, country = (sight.column("events", column) for column in ("place_name", "place_country"))
        keys = name.values[rows].astype(np.int64) * len(country.words) + country.values[rows]
        found, newest, place, events = np.unique(keys[::-1], return_index=True, return_inverse=True, return_counts=True)
        total = np.bincount(place, weights=sight.values("events", "intensity")[rows[::-1]], minlength=len(found))
        words = [name.words[number] or "" for number in (found // len(country.words)).tolist()]
        chosen = sorted(range(len(found)), key=lambda number: (-int(events[number]), words[number]))
        told = rows[len(rows) - 1 - newest]
        ids = sight.values("reports", "id")[sight.values("events", "report")[told]]
        wanted = {number: (report_of(int(ids[number])), words[number]) for number in chosen[:most]}
        lies = _positions(connection, wanted.values())
    return [
        Spot(
            name=words[number],
            country=country.words[int(found[number]) % len(country.words)],
            **lies[wanted[number]],
            events=int(events[number]),
            mean=float(total[number] / events[number]),
        )
        for number in chosen[:most]
        if wanted[number] in lies
    ]


def partners_of(store: Store, state: str, most: int) -> list[tuple[str, int]]:
    """With whom a state stands in events, most often first, and in how many tellings of them."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        entry, column = sight.values("events.countries", "entry"), sight.column("events.countries", "country")
        own = sight.number("events.countries", "country", state)
        if own is None:
            return []
        there = _has(sight, "events", state)[entry] & (column.values != own)
        often = np.bincount(column.values[there], minlength=len(column.words))
    found = [(column.words[number] or "", int(often[number])) for number in np.flatnonzero(often).tolist()]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def entries_of(store: Store, *, name: str | None, state: str | None, since: date | None, most: int) -> list[str]:
    """Ids of the entries in which somebody stands, on whatever side, those of the newest reports first."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        found = []
        for number, kind in enumerate(ACTING):
            own = _parties(sight, kind, name=name, state=state)
            rows = np.flatnonzero(of_part(sight, kind, "parties", own))
            reports = sight.values(kind, "report")[rows]
            day = sight.values("reports", "published")[reports]
            if since is not None:
                rows, reports, day = (column[day >= since.toordinal()] for column in (rows, reports, day))
            ordinal = sight.values(kind, "ordinal")[rows].astype(np.int64)
            found.append((day, sight.values("reports", "id")[reports], np.full(len(rows), number), ordinal))
        day, report, letter, ordinal = (np.concatenate(column) for column in zip(*found, strict=True))
    if len(day) > most:
        near = day >= np.partition(day, len(day) - most)[len(day) - most]
        day, report, letter, ordinal = (column[near] for column in (day, report, letter, ordinal))
    kinds = list(ACTING)
    told = [
        (-when, entry_id(report_of(number), kinds[kind], place))
        for when, number, kind, place in zip(*(c.tolist() for c in (day, report, letter, ordinal)), strict=True)
    ]
    return [entry for _, entry in sorted(told)[:most]]


class Standing(NamedTuple):
    """Somebody who stands in entries: how often, and one of the entries, by its id.

    `country` is the state he is asked for with, or that he stands there for.
    """

    name: str
    number: int
    entry: str
    country: str | None


def faces(store: Store, state: str, *, most: int) -> list[Standing]:
    """Those who stand for a state in entries, itself among them, and how often, most often first."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        own = {kind: _parties(sight, kind, name=None, state=state) for kind in ACTING}
        return _most(sight, own, most)


def met_by(store: Store, *, name: str | None, state: str | None, most: int) -> list[Standing]:
    """Those whom somebody, or people of a state, meet in contacts, and in how many; most often first."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        part = "contacts.parties"
        taking_part = equal_to(sight, part, "side", "participant")
        own = taking_part & _parties(sight, "contacts", name=name, state=state)
        others = taking_part & ~own & of_part(sight, "contacts", "parties", own)[sight.values(part, "entry")]
        return _most(sight, {"contacts": _once(sight, "contacts", others)}, most)


def said_by(store: Store, *, name: str | None, state: str | None, most: int) -> list[tuple[Standing, tuple[int, int]]]:
    """Those about whom somebody, or people of a state, speak; most often first.

    Returns:
        who, in how many statements, and in how many of them for and against.
    """
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        part = "statements.parties"
        own = equal_to(sight, part, "side", "speaker") & _parties(sight, "statements", name=name, state=state)
        entry, names, country = (sight.values(part, column) for column in ("entry", "name", "country"))
        about = equal_to(sight, part, "side", "about") & of_part(sight, "statements", "parties", own)[entry]
        # Who speaks of himself does not count.
        keys = entry.astype(np.int64) * (int(names.max(initial=0)) + 1) + names
        others = _once(sight, "statements", about & ~np.isin(keys, keys[own]))
        found = []
        stance = sight.column("statements", "stance")
        signs = [stance.lexicon.number(sign) for sign in ("positive", "negative")]
        for one in _most(sight, {"statements": others}, most, by_country=True):
            number, of = sight.number(part, "name", one.name), sight.number(part, "country", one.country or "")
            told = stance.values[entry[others & (names == number) & (country == (of or 0))]]
            found.append((one, tuple(int(np.count_nonzero(told == sign)) if sign else 0 for sign in signs)))
        return [(one, (stances[0], stances[1])) for one, stances in found]


def _once(sight: Sight, kind: str, mask: Array) -> Array:
    """Of these parties the first in an entry of each name and state."""
    columns = (sight.values(f"{kind}.parties", name) for name in ("entry", "name", "country"))
    rows = np.flatnonzero(mask)
    _, first = np.unique(np.stack([column[rows].astype(np.int64) for column in columns]), axis=1, return_index=True)
    once = np.zeros(len(mask), bool)
    once[rows[first]] = True
    return once


def _most(sight: Sight, parties: Mapping[str, Array], most: int, *, by_country: bool = False) -> list[Standing]:
    """Those who stand most often among parties, by kind of entry; of equal ones by name.

    Args:
        parties: rows of each kind's parties that count.
        most: how many.
        by_country: whether those of one name who stand for several states are several.
    """
    found: Counter[tuple[str, str | None]] = Counter()
    for kind, mask in parties.items():
        names, countries = (sight.column(f"{kind}.parties", name) for name in ("name", "country"))
        keys = names.values[mask].astype(np.int64)
        if by_country:
            keys = keys * len(countries.words) + countries.values[mask]
        often = np.bincount(keys)
        for key in np.flatnonzero(often).tolist():
            called, state = divmod(key, len(countries.words)) if by_country else (key, 0)
            found[names.words[called] or "", countries.words[state]] += int(often[key])
    chosen = sorted(found.items(), key=lambda pair: (-pair[1], pair[0][0], pair[0][1] or ""))[:most]
    standing = []
    for (name, country), times in chosen:
        kind, row = _somewhere(sight, parties, name, country, by_country=by_country)
        entry = int(sight.values(f"{kind}.parties", "entry")[row])
        stands_for = sight.column(f"{kind}.parties", "country")
        standing.append(Standing(name, times, _id(sight, kind, entry), stands_for.words[stands_for.values[row]]))
    return standing


def _somewhere(
    sight: Sight, parties: Mapping[str, Array], name: str, country: str | None, *, by_country: bool
) -> tuple[str, int]:
    """A row among parties in which one of this name stands, and of which kind its entry is."""
    for kind, mask in parties.items():
        own = mask & _parties(sight, kind, name=name, state=country)
        if by_country and country is None:
            own &= sight.values(f"{kind}.parties", "country") == 0
        if own.any():
            return kind, int(own.argmax())
    raise LookupError(name)


def _id(sight: Sight, kind: str, row: int) -> str:
    """The id of an entry."""
    report = sight.values("reports", "id")[sight.values(kind, "report")[row]]
    return entry_id(report_of(int(report)), kind, int(sight.values(kind, "ordinal")[row]))


def _parties(sight: Sight, kind: str, *, name: str | None, state: str | None) -> Array:
    """Rows of parties of this name, or of this state."""
    group = f"{kind}.parties"
    mask = np.ones(sight.size(group), bool)
    for column, value in (("name", name), ("country", state)):
        if value is not None:
            mask &= equal_to(sight, group, column, value)
    return mask


def names_like(store: Store, words: Sequence[str], *, most: int) -> list[Standing]:
    """Those whose names hold all of these words, in capitals or not, and in how many places of entries they stand."""
    parts = [word.casefold() for word in words]
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        named = {}
        for kind in ACTING:
            words_of = enumerate(sight.column(f"{kind}.parties", "name").words)
            like = (number for number, name in words_of if name and all(part in name.casefold() for part in parts))
            named[kind] = any_of(sight, f"{kind}.parties", "name", like)
        return _most(sight, named, most)


def least_sure(store: Store, *, category: str | None, most: int) -> list[str]:
    """Ids of events on which nobody has judged yet, the least sure first, of equal ones by report and place in it."""
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        mask = np.ones(sight.size("events"), bool)
        if category is not None:
            mask &= equal_to(sight, "events", "category", category)
        mask[rows_of(sight, "events", standing_entries(connection, tables.events, "any")[0])] = False
        rows = np.flatnonzero(mask)
        sure = sight.values("events", "confidence")[rows]
        if len(rows) > most:
            near = sure <= np.partition(sure, most - 1)[most - 1]
            rows, sure = rows[near], sure[near]
        report = sight.values("reports", "id")[sight.values("events", "report")[rows]]
        order = np.lexsort((sight.values("events", "ordinal")[rows], report, sure))[:most]
        return [_id(sight, "events", row) for row in rows[order].tolist()]


def _events(sight: Sight, since: date | None, until: date | None) -> Array:
    """Which events count in these days; of those that several tell only the telling after which they are called."""
    own = happenings(sight) == np.arange(sight.size("events"))
    status = _status(sight, "events", COUNTED)
    counted = own & status & (sight.values("events", "background") == 0) & _within(sight, "events", since, until)
    return np.asarray(counted)


def _contacts(sight: Sight, since: date | None, until: date | None) -> Array:
    mask = ~_status(sight, "contacts", _NO_CONTACT) & (sight.values("contacts", "background") == 0)
    return np.asarray(mask & _within(sight, "contacts", since, until))


def _status(sight: Sight, kind: str, statuses: Sequence[str]) -> Array:
    """Rows with one of these statuses."""
    words = sight.column(kind, "status").words
    return any_of(sight, kind, "status", (number for number, word in enumerate(words) if word in statuses))


def _within(sight: Sight, kind: str, since: date | None, until: date | None) -> Array:
    day = sight.values(kind, "day_from")
    return (day >= (since.toordinal() if since else 1)) & (day <= (until or date.max).toordinal())


def _has(sight: Sight, kind: str, state: str) -> Array:
    """Entries in which a state acts or is acted on."""
    return of_part(sight, kind, "countries", equal_to(sight, f"{kind}.countries", "country", state))


def _pairs(sight: Sight, kind: str, mask: Array, state: str | None) -> tuple[Array, Array, list[str]]:
    """The pairs of different states on two sides of entries: rows of entries, the number of each one's pair, pairs."""
    column = sight.column(f"{kind}.dyads", "dyad")
    pairs = [word or "" for word in column.words]
    wanted = np.array([_wanted(pair, state) for pair in pairs], bool)
    entry = sight.values(f"{kind}.dyads", "entry")
    there = np.flatnonzero(mask[entry] & wanted[column.values])
    return entry[there], column.values[there].astype(np.int64), pairs


def _wanted(pair: str, state: str | None) -> bool:
    one, _, other = pair.partition("-")
    return one != other and (state is None or state in (one, other))


def _stretches(days: Array, *, short: bool) -> tuple[tuple[str, int], ...]:
    """How many days fall into each stretch of time, in order."""
    every, number = np.unique(days, return_counts=True)
    found: dict[str, int] = {}
    for day, times in zip(every.tolist(), number.tolist(), strict=True):
        told = date.fromordinal(day).isoformat()
        stretch = f"{told[:7]}-{min(told[8], '2')}" if short else told[:7]
        found[stretch] = found.get(stretch, 0) + times
    return tuple(sorted(found.items()))


def _positions(connection: Connection, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Where places lie, by the report that names them and their name."""
    place = tables.places.c
    pairs, found = {*wanted}, {}
    reports = sorted({report for report, _ in pairs})
    for begin in range(0, len(reports), _TOGETHER):
        query = select(place.report_id, place.name, place.lat, place.lon, place.precision).where(
            place.report_id.in_(reports[begin : begin + _TOGETHER])
        )
        for row in connection.execute(query):
            if (row.report_id, row.name) in pairs:
                found[row.report_id, row.name] = {"lat": row.lat, "lon": row.lon, "precision": row.precision}
    return found
