"""ICEWS coded event data: 20 columns under a header, one row a source and target.

In: passages. Out: rows. ICEWS's conventions: CAMEO codes as text, Goldstein values as intensity, plain country names
("Russian Federation"), sectors in words parted by commas, mutual events once in each direction.
"""

from __future__ import annotations

from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sentences import sentence_number
from dragoman.exports.sides import Needs, Told, Unit, day_of, has_cameo, number_of
from dragoman.exports.tabs import Cell
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import exchange, plain_name
from dragoman.record.entries import Party

LAYOUT = Layout(
    "icews",
    (
        Column("Event ID", "number made of the id of the event and the pair of actors; unique alone", "Int64"),
        Column("Event Date", "first day of the event, YYYY-MM-DD"),
        Column("Source Name", "name of who acts"),
        Column("Source Sectors", "sectors in ICEWS's words, parted by commas"),
        Column("Source Country", "plain country name"),
        Column("Event Text", "what the CAMEO code means, in Dragoman's words"),
        Column("CAMEO Code", "text: leading zeros are kept"),
        Column("Intensity", "Goldstein value of the code, -10 to 10", "Float64"),
        Column("Target Name", "name of who is acted on"),
        Column("Target Sectors", "as Source Sectors"),
        Column("Target Country", "plain country name"),
        Column("Story ID", "id of the report, text"),
        Column("Sentence Number", "number of the sentence, the first being 1", "Int64"),
        Column("Publisher", "outlet"),
        Column("City", "place of the event when it is a city or a point in one"),
        Column("District", "empty"),
        Column("Province", "place of the event when it is a region"),
        Column("Country", "plain name of the place's country"),
        Column("Latitude", "degrees north; empty for a country, which is no point", "Float64"),
        Column("Longitude", "degrees east; empty for a country", "Float64"),
    ),
    header=True,
)
NEEDS: Needs = {"no CAMEO code": has_cameo}


def row(told: Told, unit: Unit) -> list[Cell]:
    """A pair's row."""
    passage, event, place = told.passage, told.event, told.event.place
    code = event.cameo
    assert code is not None
    known = codebook().cameo[code]
    day = day_of(passage)
    point = place is not None and place.precision != "country"
    return [
        number_of(told.key(unit)),
        day.isoformat() if day else None,
        *_party(told.source),
        known.gloss,
        code,
        known.goldstein,
        *_party(told.target),
        passage.report_id,
        sentence_number(passage.around.report.text, event.trigger.start),
        passage.publisher,
        place.name if place and place.precision in ("city", "point") else None,
        None,
        place.name if place and place.precision == "region" else None,
        plain_name(place.country, icews=True) if place else None,
        place.lat if place and point else None,
        place.lon if place and point else None,
    ]


def _party(party: Party | None) -> list[Cell]:
    if party is None:
        return [None] * 3
    actor, known = party.actor, exchange().sectors
    words = dict.fromkeys(
        word for sector in (actor.sector, *actor.other_sectors) if sector in known for word in known[sector].icews
    )
    return [actor.name, ",".join(words), plain_name(actor.country, icews=True)]
