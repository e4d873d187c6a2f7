"""The first page: what is new, who deals with whom, what was promised and is due."""

from __future__ import annotations

from datetime import date

from dragoman.web.parts.address import Query
from dragoman.web.parts.charts import span_of
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.period import usual
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Box, Html, View

STORIES, PAIRS, COMMITMENTS = 14, 12, 7


def gather(desk: Desk, query: Query) -> View:
    """The newest stories, the pairs of states with most between them, open and overdue commitments."""
    del query
    overview = desk.archive.overview
    stories = overview.latest(STORIES)
    if not stories:
        return View(title="Today", section="home", blocks=(Html(render("home_none.html", public=desk.public)),))
    newest = overview.newest_day()
    since = usual(newest) if newest else None
    ties = overview.ties(since, newest, most=PAIRS)
    today = date.today()  # noqa: DTZ011 - overdue on the reader's own calendar
    span = span_of(stretch for tie in ties for stretch, _ in tie.stretches)
    facts = {"today": today, "newest": newest, "since": since}
    overdue, _ = overview.ledger(overdue=True, today=today, number=COMMITMENTS)
    open_, _ = overview.ledger(open=True, overdue=False, today=today, number=COMMITMENTS)
    left = Html(render("home_reports.html", stories=stories, **facts))
    pairs = Html(render("home_pairs.html", ties=ties, span=span[-13:], **facts))
    due = Html(render("home_ledger.html", overdue=overdue, open=open_, **facts))
    blocks = (
        Html(render("home_head.html", **facts)),
        Box("cols two", (Box("stack", (left,)), Box("stack", (pairs, due)))),
    )
    rows = lambda: (  # noqa: E731
        {
            "one": tie.one,
            "other": tie.other,
            "events": tie.events,
            "contacts": tie.contacts,
            "mean_intensity": tie.mean if tie.mean is not None else "",
            **{f"quad_{place}": number for place, number in enumerate(tie.quads, start=1)},
        }
        for tie in ties
    )
    return View(title="Today", section="home", blocks=blocks, rows=rows, name="most-active-pairs")
