"""Two states in one timeline: what stands in it, where, and what counts into the months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import update

import make
from dragoman.archive import Archive, dyads, tables
from dragoman.archive.dyads import DyadRow
from dragoman.errors import ArchiveError
from dragoman.record.entries import Record

TEXT = "Qatar thanked Iran on Friday. Egypt looked on."
NUMBERS = iter(range(10_000))


def report(day: str | None = "2024-06-01", **entries: Any) -> Record:
    """A record of a report that differs from all others in its last word."""
    return make.record(f"{TEXT} {next(NUMBERS)}", published=day, publisher="Gulf Desk", **entries)


def event(**fields: Any) -> Any:
    return make.event(TEXT, evidence=make.span(TEXT, "Qatar thanked Iran"), **fields)


def rows(archive: Archive, **days: str) -> list[DyadRow]:
    return list(archive.dyad("IRN", "QAT", **days).timeline)


def same_event(archive: Archive, *ids: str) -> None:
    """As the archive will have it when reports are known to tell of one event."""
    with archive._store.writing() as connection:
        connection.execute(update(tables.events).where(tables.events.c.id.in_(ids)).values(event_id=ids[0]))


# -- what stands in it


def test_everything_between_the_two_and_nothing_else(memory: Archive) -> None:
    between = {
        "events": [event(), event(reciprocal=True)],
        "contacts": [make.contact(TEXT)],
        "statements": [
            make.statement(TEXT),
            make.statement(TEXT, about=None, addressees=[make.party(TEXT, "Iran")]),
        ],
        "commitments": [
            make.commitment(TEXT),
            make.commitment(TEXT, to=None, addressee=make.party(TEXT, "Iran")),
        ],
    }
    others = {
        "events": [make.event(TEXT, "Qatar", "thanked", "Egypt"), make.event(TEXT, "Qatar", "thanked", None)],
        "contacts": [make.contact(TEXT, "Qatar", "Egypt"), make.contact(TEXT, "Iran")],
        "statements": [make.statement(TEXT, about="Egypt"), make.statement(TEXT, about=None)],
        "commitments": [make.commitment(TEXT, to="Egypt")],
    }
    memory.add([report(**between), report(**others)])
    found = memory.dyad("IRN", "QAT")
    assert found.kinds == {"contact": 1, "event": 2, "statement": 2, "commitment": 2}
    assert found.reports == 1
    assert [row.kind for row in found.timeline] == [
        "contact", "event", "event", "statement", "statement", "commitment", "commitment",
    ]  # fmt: skip
    assert len(found.timeline) == 7
    assert {row.id for row in found.timeline} == {row.id for row in memory.dyad("QAT", "IRN").timeline}


def test_who_travels_and_who_receives_are_in_a_contact(memory: Archive) -> None:
    visit = make.contact(TEXT, "Iran", channel="visit", visitor="IRN", host="QAT")
    elsewhere = make.contact(TEXT, "Iran", channel="visit", visitor="IRN", host="EGY")
    memory.add([report(contacts=[visit, elsewhere])])
    assert [row.entry for row in rows(memory)] == [visit]


def test_a_row_has_its_words_status_and_report(memory: Archive) -> None:
    memory.add([report(events=[event(status="planned")], statements=[make.statement(TEXT)])])
    first, second = rows(memory)
    assert (first.words.text, first.status, first.counted) == ("Qatar thanked Iran", "planned", True)
    assert (second.words.text, second.status, second.counted) == ("thanked Iran", None, False)
    assert (first.publisher, first.published, first.day) == ("Gulf Desk", date(2024, 6, 1), date(2024, 6, 1))
    assert memory.record(first.report_id).events[0] == first.entry
    assert first.id == f"{first.report_id}-e0"
    assert first.told_by == (first.report_id,)


# -- days


@pytest.mark.parametrize(
    ("stated", "published", "day"),
    [
        (None, "2024-06-05", "2024-06-05"),
        ("2024-06-02", "2024-06-05", "2024-06-02"),
        ("2024-03-01/2024-06-05", "2024-06-05", "2024-06-05"),
        ("2024-03", "2024-06-05", "2024-03-31"),
        ("2024-07", "2024-06-05", "2024-07-01"),
        ("2024", "2024-06-05", "2024-06-05"),
        ("2024-06-01/..", "2024-06-05", "2024-06-05"),
        ("2024-06", None, "2024-06-01"),
        (None, None, None),
    ],
)
def test_an_entry_stands_at_the_day_nearest_to_its_report(
    memory: Archive, stated: str | None, published: str | None, day: str | None
) -> None:
    memory.add([report(published, events=[event(date=stated)])])
    (row,) = rows(memory)
    assert row.day == (date.fromisoformat(day) if day else None)
    assert [month.month for month in memory.dyad("IRN", "QAT").months] == ([day[:7]] if day else [])


def test_oldest_first_and_without_a_day_before_all(memory: Archive) -> None:
    memory.add([report(day, events=[event()]) for day in ("2024-06-02", None, "2024-05-01", "2024-07-01")])
    found = memory.dyad("IRN", "QAT")
    assert [str(row.day) for row in found.timeline] == ["None", "2024-05-01", "2024-06-02", "2024-07-01"]
    assert (found.first, found.last) == (date(2024, 5, 1), date(2024, 7, 1))
    assert found.uncounted == {"no day": 1}


def test_days_asked_for(memory: Archive) -> None:
    memory.add([report(day, events=[event()]) for day in ("2024-06-02", None, "2024-05-01", "2024-07-01")])
    found = memory.dyad("IRN", "QAT", "2024-05-01", "2024-06-30")
    assert [str(row.day) for row in found.timeline] == ["2024-05-01", "2024-06-02"]
    assert (found.since, found.until) == (date(2024, 5, 1), date(2024, 6, 30))
    assert [month.month for month in found.months] == ["2024-05", "2024-06"]
    assert not rows(memory, since="2025-01-01")


# -- months


def test_mean_sum_and_quads_by_month(memory: Archive) -> None:
    # Weeks lie between them, so that no two are taken to be one.
    told = [("2024-05-20", 2.0, 1), ("2024-06-01", -4.0, 3), ("2024-06-12", 1.0, 1), ("2024-06-28", -9.0, 4)]
    memory.add([report(day, events=[event(intensity=score, quad=quad)]) for day, score, quad in told])
    may, june = memory.dyad("IRN", "QAT").months
    assert (may.month, may.events, may.mean, may.sum, may.quads) == ("2024-05", 1, 2.0, 2.0, (1, 0, 0, 0))
    assert (june.month, june.events, june.mean, june.sum, june.quads) == ("2024-06", 3, -4.0, -12.0, (1, 0, 1, 1))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "negated"}, "negated"),
        ({"status": "hypothetical"}, "hypothetical"),
        ({"status": "requested"}, "requested"),
        ({"background": True}, "background"),
        ({"background": True, "status": "negated"}, "background"),
    ],
)
def test_what_does_not_count_stands_in_the_timeline_only(memory: Archive, fields: dict[str, Any], why: str) -> None:
    memory.add([report(events=[event(**fields), event(intensity=1.0)])])
    found = memory.dyad("IRN", "QAT")
    assert found.uncounted == {why: 1}
    assert [month.events for month in found.months] == [1]
    assert found.months[0].sum == 1.0
    assert [row.counted for row in found.timeline] == [False, True]


def test_an_event_that_several_reports_tell_counts_once(memory: Archive) -> None:
    told = [
        report("2024-06-01", events=[event(status="negated", intensity=-5.0)]),
        report("2024-06-02", events=[event(status="planned", intensity=2.0)]),
        report("2024-06-04", events=[event(intensity=4.0)]),
        report("2024-06-03", events=[event(intensity=3.0)]),
    ]
    memory.add(told)
    ids = [record.report.id for record in told]
    same_event(memory, *(f"{report_id}-e0" for report_id in ids))
    found = memory.dyad("IRN", "QAT")
    (row,) = found.timeline
    # That which says it occurred goes before that which announces it; of two, the earlier.
    assert row.report_id == ids[3]
    assert row.told_by == (ids[3], ids[0], ids[1], ids[2])
    assert [(month.events, month.sum) for month in found.months] == [(1, 3.0)]
    assert found.uncounted == {}
    # Of the days asked for only what is told on them counts.
    (early,) = rows(memory, until="2024-06-02")
    assert (early.report_id, early.status, early.told_by) == (ids[1], "planned", (ids[1], ids[0]))


def test_two_events_of_one_report_are_two(memory: Archive) -> None:
    memory.add([report(events=[event(), event()])])
    assert memory.dyad("IRN", "QAT").months[0].events == 2


# -- the same as the archive's other answers


@pytest.mark.parametrize("pair", list(combinations(["IRN", "QAT", "EGY", "FRA", "XKX"], 2)))
def test_it_agrees_with_the_single_kinds(full: Archive, pair: tuple[str, str]) -> None:
    dyad = "-".join(pair)
    found = full.dyad(*pair)
    told = list(found.timeline)
    for kind, query in (
        ("contact", full.contacts), ("event", full.events), ("statement", full.statements),
        ("commitment", full.commitments),
    ):  # fmt: skip
        expected = {row.id: row for row in query(dyad=dyad)}
        # Of an event that several tell only one telling stands there.
        happened = {id_: getattr(row, "event_id", id_) for id_, row in expected.items()}
        shown = [happened[row.id] for row in told if row.kind == kind]
        assert sorted(shown) == sorted(set(happened.values()))
        for row in told:
            if row.kind == kind:
                other = expected[row.id]
                assert (row.entry, row.url, row.publisher, row.published) == (
                    getattr(other, kind), other.url, other.publisher, other.published,
                )  # fmt: skip
    months = defaultdict(list)
    for row in told:
        if row.kind == "event" and row.counted and row.day:
            months[row.day.isoformat()[:7]].append(row.entry)
    assert [month.month for month in found.months] == sorted(months)
    for month in found.months:
        scores = [entry.intensity for entry in months[month.month]]  # type: ignore[union-attr]
        assert month.sum == pytest.approx(sum(scores))
        assert month.mean == pytest.approx(sum(scores) / len(scores))
        assert month.quads == tuple(sum(entry.quad == quad for entry in months[month.month]) for quad in (1, 2, 3, 4))  # type: ignore[union-attr]
    days = [row.day.isoformat() if row.day else "" for row in told]
    assert days == sorted(days)


def test_pages_are_fetched_as_they_are_needed(full: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(full.dyad("IRN", "QAT").timeline)
    asked: list[int] = []
    fetch = dyads._rows

    def watched(store: Any, places: Any) -> Iterator[DyadRow]:
        asked.append(len(places))
        yield from fetch(store, places)

    monkeypatch.setattr(dyads, "PAGE", 3)
    monkeypatch.setattr(dyads, "_rows", watched)
    timeline = full.dyad("IRN", "QAT").timeline
    assert asked == []
    left = iter(timeline)
    for _ in range(3):
        next(left)
    assert asked == [3]
    assert list(timeline) == whole
    assert list(timeline) == whole


# -- what may be asked


@pytest.mark.parametrize(
    ("one", "other"), [("Iran", "Qatar"), ("iran", "qat"), ("Persia", "the State of Qatar"), ("IRN", "QAT")]
)
def test_names_as_well_as_codes(full: Archive, one: str, other: str) -> None:
    found = full.dyad(one, other)
    assert (found.one, found.other) == ("IRN", "QAT")
    assert len(found.timeline)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("Iran", "IRN"), r"dyad\(\) needs two states; both 'Iran' and 'IRN' are IRN"),
        (("IRN", "Atlantis"), "no state has the code or name 'Atlantis'"),
        (("IRN", "Congo"), "several states are called 'Congo'"),
        (("IRN", "QAT", "yesterday"), "must be a day"),
        (("IRN", "QAT", "2024-06-02", "2024-06-01"), "is later than until"),
    ],
)
def test_what_cannot_be_meant(full: Archive, asked: tuple[str, ...], words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        full.dyad(*asked)


def test_a_state_of_ones_own_is_known_by_its_code(memory: Archive) -> None:
    parties = {"actors": [make.party(TEXT, "Qatar", country="RUR")], "recipients": [make.party(TEXT, "Iran")]}
    memory.add([report(events=[event(**parties)])])
    assert len(memory.dyad("rur", "IRN").timeline) == 1


def test_nothing_together(memory: Archive) -> None:
    found = memory.dyad("IRN", "FRA")
    assert (len(found.timeline), found.months, found.kinds, found.first) == (0, (), {}, None)
    memory.add([report(events=[event(), make.event(TEXT, "Qatar", "thanked", "Egypt")])])
    assert memory.partners("QAT") == [("EGY", 1), ("IRN", 1)]
    assert memory.partners("FRA") == []
