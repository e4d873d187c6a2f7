"""What is told by packed columns against the same told from the rows themselves, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

import pytest

from dragoman.archive import Archive
from dragoman.archive.filters import Filters
from dragoman.archive.imported import ImportedFilters
from dragoman.record.entries import Party

ABOUT_EVENTS: list[Filters] = [
    {"dyad": "IRN-QAT"},
    {"state": "QAT", "since": "2024-03-01"},
    {"category": "ACCUSE"},
    {"publisher": "The Wire"},
    {"min_confidence": 0.99},
]


def people(parties: Iterable[Party], state: str) -> set[tuple[str, str | None]]:
    return {(one.actor.name, one.actor.country) for one in parties if one.actor.country == state}


def states(archive: Archive) -> list[str]:
    return [one.key for one in archive.counts(by="country", limit=4) if one.key]


def test_whom_people_of_a_state_meet(full: Archive) -> None:
    for state in states(full):
        told: Counter[str] = Counter()
        for row in full.contacts():
            there = {(one.actor.name, one.actor.country) for one in row.contact.participants}
            if people(row.contact.participants, state):
                told.update({name for name, country in there if country != state})
        found = {one.name: one.number for one in full.overview.met_by(state=state, most=1000)}
        assert found == dict(told), state


def test_about_whom_people_of_a_state_speak(full: Archive) -> None:
    some = False
    for state in states(full):
        told: Counter[tuple[str, str | None]] = Counter()
        good: Counter[tuple[str, str | None]] = Counter()
        for row in full.statements():
            own = people(row.statement.speakers, state)
            about = {(one.actor.name, one.actor.country) for one in row.statement.about}
            if own:
                told.update(about - own)
                good.update(about - own if row.statement.stance == "positive" else set())
        found = full.overview.said_by(state=state, most=1000)
        assert {(one.name, one.country): one.number for one in found} == dict(told), state
        assert {(one.name, one.country): one.positive for one in found if one.positive} == dict(good), state
        some |= bool(found)
    assert some


def test_who_stands_for_a_state(full: Archive) -> None:
    for state in states(full):
        told: Counter[tuple[str, str]] = Counter()
        for event in (row.event for row in full.events()):
            asserting = (event.asserted_by,) if event.asserted_by else ()
            told.update((one.actor.name, one.actor.kind) for one in (*event.actors, *event.recipients, *asserting)
                        if one.actor.country == state)  # fmt: skip
        for contact in (row.contact for row in full.contacts()):
            told.update((p.actor.name, p.actor.kind) for p in contact.participants if p.actor.country == state)
        for said in (row.statement for row in full.statements()):
            told.update((one.actor.name, one.actor.kind) for one in (*said.speakers, *said.addressees, *said.about)
                        if one.actor.country == state)  # fmt: skip
        for promise in (row.commitment for row in full.commitments()):
            addressee = (promise.addressee,) if promise.addressee else ()
            told.update((one.actor.name, one.actor.kind) for one in (*promise.by, *promise.to, *addressee)
                        if one.actor.country == state)  # fmt: skip
        found = {(one.name, one.kind): one.number for one in full.overview.faces(state, most=1000)}
        assert found == {pair: number for pair, number in told.items() if pair[1] != "state"}, state


@pytest.mark.parametrize("asked", ABOUT_EVENTS, ids=str)
def test_stories_are_found_by_their_reports(full: Archive, asked: Filters) -> None:
    reports = {row.report_id for row in full.reports(**asked)}
    tellers = {story.id: {one.report_id for one in full.story(story.id).tellers} for story in full.stories()}
    expected = {story for story, told_by in tellers.items() if told_by & reports}
    assert {story.id for story in full.stories(**asked)} == expected


@pytest.mark.parametrize("asked", ABOUT_EVENTS, ids=str)
def test_mentions_without_an_event_of_their_own_follow_the_filters(full: Archive, asked: Filters) -> None:
    on_events: Filters = {**asked}
    publisher = on_events.pop("publisher", None)
    events = {row.id for row in full.events(**on_events)}
    expected = {
        row.id
        for row in full.mentions()
        if not row.coded and row.event_id in events and publisher in (None, row.publisher)
    }
    assert {row.id for row in full.mentions(**asked) if not row.coded} == expected


@pytest.mark.parametrize(
    "asked", [{"dyad": "IRN-QAT"}, {"actor": "QAT", "since": "2024-03-01"}, {"category": "ACCUSE"}], ids=str
)
def test_own_events_stand_beside_imported_ones_by_month(full: Archive, asked: ImportedFilters) -> None:
    told: dict[str, set[str]] = {}
    for row in full.events(**cast(Filters, asked)):
        day = row.event.date or (row.published.isoformat() if row.published else None)
        if day and row.event.status not in ("negated", "hypothetical"):
            told.setdefault(day[:7], set()).add(row.event_id)
    months = {one.month: one.events for one in full.beside(**asked) if one.source == "own"}
    assert {month: number for month, number in months.items() if len(month) == 7} == {
        month: len(events) for month, events in told.items() if len(month) == 7
    }
