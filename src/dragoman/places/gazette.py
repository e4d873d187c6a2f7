"""Places named in a report. (first sketch)"""
from __future__ import annotations
from dataclasses import dataclass, field
from dragoman.actors.cast import Cast
from dragoman.reading.words import Reading

@dataclass(slots=True, eq=False)
class Spot:
    """A place while the record is put together; `first`, `last` are word numbers."""
    first: int
    last: int
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geoname_id: int | None = None
    precision: str = "city"
    reasons: list[tuple[str, float]] = field(default_factory=list)

def find_places(reading: Reading, cast: Cast) -> list[Spot]:
    return []
