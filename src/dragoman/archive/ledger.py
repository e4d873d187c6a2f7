"""Keeping the ledger: each report that comes either goes on with commitments that are there, or begins its own.

In: a record, in the transaction that adds it. Out: rows in `ledger` and its tables. Which lines a report goes on with
is decided in `ledger_likest`; one that it might, but nobody is sure of, is kept as a step that changes nothing.
Whatever else the report binds somebody to begins a line of its own. Nothing is ever linked by parties alone, nor
without a gist.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from dragoman.archive import tables
from dragoman.archive.days import days
from dragoman.archive.fates import fates_of, words_for
from dragoman.archive.home import insert_once
from dragoman.archive.ledger_likest import Found, Known, keys_of, linked, near_lines
from dragoman.archive.tellings import Telling, kept, weighed
from dragoman.evidence import Span
from dragoman.record.entries import Commitment, Event, Party, Reason, Record

_BEGINS: Mapping[str, str] = {"AGREE": "promise", "REQUEST": "demand", "THREATEN": "warning"}
"""Acts that bind somebody where the report has no commitment: category and kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """What may begin a line of the ledger: a commitment, or an act that is one."""

    entry: str
    kind: str
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    content: Span
    status: str
    due: str | None
    background: bool
    confidence: float

    @property
    def countries(self) -> set[str]:
        """States and bodies bound, by code."""
        return {party.actor.country for party in (*self.by, *self.to) if party.actor.country}


def keep(connection: Connection, record: Record, telling: Telling) -> None:
    """Put what a report tells of commitments into the ledger; its words must be kept already."""
    lines = lines_of(record)
    taken: set[str] = set()
    if record.gist is not None and (near := near_lines(connection, telling)):
        odds = fates_of(record)
        for found in linked(connection, near, telling, odds):
            taken |= _go_on(connection, record, telling, found, lines, odds)
    for line in lines:
        if line.entry not in taken:
            _begin(connection, record, line)


def keep_words(connection: Connection, telling: Telling) -> None:
    """Keep what a report is compared by, unless it is there."""
    once = insert_once(connection, tables.ledger_words).on_conflict_do_nothing(index_elements=["report_id"])
    connection.execute(once.inline(), kept(telling))


def lines_of(record: Record) -> list[Line]:
    """All that a report binds somebody to: its commitments, or where it has none, acts that bind."""
    report_id = record.report.id
    told = [_of_commitment(f"{report_id}-m{n}", item) for n, item in enumerate(record.commitments)]
    if told:
        return told
    return [
        _of_event(f"{report_id}-e{n}", item)
        for n, item in enumerate(record.events)
        if item.category in _BEGINS and not item.background and item.status != "negated" and item.actors
        if any(party.actor.country for party in (*item.actors, *item.recipients))
    ][:1]


def _of_commitment(entry: str, said: Commitment) -> Line:
    to = (*said.to, *((said.addressee,) if said.addressee else ()))
    return Line(entry, said.kind, said.by, to, said.content, said.status, said.due, said.background, said.confidence)


def _of_event(entry: str, act: Event) -> Line:
    kind = "agreement" if act.reciprocal and act.category == "AGREE" else _BEGINS[act.category]
    status = "agreed" if kind == "agreement" else "open"
    return Line(entry, kind, act.actors, act.recipients, act.evidence, status, None, False, act.confidence)


def _go_on(
    connection: Connection,
    record: Record,
    telling: Telling,
    found: Found,
    lines: Sequence[Line],
    odds: Mapping[str, float],
) -> set[str]:
    """Add a step to a line; which of the report's own entries is that step."""
    own = _same(found.known, lines)
    status = max((s for s in odds if s != "none"), key=lambda s: odds[s])
    words = words_for(record, status, own.content if own else None)
    reasons = [
        *found.likeness.reasons,
        Reason(fact=f"the report tells that it is {status.replace('_', ' ')}", weight=round(odds[status], 3)),
    ]
    row = _step_row(
        found.known.id,
        telling,
        entry=own.entry if own and found.sure else None,
        status=status,
        words=words,
        sure=found.sure,
        confidence=found.likeness.probability,
        reasons=reasons,
    )
    connection.execute(insert(tables.ledger_steps), row)
    if found.sure:
        follow(connection, found.known.id)
    return {own.entry} if own and found.sure else set()


