"""Every row of the table of contacts is read as it says; tellings of one contact make one entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Reader
from dragoman.errors import KnowledgeError
from dragoman.knowledge import contacts as knowledge
from dragoman.record.entries import Contact

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "contacts.yaml").read_text(encoding="utf-8")
)
FOUND = [r for r in ROWS if "contacts" in r]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def fresh() -> Iterator[None]:
    knowledge.contact_words.cache_clear()
    yield
    knowledge.contact_words.cache_clear()


def read(reader: Reader, row: dict[str, Any]) -> list[Contact]:
    return list(reader.read(row["text"], published=str(row["published"]) if "published" in row else None).contacts)


def fits(found: Contact, want: dict[str, Any]) -> bool:
    countries = {p.actor.country for p in found.participants}
    return (
        found.channel == want["channel"]
        and found.status == want.get("status", "occurred")
        and found.background == want.get("background", False)
        and found.visitor == want.get("visitor", found.visitor)
        and found.host == want.get("host", found.host)
        and want.get("words", "") in found.evidence.text
        and set(want.get("countries", ())) <= countries
        and all(any(topic in told for told in found.topics) for topic in want.get("topics", ()))
    )


def tell(found: list[Contact]) -> list[tuple[object, ...]]:
    return [
        (
            c.channel,
            c.status,
            c.background,
            c.visitor,
            c.host,
            [p.actor.name for p in c.participants],
            c.topics,
            c.evidence.text,
        )
        for c in found
    ]


@pytest.mark.parametrize("row", FOUND, ids=lambda r: r["name"])
def test_contact_is_found(reader: Reader, row: dict[str, Any]) -> None:
    found = read(reader, row)
    for want in row["contacts"]:
        assert any(fits(c, want) for c in found), tell(found)
    if "count" in row:
        assert len(found) == row["count"], tell(found)


@pytest.mark.parametrize("row", [r for r in ROWS if r.get("none")], ids=lambda r: r["name"])
def test_look_alike_is_none(reader: Reader, row: dict[str, Any]) -> None:
    found = read(reader, row)
    assert not found, tell(found)


@pytest.mark.parametrize("row", FOUND[:12], ids=lambda r: r["name"])
def test_contact_says_why(reader: Reader, row: dict[str, Any]) -> None:
    for contact in read(reader, row):
        assert contact.reasons
        assert 0.5 <= contact.confidence < 1
        assert contact.evidence.text in row["text"]


def test_names_are_unique() -> None:
    names = [r["name"] for r in ROWS]
    assert len(names) == len(set(names))


@pytest.mark.usefixtures("fresh")
def test_word_that_cancels_and_postpones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = dict(knowledge.raw()["contacts.yaml"])
    data["postponed"] = [*data["postponed"], "cancel"]
    monkeypatch.setattr(knowledge, "raw", lambda: {"contacts.yaml": data})
    with pytest.raises(KnowledgeError, match="cancel"):
        knowledge.contact_words()


@pytest.mark.usefixtures("fresh")
def test_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = knowledge.raw()["contacts.yaml"] | {"extra": []}
    monkeypatch.setattr(knowledge, "raw", lambda: {"contacts.yaml": data})
    with pytest.raises(KnowledgeError, match="extra"):
        knowledge.contact_words()
