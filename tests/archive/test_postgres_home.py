"""An archive in PostgreSQL: what the server is told, and what is refused in words that help."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import text

import make
import served
from dragoman.archive import Added, Archive
from dragoman.errors import ArchiveError


@pytest.fixture
def archive(postgres: str) -> Iterator[Archive]:
    with Archive(postgres) as opened:
        yield opened


def refused(url: str, *, read_only: bool = False) -> str:
    with pytest.raises(ArchiveError) as caught:
        Archive(url, read_only=read_only)
    return str(caught.value)


def named(url: str) -> str:
    """The name of a database."""
    return url.partition("@/")[2].partition("?")[0]


def test_safe_against_power_cuts(archive: Archive) -> None:
    names = ("synchronous_commit", "transaction_isolation", "transaction_read_only")
    with archive._store.writing() as connection:
        assert [connection.execute(text(f"SHOW {name}")).scalar() for name in names] == ["on", "read committed", "off"]
    with archive._store.reading() as connection:
        assert [connection.execute(text(f"SHOW {name}")).scalar() for name in names] == ["on", "repeatable read", "on"]


def test_read_only_sessions_cannot_write(archive: Archive) -> None:
    with Archive(archive.url, read_only=True) as reading:
        with reading._store.home.engine.connect() as connection:
            assert connection.execute(text("SHOW default_transaction_read_only")).scalar() == "on"
        with pytest.raises(ArchiveError, match="read-only"), reading._store.reading() as connection:
            connection.execute(text("INSERT INTO judgements VALUES (1, 'x', 'right', NULL, 'Ada', 'now')"))


def test_all_text_is_in_the_order_of_code_points(archive: Archive) -> None:
    """Whatever a migration adds: "é" must not come between "e" and "f" here and behind "z" in a file."""
    other = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
    )
    with archive._store.reading() as connection:
        assert connection.execute(other).all() == []
        assert connection.execute(text("SELECT 'Z' < 'a'")).scalar() is False  # the database's own is another


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_names_of_the_address(postgres: str, name: str) -> None:
    with Archive(postgres.replace("postgresql", name, 1)) as archive:
        assert archive.add(make.synthetic(1)) == Added(1, 0)
        assert archive.where.startswith("postgresql://postgres@/news")


@pytest.fixture
def empty(postgres_server: served.Server) -> Iterator[str]:
    """An empty database."""
    with postgres_server.database() as url:
        yield url


def test_a_schema_of_its_own(empty: str, postgres_server: served.Server) -> None:
    """Two archives in one database, and somebody else's tables beside them."""
    url = empty
    name = named(url)
    for statement in ("CREATE TABLE recipes (name text)", "CREATE SCHEMA one", "CREATE SCHEMA two"):
        postgres_server.execute(statement, name)
    assert "no Dragoman archive (it holds recipes); name another database or schema" in refused(url)
    one, two = (f"{url}&options=-csearch_path%3D{schema}" for schema in ("one", "two"))
    with Archive(one) as first, Archive(two) as second:
        first.add(make.synthetic(2))
        second.add(make.synthetic(1))
        assert [sum(1 for _ in archive.search("diplomacy")) for archive in (first, second)] == [2, 1]
        assert first.check() == second.check() == []
        with first._store.writing():  # each has a queue of its own
            second.add(make.synthetic(2))
    assert postgres_server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name) == [(1,)]
    assert "no schema this user may use" in refused(f"{url}&options=-csearch_path%3Dthree")


def test_no_server(tmp_path: object) -> None:
    pytest.importorskip("psycopg")
    said = refused("postgresql://me:secret@127.0.0.1:1/news")
    assert said.startswith("postgresql://me:***@127.0.0.1:1/news: no server answers there; check host and port")
    said = refused(f"postgresql://me:secret@/news?host={tmp_path}")
    assert "no server answers there" in said
    said = refused("postgresql://me:secret@nowhere.invalid/news")
    assert "there is no such host; check the address" in said
    assert "secret" not in said


def test_no_such_database_or_user(postgres_server: served.Server) -> None:
    said = refused(postgres_server.address("nothing"))
    assert "the server does not know it; create it first" in said
    assert 'database "nothing" does not exist' in said
    assert 'role "nobody" does not exist' in refused(postgres_server.address("postgres", "nobody"))


def test_a_wrong_password_is_never_shown(
    postgres: str, postgres_server: served.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    locked = postgres.replace("postgres@", "locked:hunter2@")
    for url in (locked, locked.replace(":hunter2", "") + "&password=hunter2"):
        said = refused(url)
        assert "user or password is wrong" in said
        assert "hunter2" not in said
    assert "a password is wanted" in refused(locked.replace(":hunter2", ""))
    right = locked.replace("hunter2", "open%20sesame")
    said = refused(right)
    assert "this user may not do that; let it use and create in the schema" in said
    postgres_server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked", named(postgres))
    with Archive(right) as archive:
        assert list(archive.reports()) == []
        with pytest.raises(ArchiveError, match="this user may not do that") as caught:
            archive.add(make.synthetic(1))
        assert "sesame" not in said + str(caught.value) + repr(archive) + archive.where


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert 'pip install "dragoman[postgres]"' in refused("postgresql://me@host/news")


def test_another_encoding(postgres_server: served.Server) -> None:
    postgres_server.execute(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
    )
    said = refused(postgres_server.address("latin"))
    assert "the database's encoding is LATIN1; create one whose encoding is UTF8" in said


def test_an_empty_database_cannot_be_read(empty: str, postgres_server: served.Server) -> None:
    assert "holds no archive yet" in refused(empty, read_only=True)
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert postgres_server.execute(count, named(empty)) == [(0,)]


def test_a_connection_that_broke_off(archive: Archive, postgres_server: served.Server) -> None:
    """Between two questions it is made anew; in the midst of a transaction nothing of it is kept."""
    archive.add(make.synthetic(1))
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dragoman'"
    postgres_server.execute(end)
    assert sum(1 for _ in archive.reports()) == 1

    def write() -> None:
        with archive._store.writing() as connection:
            connection.execute(text("UPDATE events SET mode = 'x'"))
            postgres_server.execute(end)
            connection.execute(text("UPDATE events SET mode = 'y'"))

    with pytest.raises(ArchiveError, match="the connection broke off; try again"):
        write()
    assert archive.add(make.synthetic(2)) == Added(1, 1)
    assert archive.check() == []


def test_text_that_postgresql_could_not_hold(archive: Archive) -> None:
    """NUL, and the sign that stands for it."""
    said = "Doha\0talks \x1a\x19 \x1a\0\x1a\x1a end"
    record = make.record(said, title="\0", publisher="a\0b", events=[make.event(said, None, "talks", None)])
    archive.add([record, make.record("x", publisher="a\x1a\x19b")])
    with archive._store.reading() as connection:
        assert connection.execute(text("SELECT text, title FROM reports WHERE number = 1")).one() == (said, "\0")
    assert [row.report_id for row in archive.reports(publisher="a\0b")] == [record.report.id]
    (hit,) = archive.search("doha talks")
    assert hit.snippet == said
    assert [said[start:end] for start, end in hit.marks] == ["Doha", "talks"]
    assert archive.check() == []


def test_more_different_words_than_an_index_entry_holds(archive: Archive) -> None:
    long = "first " + " ".join(f"{number:05}{'w' * 30}q" for number in range(40_000))
    archive.add([make.record(long, title="Long")])
    assert [hit.title for hit in archive.search(f"first 00007{'w' * 30}q")] == ["Long"]
    assert archive.check() == []
