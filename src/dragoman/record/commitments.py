"""Commitments. (first sketch)"""
from __future__ import annotations
from dataclasses import dataclass, field
from dragoman.actors.cast import Cast
from dragoman.events.coding import Coding, Side
from dragoman.reading.words import Reading
from dragoman.record.contacts import Met
from dragoman.record.statements import Said

@dataclass(slots=True, eq=False)
class Bound:
    """A commitment while the record is put together; `start`, `end` are offsets of its content."""
    kind: str
    by: list[Side]
    to: list[Side]
    start: int
    end: int
    status: str = "open"
    addressee: Side | None = None
    due: str | None = None
    condition: str | None = None
    refers_to: str | None = None
    background: bool = False
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)

def find_commitments(reading: Reading, cast: Cast, codings: list[Coding], said: list[Said], met: list[Met]) -> list[Bound]:
    return []
