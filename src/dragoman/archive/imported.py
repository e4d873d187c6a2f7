"""Other event data, kept beside one's own: rows of GDELT, POLECAT and ICEWS files.

In: `ImportedEvent`s and `ImportedMention`s (made by the room `imports`), in batches, one transaction each. Out: the
same, lazily, by day and id; and counts of own and imported events by month. A row's id is a hash of its source and its
line, so that a file imported twice adds nothing, whatever it is called. Rows are never changed and never taken away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Literal, TypedDict, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from dragoman.archive import tables
from dragoman.archive.filters import Filters, question
from dragoman.archive.home import insert_once
from dragoman.archive.opening import Store
from dragoman.errors import ArchiveError

Source = Literal["gdelt", "polecat", "icews"]
SOURCES: tuple[Source, ...] = ("gdelt", "polecat", "icews")
BATCH = 1000
_ASKED = ("dyad", "actor", "recipient", "category", "mode", "cameo", "quad", "since", "until", "publisher", "limit")
_SIDES = ("actor", "recipient")


class ImportedFilters(TypedDict, total=False):
    """What imported events can be chosen by; as for one's own, and `source`."""

    source: str | None
    dyad: str | None
    actor: str | None
    recipient: str | None
    category: str | None
    mode: str | None
    cameo: str | None
    quad: int | None
    since: str | date | None
    until: str | date | None
    publisher: str | None
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedParty:
    """Somebody in an imported event; country and sector in our codes."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEvent:
    """A row of another data set, in our codes where it has them.

    Attributes:
        source, source_id: the data set, and the row's id there.
        day: of the event.
        category, mode: PLOVER's; of a row that has only a CAMEO code, where that falls; None where it falls nowhere.
        cameo: text; None in POLECAT.
        quad: PLOVER's for the category, else the source's own.
        intensity: the source's own score.
        mentions: how often the source says it was mentioned.
        row: the line as it stood in the file.
        file, line: where that was.
        repairs: what was mended, in plain words.
    """

    source: Source
    source_id: str
    day: date | None
    category: str | None = None
    mode: str | None = None
    cameo: str | None = None
    quad: int | None = None
    intensity: float | None = None
    actors: tuple[ImportedParty, ...] = ()
    recipients: tuple[ImportedParty, ...] = ()
    place_name: str | None = None
    place_country: str | None = None
    url: str | None = None
    publisher: str | None = None
    mentions: int | None = None
    row: str = ""
    file: str = ""
    line: int = 0
    repairs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The hash of source and line."""
        return line_id(self.source, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMention:
    """That a report mentions an imported event, by GDELT's table of mentions."""

    source: Source
    source_id: str
    day: date | None
    url: str | None = None
    publisher: str | None = None
    sentence: int | None = None
    confidence: float | None = None
    row: str = ""
    file: str = ""
    line: int = 0
    repairs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The hash of source and line."""
        return line_id(self.source, self.row)


@dataclass(slots=True)
class TakenIn:
    """What became of rows.

    Attributes:
        repeated: rows whose id in the source stands for other rows, too; they are kept.
    """

    added: int = 0
    already_there: int = 0
    repeated: list[ImportedEvent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MonthBeside:
    """How many events of a month one source has; `own` is the archive itself."""

    month: str
    source: str
    events: int


def line_id(source: str, line: str) -> str:
    """The id of a line of a source: 16 hex digits."""
    return hashlib.sha256(f"{source}\0{line}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def take_in(store: Store, rows: Iterable[ImportedEvent | ImportedMention]) -> Iterator[TakenIn]:
    """Keep rows, batch by batch; yields what became of each batch once it is kept."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        with store.writing() as connection:
            events = [row for row in batch if isinstance(row, ImportedEvent)]
            mentions = [row for row in batch if isinstance(row, ImportedMention)]
            done = TakenIn()
            for table, of_table in ((tables.imported_events, events), (tables.imported_mentions, mentions)):
                _put(connection, table, of_table, done)
        yield done


def _put(connection: Connection, table: Table, rows: Sequence[Any], done: TakenIn) -> None:
    if not rows:
        return
    by_id = {row.id: row for row in rows}
    there = set(connection.execute(select(table.c.id).where(table.c.id.in_(by_id))).scalars())
    new = [row for key, row in by_id.items() if key not in there]
    done.already_there += len(rows) - len(new)
    done.added += len(new)
    if not new:
        return
    if table is tables.imported_events:
        done.repeated += _repeated(connection, new)
    connection.execute(insert_once(connection, table).on_conflict_do_nothing(), [_columns(table, row) for row in new])
    if table is tables.imported_events:
        parties = [
            {"entry": row.id, "side": side, "ordinal": number, **asdict(party)}
            for row in new
            for side, there_ in (("actor", row.actors), ("recipient", row.recipients))
            for number, party in enumerate(there_)
        ]
        if parties:
            connection.execute(insert_once(connection, tables.imported_parties).on_conflict_do_nothing(), parties)


def _repeated(connection: Connection, new: Sequence[ImportedEvent]) -> list[ImportedEvent]:
    column, found = tables.imported_events.c, list[ImportedEvent]()
    asked = select(column.source, column.source_id).where(column.source_id.in_({row.source_id for row in new}))
    seen = {(row.source, row.source_id) for row in connection.execute(asked)}
    for row in new:
        if (key := (row.source, row.source_id)) in seen:
            found.append(row)
        seen.add(key)
    return found


def _columns(table: Table, row: ImportedEvent | ImportedMention) -> dict[str, Any]:
    cells: dict[str, Any] = {column.name: getattr(row, column.name) for column in table.c}
    cells["day"] = row.day.isoformat() if row.day else None
    cells["repairs"] = json.dumps(row.repairs, ensure_ascii=False) if row.repairs else None
    return cells


def imported(store: Store, given: ImportedFilters) -> Iterator[ImportedEvent]:
    """Imported events that the filters let through, by day and id, page by page.

    Raises:
        TypeError: for a filter that does not exist.
        ArchiveError: for a value that cannot be meant.
    """
    condition, limit = _condition(given)
    return _pages(store, condition, limit)


def mentions(store: Store, source: str, source_id: str) -> list[ImportedMention]:
    """The mentions of one imported event."""
    column = tables.imported_mentions.c
    query = select(tables.imported_mentions).where(column.source == source, column.source_id == source_id)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(column.day, column.id)).all()
    return [ImportedMention(**_values(row._asdict())) for row in rows]


