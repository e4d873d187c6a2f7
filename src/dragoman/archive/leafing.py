"""The pages of the archive's rows.

In: a question and the cursor of the page before. Out: a `Page`; see `paging`. Each page is looked up behind the place
of the last row of the one before, so that the thousandth costs no more than the first.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

import numpy as np

from dragoman.archive import ledger_view, searching, sieve
from dragoman.archive.filters import Conditions, Question, question
from dragoman.archive.opening import Store
from dragoman.archive.paging import MOST, Page, cursor, place
from dragoman.archive.shelf import Sight
from dragoman.archive.view import fetched, made, refs_of
from dragoman.errors import ArchiveError

KINDS = ("reports", "events", "mentions", "contacts", "statements", "commitments", "actors", "ledger", "search")
"""What there are pages of."""


def page(
    store: Store,
    what: str,
    filters: Conditions,
    *,
    after: str | None,
    limit: int,
    newest: bool,
    today: date,
    words: str | None = None,
) -> Page:
    """One page of rows.

    Args:
        store: the open archive.
        what: the kind of rows; ``mentions`` are events in another form.
        filters: as everywhere.
        after: the cursor of the page before; None begins.
        limit: rows in a page.
        newest: turn the order round.
        today: the day that ``overdue`` is asked for.
        words: what to search for.
    """
    if what not in KINDS:
        raise ArchiveError(f"there are no pages of {what!r}; there are: {', '.join(KINDS)}")
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST:
        raise ArchiveError(f"limit={limit!r} must be a whole number from 1 to {MOST:,}")
    if newest and what in ("ledger", "search"):
        raise ArchiveError(f"{what} has no pages from the newest on; leave newest out")
    if (words is None) == (what == "search"):
        raise ArchiveError("give words to pages of search, and to no others")
    asked = question({"mentions": "events", "search": "reports"}.get(what, what), filters, caller=what)
    if words is not None:
        return _of_search(store, words, asked, after, limit)
    if what == "ledger":
        return _of_ledger(store, asked, after, limit, today)
    behind = place(after, what, asked, newest, _place) if after is not None else None
    with store.reading() as connection:
        sight = Sight(connection, store.shelf)
        through = np.flatnonzero(sieve.let_through(sight, asked))
        found = sieve.in_order(sight, asked.of, through, most=limit + 1, after=behind, newest=newest)
        more, found = len(found) > limit, found[:limit]
        pairs = fetched(connection, asked.of, refs_of(sight, asked.of, found), asked.judged)
        last = sieve.place_of(sight, asked.of, int(found[-1])) if more else None
    return Page(tuple(made(what, pairs)), cursor(what, asked, newest, last) if last else None)


def _of_ledger(store: Store, asked: Question, after: str | None, limit: int, today: date) -> Page:
    behind = place(after, "ledger", asked, False, _line) if after is not None else None
    rows = list(islice(ledger_view.entries(store, asked, today, behind), limit + 1))
    if len(rows) <= limit:
        return Page(tuple(rows), None)
    last = rows[limit - 1]
    here = (last.opened.isoformat() if last.opened else "", last.id)
    return Page(tuple(rows[:limit]), cursor("ledger", asked, False, here))


def _of_search(store: Store, words: str, asked: Question, after: str | None, limit: int) -> Page:
    expression = searching.parse(words)
    kind = f"search {expression}"
    behind = place(after, kind, asked, False, _far) if after is not None else None
    hits, there = searching.page(store, expression, asked, behind, limit)
    here = (there.bound, f"{there.seen:x}", there.last) if there else None
    return Page(tuple(hits), cursor(kind, asked, False, here) if here else None)


def _far(bound: int, seen: str, last: int) -> searching.Place:
    if not 0 <= bound < 1 << 62 or not 0 <= last < 1 << 62 or len(seen) > searching.RANKED:
        raise ValueError("no place of a hit")
    return searching.Place(bound, int(seen, 16), last)


def _place(day: int, report_id: str, ordinal: int) -> sieve.Place:
    if (
        not 0 <= day <= date.max.toordinal()
        or not re.fullmatch("[0-9a-f]{16}", report_id)
        or not 0 <= ordinal < 1 << 31
    ):
        raise ValueError("no place of a row")
    return sieve.Place(day, report_id, ordinal)


def _line(day: str, ledger: str) -> tuple[str, str]:
    if day:
        date.fromisoformat(day)
    if not re.fullmatch("[0-9a-f]{16}-[a-z][0-9]+", ledger):
        raise ValueError("no place of a line")
    return day, ledger
