"""Signing in: a name, under which judgements are kept, and the server's token where it has one."""

from __future__ import annotations

from dragoman.web.parts.address import Query, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View


def gather(desk: Desk, query: Query) -> View:
    """The form; where to go back to and what was wrong stand in the address."""
    html = render(
        "sign.html",
        back=query.text("back") or to(),
        fault=query.text("fault"),
        public=desk.public,
        asks_token=desk.token is not None,
    )
    return View(title="Sign in", blocks=(Html(html),))
