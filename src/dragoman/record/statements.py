"""Who said what about whom. (first sketch)"""
from __future__ import annotations
from dataclasses import dataclass, field
from dragoman.actors.cast import Cast
from dragoman.events.coding import Side
from dragoman.reading.words import Reading

@dataclass(slots=True, eq=False)
class Said:
    """A statement while the record is put together; offsets are code points, word numbers for the cue."""
    speakers: list[Side]
    start: int
    end: int
    kind: str
    cue: tuple[int, int] | None = None
    addressees: list[Side] = field(default_factory=list)
    about: list[Side] = field(default_factory=list)
    stance: str = "neutral"
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)

def find_statements(reading: Reading, cast: Cast) -> list[Said]:
    return []
