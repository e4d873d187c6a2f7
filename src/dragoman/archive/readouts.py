"""Readouts compared: one contact of two states, told by both sides or by two outlets, and what each of them leaves out.

In: two states and days. Out: `Readout`s, one after the other, by the day of the contact. For each, two accounts (of one
or more reports each), why they tell of one contact, on whose side either is told, and all `Point`s.

One contact: between the two states, not background, said to have happened or denied; the same family of channel or a
channel left open; the same day or one day apart (a contact without a date goes by its report's); the people, where
both accounts name them with different offices, not others. A telling that names only one of the two counts when its
report is told on the other's side, and another telling names both ("he spoke with his Qatari counterpart").

Accounts: where reports of both sides tell it (see `voices`), theirs are compared. Otherwise the outlets' are: that of a
known side, else the first, with each of the others.

Memory: contacts are gone through by day; only those within a few days of each other and their reports are held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import select

from dragoman.actors.offices import same_office
from dragoman.archive import tables, view
from dragoman.archive.dyads import both
from dragoman.archive.filters import Question
from dragoman.archive.items import Account, same_name
from dragoman.archive.opening import Store
from dragoman.archive.points import Point, families_fit, points, same_channel
from dragoman.archive.voices import Voice, voice_of
from dragoman.knowledge.folding import fold
from dragoman.record.entries import Actor, Contact, Reason, Record

APART = 1
"""So many days may lie between two tellings of one contact."""
LONGEST = 7
"""A contact dated to more days than these is dated too loosely to be known again."""
PAGE = 200
_STATUSES = ("occurred", "negated")
_CONTACT, _REPORT = tables.contacts.c, tables.reports.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A report that tells of the contact.

    Attributes:
        report_id, title, url, publisher, published: of the report.
        contact_id: of the contact, as the archive has it.
        contact: itself.
        voice: on whose side the report is told, and why.
    """

    report_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    contact_id: str
    contact: Contact
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two accounts.

    Attributes:
        state: on whose side it is told; None when that does not show.
        tellers: its reports, oldest first.
    """

    state: str | None
    tellers: tuple[Teller, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """A contact of two states as two accounts have it.

    Attributes:
        one, other: the states, in the order they were asked for.
        first_day, last_day: of the contact; two different days where the accounts differ or it took several.
        channel: as the accounts have it, the more exact one.
        told_apart: whether the accounts are of the two sides, or merely of two outlets.
        first, second: the accounts.
        points: what both tell, and what one leaves out.
        differences: in what the accounts of the contact itself do not agree.
        reasons: why the two tell of one contact.
        others: further reports that tell of it.
    """

    one: str
    other: str
    first_day: date
    last_day: date
    channel: str
    told_apart: Literal["sides", "outlets"]
    first: Side
    second: Side
    points: tuple[Point, ...]
    differences: tuple[str, ...]
    reasons: tuple[Reason, ...]
    others: tuple[Teller, ...]


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A contact that may be told by others, too; its record is fetched when it is needed."""

    store: Store
    row: Any
    states: tuple[str, str]

    @property
    def days(self) -> tuple[date, date]:
        return date.fromisoformat(self.row.day_from), date.fromisoformat(self.row.day_to)

    @cached_property
    def record(self) -> Record:
        return view.record(self.store, self.row.report_id)

    @cached_property
    def voice(self) -> Voice:
        return voice_of(self.record, *self.states)

    @property
    def account(self) -> Account:
        return Account(self.record, self.row.ordinal)

    @property
    def outlet(self) -> str:
        """What tells outlets apart: name, else host, else the report itself."""
        host = urlsplit(self.row.url).hostname if self.row.url else None
        return fold(self.row.publisher) if self.row.publisher else host or self.row.report_id

    @property
    def teller(self) -> Teller:
        report = self.record.report
        return Teller(
            report_id=report.id,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            published=report.published,
            contact_id=self.row.id,
            contact=self.account.told,
            voice=self.voice,
        )

    def people(self, state: str | None = None) -> list[Actor]:
        """Who takes part by name, of one state or at all."""
        parties = (party.actor for party in self.account.told.participants)
        return [actor for actor in parties if actor.kind == "person" and state in (None, actor.country)]


