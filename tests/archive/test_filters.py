"""Each filter finds what it says, nothing else, and refuses what cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import make
from archive.conftest import NewArchive
from dragoman.archive import Archive
from dragoman.archive.days import days
from dragoman.errors import ArchiveError
from dragoman.record.entries import Event

TEXT = "Qatar thanked Iran. Egypt and France met. Norway accused Qatar. Iran and Norway signed it. France sent aid."
UNDATED = "Nothing is dated here: Kosovo thanked Egypt."


@pytest.fixture(scope="module")
def archive(new_archive: NewArchive) -> Iterator[Archive]:
    with new_archive() as opened:
        mutual = make.party(TEXT, "Egypt"), make.party(TEXT, "France")
        events = [
            make.event(TEXT, "Qatar", "thanked", "Iran", cameo="051", mode="praise", date="2024-05-30"),
            make.event(TEXT, None, "met", None, category="CONSULT", cameo="036", actors=mutual, reciprocal=True),
            make.event(TEXT, "Norway", "accused", "Qatar", category="ACCUSE", cameo="1121", quad=3, status="negated"),
            make.event(
                TEXT,
                "Iran",
                "signed",
                "Norway",
                category="AGREE",
                cameo="030",
                reciprocal=True,
                date="2024-06-01/2024-06-10",
            ),
            make.event(
                TEXT, "France", "sent", None, category="AID", cameo="07", quad=2, background=True, confidence=0.3
            ),
        ]
        opened.add(
            [
                make.record(
                    TEXT,
                    published="2024-06-02",
                    publisher="Wire",
                    events=events,
                    contacts=[make.contact(TEXT, "Egypt", "France", status="planned", background=True)],
                    statements=[make.statement(TEXT, "Norway", "accused Qatar", "Qatar", confidence=0.8)],
                    commitments=[make.commitment(TEXT, "France", "sent aid", "Egypt", status="open")],
                    actors=[make.actor("Iran"), make.actor("Qatar")],
                ),
                make.record(
                    UNDATED,
                    events=[make.event(UNDATED, "Kosovo", "thanked", "Egypt")],
                ),
                make.record("An empty report.", published="2023-01-01", publisher="Desk"),
            ]
        )
        yield opened


def triggers(archive: Archive, **filters: Any) -> list[str]:
    return [row.event.trigger.text for row in archive.events(publisher="Wire", **filters)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["thanked", "met", "accused", "signed", "sent"]),
        ({"dyad": "IRN-QAT"}, ["thanked"]),
        ({"dyad": "qat-irn"}, ["thanked"]),
        ({"dyad": "EGY-FRA"}, ["met"]),
        ({"dyad": "FRA-EGY"}, ["met"]),
        ({"dyad": "NOR-IRN"}, ["signed"]),
        ({"dyad": "FRA-FRA"}, []),
        ({"dyad": "EGY-QAT"}, []),
        ({"actor": "QAT"}, ["thanked"]),
        ({"recipient": "QAT"}, ["accused"]),
        ({"actor": "NOR"}, ["accused", "signed"]),
        ({"recipient": "IRN"}, ["thanked", "signed"]),
        ({"actor": "EGY", "recipient": "FRA"}, ["met"]),
        ({"category": "ACCUSE"}, ["accused"]),
        ({"category": "aid"}, ["sent"]),
        ({"mode": "praise"}, ["thanked"]),
        ({"mode": "nothing of the sort"}, []),
        ({"cameo": "03"}, ["met", "signed"]),
        ({"cameo": "036"}, ["met"]),
        ({"cameo": "112"}, ["accused"]),
        ({"cameo": "0"}, ["thanked", "met", "signed", "sent"]),
        ({"quad": 3}, ["accused"]),
        ({"status": "negated"}, ["accused"]),
        ({"background": True}, ["sent"]),
        ({"background": False}, ["thanked", "met", "accused", "signed"]),
        ({"min_confidence": 0.5}, ["thanked", "met", "accused", "signed"]),
        ({"since": "2024-06-01"}, ["met", "accused", "signed", "sent"]),
        ({"until": "2024-05-31"}, ["thanked"]),
        ({"since": "2024-06-09"}, ["signed"]),
        ({"until": "2024-06-01"}, ["thanked", "signed"]),
        ({"since": "2024-06-02", "until": "2024-06-02"}, ["met", "accused", "signed", "sent"]),
        ({"limit": 2}, ["thanked", "met"]),
        ({"report_id": "0000000000000000"}, []),
        ({"actor": None, "since": None, "limit": None}, ["thanked", "met", "accused", "signed", "sent"]),
        ({"actor": "NOR", "category": "AGREE", "since": "2024-06-05"}, ["signed"]),
    ],
)
def test_events(archive: Archive, filters: dict[str, Any], expected: list[str]) -> None:
    assert triggers(archive, **filters) == expected
    assert [row.category for row in archive.mentions(publisher="Wire", **filters)] == [
        row.event.category for row in archive.events(publisher="Wire", **filters)
    ]


def test_reports_go_by_their_own_day_and_one_event(archive: Archive) -> None:
    def found(**filters: Any) -> list[str | None]:
        return [row.publisher for row in archive.reports(**filters)]

    assert found() == [None, "Desk", "Wire"]
    assert found(since="2023-01-01") == ["Desk", "Wire"]
    assert found(until="2024-01-01") == ["Desk"]
    assert found(dyad="IRN-QAT") == ["Wire"]
    assert found(actor="NOR", category="ACCUSE") == ["Wire"]
    # Norway acts and something is AID, but not in one event.
    assert found(actor="NOR", category="AID") == []
    # The event is of May, the report of June.
    assert found(cameo="051", since="2024-06-01") == ["Wire"]
    assert found(publisher="Desk") == ["Desk"]


def test_what_has_no_day_is_left_out_when_a_day_is_asked_for(archive: Archive) -> None:
    assert [row.publisher for row in archive.events(actor="XKX")] == [None]
    assert list(archive.events(actor="XKX", since="0001-01-01")) == []
    assert list(archive.events(actor="XKX", until="9999-12-31")) == []


def test_contacts_statements_commitments_actors(archive: Archive) -> None:
    for asked in (
        {"dyad": "FRA-EGY"},
        {"actor": "FRA"},
        {"recipient": "FRA"},
        {"status": "planned"},
        {"background": True},
    ):
        assert [row.contact.channel for row in archive.contacts(**asked)] == ["meeting"]
    assert list(archive.contacts(dyad="EGY-EGY")) == []
    assert list(archive.contacts(status="cancelled")) == []
    for asked in (
        {"dyad": "QAT-NOR"},
        {"actor": "NOR"},
        {"recipient": "QAT"},
        {"min_confidence": 0.7},
        {"since": "2024-06-02"},
    ):
        assert [row.statement.content.text for row in archive.statements(**asked)] == ["accused Qatar"]
    assert list(archive.statements(actor="QAT")) == []
    for asked in (
        {"dyad": "EGY-FRA"},
        {"actor": "FRA"},
        {"recipient": "EGY"},
        {"status": "open"},
        {"background": False},
    ):
        assert [row.commitment.content.text for row in archive.commitments(**asked)] == ["sent aid"]
    assert list(archive.commitments(until="2024-06-01")) == []
    assert [row.actor.name for row in archive.actors()] == ["Iran", "Qatar"]
    assert [row.actor.name for row in archive.actors(actor="QAT", since="2024-01-01")] == ["Qatar"]
    assert list(archive.actors(until="2024-01-01")) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"dyad": "IRN"},
        {"dyad": "Iran-Qatar"},
        {"dyad": ("IRN", "QAT")},
        {"actor": "Iran"},
        {"recipient": ""},
        {"actor": "ÀÉÎ"},
        {"category": "GREET"},
        {"mode": ""},
        {"cameo": "3%"},
        {"cameo": 36},
        {"cameo": "04444"},
        {"cameo": "٣"},
        {"quad": 5},
        {"quad": True},
        {"quad": 1.0},
        {"status": "cancelled"},
        {"background": 1},
        {"since": "01.06.2024"},
        {"since": "20240601"},
        {"since": "2024-W22-6"},
        {"until": "2024-02-30"},
        {"since": "2024-06-02", "until": "2024-06-01"},
        {"publisher": ""},
        {"min_confidence": 1.5},
        {"min_confidence": float("nan")},
        {"min_confidence": "high"},
        {"limit": -1},
        {"limit": 1.5},
        {"report_id": 7},
    ],
    ids=str,
)
def test_refuses_values_at_once(archive: Archive, bad: dict[str, Any]) -> None:
    with pytest.raises(ArchiveError) as caught:
        archive.events(**bad)
    assert next(iter(bad)) in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("events", "colour"),
        ("reports", "colour"),
        ("contacts", "category"),
        ("statements", "status"),
        ("commitments", "quad"),
        ("actors", "dyad"),
        ("ledger", "cameo"),
        ("mentions", "words"),
    ],
)
def test_refuses_filters_that_do_not_exist(archive: Archive, kind: str, name: str) -> None:
    with pytest.raises(TypeError, match=rf"{kind}\(\) has no filter '{name}'; it has: "):
        getattr(archive, kind)(**{name: "x"})


def test_a_publisher_that_is_no_text_to_the_database(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="looked up"):
        list(archive.reports(publisher="\ud800"))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-06-01", ("2024-06-01", "2024-06-01")),
        ("2024-06-01/2024-06-03", ("2024-06-01", "2024-06-03")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2023/2024-02", ("2023-01-01", "2024-02-29")),
        ("2024-06-01T10:00:00Z", ("2024-06-01", "2024-06-01")),
        ("2024-06-01/..", ("2024-06-01", "9999-12-31")),
        ("/2024-06-01", ("0001-01-01", "2024-06-01")),
        ("../..", ("2020-01-01", "2020-01-01")),
        ("2024-06-03/2024-06-01", ("2020-01-01", "2020-01-01")),
        ("2024-02-30", ("2020-01-01", "2020-01-01")),
        ("0000", ("2020-01-01", "2020-01-01")),
        ("soon", ("2020-01-01", "2020-01-01")),
        (None, ("2020-01-01", "2020-01-01")),
    ],
)
def test_days(stated: str | None, expected: tuple[str, str]) -> None:
    published = make.report(published="2020-01-01").published
    assert days(stated, published) == expected
    if expected == ("2020-01-01", "2020-01-01"):
        assert days(stated, None) == (None, None)


def test_filters_agree_with_a_plain_look_at_every_event(full: Archive) -> None:
    def stands(event: Event, one: str, other: str) -> bool:
        def on(parties: Any) -> set[str]:
            return {party.actor.country for party in parties}

        sides = on(event.actors), on(event.recipients)
        return (one in sides[0] and other in sides[1]) or (other in sides[0] and one in sides[1])

    rows = list(full.events())
    for one, other in (("IRN", "QAT"), ("EGY", "NOR"), ("FRA", "XKX")):
        expected = [row.id for row in rows if stands(row.event, one, other)]
        assert expected
        assert [row.id for row in full.events(dyad=f"{one}-{other}")] == expected
        telling = {row.report_id for row in rows if row.id in expected}
        assert {row.id for row in full.reports(dyad=f"{one}-{other}")} == telling
