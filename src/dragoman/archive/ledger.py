"""Keeping the ledger: each report that comes either goes on with commitments that are there, or begins its own.

In: a record, in the transaction that adds it. Out: rows in `ledger` and its tables. A report goes on with a commitment
when the likeness of the two is above `SURE` and clearly above that of any other; between `MAYBE` and that it is kept as
a step that nobody is sure of, which changes nothing. Whatever else the report binds somebody to begins a line of its
own. Nothing is ever linked by parties alone, nor without a gist.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, union_all, update

from dragoman.archive import tables
from dragoman.archive.days import days
from dragoman.archive.fates import fates_of, words_for
from dragoman.archive.home import insert_once
from dragoman.archive.likeness import SAME_NEWS, Likeness, apart, likeness
from dragoman.archive.tellings import Telling, kept, telling_of_row
from dragoman.evidence import Span
from dragoman.record.entries import Commitment, Event, Party, Reason, Record

SURE = 0.42
MAYBE = 0.28
CLEARLY = 0.05
"""By how much the best must be likelier than the next."""
NEAREST = 60
"""Commitments that are looked at for each state or pair of states, the latest first."""
_MOST_STATES = 5
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
    if record.gist is not None:
        known, linked = _near(connection, telling), list[_Found]()
        if known:
            odds = fates_of(record)
            linked = _linked(known, telling, odds)
            for found in linked:
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


@dataclass(frozen=True, slots=True)
class _Known:
    """A line that is there, with who is bound and the tellings of it."""

    id: str
    parties: frozenset[str]
    before: tuple[Telling, ...]


def _near(connection: Connection, telling: Telling) -> list[_Known]:
    """Lines that the report may go on with: those of the states that its lead names, the latest first."""
    states = sorted(telling.lead)[:_MOST_STATES]
    keys = [*states, *(f"{a}-{b}" for a in states for b in states if a < b)]
    if not keys:
        return []
    column = tables.ledger_keys.c
    latest = [
        select(select(column.ledger).where(column.key == key).order_by(column.day.desc()).limit(NEAREST).subquery())
        for key in keys
    ]
    ids = sorted({str(row.ledger) for row in connection.execute(union_all(*latest))})
    parties: dict[str, set[str]] = {}
    party = tables.ledger_parties.c
    for row in connection.execute(select(party.ledger, party.country).where(party.ledger.in_(ids))):
        parties.setdefault(row.ledger, set()).add(row.country)
    likely = [i for i in ids if parties.get(i, set()) and parties[i] <= telling.countries | {"IGO", "UNO", "EUR"}]
    likely += [i for i in ids if i not in likely and parties.get(i, set()) & telling.lead]
    before: dict[str, list[Telling]] = {}
    step, words, report = tables.ledger_steps.c, tables.ledger_words.c, tables.reports.c
    steps = (
        select(step.ledger, step.report_id, report.published, words.lead, words.countries, words.words, words.gist)
        .join(tables.ledger_words, words.report_id == step.report_id)
        .join(tables.reports, report.id == step.report_id)
        .where(step.ledger.in_(likely), step.sure)
        .order_by(step.number)
    )
    for told in connection.execute(steps):
        before.setdefault(told.ledger, []).append(telling_of_row(told))
    return [_Known(i, frozenset(parties[i]), tuple(before[i])) for i in likely if before.get(i)]


@dataclass(frozen=True, slots=True)
class _Found:
    known: _Known
    likeness: Likeness
    sure: bool


def _linked(known: Sequence[_Known], telling: Telling, odds: Mapping[str, float]) -> list[_Found]:
    """The line that a report goes on with, or those that it might."""
    scored = [(likeness(line.before, line.parties, telling, odds), line) for line in known]
    scored.sort(key=lambda pair: (-pair[0].probability, pair[1].id))
    best = scored[0][0].probability
    if best < MAYBE:
        return []
    # Two lines that one report began are no rivals: the earlier in its text is the one its news is about.
    own = {t.report_id for t in scored[0][1].before}
    rival = next((s for s, line in scored[1:] if not any(t.report_id in own for t in line.before)), None)
    clear = rival is None or best - rival.probability >= CLEARLY
    if best >= SURE and clear and not _begins_anew(scored[0][1], telling, odds):
        return [_Found(scored[0][1], scored[0][0], sure=True)]
    return [_Found(line, how, sure=False) for how, line in scored[:2] if how.probability >= MAYBE]


def _begins_anew(known: _Known, telling: Telling, odds: Mapping[str, float]) -> bool:
    """Whether the report tells of something newly promised or asked, on another day: more likely it is another."""
    if max(odds, key=lambda s: odds[s]) not in ("open", "proposed"):
        return False
    return all(apart(t.day, telling.day) > SAME_NEWS for t in known.before)


def _go_on(
    connection: Connection,
    record: Record,
    telling: Telling,
    found: _Found,
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


def _same(known: _Known, lines: Sequence[Line]) -> Line | None:
    """The report's own entry that tells of the line: its parties, and the most of its words."""
    words: set[str] = set().union(*(t.words for t in known.before))
    fits = [line for line in lines if line.countries and line.countries <= known.parties]
    return max(fits, key=lambda line: len(words & _stems(line.content.text)), default=None)


def _stems(text: str) -> set[str]:
    from dragoman.archive.tellings import weighed  # noqa: PLC0415

    return set(weighed(text))


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
    """What a line is found by: each state, and each pair of them."""
    states = sorted(countries)
    keys = [*states, *(f"{a}-{b}" for a in states for b in states if a < b)]
    return [{"key": key, "day": day or "", "ledger": ledger} for key in keys]


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