@dataclass(eq=False)
class _Occasion:
    """Tellings of one contact, the first of which the others are held against."""

    tellings: list[_Candidate] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        return self.tellings[0].days[1]

    def gap(self, candidate: _Candidate) -> int | None:
        """Days between it and a further telling, when that can be of the same contact."""
        first = self.tellings[0]
        apart = _gap(first.days, candidate.days)
        outlets = {told.outlet for told in self.tellings}
        if apart > APART or (apart and candidate.outlet in outlets):
            return None
        if not families_fit(first.row.channel, candidate.row.channel):
            return None
        return apart if _same_people(first, candidate) else None

    def told_in(self, report_id: str) -> bool:
        """Whether a report tells it already."""
        return any(told.row.report_id == report_id for told in self.tellings)


def readouts(store: Store, asked: Question) -> Iterator[Readout]:
    """Contacts of the two states of a question by `dyads.asked_of` that are told twice; its days are the contacts'."""
    states = both(asked)
    open_: list[_Occasion] = []
    halves: list[_Candidate] = []
    for row in _contacts(store, asked):
        candidate = _Candidate(store, row, states)
        begins = candidate.days[0]
        done = [occasion for occasion in open_ if (begins - occasion.last_day).days > APART]
        for occasion in done:
            yield from _compared(occasion, halves, asked)
        open_ = [occasion for occasion in open_ if occasion not in done]
        halves = [half for half in halves if (begins - half.days[1]).days <= LONGEST + 2 * APART]
        if not row.between:
            halves.append(candidate)
            continue
        gaps = [(gap, place) for place, occasion in enumerate(open_) if (gap := occasion.gap(candidate)) is not None]
        if not gaps:
            open_.append(_Occasion([candidate]))
        elif not open_[min(gaps)[1]].told_in(row.report_id):
            open_[min(gaps)[1]].tellings.append(candidate)
    for occasion in open_:
        yield from _compared(occasion, halves, asked)


def _contacts(store: Store, asked: Question) -> Iterator[Any]:
    """Contacts in which one of the two takes part, by day, with whether both do; page by page."""
    from dragoman.archive.between import contacts_of  # noqa: PLC0415 - loads numpy
    from dragoman.archive.shelf import Sight  # noqa: PLC0415

    since, until = (date.fromisoformat(day) if day else None for day in (asked.since, asked.until))
    with store.reading() as connection:
        told = contacts_of(
            Sight(connection, store.shelf),
            both(asked),
            statuses=_STATUSES,
            # A telling a day off belongs to them.
            since=_shifted(since, -APART) if since else None,
            until=_shifted(until, APART) if until else None,
        )
    columns = (_CONTACT.id, _CONTACT.report_id, _CONTACT.ordinal, _CONTACT.channel, _CONTACT.status, _CONTACT.day_from)
    for begin in range(0, len(told), PAGE):
        page = told[begin : begin + PAGE]
        query = (
            select(*columns, _CONTACT.day_to, _REPORT.url, _REPORT.publisher, tables.published.label("told_on"))
            .join(tables.reports, _REPORT.id == _CONTACT.report_id)
            .where(_CONTACT.id.in_([one.id for one in page]))
        )
        with store.reading() as connection:
            rows = {row.id: row for row in connection.execute(query)}
        for one in page:
            if _is_short(rows[one.id]):
                yield SimpleNamespace(**rows[one.id]._mapping, between=one.between)


def _is_short(row: Any) -> bool:
    return (date.fromisoformat(row.day_to) - date.fromisoformat(row.day_from)).days < LONGEST


