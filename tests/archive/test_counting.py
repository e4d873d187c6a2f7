"""Counts are those of the rows that the same filters list."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean
from typing import Any

import pytest

from dragoman.archive import Archive
from dragoman.archive.counting import ways
from dragoman.errors import ArchiveError

ASKED: list[dict[str, Any]] = [
    {},
    {"dyad": "IRN-QAT"},
    {"actor": "QAT", "status": "occurred"},
    {"state": "IRN"},
    {"category": "AGREE"},
    {"quad": 1, "since": "2024-03-01", "until": "2024-09-30"},
    {"min_confidence": 0.5},
    {"sector": "GOV"},
    {"name": "qatar"},
    {"state": "NOR", "contexts": "diplomatic"},
    {"place": "Doha"},
    {"speaker": "QAT"},
]


def _states(row: Any) -> set[str]:
    return {p.actor.country for p in (*row.event.actors, *row.event.recipients) if p.actor.country}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_events(full: Archive, asked: dict[str, Any]) -> None:
    rows = list(full.events(**asked))
    assert full.count("events", **asked) == len({row.event_id for row in rows})
    by_category = {c.key: c.number for c in full.counts("events", by="category", **asked)}
    assert by_category == Counter(category for _, category in {(row.event_id, row.event.category) for row in rows})
    by_country = {c.key: c.tellings for c in full.counts("events", by="country", **asked)}
    assert by_country == Counter(state for row in rows for state in _states(row))
    for found in full.counts("events", by="quad", **asked):
        told = defaultdict(list)
        for row in rows:
            if str(row.event.quad) == found.key:
                told[row.event_id].append(row.event.intensity)
        values = [fmean(tellings) for tellings in told.values()]
        assert found.number == len(values)
        assert found.sum == pytest.approx(sum(values))
        assert found.intensity == pytest.approx(fmean(values))


def test_pairs(full: Archive) -> None:
    for found in full.counts("events", by="dyad"):
        assert found.key is not None
        assert found.number == full.count("events", dyad=found.key), found


def test_days_come_in_order(full: Archive) -> None:
    for by, signs in (("day", 10), ("month", 7), ("year", 4)):
        found = full.counts("reports", by=by)
        keys = [c.key for c in found]
        assert keys == sorted(keys, key=str)
        rows = [row.published.isoformat()[:signs] for row in full.reports() if row.published]
        assert {c.key: c.number for c in found} == Counter(rows)


@pytest.mark.parametrize("what", ["reports", "events", "contacts", "statements", "commitments", "actors"])
def test_every_way(full: Archive, what: str) -> None:
    rows = list(getattr(full, what)())
    total = len(rows)
    assert full.count(what) == len({row.event_id if what == "events" else row.id for row in rows})
    for by in ways(what):
        counted = sum(c.tellings for c in full.counts(what, by=by))
        if by not in ("dyad", "country", "name", "context", "day", "month", "year"):
            assert counted == total, by
        assert len(full.counts(what, by=by, limit=1)) <= 1


def test_what_cannot_be_counted(full: Archive) -> None:
    with pytest.raises(ArchiveError, match="cannot be counted by 'mood'; they can by: day"):
        full.counts("events", by="mood")
    with pytest.raises(ArchiveError, match="'words' cannot be counted"):
        full.count("words")
    with pytest.raises(TypeError, match="no filter 'category'"):
        full.count("contacts", category="AGREE")
