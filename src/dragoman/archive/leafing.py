"""The pages of the archive's rows.

In: a question and the cursor of the page before. Out: a `Page`; see `paging`. Each page is looked up behind the place
of the last row of the one before, so that the thousandth costs no more than the first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from dragoman.archive import ledger_view, searching, sieve
from dragoman.archive.filters import Conditions, Question, question
from dragoman.archive.opening import Store
from dragoman.archive.paging import MOST, Page, cursor, place
from dragoman.archive.shelf import Sight
from dragoman.archive.story_mentions import LAST, story_mentions
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
    if what == "mentions":
        return _of_mentions(store, asked, behind, limit, newest, Page(made(what, pairs), None), last)
    return Page(tuple(made(what, pairs)), cursor(what, asked, newest, last) if last else None)


def _of_mentions(
    store: Store,
    asked: Question,
    behind: sieve.Place | None,
    limit: int,
    newest: bool,
    coded: Page,
    last: sieve.Place | None,
) -> Page:
    """Mentions in coded words, and among them those of reports that tell a story's event without an event of their own.

    Args:
        store: the open archive.
        asked: the filters.
        behind: where the page begins.
        limit: rows in a page.
        newest: turn the order round.
        coded: the page as it were without those others.
        last: where that ends; None when nothing comes after it.
    """
    here = None
    if behind is not None:
        number = int(behind.report_id, 16)
        # The report of the last row may have one that is not coded, which comes behind its coded ones.
        before = f"{number - 1:016x}" if number else ""
        report_id = before if behind.ordinal < LAST and not newest else behind.report_id
        here = (date.fromordinal(behind.day).isoformat() if behind.day else "", report_id)
    others = story_mentions(store, asked, behind=here, newest=newest)
    rows = [((_day(row.published), row.report_id, int(row.id.rpartition("-e")[2])), row) for row in coded.rows]
    more = [((date.fromisoformat(day).toordinal() if day else 0, report_id, ordinal), row)
            for (day, report_id, ordinal), row in islice(others, limit + 1)]  # fmt: skip
    every = sorted([*rows, *more], key=lambda pair: pair[0], reverse=newest)
    ended = last is None and len(every) <= limit
    every = every[:limit]
    next_ = None if ended else cursor("mentions", asked, newest, every[-1][0])
    return Page(tuple(row for _, row in every), next_)


def _day(published: date | None) -> int:
    return published.toordinal() if published else 0


def _of_ledger(store: Store, asked: Question, after: str | None, limit: int, today: date) -> Page:
    behind = place(after, "ledger", asked, False, _line) if after is not None else None
    rows = list(ledger_view.entries(store, replace(asked, limit=limit + 1), today, behind))
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
