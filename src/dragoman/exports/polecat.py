"""POLECAT: 40 columns under a header, one row an event, all actors and recipients in it.

In: passages. Out: rows. POLECAT's conventions: PLOVER types, modes, scores and contexts, ISO 3166-1 alpha-3 and
Correlates of War numbers for countries, several values parted by ``; ``, the word ``None`` for what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dragoman.archive.passages import Passage
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sides import Unit, day_of
from dragoman.exports.tabs import Cell
from dragoman.knowledge.exchange import cow, exchange
from dragoman.record.entries import Party


def _party(name: str, wiki: str, who: str) -> tuple[Column, ...]:
    return (
        Column(f"{name} Name", f"names of {who}"),
        Column(f"{name} Country", "ISO 3166-1 alpha-3, PLOVER's codes for international actors"),
        Column(f"{name} COW", "Correlates of War numbers, text: there may be several"),
        Column(f"Primary {name} Sector", "PLOVER's main sectors"),
        Column(f"{name} Sectors", "all sectors of each"),
        Column(f"{name} Title", "office as the record has it"),
        Column(f"{name} Name Raw", "the words of the report"),
        Column(wiki, "Wikidata ids (Q...); article names are not known"),
    )


LAYOUT = Layout(
    "polecat",
    (
        Column("Event ID", "id of the event, stable and unique"),
        Column("Event Date", "first day of the event, YYYY-MM-DD"),
        Column("Event Type", "PLOVER category"),
        Column("Event Mode", "PLOVER mode"),
        Column("Intensity", "PLOVER score, -10 to 10", "Float64"),
        Column("Quad Code", "PLOVER quad in words: Verbal Cooperation and so on"),
        Column("Contexts", "PLOVER contexts"),
        *_party("Actor", "Wikipedia Actor ID", "those who act"),
        *_party("Recipient", "Wikipedia Recipient ID", "those who are acted on"),
        Column("Placename", "name of the place"),
        Column("City", "the same when it is a city or a point in one"),
        Column("District", "always None"),
        Column("Province", "the name when it is a region"),
        Column("Country", "ISO 3166-1 alpha-3 of the place"),
        Column("Latitude", "degrees north; None for a country, which is no point", "Float64"),
        Column("Longitude", "degrees east; None for a country", "Float64"),
        Column("GeoNames ID", "GeoNames id", "Int64"),
        Column("Raw Placename", "the words of the report"),
        Column("Feature Type", "GeoNames class: P city or point, A region or country"),
        Column("Source", "outlet"),
        Column("Publication Date", "day the report appeared, YYYY-MM-DD"),
        Column("Story People", "all persons the report names"),
        Column("Story Organizations", "all organisations it names"),
        Column("Story Locations", "all places it names"),
        Column("Language", "name of the report's language"),
        Column("Version", "DRAGOMAN and the version of this layout"),
    ),
    header=True,
    missing="None",
)


def row(passage: Passage, unit: Unit) -> list[Cell]:
    """An event's row."""
    event, place, around = passage.event, passage.event.place, passage.around
    day = day_of(passage)
    point = place is not None and place.precision != "country"
    city = place.name if place and place.precision in ("city", "point") else None
    return [
        passage.event_id if unit == "event" else passage.id,
        day.isoformat() if day else None,
        event.category,
        event.mode,
        event.intensity,
        exchange().quad_words[str(event.quad)],
        _joined(event.contexts),
        *_parties(event.actors),
        *_parties(event.recipients),
        place.name if place else None,
        city,
        None,
        place.name if place and place.precision == "region" else None,
        place.country if place else None,
        place.lat if place and point else None,
        place.lon if place and point else None,
        place.geoname_id if place else None,
        place.span.text if place else None,
        ("P" if city else "A") if place else None,
        passage.publisher,
        passage.published.isoformat() if passage.published else None,
        _joined(around.people),
        _joined(around.organisations),
        _joined(around.locations),
        "English" if around.report.language == "en" else around.report.language,
        f"DRAGOMAN-{LAYOUT.version}",
    ]


def _joined(values: Iterable[object | None]) -> str | None:
    """Values side by side; a missing one keeps its place, so that the columns of a party stay in step."""
    parts = ["None" if value is None else str(value).replace(";", ",") for value in values]
    return "; ".join(parts) if any(part != "None" for part in parts) else None


def _parties(parties: tuple[Party, ...]) -> list[Cell]:
    fields: tuple[Callable[[Party], object | None], ...] = (
        lambda party: party.actor.name,
        lambda party: party.actor.country,
        lambda party: cow(party.actor.country),
        lambda party: party.actor.sector,
        lambda party: " ".join(s for s in (party.actor.sector, *party.actor.other_sectors) if s) or None,
        lambda party: party.actor.role,
        lambda party: party.span.text,
        lambda party: party.actor.qid,
    )
    return [_joined(field(party) for party in parties) for field in fields]
