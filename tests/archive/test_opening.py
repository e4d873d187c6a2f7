"""An archive opens, or says what is wrong, where, and what to do; in either database."""

from __future__ import annotations

from multiprocessing import get_context
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import make
from dragoman.archive import Added, Archive
from dragoman.archive.opening import NEWEST, VERSION_TABLE, schemas
from dragoman.archive.tables import metadata
from dragoman.errors import ArchiveError


def test_newest_schema_is_the_last_migration(archive: Archive) -> None:
    assert schemas()[0] == NEWEST
    with archive._store.reading() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == NEWEST


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrations_lead_to_the_tables(archive: Archive) -> None:
    def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        if kind == "table":
            return not str(name).startswith(("report_words", VERSION_TABLE))
        # The index of words is the database's own in either.
        return not reflected or name not in {"words", "reports_by_words"}

    with archive._store.reading() as connection:
        options = {"include_object": ours, "compare_type": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert differences == []


def test_opening_again_changes_nothing(url: str) -> None:
    with Archive(url) as archive:
        archive.add(make.synthetic(2))
    for _ in range(2):
        with Archive(url) as archive:
            assert archive.add(make.synthetic(2)) == Added(0, 2)


def test_from_the_future(url: str) -> None:
    with Archive(url) as archive:
        archive.add(make.synthetic(1))
        with archive._store.writing() as connection:
            connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=r"newer Dragoman \(schema 9999, .*update Dragoman"):
            Archive(url, read_only=read_only)


@pytest.mark.parametrize(
    ("address", "sign"),
    [
        ("record.db", "is no address of an archive; write it as sqlite:///record.db"),
        ("me:secret@host", "is no address of an archive"),
        ("postgresql://me:secret@host:port/db", "is no address of an archive"),
        ("", "is no address of an archive"),
        ("sqlite://record.db", "three slashes"),
        ("sqlite:///record.db?mode=ro", "nothing else"),
        ("sqlite:///record.db?", "nothing else"),
        ("mysql://me:secret@host/db", "mysql://me:***@host/db: archives are kept in SQLite or PostgreSQL"),
        ("postgresql+psycopg2://me:secret@host/db", "write the address as postgresql://"),
        ("sqlite:////nowhere/at/all/record.db", "there is no folder /nowhere/at/all; make it first"),
        ("sqlite:////tmp", "is a folder; name a file in it"),
    ],
)
def test_addresses_that_are_none(address: str, sign: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive(address)
    assert sign in str(caught.value)
    assert "secret" not in str(caught.value)


def test_read_only(url: str) -> None:
    with Archive(url) as archive:
        archive.add([make.record(events=[make.event()])])
        with Archive(url, read_only=True) as reading:
            assert sum(1 for _ in reading.events()) == 1
            for write in (lambda: reading.add(make.synthetic(1)), lambda: reading.judge("x", "right", by="Ada")):
                with pytest.raises(ArchiveError, match="for reading only"):
                    write()
            # What another process adds in the meantime is seen.
            archive.add(make.synthetic(1))
            assert sum(1 for _ in reading.reports()) == 2
            assert reading.check() == []


def test_a_reader_sees_one_state_and_hinders_no_writer(url: str) -> None:
    count = text("SELECT count(*) FROM reports")
    with Archive(url) as archive, Archive(url) as other, archive._store.reading() as connection:
        assert connection.execute(count).scalar() == 0
        assert other.add(make.synthetic(2)) == Added(2, 0)
        assert connection.execute(count).scalar() == 0


def test_closed(url: str) -> None:
    archive = Archive(url)
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="is closed"):
        archive.has("0" * 16)


def test_waits_for_another_writer_only_so_long(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.home.PATIENCE", 0.1)
    with Archive(url) as archive, Archive(url) as other:
        with other._store.writing():
            with pytest.raises(ArchiveError, match="another process has been writing"):
                archive.add(make.synthetic(1))
            assert list(archive.reports()) == []
        assert archive.add(make.synthetic(1)) == Added(1, 0)


def _ask(archive: Archive, said: Any) -> None:
    try:
        archive.has("0" * 16)
        said.send("answered")
    except ArchiveError as error:
        said.send(str(error))


def test_another_process_opens_its_own(archive: Archive) -> None:
    context = get_context("fork")
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=_ask, args=(archive, said))
    process.start()
    assert "opened by another process; open it anew" in heard.recv()
    process.join()
    heard.close()
    said.close()
