"""How a record is held against what a careful reader wrote down before the code read the report.

An expected entry counts as found when the record has one of the same kind that rests on overlapping words and agrees
in what the row names: category, mode, code, status and parties of an event; channel and status of a contact; speaker,
kind and stance of a statement; kind, status and parties of a commitment; all mentions, state and sector of an actor.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman.evidence import Span
from dragoman.reader import Reader
from dragoman.record.entries import Actor, Party, Record

KINDS = ("events", "actors", "contacts", "statements", "commitments")


@dataclass
class Held:
    """Counts of one or more reports: found and wanted by kind, forbidden entries, emitted and wanted events."""

    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    forbidden: int = 0
    forbidden_of: int = 0
    emitted: int = 0
    emitted_wanted: int = 0
    missing: list[str] = field(default_factory=list)

    def __iadd__(self, other: Held) -> Held:
        self.found += other.found
        self.wanted += other.wanted
        self.forbidden += other.forbidden
        self.forbidden_of += other.forbidden_of
        self.emitted += other.emitted
        self.emitted_wanted += other.emitted_wanted
        self.missing += other.missing
        return self

    def share(self, kind: str) -> float:
        """Found of wanted, 0 to 1."""
        return self.found[kind] / max(1, self.wanted[kind])


def load(path: Path) -> tuple[dict[str, Any], str]:
    """An expected record and the text of its report."""
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = (path.parent / gold["report"]["file"]).read_text(encoding="utf-8")
    return gold, text


def hold(reader: Reader, path: Path) -> Held:
    """Read the report of an expected record and compare."""
    gold, text = load(path)
    record = reader.read(text, published=str(gold["report"]["published"]))
    held = Held()
    by_key = _actors(held, record, gold, text)
    _events(held, record, gold, text)
    _contacts(held, record, gold, text)
    _statements(held, record, gold, text, by_key)
    _commitments(held, record, gold, text)
    held.missing = [f"{path.stem}: {line}" for line in held.missing]
    return held


def _where(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _meets(span: Span, where: tuple[int, int]) -> bool:
    return span.start < where[1] and where[0] < span.end


def _states(parties: tuple[Party, ...]) -> set[str]:
    return {p.actor.country for p in parties if p.actor.country}


def _rows(gold: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in gold.get(kind) or [] if not row.get("optional")]


def _count(held: Held, kind: str, hit: bool, what: str) -> None:
    held.wanted[kind] += 1
    held.found[kind] += hit
    if not hit:
        held.missing.append(f"{kind}: {what}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _actors(held: Held, record: Record, gold: dict[str, Any], text: str) -> dict[str, Actor | None]:
    by_key: dict[str, Actor | None] = {}
    for row in gold.get("actors") or []:
        places = [_where(text, m) for m in row["mentions"]]
        best = max(
            record.actors, key=lambda a: sum(any(_meets(m, p) for m in a.mentions) for p in places), default=None
        )
        covered = sum(any(_meets(m, p) for m in best.mentions) for p in places) if best else 0
        by_key[row["key"]] = best
        if row.get("optional"):
            continue
        hit = (
            best is not None
            and covered == len(places)
            and best.country == row.get("country")
            and row.get("sector") in (None, best.sector)
            and row.get("role_status") in (None, "incumbent", best.role_status)
        )
        got = best.name if best else None
        _count(held, "actors", hit, f"{row['key']}: got {got}, {covered}/{len(places)} mentions")
    return by_key


def _sides_fit(row: dict[str, Any], actors: set[str], recipients: set[str]) -> bool:
    named = {row.get("actor"), row.get("recipient")} - {None}
    if row.get("reciprocal"):
        return named <= actors | recipients
    return row.get("actor") in (None, *actors) and row.get("recipient") in (None, *recipients)


def _events(held: Held, record: Record, gold: dict[str, Any], text: str) -> None:
    for row in _rows(gold, "events"):
        where = _where(text, row["evidence"])
        hit = any(
            e.category == row["category"]
            and _meets(e.evidence, where)
            and _sides_fit(row, _states(e.actors), _states(e.recipients))
            and e.status == row["status"]
            and row.get("mode") in (None, e.mode)
            and row.get("cameo") in (None, e.cameo)
            for e in record.events
        )
        _count(held, "events", hit, f"{row['category']} {row.get('actor')}->{row.get('recipient')}: {row['evidence']}")
    for event in record.events:
        if event.background or event.status == "negated":
            continue
        held.emitted += 1
        both = _states(event.actors) | _states(event.recipients)
        held.emitted_wanted += any(
            row["category"] == event.category
            and _meets(event.evidence, _where(text, row["evidence"]))
            and {row.get("actor"), row.get("recipient")} - {None} <= both
            for row in gold.get("events") or []
        )
    for row in gold.get("forbidden") or []:
        held.forbidden_of += 1
        held.forbidden += any(
            e.category == row["category"]
            and row.get("status") in (None, e.status)
            and ("background" not in row or row["background"] == e.background)
            and row.get("actor") in (None, *_states(e.actors))
            and row.get("recipient") in (None, *_states(e.recipients))
            and ("evidence" not in row or _meets(e.evidence, _where(text, row["evidence"])))
            for e in record.events
        )


def _contacts(held: Held, record: Record, gold: dict[str, Any], text: str) -> None:
    for row in _rows(gold, "contacts"):
        where = _where(text, row["evidence"])
        hit = any(
            c.channel == row["channel"]
            and _meets(c.evidence, where)
            and c.status == row["status"]
            and c.background == bool(row.get("background"))
            for c in record.contacts
        )
        _count(held, "contacts", hit, f"{row['channel']} {row['status']}: {row['evidence']}")


def _statements(held: Held, record: Record, gold: dict[str, Any], text: str, by_key: dict[str, Actor | None]) -> None:
    for row in _rows(gold, "statements"):
        where = _where(text, row["content"])
        speakers = {actor.name for key in _listed(row.get("speaker")) if (actor := by_key.get(key)) is not None}
        hit = any(
            _meets(s.content, where)
            and s.kind == row["kind"]
            and row.get("stance") in (None, s.stance)
            and speakers <= {p.actor.name for p in s.speakers}
            for s in record.statements
        )
        _count(held, "statements", hit, f"{row.get('speaker')}: {row['content']}")


def _commitments(held: Held, record: Record, gold: dict[str, Any], text: str) -> None:
    for row in _rows(gold, "commitments"):
        where = _where(text, row["content"])
        hit = any(
            c.kind == row["kind"]
            and _meets(c.content, where)
            and c.status == row["status"]
            and set(_listed(row.get("by"))) <= _states(c.by)
            for c in record.commitments
        )
        _count(held, "commitments", hit, f"{row['kind']} {row['status']}: {row['content']}")
