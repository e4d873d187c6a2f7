"""Full text: reports by the words of their titles and texts, best first.

In: words as people type them. Every word must occur, in any order and in any of its forms ("visit" finds "visited");
words in "double quotes" must stand together. Nothing else has a meaning: signs and operators are words or nothing.
Out: hits with a stretch of the text and where in it the words stand. Refuses an empty search.

Ranking costs the more the more there is to rank. So of all reports that hold the words the `RANKED` that were added
last are put in order, the best first; what else there is follows, the last added first, with a score of 0. Whoever
searches for what fewer reports hold has them all in order.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    String,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)

from dragoman.archive import postgres_words, tables
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.phrases import parse
from dragoman.archive.rows import Hit

if TYPE_CHECKING:
    from dragoman.archive.columns import Array
    from dragoman.archive.shelf import Sight

PAGE = 50
RANKED = 500
"""Reports that are put in order; see above."""
SNIPPET_WORDS = 32
_FAR, _SAMPLE, _MORE = 100, 2000, 50
TITLE_WEIGHT, TEXT_WEIGHT = 4.0, 1.0
__all__ = ["page", "parse", "search"]
_WORDS = table("report_words", column("rowid", Integer))
_INDEX: ColumnClause[str] = literal_column("report_words", String)


class Words(Protocol):
    """What a kind of database must be able to do; `expression` comes from `parse`."""

    def newest(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> list[int]:
        """Numbers of reports that match, the highest first.

        Args:
            connection: the transaction.
            expression: what to look for.
            below: only numbers lower than this.
            allowed: only these numbers, in order; None for all.
            most: how many at most.
        """

    def fitting(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> dict[int, float]:
        """The same reports, in the same order, each with how well it fits; higher is better."""

    def shown(self, connection: Connection, expression: str, scores: Mapping[int, float]) -> dict[int, Hit]:
        """Hits for reports that match, by their numbers, with these scores."""


class Place(NamedTuple):
    """How far a search has been gone through.

    Attributes:
        bound: the highest number of a report that belongs to it; later ones do not.
        seen: which of the ranked reports have been given: a bit each, that of the last added first.
        last: the number of the last report given of those that are not ranked; 0 before.
    """

    bound: int
    seen: int
    last: int


def search(store: Store, expression: str, asked: Question) -> Iterator[Hit]:
    """Reports that match, best first, lazily; `expression` comes from `parse`."""
    place: Place | None = None
    left = asked.limit
    while left is None or left > 0:
        hits, place = page(store, expression, asked, place, PAGE if left is None else min(PAGE, left))
        yield from hits
        if place is None:
            return
        left = None if left is None else left - len(hits)


def page(
    store: Store, expression: str, asked: Question, place: Place | None, most: int
) -> tuple[list[Hit], Place | None]:
    """Some hits behind a place, and where they end; None for the place when that is all."""
    from dragoman.archive import sieve  # noqa: PLC0415 - loads numpy
    from dragoman.archive.shelf import Sight  # noqa: PLC0415 - too

    words = _of_kind(store)
    report = tables.reports.c
    with store.reading() as connection:
        allowed = sieve.numbers(store, connection, asked)
        if place is None:
            place = Place(connection.execute(select(func.max(report.number))).scalar() or 0, 0, 0)
        scores: dict[int, float] = {}
        seen, last = place.seen, place.last
        if not last:
            fits = words.fitting(connection, expression, below=place.bound + 1, allowed=allowed, most=RANKED)
            few = list(fits)
            for number, score in _ranked(Sight(connection, store.shelf), fits) if fits else ():
                bit = 1 << few.index(number)
                if len(scores) < most and not seen & bit:
                    scores[number], seen = score, seen | bit
            if seen == (1 << len(few)) - 1:
                last = few[-1] if len(few) == RANKED else 1
        rest = most - len(scores)
        if last and rest:
            more = words.newest(connection, expression, below=last, allowed=allowed, most=rest)
            scores |= dict.fromkeys(more, 0.0)
            last = more[-1] if len(more) == rest else 1
        hits = words.shown(connection, expression, scores)
    ended = last == 1
    return [hits[number] for number in scores], None if ended else Place(place.bound, seen, last)


def _of_kind(store: Store) -> Words:
    return postgres_words.PostgresWords() if store.kind == "postgresql" else SqliteWords()


def _ranked(sight: Sight, weights: Mapping[int, float]) -> list[tuple[int, float]]:
    """The best first, of equal ones the latest."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where something is found

    given = np.array(list(weights), np.int64)
    numbers = sight.values("reports", "number")
    rows = np.searchsorted(numbers, given)
    day, report = (sight.values("reports", name)[rows].astype(np.int64) for name in ("published", "id"))
    # Ids are hexadecimal numbers without a sign, so their order is that of the numbers.
    order = np.lexsort((report.view(np.uint64), -day, -np.array(list(weights.values()))))
    return [(number, weights[number]) for number in given[order].tolist()]


