"""Every row of the table of commitments is read as it says; look-alikes bind nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.errors import KnowledgeError
from dragoman.knowledge import commitments as knowledge
from dragoman.record.entries import Commitment

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "commitments.yaml").read_text(encoding="utf-8")
)
FOUND = [r for r in ROWS if "commitments" in r]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def fresh() -> Iterator[None]:
    knowledge.binding_words.cache_clear()
    yield
    knowledge.binding_words.cache_clear()


def read(reader: Reader, row: dict[str, Any]) -> list[Commitment]:
    return list(reader.read(row["text"], published=str(row["published"]) if "published" in row else None).commitments)


def fits(text: str, found: Commitment, want: dict[str, Any]) -> bool:
    start = text.index(want["content"])
    return (
        found.kind == want["kind"]
        and found.status == want.get("status", "open")
        and found.background == want.get("background", False)
        and found.content.start < start + len(want["content"])
        and start < found.content.end
        and set(want.get("by", ())) <= {p.actor.country for p in found.by}
        and set(want.get("to", ())) <= {p.actor.country for p in found.to}
        and want.get("condition", "") in (found.condition or "")
        and ("due" not in want or (found.due is not None if want["due"] == "any" else found.due == want["due"]))
        and want.get("refers_to", "") in (found.refers_to or "")
    )


def tell(found: list[Commitment]) -> list[tuple[object, ...]]:
    return [
        (
            c.kind,
            c.status,
            c.background,
            [p.actor.country for p in c.by],
            [p.actor.country for p in c.to],
            c.content.text,
            c.due,
            c.condition,
            c.refers_to,
        )
        for c in found
    ]


@pytest.mark.parametrize("row", FOUND, ids=lambda r: r["name"])
def test_commitment_is_found(reader: Reader, row: dict[str, Any]) -> None:
    found = read(reader, row)
    for want in row["commitments"]:
        assert any(fits(row["text"], c, want) for c in found), tell(found)


@pytest.mark.parametrize("row", [r for r in ROWS if r.get("none")], ids=lambda r: r["name"])
def test_look_alike_is_none(reader: Reader, row: dict[str, Any]) -> None:
    found = read(reader, row)
    assert not found, tell(found)


@pytest.mark.parametrize("row", FOUND[:12], ids=lambda r: r["name"])
def test_commitment_says_why(reader: Reader, row: dict[str, Any]) -> None:
    for commitment in read(reader, row):
        assert commitment.reasons
        assert 0.5 <= commitment.confidence < 1
        assert commitment.content.text == row["text"][commitment.content.start : commitment.content.end]


def test_names_are_unique() -> None:
    names = [r["name"] for r in ROWS]
    assert len(names) == len(set(names))


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fates", {"broken": ["break"], "fulfilled": ["break"]}),
        ("nouns", [{"kind": "promise", "words": ["word", "word"], "preps": []}]),
        ("extra", []),
    ],
)
def test_broken_file_is_refused(monkeypatch: pytest.MonkeyPatch, key: str, value: object) -> None:
    data = knowledge.raw()["commitments.yaml"] | {key: value}
    monkeypatch.setattr(knowledge, "raw", lambda: {"commitments.yaml": data})
    with pytest.raises(KnowledgeError):
        knowledge.binding_words()
