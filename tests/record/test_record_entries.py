"""The record refuses what it could not stand by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import make
from dragoman.evidence import Span
from dragoman.record import entries
from dragoman.record.entries import Code, Entry, Party, Record, spans

TEXT = "Qatar thanked Iran on Friday."
KINDS = sorted(
    (kind for kind in vars(entries).values() if isinstance(kind, type) and issubclass(kind, Entry) and kind != Entry),
    key=lambda kind: kind.__name__,
)


def one_of_each() -> dict[str, Entry]:
    return {
        "Event": make.event(TEXT, place=make.place(TEXT, "Iran"), asserted_by=make.party(TEXT, "Qatar")),
        "Contact": make.contact(TEXT),
        "Statement": make.statement(TEXT, cue=make.span(TEXT, "thanked")),
        "Commitment": make.commitment(TEXT, addressee=make.party(TEXT, "Iran")),
        "Place": make.place(TEXT, "Iran"),
        "Actor": make.actor("Iran", mentions=[make.span(TEXT, "Iran")]),
        "Telling": entries.Telling(span=make.span(TEXT, "Iran"), role="king", role_status="late", country="IRN"),
        "Gist": entries.Gist(model="some model", vector="AH+B"),
        "Party": make.party(TEXT, "Iran"),
        "Reason": entries.Reason(fact="because"),
        "Code": Code(category="NONE", probability=1),
        "Record": make.record(TEXT),
    }


def test_every_kind_is_tried() -> None:
    assert [kind.__name__ for kind in KINDS] == sorted(one_of_each())


@pytest.mark.parametrize("name", sorted(one_of_each()))
def test_frozen_and_strict(name: str) -> None:
    entry = one_of_each()[name]
    field = next(iter(type(entry).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(entry, field, None)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(entry).model_validate({**entry.model_dump(), "mood": "sour"})


@pytest.mark.parametrize("name", sorted(one_of_each()))
def test_json_brings_it_back(name: str) -> None:
    entry = one_of_each()[name]
    assert type(entry).model_validate_json(entry.model_dump_json()) == entry


def test_whole_records_come_back() -> None:
    for record in make.synthetic(25):
        assert Record.model_validate_json(record.model_dump_json()) == record
        assert Record.model_validate(record.model_dump()) == record


def test_lists_stay_closed() -> None:
    record = make.record(TEXT, events=[make.event(TEXT)])
    assert isinstance(record.events, tuple)
    assert isinstance(record.events[0].actors, tuple)
    assert hash(record) == hash(make.record(TEXT, events=[make.event(TEXT)]))


WRONG = Span(start=0, end=4, text="Iran")


def _misplaced() -> dict[str, dict[str, Any]]:
    iran = Party(actor=make.actor(), span=WRONG)
    return {
        "actor's mention": {"actors": [make.actor("Iran", mentions=[WRONG])]},
        "trigger": {"events": [make.event(TEXT, trigger=WRONG)]},
        "evidence": {"events": [make.event(TEXT, evidence=WRONG)]},
        "event's actor": {"events": [make.event(TEXT, actors=[iran])]},
        "event's recipient": {"events": [make.event(TEXT, recipients=[iran])]},
        "event's source": {"events": [make.event(TEXT, asserted_by=iran)]},
        "event's place": {"events": [make.event(TEXT, place=make.place(TEXT, "Iran", span=WRONG))]},
        "mention of an event's actor": {
            "events": [make.event(TEXT, actors=[make.party(TEXT, "Iran", mentions=[WRONG])])]
        },
        "participant": {"contacts": [make.contact(TEXT, participants=[iran])]},
        "contact's evidence": {"contacts": [make.contact(TEXT, evidence=WRONG)]},
        "cue": {"statements": [make.statement(TEXT, cue=WRONG)]},
        "content": {"statements": [make.statement(TEXT).model_copy(update={"content": WRONG})]},
        "addressee": {"commitments": [make.commitment(TEXT, addressee=iran)]},
        "place": {"places": [make.place(TEXT, "Iran", span=WRONG)]},
    }  # fmt: skip


@pytest.mark.parametrize("where", sorted(_misplaced()))
def test_words_that_are_not_the_reports_are_refused(where: str) -> None:
    with pytest.raises(ValidationError, match="span 0:4 says 'Iran', the text 'Qata'"):
        make.record(TEXT, **_misplaced()[where])


def test_a_changed_text_in_json_is_refused() -> None:
    data = json.loads(make.record(TEXT, events=[make.event(TEXT)]).model_dump_json())
    data["report"] |= {"id": "", "text": TEXT.replace("Qatar", "Egypt")}
    with pytest.raises(ValidationError, match="says 'Qatar', the text 'Egypt'"):
        Record.model_validate(data)


@pytest.mark.parametrize("index", [1, 7, -1])
def test_a_statement_that_points_to_no_event_is_refused(index: int) -> None:
    with pytest.raises(ValidationError, match=f"points to event {index} of 1"):
        make.record(TEXT, events=[make.event(TEXT)], statements=[make.statement(TEXT, events=[index])])


def test_a_statement_may_point_to_an_event() -> None:
    record = make.record(TEXT, events=[make.event(TEXT)], statements=[make.statement(TEXT, events=[0])])
    assert record.statements[0].events == (0,)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "GREET"),
        ("cameo", "5"),
        ("cameo", "05x"),
        ("quad", 5),
        ("status", "maybe"),
        ("date_basis", "guessed"),
        ("confidence", 1.01),
        ("confidence", -0.01),
        ("trigger", None),
        ("intensity", "high"),
        ("intensity", float("inf")),
        ("intensity", 11.0),
    ],
)
def test_values_outside_the_codebook_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=field):
        make.event(TEXT, **{field: value})


def test_a_code_keeps_its_leading_zero() -> None:
    assert make.event(TEXT, cameo="051").cameo == "051"
    assert json.loads(make.event(TEXT, cameo="051").model_dump_json())["cameo"] == "051"
    with pytest.raises(ValidationError, match="valid string"):
        make.event(TEXT, cameo=51)


def test_another_version_is_refused() -> None:
    data = make.record(TEXT).model_dump()
    with pytest.raises(ValidationError, match="schema_version"):
        Record.model_validate({**data, "schema_version": "2.0"})


def test_an_id_that_is_not_the_texts_is_refused() -> None:
    with pytest.raises(ValidationError, match="is not the hash of the text"):
        make.report(TEXT, id="0123456789abcdef")


def test_missing_is_none_or_empty() -> None:
    """No default says anything about the world; what it may say is how things usually are told."""
    told = {"status": ("occurred", "open"), "date_basis": ("unknown",), "stance": ("neutral",), "precision": ("point",),
            "schema_version": ("1.0",), "confidence": (0.5,), "weight": (0.0,)}  # fmt: skip
    for kind in KINDS:
        for name, field in kind.model_fields.items():
            if not field.is_required():
                assert field.default in (None, (), False, *told.get(name, ())), f"{kind.__name__}.{name}"


def test_spans_finds_every_span() -> None:
    event = make.event(TEXT, place=make.place(TEXT, "Iran"), asserted_by=make.party(TEXT, "Qatar"))
    record = make.record(TEXT, events=[event], places=[make.place(TEXT, "Friday")])
    found = [span.text for span in spans(record)]
    assert sorted(found) == sorted(["Qatar", "Iran", "Qatar", "Iran", "thanked", TEXT, "Friday"])
    assert _count(record.model_dump()) == len(found)


def _count(value: Any) -> int:
    """Spans in plain data, found another way."""
    if isinstance(value, BaseModel):
        raise TypeError("plain data only")
    if isinstance(value, dict):
        return int(set(value) == {"start", "end", "text"}) + sum(_count(part) for part in value.values())
    return sum(_count(part) for part in value) if isinstance(value, (list, tuple)) else 0


def test_an_actor_of_many_parties_is_checked_once() -> None:
    iran = make.actor("Iran", mentions=[make.span(TEXT, "Iran")])
    party = Party(actor=iran, span=make.span(TEXT, "Iran"))
    record = make.record(TEXT, actors=[iran], events=[make.event(TEXT, recipients=[party, party])])
    every, each = list(spans(record)), list(spans(record, once=True))
    assert set(each) == set(every)
    assert len(each) < len(every)
