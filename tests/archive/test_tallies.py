"""The packed columns say what the rows say: when reports come, when events are moved, when blocks are packed anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

import make
from archive.by_sql import entry_condition, report_condition
from archive.older import make_first
from dragoman.archive import Archive, tables, tallies
from dragoman.archive.columns import packed, report_of, unpacked
from dragoman.archive.filters import Filters, question
from dragoman.errors import ArchiveError


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "SMALL", 4)
    monkeypatch.setattr(tallies, "LARGE", 12)


def sizes(archive: Archive) -> list[tuple[int, int]]:
    with archive._store.reading() as connection:
        return [(one.first, one.last) for one in tallies.blocks(connection) if one.number]


def tally_faults(archive: Archive) -> list[str]:
    return [fault for fault in archive.check() if fault.startswith("tally")]


def by_rows(archive: Archive) -> tuple[Counter[str], int]:
    rows = list(archive.events())
    return Counter(row.event.category for row in {row.event_id: row for row in rows}.values()), len(rows)


def counted(archive: Archive) -> tuple[Counter[str], int]:
    found = archive.counts(by="category")
    return Counter({one.key: one.number for one in found if one.key}), sum(one.tellings for one in found)


@pytest.mark.usefixtures("small")
def test_blocks_grow(archive: Archive) -> None:
    for number, record in enumerate(make.synthetic(30), start=1):
        archive.add([record])
        assert counted(archive) == by_rows(archive), number
    assert sizes(archive) == [(1, 12), (13, 24), (25, 28)]
    assert archive.check() == []


@pytest.mark.usefixtures("small")
def test_pieces_of_the_word_index_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "TIDY", 2)
    records = list(make.synthetic(26))
    pieces = text("SELECT count(DISTINCT segid) FROM report_words_idx")
    with Archive(f"sqlite:///{tmp_path / 'one.db'}") as archive:
        found = []
        for record in records:
            archive.add([record])
            with archive._store.reading() as connection:
                found.append(int(connection.execute(pieces).scalar_one()))
        assert max(found[:23]) > 1
        assert found[23] == 1  # with the second block of twelve
        assert archive.check() == []
        archive.copy_to(f"sqlite:///{tmp_path / 'other.db'}")
    with Archive(f"sqlite:///{tmp_path / 'other.db'}") as copy, copy._store.reading() as connection:
        assert connection.execute(pieces).scalar_one() == 1


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("together", [3, 5, 30])
def test_adding_together_is_adding(archive: Archive, memory: Archive, together: int) -> None:
    records = list(make.synthetic(31))
    archive.add(records)
    for begin in range(0, 31, together):
        added = memory.add_together(records[begin : begin + together])
        assert added.added == len(records[begin : begin + together])
    assert memory.add_together(records[:9]).already_there == 9
    assert memory.check() == []
    assert [row.event for row in memory.events()] == [row.event for row in archive.events()]
    assert [line.id for line in memory.ledger()] == [line.id for line in archive.ledger()]
    assert memory.count("contacts", dyad="IRN-QAT") == archive.count("contacts", dyad="IRN-QAT")


@pytest.mark.usefixtures("small")
def test_moved(archive: Archive) -> None:
    archive.add(make.synthetic(18))
    ids = [row.id for row in archive.events()]
    reading = archive.count("events")
    for one, into in ((ids[0], ids[-1]), (ids[1], ids[-1]), (ids[-2], ids[2]), (ids[-3], ids[2])):
        with archive._store.writing() as connection:
            connection.execute(update(tables.events).where(tables.events.c.id == one).values(event_id=into))
            tallies.moved(connection, [one])
        reading -= 1
        assert archive.count("events") == reading
    assert counted(archive)[1] == len(ids)
    assert tally_faults(archive) == []
    with archive._store.writing() as connection:
        connection.execute(update(tables.events).where(tables.events.c.id == ids[0]).values(event_id=ids[0]))
    assert any("events.moved" in fault for fault in tally_faults(archive))
    with archive._store.writing() as connection:
        tallies.moved(connection, [ids[0]])
    assert tally_faults(archive) == []
    assert archive.count("events") == reading + 1


@pytest.mark.usefixtures("small")
def test_joined(archive: Archive) -> None:
    records = list(make.synthetic(6))
    one, other = f"{records[0].report.id}-e0", f"{records[5].report.id}-e1"
    archive.add_together(records, joined={other: one})
    rows = {row.id: row.event_id for row in archive.events()}
    assert rows[other] == one
    assert archive.count("events") == len(rows) - 1
    assert archive.check() == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE events SET category = 'ASSAULT' WHERE ordinal = 0", "differs from the rows"),
        ("DELETE FROM tally_columns WHERE name = 'mode'", "differs from the rows"),
        ("UPDATE tally_blocks SET first = 3 WHERE first = 1", "begins at report 3"),
    ],
)
def test_check_finds_what_differs(archive: Archive, change: str, said: str) -> None:
    archive.add(make.synthetic(9))
    with archive._store.writing() as connection:
        connection.execute(text(change))
    assert any(said in fault for fault in archive.check())


@pytest.fixture
def older(home: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An archive of the first schema."""
    if home == "sqlite":
        url = f"sqlite:///{tmp_path / 'record.db'}"
        make_first(url, make.synthetic(29))
        yield url
        return
    with request.getfixturevalue("postgres_server").database() as url:
        make_first(url, make.synthetic(29))
        yield url


