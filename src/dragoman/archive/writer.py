"""A record as rows, and how they go in: all of one report's or none.

In: a `Record`. Out: rows by table, cut from it by rule, so that `health` can cut them again and compare. Refuses a
record that its JSON could not give back: an infinite intensity, text that is not valid Unicode.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Table, insert, select

from dragoman.actors.claims import key_of
from dragoman.archive import grouping, ledger, tables, tallies
from dragoman.archive.days import days
from dragoman.archive.home import insert_once
from dragoman.archive.tellings import telling_of
from dragoman.errors import ArchiveError
from dragoman.record.entries import Commitment, Contact, Event, Party, Place, Record, Statement
from dragoman.record.ids import entry_id

Rows = list[dict[str, Any]]


def write(connection: Connection, record: Record) -> bool:
    """Put a record in, in the transaction at hand.

    Returns:
        False when its report is there already; then nothing is changed.

    Raises:
        ArchiveError: when the record could not be given back as it is.
    """
    row = report_row(record)
    once = insert_once(connection, tables.reports).on_conflict_do_nothing(index_elements=["id"])
    # Not every driver counts the rows of such a statement.
    if connection.execute(once.returning(tables.reports.c.number), row).first() is None:
        return False
    for table, rows in entry_rows(record).items():
        if rows:
            connection.execute(insert(table), rows)
    telling = telling_of(record)
    ledger.keep_words(connection, telling)
    ledger.keep(connection, record, telling)
    grouping.keep(connection, record, telling)
    tallies.keep(connection)
    return True


def is_there(connection: Connection, report_id: str) -> bool:
    """Whether a report is in the archive."""
    return (
        connection.execute(select(tables.reports.c.number).where(tables.reports.c.id == report_id)).first() is not None
    )


def packed(record: Record) -> bytes:
    """A record's JSON as it is kept.

    Raises:
        ArchiveError: when the JSON would not give the record back.
    """
    for number, item in enumerate(record.events):
        if not math.isfinite(item.intensity):
            raise ArchiveError(f"report {record.report.id}: event {number} has intensity {item.intensity}")
    try:
        return zlib.compress(record.model_dump_json().encode())
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise ArchiveError(f"report {record.report.id} cannot be kept, it is not valid Unicode: {error}") from error


def report_row(record: Record) -> dict[str, Any]:
    """The row of a record's report."""
    report = record.report
    return {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text": report.text,
        "schema_version": record.schema_version,
        "record": packed(record),
    }


def entry_rows(record: Record) -> dict[Table, Rows]:
    """The rows of all of a record's entries."""
    rows: dict[Table, Rows] = {table: [] for table in (*tables.LETTERS.values(), tables.parties, tables.claims)}
    report_id, published = record.report.id, record.report.published

    def put(table: Table, ordinal: int, columns: Mapping[str, Any], sides: Mapping[str, Sequence[Party]]) -> None:
        key = entry_id(report_id, table.name, ordinal)
        own = {"event_id": key} if table is tables.events else {}
        rows[table].append({"id": key, "report_id": report_id, "ordinal": ordinal, **own, **columns})
        for side, parties in sides.items():
            for place, party in enumerate(parties):
                rows[tables.parties].append(_party(key, report_id, side, place, party))

    for number, actor in enumerate(record.actors):
        fields = ("name", "kind", "country", "sector", "role", "role_status", "qid")
        put(tables.actors, number, {name: getattr(actor, name) for name in fields}, {})
    rows[tables.claims] = claim_rows(record)
    for number, item in enumerate(record.events):
        put(tables.events, number, _event(item, published), event_sides(item))
    for number, contact in enumerate(record.contacts):
        put(tables.contacts, number, _contact(contact, published), {"participant": contact.participants})
    for number, statement in enumerate(record.statements):
        sides = {"speaker": statement.speakers, "addressee": statement.addressees, "about": statement.about}
        put(tables.statements, number, _statement(statement, published), sides)
    for number, commitment in enumerate(record.commitments):
        put(tables.commitments, number, _commitment(commitment, published), _commitment_sides(commitment))
    for number, place in enumerate(record.places):
        named = ("name", "country", "lat", "lon", "geoname_id", "precision")
        put(tables.places, number, {name: getattr(place, name) for name in named}, {})
    return rows


def claim_rows(record: Record) -> Rows:
    """What the report's words tell of people; of several about one person, office and state the first."""
    report, rows, seen = record.report, Rows(), set[tuple[str, str, str | None]]()
    for actor in record.actors:
        for told in actor.told:
            same = (key_of(actor.name), told.role, told.country)
            if not same[0] or same in seen:
                continue
            seen.add(same)
            rows.append(
                {
                    "report_id": report.id,
                    "ordinal": len(rows),
                    "name": actor.name,
                    "key": same[0],
                    **dict(_picked(told, "role", "role_status", "country", "sector")),
                    "day": report.published.isoformat() if report.published else None,
                    "publisher": report.publisher,
                    "start": told.span.start,
                    "end": told.span.end,
                    "words": told.span.text,
                }
            )
    return rows


def event_sides(event: Event) -> dict[str, Sequence[Party]]:
    """Who stands where in an event."""
    asserted_by = (event.asserted_by,) if event.asserted_by else ()
    return {"actor": event.actors, "recipient": event.recipients, "asserted_by": asserted_by}


def _commitment_sides(commitment: Commitment) -> dict[str, Sequence[Party]]:
    addressee = (commitment.addressee,) if commitment.addressee else ()
    return {"by": commitment.by, "to": commitment.to, "addressee": addressee}


def _party(entry: str, report_id: str, side: str, ordinal: int, party: Party) -> dict[str, Any]:
    actor, span = party.actor, party.span
    return {
        "entry": entry,
        "side": side,
        "ordinal": ordinal,
        "report_id": report_id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "start": span.start,
        "end": span.end,
    }


def _place(place: Place | None) -> dict[str, Any]:
    return {"place_name": place.name if place else None, "place_country": place.country if place else None}


def _day_columns(stated: str | None, published: date | None) -> dict[str, Any]:
    return dict(zip(("day_from", "day_to"), days(stated, published), strict=True))


def _picked(entry: object, *names: str) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(entry, name)) for name in names)


def _event(event: Event, published: date | None) -> dict[str, Any]:
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
        **dict(_picked(event, *names, "confidence")),
        **_day_columns(event.date, published),
        **_place(event.place),
        "contexts": " ".join(event.contexts) or None,
        "evidence_start": event.evidence.start,
        "evidence_end": event.evidence.end,
    }


def _contact(contact: Contact, published: date | None) -> dict[str, Any]:
    return {
        **dict(_picked(contact, "channel", "visitor", "host", "status", "background", "date", "confidence")),
        **_day_columns(contact.date, published),
        **_place(contact.place),
    }


def _statement(statement: Statement, published: date | None) -> dict[str, Any]:
    return {**dict(_picked(statement, "kind", "stance", "confidence")), **_day_columns(None, published)}


def _commitment(commitment: Commitment, published: date | None) -> dict[str, Any]:
    picked = dict(_picked(commitment, "kind", "status", "background", "due", "confidence"))
    return {**picked, **_day_columns(None, published)}
