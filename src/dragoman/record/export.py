"""Entries as JSON lines and CSV: one line or row per entry.

In: rows, each an entry with its report's id, address, outlet and day; any object that has the attributes below will
do. Out: text, line by line, lazily. Changes nothing and knows no archive.

JSON lines lose nothing: the report's fields, the row's ids, then the entry's own fields under their own names.

CSV has one header row and the columns of `columns(what)`, which stay as they are; more may be added at the end.
Codes are text (``"036"``), truth is ``true`` or ``false``, empty is missing. A span is three columns, ``_start``,
``_end`` and ``_text``. Of several parties each column holds one value per party, in the same order, separated by
``;`` (a semicolon inside a value is written as a comma). Line ends and quotes inside cells are quoted as RFC 4180 has
it. CSV cannot say that ``036`` is text, so `dtypes` says it, for ``<FILE>.dtypes.json``::

    pandas.read_csv("events.csv", dtype=json.load(open("events.csv.dtypes.json")))
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from dragoman.evidence import Span
from dragoman.record.entries import Commitment, Contact, Entry, Event, Party, Place, Statement

What = Literal["events", "contacts", "statements", "commitments", "mentions"]
Form = Literal["jsonl", "csv"]
Single = str | int | float | bool | None
Cell = Single | tuple[Single, ...]
"""A value, or of several parties one value each, in their order."""
Cells = dict[str, Cell]
Dtype = Literal["string", "Int64", "Float64", "boolean"]


class Told(Protocol):
    """What every row has: its own id, and its report's id, address, outlet and day."""

    @property
    def id(self) -> str: ...
    @property
    def report_id(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...


class ToldEvent(Told, Protocol):
    """A row for ``events``."""

    @property
    def event_id(self) -> str: ...
    @property
    def event(self) -> Event: ...


class ToldContact(Told, Protocol):
    """A row for ``contacts``."""

    @property
    def contact(self) -> Contact: ...


class ToldStatement(Told, Protocol):
    """A row for ``statements``."""

    @property
    def statement(self) -> Statement: ...


class ToldCommitment(Told, Protocol):
    """A row for ``commitments``."""

    @property
    def commitment(self) -> Commitment: ...


class Mentioned(Told, Protocol):
    """A row for ``mentions``."""

    @property
    def event_id(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def background(self) -> bool: ...
    @property
    def evidence(self) -> Span: ...


_REPORT: dict[str, Dtype] = {
    "report_id": "string",
    "url": "string",
    "publisher": "string",
    "published": "string",
    "id": "string",
}
_PARTY_PARTS = ("names", "kinds", "countries", "sectors", "roles", "qids", "starts", "ends", "texts")
_ENDINGS = tuple(f"_{part}" for part in _PARTY_PARTS)
_SEVERAL = frozenset(("contexts", "topics", "events"))


def _strings(*names: str) -> dict[str, Dtype]:
    return dict.fromkeys(names, "string")


def _span_types(name: str) -> dict[str, Dtype]:
    return {f"{name}_start": "Int64", f"{name}_end": "Int64", f"{name}_text": "string"}


def _party_types(name: str) -> dict[str, Dtype]:
    return _strings(*(f"{name}_{part}" for part in _PARTY_PARTS))


_PLACE: dict[str, Dtype] = {
    **_strings("place_name", "place_country"),
    "place_lat": "Float64",
    "place_lon": "Float64",
    "place_geoname_id": "Int64",
    "place_precision": "string",
}
_COLUMNS: dict[What, dict[str, Dtype]] = {
    "events": {
        **_REPORT,
        **_strings("event_id", "category", "mode", "cameo"),
        "quad": "Int64",
        "intensity": "Float64",
        **_strings("contexts", "status"),
        "background": "boolean",
        "reciprocal": "boolean",
        **_strings("date", "date_basis"),
        **_party_types("actor"),
        **_party_types("recipient"),
        **_party_types("asserted_by"),
        **_PLACE,
        **_span_types("trigger"),
        **_span_types("evidence"),
        "confidence": "Float64",
    },
    "contacts": {
        **_REPORT,
        **_strings("channel", "visitor", "host", "date", "status"),
        "background": "boolean",
        "topics": "string",
        **_party_types("participant"),
        **_PLACE,
        **_span_types("evidence"),
        "confidence": "Float64",
    },
    "statements": {
        **_REPORT,
        **_strings("kind", "stance"),
        **_party_types("speaker"),
        **_party_types("addressee"),
        **_party_types("about"),
        **_span_types("cue"),
        **_span_types("content"),
        "events": "string",
        "confidence": "Float64",
    },
    "commitments": {
        **_REPORT,
        **_strings("kind", "status", "due", "condition", "refers_to"),
        "background": "boolean",
        **_party_types("by"),
        **_party_types("to"),
        **_party_types("addressee"),
        **_span_types("content"),
        "confidence": "Float64",
    },
    "mentions": {
        **_REPORT,
        **_strings("event_id", "category", "status"),
        "background": "boolean",
        **_span_types("evidence"),
    },
}


def columns(what: What) -> tuple[str, ...]:
    """The CSV's columns, in order."""
    return tuple(_COLUMNS[_known(what)])


def dtypes(what: What) -> dict[str, str]:
    """What each column holds, as pandas names it: ``string``, ``Int64``, ``Float64`` or ``boolean``."""
    return dict(_COLUMNS[_known(what)])


def lists(what: What) -> frozenset[str]:
    """The columns that hold a value for each of several parties, contexts, topics or events."""
    return frozenset(name for name in _COLUMNS[_known(what)] if name in _SEVERAL or name.endswith(_ENDINGS))


def cells(row: Told, what: What) -> Cells:
    """A row's cells by column; where there can be several values they are a tuple."""
    return _report_cells(row) | _CELLS[_known(what)](row)


def jsonl(rows: Iterable[Told], what: What) -> Iterator[str]:
    """Rows as JSON, one object a line, each with its line end."""
    _known(what)
    return (json.dumps(_object(row, what), ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def csv_lines(rows: Iterable[Told], what: What) -> Iterator[str]:
    """Rows as CSV, the header first; each piece is one record with its line end."""
    names = columns(what)
    return table_lines(names, (cells(row, what) for row in rows))


def write(rows: Iterable[Told], what: What, form: Form, path: Path) -> int:
    """Write rows to a file, and for CSV ``<FILE>.dtypes.json`` beside it.

    Returns:
        How many entries were written.
    """
    if form not in get_args(Form):
        raise ValueError(f"there is no form {form!r}; there are: {', '.join(get_args(Form))}")
    heads = 1 if form == "csv" else 0
    lines = csv_lines(rows, what) if form == "csv" else jsonl(rows, what)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line)
            count += 1
    if form == "csv":
        hint = path.with_name(path.name + ".dtypes.json")
        hint.write_text(json.dumps(dtypes(what), indent=1) + "\n", encoding="utf-8")
    return count - heads


def _known(what: What) -> What:
    if what not in _COLUMNS:
        raise ValueError(f"there is nothing called {what!r} to export; there are: {', '.join(_COLUMNS)}")
    return what


def table_lines(names: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Rows by column as CSV, the header first."""
    buffer = io.StringIO(newline="")
    # The default line end, CR LF, also has a lone CR or LF inside a cell quoted.
    writer = csv.writer(buffer)
    writer.writerow(names)
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_cell(row[name]) for name in names])
        yield buffer.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        # A missing one keeps its place, as long as there is any.
        parts = [_cell(part).replace(";", ",") for part in value]
        return ";".join(parts) if any(parts) else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _object(row: Any, what: What) -> dict[str, Any]:
    told: dict[str, Any] = dict(_report_cells(row))
    if what == "mentions":
        own = {name: getattr(row, name) for name in ("event_id", "category", "status", "background")}
        return {**told, **own, "evidence": row.evidence.model_dump(mode="json")}
    if what == "events":
        told["event_id"] = row.event_id
    entry: Entry = getattr(row, what.removesuffix("s"))
    return {**told, **entry.model_dump(mode="json")}


def _report_cells(row: Told) -> dict[str, Single]:
    return {
        "report_id": row.report_id,
        "url": row.url,
        "publisher": row.publisher,
        "published": row.published.isoformat() if row.published else None,
        "id": row.id,
    }


def _event(row: ToldEvent) -> Cells:
    event = row.event
    names = (
        "category",
        "mode",
        "cameo",
        "quad",
        "intensity",
        "status",
        "background",
        "reciprocal",
        "date",
        "date_basis",
    )
    return {
        "event_id": row.event_id,
        **_fields(event, *names, "confidence"),
        "contexts": event.contexts,
        **_parties("actor", event.actors),
        **_parties("recipient", event.recipients),
        **_parties("asserted_by", _one(event.asserted_by)),
        **_place(event.place),
        **_span("trigger", event.trigger),
        **_span("evidence", event.evidence),
    }


def _contact(row: ToldContact) -> Cells:
    contact = row.contact
    return {
        **_fields(contact, "channel", "visitor", "host", "date", "status", "background", "confidence"),
        "topics": contact.topics,
        **_parties("participant", contact.participants),
        **_place(contact.place),
        **_span("evidence", contact.evidence),
    }


def _statement(row: ToldStatement) -> Cells:
    statement = row.statement
    return {
        **_fields(statement, "kind", "stance", "confidence"),
        **_parties("speaker", statement.speakers),
        **_parties("addressee", statement.addressees),
        **_parties("about", statement.about),
        **_span("cue", statement.cue),
        **_span("content", statement.content),
        "events": statement.events,
    }


def _commitment(row: ToldCommitment) -> Cells:
    commitment = row.commitment
    return {
        **_fields(commitment, "kind", "status", "due", "condition", "refers_to", "background", "confidence"),
        **_parties("by", commitment.by),
        **_parties("to", commitment.to),
        **_parties("addressee", _one(commitment.addressee)),
        **_span("content", commitment.content),
    }


def _mention(row: Mentioned) -> Cells:
    return {**_fields(row, "event_id", "category", "status", "background"), **_span("evidence", row.evidence)}


_CELLS: Mapping[What, Callable[[Any], Cells]] = {
    "events": _event,
    "contacts": _contact,
    "statements": _statement,
    "commitments": _commitment,
    "mentions": _mention,
}


def _fields(entry: object, *names: str) -> Cells:
    return {name: getattr(entry, name) for name in names}


def _one(party: Party | None) -> tuple[Party, ...]:
    return () if party is None else (party,)


def _parties(name: str, parties: Sequence[Party]) -> Cells:
    parts = (
        *(
            tuple(getattr(party.actor, field) for party in parties)
            for field in ("name", "kind", "country", "sector", "role", "qid")
        ),
        *(tuple(getattr(party.span, field) for party in parties) for field in ("start", "end", "text")),
    )
    return {f"{name}_{part}": values for part, values in zip(_PARTY_PARTS, parts, strict=True)}


def _place(place: Place | None) -> Cells:
    fields = ("name", "country", "lat", "lon", "geoname_id", "precision")
    return {f"place_{field}": getattr(place, field) if place else None for field in fields}


def _span(name: str, span: Span | None) -> Cells:
    return {f"{name}_{part}": getattr(span, part) if span else None for part in ("start", "end", "text")}
