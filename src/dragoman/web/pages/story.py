"""One story: a happening as all its reports tell it, why each is taken to tell it, and the events they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.archive.story_rows import Story
from dragoman.terminal.wording import line
from dragoman.web.pages.event import join, split
from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View


def gather(desk: Desk, query: Query) -> View:
    """The story with this id, or that of a report."""
    found = desk.archive.story(query.path["story"])
    html = render("story.html", story=found, writes=not desk.public)
    acts = {"split": split, "join": join}
    name = f"story-{found.id}"
    return View(title=line(found.title), blocks=(Html(html),), rows=lambda: _rows(found), name=name, acts=acts)


def _rows(found: Story) -> Iterator[dict[str, Any]]:
    for teller in found.tellers:
        yield {
            "story": found.id,
            "report_id": teller.report_id,
            "published": teller.published or "",
            "publisher": teller.publisher or "",
            "title": teller.title or "",
            "url": teller.url or "",
            "copy_of": teller.copy_of or "",
            "confidence": teller.confidence if teller.confidence is not None else "",
            "joined_by": teller.by or "",
            "reasons": "; ".join(reason.fact for reason in teller.reasons),
        }
