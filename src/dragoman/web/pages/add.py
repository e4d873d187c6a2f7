"""Adding reports: paste a text, drop files, or give addresses; what became of each."""

from __future__ import annotations

from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View


def gather(desk: Desk, query: Query) -> View:
    """The form; a job in the address is shown again."""
    html = render(
        "add.html",
        public=desk.public,
        reads=desk.reader is not None,
        asks_token=desk.token is not None,
        megabytes=desk.intake.max_bytes / 1_000_000,
        job=query.text("job"),
    )
    return View(title="Add reports", section="add", blocks=(Html(html),))
