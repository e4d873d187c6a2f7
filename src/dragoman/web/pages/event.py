"""One event: every report that tells it side by side, what differs, why they are one, and what else may tell of it.

People may take a telling out (it stays out) or make two events one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dragoman.archive import EventRow
from dragoman.archive.story_rows import EventTelling, Happening
from dragoman.terminal.told import meaning, who
from dragoman.web.parts.address import Query, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View

NEAR = timedelta(days=3)
LIKE, TELLERS = 12, 8
"""So many events that may be the same are shown at most; so many reports of the story are looked through for them."""


def gather(desk: Desk, query: Query) -> View:
    """The event with this id, or that whose telling has it."""
    found = desk.archive.happening(query.path["event"])
    facts: dict[str, Any] = {
        "found": found,
        "event": found.event,
        "told": told_otherwise(found),
        "cut": cut,
        "like": _like(desk, found),
        "writes": not desk.public,
        "story": desk.archive.overview.story_of(found.event_id.partition("-")[0]),
    }
    html = render("event.html", **facts)
    title = f"{who(found.event)}: {meaning(found.event)}"
    name = f"event-{found.event_id}"
    acts = {"split": split, "join": join}
    return View(title=title, blocks=(Html(html),), rows=lambda: _rows(found), name=name, acts=acts)


def told_otherwise(found: Happening) -> dict[str, dict[str, str]]:
    """For each telling what it says, of all in which the tellings do not agree."""
    told: dict[str, dict[str, str]] = {telling.id: {} for telling in found.tellings}
    for difference in found.differences:
        for value, ids in difference.told:
            for telling in ids:
                told[telling][difference.what] = value
    return told


def cut(telling: EventTelling) -> tuple[str, str, str]:
    """The sentence in three: what stands before the words that tell the event, the words, what stands behind."""
    words = telling.evidence.text
    at = telling.sentence.find(words)
    if at < 0:
        return "", words, ""
    return telling.sentence[:at], words, telling.sentence[at + len(words) :]


def split(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Take a telling out of its event, or a report out of its story, as `view.Act`."""
    desk.archive.split(str(sent.get("what", "")), by=by)
    return {"said": "Taken out, and it stays out.", "reload": True}


def join(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Make two events one, or two stories, as `view.Act`."""
    one, other = str(sent.get("one", "")), str(sent.get("other", "")).strip()
    kind = "event" if "-" in one else "story"
    if kind == "story":
        # What somebody has at hand is the beginning of an id, or an address that ends in one.
        other = desk.archive.find(other.partition("#")[0].rstrip("/").rpartition("/")[2].partition("-")[0])
    return {"said": "They are one now.", "go": to(kind, desk.archive.join(one, other, by=by))}


def _like(desk: Desk, found: Happening) -> list[EventRow]:
    """Events of the same category that are kept apart: of its story, and of the same pair in the days around it."""
    event = found.event
    near: list[EventRow] = []
    for teller in desk.archive.story(found.story_id).tellers[:TELLERS]:
        near += desk.archive.events(report_id=teller.report_id, category=event.category)
    both = (event.actors, event.recipients)
    sides = [next((party.actor.country for party in side if party.actor.country), None) for side in both]
    day = found.tellings[0].published
    if event.date and len(event.date.partition("/")[0]) == len("2024-06-01"):
        day = date.fromisoformat(event.date.partition("/")[0])
    if day is not None and sides[0] and sides[1] and sides[0] != sides[1]:
        pair, since, until = f"{sides[0]}-{sides[1]}", day - NEAR, day + NEAR
        near += desk.archive.events(dyad=pair, category=event.category, since=since, until=until, limit=4 * LIKE)
    own = {telling.report_id for telling in found.tellings}
    unique = {row.id: row for row in near if row.event_id != found.event_id and row.report_id not in own}
    return list(unique.values())[:LIKE]


def _rows(found: Happening) -> Iterator[dict[str, Any]]:
    aspects = [difference.what for difference in found.differences]
    told = told_otherwise(found)
    for telling in found.tellings:
        yield {
            "event_id": found.event_id,
            "id": telling.id,
            "published": telling.published or "",
            "publisher": telling.publisher or "",
            "url": telling.url or "",
            "title": telling.title or "",
            "status": telling.status,
            "same_event": telling.confidence if telling.confidence is not None else "",
            "reasons": "; ".join(reason.fact for reason in telling.reasons),
            "sentence": telling.sentence,
            **{aspect.replace(":", "").replace(" ", "_"): told[telling.id].get(aspect, "") for aspect in aspects},
        }
