"""What goes in comes out, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import make
from archive.conftest import NewArchive
from archive.strategies import records
from dragoman.archive import Added, Archive, default_url
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.record.entries import Record
from dragoman.report.report import Report


def test_same_report_twice_is_one_report(archive: Archive) -> None:
    batch = list(make.synthetic(5))
    assert archive.add(batch) == Added(5, 0)
    assert archive.add([*batch, *make.synthetic(1, first=5)]) == Added(1, 5)
    assert [archive.record(record.report.id) for record in batch] == batch
    assert archive.check() == []


def test_a_report_there_is_left_as_it_is(archive: Archive) -> None:
    first = make.record(title="First", events=[make.event()])
    archive.add([first])
    assert archive.add([make.record(title="Second")]) == Added(0, 1)
    assert archive.record(first.report.id) == first


def test_add_takes_one_record_after_the_other(archive: Archive) -> None:
    seen = []

    def reading() -> Iterator[Record]:
        for record in make.synthetic(3):
            yield record
            seen.append(archive.has(record.report.id))

    archive.add(reading())
    assert seen == [True, True, True]


def test_what_was_added_before_a_failure_is_kept(archive: Archive) -> None:
    def reading() -> Iterator[Record]:
        yield from make.synthetic(2)
        raise RuntimeError("the reader broke down")

    with pytest.raises(RuntimeError, match="broke down"):
        archive.add(reading())
    assert {row.id for row in archive.reports()} == {record.report.id for record in make.synthetic(2)}


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=records())
def test_round_trip(new_archive: NewArchive, record: Record) -> None:
    with new_archive() as archive:
        assert archive.add([record]) == Added(1, 0)
        assert archive.record(record.report.id) == record
        assert tuple(row.event for row in archive.events()) == record.events
        assert tuple(row.contact for row in archive.contacts()) == record.contacts
        assert tuple(row.statement for row in archive.statements()) == record.statements
        assert tuple(row.commitment for row in archive.commitments()) == record.commitments
        assert tuple(row.actor for row in archive.actors()) == record.actors
        assert [row.report for row in archive.reports()] == [record.report]
        assert [mention.evidence for mention in archive.mentions()] == [event.evidence for event in record.events]
        assert archive.check() == []


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(make.record(url="file:///\udcff"), id="address that is not valid Unicode"),
        pytest.param(make.record(places=[make.place(make.TEXT, "Qatar", geoname_id=2**70)]), id="number too large"),
    ],
)
def test_refuses_what_it_could_not_give_back(archive: Archive, record: Record) -> None:
    with pytest.raises(ArchiveError):
        archive.add([record])
    assert list(archive.reports()) == []
    assert archive.add(make.synthetic(1)) == Added(1, 0)


def test_add_refuses_what_is_no_record(archive: Archive) -> None:
    with pytest.raises(TypeError, match="put a single one in a list"):
        archive.add(make.record())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not Report"):
        archive.add([make.report()])  # type: ignore[list-item]
    assert list(archive.reports()) == []


def test_rows_carry_their_report(archive: Archive) -> None:
    record = make.record(
        published="2024-06-01",
        url="https://example.org/a",
        publisher="Wire",
        title="Thanks",
        events=[make.event(), make.event(category="ACCUSE", cameo="111")],
    )
    archive.add([record])
    key = record.report.id
    rows = list(archive.events())
    assert [row.id for row in rows] == [f"{key}-e0", f"{key}-e1"]
    assert [row.event_id for row in rows] == [f"{key}-e0", f"{key}-e1"]
    assert {(row.report_id, row.url, row.publisher, row.published) for row in rows} == {
        (key, "https://example.org/a", "Wire", date(2024, 6, 1))
    }
    with pytest.raises(FrozenInstanceError):
        rows[0].event_id = "other"  # type: ignore[misc]
    (report,) = archive.reports()
    assert (report.title, report.events, report.contacts, report.report) == ("Thanks", 2, 0, record.report)


def test_mentions(archive: Archive) -> None:
    record = make.record(events=[make.event(status="planned", background=True)])
    archive.add([record])
    (mention,) = archive.mentions()
    assert (mention.category, mention.status, mention.background) == ("SUPPORT", "planned", True)
    assert mention.evidence == record.events[0].evidence
    assert mention.event_id == f"{record.report.id}-e0"


def test_ledger(archive: Archive) -> None:
    promise = make.commitment(status="affirmed")
    record = make.record(published="2024-06-01", url="https://example.org/a", commitments=[promise])
    archive.add([record])
    (entry,) = archive.ledger()
    assert (entry.id, entry.kind, entry.by, entry.to) == (f"{record.report.id}-m0", "promise", promise.by, promise.to)
    assert (entry.content, entry.status) == (promise.content, "affirmed")
    (step,) = entry.history
    assert (step.report_id, step.url, step.status) == (record.report.id, "https://example.org/a", "affirmed")
    assert (step.date, step.evidence) == (date(2024, 6, 1), promise.content)
    assert archive.ledger(status="broken") == []


def test_order_is_stable_across_pages(full: Archive) -> None:
    rows = [(row.published or date.min, row.report_id, int(row.id.rpartition("e")[2])) for row in full.events()]
    assert len(rows) > 400
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows)
    assert [row.id for row in full.events(limit=250)] == [row.id for row in full.events()][:250]
    assert list(full.events(limit=0)) == []


def test_may_be_written_to_while_it_is_read(archive: Archive) -> None:
    archive.add(make.synthetic(3))
    for row in archive.events():
        archive.judge(row.id, "unsure", by="A")
    assert len(archive.judgements()) == sum(1 for _ in archive.events())


def test_has_and_record(archive: Archive) -> None:
    (record,) = make.synthetic(1)
    assert not archive.has(record.report.id)
    with pytest.raises(NotFoundError, match="no report"):
        archive.record(record.report.id)
    archive.add([record])
    assert archive.has(record.report.id)


def test_find(archive: Archive) -> None:
    # Two texts whose hashes begin alike, found by trying.
    texts = {}
    number = 0
    while True:
        report = Report(text=f"Text {number}")
        if report.id[:4] in texts:
            break
        texts[report.id[:4]] = report
        number += 1
    twin = texts[report.id[:4]]
    (other,) = make.synthetic(1)
    archive.add([Record(report=twin), Record(report=report), other])
    assert archive.find(other.report.id[:6]) == other.report.id
    assert archive.find(other.report.id.upper()) == other.report.id
    with pytest.raises(NotFoundError, match="several") as caught:
        archive.find(report.id[:4])
    assert twin.id in str(caught.value)
    with pytest.raises(NotFoundError, match="no report's id"):
        archive.find("0000000000000000")
    for bad in ("abc", "", "%%%%", "ghij", "a" * 17):
        with pytest.raises(NotFoundError, match="is no report id"):
            archive.find(bad)


def test_judgements_are_kept_in_order_and_for_good(archive: Archive) -> None:
    record = make.record(events=[make.event()])
    archive.add([record])
    key = f"{record.report.id}-e0"
    when = datetime(2024, 6, 2, 12, tzinfo=UTC)
    first = archive.judge(key, "wrong", by="Ada", at=when)
    second = archive.judge(key, "corrected", by="Ben", correction={"cameo": "036"})
    assert first.at == when
    assert archive.judgements() == [first, second]
    assert archive.judgements(by="Ben") == [second]
    assert archive.judgements(verdict="wrong") == [first]
    assert archive.judgements(entry=key, report_id=record.report.id) == [first, second]
    assert archive.judgements(report_id="%") == []
    for statement in ("UPDATE judgements SET verdict = 'right'", "DELETE FROM judgements"):
        with pytest.raises(ArchiveError, match="never"), archive._store.writing() as connection:
            connection.execute(text(statement))
    assert archive.judgements() == [first, second]
    assert archive.check() == []


def test_judge_refuses(archive: Archive) -> None:
    record = make.record(events=[make.event()])
    archive.add([record])
    key = f"{record.report.id}-e0"
    for entry in (f"{record.report.id}-e1", f"{record.report.id}-z0", "nonsense", record.report.id):
        with pytest.raises(NotFoundError, match="no entry"):
            archive.judge(entry, "right", by="Ada")
    with pytest.raises(ArchiveError, match="verdict"):
        archive.judge(key, "maybe", by="Ada")
    with pytest.raises(ArchiveError, match="needs a correction"):
        archive.judge(key, "corrected", by="Ada")
    with pytest.raises(ArchiveError, match="takes no correction"):
        archive.judge(key, "right", by="Ada", correction={"cameo": "036"})
    with pytest.raises(ArchiveError, match="by"):
        archive.judge(key, "right", by="")
    with pytest.raises(ArchiveError, match="at"):
        archive.judge(key, "right", by="Ada", at=datetime(2024, 6, 1))  # noqa: DTZ001
    assert archive.judgements() == []


DAMAGE = [
    ("UPDATE events SET cameo = '999' WHERE ordinal = 1", "differs from the record in cameo"),
    ("DELETE FROM parties WHERE side = 'recipient'", "is missing"),
    ("DELETE FROM statements", "is missing"),
    ("UPDATE reports SET title = 'Another' WHERE number = 1", "its record says"),
    ("UPDATE reports SET record = '' WHERE number = 1", "cannot be read"),
    ("UPDATE events SET event_id = 'nothing' WHERE ordinal = 1", "which does not exist"),
    ("INSERT INTO judgements VALUES (9, 'nothing', 'right', NULL, 'Ada', '2024-06-01T00:00:00Z')", "no entry nothing"),
]
OF_INDEX = {
    "sqlite": [
        ("DELETE FROM report_words_docsize WHERE id = 1", "missing from the full-text index"),
        ("DELETE FROM report_words_data WHERE id > 10", "full-text index differs"),
    ],
    "postgresql": [
        (
            "ALTER TABLE reports ALTER COLUMN words DROP EXPRESSION; UPDATE reports SET words = '' WHERE number = 1",
            "report number 1: the full-text index differs from the text",
        ),
        (
            "ALTER TABLE parties DROP CONSTRAINT parties_report_id_fkey; UPDATE parties SET report_id = 'nothing'",
            "points to nothing in reports",
        ),
    ],
}


@pytest.mark.parametrize("number", range(len(DAMAGE) + 2))
def test_check_finds(archive: Archive, home: str, number: int) -> None:
    damage, sign = [*DAMAGE, *OF_INDEX[home]][number]
    archive.add(make.synthetic(3))
    assert archive.check() == []
    with archive._store.writing() as connection:
        for statement in damage.split("; "):
            connection.execute(text(statement))
    found = archive.check()
    assert any(sign in line for line in found), found


def test_a_merged_event_is_one(archive: Archive) -> None:
    archive.add([make.record(events=[make.event(), make.event()])])
    first, second = archive.events()
    assert archive.join(second.id, first.id, by="Ada") == first.id
    assert {row.event_id for row in archive.mentions()} == {first.id}
    assert archive.check() == []


def test_foreign_keys_hold(archive: Archive) -> None:
    archive.add(make.synthetic(1))
    with pytest.raises(ArchiveError) as caught, archive._store.writing() as connection:
        connection.execute(text("DELETE FROM reports"))
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert sum(1 for _ in archive.reports()) == 1


def test_default_lies_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with Archive() as archive:
        assert archive.url == default_url()
        assert archive.add(make.synthetic(1)) == Added(1, 0)
    assert list(tmp_path.rglob("record.db"))
