"""Time expressions: stub until written."""
from __future__ import annotations
from datetime import date
from dragoman.reading.words import Reading, TimeExpression

def find_times(reading: Reading, published: date | None) -> list[TimeExpression]:
    return []