def _shifted(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _compared(occasion: _Occasion, halves: list[_Candidate], asked: Question) -> Iterator[Readout]:
    """The readouts of one contact on the days asked about; none when only one account tells it."""
    states = both(asked)
    for half in list(halves):
        # Who is not named must be the side that tells it.
        if occasion.told_in(half.row.report_id) or occasion.gap(half) is None:
            continue
        if half.voice.side and not _named(half, half.voice.side):
            occasion.tellings.append(half)
            halves.remove(half)
    told = occasion.tellings
    if len(told) < 2 or all(candidate.row.status == "negated" for candidate in told):
        return
    accounts = _accounts(told)
    base, *others = sorted(accounts, key=lambda key: states.index(key) if key in states else len(states))
    # Where both sides tell it, the rest only stands beside them.
    for key in others[:1] if others[:1] and others[0] in states else others:
        rest = [candidate for third in others if third != key for candidate in accounts[third]]
        made = _readout(accounts[base], accounts[key], rest, states)
        if (not asked.since or str(made.last_day) >= asked.since) and (
            not asked.until or str(made.first_day) <= asked.until
        ):
            yield made


def _named(candidate: _Candidate, state: str) -> bool:
    contact = candidate.account.told
    return state in (contact.visitor, contact.host, *(party.actor.country for party in contact.participants))


def _accounts(told: Sequence[_Candidate]) -> dict[str, list[_Candidate]]:
    """Tellings by side, where one shows, else by outlet; oldest first."""
    accounts: dict[str, list[_Candidate]] = {}
    for candidate in sorted(told, key=lambda candidate: (candidate.row.told_on, candidate.row.report_id)):
        accounts.setdefault(candidate.voice.side or candidate.outlet, []).append(candidate)
    return accounts


def _readout(
    first: list[_Candidate], second: list[_Candidate], rest: list[_Candidate], states: tuple[str, str]
) -> Readout:
    one, other = states
    sides = [_side(account) for account in (first, second)]
    own = [account[0].account.told for account in (first, second)]
    days = [day for candidate in (*first, *second) for day in candidate.days]
    exact = next((contact.channel for contact in own if contact.channel != "other"), "other")
    return Readout(
        one=one,
        other=other,
        first_day=min(days),
        last_day=max(days),
        channel=exact,
        told_apart="sides" if all(side.state for side in sides) else "outlets",
        first=sides[0],
        second=sides[1],
        points=points([c.account for c in first], [c.account for c in second], one, other),
        differences=_differences(*own),
        reasons=_reasons(first[0], second[0], states),
        others=tuple(candidate.teller for candidate in rest),
    )


def _side(account: list[_Candidate]) -> Side:
    return Side(state=account[0].voice.side, tellers=tuple(candidate.teller for candidate in account))


def _differences(a: Contact, b: Contact) -> tuple[str, ...]:
    """In what two tellings of the contact itself do not agree; what one leaves open is no difference."""
    pairs = (
        ("channel", None if a.channel == "other" else a.channel, None if b.channel == "other" else b.channel),
        ("status", a.status, b.status),
        ("date", a.date, b.date),
        ("place", a.place.name if a.place else None, b.place.name if b.place else None),
        ("host", a.host, b.host),
    )
    return tuple(f"{what}: {mine} / {theirs}" for what, mine, theirs in pairs if mine and theirs and mine != theirs)


def _reasons(a: _Candidate, b: _Candidate, states: tuple[str, str]) -> tuple[Reason, ...]:
    """Why two tellings are of one contact."""
    channels = (a.row.channel, b.row.channel)
    how = same_channel(*channels)
    facts = [Reason(fact=how, weight=0.4 if "other" not in channels else 0.1)]
    apart = _gap(a.days, b.days)
    when = "the same day" if not apart else f"one day apart: {a.days[0]} and {b.days[0]}"
    facts.append(Reason(fact=when, weight=0.2 if apart else 0.4))
    names = [actor.name for actor in a.people() if any(same_name(actor.name, other.name) for other in b.people())]
    if names:
        facts.append(Reason(fact=f"both name {' and '.join(names)}", weight=0.3))
    for candidate in (a, b):
        if not candidate.row.between:
            missing = next(state for state in states if not _named(candidate, state))
            facts.append(Reason(fact=f"one names nobody of {missing}, but is told on its side", weight=0.0))
    return tuple(facts)


def _same_people(a: _Candidate, b: _Candidate) -> bool:
    """Whether they share a name, or nobody speaks against it: no state has other people of other offices in both."""
    if any(same_name(actor.name, other.name) for actor in a.people() for other in b.people()):
        return True
    return not any(
        mine and theirs and not any(_office_fits(actor, other) for actor in mine for other in theirs)
        for mine, theirs in ((a.people(state), b.people(state)) for state in a.states)
    )


def _office_fits(actor: Actor, other: Actor) -> bool:
    """Whether two people can hold one office, as far as it is told."""
    if actor.role is None or other.role is None:
        return True
    return same_office(actor.role, other.role) or same_office(other.role, actor.role)


def _gap(a: tuple[date, date], b: tuple[date, date]) -> int:
    """Days between two intervals; 0 when they touch."""
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0)
