"""Rows of other event data in the archive, in either kind of database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

import make
from dragoman.archive import Archive
from dragoman.archive.imported import ImportedEvent, ImportedMention, ImportedParty
from dragoman.errors import ArchiveError


def event(number: int = 0, **fields: Any) -> ImportedEvent:
    given = {
        "source": "gdelt",
        "source_id": str(number),
        "day": date(2024, 1, 1) + timedelta(days=number),
        "category": "CONSULT",
        "cameo": "042",
        "quad": 1,
        "intensity": 1.9,
        "actors": (ImportedParty(name="IRAN", country="IRN"), ImportedParty(name="EGYPT", country="EGY")),
        "recipients": (ImportedParty(name="QATAR", country="QAT", sector="GOV"),),
        "row": f"{number}\tx",
        "file": "a.csv",
        "line": number + 1,
        "repairs": ("CAMEO code '42' lost its leading zero: read as 042",),
    }
    return ImportedEvent(**given | fields)


def test_rows_come_back_as_they_went_in(memory: Archive) -> None:
    rows = [event(0), event(1, actors=(), repairs=(), day=None, cameo=None, category=None), event(2, source="icews")]
    assert [batch.added for batch in memory.take_in(rows)] == [3]
    assert list(memory.imported()) == [rows[1], rows[0], rows[2]], "what has no day comes first"
    assert memory.check() == []


def test_mentions_stand_apart(memory: Archive) -> None:
    mention = ImportedMention(source="gdelt", source_id="0", day=date(2024, 1, 2), url="https://example.org", row="m")
    assert [batch.added for batch in memory.take_in([event(0), mention])] == [2]
    assert memory.imported_mentions("gdelt", "0") == [mention]
    assert memory.imported_mentions("gdelt", "1") == []
    assert len(list(memory.imported())) == 1


def test_a_row_is_there_once_and_an_id_may_be_twice(memory: Archive) -> None:
    assert [batch.added for batch in memory.take_in(event(number) for number in range(2300))] == [1000, 1000, 300]
    (again,) = memory.take_in([event(7), event(7, row="another"), event(7, row="another")])
    assert (again.added, again.already_there) == (1, 2)
    assert [row.row for row in again.repeated] == ["another"]
    assert sum(1 for _ in memory.imported()) == 2301


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [0, 1, 2, 3]),
        ({"dyad": "QAT-EGY"}, [0, 1, 2]),
        ({"dyad": "IRN-EGY"}, []),
        ({"actor": "IRN", "recipient": "QAT"}, [0, 1, 2]),
        ({"recipient": "IRN"}, [3]),
        ({"source": "icews"}, [2]),
        ({"cameo": "11"}, [3]),
        ({"category": "CONSULT", "since": "2024-01-02", "until": "2024-01-03"}, [1, 2]),
        ({"quad": 3}, [3]),
        ({"publisher": "A Paper"}, [1]),
        ({"limit": 2}, [0, 1]),
        ({"limit": 0}, []),
    ],
    ids=str,
)
def test_filters(memory: Archive, filters: dict[str, Any], numbers: list[int]) -> None:
    back = event(3, cameo="111", category="ACCUSE", quad=3, actors=(), recipients=(ImportedParty(country="IRN"),))
    for _ in memory.take_in([event(0), event(1, publisher="A Paper"), event(2, source="icews"), back]):
        pass
    assert [row.line - 1 for row in memory.imported(**filters)] == numbers


@pytest.mark.parametrize(
    ("filters", "error"),
    [({"status": "negated"}, TypeError), ({"source": "acled"}, ArchiveError), ({"dyad": "IRAN"}, ArchiveError)],
)
def test_filters_that_cannot_be_meant(memory: Archive, filters: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        memory.imported(**filters)


def test_counts_beside_ones_own(memory: Archive) -> None:
    said = "Iran met Qatar."
    own = make.event(said, "Iran", "met", "Qatar", category="CONSULT", cameo="042", date="2024-01-05")
    denied = make.event(said, "Iran", "met", "Qatar", category="CONSULT", cameo="042", status="negated")
    memory.add([make.record(said, published="2024-01-06", events=[own, denied])])
    for _ in memory.take_in([event(0), event(1), event(40), event(2, day=None)]):
        pass
    counts = [(one.month, one.source, one.events) for one in memory.beside(dyad="IRN-QAT")]
    assert counts == [("2024-01", "gdelt", 2), ("2024-01", "own", 1), ("2024-02", "gdelt", 1)]
    assert {one.source for one in memory.beside(source="gdelt")} == {"gdelt"}
    with pytest.raises(TypeError, match="limit"):
        memory.beside(limit=3)


@pytest.mark.parametrize("table", ["imported_events", "imported_parties", "imported_mentions"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_rows_are_never_changed(memory: Archive, table: str, change: str) -> None:
    mention = ImportedMention(source="gdelt", source_id="0", day=None, row="m")
    for _ in memory.take_in([event(0), mention]):
        pass
    column = "name" if table == "imported_parties" else "publisher"
    with pytest.raises(ArchiveError, match="never changed"), memory._store.writing() as connection:
        connection.execute(text(change.format(table, column)))


def test_health_sees_a_line_that_is_not_its_own(memory: Archive) -> None:
    with memory._store.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO imported_events (id, source, source_id, row, file, line)"
                " VALUES ('0123456789abcdef', 'gdelt', '1', 'x', 'a', 1)"
            )
        )
        connection.execute(
            text("INSERT INTO imported_parties (entry, side, ordinal) VALUES ('0123456789abcdef', 'friend', 0)")
        )
    assert memory.check() == [
        "imported_events, 0123456789abcdef: its line is not the one it was made of",
        "imported_parties, 0123456789abcdef: there is no side 'friend'",
    ]