def beside(store: Store, given: ImportedFilters) -> list[MonthBeside]:
    """Events by month and source: the archive's own (`own`) and the imported ones, each event once."""
    condition, limit = _condition(given)
    if limit is not None:
        raise TypeError("beside() counts all; it has no filter 'limit'")
    from dragoman.archive.counting import by_month  # noqa: PLC0415 - loads numpy

    event = tables.imported_events.c
    month = _month(event.day)
    theirs = (
        select(month, event.source, func.count()).where(condition, event.day.is_not(None)).group_by(month, event.source)
    )
    found: list[MonthBeside] = []
    with store.reading() as connection:
        found += [MonthBeside(*row) for row in connection.execute(theirs)]
        if given.get("source") is None:
            asked = question("events", _own(given), caller="beside")
            found += [MonthBeside(month, "own", number) for month, number in by_month(store, connection, asked)]
    return sorted(found, key=lambda one: (one.month, one.source))


def _month(day: Any) -> Any:
    return func.substr(day, literal_column("1"), literal_column("7"))


def _own(given: ImportedFilters) -> Filters:
    return cast(Filters, {name: value for name, value in given.items() if name in _ASKED})


def _condition(given: ImportedFilters) -> tuple[ColumnElement[bool], int | None]:
    for name in given:
        if name not in ImportedFilters.__annotations__:
            raise TypeError(f"imported() has no filter {name!r}; it has: {', '.join(('source', *_ASKED))}")
    source = given.get("source")
    if source is not None and source not in SOURCES:
        raise ArchiveError(f"source={source!r} does not exist; there are: {', '.join(SOURCES)}")
    asked = question("events", _own(given), caller="imported")
    event = tables.imported_events.c
    conditions: list[ColumnElement[bool]] = [true()]
    if source is not None:
        conditions.append(event.source == source)
    for name in ("category", "mode", "quad", "publisher"):
        if (value := getattr(asked, name)) is not None:
            conditions.append(event[name] == value)
    if asked.cameo is not None:
        conditions.append(and_(event.cameo >= asked.cameo, event.cameo < asked.cameo + ":"))
    if asked.since is not None:
        conditions.append(event.day >= asked.since)
    if asked.until is not None:
        conditions.append(event.day <= asked.until)
    for country, side in ((asked.actor, "actor"), (asked.recipient, "recipient")):
        if country is not None:
            conditions.append(_stands(country, side))
    if asked.dyad is not None:
        one, other = asked.dyad
        ways = [and_(_stands(a, "actor"), _stands(b, "recipient")) for a, b in
                ((one, other), (other, one))]  # fmt: skip
        conditions.append(or_(*ways))
    return and_(*conditions), asked.limit


