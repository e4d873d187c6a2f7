"""One search box for everything: ids, pairs of states, states, people, and words of the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, get_args

from dragoman.archive import Hit
from dragoman.errors import ArchiveError, NotFoundError
from dragoman.record.entries import Category
from dragoman.terminal.wording import counted
from dragoman.web.parts.address import Query, code_of, pair_of, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View

PAGE = 20
_ID = re.compile(r"([0-9a-f]{6,16})(-[acemps]\d+)?")
_PAIR = re.compile(r"[A-Za-z]{3}\s*[-–/]\s*[A-Za-z]{3}")


def gather(desk: Desk, query: Query) -> View:
    """What fits the words asked; an id and a pair of codes lead to their page at once."""
    words = query.text("q")
    if words and (there := _straight(desk, words)):
        return View(title="", moved=there)
    since, until = query.days()
    state = query.state("actor", desk.files)
    outlets = desk.archive.overview.outlets()
    asked: dict[str, Any] = {
        "since": since,
        "until": until,
        "category": query.choice("category", get_args(Category)),
        "publisher": query.choice("publisher", outlets),
        "actor": state,
    }
    skip = query.number("skip", 0, 100_000) or 0
    hits, more, fault = list[Hit](), False, None
    if words:
        try:
            found = list(islice(desk.archive.search(words, limit=skip + PAGE + 1, **asked), skip, skip + PAGE + 1))
            hits, more = found[:PAGE], len(found) > PAGE
        except ArchiveError as error:
            fault = str(error)
    html = render(
        "find.html",
        words=words,
        hits=hits,
        cut=_cut,
        fault=fault,
        leads=_leads(desk, words) if words else [],
        asked=asked,
        outlets=outlets,
        categories=get_args(Category),
        skip=skip,
        size=PAGE,
        more=more,
        here=lambda **other: to("find", q=words, **(asked | other)),
    )
    rows = (lambda: _rows(desk, words, asked)) if words else None
    return View(
        title=f"“{words}”" if words else "Search", section="find", blocks=(Html(html),), rows=rows, name="search"
    )


def _straight(desk: Desk, words: str) -> str | None:
    """The address of what can only be one thing."""
    found = _ID.fullmatch(words.lower())
    if found:
        try:
            report = desk.archive.find(found[1])
        except NotFoundError:
            return None
        return to("report", report) + (f"#{found[2][1:]}" if found[2] else "")
    if _PAIR.fullmatch(words):
        pair = pair_of(words.upper(), desk.files)
        return to("dyad", "-".join(pair)) if pair else None
    return None


def _leads(desk: Desk, words: str) -> list[dict[str, str]]:
    """Pages that the words may mean."""
    leads: list[dict[str, str]] = []
    pair = pair_of(words, desk.files)
    if pair:
        names = " – ".join(desk.state_name(code) for code in pair)
        leads.append({"address": to("dyad", "-".join(pair)), "name": names, "what": "two states"})
    code = code_of(words, desk.files) if len(words) != 3 or words.isupper() else None
    if code and desk.state_name(code) != code:
        leads.append({"address": to("actor", code), "name": desk.state_name(code), "what": "state"})
    for named in desk.archive.overview.names_like(words):
        if named.kind != "state":
            state = f", {desk.state_name(named.country)}" if named.country else ""
            what = f"{named.kind.replace('_', ' ')}{state}, in {counted(named.number, 'entry', 'entries')}"
            leads.append({"address": to("actor", named.name), "name": named.name, "what": what})
    return leads


def _cut(hit: Hit) -> Iterator[tuple[str, bool]]:
    """A hit's snippet in pieces, and whether each is what was searched for."""
    at = 0
    for begin, end in hit.marks:
        yield hit.snippet[at:begin], False
        yield hit.snippet[begin:end], True
        at = end
    yield hit.snippet[at:], False


def _rows(desk: Desk, words: str, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for hit in desk.archive.search(words, **asked):
        yield {
            "report_id": hit.report_id,
            "title": hit.title or "",
            "publisher": hit.publisher or "",
            "published": hit.published or "",
            "url": hit.url or "",
            "snippet": hit.snippet,
            "score": round(hit.score, 4),
        }
