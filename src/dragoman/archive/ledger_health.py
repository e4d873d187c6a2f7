"""Whether the ledger is whole: every commitment stands in it once, and each line says what its steps say.

In: a connection. Out: inconsistencies in plain words.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, exists, func, literal, select

from dragoman.archive import tables
from dragoman.archive.ledger import standing


def ledger_faults(connection: Connection) -> Iterator[str]:
    """All that does not fit."""
    step, line, commitment = tables.ledger_steps.c, tables.ledger.c, tables.commitments.c
    untold = ~exists(select(literal(1)).where(step.entry == commitment.id))
    for row in connection.execute(select(commitment.id).where(untold)):
        yield f"commitments, {row.id}: stands in no line of the ledger"
    twice = select(step.entry).where(step.entry.is_not(None)).group_by(step.entry).having(func.count() > 1)
    for row in connection.execute(twice):
        yield f"ledger_steps: {row.entry} is a step twice"
    for row in connection.execute(select(tables.ledger)):
        steps = standing(connection, row.id)
        if not steps:
            if connection.execute(select(step.number).where(step.ledger == row.id)).first() is None:
                yield f"ledger, {row.id}: has no steps"
            continue
        status = steps[-1].ruled or steps[-1].status
        if status != row.status:
            yield f"ledger, {row.id}: is {row.status!r}, its last step says {status!r}"
        days = [s.day for s in steps if s.day]
        if (row.opened, row.updated) != (min(days, default=None), max(days, default=None)):
            yield f"ledger, {row.id}: its days are not those of its steps"
    countries = select(tables.ledger_parties.c.ledger).distinct()
    keys = tables.ledger_keys.c
    unfound = ~exists(select(literal(1)).where(keys.ledger == line.id))
    for row in connection.execute(select(line.id).where(line.id.in_(countries), unfound)):
        yield f"ledger, {row.id}: cannot be found by its states"
    late = select(keys.ledger, keys.day, line.updated).join(tables.ledger, line.id == keys.ledger)
    for row in connection.execute(late.where(keys.day != func.coalesce(line.updated, "")).distinct()):
        yield f"ledger, {row.ledger}: is found by the day {row.day!r}, was last told on {row.updated!r}"
