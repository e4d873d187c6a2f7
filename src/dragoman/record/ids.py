"""The ids of entries: the report's id, a letter for the kind, and the place in the record, counted from 0."""

from __future__ import annotations

LETTERS = {"actors": "a", "events": "e", "contacts": "c", "statements": "s", "commitments": "m", "places": "p"}
"""Kinds of entries, and their letters."""


def entry_id(report_id: str, kind: str, ordinal: int) -> str:
    """The id of an entry, everywhere the same: ``0123456789abcdef-e0`` is a report's first event."""
    return f"{report_id}-{LETTERS[kind]}{ordinal}"
