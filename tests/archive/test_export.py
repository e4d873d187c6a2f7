"""Rows out of the archive, as JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings

import make
from archive.strategies import records
from dragoman.archive import Archive
from dragoman.record.entries import Event, Record
from dragoman.record.export import What, columns, csv_lines, dtypes, jsonl, write

KINDS: tuple[What, ...] = get_args(What)
TEXT = 'Qatar said:\t"We thank\nIran; truly".\r\nIran, pleased, met\rEgypt.'


def table(archive: Archive, what: What) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(getattr(archive, what)(), what)), newline="")))


@pytest.mark.parametrize("what", KINDS)
def test_columns(full: Archive, what: What) -> None:
    rows = table(full, what)
    assert rows
    assert tuple(rows[0]) == columns(what) == tuple(dtypes(what))
    assert columns(what)[:5] == ("report_id", "url", "publisher", "published", "id")
    assert [row["id"] for row in rows] == [row.id for row in getattr(full, what)()]
    reports = {row.id: row.report for row in full.reports()}
    for row in rows:
        report = reports[row["report_id"]]
        assert (row["url"], row["publisher"]) == (report.url or "", report.publisher or "")
        assert row["published"] == (report.published.isoformat() if report.published else "")
        for name in (name.removesuffix("_start") for name in columns(what) if name.endswith("_start")):
            if row[f"{name}_start"]:
                assert report.text[int(row[f"{name}_start"]) : int(row[f"{name}_end"])] == row[f"{name}_text"]


def test_events_cell_by_cell() -> None:
    event = make.event(
        TEXT,
        "Qatar",
        "thank",
        "Iran",
        cameo="036",
        mode=None,
        background=True,
        intensity=3.4,
        contexts=["diplomatic", "x;y"],
        recipients=[make.party(TEXT, "Iran"), make.party(TEXT, "Egypt", country=None, role="host")],
    )
    with Archive("sqlite://") as archive:
        archive.add([make.record(TEXT, published="2024-06-01", events=[event])])
        (row,) = table(archive, "events")
    assert (row["cameo"], row["mode"], row["quad"], row["intensity"], row["background"]) == (
        "036",
        "",
        "1",
        "3.4",
        "true",
    )
    assert (row["contexts"], row["date"], row["url"], row["published"]) == ("diplomatic;x,y", "", "", "2024-06-01")
    assert (row["actor_names"], row["actor_countries"]) == ("Qatar", "QAT")
    assert (row["recipient_names"], row["recipient_countries"], row["recipient_roles"]) == (
        "Iran;Egypt",
        "IRN;",
        ";host",
    )
    assert row["recipient_starts"] == f"{TEXT.index('Iran')};{TEXT.index('Egypt')}"
    assert (row["asserted_by_names"], row["place_name"], row["place_lat"]) == ("", "", "")
    assert row["evidence_text"] == TEXT


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=records())
def test_any_record_survives_quoting(record: Record) -> None:
    with Archive("sqlite://") as archive:
        archive.add([record])
        rows = table(archive, "events")
        lines = list(jsonl(archive.events(), "events"))
    assert [row["evidence_text"] for row in rows] == [event.evidence.text for event in record.events]
    assert all(None not in row and None not in row.values() for row in rows)
    assert all(line.endswith("\n") and "\n" not in line[:-1] for line in lines)
    told = [json.loads(line) for line in lines]
    assert [Event.model_validate({name: one[name] for name in Event.model_fields}) for one in told] == list(
        record.events
    )


@pytest.mark.parametrize("what", KINDS)
def test_jsonl(full: Archive, what: What) -> None:
    told = [json.loads(line) for line in jsonl(getattr(full, what)(), what)]
    assert [one["id"] for one in told] == [row.id for row in getattr(full, what)()]
    assert all({"report_id", "url", "publisher", "published"} <= one.keys() for one in told)
    if what in {"events", "mentions"}:
        assert [one["event_id"] for one in told] == [row.event_id for row in getattr(full, what)()]
        assert all(one["evidence"]["text"] for one in told)


@pytest.mark.parametrize("what", KINDS)
def test_write(full: Archive, tmp_path: Path, what: What) -> None:
    rows = sum(1 for _ in getattr(full, what)())
    assert write(getattr(full, what)(), what, "csv", tmp_path / "out.csv") == rows
    assert write(getattr(full, what)(), what, "jsonl", tmp_path / "out.jsonl") == rows
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.csv.dtypes.json", "out.jsonl"]
    hint = json.loads((tmp_path / "out.csv.dtypes.json").read_text())
    assert tuple(hint) == columns(what)
    assert set(hint.values()) <= {"string", "Int64", "Float64", "boolean"}
    assert "".join(csv_lines(getattr(full, what)(), what)).encode() == (tmp_path / "out.csv").read_bytes()


def test_no_rows_is_a_header_and_nothing(tmp_path: Path) -> None:
    with Archive("sqlite://") as archive:
        assert list(csv_lines(archive.events(), "events")) == [",".join(columns("events")) + "\r\n"]
        assert list(jsonl(archive.events(), "events")) == []


def test_refuses_at_once() -> None:
    unknown: Any = "poems"
    for refused in (columns, dtypes):
        with pytest.raises(ValueError, match="nothing called 'poems'"):
            refused(unknown)
    with pytest.raises(ValueError, match="nothing called"):
        jsonl([], unknown)
    with pytest.raises(ValueError, match="nothing called"):
        csv_lines([], unknown)
    with pytest.raises(ValueError, match="no form 'xls'"):
        write([], "events", unknown and "xls", Path("unused"))  # type: ignore[arg-type]
