"""Page after page gives every row once, in order, whatever is added meanwhile; cursors are checked."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

import make
from dragoman.archive import Archive
from dragoman.errors import ArchiveError

KINDS = ("reports", "events", "mentions", "contacts", "statements", "commitments", "actors")


def leafed(archive: Archive, what: str, limit: int, **asked: Any) -> list[Any]:
    rows, after = [], None
    for _ in count():
        page = archive.page(what, after=after, limit=limit, **asked)
        rows += page.rows
        assert len(page.rows) == limit or page.next is None
        if page.next is None:
            return rows
        after = page.next
    raise AssertionError


@pytest.mark.parametrize("what", KINDS)
def test_pages_are_what_the_list_is(full: Archive, what: str) -> None:
    listed = [row.id for row in getattr(full, what)()]
    assert listed
    assert [row.id for row in leafed(full, what, 7)] == listed
    assert [row.id for row in leafed(full, what, 50, newest=True)] == listed[::-1]


@pytest.mark.parametrize("asked", [{"actor": "IRN"}, {"since": "2024-05-01", "status": "planned"}, {"dyad": "EGY-NOR"}])
def test_filters(full: Archive, asked: dict[str, Any]) -> None:
    listed = [row.id for row in full.events(**asked)]
    assert listed
    assert [row.id for row in leafed(full, "events", 3, **asked)] == listed


def test_the_ledger(full: Archive) -> None:
    assert [line.id for line in leafed(full, "ledger", 9)] == [line.id for line in full.ledger()]


@pytest.mark.parametrize("words", ["envoy", "praised Doha", '"in Doha"', "nowhere"])
def test_search(full: Archive, words: str) -> None:
    hits = list(full.search(words))
    assert leafed(full, "search", 7, words=words) == hits
    assert leafed(full, "search", 7, words=words, dyad="IRN-QAT") == list(full.search(words, dyad="IRN-QAT"))


@pytest.mark.parametrize("glance", [3, 5, 12])
def test_more_hits_than_are_ranked(full: Archive, glance: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {hit.report_id: hit for hit in full.search("envoy")}
    monkeypatch.setattr("dragoman.archive.searching.RANKED", 10)
    monkeypatch.setattr("dragoman.archive.searching._SAMPLE", glance)
    monkeypatch.setattr("dragoman.archive.searching._FAR", 1)
    monkeypatch.setattr("dragoman.archive.searching._MORE", 1)
    monkeypatch.setattr("dragoman.archive.postgres_words.LOOKED_AT", glance)
    for asked in ({}, {"since": "2024-01-01"}, {"state": "IRN"}):
        expected = {hit.report_id for hit in full.search("envoy", **asked)}
        found = leafed(full, "search", 4, words="envoy", **asked)
        assert len(found) == len(expected) > 12
        assert {hit.report_id for hit in found} == expected
        scores = [hit.score for hit in found]
        assert scores[:10] == sorted(scores[:10], reverse=True)
        assert all(scores[:10]), scores
        assert not any(scores[10:])
        assert found == list(full.search("envoy", **asked))
        assert all(hit.snippet == every[hit.report_id].snippet for hit in found)


def test_what_is_added_shifts_nothing(archive: Archive) -> None:
    archive.add(make.synthetic(20))
    before = [row.id for row in archive.events()]
    searched = [hit.report_id for hit in archive.search("envoy")]
    page, found = archive.page("events", limit=10), archive.page("search", words="envoy", limit=5)
    rows, hits = list(page.rows), list(found.rows)
    later = make.synthetic(20, first=20)
    while page.next or found.next:
        archive.add([record for record, _ in zip(later, range(2), strict=False)])
        if page.next:
            page = archive.page("events", limit=10, after=page.next)
            rows += page.rows
        if found.next:
            found = archive.page("search", words="envoy", limit=5, after=found.next)
            hits += found.rows
    ids = [row.id for row in rows]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one in set(before)] == before
    assert {hit.report_id for hit in hits} == set(searched)
    assert len(hits) == len(searched)


@pytest.mark.parametrize("bad", ["", "x", "äöü", "AAAA", "eJyrVkrLz1eyUkpKLFKqBQAdegPe", 7])
def test_what_is_no_cursor(full: Archive, bad: Any) -> None:
    with pytest.raises(ArchiveError, match="no cursor"):
        full.page("events", after=bad)


def test_a_cursor_of_another_question(full: Archive) -> None:
    given = full.page("events", limit=2, actor="IRN").next
    assert given is not None
    assert full.page("events", limit=5, actor="IRN", after=given).rows
    for what, asked in (
        ("events", {}),
        ("events", {"actor": "QAT"}),
        ("events", {"actor": "IRN", "newest": True}),
        ("mentions", {"actor": "IRN"}),
        ("search", {"actor": "IRN", "words": "envoy"}),
    ):
        with pytest.raises(ArchiveError, match="another question"):
            full.page(what, after=given, **asked)


@pytest.mark.parametrize(
    ("what", "asked", "said"),
    [
        ("words", {}, "no pages of 'words'"),
        ("events", {"limit": 0}, "1 to 1,000"),
        ("events", {"limit": 2.0}, "1 to 1,000"),
        ("ledger", {"newest": True}, "leave newest out"),
        ("search", {}, "give words"),
        ("events", {"words": "envoy"}, "give words"),
        ("search", {"words": "!?"}, "at least one word"),
    ],
)
def test_refuses(full: Archive, what: str, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        full.page(what, **asked)
