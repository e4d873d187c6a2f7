"""A made-up archive of any size, to measure and to practise on: plausible reports with all that a record can hold.

In: how many events, and a seed. Out: records with about `PER_REPORT` events each, over ten years, in the order of
their days, and the events that several of them tell. States are real, a few of them in most of the news; people,
outlets and happenings are invented, the words are our own (`synthetic.yaml`). The same numbers and the same seed always
give the same records. Nothing is read: entries are made together with the text, so every span holds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from dragoman.archive import Archive
from dragoman.evidence import Span
from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Actor, Commitment, Contact, Event, Party, Place, Reason, Record, Statement
from dragoman.report.report import Dateline, Report
from dragoman.synthetic_states import State, words
from dragoman.synthetic_states import pair as state_pair

PER_REPORT = 4
FIRST, DAYS = date(2015, 1, 1), 3650
TOGETHER = 500
"""Reports written in one transaction."""
_TELLERS = ((1, 60), (2, 22), (3, 11), (4, 7))
"""How many outlets tell a happening, and how often that is so."""
_PARTS = re.compile(r"(\{b\}|\{p\}|\*[^*]+\*)")
_STATUSES = ("occurred", "planned", "requested", "hypothetical", "negated")
_HOW_FAR = (78, 9, 5, 4, 4)


class Told(NamedTuple):
    """A record, and by the ids of its events which others they are: those that an earlier outlet told."""

    record: Record
    joined: dict[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """One event of a happening, as every outlet has it."""

    kind: dict[str, Any]
    by: State
    to: State
    who: tuple[str, str, str] | None
    about: str
    place: State
    status: str
    background: bool


@dataclass(slots=True)
class _Sheet:
    """A text as it grows, and who is named in it where."""

    text: str = ""
    named: dict[str, list[Span]] = field(default_factory=dict)
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start=start, end=len(self.text), text=words)

    def name(self, state: State, person: tuple[str, str, str] | None = None) -> tuple[str, Span]:
        """Write a name down; the actor's key and where it stands."""
        key = person[0] if person else state.code
        if person:
            own = {"name": person[0], "kind": "person", "role": person[1], "sector": person[2]}
        else:
            own = {"name": state.name, "kind": "state"}
        self.actors.setdefault(key, {**own, "country": state.code})
        span = self.put(person[0] if person else state.name)
        self.named.setdefault(key, []).append(span)
        return key, span


def records(events: int, seed: int = 1) -> Iterator[Told]:
    """Records that together tell so many events, or one report's worth more."""
    made, number = 0, 0
    pace = events / PER_REPORT / DAYS
    left = 0.0
    day = FIRST
    while made < events:
        chance = random.Random(f"{seed}/{number}")
        number += 1
        for told in _happening(chance, number, day):
            yield told
            made += len(told.record.events)
            left += 1
            if made >= events:
                return
        while left >= pace and day < FIRST + timedelta(days=DAYS - 1):
            left -= max(pace, 1e-9)
            day += timedelta(days=1)


def fill(url: str, events: int, seed: int = 1, told: Callable[[int], None] | None = None) -> int:
    """Write a made-up archive, or go on with one that was broken off; returns how many reports it holds of it.

    Args:
        url: address of the archive.
        events: how many events.
        seed: chooses among all such archives.
        told: is called with how many more reports are written.

    Raises:
        ArchiveError: when it cannot be written.
    """
    number = 0
    rest = records(events, seed)
    with Archive(url) as archive:
        while page := list(islice(rest, TOGETHER)):
            joined = {entry: event for one in page for entry, event in one.joined.items()}
            archive.add_together([one.record for one in page], joined=joined)
            number += len(page)
            if told is not None:
                told(len(page))
    return number


