"""Events on a map of the world: places as dots, what is only known to be somewhere in a state as the state's area."""

from __future__ import annotations

from typing import Any

from dragoman.web.parts.address import Query, to
from dragoman.web.parts.charts import world_map
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.period import period
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Chart, Html, View
from dragoman.web.parts.words import QUADS

TABLE = 40


def gather(desk: Desk, query: Query) -> View:
    """Where events of the days asked for happened."""
    since, until, _ = period(desk, query)
    state = query.state("state", desk.files)
    quad = query.number("quad", 1, 4)
    spots = desk.archive.overview.spots(since, until, state=state, quad=quad)
    facts: dict[str, Any] = {
        "spots": spots,
        "most": TABLE,
        "quads": list(enumerate(QUADS, start=1)),
        "asked": {"since": since, "until": until, "state": state, "quad": quad},
        "given": {name: query.text(name) for name in ("since", "until", "state", "quad")},
    }
    head = Html(render("map_head.html", **facts))
    number = sum(spot.events for spot in spots)
    label = f"Map of the world: {number} events at {len(spots)} places; the table below says the same"
    there = lambda code: to("actor", code)  # noqa: E731
    chart = Chart(world_map(spots, desk.state_name, there), label, height="min(680px, 52vw)", map="world")
    rows = lambda: (  # noqa: E731
        {
            "place": spot.name,
            "country": spot.country or "",
            "lat": spot.lat if spot.precision != "country" else "",
            "lon": spot.lon if spot.precision != "country" else "",
            "precision": spot.precision,
            "events": spot.events,
            "mean_intensity": round(spot.mean, 3),
        }
        for spot in spots
    )
    blocks = (head, chart, Html(render("map_table.html", **facts)))
    return View(title="Map", section="map", blocks=blocks, rows=rows, name="map")