def _same(known: Known, lines: Sequence[Line]) -> Line | None:
    """The report's own entry that tells of the line: its parties, and the most of its words."""
    words: set[str] = set().union(*(t.words for t in known.before))
    fits = [line for line in lines if line.countries and line.countries <= known.parties]
    return max(fits, key=lambda line: len(words & weighed(line.content.text).keys()), default=None)


def beginnings(record: Record) -> dict[Table, list[dict[str, Any]]]:
    """The rows with which all that a report binds somebody to begins lines of its own."""
    rows: dict[Table, list[dict[str, Any]]] = {}
    for line in lines_of(record):
        for table, made in _beginning(record, line).items():
            rows.setdefault(table, []).extend(made)
    return rows


def _begin(connection: Connection, record: Record, line: Line) -> None:
    for table, rows in _beginning(record, line).items():
        if rows:
            connection.execute(insert(table), rows)


def _beginning(record: Record, line: Line) -> dict[Table, list[dict[str, Any]]]:
    report = record.report
    day = report.published.isoformat() if report.published else None
    own = {
        "id": line.entry,
        "report_id": report.id,
        "kind": line.kind,
        "status": line.status,
        "background": line.background,
        "opened": day,
        "updated": day,
        "due": days(line.due, None)[1],
        "confidence": line.confidence,
    }
    sides = {(side, p.actor.country) for side, given in (("by", line.by), ("to", line.to)) for p in given}
    parties = [{"ledger": line.entry, "side": side, "country": c} for side, c in sorted(s for s in sides if s[1])]
    reasons = (Reason(fact="the first report that tells it"),)
    telling = Telling(report.id, day, frozenset(), frozenset(), {}, None)
    step = _step_row(line.entry, telling, entry=line.entry, status=line.status, words=line.content, sure=True,
                     confidence=line.confidence, reasons=reasons)  # fmt: skip
    return {
        tables.ledger: [own],
        tables.ledger_parties: parties,
        tables.ledger_keys: _keys(line.entry, line.countries, day) if parties else [],
        tables.ledger_steps: [step],
    }


def _keys(ledger: str, countries: Iterable[str], day: str | None) -> list[dict[str, Any]]:
    return [{"key": key, "day": day or "", "ledger": ledger} for key in keys_of(countries)]


def _step_row(
    ledger: str, telling: Telling, *, entry: str | None, status: str, words: Span, sure: bool, confidence: float,
    reasons: Iterable[Reason],
) -> dict[str, Any]:  # fmt: skip
    return {
        "ledger": ledger,
        "report_id": telling.report_id,
        "entry": entry,
        "day": telling.day,
        "status": status,
        "start": words.start,
        "end": words.end,
        "sure": sure,
        "confidence": round(confidence, 3),
        "reasons": json.dumps([reason.model_dump() for reason in reasons], ensure_ascii=False),
    }


def standing(connection: Connection, ledger: str) -> list[Any]:
    """The steps of a line that hold, oldest first, each as the last ruling on it has it."""
    step, ruling = tables.ledger_steps.c, tables.ledger_rulings.c
    last = select(ruling.step, func.max(ruling.number).label("number")).group_by(ruling.step).subquery("last_ruling")
    said = tables.ledger_rulings.alias("said")
    query = (
        select(tables.ledger_steps, said.c.belongs, said.c.status.label("ruled"), said.c.by, said.c.reason)
        .outerjoin(last, last.c.step == step.number)
        .outerjoin(said, said.c.number == last.c.number)
        .where(step.ledger == ledger)
        .order_by(func.coalesce(step.day, ""), step.number)
    )
    return [row for row in connection.execute(query) if (row.sure if row.belongs is None else row.belongs)]


def follow(connection: Connection, ledger: str) -> None:
    """Let a line's status and last day follow its steps."""
    # The row is held first, so that of two reports that go on at once the later sees the step of the other.
    connection.execute(select(tables.ledger.c.id).where(tables.ledger.c.id == ledger).with_for_update())
    steps = standing(connection, ledger)
    if not steps:
        return
    status = steps[-1].ruled or steps[-1].status
    days_told = [step.day for step in steps if step.day]
    values = {"status": status, "opened": min(days_told, default=None), "updated": max(days_told, default=None)}
    connection.execute(update(tables.ledger).where(tables.ledger.c.id == ledger).values(values))
    keys = tables.ledger_keys
    named = [row.key for row in connection.execute(select(keys.c.key).where(keys.c.ledger == ledger))]
    connection.execute(delete(keys).where(keys.c.ledger == ledger))
    if named:
        day = values["updated"] or ""
        connection.execute(insert(keys), [{"key": key, "day": day, "ledger": ledger} for key in named])
