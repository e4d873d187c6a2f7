"""Every row of the table of statements is read as it says; the finder keeps its promises on odd texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "speech.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def _name(row: dict[str, Any]) -> str:
    return f"{row['text'][:50]} / {row.get('content', row.get('never'))[:30]}"


@pytest.mark.parametrize("row", [r for r in ROWS if "content" in r], ids=_name)
def test_statement_is_found(reader: Reader, row: dict[str, Any]) -> None:
    found = reader.read(row["text"]).statements
    told = [(s.content.text, s.kind, s.stance, [p.span.text for p in s.speakers]) for s in found]
    same = [s for s in found if s.content.text == row["content"]]
    assert same, told
    want = row["speaker"] if isinstance(row["speaker"], list) else [row["speaker"]] if row["speaker"] else []
    assert [s.kind for s in same] == [row.get("kind", "paraphrase")], told
    assert same[0].stance == row.get("stance", "neutral"), told
    spoken = [p.span.text for p in same[0].speakers]
    assert len(spoken) == len(want), told
    assert all(any(w in s or s in w for s in spoken) for w in want), told


@pytest.mark.parametrize("row", [r for r in ROWS if "never" in r], ids=_name)
def test_what_is_not_said(reader: Reader, row: dict[str, Any]) -> None:
    assert row["never"] not in [s.content.text for s in reader.read(row["text"]).statements]


def test_table_is_long_enough() -> None:
    assert len(ROWS) >= 80


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
