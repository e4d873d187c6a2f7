"""Contacts. (first sketch)"""
from __future__ import annotations
from dataclasses import dataclass, field
from dragoman.actors.cast import Cast
from dragoman.events.coding import Coding, Side
from dragoman.reading.words import Reading

@dataclass(slots=True, eq=False)
class Met:
    """A contact while the record is put together; `evidence` is first and last word number."""
    channel: str
    participants: list[Side]
    evidence: tuple[int, int]
    visitor: str | None = None
    host: str | None = None
    place: tuple[int, int] | None = None
    date: str | None = None
    status: str = "occurred"
    background: bool = False
    topics: list[str] = field(default_factory=list)
    confidence: float = 0.5
    reasons: list[tuple[str, float]] = field(default_factory=list)

def find_contacts(reading: Reading, cast: Cast, codings: list[Coding]) -> list[Met]:
    return []