def _stands(country: str, side: str) -> ColumnElement[bool]:
    """Whether a country stands on a side; asked row by row, so that paging in order gathers no matches first."""
    party = tables.imported_parties.c
    found = select(literal(1)).where(
        party.entry == tables.imported_events.c.id, party.side == side, party.country == country
    )
    return exists(found)


def _pages(store: Store, condition: ColumnElement[bool], limit: int | None) -> Iterator[ImportedEvent]:
    event, left = tables.imported_events.c, limit
    day = func.coalesce(event.day, literal_column("''"))
    behind: tuple[str, str] | None = None
    while left is None or left > 0:
        page = BATCH if left is None else min(BATCH, left)
        query = select(tables.imported_events).where(condition).order_by(day, event.id).limit(page)
        if behind is not None:
            # The first part says nothing new, but leads SQLite to the index in this order.
            query = query.where(day >= behind[0], tuple_(day, event.id) > tuple_(*(literal(part) for part in behind)))
        with store.reading() as connection:
            rows = [row._asdict() for row in connection.execute(query)]
            parties = _parties(connection, [row["id"] for row in rows])
        for row in rows:
            sides = parties.get(row["id"], {})
            yield ImportedEvent(
                **_values(row), actors=tuple(sides.get("actor", ())), recipients=tuple(sides.get("recipient", ()))
            )
        if len(rows) < page:
            return
        left = None if left is None else left - page
        behind = (rows[-1]["day"] or "", rows[-1]["id"])


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name != "id"}
    values["day"] = date.fromisoformat(row["day"]) if row["day"] else None
    values["repairs"] = tuple(json.loads(row["repairs"])) if row["repairs"] else ()
    return values


def _parties(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[ImportedParty]]]:
    party = tables.imported_parties.c
    query = select(tables.imported_parties).where(party.entry.in_(ids)).order_by(party.entry, party.side, party.ordinal)
    found: dict[str, dict[str, list[ImportedParty]]] = {}
    for row in connection.execute(query):
        one = ImportedParty(name=row.name, country=row.country, sector=row.sector)
        found.setdefault(row.entry, {}).setdefault(row.side, []).append(one)
    return found


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with imported rows: a line that is not the one its id was made of, a side that does not exist."""
    for table in (tables.imported_events, tables.imported_mentions):
        for row in connection.execute(select(table.c.id, table.c.source, table.c.row)):
            if row.id != line_id(row.source, row.row):
                yield f"{table.name}, {row.id}: its line is not the one it was made of"
    party = tables.imported_parties.c
    for entry, side in connection.execute(select(party.entry, party.side).where(party.side.not_in(_SIDES)).distinct()):
        yield f"imported_parties, {entry}: there is no side {side!r}"
