"""Records as Hypothesis makes them: any text, any spans of it, any fields the schema allows."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from dragoman.evidence import Span
from dragoman.record import entries
from dragoman.record.entries import Actor, Commitment, Contact, Event, Party, Place, Reason, Record, Statement
from dragoman.report.report import Dateline, Report

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MAYBE = st.none() | WORDS
CODES = st.none() | st.sampled_from(["IRN", "QAT", "XKX", "IGO"])
SHARES = st.floats(0, 1)
DAYS = st.none() | st.sampled_from(
    ["2024-06-01", "2024-06-01/2024-06-03", "2024-06", "soon", "", "2024-02-31", "../.."]
)
REASONS = st.lists(st.builds(Reason, fact=WORDS, weight=st.floats(-1, 1)), max_size=2).map(tuple)


def _any(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def _few(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=most).map(tuple)


@st.composite
def _spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span.of(text, start, draw(st.integers(start + 1, len(text))))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record."""
    text = draw(TEXTS)
    spans = _spans(text)
    actors = st.builds(
        Actor,
        name=WORDS,
        kind=_any(entries.ActorKind),
        country=CODES,
        sector=MAYBE,
        other_sectors=_few(WORDS),
        role=MAYBE,
        role_status=st.none() | _any(entries.RoleStatus),
        qid=MAYBE,
        mentions=_few(spans),
        told=_few(
            st.builds(
                entries.Telling,
                span=spans,
                role=WORDS,
                role_status=st.none() | _any(entries.RoleStatus),
                country=CODES,
                sector=MAYBE,
            )
        ),
        reasons=REASONS,
    )
    parties = st.builds(Party, actor=actors, span=spans)
    places = st.builds(
        Place,
        span=spans,
        name=WORDS,
        country=CODES,
        lat=st.none() | st.floats(-90, 90),
        lon=st.none() | st.floats(-180, 180),
        geoname_id=st.none() | st.integers(0, 2**40),
        precision=_any(entries.Precision),
        reasons=REASONS,
    )
    events = st.builds(
        Event,
        category=_any(entries.Category),
        mode=MAYBE,
        cameo=st.none() | st.from_regex(r"\A[0-9]{2,4}\Z"),
        quad=st.sampled_from([1, 2, 3, 4]),
        intensity=st.floats(min_value=-10, max_value=10, allow_nan=False),
        contexts=_few(WORDS),
        actors=_few(parties),
        recipients=_few(parties),
        reciprocal=st.booleans(),
        status=_any(entries.Status),
        background=st.booleans(),
        asserted_by=st.none() | parties,
        date=DAYS | MAYBE,
        date_basis=_any(entries.DateBasis),
        place=st.none() | places,
        trigger=spans,
        evidence=spans,
        confidence=SHARES,
        reasons=REASONS,
    )
    told = draw(_few(events))
    contacts = st.builds(
        Contact,
        channel=_any(entries.Channel),
        participants=_few(parties),
        visitor=CODES,
        host=CODES,
        place=st.none() | places,
        date=DAYS,
        status=_any(entries.ContactStatus),
        background=st.booleans(),
        topics=_few(WORDS),
        evidence=spans,
        confidence=SHARES,
        reasons=REASONS,
    )
    statements = st.builds(
        Statement,
        speakers=_few(parties),
        cue=st.none() | spans,
        content=spans,
        kind=_any(entries.StatementKind),
        addressees=_few(parties),
        about=_few(parties),
        stance=_any(entries.Stance),
        events=_few(st.integers(0, len(told) - 1)) if told else st.just(()),
        confidence=SHARES,
        reasons=REASONS,
    )
    commitments = st.builds(
        Commitment,
        kind=_any(entries.CommitmentKind),
        by=_few(parties),
        to=_few(parties),
        addressee=st.none() | parties,
        content=spans,
        due=DAYS,
        condition=MAYBE,
        status=_any(entries.CommitmentStatus),
        refers_to=MAYBE,
        background=st.booleans(),
        confidence=SHARES,
        reasons=REASONS,
    )
    return Record(
        report=Report(
            text=text,
            title=draw(MAYBE),
            url=draw(MAYBE),
            publisher=draw(MAYBE),
            published=draw(st.none() | st.dates()),
            dateline=draw(st.none() | st.builds(Dateline, place=MAYBE, agency=MAYBE)),
        ),
        actors=draw(_few(actors)),
        events=told,
        contacts=draw(_few(contacts)),
        statements=draw(_few(statements)),
        commitments=draw(_few(commitments)),
        places=draw(_few(places)),
    )
