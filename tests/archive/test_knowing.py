"""The who's who: claims go in with their record, stay as they were told, and reach back to archives made before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import inspect, text

import make
from archive.conftest import NewArchive
from archive.older import make_first
from archive.strategies import records
from dragoman import Reader
from dragoman.actors.claims import Claim, key_of
from dragoman.archive import Added, Archive
from dragoman.archive.opening import home_of
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record, Telling

TEXTS = [
    ("2024-06-04", "Northern Desk", "Norwegian Foreign Minister Ingrid Solhaug met Chilean envoys in Oslo on Tuesday."),
    ("2024-06-05", "The Wire", "Ingrid Solhaug, Norway's energy minister, met envoys from Chile on Wednesday."),
    ("2024-06-06", None, "Norway's Foreign Minister Ingrid Solhaug thanked Peru. Envoy Ola Solhaug stayed in Oslo."),
    ("2024-06-07", "Lima Post", "Peru thanked Chile. Foreign Minister Ana Quispe accused Bolivia of fishing."),
    (
        None,
        "Lima Post",
        "Nihat Sarpkaya, the Turkish foreign minister, met his counterpart Graziella Aquilina.",
    ),
]


@pytest.fixture(scope="module")
def read(reader: Reader) -> list[Record]:
    return [reader.read(text, published=day, publisher=outlet) for day, outlet, text in TEXTS]


@pytest.fixture
def filled(archive: Archive, read: list[Record]) -> Archive:
    archive.add(read)
    return archive


def short(claims: list[Claim]) -> list[tuple[str, str, str | None, str | None]]:
    return [(c.name, c.role, c.country, c.day.isoformat() if c.day else None) for c in claims]


def test_claims_go_in_with_their_record(filled: Archive, read: list[Record]) -> None:
    assert short(filled.who("Ingrid Solhaug")) == [
        ("Ingrid Solhaug", "foreign minister", "NOR", "2024-06-04"),
        ("Ingrid Solhaug", "energy minister", "NOR", "2024-06-05"),
        ("Ingrid Solhaug", "foreign minister", "NOR", "2024-06-06"),
    ]
    texts = {record.report.id: record.report.text for record in read}
    for claim in filled.who():
        assert claim.words.text == texts[claim.report_id][claim.words.start : claim.words.end]
    assert filled.check() == []


def test_adding_again_changes_nothing(filled: Archive, read: list[Record]) -> None:
    before = filled.who()
    assert filled.add(read) == Added(0, len(read))
    assert filled.who() == before
    assert filled.check() == []


def test_what_may_be_asked(filled: Archive) -> None:
    assert {c.name for c in filled.who("solhaug", loose=True)} == {"Ingrid Solhaug", "Ola Solhaug"}
    assert filled.who("solhaug") == []
    assert len(filled.who("ÍNGRID  SOLHAUG", date(2024, 6, 5))) == 2
    assert len(filled.who("Ingrid Solhaug", "2024-06-05")) == 2
    assert short(filled.who(role="foreign minister", country="TUR")) == [
        ("Nihat Sarpkaya", "foreign minister", "TUR", None)
    ]
    assert [c.role for c in filled.who("Ana Quispe")] == ["foreign minister"]
    assert filled.who("Ana Quispe")[0].country is None  # only near, not told
    assert filled.who("") == filled.who("?", loose=True) == []
    with pytest.raises(ValueError, match="isoformat"):
        filled.who(date="tomorrow")


@pytest.mark.parametrize("sql", ["UPDATE claims SET role = 'king'", "DELETE FROM claims"])
def test_a_claim_stays(filled: Archive, sql: str) -> None:
    before = filled.who()
    with pytest.raises(ArchiveError, match="a claim is never"), filled._store.writing() as connection:
        connection.execute(text(sql))
    assert filled.who() == before


def test_one_claim_for_each_person_office_and_state(archive: Archive) -> None:
    text = "Foreign Minister A. Berg and Foreign Minister A. Berg met."
    told = [
        Telling(span=make.span(text, "Foreign Minister", n), role="foreign minister", country="NOR") for n in (0, 1)
    ]
    twice = [
        make.actor("A. Berg", kind="person", told=told[:1]),
        make.actor("A Berg", kind="person", told=[*told, told[0].model_copy(update={"country": None})]),
    ]
    archive.add([make.record(text, actors=twice)])
    assert [(c.name, c.country, c.words.start) for c in archive.who()] == [("A. Berg", "NOR", 0), ("A Berg", None, 0)]
    assert archive.check() == []


@pytest.mark.slow
@settings(max_examples=15)
@given(record=records())
def test_words_hold_and_rows_agree_for_any_record(new_archive: NewArchive, record: Record) -> None:
    with new_archive() as archive:
        archive.add([record])
        assert archive.check() == []
        for claim in archive.who():
            claim.words.check(record.report.text)
            assert claim.report_id == record.report.id
            assert key_of(claim.name)


# --- an archive made before -----------------------------------------------------------------------------------------


@pytest.fixture
def old(home: str, tmp_path: Path, request: pytest.FixtureRequest, read: list[Record]) -> Iterator[str]:
    """An archive of the first schema."""
    if home == "sqlite":
        url = f"sqlite:///{tmp_path / 'record.db'}"
        make_first(url, [*read, *make.synthetic(60)])
        yield url
        return
    with request.getfixturevalue("postgres_server").database() as url:
        make_first(url, [*read, *make.synthetic(60)])
        yield url


def test_an_older_archive_learns_what_its_reports_told(old: str, read: list[Record], new_archive: NewArchive) -> None:
    with pytest.raises(ArchiveError, match="older Dragoman"):
        Archive(old, read_only=True)
    with Archive(old) as archive:
        assert archive.check() == []
        assert short(archive.who("Ingrid Solhaug")) == [
            ("Ingrid Solhaug", "foreign minister", "NOR", "2024-06-04"),
            ("Ingrid Solhaug", "energy minister", "NOR", "2024-06-05"),
            ("Ingrid Solhaug", "foreign minister", "NOR", "2024-06-06"),
        ]
        upgraded = archive.who()
        assert [archive.record(record.report.id) for record in read] == read
        assert sum(1 for _ in archive.reports()) == len(read) + 60
        assert list(archive.search("Solhaug"))
    with new_archive() as new:
        new.add(read)
        assert upgraded == new.who()


def test_upgrading_stops_nowhere_in_between(old: str) -> None:
    """A migration that fails leaves the archive as it was."""
    engine = home_of(old, read_only=False).engine
    with engine.begin() as connection:
        connection.execute(text("UPDATE reports SET record = '' WHERE number = (SELECT max(number) FROM reports)"))
        before = connection.execute(text("SELECT id, record FROM reports ORDER BY id")).all()
    with pytest.raises(ArchiveError, match="holds a record that cannot be read"):
        Archive(old)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT id, record FROM reports ORDER BY id")).all() == before
        assert "claims" not in inspect(connection).get_table_names()
    engine.dispose()
