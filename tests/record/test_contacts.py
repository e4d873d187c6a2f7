"""Every row of the tables of contacts is read as it says; tellings of one contact make one entry.

The second table, of constructions of everyday press, was written before anything was read: rows known to fail stand in
`KNOWN`, each with its reason; one that passes has to leave it.
"""

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
from dragoman.report.report import Report
from readings import judged

CASES = Path(__file__).parents[1] / "cases"
ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "contacts.yaml").read_text(encoding="utf-8"))
PRESS: list[dict[str, Any]] = yaml.safe_load((CASES / "contacts-constructions.yaml").read_text(encoding="utf-8"))
FOUND = [r for r in ROWS if "contacts" in r]
# Rows of the second table that are read wrong, and why.
KNOWN = {
    "generals": "the title beside the first general's name is taken for the second one's, so both are of one state",
}
# At least so many of its rows are right.
RIGHT = 0.95


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


def wrong(found: list[Contact], row: dict[str, Any]) -> str | None:
    """What is wrong with the contacts of a row, or None."""
    missing = [want for want in row.get("contacts", ()) if not any(fits(c, want) for c in found)]
    many = len(found) != row.get("count", len(found)) or (row.get("none") and found)
    return f"missing {missing}, got {tell(found)}" if missing or many else None


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["name"])
def test_row_is_read_as_it_says(reader: Reader, row: dict[str, Any]) -> None:
    assert wrong(read(reader, row), row) is None


def test_row_of_the_press_is_read_as_it_says_but_the_known(reader: Reader) -> None:
    records = reader.read_many(Report(text=r["text"], published=r.get("published")) for r in PRESS)
    outcomes = {r["name"]: wrong(list(rec.contacts), r) for r, rec in zip(PRESS, records, strict=True)}
    failed = {name: why for name, why in outcomes.items() if why is not None}
    new, healed = judged(failed, KNOWN)
    assert not new, "wrong now:\n" + "\n".join(new)
    assert not healed, "right now, take off the list:\n" + "\n".join(healed)
    assert len(PRESS) - len(failed) >= RIGHT * len(PRESS)


@pytest.mark.parametrize("row", FOUND[:12], ids=lambda r: r["name"])
def test_contact_says_why(reader: Reader, row: dict[str, Any]) -> None:
    for contact in read(reader, row):
        assert contact.reasons
        assert 0.5 <= contact.confidence < 1
        assert contact.evidence.text in row["text"]


def test_tables_are_in_order() -> None:
    names = [r["name"] for r in (*ROWS, *PRESS)]
    assert len(names) == len(set(names))
    assert set(KNOWN) <= {r["name"] for r in PRESS}
    assert all(why.strip() for why in KNOWN.values())
    assert all(bool(r.get("none")) != bool(r.get("contacts")) for r in (*ROWS, *PRESS))


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
