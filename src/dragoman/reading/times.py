"""Time expressions: stub until written."""
from __future__ import annotations
from datetime import date
from dragoman.reading.words import Reading, TimeExpression

def find_times(reading: Reading, published: date | None) -> list[TimeExpression]:
    return []


def day_of(text: str) -> date:
    """A calendar day from text, ISO or as people write it.

    Raises:
        ValueError: when it is no date.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        import dateparser

        found = dateparser.parse(text, languages=["en"], settings={"DATE_ORDER": "DMY"})
        if found is None:
            raise ValueError(f"{text!r} is no date; write it as 2024-06-01") from None
        return found.date()
