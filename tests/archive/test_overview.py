"""An archive from above: counts over a period, held against counting by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import make
from dragoman.archive import Archive
from dragoman.archive.dyads import COUNTED
from dragoman.record.entries import Event


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    url = f"sqlite:///{tmp_path_factory.mktemp('overview') / 'record.db'}"
    with Archive(url) as opened:
        opened.add(make.synthetic(120))
        yield opened


def pairs(event: Event) -> set[tuple[str, str]]:
    """The pairs of states on two sides of an event."""
    sides = [("actor", party.actor.country) for party in event.actors if party.actor.country]
    sides += [("recipient", party.actor.country) for party in event.recipients if party.actor.country]
    return {
        (min(a, b), max(a, b))
        for (one, a), (other, b) in combinations(sides, 2)
        if a != b and (one != other or event.reciprocal)
    }


def counts(archive: Archive, since: date, until: date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for row in archive.events(since=since, until=until):
        day = row.event.date or (row.published.isoformat() if row.published else "")
        # An event that several tell counts once.
        if (
            row.id == row.event_id
            and row.event.status in COUNTED
            and not row.event.background
            and str(since) <= day[:10] <= str(until)
        ):
            found.update(pairs(row.event))
    return found


def test_ties_are_what_counting_by_hand_gives(archive: Archive) -> None:
    since, until = date(2024, 3, 1), date(2024, 7, 31)
    ties = archive.overview.ties(since, until)
    by_hand = counts(archive, since, until)
    assert by_hand
    assert {(tie.one, tie.other): tie.events for tie in ties if tie.events} == dict(by_hand)
    for tie in ties:
        assert sum(tie.quads) == tie.events
        assert sum(number for _, number in tie.stretches) == tie.events
        assert all("2024-03" <= month <= "2024-07" for month, _ in tie.stretches)
    assert [tie.events + tie.contacts for tie in ties] == sorted(
        (tie.events + tie.contacts for tie in ties), reverse=True
    )


def test_a_short_period_is_told_in_thirds_of_months(archive: Archive) -> None:
    ties = archive.overview.ties(date(2024, 5, 1), date(2024, 5, 31))
    stretches = {stretch for tie in ties for stretch, _ in tie.stretches}
    assert stretches == {"2024-05-0", "2024-05-1", "2024-05-2"}
    until_the_ninth = archive.overview.ties(date(2024, 5, 1), date(2024, 5, 9))
    first = sum(number for tie in ties for stretch, number in tie.stretches if stretch == "2024-05-0")
    assert sum(tie.events for tie in until_the_ninth) == first > 0


def test_ties_of_one_state_are_those_it_has_a_part_in(archive: Archive) -> None:
    whole = {(tie.one, tie.other): tie for tie in archive.overview.ties(None, None)}
    own = {(tie.one, tie.other): tie for tie in archive.overview.ties(None, None, state="QAT")}
    assert own
    assert own == {key: tie for key, tie in whole.items() if "QAT" in key}
    assert len(archive.overview.ties(None, None, most=2)) == 2


def test_nothing_is_counted_where_there_is_nothing(archive: Archive) -> None:
    day = date(1999, 1, 1)
    assert archive.overview.ties(day, day) == []
    assert archive.overview.spots(day, day) == []
    assert archive.overview.faces("ZZZ") == []
    assert archive.overview.story_of("0123456789abcdef") is None
    with Archive("sqlite://") as empty:
        assert empty.overview.newest_day() is None
        assert empty.overview.latest() == []
        assert empty.overview.least_sure() == []


def test_the_newest_come_first(archive: Archive) -> None:
    latest = archive.overview.latest(30)
    days = [story.published for story in latest if story.published]
    assert days == sorted(days, reverse=True)
    assert archive.overview.newest_day() == days[0] == max(row.published for row in archive.reports() if row.published)
    told = {row.id: row.events for row in archive.reports()}
    assert all(told[story.report_id] == story.events for story in latest)
    assert all(archive.overview.story_of(story.report_id) == story for story in latest)


def test_the_least_sure_come_first_and_what_is_judged_does_not(tmp_path: Path) -> None:
    with Archive(f"sqlite:///{tmp_path / 'record.db'}") as archive:
        archive.add(make.synthetic(8))
        sure = {row.id: row.event.confidence for row in archive.events()}
        queue = archive.overview.least_sure(most=1000)
        assert [sure[entry] for entry in queue] == sorted(sure.values())
        stamp = archive.overview.stamp()
        archive.judge(queue[0], "right", by="R. Adeyemi")
        assert archive.overview.least_sure(most=1000) == queue[1:]
        assert archive.overview.stamp() != stamp
        category = next(archive.events()).event.category
        assert all(
            row.event.category == category
            for row in archive.events()
            if row.id in archive.overview.least_sure(category=category)
        )


def test_places_are_counted_by_what_happened_there(tmp_path: Path) -> None:
    text = "Qatar thanked Iran in Doha. Iran accused Qatar in Doha."
    doha = make.place(text, "Doha", country="QAT", lat=25.3, lon=51.5)
    events = [
        make.event(text, "Qatar", "thanked", "Iran", place=doha, date="2024-06-01"),
        make.event(text, "Iran", "accused", "Qatar", category="ACCUSE", place=doha, date="2024-06-01", intensity=-2.0),
        make.event(text, "Iran", "accused", "Qatar", place=doha, date="2024-06-01", status="negated"),
    ]
    with Archive(f"sqlite:///{tmp_path / 'record.db'}") as archive:
        archive.add([make.record(text, published="2024-06-02", events=events, places=[doha])])
        (spot,) = archive.overview.spots(date(2024, 6, 1), date(2024, 6, 1))
        assert (spot.name, spot.country, spot.lat, spot.lon, spot.events) == ("Doha", "QAT", 25.3, 51.5, 2)
        assert spot.mean == pytest.approx((3.4 - 2.0) / 2)
        assert [spot.events for spot in archive.overview.spots(None, None, quad=3)] == [1]
        assert archive.overview.spots(None, None, state="EGY") == []


def test_whom_somebody_meets_and_speaks_about(tmp_path: Path) -> None:
    text = "Qatar met Iran and Egypt. Qatar praised Iran."
    contact = make.contact(text, "Qatar", "Iran", "Egypt")
    said = make.statement(text, "Qatar", "praised Iran", "Iran")
    with Archive(f"sqlite:///{tmp_path / 'record.db'}") as archive:
        archive.add([make.record(text, published="2024-06-02", contacts=[contact], statements=[said])])
        assert [(one.name, one.number) for one in archive.overview.met_by(state="QAT")] == [("Egypt", 1), ("Iran", 1)]
        assert archive.overview.met_by(name="Qatar") == archive.overview.met_by(state="QAT")
        (about,) = archive.overview.said_by(state="QAT")
        assert (about.name, about.number, about.positive, about.negative) == ("Iran", 1, 1, 0)
        assert [one.name for one in archive.overview.names_like("ira")] == ["Iran"]
        assert archive.overview.names_like("   ") == []
        entries = archive.overview.entries_of(name="Egypt")
        assert [entry.rpartition("-")[2] for entry in entries] == ["c0"]


def test_the_ledger_newest_first_and_how_many(archive: Archive) -> None:
    today = date(2024, 12, 31)
    page, number = archive.overview.ledger(today=today, number=5)
    everything = archive.ledger(today=today)
    assert number == len(everything)
    newest = sorted(everything, key=lambda entry: (str(entry.updated or ""), ""), reverse=True)
    assert [entry.updated for entry in page] == [entry.updated for entry in newest[:5]]
    rest, _ = archive.overview.ledger(today=today, skip=5, number=number)
    assert {entry.id for entry in (*page, *rest)} == {entry.id for entry in everything}
