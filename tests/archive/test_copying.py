"""A copy holds what the archive held, row by row, wherever it lies; a backup is one whole file, or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

import make
from archive.contents import contents
from dragoman.archive import Added, Archive, copying, tables
from dragoman.archive.health import checked
from dragoman.archive.opening import NEWEST, Store
from dragoman.errors import ArchiveError

Place = Callable[[str], str]
# Nothing that a text may hold is lost on the way: NUL, what stands for it, halves of nothing, all planes.
STRANGE = "Doha\0 \x1a\x19 \x1a talks\r\n\t\u202e Île 𝕏 \U0010ffff \ufeff end"


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Gives addresses in either kind of database at which there is nothing yet."""
    with ExitStack() as stack:

        def nothing(kind: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / f'copy{len(list(tmp_path.iterdir()))}.db'}"
            url: str = stack.enter_context(request.getfixturevalue("postgres_server").database())
            return url

        yield nothing


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with all kinds of entries, a strange text, judgements, and numbers with gaps between them."""
    archive.add(make.synthetic(12))
    event = make.event(STRANGE, None, "talks", None)
    archive.add([make.record(STRANGE, title="\0", publisher="a\0b", published="2024-06-01", events=[event])])
    for number, row in enumerate(archive.events(limit=6)):
        said = ("corrected", {"cameo": "036"}) if number else ("right", None)
        archive.judge(row.id, said[0], by="Ada", correction=said[1])
    first, second = list(archive.events(limit=2))
    archive.join(second.id, first.id, by="Ada")
    with archive._store.writing() as connection:
        connection.execute(insert(tables.judgements), {
            "number": 900, "entry": first.id, "verdict": "unsure", "by": "Ben", "at": "2024-06-01T00:00:00Z",
        })  # fmt: skip
    return archive


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_copy_is_the_same(filled: Archive, place: Place, kind: str) -> None:
    url = place(kind)
    seen: list[int] = []
    done = filled.copy_to(url, seen.append)
    rows = {name: len(found) for name, found in contents(filled.url).items()}
    assert done.rows == rows
    assert (done.written, done.went_on) == (sum(rows.values()), False)
    assert sum(seen) == copying.rows_to_go_through(filled._store) == 2 * sum(rows.values())
    assert contents(url) == contents(filled.url)
    assert checked(url).found == ()
    with Archive(url) as copy:
        assert list(copy.reports()) == list(filled.reports())
        assert list(copy.events()) == list(filled.events())
        assert copy.judgements() == filled.judgements()
        assert len({*copy.search("doha talks")}) == len({*filled.search("doha talks")}) == 1
        # It goes on by itself: new numbers come behind the old ones.
        assert copy.add(make.synthetic(14)) == Added(2, 12)
        said = copy.judge(next(copy.events()).id, "wrong", by="Cleo")
        assert copy.judgements()[-1] == said
        with copy._store.reading() as connection:
            assert connection.execute(select(tables.judgements.c.number).order_by(tables.judgements.c.number)).scalars(
            ).all()[-2:] == [900, 901]  # fmt: skip
        assert copy.check() == []


def test_there_and_back(filled: Archive, place: Place, home: str) -> None:
    there, back = place("postgresql" if home == "sqlite" else "sqlite"), place(home)
    filled.copy_to(there)
    with Archive(there, read_only=True) as copy:
        copy.copy_to(back)
    assert contents(back) == contents(filled.url)


def test_an_earlier_copy_is_brought_up_to_date(filled: Archive, place: Place) -> None:
    url = place("sqlite")
    filled.copy_to(url)
    assert filled.copy_to(url).written == 0
    before = contents(url)
    filled.add(make.synthetic(15))
    filled.judge(next(filled.events()).id, "wrong", by="Cleo")
    with filled._store.writing() as connection:
        connection.execute(text("UPDATE events SET event_id = id"))
    done = filled.copy_to(url)
    assert contents(url) == contents(filled.url) != before
    assert 0 < done.written < sum(done.rows.values()) / 2


def test_rows_that_are_gone_are_gone_from_the_copy(filled: Archive, place: Place) -> None:
    """As with what is kept of groups that people take apart; here the derived rows of a report."""
    url = place("sqlite")
    filled.copy_to(url)
    with filled._store.writing() as connection:
        connection.execute(text("DELETE FROM parties WHERE side = 'about'"))
    filled.copy_to(url)
    assert contents(url) == contents(filled.url)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_no_copy_is_left_alone(filled: Archive, place: Place, kind: str) -> None:
    url = place(kind)
    with Archive(url) as other:
        other.add(make.synthetic(2, first=40))
    before = contents(url)
    with pytest.raises(ArchiveError, match=r"is no copy of .*: it holds report .* name an empty place"):
        filled.copy_to(url)
    assert contents(url) == before
    with Archive(url) as other:
        assert other.check() == []


def test_a_judgement_made_in_the_copy_is_not_lost(filled: Archive, place: Place) -> None:
    url = place("sqlite")
    filled.copy_to(url)
    with Archive(url) as copy:
        copy.judge(next(copy.events()).id, "wrong", by="Cleo")
    before = contents(url)
    with pytest.raises(ArchiveError, match=r"could not be made a copy of .* a judgement is never"):
        filled.copy_to(url)
    assert contents(url) == before


def test_refuses_itself_and_what_cannot_be_written(filled: Archive, tmp_path: Path) -> None:
    same = filled.url.replace("postgresql://", "postgresql+psycopg://") if "postgresql" in filled.url else filled.url
    with pytest.raises(ArchiveError, match="is the archive itself"):
        filled.copy_to(same)
    with pytest.raises(ArchiveError, match="there is no folder"):
        filled.copy_to(f"sqlite:///{tmp_path}/nowhere/copy.db")
    with closing(sqlite3.connect(tmp_path / "recipes.db")) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(ArchiveError, match="no Dragoman archive"):
        filled.copy_to(f"sqlite:///{tmp_path}/recipes.db")
    assert filled.check() == []


def test_a_table_that_nobody_knows_is_not_passed_over(filled: Archive, place: Place) -> None:
    with filled._store.writing() as connection:
        connection.execute(text("CREATE TABLE secrets (name TEXT)"))
    with pytest.raises(ArchiveError, match="has tables that nobody knows: secrets"):
        filled.copy_to(place("sqlite"))


def test_what_comes_meanwhile_is_not_in_it(filled: Archive, place: Place) -> None:
    """A copy is of one moment, however long it takes."""
    url, expected = place("sqlite"), contents(filled.url)
    more = make.synthetic(400, first=12)

    def told(_: int) -> None:
        with Archive(filled.url) as other:
            other.add([next(more)])

    filled.copy_to(url, told)
    assert contents(url) == expected
    assert checked(url).found == ()


def test_an_unfinished_copy_opens_for_nobody(filled: Archive, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    url = place("sqlite")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.copy_to(url, stop)
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match="is a copy that was broken off; finish it by the same command"):
            Archive(url, read_only=read_only)
    found = checked(url)
    assert (found.unfinished, found.found) == (True, ())
    with monkeypatch.context() as later:
        later.setattr("dragoman.archive.opening.NEWEST", "9999")
        with pytest.raises(ArchiveError, match=r"another Dragoman began \(schema"):
            Store(url, read_only=False, unfinished=True)
    assert filled.copy_to(url).went_on
    assert contents(url) == contents(filled.url)


def test_every_table_there_is_known(archive: Archive) -> None:
    """What a later migration adds is copied, too, as long as it stands in `tables`."""
    with archive._store.reading() as connection:
        there = {name for name in archive._store.home.tables(connection) if not name.startswith("report_words")}
    assert there == {*tables.metadata.tables, "dragoman_version"}
    assert all(table.primary_key for table in tables.metadata.sorted_tables)


# --- backups --------------------------------------------------------------------------------------------------------


def test_a_backup_is_an_archive(filled: Archive, tmp_path: Path) -> None:
    seen: list[int] = []
    size = filled.backup(tmp_path / "backup.db", seen.append)
    assert size == (tmp_path / "backup.db").stat().st_size
    assert sum(seen) > 0
    url = f"sqlite:///{tmp_path / 'backup.db'}"
    assert contents(url) == contents(filled.url)
    assert checked(url).found == ()
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_a_backup_is_of_one_moment(filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.archive.backup.PAGES", 1)
    monkeypatch.setattr("dragoman.archive.copying.PAGE", 20)
    expected = contents(filled.url)
    more = make.synthetic(1, first=12)

    def told(_: int) -> None:
        for record in more:
            with Archive(filled.url) as other:
                other.add([record])

    filled.backup(tmp_path / "backup.db", told)
    assert contents(f"sqlite:///{tmp_path / 'backup.db'}") == expected
    assert contents(filled.url) != expected


def test_a_backup_writes_over_nothing(filled: Archive, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_text("mine")
    with pytest.raises(ArchiveError, match="is there already; name another file"):
        filled.backup(file)
    assert file.read_text() == "mine"
    with pytest.raises(ArchiveError, match="there is no folder"):
        filled.backup(tmp_path / "nowhere" / "backup.db")


def test_a_backup_that_was_broken_off_leaves_no_file(filled: Archive, tmp_path: Path, home: str) -> None:
    file = tmp_path / "backup.db"

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.backup(file, stop)
    assert not file.exists()
    filled.backup(file)
    assert contents(f"sqlite:///{file}") == contents(filled.url)
    assert home in {"sqlite", "postgresql"}


def test_figures(filled: Archive) -> None:
    found = filled.info()
    assert found.where == filled.where
    assert (found.kind, found.schema) == (filled._store.kind, NEWEST)
    assert next(iter(found.rows)) == "reports"
    assert found.rows == {name: len(rows) for name, rows in contents(filled.url).items()}
    assert found.bytes > 100_000
    days = sorted(row.published for row in filled.reports() if row.published)
    assert (found.first, found.last) == (days[0], days[-1])