@pytest.mark.usefixtures("small")
def test_an_older_archive_is_packed_when_it_is_opened(older: str) -> None:
    with Archive(older) as archive:
        assert sizes(archive) == [(1, 12), (13, 24), (25, 29)]
        assert counted(archive) == by_rows(archive)
        assert archive.count("events", contexts="diplomatic") == len({row.event_id for row in archive.events()})
        assert archive.check() == []


ASKED: list[Filters] = [
    {},
    {"dyad": "IRN-QAT"},
    {"dyad": "EGY-EGY"},
    {"actor": "QAT", "status": "occurred"},
    {"recipient": "FRA", "until": "2024-06-01"},
    {"state": "IRN", "quad": 1},
    {"category": "accuse", "since": "2024-03-01"},
    {"cameo": "10", "background": False},
    {"publisher": "The Wire", "min_confidence": 0.4},
    {"mode": "meet"},
    {"place": "QAT"},
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("kind", ["events", "contacts", "statements", "commitments"])
def test_columns_agree_with_sql(full: Archive, kind: str, asked: Filters) -> None:
    try:
        wanted = question(kind, asked)
    except (TypeError, ArchiveError):
        pytest.skip("these entries have no such filter")
    table = tables.metadata.tables[kind]
    query = (
        select(table.c.id)
        .join(tables.reports, tables.reports.c.id == table.c.report_id)
        .where(entry_condition(wanted, table), report_condition(wanted, days=False))
        .order_by(tables.published, tables.reports.c.id, table.c.ordinal)
    )
    with full._store.reading() as connection:
        expected = list(connection.execute(query).scalars())
    assert [row.id for row in getattr(full, kind)(**asked)] == expected


def test_two_see_what_either_adds(url: str) -> None:
    with Archive(url) as one, Archive(url) as other:
        for record in make.synthetic(5):
            one.add([record])
            assert other.count("reports") == one.count("reports")
            assert other.counts(by="publisher") == one.counts(by="publisher")


def test_columns_come_back() -> None:
    assert unpacked(packed("number", [0, 3, 300])).values.tolist() == [0, 3, 300]
    assert unpacked(packed("share", [0.1, -9.5])).values.tolist() == [0.1, -9.5]
    assert unpacked(packed("day", [None, "0001-01-01", "9999-12-31"])).values.tolist() == [0, 1, 3652059]
    assert [report_of(int(n)) for n in unpacked(packed("id", ["ffffffffffffffff", "00"])).values] == [
        "f" * 16,
        "0" * 16,
    ]
    words = unpacked(packed("word", ["b", None, "\0\n“", "b"]))
    assert [words.words[n] for n in words.values] == ["b", None, "\0\n“", "b"]
    assert unpacked(packed("word", [])).values.tolist() == []
