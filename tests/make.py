"""Builders for tests: small, valid, made without reading anything.

make.report("Qatar thanked Iran.", published="2024-06-01")
text = "Qatar thanked Iran on Friday."
event = make.event(text, "Qatar", "thanked", "Iran", category="SUPPORT")
record = make.record(text, events=[event])
make.span(text, "Iran")                  # by its words, never by counting
list(make.synthetic(40))                 # records of all kinds of entries, the same on every call
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from dragoman.evidence import Span
from dragoman.record.entries import (
    Actor,
    Commitment,
    Contact,
    Event,
    Party,
    Place,
    Reason,
    Record,
    Statement,
)
from dragoman.report.report import Dateline, Report

TEXT = "Qatar thanked Iran on Friday."
COUNTRIES = {"Iran": "IRN", "Qatar": "QAT", "Egypt": "EGY", "France": "FRA", "Kosovo": "XKX", "Norway": "NOR"}
QUADS = {"SUPPORT": 1, "CONSULT": 1, "AID": 2, "ACCUSE": 3, "THREATEN": 3, "ASSAULT": 4, "AGREE": 1, "SANCTION": 4}


def report(text: str = TEXT, **fields: Any) -> Report:
    """A report; `published` may be an ISO date."""
    return Report.model_validate({"text": text, **fields})


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth occurrence of words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def actor(name: str = "Iran", **fields: Any) -> Actor:
    """An actor; a country known here is a state with its code."""
    return Actor.model_validate({"name": name, "kind": "state", "country": COUNTRIES.get(name), **fields})


def party(text: str, words: str, nth: int = 0, **fields: Any) -> Party:
    """A party named by these words, which are also its actor's name unless `name` is given."""
    return Party(actor=actor(**{"name": words, **fields}), span=span(text, words, nth))


def event(
    text: str = TEXT, by: str | None = "Qatar", did: str = "thanked", to: str | None = "Iran", **fields: Any
) -> Event:
    """An event whose actor, trigger and recipient are these words of the text."""
    category = fields.get("category", "SUPPORT")
    given = {
        "category": category,
        "cameo": "051",
        "quad": QUADS.get(category, 1),
        "intensity": 3.4,
        "actors": [party(text, by)] if by else [],
        "recipients": [party(text, to)] if to else [],
        "trigger": span(text, did),
        "evidence": Span.of(text, 0, len(text)),
        "confidence": 0.9,
    }
    return Event.model_validate(given | fields)


def contact(text: str = TEXT, *who: str, **fields: Any) -> Contact:
    """A contact among these."""
    given = {
        "channel": "meeting",
        "participants": [party(text, words) for words in who or ("Qatar", "Iran")],
        "evidence": Span.of(text, 0, len(text)),
    }
    return Contact.model_validate(given | fields)


def statement(
    text: str = TEXT, by: str = "Qatar", content: str = "thanked Iran", about: str | None = "Iran", **fields: Any
) -> Statement:
    """A statement whose content is these words."""
    given = {
        "speakers": [party(text, by)],
        "content": span(text, content),
        "kind": "paraphrase",
        "about": [party(text, about)] if about else [],
        "stance": "positive",
    }
    return Statement.model_validate(given | fields)


def commitment(
    text: str = TEXT, by: str = "Qatar", content: str = "thanked Iran", to: str | None = "Iran", **fields: Any
) -> Commitment:
    """A commitment whose content is these words."""
    given = {
        "kind": "promise",
        "by": [party(text, by)],
        "to": [party(text, to)] if to else [],
        "content": span(text, content),
    }
    return Commitment.model_validate(given | fields)


def place(text: str, words: str, **fields: Any) -> Place:
    """A place named by these words."""
    return Place.model_validate({"span": span(text, words), "name": words, "precision": "city", **fields})


def record(text: str = TEXT, **fields: Any) -> Record:
    """A record; fields of a report (`published`, `url`...) go to its report, without entries it has none."""
    own = {name: fields.pop(name) for name in tuple(fields) if name in Report.model_fields}
    return Record.model_validate({"report": report(text, **own), **fields})


def synthetic(count: int, *, seed: int = 7, first: int = 0) -> Iterator[Record]:
    """Records with every kind of entry, each from its own seed: number 3 is the same in whatever batch it comes."""
    for number in range(first, first + count):
        yield _synthetic(number, random.Random(f"{seed}/{number}"))


def _synthetic(number: int, chance: random.Random) -> Record:
    names = chance.sample(sorted(COUNTRIES), 4)
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(300))
    verbs = {"SUPPORT": "praised", "ACCUSE": "accused", "CONSULT": "met", "AID": "sent relief to", "THREATEN": "warned"}
    done = [(*chance.sample(names, 2), *chance.choice(sorted(verbs.items()))) for _ in range(chance.randint(3, 12))]
    head = f"DOHA (Wire) – Report no. {number} of the day’s diplomacy.\n"
    said = [f"{one} {verb} {other} in Doha, an envoy said." for one, other, _, verb in done]
    promise = f"{names[0]} will reopen its embassy in {names[1]}."
    text = head + "\n".join([*said, promise])
    return record(
        text,
        title=f"{names[0]} and {names[1]}, no. {number}",
        url=f"https://example.org/{number}",
        publisher=chance.choice(["The Wire", "Gulf Desk", None]),
        published=None if number % 11 == 10 else day,
        dateline=Dateline(place="DOHA", agency="Wire"),
        actors=[
            actor(name, mentions=_all(text, name), reasons=[Reason(fact=f"“{name}” is a state")]) for name in names
        ],
        events=[_line_event(text, sentence, *part, day, chance) for sentence, part in zip(said, done, strict=True)],
        contacts=[contact(text, names[2], names[3], place=place(text, "Doha", country="QAT"), status="planned")]
        if all(name in text for name in names[2:])
        else [],
        statements=[statement(text, names[0], promise, names[1], events=[0], kind="mixed")],
        commitments=[commitment(text, names[0], promise, names[1], due=(day + timedelta(days=30)).isoformat())],
        places=[place(text, "Doha", country="QAT", lat=25.28545, lon=51.53096, geoname_id=290030)],
    )


def _all(text: str, words: str) -> Sequence[Span]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Span.of(text, start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _line_event(
    text: str, sentence: str, one: str, other: str, category: str, verb: str, day: date, chance: random.Random
) -> Event:
    start = text.index(sentence)

    def here(words: str) -> Span:
        begin = text.index(words, start)
        return Span.of(text, begin, begin + len(words))

    return event(
        text,
        None,
        verb,
        None,
        category=category,
        mode="meet" if category == "CONSULT" else None,
        cameo=chance.choice(["036", "051", "1042"]),
        intensity=chance.uniform(-10, 10),
        contexts=["diplomatic"],
        actors=[Party(actor=actor(one), span=here(one))],
        recipients=[Party(actor=actor(other), span=here(other))],
        reciprocal=category == "CONSULT",
        status=chance.choice(["occurred", "planned", "negated"]),
        background=chance.random() < 0.2,
        date=chance.choice([None, day.isoformat(), f"{day.isoformat()}/{(day + timedelta(days=2)).isoformat()}"]),
        trigger=here(verb),
        evidence=here(sentence),
        confidence=chance.random(),
        reasons=[Reason(fact=f"verb “{verb}”", weight=0.5)],
    )
