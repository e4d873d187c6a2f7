"""Who said what: every row of both tables of statements is read as it says, but those known to be read wrong.

`speech.yaml` is the older table; `speech-constructions.yaml` goes through the ways in which a report says who said
what. The finder also keeps its promises on odd texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.record.entries import Party, Record
from readings import judged, listed, read_rows, shares

CASES = Path(__file__).parents[1] / "cases"
# Share of each table's rows that must be right.
FLOORS = {"speech": 1.0, "speech-constructions": 0.95}
# Constructions in whose rows nobody says anything at all.
SILENT = frozenset(("no_comment", "scare_quotes", "name_in_quotes", "word_in_quotes", "said_to_be", "saying_idiom"))
# Deeds told by words that may be words of saying, and labels that may be speakers.
DEEDS = (
    "Rwanda called up 4,000 reservists.",
    "Poland recalled its ambassador from Minsk.",
    "Zambia raised the price of maize.",
    "Italy supported the boats with two ships.",
    "Finland defended its border with dogs.",
    "The president welcomed the Danish queen at the airport.",
    "The rebels hit the town with rockets.",
    "The general inspected the guard as the band played.",
    "As the band played, crowds cheered in the streets of Tunis.",
    "Cyprus decided to close the strait.",
    "The ministry will announce the winners on Friday.",
    "The embassy refused to answer questions about the visas.",
    "The song, “Home Again”, played as the coffins were carried out.",
    "Support from the air for the column came too late.",
    "A call from the minister about the crisis woke the envoy at night.",
    "Sudan: army takes back two towns",
    "Storm Boris: floods reach Vienna",
    "Explainer: why the dam matters to Egypt",
    "Ferry sinks off Samos - Reuters",
    "Talks go on in Doha - day three",
)
# Rows known to be read wrong, and why.
KNOWN: dict[str, str] = {}


def _rows(table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((CASES / f"{table}.yaml").read_text(encoding="utf-8"))
    return [{**row, "table": table, "name": _name(row)} for row in rows]


def _name(row: dict[str, Any]) -> str:
    return f"{row['text'][:50]} / {row.get('content', row.get('never'))[:30]}".replace("\n", " ")


ROWS = [row for table in FLOORS for row in _rows(table)]


def _named_by(parties: Sequence[Party]) -> list[str]:
    """The words that name the speakers; one phrase may name two: "the foreign ministers of Peru and Chile"."""
    return list({(p.span.start, p.span.end): p.span.text for p in parties}.values())


def wrong_statements(record: Record, row: dict[str, Any]) -> str | None:
    """What is wrong with a row, or None."""
    told = [(s.content.text, s.kind, s.stance, _named_by(s.speakers)) for s in record.statements]
    if "never" in row:
        return f"given out: {told}" if row["never"] in [content for content, *_ in told] else None
    same = [s for s in told if s[0] == row["content"]]
    if len(same) != 1:
        return f"{len(same)} of this content; got {told}"
    _, kind, stance, spoken = same[0]
    if (kind, stance) != (row.get("kind", "paraphrase"), row.get("stance", "neutral")):
        return f"got {same[0]}"
    want = listed(row["speaker"])
    named = len(spoken) == len(want) and all(any(w in s or s in w for s in spoken) for w in want)
    return None if named else f"spoken by {spoken}"


@lru_cache(maxsize=1)
def failed(reader: Reader) -> dict[str, str]:
    """Rows that are read wrong, and how."""
    records = read_rows(reader, ROWS)
    outcomes = ((row["name"], wrong_statements(record, row)) for row, record in zip(ROWS, records, strict=True))
    return {name: why for name, why in outcomes if why is not None}


def test_every_row_is_right_but_the_known(reader: Reader) -> None:
    new, healed = judged(failed(reader), KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)


def test_no_table_falls(reader: Reader) -> None:
    reached = shares(ROWS, "table", failed(reader))
    assert {table: (right, of) for table, (right, of) in reached.items() if right < FLOORS[table] * of} == {}


def test_nobody_speaks_where_nothing_is_said(reader: Reader) -> None:
    rows = [row for row in ROWS if row.get("construction") in SILENT]
    texts = [*({"text": text} for text in DEEDS), *rows]
    records = read_rows(reader, texts)
    told = [(row["text"], s.content.text) for row, r in zip(texts, records, strict=True) for s in r.statements]
    assert len(rows) >= 15
    assert told == []


def test_tables_are_in_order() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 240
    assert set(KNOWN) <= set(names)
    assert all(why.strip() for why in KNOWN.values())
    for row in ROWS:
        words = [row.get("content", row.get("never")), *listed(row.get("speaker"))]
        assert [w for w in words if w not in row["text"]] == [], row["name"]


def test_every_statement_says_why(reader: Reader) -> None:
    record = reader.read("Chile condemned the raid. “It was a crime,” a witness said. According to Peru, it went on.")
    assert len(record.statements) >= 3
    for statement in record.statements:
        assert 0 < statement.confidence <= 1
        assert statement.reasons
        assert all(r.fact.strip() for r in statement.reasons)
        span = statement.content
        assert record.report.text[span.start : span.end] == span.text


def test_addressee_and_target(reader: Reader) -> None:
    told = reader.read("Kenya told Oman that Mali had closed the road.").statements[0]
    assert [p.span.text for p in told.addressees] == ["Oman"]
    assert [p.span.text for p in told.about] == ["Mali"]


def test_nameless_speaker_is_one_actor(reader: Reader) -> None:
    record = reader.read("A witness said the bridge fell. The witness said nobody was hurt.")
    assert len({s.speakers[0].actor.name for s in record.statements}) == 1


@pytest.mark.parametrize(
    "text", ["“", "” said", "Said said said.", "“A” “B” “C” said", '"', "Q –", "A – x", "according to"]
)
def test_broken_text_does_not_raise(reader: Reader, text: str) -> None:
    record = reader.read(text)
    assert record.report.text == text
    assert all(text[s.content.start : s.content.end] == s.content.text for s in record.statements)