def _happening(chance: random.Random, number: int, day: date) -> Iterator[Told]:
    """One happening as each outlet tells it; the first is the one whose events the others share."""
    known = words()
    one, other = state_pair(chance)
    core = [_act(chance, one, other) for _ in range(chance.choice((2, 3, 3, 4)))]
    tellers = chance.sample(known["outlets"], chance.choices(*zip(*_TELLERS, strict=True))[0])
    first: str | None = None
    for place, outlet in enumerate(tellers):
        aside = range(chance.choice((0, 1, 1, 2)))
        acts = [*core, *(_act(chance, *state_pair(chance), background=chance.random() < 0.5) for _ in aside)]
        late = day + timedelta(days=chance.choice((0, 0, 1)) if place else 0)
        record = _record(chance, acts, outlet, late, day, f"{number}/{place + 1}", (one, other))
        own = record.report.id
        joined = {f"{own}-e{n}": f"{first}-e{n}" for n in range(len(core))} if first else {}
        first = first or own
        yield Told(record, joined)


def _act(chance: random.Random, one: State, other: State, background: bool = False) -> Act:
    known = words()
    by, to = (one, other) if chance.random() < 0.6 else (other, one)
    return Act(
        kind=chance.choices(known["acts"], known["weights"])[0],
        by=by,
        to=to,
        who=chance.choice(by.persons) if chance.random() < 0.45 else None,
        about=chance.choice(known["subjects"]),
        place=chance.choice((by, to, to)),
        status=chance.choices(_STATUSES, _HOW_FAR)[0],
        background=background,
    )


def _record(
    chance: random.Random, acts: list[Act], outlet: str, day: date, happened: date, mark: str, pair: tuple[State, State]
) -> Record:
    known, sheet = words(), _Sheet()
    head = acts[0]
    sheet.put(f"{head.place.capital.upper()}, {day:%B} {day.day} ({outlet}) - ")
    told = [_told(chance, sheet, act) for act in acts]
    sheet.put(f" {chance.choice(known['fillers']).format(p=head.place.capital, t=head.about)}")
    said = _said(chance, sheet, pair[0]) if chance.random() < 0.9 else None
    bound = _bound(chance, sheet, pair, day) if chance.random() < 0.4 else None
    sheet.put(f"\n\nReport {mark}.")
    made = {
        key: Actor(**own, mentions=tuple(sheet.named[key]), reasons=(Reason(fact=f"“{own['name']}” is named so"),))
        for key, own in sheet.actors.items()
    }

    def party(named: tuple[str, Span]) -> Party:
        return Party(actor=made[named[0]], span=named[1])

    events = [_event(chance, act, one, party, happened) for act, one in zip(acts, told, strict=True)]
    report = Report(
        text=sheet.text,
        title=f"{head.by.name} and {head.to.name}: {head.about}",
        url=f"https://news.example/{mark}/{outlet.lower().replace(' ', '-')}",
        publisher=outlet,
        published=day,
        dateline=Dateline(place=head.place.capital.upper(), agency=outlet),
    )
    places = {one.place.name: one.place for one in told if one.place is not None}
    return Record(
        report=report,
        actors=tuple(made.values()),
        events=tuple(events),
        contacts=tuple(_contact(e) for e in events if e.category == "CONSULT"),
        statements=(said(party),) if said else (),
        commitments=(bound(party),) if bound else (),
        places=tuple(places.values()),
    )


class _Line(NamedTuple):
    """A sentence in the text, and what of it is what."""

    whole: Span
    by: tuple[str, Span]
    to: tuple[str, Span]
    trigger: Span
    place: Place | None
    source: tuple[str, Span] | None


