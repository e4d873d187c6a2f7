"""The archive as pandas tables."""

from __future__ import annotations

import sys
from typing import Any, get_args

import pytest

import dragoman
from dragoman.archive import Archive
from dragoman.exports.frame_columns import COLUMNS, NAMES
from dragoman.record.entries import Category
from exports.conftest import MET

pandas = pytest.importorskip("pandas", reason="pandas is not installed")
DTYPES = {"day": "datetime64[s]", "category": "category", "string": "string", "Int64": "Int64", "Float64": "Float64"}


@pytest.mark.parametrize("name", NAMES)
def test_columns_and_types(archive: Archive, name: str) -> None:
    table = dragoman.frames(archive)[name]
    assert len(table)
    assert list(table.columns) == list(COLUMNS[name])
    for column, kind in COLUMNS[name].items():
        assert str(table[column].dtype) == DTYPES.get(kind, kind), column


def test_events(archive: Archive) -> None:
    tables = dragoman.frames(archive)
    events = tables.events
    assert [row.id for row in archive.events()] == list(events["id"])
    met = events[events["category"] == "CONSULT"].iloc[0]
    assert (met["cameo"], met["actor"], met["actor_country"], met["recipient_sector"]) == (
        "040",
        "A. Sadr",
        "IRN",
        "GOV",
    )
    assert (met["day"], met["published"]) == (pandas.Timestamp("2024-05-31"), pandas.Timestamp("2024-06-01"))
    assert (met["place"], met["place_geoname_id"], met["reciprocal"]) == ("Doha", 290030, True)
    assert MET[met["trigger_start"] : met["trigger_end"]] == met["trigger"] == "met"
    assert tuple(events["category"].cat.categories) == get_args(Category)
    assert pandas.isna(events.iloc[0]["published"])
    assert pandas.isna(events.iloc[0]["day"])


def test_all_parties_have_a_row(archive: Archive) -> None:
    tables = dragoman.frames(archive)
    parties = tables.parties
    events = parties[parties["entry_kind"] == "event"]
    assert len(events) == sum(len(row.event.actors) + len(row.event.recipients) for row in archive.events())
    assert set(parties["entry_kind"]) == {"event", "contact", "statement", "commitment"}
    counted = events[events["side"] == "recipient"].groupby("entry").size()
    told = tables.events.set_index("id")["recipient_number"]
    assert all(told[entry] == number for entry, number in counted.items())


def test_dyads_of_a_mutual_event_go_both_ways(archive: Archive) -> None:
    dyads = dragoman.frames(archive, category="CONSULT").dyads
    assert sorted(zip(dyads["source"], dyads["target"], strict=True)) == [("IRN", "QAT"), ("QAT", "IRN")]


def test_filters(archive: Archive) -> None:
    tables = dragoman.frames(archive, category="ACCUSE")
    assert len(tables.events) == 2
    with pytest.raises(TypeError, match="no filter 'category'"):
        _ = tables.contacts
    assert set(tables.parties["entry_kind"]) == {"event"}
    with pytest.raises(TypeError, match="no filter 'colour'"):
        dragoman.frames(archive, colour="red")


def test_it_is_a_mapping(archive: Archive) -> None:
    tables = dragoman.frames(archive)
    assert tuple(tables) == NAMES
    assert tables["events"] is tables.events
    with pytest.raises(KeyError):
        tables["poems"]


def test_nothing_is_an_empty_table_of_the_same_types() -> None:
    with Archive("sqlite://") as empty:
        tables = dragoman.frames(empty)
        assert all(len(tables[name]) == 0 and list(tables[name].columns) == list(COLUMNS[name]) for name in NAMES)
        assert str(tables.events["day"].dtype) == "datetime64[s]"


def test_without_pandas(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "pandas", missing)
    with pytest.raises(dragoman.DragomanError, match=r'pip install "dragoman\[tables\]"'):
        dragoman.frames(archive)
