"""How a record is held against rows of the tables of cases: whom words stand for, and what is coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import make
from dragoman import Reader
from dragoman.evidence import Span
from dragoman.record.entries import Actor, Event, Party, Record
from dragoman.report.report import Report

CASES = Path(__file__).parent / "cases"


@lru_cache
def table(name: str) -> tuple[tuple[dict[str, Any], ...], dict[str, str]]:
    """The rows of a table of cases, and those known to fail with the reason."""
    data = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(data["rows"]), data["known_wrong"]


def read_rows(reader: Reader, rows: Iterable[dict[str, Any]]) -> list[Record]:
    """The record of each row's text, read in batches."""
    reports = (Report(text=row["text"], published=row.get("published")) for row in rows)
    return list(reader.read_many(reports))


def listed(value: Any) -> list[Any]:
    """A row may name one or several."""
    return [] if value is None else value if isinstance(value, list) else [value]


# -- whom words stand for


def stood_for(record: Record, words: str, nth: int = 1) -> list[Actor]:
    """The actors of the mention that comes closest to these words; none when no mention touches them."""
    where = make.span(record.report.text, words, nth - 1)
    mentions = [
        (actor, m) for actor in record.actors for m in actor.mentions if m.start < where.end > where.start < m.end
    ]
    if not mentions:
        return []
    closest = min((abs(m.start - where.start) + abs(m.end - where.end), m.start, m.end) for _, m in mentions)
    return [actor for actor, m in mentions if (m.start, m.end) == closest[1:]]


def wrong_reference(record: Record, row: dict[str, Any]) -> str | None:
    """What is wrong with a row of reference.yaml, or None."""
    actors = stood_for(record, row["phrase"], row.get("nth", 1))
    where = make.span(record.report.text, row["phrase"], row.get("nth", 1) - 1)
    got = f"got {[(a.name, a.country, a.kind, a.role_status) for a in actors]}"
    is_place = any(_touch(p.span, where) for p in record.places)
    if row.get("place") is True:
        if not is_place:
            return f"is no place, {got}"
        return got if actors and not any(_touch(s, where) for s in _sides(record)) else None
    if row.get("place") is False and is_place:
        return "is a place"
    if row.get("nobody"):
        return got if actors else None
    if not actors:
        return "stands for nobody"
    if "country" in row and {a.country for a in actors} != set(listed(row["country"])):
        return got
    for field, key in (("name", "actor"), ("kind", "is"), ("role_status", "role_status")):
        if key in row and any(getattr(a, field) != row[key] for a in actors):
            return got
    return None


def _sides(record: Record) -> list[Span]:
    """The words of all parties of events and contacts."""
    of_events = [p.span for e in record.events for p in (*e.actors, *e.recipients)]
    return of_events + [p.span for c in record.contacts for p in c.participants]


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


# -- what is coded


def wrong_events(record: Record, row: dict[str, Any]) -> str | None:
    """What is wrong with a row of events.yaml, or None."""
    got = [tell(e) for e in record.events]
    if row.get("none"):
        return f"coded {got}" if got else None
    wanted = row.get("events", [])
    for want in wanted:
        if not want.get("optional") and not any(fits(e, want) for e in record.events):
            return f"no {want['category']} {want.get('by')} -> {want.get('to')}; got {got}"
    allowed = {want["category"] for want in wanted} | set(row.get("also", ()))
    for event in record.events:
        if event.category in row.get("never", ()):
            return f"coded {tell(event)}"
        if event.category not in allowed and not event.background:
            return f"coded {tell(event)} too"
    for event in record.events:
        same = [w for w in wanted if w["category"] == event.category]
        if same and event.category not in row.get("also", ()) and not any(_standing(event, w) for w in same):
            return f"status of {tell(event)}"
    return None


def fits(event: Event, want: dict[str, Any]) -> bool:
    """Whether an event is the one wanted."""
    if event.category != want["category"] or not _standing(event, want):
        return False
    if "mode" in want and event.mode != want["mode"]:
        return False
    by, to = listed(want.get("by")), listed(want.get("to"))
    if by == ["nobody"]:
        return not event.actors and _holds(event.recipients, to)
    straight = _holds(event.actors, by) and _holds(event.recipients, to)
    if want.get("either_way") or event.reciprocal:
        both = [*event.actors, *event.recipients]
        return straight or (_holds(both, by) and _holds(both, to))
    return straight


def _standing(event: Event, want: dict[str, Any]) -> bool:
    status = want.get("status", "occurred")
    return status in ("any", event.status) and event.background == want.get("background", False)


def _holds(parties: Sequence[Party], wanted: list[str]) -> bool:
    return all(any(_is(party, one) for party in parties) for one in wanted)


def _is(party: Party, one: str) -> bool:
    if len(one) == 3 and one.isupper():
        return party.actor.country == one
    return one.lower() in party.span.text.lower() or one.lower() in party.actor.name.lower()


def tell(event: Event) -> str:
    """An event on one line."""
    by, to = (", ".join(f"{p.actor.country}:{p.actor.name}" for p in side) for side in (event.actors, event.recipients))
    old = " background" if event.background else ""
    return f"{event.category}/{event.mode} {by} -> {to} {event.status}{old} {event.trigger.text!r}"


# -- the whole table


def judged(failed: dict[str, str], known: dict[str, str]) -> tuple[list[str], list[str]]:
    """Rows that fail outside the list of known ones, and known ones that pass, each on a line.

    A known one that begins with "edge: " is right on some processors and wrong on others: a model in eight bits adds up
    a little otherwise on each, and puts the row now on this side of its bar and now on that.
    """
    new = [f"{name}: {why}" for name, why in failed.items() if name not in known]
    healed = [f"{name}: {why}" for name, why in known.items() if name not in failed and not why.startswith("edge: ")]
    return new, healed


def shares(rows: Iterable[dict[str, Any]], by: str, failed: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Right and all, by kind."""
    rows, wrong = list(rows), set(failed)
    every = Counter(row[by] for row in rows)
    right = Counter(row[by] for row in rows if row["name"] not in wrong)
    return {kind: (right[kind], every[kind]) for kind in every}