class SqliteWords:
    """FTS5."""

    def newest(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> list[int]:
        """Numbers of reports that match, the highest first."""
        if allowed is None:
            found = select(_WORDS.c.rowid).where(_matches(expression), _WORDS.c.rowid < below)
            return list(connection.execute(found.order_by(_WORDS.c.rowid.desc()).limit(most)).scalars())
        return self._inside(
            connection, expression, _backwards(allowed, below), self._often(connection, expression, below), most
        )

    def fitting(
        self, connection: Connection, expression: str, *, below: int, allowed: Array | None, most: int
    ) -> dict[int, float]:
        """The same, each with how well it fits."""
        if allowed is None:
            few = self.newest(connection, expression, below=below, allowed=None, most=most)
        else:
            inside, often = _backwards(allowed, below), self._often(connection, expression, below)
            part = inside[: _first_part(most, often)]
            # Where they would be looked up one by one, the pass that weighs them finds them, too.
            if len(part) and _far_apart(part, often):
                weights = self._weights(connection, expression, part.tolist())
                if len(weights) >= most or len(part) == len(inside):
                    return {number: weights[number] for number in sorted(weights, reverse=True)[:most]}
            few = self._inside(connection, expression, inside, often, most)
        weights = self._weights(connection, expression, few)
        return {number: weights[number] for number in few}

    def _inside(self, connection: Connection, expression: str, inside: Array, often: float, most: int) -> list[int]:
        """Numbers of those of some reports that match, the highest first, as they are given."""
        import numpy as np  # noqa: PLC0415 - only where there are filters

        found = select(_WORDS.c.rowid).where(_matches(expression))
        through: list[int] = []
        begin, size = 0, _first_part(most, often)
        # A word that most reports hold is soon found often enough; of a rare one few steps are needed, too.
        while begin < len(inside) and len(through) < most:
            part = inside[begin : begin + size]
            first, last = int(part[-1]), int(part[0])
            inside_part = (
                _WORDS.c.rowid.in_(part.tolist()) if _far_apart(part, often) else _WORDS.c.rowid.between(first, last)
            )
            # All in one text: a row each would take longer than finding them.
            numbers = select(func.group_concat(found.where(inside_part).subquery().c.rowid))
            there = np.fromstring(connection.execute(numbers).scalar() or "", dtype=np.int64, sep=",")
            through += np.sort(there[np.isin(there, part, assume_unique=True)])[::-1].tolist()
            begin, size = begin + size, 8 * size
        return through[:most]

    def _often(self, connection: Connection, expression: str, below: int) -> float:
        """What part of the reports holds the words, by those before the place."""
        found = select(_WORDS.c.rowid).where(_matches(expression), _WORDS.c.rowid < below)
        sample = select(func.count()).select_from(found.where(_WORDS.c.rowid >= below - _SAMPLE).subquery())
        return float(connection.execute(sample).scalar_one()) / _SAMPLE

    def _weights(self, connection: Connection, expression: str, numbers: Sequence[int]) -> dict[int, float]:
        """How well those of these reports fit that match."""
        if not numbers:
            return {}
        weight = func.bm25(_INDEX, TITLE_WEIGHT, TEXT_WEIGHT).label("weight")
        first, last = min(numbers), max(numbers)
        # A byte for each number between: asked a quarter of a million times, a list of numbers takes thrice as long.
        marks = bytearray(last - first + 1)
        for number in numbers:
            marks[number - first] = 1
        mark = func.substr(literal(bytes(marks), LargeBinary), _WORDS.c.rowid - first + 1, 1)
        query = select(_WORDS.c.rowid, weight).where(
            _matches(expression), _WORDS.c.rowid.between(first, last), mark == literal(b"\x01", LargeBinary)
        )
        return {row.rowid: -row.weight for row in connection.execute(query).all()}

    def shown(self, connection: Connection, expression: str, scores: Mapping[int, float]) -> dict[int, Hit]:
        """Hits for these reports."""
        report = tables.reports.c
        # Marks that no text can hold by chance.
        opens, closes = (f"\x02{secrets.token_hex(8)}\x03" for _ in range(2))
        snippet = func.snippet(_INDEX, -1, literal(opens), literal(closes), "…", SNIPPET_WORDS)
        query = (
            select(report.number, report.id, report.title, report.url, report.publisher, report.published)
            .add_columns(snippet.label("snippet"))
            .select_from(_WORDS.join(tables.reports, report.number == _WORDS.c.rowid))
            .where(_matches(expression), _WORDS.c.rowid.in_(scores))
        )
        hits = {}
        for row in connection.execute(query):
            plain, marks = _unmark(row.snippet, opens, closes)
            hits[row.number] = Hit(
                report_id=row.id,
                title=row.title,
                url=row.url,
                publisher=row.publisher,
                published=date.fromisoformat(row.published) if row.published else None,
                snippet=plain,
                marks=marks,
                score=scores[row.number],
            )
        return hits


def _backwards(allowed: Array, below: int) -> Array:
    """The permitted numbers below a place, the highest first."""
    import numpy as np  # noqa: PLC0415 - only where there are filters

    return np.sort(allowed[allowed < below])[::-1]


def _first_part(most: int, often: float) -> int:
    """How many permitted reports are looked at first, where so many are wanted and a part of them holds the words."""
    return min(2 * most, int(most / often) + _MORE if often else 2 * most)


def _far_apart(part: Array, often: float) -> bool:
    """Whether looking up each of these reports takes less than passing over all between that hold the words."""
    return bool(_FAR * len(part) < often * (int(part[0]) - int(part[-1])))


def _matches(expression: str) -> ColumnElement[bool]:
    return _INDEX.op("MATCH", is_comparison=True)(bindparam("expression", expression))


def _unmark(marked: str, opens: str, closes: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks out of a snippet and say where they stood."""
    plain, marks = "", []
    for number, part in enumerate(marked.split(opens)):
        word, _, rest = part.partition(closes) if number else ("", "", part)
        if word:
            marks.append((len(plain), len(plain) + len(word)))
        plain += word + rest
    return plain, tuple(marks)
