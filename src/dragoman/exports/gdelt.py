"""GDELT 2.0: the table of events (61 columns) and the table of mentions (16), as GDELT's own files have them.

In: passages. Out: rows of both. Events are the happenings, mentions the reports that tell them. GDELT's conventions:
CAMEO actor codes with Romania as ROM and East Timor as TMP, FIPS 10-4 for places, quads by CAMEO root, Goldstein
values, ids that are numbers. What Dragoman does not measure (tone, ethnic and religious codes) stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from dragoman.archive.passages import Passage
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.sentences import sentence_number
from dragoman.exports.sides import Kept, Needs, Told, Unit, day_of, has_cameo, number_of, pairs, roles
from dragoman.exports.tabs import Cell
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import exchange, fips, gdelt_country, plain_name
from dragoman.record.entries import Party, Place


def _actor(number: int) -> tuple[Column, ...]:
    name = f"Actor{number}"
    who = "who acts" if number == 1 else "who is acted on"
    return (
        Column(f"{name}Code", f"CAMEO's whole code of {who}: country or kind, then roles"),
        Column(f"{name}Name", f"name of {who}, in capitals"),
        Column(f"{name}CountryCode", "CAMEO's country code: ISO 3166-1 alpha-3 but for ROM and TMP"),
        Column(f"{name}KnownGroupCode", "UNO and EEC for United Nations and European Union, else empty"),
        Column(f"{name}EthnicCode", "empty"),
        Column(f"{name}Religion1Code", "empty"),
        Column(f"{name}Religion2Code", "empty"),
        Column(
            f"{name}Type1Code", "CAMEO's role, of those in GDELT's list; IGO, NGO and so on for international actors"
        ),
        Column(f"{name}Type2Code", "second role"),
        Column(f"{name}Type3Code", "third role"),
    )


def _geo(name: str, holds: str) -> tuple[Column, ...]:
    return (
        Column(
            f"{name}_Type", f"{holds}: 0 none, 1 country, 2 US state, 3 US city, 4 other city, 5 other region", "Int64"
        ),
        Column(f"{name}_Fullname", "name and country"),
        Column(f"{name}_CountryCode", "FIPS 10-4"),
        Column(f"{name}_ADM1Code", "FIPS 10-4 code of the country when the place is a country, else empty"),
        Column(f"{name}_ADM2Code", "empty"),
        Column(f"{name}_Lat", "degrees north; empty for a country, which is no point", "Float64"),
        Column(f"{name}_Long", "degrees east; empty for a country", "Float64"),
        Column(
            f"{name}_FeatureID", "FIPS 10-4 code when the place is a country, else empty: GeoNames ids are not GNS ids"
        ),
    )


EVENTS = Layout(
    "gdelt",
    (
        Column("GlobalEventID", "number made of the id of the event and the pair of actors", "Int64"),
        Column("Day", "first day of the event, YYYYMMDD", "Int64"),
        Column("MonthYear", "YYYYMM", "Int64"),
        Column("Year", "YYYY", "Int64"),
        Column("FractionDate", "year and share of the year that has passed, four decimals", "Float64"),
        *_actor(1),
        *_actor(2),
        Column("IsRootEvent", "1 when told in the report's first paragraph, else 0", "Int64"),
        Column("EventCode", "CAMEO code, text"),
        Column("EventBaseCode", "its first three digits, text"),
        Column("EventRootCode", "its first two digits, text"),
        Column("QuadClass", "1 and 2 verbal and material cooperation, 3 and 4 conflict, by root code", "Int64"),
        Column("GoldsteinScale", "Goldstein value of the code, -10 to 10", "Float64"),
        Column("NumMentions", "tellings of the event in the archive", "Int64"),
        Column("NumSources", "outlets among them", "Int64"),
        Column("NumArticles", "reports among them", "Int64"),
        Column("AvgTone", "empty", "Float64"),
        *_geo("Actor1Geo", "place of the actor; not known"),
        *_geo("Actor2Geo", "place of the recipient; not known"),
        *_geo("ActionGeo", "place of the event"),
        Column("DATEADDED", "day the first report of it appeared, YYYYMMDDHHMMSS at midnight", "Int64"),
        Column("SOURCEURL", "address of the report"),
    ),
    header=False,
)  # fmt: skip
MENTIONS = Layout(
    "gdelt mentions",
    (
        Column("GlobalEventID", "as in the table of events", "Int64"),
        Column("EventTimeDate", "day the first report of the event appeared, YYYYMMDDHHMMSS at midnight", "Int64"),
        Column("MentionTimeDate", "day this report appeared, YYYYMMDDHHMMSS at midnight", "Int64"),
        Column("MentionType", "1 when the report has an address, else 2", "Int64"),
        Column("MentionSourceName", "domain of the address, else the outlet"),
        Column("MentionIdentifier", "address, else outlet, title and day"),
        Column("SentenceID", "number of the sentence, the first being 1", "Int64"),
        Column("Actor1CharOffset", "where the words for the actor start, in characters; -1 without one", "Int64"),
        Column("Actor2CharOffset", "where the words for the recipient start; -1 without one", "Int64"),
        Column("ActionCharOffset", "where the words for the act start", "Int64"),
        Column("InRawText", "always 1", "Int64"),
        Column("Confidence", "10 to 100 in tens: the event's confidence", "Int64"),
        Column("MentionDocLen", "characters of the report's text", "Int64"),
        Column("MentionDocTone", "empty", "Float64"),
        Column("MentionDocTranslationInfo", "empty: reports are in English"),
        Column("Extras", "empty"),
    ),
    header=False,
)
NEEDS: Needs = {"no CAMEO code": has_cameo}
_TYPES = 3
_LEAD = re.compile(r"[^\n]{80,}|[^\n]+\Z")


def both(kept: Kept, passages: Iterable[Passage]) -> Iterator[tuple[Told, bool]]:
    """Pairs that fit, each with whether it makes a row of events (it always makes one of mentions)."""
    for passage, first in kept(passages):
        for told in pairs(passage):
            yield told, first


def event_row(told: Told, unit: Unit) -> list[Cell]:
    """A row of the table of events."""
    passage, event = told.passage, told.event
    code = event.cameo
    assert code is not None
    day = day_of(passage)
    return [
        number_of(told.key(unit)),
        *_days(day),
        *_party(told.source),
        *_party(told.target),
        int(event.trigger.start < _lead_end(passage.around.report.text)),
        code,
        code[:3],
        code[:2],
        exchange().quads[code[:2]].gdelt,
        codebook().cameo[code].goldstein,
        passage.reports,
        max(passage.outlets, 1),
        passage.reports,
        None,
        *_place(None),
        *_place(None),
        *_place(event.place),
        _moment(passage.first_told),
        passage.url,
    ]


def mention_row(told: Told, unit: Unit) -> list[Cell]:
    """A row of the table of mentions."""
    passage, event, report = told.passage, told.event, told.passage.around.report
    site = urlsplit(passage.url or "").hostname
    citation = ", ".join(str(part) for part in (passage.publisher, report.title, passage.published) if part)
    return [
        number_of(told.key(unit)),
        _moment(passage.first_told),
        _moment(passage.published),
        1 if passage.url else 2,
        site.removeprefix("www.") if site else passage.publisher,
        passage.url or citation or passage.report_id,
        sentence_number(report.text, event.trigger.start),
        told.source.span.start if told.source else -1,
        told.target.span.start if told.target else -1,
        event.trigger.start,
        1,
        min(100, max(10, round(event.confidence * 10) * 10)),
        len(report.text),
        None,
        None,
        None,
    ]


def _lead_end(text: str) -> int:
    """Where the first paragraph ends; a headline above it is none, but what it tells is told in the opening."""
    lead = _LEAD.search(text)
    return lead.end() if lead else len(text)


def _days(day: date | None) -> tuple[Cell, ...]:
    if day is None:
        return (None,) * 4
    length = date(day.year, 12, 31).timetuple().tm_yday
    share = f"{day.year + (day.timetuple().tm_yday - 1) / length:.4f}"
    return f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", share


def _moment(day: date | None) -> str | None:
    return f"{day:%Y%m%d}000000" if day else None


def _party(party: Party | None) -> list[Cell]:
    if party is None:
        return [None] * 10
    actor, known = party.actor, exchange()
    abroad = known.international.get(actor.country or "")
    country = gdelt_country(actor.country)
    allowed = {sector.cameo for sector in known.sectors.values() if sector.gdelt}
    own = [role for role in roles(actor) if role in allowed]
    types = ([abroad.gdelt_type] if abroad and abroad.gdelt_type else []) + own
    code = (abroad.cameo if abroad else country or "") + "".join(own)
    shown: list[Cell] = [*types[:_TYPES], *([None] * (_TYPES - len(types)))]
    group = abroad.gdelt_group if abroad else None
    return [code or None, actor.name.upper(), country, group, None, None, None, *shown]


def _place(place: Place | None) -> list[Cell]:
    if place is None:
        return [0, *([None] * 7)]
    country, code = plain_name(place.country), fips(place.country)
    if place.precision == "country":
        return [1, place.name, code, code, None, None, None, code]
    kind = {True: {"region": 2}, False: {"region": 5}}[place.country == "USA"].get(place.precision)
    name = ", ".join(dict.fromkeys(part for part in (place.name, country) if part))
    return [kind or (3 if place.country == "USA" else 4), name, code, None, None, place.lat, place.lon, None]
