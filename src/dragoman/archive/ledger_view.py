"""What the ledger says: commitments with their history, and what people add to it.

In: filters. Out: `LedgerEntry`, in the order of the days they were first told (undated first) and of their ids; rulings
and scores, which are added and never changed. Filters: `dyad`, `actor` (is bound or binds), `recipient` (to whom),
`status` (as it stands), `kind`, `open`, `overdue` (its day has passed), `since` and `until` (days on which anything was
told of it), `publisher` and `report_id` (of any step), `background`, `min_confidence`, `limit`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, and_, func, insert, literal, literal_column, or_, select, true, tuple_

from dragoman.archive import tables
from dragoman.archive.filters import Question
from dragoman.archive.ledger import follow
from dragoman.archive.opening import Store
from dragoman.archive.rows import OPEN, LedgerEntry, Score, Step
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.evidence import Span
from dragoman.record.entries import CommitmentStatus, Party, Reason

PAGE = 100
SCORES = (-1, 0, 1)
_LEDGER = tables.ledger.c
# Spelt as the index has it.
_OPENED = func.coalesce(_LEDGER.opened, literal_column("''"))


def entries(store: Store, asked: Question, today: date, behind: tuple[str, str] | None = None) -> Iterator[LedgerEntry]:
    """Commitments that the filters let through, lazily; those behind a place (day, id), where one is given."""
    left = asked.limit
    while left is None or left > 0:
        page = PAGE if left is None else min(PAGE, left)
        query = select(tables.ledger).where(_condition(asked, today)).order_by(_OPENED, _LEDGER.id).limit(page)
        if behind is not None:
            query = query.where(tuple_(_OPENED, _LEDGER.id) > tuple_(literal(behind[0]), literal(behind[1])))
        with store.reading() as connection:
            rows = connection.execute(query).all()
            found = _whole(connection, rows)
        yield from found
        if len(rows) < page:
            return
        left = None if left is None else left - page
        behind = (rows[-1].opened or "", rows[-1].id)


def latest(
    store: Store, asked: Question, today: date, *, skip: int = 0, number: int = 50
) -> tuple[list[LedgerEntry], int]:
    """So many commitments, those first of which something was told last, and how many there are in all."""
    condition = _condition(asked, today)
    order = (func.coalesce(_LEDGER.updated, literal("")).desc(), _LEDGER.id)
    query = select(tables.ledger).where(condition).order_by(*order).offset(skip).limit(number)
    with store.reading() as connection:
        total = connection.execute(select(func.count()).select_from(tables.ledger).where(condition)).scalar_one()
        return _whole(connection, connection.execute(query).all()), int(total)


def entry(store: Store, ledger: str) -> LedgerEntry:
    """One commitment, by its id or the beginning of it.

    Raises:
        NotFoundError: when there is none, or several begin like this.
    """
    wanted = ledger.strip()
    with store.reading() as connection:
        query = select(tables.ledger).where(or_(_LEDGER.id == wanted, _LEDGER.id.startswith(wanted, autoescape=True)))
        rows = connection.execute(query.order_by(_LEDGER.id).limit(6)).all()
        exact = [row for row in rows if row.id == wanted] or rows
        if not wanted or not exact:
            raise NotFoundError(f"there is no commitment {ledger!r} in the ledger of {store.where}")
        if len(exact) > 1:
            listed = ", ".join(row.id for row in exact[:5])
            raise NotFoundError(f"several commitments' ids begin with {ledger!r}, give more of it: {listed}")
        return _whole(connection, exact)[0]


def rule(store: Store, step: int, *, belongs: bool, by: str, status: str | None, reason: str | None) -> LedgerEntry:
    """Keep what somebody says of a step: whether it belongs, and how far the commitment had come by it."""
    _named(by)
    _a_status(status)
    row = {"step": step, "belongs": belongs, "status": status, "reason": reason, "by": by, "at": _now()}
    with store.writing() as connection:
        steps = tables.ledger_steps.c
        ledger = connection.execute(select(steps.ledger).where(steps.number == step)).scalar()
        if ledger is None:
            raise NotFoundError(f"there is no step {step} in the ledger of {store.where}")
        connection.execute(insert(tables.ledger_rulings), row)
        follow(connection, str(ledger))
    return entry(store, str(ledger))


def add_step(store: Store, ledger: str, report_id: str, *, status: str, by: str, reason: str | None) -> LedgerEntry:
    """Let a person say that a report goes on telling of a commitment."""
    _named(by)
    _a_status(status)
    found = entry(store, ledger)
    with store.writing() as connection:
        report = tables.reports.c
        row = connection.execute(
            select(report.id, report.published, report.title, report.text).where(report.id == report_id)
        ).first()
        if row is None:
            raise NotFoundError(f"there is no report {report_id!r} in {store.where}")
        end = row.text.find("\n", 1)
        connection.execute(
            insert(tables.ledger_steps),
            {
                "ledger": found.id,
                "report_id": row.id,
                "entry": None,
                "day": row.published,
                "status": status,
                "start": 0,
                "end": end if 0 < end < 400 else min(len(row.text), 400),
                "sure": True,
                "confidence": 1.0,
                "reasons": json.dumps([{"fact": f"{by} says so{': ' + reason if reason else ''}", "weight": 1.0}]),
            },
        )
        follow(connection, found.id)
    return entry(store, found.id)


def score(store: Store, ledger: str, value: int, *, by: str, until: date | None, reason: str | None) -> LedgerEntry:
    """Keep how far somebody finds a commitment kept."""
    _named(by)
    if value not in SCORES or isinstance(value, bool):
        raise ArchiveError(f"score {value!r} must be -1 (not kept), 0 (in part or in progress) or 1 (kept)")
    found = entry(store, ledger)
    day = until.isoformat() if until else None
    row = {"ledger": found.id, "score": value, "until": day, "reason": reason, "by": by, "at": _now()}
    with store.writing() as connection:
        connection.execute(insert(tables.compliance), row)
    return entry(store, found.id)


def _named(by: str) -> None:
    if not by.strip():
        raise ArchiveError("who says so? Give a name")


def _a_status(status: str | None) -> None:
    known = CommitmentStatus.__args__  # type: ignore[attr-defined]
    if status is not None and status not in known:
        raise ArchiveError(f"status={status!r} does not exist; there are: {', '.join(known)}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _condition(asked: Question, today: date) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    for name in ("status", "kind", "background"):
        value = getattr(asked, name)
        if value is not None:
            conditions.append(_LEDGER[name] == value)
    if asked.open is not None:
        conditions.append(_LEDGER.status.in_(OPEN) if asked.open else _LEDGER.status.not_in(OPEN))
    if asked.overdue is not None:
        late = and_(_LEDGER.status.in_(OPEN), _LEDGER.due.is_not(None), _LEDGER.due < today.isoformat())
        conditions.append(late if asked.overdue else ~func.coalesce(late, False))
    if asked.dyad is not None:
        key = tables.ledger_keys.c
        # One state is its own key.
        pair = "-".join(sorted({*asked.dyad}))
        conditions.append(_LEDGER.id.in_(select(key.ledger).where(key.key == pair)))
    if asked.actor is not None:
        conditions.append(_LEDGER.id.in_(_bound(asked.actor, ("by",))))
    if asked.recipient is not None:
        conditions.append(_LEDGER.id.in_(_bound(asked.recipient, ("to",))))
    if asked.min_confidence is not None:
        conditions.append(_LEDGER.confidence >= asked.min_confidence)
    if asked.since is not None:
        conditions.append(_LEDGER.updated >= asked.since)
    if asked.until is not None:
        conditions.append(_LEDGER.opened <= asked.until)
    step, report = tables.ledger_steps.c, tables.reports.c
    if asked.report_id is not None:
        conditions.append(_LEDGER.id.in_(select(step.ledger).where(step.report_id == asked.report_id, step.sure)))
    if asked.publisher is not None:
        told = select(step.ledger).join(tables.reports, report.id == step.report_id)
        conditions.append(_LEDGER.id.in_(told.where(report.publisher == asked.publisher, step.sure)))
    return and_(*conditions)


def _bound(country: str, sides: Sequence[str]) -> Any:
    party = tables.ledger_parties.c
    return select(party.ledger).where(party.country == country, party.side.in_(sides))


def _whole(connection: Connection, rows: Sequence[Any]) -> list[LedgerEntry]:
    """The lines of these rows, with parties, words, steps and scores."""
    ids = [row.id for row in rows]
    reports = tables.reports.c
    first = {row.report_id for row in rows}
    kept = {
        row.id: from_json(zlib.decompress(row.record))
        for row in connection.execute(select(reports.id, reports.record).where(reports.id.in_(first)))
    }
    steps = _steps(connection, ids)
    scores: dict[str, list[Score]] = {}
    column = tables.compliance.c
    for row in connection.execute(select(tables.compliance).where(column.ledger.in_(ids)).order_by(column.number)):
        scores.setdefault(row.ledger, []).append(
            Score(score=row.score, until=row.until, reason=row.reason, by=row.by, at=row.at)
        )
    out = []
    for row in rows:
        by, to, content = _told(kept[row.report_id], row.id)
        told = steps.get(row.id, [])
        out.append(
            LedgerEntry(
                id=row.id,
                kind=row.kind,
                by=by,
                to=to,
                content=content,
                status=row.status,
                history=tuple(step for holds, step in told if holds),
                due=row.due,
                opened=_day(row.opened),
                updated=_day(row.updated),
                background=row.background,
                unsure=tuple(step for holds, step in told if holds is None),
                scores=tuple(scores.get(row.id, ())),
            )
        )
    return out


def _told(data: dict[str, Any], ledger: str) -> tuple[tuple[Party, ...], tuple[Party, ...], Span]:
    """Parties and words of the entry that began a line."""
    letter, number = ledger.rpartition("-")[2][:1], int(ledger.rpartition("-")[2][1:])
    said = data["commitments" if letter == "m" else "events"][number]
    if letter == "m":
        to = [*said["to"], *([said["addressee"]] if said["addressee"] else [])]
        by, content = said["by"], said["content"]
    else:
        by, to, content = said["actors"], said["recipients"], said["evidence"]
    parties = [tuple(Party.model_validate(party) for party in side) for side in (by, to)]
    return parties[0], parties[1], Span.model_validate(content)


def _steps(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[bool | None, Step]]]:
    """Steps by line, oldest first, and whether each holds; None is unsure."""
    step, ruling, report = tables.ledger_steps.c, tables.ledger_rulings.c, tables.reports.c
    rulings = {
        row.step: row
        for row in connection.execute(
            select(tables.ledger_rulings)
            .join(tables.ledger_steps, step.number == ruling.step)
            .where(step.ledger.in_(ids))
            .order_by(ruling.number)
        )
    }
    query = (
        select(
            tables.ledger_steps,
            report.url,
            report.publisher,
            report.title,
            report.text,
        )
        .join(tables.reports, report.id == step.report_id)
        .where(step.ledger.in_(ids))
        .order_by(func.coalesce(step.day, ""), step.number)
    )
    out: dict[str, list[tuple[bool | None, Step]]] = {}
    for row in connection.execute(query):
        said = rulings.get(row.number)
        holds = said.belongs if said is not None else (True if row.sure else None)
        made = Step(
            report_id=row.report_id,
            url=row.url,
            publisher=row.publisher,
            title=row.title,
            status=(said.status if said is not None else None) or row.status,
            date=_day(row.day),
            evidence=Span(start=row.start, end=row.end, text=row.text[row.start : row.end]),
            number=row.number,
            confidence=row.confidence,
            reasons=tuple(Reason.model_validate(reason) for reason in json.loads(row.reasons)),
            ruled_by=said.by if said is not None else None,
            entry=row.entry,
        )
        if holds is not False:
            out.setdefault(row.ledger, []).append((holds, made))
    return out


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
