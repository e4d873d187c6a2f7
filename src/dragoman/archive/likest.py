"""Search by meaning: reports whose title and lead say alike, whatever their words.

In: a vector of the words asked for, by the model that made the reports' gists. Out: hits, the likest first, with the
cosine as score. The gists of all reports are held in memory, one signed byte a number (a hundred megabytes for a
quarter of a million reports), and read once; those that came since are added at each search. Reports without a gist,
read by the rules alone, cannot be found so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dragoman.archive import tables
from dragoman.archive.filters import Question
from dragoman.archive.opening import Store
from dragoman.archive.rows import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 50
SHOWN = 240
_BLOCK = 16_384


class Gists:
    """The gists of an archive's reports, in the order of their numbers; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers: list[int] = []
        self._matrix: NDArray[np.int8] | None = None

    def likest(self, store: Store, vector: NDArray[np.float32], asked: Question) -> Iterator[Hit]:
        """Reports that the filters let through, the likest first."""
        import numpy as np  # noqa: PLC0415 - slow to load, and needed only here

        from dragoman.archive import sieve  # noqa: PLC0415 - loads it, too

        most = MOST if asked.limit is None else asked.limit
        with self._lock:
            matrix = self._read(store)
            numbers = np.array(self._numbers, dtype=np.int64)
        with store.reading() as connection:
            allowed = sieve.numbers(store, connection, asked)
        if matrix is not None and allowed is not None:
            within = np.flatnonzero(np.isin(numbers, allowed))
            matrix, numbers = matrix[within], numbers[within]
        if matrix is None or not len(numbers) or not most:
            return
        scores = np.empty(len(numbers), dtype=np.float32)
        # Block by block, so that no second copy of everything is made as floating point.
        for start in range(0, len(numbers), _BLOCK):
            scores[start : start + _BLOCK] = matrix[start : start + _BLOCK].astype(np.float32) @ vector
        scores /= 127 * (float(np.linalg.norm(vector)) or 1.0)
        best = np.argpartition(-scores, min(most, len(scores)) - 1)[:most]
        best = best[np.lexsort((-numbers[best], -scores[best]))]
        yield from _hits(store, [(int(numbers[place]), float(scores[place])) for place in best])

    def _read(self, store: Store) -> NDArray[np.int8] | None:
        """Read the gists that came since the last search."""
        import numpy as np  # noqa: PLC0415

        report, words = tables.reports.c, tables.ledger_words.c
        newest = self._numbers[-1] if self._numbers else 0
        query = (
            select(report.number, words.gist)
            .join(tables.reports, report.id == words.report_id)
            .where(report.number > newest, words.gist.is_not(None))
            .order_by(report.number)
        )
        with store.reading() as connection:
            found = connection.execute(query).all()
        if found:
            self._numbers += [row.number for row in found]
            fresh = np.frombuffer(b"".join(bytes(row.gist) for row in found), dtype=np.int8).reshape(len(found), -1)
            self._matrix = fresh if self._matrix is None else np.concatenate((self._matrix, fresh))
        return self._matrix


def _hits(store: Store, best: list[tuple[int, float]]) -> Iterator[Hit]:
    report = tables.reports.c
    query = select(report.number, report.id, report.title, report.url, report.publisher, report.published).add_columns(
        func.substr(report.text, 1, SHOWN).label("beginning")
    )
    with store.reading() as connection:
        rows = connection.execute(query.where(report.number.in_([number for number, _ in best])))
        by_number: dict[int, Any] = {row.number: row for row in rows}
    for number, score in best:
        row = by_number[number]
        yield Hit(
            report_id=row.id,
            title=row.title,
            url=row.url,
            publisher=row.publisher,
            published=date.fromisoformat(row.published) if row.published else None,
            snippet=row.beginning + ("…" if len(row.beginning) == SHOWN else ""),
            marks=(),
            score=score,
        )
