"""Records and rows as plain lines for a pipe: one entry a line, fields in a fixed order between `` | ``.

    report     | id | day | outlet | title
    event      | id | date | status | code and CAMEO | who | to whom | on whose word | confidence | evidence
    contact    | id | date | status | channel | participants | place | evidence
    statement  | id | stance | speakers | about | content
    commitment | id | kind | status | due | by | to | words
    actor      | id | name | kind | country | sector | role
    place      | id | name | country | precision | latitude, longitude

What is not known is ``-``. No line holds a tab, a control character or, within a field, the sign that parts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.record.entries import Event, Record
from dragoman.record.ids import entry_id
from dragoman.terminal.wording import NONE, code, day, line, names, role, standing

if TYPE_CHECKING:
    from dragoman.archive.rows import Hit, ReportRow


def lines(record: Record) -> Iterator[str]:
    """A record's lines, the report first."""
    report = record.report
    key = report.id
    published = report.published.isoformat() if report.published else None
    yield joined("report", key, published, report.publisher, report.title)
    for number, event in enumerate(record.events):
        yield joined("event", entry_id(key, "events", number), *_event(event))
    for number, contact in enumerate(record.contacts):
        status = f"{contact.status}, earlier" if contact.background else contact.status
        place = contact.place.name if contact.place else None
        yield joined(
            "contact", entry_id(key, "contacts", number), day(contact.date), status, contact.channel,
            names(contact.participants), place, contact.evidence.text,
        )  # fmt: skip
    for number, said in enumerate(record.statements):
        yield joined(
            "statement", entry_id(key, "statements", number), said.stance, names(said.speakers), names(said.about),
            said.content.text,
        )  # fmt: skip
    for number, promised in enumerate(record.commitments):
        to = promised.to or ((promised.addressee,) if promised.addressee else ())
        yield joined(
            "commitment", entry_id(key, "commitments", number), promised.kind, promised.status, day(promised.due),
            names(promised.by), names(to), promised.content.text,
        )  # fmt: skip
    for number, actor in enumerate(record.actors):
        yield joined(
            "actor", entry_id(key, "actors", number), actor.name, actor.kind, actor.country, actor.sector, role(actor)
        )
    for number, spot in enumerate(record.places):
        # A country's middle is no place in it.
        drawn = spot.lat is not None and spot.lon is not None and spot.precision != "country"
        position = f"{spot.lat}, {spot.lon}" if drawn else None
        yield joined("place", entry_id(key, "places", number), spot.name, spot.country, spot.precision, position)


def report_line(row: ReportRow) -> str:
    """A report of an archive, with how much it tells."""
    published = row.published.isoformat() if row.published else None
    counts = f"{row.events} events, {row.contacts} contacts, {row.commitments} commitments"
    return joined(row.report_id, published, row.publisher, counts, row.title)


def hit_line(hit: Hit) -> str:
    """A report that search found."""
    published = hit.published.isoformat() if hit.published else None
    return joined(hit.report_id, published, hit.publisher, hit.title, hit.snippet)


def joined(*fields: str | None) -> str:
    """Fields on one line."""
    return " | ".join(line(field).replace("|", "/") if field else NONE for field in fields)


def _event(event: Event) -> tuple[str | None, ...]:
    return (
        day(event.date),
        standing(event),
        " ".join(filter(None, (code(event), event.cameo))),
        names(event.actors),
        names(event.recipients),
        names([event.asserted_by]) if event.asserted_by else None,
        f"{event.confidence:.2f}",
        event.evidence.text,
    )
