"""Which lines of the ledger a report goes on with.

In: what a report is compared by. Out: the line that it goes on with, when the likeness of the two is at least `SURE`
and clearly above that of any other; or those that it might, from `MAYBE` on. Looked at are the latest lines of the
states that its lead names, and of their pairs. Words are the dearest to compare, and weigh the least: only lines that
could still be among the likeliest, whatever their words, are compared by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, bindparam, func, select, union_all

from dragoman.archive import tables
from dragoman.archive.likeness import SAME_NEWS, Likeness, apart, ceiling, likeness
from dragoman.archive.tellings import Telling, vector, words_of

SURE = 0.42
MAYBE = 0.28
CLEARLY = 0.05
"""By how much the best must be likelier than the next."""
NEAREST = 60
"""Commitments that are looked at for each state or pair of states, the latest first."""
_MOST_STATES = 5
_TOGETHER = 16
_BREATH = 1e-6
"""What two ways to add up the same numbers may differ by."""


@dataclass(frozen=True, slots=True)
class Known:
    """A line that is there, with who is bound and the tellings of it."""

    id: str
    parties: frozenset[str]
    before: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A line that a report goes on with, or might."""

    known: Known
    likeness: Likeness
    sure: bool


def keys_of(states: Iterable[str]) -> list[str]:
    """What lines are found by: each state, and each pair of them."""
    known = sorted(states)
    return [*known, *(f"{a}-{b}" for a in known for b in known if a < b)]


def near_lines(connection: Connection, telling: Telling) -> list[Known]:
    """Lines that the report may go on with; their tellings are without words as yet."""
    keys = keys_of(sorted(telling.lead)[:_MOST_STATES])
    if not keys:
        return []
    asked = {f"key{n}": key for n, key in enumerate(keys)}
    # Whole results are fetched at once: row by row takes longer than to find them.
    ids = sorted({ledger for (ledger,) in connection.execute(_latest(len(keys)), asked).all()})
    told = sorted(connection.execute(_tellings(), {"ids": ids}).all(), key=itemgetter(0)) if ids else []
    known: dict[str, Telling] = {}
    before: dict[str, list[Telling]] = {}
    parties: dict[str, frozenset[str]] = {}
    for _, ledger, report_id, day, lead, gist, countries in told:
        if report_id not in known:
            numbers = None if gist is None else vector(gist)
            known[report_id] = Telling(report_id, day, frozenset(lead.split()), frozenset(), {}, numbers)
        before.setdefault(ledger, []).append(known[report_id])
        parties[ledger] = frozenset((countries or "").split())
    return [Known(i, parties[i], tuple(before[i])) for i in ids if parties.get(i)]


@lru_cache(maxsize=1)
def _tellings() -> Select[Any]:
    """The query for what some lines were told by and whom they bind."""
    step, words, party = tables.ledger_steps.c, tables.ledger_words.c, tables.ledger_parties.c
    bound = select(func.aggregate_strings(party.country, " ")).where(party.ledger == step.ledger).scalar_subquery()
    return (
        select(step.number, step.ledger, step.report_id, step.day, words.lead, words.gist, bound.label("parties"))
        .join(tables.ledger_words, words.report_id == step.report_id)
        .where(step.ledger.in_(bindparam("ids", expanding=True)), step.sure)
    )


@lru_cache(maxsize=32)
def _latest(keys: int) -> CompoundSelect[Any]:
    """The query for the latest lines of so many keys; made once, for it takes longer than its run."""
    column = tables.ledger_keys.c
    return union_all(
        *(
            select(
                select(column.ledger)
                .where(column.key == bindparam(f"key{n}"))
                .order_by(column.day.desc())
                .limit(NEAREST)
                .subquery()
            )
            for n in range(keys)
        )
    )


def linked(connection: Connection, near: Sequence[Known], telling: Telling, odds: Mapping[str, float]) -> list[Found]:
    """The line that a report goes on with, or those that it might.

    Args:
        connection: the transaction.
        near: by `near_lines`.
        telling: of the report.
        odds: what it tells, by `fates.fates_of`.
    """
    scored = _likest(connection, near, telling, odds)
    best = scored[0][0].probability if scored else 0.0
    if best < MAYBE:
        return []
    # Two lines that one report began are no rivals: the earlier in its text is the one its news is about.
    own = {t.report_id for t in scored[0][1].before}
    rival = next((s for s, line in scored[1:] if not any(t.report_id in own for t in line.before)), None)
    clear = rival is None or best - rival.probability >= CLEARLY
    if best >= SURE and clear and not _begins_anew(scored[0][1], telling, odds):
        return [Found(scored[0][1], scored[0][0], sure=True)]
    return [Found(line, how, sure=False) for how, line in scored[:2] if how.probability >= MAYBE]


def _likest(
    connection: Connection, near: Iterable[Known], telling: Telling, odds: Mapping[str, float]
) -> list[tuple[Likeness, Known]]:
    """Lines with their likeness, the likest first; left out are such as could change nothing."""
    at_most = ceiling(telling, odds)
    most = [(at_most(line.before, line.parties), line) for line in near]
    rest = sorted((pair for pair in most if pair[0] >= MAYBE - _BREATH), key=lambda pair: (-pair[0], pair[1].id))
    scored: list[tuple[Likeness, Known]] = []
    for start in range(0, len(rest), _TOGETHER):
        if len(scored) > 1:
            best, second = (how.probability for how, _ in scored[:2])
            if rest[start][0] < min(second, best - CLEARLY) - _BREATH:
                break
        for line in _with_words(connection, [line for _, line in rest[start : start + _TOGETHER]]):
            scored.append((likeness(line.before, line.parties, telling, odds), line))
        scored.sort(key=lambda pair: (-pair[0].probability, pair[1].id))
    return scored


def _with_words(connection: Connection, lines: Sequence[Known]) -> list[Known]:
    """The same lines, their tellings with words."""
    column = tables.ledger_words.c
    ids = sorted({t.report_id for line in lines for t in line.before})
    found = connection.execute(select(column.report_id, column.words).where(column.report_id.in_(ids)))
    words = {report_id: words_of(kept) for report_id, kept in found}
    return [replace(line, before=tuple(replace(t, words=words[t.report_id]) for t in line.before)) for line in lines]


def _begins_anew(known: Known, telling: Telling, odds: Mapping[str, float]) -> bool:
    """Whether the report tells of something newly promised or asked, on another day: more likely it is another."""
    if max(odds, key=lambda s: odds[s]) not in ("open", "proposed"):
        return False
    return all(apart(t.day, telling.day) > SAME_NEWS for t in known.before)
