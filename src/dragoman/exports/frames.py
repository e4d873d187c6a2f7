"""An archive as pandas tables, one a kind of entry, each made when it is first looked at.

    tables = dragoman.frames(archive, dyad="IRN-QAT", since="2024-01-01")
    tables.events.groupby("category", observed=True).size()
    tables["parties"].query("side == 'recipient' and country == 'QAT'")

In: an archive and its filters. Out: tidy tables: a row is one thing, a cell one value. What several may be of (actors,
contexts, topics) has a table of its own, `parties` and `labels`; the entry's row has the first and how many there are.
`dyads` has a row for each pair of different countries in an event. Codes are categories (text: ``036`` stays ``036``),
names and texts are strings, days are datetimes, truth and whole numbers may be missing. Needs ``dragoman[tables]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from dragoman.archive import Archive
from dragoman.errors import DragomanError
from dragoman.evidence import Span
from dragoman.exports.frame_columns import COLUMNS, KNOWN, LABELS, NAMES, SIDES
from dragoman.exports.sides import first_and_last_day
from dragoman.record.entries import Commitment, Contact, Event, Party, Place, Statement

if TYPE_CHECKING:
    import pandas

Values = dict[str, Any]


class Frames(Mapping[str, "pandas.DataFrame"]):
    """The tables of an archive, as attributes or by name.

    Raises:
        TypeError: on looking at a table that a filter cannot choose from, such as contacts by category.
    """

    def __init__(self, archive: Archive, filters: dict[str, Any]) -> None:
        self._archive = archive
        self._filters = filters
        self._pandas = _needed()
        archive.events(**filters)  # a filter that does not exist is told now

    def __getitem__(self, name: str) -> pandas.DataFrame:
        if name not in NAMES:
            raise KeyError(name)
        made: pandas.DataFrame = getattr(self, name)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __repr__(self) -> str:
        return f"Frames({', '.join(NAMES)})"

    @cached_property
    def events(self) -> pandas.DataFrame:
        """Events, a row for each report that tells one; those of one happening share `event_id`."""
        return self._table("events", (_event(row, row.event) for row in self._archive.events(**self._filters)))

    @cached_property
    def contacts(self) -> pandas.DataFrame:
        """Calls, meetings, visits and so on."""
        return self._table("contacts", (_contact(row, row.contact) for row in self._archive.contacts(**self._filters)))

    @cached_property
    def statements(self) -> pandas.DataFrame:
        """Who said what."""
        rows = self._archive.statements(**self._filters)
        return self._table("statements", (_statement(row, row.statement) for row in rows))

    @cached_property
    def commitments(self) -> pandas.DataFrame:
        """Promises, agreements, demands and so on."""
        rows = self._archive.commitments(**self._filters)
        return self._table("commitments", (_commitment(row, row.commitment) for row in rows))

    @cached_property
    def mentions(self) -> pandas.DataFrame:
        """That a report tells an event, and the words."""
        return self._table("mentions", (_mention(row) for row in self._archive.mentions(**self._filters)))

    @cached_property
    def parties(self) -> pandas.DataFrame:
        """Everybody who stands in an entry, of all kinds that the filters can choose from."""
        return self._table("parties", (part for kind in self._kinds() for part in self._parties(kind)))

    @cached_property
    def labels(self) -> pandas.DataFrame:
        """Contexts of events and topics of contacts, one a row."""
        return self._table("labels", (part for kind in self._kinds() if kind in LABELS for part in self._labels(kind)))

    @cached_property
    def dyads(self) -> pandas.DataFrame:
        """Events by pairs of different countries; in a mutual event each is source and target."""
        return self._table("dyads", (part for row in self._archive.events(**self._filters) for part in _dyads(row)))

    @cached_property
    def reports(self) -> pandas.DataFrame:
        """The reports."""
        return self._table("reports", (_report(row) for row in self._archive.reports(**self._filters)))

    def _kinds(self) -> list[str]:
        """Kinds of entries that know all the filters."""
        kinds = []
        for kind in SIDES:
            try:
                getattr(self._archive, kind)(**self._filters)
            except TypeError:
                continue
            kinds.append(kind)
        return kinds

    def _parties(self, kind: str) -> Iterator[Values]:
        for row in getattr(self._archive, kind)(**self._filters):
            entry = getattr(row, kind.removesuffix("s"))
            for side in SIDES[kind]:
                for ordinal, party in enumerate(_of_side(entry, kind, side)):
                    actor, span = party.actor, party.span
                    yield {
                        "entry": row.id,
                        "report_id": row.report_id,
                        "entry_kind": kind.removesuffix("s"),
                        "side": side,
                        "ordinal": ordinal,
                        "name": actor.name,
                        "kind": actor.kind,
                        "country": actor.country,
                        "sector": actor.sector,
                        "role": actor.role,
                        "role_status": actor.role_status,
                        "qid": actor.qid,
                        "start": span.start,
                        "end": span.end,
                        "text": span.text,
                    }

    def _labels(self, kind: str) -> Iterator[Values]:
        for row in getattr(self._archive, kind)(**self._filters):
            entry = getattr(row, kind.removesuffix("s"))
            for name in LABELS[kind]:
                for ordinal, label in enumerate(getattr(entry, name)):
                    yield {"entry": row.id, "entry_kind": kind.removesuffix("s"), "ordinal": ordinal, "label": label}

    def _table(self, name: str, rows: Iterable[Values]) -> pandas.DataFrame:
        columns = COLUMNS[name]
        gathered: dict[str, list[Any]] = {column: [] for column in columns}
        for row in rows:
            for column, values in gathered.items():
                values.append(row[column])
        pandas = self._pandas
        made = {}
        for column, values in gathered.items():
            dtype: Any = columns[column]
            if dtype == "day":
                made[column] = pandas.Series(pandas.to_datetime(values, format="%Y-%m-%d"), dtype="datetime64[s]")
                continue
            if dtype == "category":
                known = KNOWN.get(column) if name in ("events", "mentions", "dyads") else None
                dtype = pandas.CategoricalDtype(known or sorted({value for value in values if value is not None}))
            made[column] = pandas.Series(values, dtype=dtype)
        return pandas.DataFrame(made)


def frames(archive: Archive, **filters: Any) -> Frames:
    """An archive's tables for pandas.

    Args:
        archive: an open archive; it must stay open until the tables wanted have been looked at.
        filters: as the archive takes them.

    Raises:
        DragomanError: where pandas is missing.
        ArchiveError, TypeError: for filters that cannot be meant.
    """
    return Frames(archive, filters)


def _needed() -> Any:
    try:
        import pandas  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise DragomanError(f'tables need a further package: pip install "dragoman[tables]" ({error})') from error
    return pandas


def _common(row: Any) -> Values:
    day = row.published.isoformat() if row.published else None
    return {"id": row.id, "report_id": row.report_id, "url": row.url, "publisher": row.publisher, "published": day}


def _of_side(entry: Any, kind: str, side: str) -> tuple[Party, ...]:
    name = {"actor": "actors", "recipient": "recipients", "participant": "participants", "speaker": "speakers"}.get(
        side
    )
    if kind == "statements" and side == "addressee":
        name = "addressees"
    value = getattr(entry, name or side)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _parties(entry: Any, kind: str) -> Values:
    cells: Values = {}
    for side in SIDES[kind]:
        there = _of_side(entry, kind, side)
        actor = there[0].actor if there else None
        fields = {"": "name", "_country": "country", "_sector": "sector", "_kind": "kind"}
        cells |= {f"{side}{part}": getattr(actor, field, None) for part, field in fields.items()}
        cells[f"{side}_number"] = len(there)
    return cells


def _place(place: Place | None) -> Values:
    fields = {"place": "name"} | {f"place_{f}": f for f in ("country", "lat", "lon", "geoname_id", "precision")}
    return {column: getattr(place, field, None) for column, field in fields.items()}


def _words(name: str, span: Span | None) -> Values:
    return {
        f"{name}_start": span.start if span else None,
        f"{name}_end": span.end if span else None,
        name: span.text if span else None,
    }


def _days(stated: str | None, first: str = "day", last: str = "day_to") -> Values:
    days = first_and_last_day(stated)
    return {name: day.isoformat() if day else None for name, day in zip((first, last), days, strict=True)}


def _fields(entry: object, *names: str) -> Values:
    return {name: getattr(entry, name) for name in names}


def _event(row: Any, event: Event) -> Values:
    names = ("category", "mode", "cameo", "quad", "intensity", "status", "background", "reciprocal", "date_basis")
    return {
        **_common(row),
        "event_id": row.event_id,
        **_fields(event, *names, "confidence"),
        **_days(event.date),
        **_parties(event, "events"),
        **_place(event.place),
        **_words("trigger", event.trigger),
        **_words("evidence", event.evidence),
    }


def _contact(row: Any, contact: Contact) -> Values:
    return {
        **_common(row),
        **_fields(contact, "channel", "status", "visitor", "host", "background", "confidence"),
        **_days(contact.date),
        **_parties(contact, "contacts"),
        **_place(contact.place),
        **_words("evidence", contact.evidence),
    }


def _statement(row: Any, said: Statement) -> Values:
    return {
        **_common(row),
        **_fields(said, "kind", "stance", "confidence"),
        **_parties(said, "statements"),
        **_words("cue", said.cue),
        **_words("content", said.content),
    }


def _commitment(row: Any, bound: Commitment) -> Values:
    return {
        **_common(row),
        **_fields(bound, "kind", "status", "background", "condition", "refers_to", "confidence"),
        **_days(bound.due, "due", "due_to"),
        **_parties(bound, "commitments"),
        **_words("content", bound.content),
    }


def _mention(row: Any) -> Values:
    own = _fields(row, "event_id", "category", "status", "background")
    return {**_common(row), **own, **_words("evidence", row.evidence)}


def _report(row: Any) -> Values:
    counts = _fields(row, "title", "events", "contacts", "statements", "commitments")
    return _common(row) | counts


def _dyads(row: Any) -> Iterator[Values]:
    event: Event = row.event
    actors = [party.actor.country for party in event.actors]
    recipients = [party.actor.country for party in event.recipients]
    ways = list(product(actors, recipients))
    if event.reciprocal:
        ways = [*ways, *product(recipients, actors)] if recipients else list(product(actors, actors))
    for source, target in dict.fromkeys(ways):
        if source and target and source != target:
            yield {
                "id": row.id,
                "event_id": row.event_id,
                **_days(event.date),
                "source": source,
                "target": target,
                **_fields(event, "category", "cameo", "quad", "intensity", "status", "background"),
            }