def _told(chance: random.Random, sheet: _Sheet, act: Act) -> _Line:
    sheet.put(" ")
    begin = len(sheet.text)
    source = None
    if chance.random() < 0.25:
        sheet.put("According to ")
        source = sheet.name(act.to, chance.choice(act.to.persons))
        sheet.put(", ")
    template = chance.choice(act.kind["say"])
    by = sheet.name(act.by, act.who)
    sheet.put(" ")
    to: tuple[str, Span] | None = None
    did: Span | None = None
    place: Place | None = None
    for part in filter(None, _PARTS.split(template)):
        if part == "{b}":
            to = sheet.name(act.to)
        elif part == "{p}":
            place = _place(sheet.put(act.place.capital), act.place)
        elif part[0] == "*":
            did = sheet.put(part.strip("*"))
        else:
            sheet.put(part.format(t=act.about))
    assert to is not None, template
    assert did is not None, template
    sheet.put(".")
    whole = Span.of(sheet.text, begin, len(sheet.text))
    return _Line(whole, by, to, did, place, source)


def _place(span: Span, state: State) -> Place:
    where = {"lat": state.lat, "lon": state.lon, "geoname_id": state.geoname_id}
    return Place(span=span, name=state.capital, country=state.code, precision="city", **where)


def _event(
    chance: random.Random, act: Act, told: _Line, party: Callable[[tuple[str, Span]], Party], happened: date
) -> Event:
    kind = act.kind
    day = happened - timedelta(days=chance.randrange(30, 300)) if act.background else happened
    stated = day.isoformat() if act.background or chance.random() < 0.6 else None
    book = codebook()
    mutual = bool(kind.get("mutual"))
    return Event(
        category=kind["category"],
        mode=kind.get("mode"),
        cameo=kind["cameo"],
        quad=book.categories[kind["category"]].quad,
        intensity=book.intensity(kind["category"], kind.get("mode")),
        contexts=tuple(kind["contexts"]),
        actors=(party(told.by), party(told.to)) if mutual else (party(told.by),),
        recipients=() if mutual else (party(told.to),),
        reciprocal=mutual,
        status=act.status,
        background=act.background,
        asserted_by=party(told.source) if told.source else None,
        date=stated,
        date_basis="stated" if stated else "published",
        place=told.place,
        trigger=told.trigger,
        evidence=told.whole,
        confidence=round(chance.betavariate(6, 2), 3),
        reasons=(Reason(fact=f"the words “{told.trigger.text}”", weight=0.6),),
    )


def _contact(event: Event) -> Contact:
    channel = {"phone": "phone", "visit": "visit"}.get(event.mode or "", "meeting")
    return Contact(
        channel=channel,
        participants=(*event.actors, *event.recipients),
        place=event.place,
        date=event.date,
        status=event.status,
        background=event.background,
        evidence=event.evidence,
        confidence=event.confidence,
    )


_Later = Callable[[Callable[[tuple[str, Span]], Party]], Any]


def _said(chance: random.Random, sheet: _Sheet, state: State) -> _Later:
    sheet.put(" “")
    content = sheet.put(chance.choice(words()["quotes"]).format(t=chance.choice(words()["subjects"])))
    sheet.put(",” ")
    cue = sheet.put("said")
    sheet.put(" ")
    speaker = sheet.name(state, chance.choice(state.persons))
    sheet.put(".")
    stance, sure = chance.choice(("positive", "negative", "neutral")), round(chance.betavariate(6, 2), 3)
    return lambda party: Statement(
        speakers=(party(speaker),), cue=cue, content=content, kind="quote", stance=stance, confidence=sure
    )


def _bound(chance: random.Random, sheet: _Sheet, pair: tuple[State, State], day: date) -> _Later:
    sheet.put(" ")
    by = sheet.name(pair[0])
    sheet.put(" told ")
    to = sheet.name(pair[1])
    sheet.put(" it will ")
    content = sheet.put(chance.choice(words()["promises"]).format(t=chance.choice(words()["subjects"])))
    sheet.put(".")
    due = (day + timedelta(days=chance.randrange(20, 200))).isoformat() if chance.random() < 0.5 else None
    kind = chance.choice(("promise", "offer", "proposal"))
    sure = round(chance.betavariate(6, 2), 3)
    return lambda party: Commitment(
        kind=kind, by=(party(by),), to=(party(to),), content=content, due=due, confidence=sure
    )
