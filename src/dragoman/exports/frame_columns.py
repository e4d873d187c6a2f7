"""The columns of the pandas tables, and what each holds: ``day`` is a datetime, the rest are pandas's own types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from dragoman.record.entries import Category, Precision, Status

NAMES = ("events", "contacts", "statements", "commitments", "mentions", "parties", "labels", "dyads", "reports")
SIDES: Mapping[str, tuple[str, ...]] = {
    "events": ("actor", "recipient", "asserted_by"),
    "contacts": ("participant",),
    "statements": ("speaker", "addressee", "about"),
    "commitments": ("by", "to", "addressee"),
}
LABELS: Mapping[str, tuple[str, ...]] = {"events": ("contexts",), "contacts": ("topics",)}
_PARTY = {"": "string", "_country": "category", "_sector": "category", "_kind": "category"}
_COMMON = {"id": "string", "report_id": "string", "url": "string", "publisher": "category", "published": "day"}
_PLACE = {
    "place": "string",
    "place_country": "category",
    "place_lat": "Float64",
    "place_lon": "Float64",
    "place_geoname_id": "Int64",
    "place_precision": "category",
}


def _span(name: str) -> dict[str, str]:
    return {f"{name}_start": "Int64", f"{name}_end": "Int64", name: "string"}


def _sides(kind: str) -> dict[str, str]:
    columns: dict[str, str] = {}
    for side in SIDES[kind]:
        columns |= {f"{side}{part}": dtype for part, dtype in _PARTY.items()}
        columns[f"{side}_number"] = "Int64"
    return columns


def _categories(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "category")


_DAYS = {"day": "day", "day_to": "day"}
COLUMNS: Mapping[str, dict[str, str]] = {
    "events": {
        **_COMMON,
        "event_id": "string",
        **_categories("category", "mode", "cameo"),
        "quad": "Int64",
        "intensity": "Float64",
        "status": "category",
        "background": "boolean",
        "reciprocal": "boolean",
        **_DAYS,
        "date_basis": "category",
        **_sides("events"),
        **_PLACE,
        **_span("trigger"),
        **_span("evidence"),
        "confidence": "Float64",
    },
    "contacts": {
        **_COMMON,
        **_categories("channel", "status", "visitor", "host"),
        "background": "boolean",
        **_DAYS,
        **_sides("contacts"),
        **_PLACE,
        **_span("evidence"),
        "confidence": "Float64",
    },
    "statements": {
        **_COMMON,
        **_categories("kind", "stance"),
        **_sides("statements"),
        **_span("cue"),
        **_span("content"),
        "confidence": "Float64",
    },
    "commitments": {
        **_COMMON,
        **_categories("kind", "status"),
        "background": "boolean",
        "due": "day",
        "due_to": "day",
        "condition": "string",
        "refers_to": "string",
        **_sides("commitments"),
        **_span("content"),
        "confidence": "Float64",
    },
    "mentions": {
        **_COMMON,
        "event_id": "string",
        **_categories("category", "status"),
        "background": "boolean",
        **_span("evidence"),
    },
    "parties": {
        "entry": "string",
        "report_id": "string",
        **_categories("entry_kind", "side"),
        "ordinal": "Int64",
        "name": "string",
        **_categories("kind", "country", "sector"),
        "role": "string",
        "role_status": "category",
        "qid": "string",
        "start": "Int64",
        "end": "Int64",
        "text": "string",
    },
    "labels": {"entry": "string", **_categories("entry_kind"), "ordinal": "Int64", "label": "string"},
    "dyads": {
        "id": "string",
        "event_id": "string",
        "day": "day",
        **_categories("source", "target", "category", "cameo"),
        "quad": "Int64",
        "intensity": "Float64",
        "status": "category",
        "background": "boolean",
    },
    "reports": {
        "report_id": "string",
        "title": "string",
        "url": "string",
        "publisher": "category",
        "published": "day",
        **dict.fromkeys(("events", "contacts", "statements", "commitments"), "Int64"),
    },
}
"""The columns of each table: ``category``, ``string``, ``Int64``, ``Float64``, ``boolean``, or ``day`` (datetime)."""
KNOWN: Mapping[str, Sequence[str]] = {
    "category": get_args(Category),
    "status": get_args(Status),
    "place_precision": get_args(Precision),
}
"""What a column may hold in the tables of events, so that a category that does not occur is still one."""
