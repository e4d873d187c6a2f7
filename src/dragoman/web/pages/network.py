"""Who is in contact with whom in a period, as a graph and as a table."""

from __future__ import annotations

from typing import Any

from dragoman.web.parts.address import Query, to
from dragoman.web.parts.charts import network
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.period import period
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Chart, Html, View

WEIGHTS = ("contacts", "events")
MOST, TABLE = 150, 40


def gather(desk: Desk, query: Query) -> View:
    """Pairs of states with most between them in the days asked for."""
    since, until, newest = period(desk, query)
    state = query.state("state", desk.files)
    weigh = query.choice("weigh", WEIGHTS) or "contacts"
    least = query.number("least", 1, 1_000_000) or 1
    ties = [
        tie
        for tie in desk.archive.overview.ties(since, until, state=state, most=MOST)
        if (tie.contacts if weigh == "contacts" else tie.events) >= least
    ]
    ties.sort(key=lambda tie: (-(tie.contacts if weigh == "contacts" else tie.events), tie.one, tie.other))
    facts: dict[str, Any] = {
        "ties": ties,
        "most": TABLE,
        "weights": WEIGHTS,
        "newest": newest,
        "asked": {"since": since, "until": until, "state": state, "weigh": weigh, "least": least},
        "given": {name: query.text(name) for name in ("since", "until", "state", "weigh", "least")},
    }
    head = Html(render("network_head.html", **facts))
    if not ties:
        none = Html(render("network_none.html", clear=to("network"), **facts))
        return View(title="Network", section="network", blocks=(head, none))
    label = f"Who is in contact with whom: {len(ties)} pairs of states; the table below says the same"
    chart = Chart(network(ties, weigh, desk.state_name), label, height="min(620px, 110vw)")
    rows = lambda: (  # noqa: E731
        {"one": tie.one, "other": tie.other, "contacts": tie.contacts, "events": tie.events, "mean_intensity": tie.mean}
        for tie in ties
    )
    blocks = (head, chart, Html(render("network_table.html", **facts)))
    return View(title="Network", section="network", blocks=blocks, rows=rows, name="network")
