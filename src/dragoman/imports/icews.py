"""ICEWS's rows in our codes: country names, sectors in words, CAMEO codes; a missing code column is told."""

from __future__ import annotations

from functools import lru_cache

from dragoman.archive.imported import ImportedEvent, ImportedParty
from dragoman.imports import mending
from dragoman.imports.mending import Mended
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import country_named, exchange

Row = dict[str, str]
_GENERAL = frozenset(("government", "social", "dissident", "local", "municipal", "elite"))
_BODIES = "international government organization"


def event(row: Row) -> tuple[ImportedEvent, list[Mended]]:
    """A row."""
    day, wrong_day = mending.day(row["Event Date"])
    score = mending.number(row["Intensity"])
    code, wrong_code = mending.cameo(row.get("CAMEO Code", ""), score=score)
    category, mode = mending.falls_into(code)
    places = [mending.text(row[name]) for name in ("City", "District", "Province", "Country")]
    made = ImportedEvent(
        source="icews",
        source_id=f"{row['Event ID'].strip().removesuffix('.0')}/{day or row['Event Date'].strip()}",
        day=day,
        category=category,
        mode=mode,
        cameo=code,
        quad=codebook().categories[category].quad if category else None,
        intensity=score,
        actors=_party(row, "Source"),
        recipients=_party(row, "Target"),
        place_name=next((place for place in places if place), None),
        place_country=country_named(row["Country"]),
        publisher=mending.text(row["Publisher"]),
    )
    return made, [wrong for wrong in (wrong_day, wrong_code) if wrong]


def _party(row: Row, side: str) -> tuple[ImportedParty, ...]:
    name = mending.text(row[f"{side} Name"])
    country = mending.text(row[f"{side} Country"])
    words = [word.strip().lower() for word in row[f"{side} Sectors"].split(",")]
    if not name and not country:
        return ()
    code = country_named(country) if country else country_named(name or "")
    if code is None and _BODIES in words:
        code = "IGO"
    return (ImportedParty(name=name, country=code, sector=_sector(words)),)


def _sector(words: list[str]) -> str | None:
    """The sector that says most: a general one only where no other says which part of it is meant."""
    found = [word for word in words if sectors().get(word)]
    special = [word for word in found if word not in _GENERAL]
    if found and found[0] == "government":
        special = [word for word in special if _within_government(sectors()[word])]
    return sectors()[(special or found)[0]] if found else None


def _within_government(sector: str | None) -> bool:
    return sector is not None and "Government" in exchange().sectors[sector].icews


@lru_cache(maxsize=1)
def sectors() -> dict[str, str | None]:
    """PLOVER's sector for each of ICEWS's, lower case."""
    known = exchange()
    found: dict[str, str | None] = {}
    for ours, theirs in known.sectors.items():
        if theirs.icews:
            found.setdefault(theirs.icews[0].lower(), ours)
    # PRM is written as UAF is.
    return found | {"unidentified forces": "UAF"} | known.icews_read
