"""POLECAT's rows in our codes: they are PLOVER's already, but for several values in a cell."""

from __future__ import annotations

import re
from itertools import zip_longest

from dragoman.archive.imported import ImportedEvent, ImportedParty
from dragoman.imports import mending
from dragoman.imports.mending import Mended
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import exchange

Row = dict[str, str]


def event(row: Row) -> tuple[ImportedEvent, list[Mended]]:
    """A row."""
    book, wrong = codebook(), list[Mended]()
    day, wrong_day = mending.day(row["Event Date"])
    category = (mending.text(row["Event Type"]) or "").upper() or None
    if category not in book.categories:
        wrong.append(Mended("code", f"PLOVER has no category {category!r}", "left out"))
        category = None
    mode = (mending.text(row["Event Mode"]) or "").lower() or None
    if category and mode and mode not in book.modes[category]:
        wrong.append(Mended("code", f"{category} has no mode {mode!r}", "left out"))
        mode = None
    made = ImportedEvent(
        source="polecat",
        source_id=row["Event ID"].strip(),
        day=day,
        category=category,
        mode=mode if category else None,
        quad=book.categories[category].quad if category else _quad(row["Quad Code"]),
        intensity=mending.number(row["Intensity"]),
        actors=_parties(row, "Actor"),
        recipients=_parties(row, "Recipient"),
        place_name=mending.text(row["Placename"]),
        place_country=mending.text(row["Country"]),
        publisher=mending.text(row["Source"]),
    )
    return made, [*wrong, *([wrong_day] if wrong_day else [])]


def _quad(cell: str) -> int | None:
    words = re.sub(r"[^a-z]+", " ", cell.lower()).strip()
    for number, name in exchange().quad_words.items():
        if words == name.lower():
            return int(number)
    found = re.fullmatch(r"\s*Q?([1-4])(\.0)?\s*", cell)
    return int(found[1]) if found else None


def _parties(row: Row, side: str) -> tuple[ImportedParty, ...]:
    columns = [_several(row[name]) for name in (f"{side} Name", f"{side} Country", f"Primary {side} Sector")]
    known = codebook().sectors
    return tuple(
        ImportedParty(name=name, country=country, sector=sector if sector in known else None)
        for name, country, sector in zip_longest(*columns)
        if name or country
    )


def _several(cell: str) -> list[str | None]:
    return [mending.text(part) for part in cell.split(";")] if mending.text(cell) else []
