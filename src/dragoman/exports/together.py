"""One's own events and those of other data in one table: what all of them know, in our codes.

In: an archive, which sources, filters that both sides know. Out: rows of `LAYOUT`, one's own first. Of several actors
each column holds one value for each, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from dragoman.archive import Archive
from dragoman.archive.imported import ImportedEvent, ImportedParty
from dragoman.archive.passages import Passage
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sides import Kept, day_of
from dragoman.record.entries import Party
from dragoman.record.export import Cells

Of = Literal["own", "imported", "all"]
OF: tuple[Of, ...] = ("own", "imported", "all")


def _party(name: str, who: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_names", f"names of {who}"),
        Column(f"{name}_countries", "ISO 3166-1 alpha-3, PLOVER's codes for international actors"),
        Column(f"{name}_sectors", "PLOVER's main sectors"),
    )


LAYOUT = Layout(
    "together",
    (
        Column("source", "own, gdelt, polecat or icews"),
        Column("id", "id in the archive"),
        Column("source_id", "id in the other data; of one's own the event's"),
        Column("day", "day of the event, YYYY-MM-DD"),
        Column("category", "PLOVER category; of a row that has only a CAMEO code, where that falls"),
        Column("mode", "PLOVER mode"),
        Column("cameo", "CAMEO code, text; POLECAT has none"),
        Column("quad", "PLOVER quad of the category; of a row without one the source's own", "Int64"),
        Column("intensity", "the source's own score: PLOVER's, Goldstein's", "Float64"),
        *_party("actor", "those who act"),
        *_party("recipient", "those who are acted on"),
        Column("place_name", "place of the event"),
        Column("place_country", "its country, ISO 3166-1 alpha-3"),
        Column("url", "address of a report, where the source has one"),
        Column("publisher", "outlet, where the source has one"),
        Column("mentions", "how many reports tell it, as the source counts them", "Int64"),
        Column("repairs", "what was mended when it was read in"),
    ),
    header=True,
)
SEVERAL = frozenset(
    column.name for column in LAYOUT.columns if column.name.endswith(("_names", "_countries", "_sectors"))
)


def rows(archive: Archive, of: Of, kept: Kept, **filters: Any) -> Iterator[Cells]:
    """Rows by column.

    Raises:
        ArchiveError, TypeError: for filters that cannot be meant, or that imported events cannot answer.
    """
    theirs = archive.imported(**filters) if of != "own" else iter(())
    ours = archive.passages(**filters) if of != "imported" else iter(())
    return _each(ours, theirs, kept)


def _each(ours: Iterator[Passage], theirs: Iterator[ImportedEvent], kept: Kept) -> Iterator[Cells]:
    for passage, first in kept(ours):
        if first:
            yield _own(passage)
    for row in theirs:
        yield _imported(row)


def _own(passage: Passage) -> Cells:
    event, day = passage.event, day_of(passage)
    return {
        "source": "own",
        "id": passage.id,
        "source_id": passage.event_id,
        "day": day.isoformat() if day else None,
        **{name: getattr(event, name) for name in ("category", "mode", "cameo", "quad", "intensity")},
        **_parties("actor", [_of(party) for party in event.actors]),
        **_parties("recipient", [_of(party) for party in event.recipients]),
        "place_name": event.place.name if event.place else None,
        "place_country": event.place.country if event.place else None,
        "url": passage.url,
        "publisher": passage.publisher,
        "mentions": passage.reports,
        "repairs": None,
    }


def _of(party: Party) -> ImportedParty:
    return ImportedParty(name=party.actor.name, country=party.actor.country, sector=party.actor.sector)


def _imported(row: ImportedEvent) -> Cells:
    names = ("category", "mode", "cameo", "quad", "intensity", "place_name", "place_country", "url", "publisher")
    return {
        "source": row.source,
        "id": row.id,
        "source_id": row.source_id,
        "day": row.day.isoformat() if row.day else None,
        **{name: getattr(row, name) for name in (*names, "mentions")},
        **_parties("actor", list(row.actors)),
        **_parties("recipient", list(row.recipients)),
        "repairs": "; ".join(row.repairs) or None,
    }


def _parties(name: str, parties: list[ImportedParty]) -> Cells:
    return {
        f"{name}_names": tuple(party.name for party in parties),
        f"{name}_countries": tuple(party.country for party in parties),
        f"{name}_sectors": tuple(party.sector for party in parties),
    }
