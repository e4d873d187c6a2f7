"""One actor: a state by its code, anybody else by name: who they are on a day, offices over time, whom they meet, what
they say about whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dragoman.errors import NotFoundError
from dragoman.knowledge.world import Body
from dragoman.record.ids import LETTERS
from dragoman.terminal.told import meaning, status, who
from dragoman.terminal.who import answered
from dragoman.web.parts.address import Query, to
from dragoman.web.parts.charts import span_of
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.period import period
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Box, Html, View

ENTRIES, PAIRS = 30, 15
_KINDS = {letter: kind for kind, letter in LETTERS.items() if kind not in {"actors", "places"}}


def gather(desk: Desk, query: Query) -> View:
    """The page of a state or of somebody by name."""
    asked = query.path["who"].strip()
    if len(asked) == 3 and asked.isalpha() and asked.isascii() and asked.isupper() and _known(desk, asked):
        return _state(desk, query, asked)
    return _named(desk, query, asked)


def _known(desk: Desk, code: str) -> bool:
    return desk.state_name(code) != code or bool(desk.archive.overview.entries_of(state=code, most=1))


def _state(desk: Desk, query: Query, code: str) -> View:
    since, until, newest = period(desk, query)
    overview = desk.archive.overview
    ties = overview.ties(since, until, state=code, most=PAIRS)
    facts: dict[str, Any] = {
        "code": code,
        "name": desk.state_name(code),
        "state": next((state for state in desk.files.states if state.code == code), None),
        "since": since,
        "until": until,
        "given": {name: query.text(name) for name in ("since", "until")},
        "ties": ties,
        "span": span_of(stretch for tie in ties for stretch, _ in tie.stretches)[-13:],
        "faces": overview.faces(code),
        "met": overview.met_by(state=code),
        "said": overview.said_by(state=code),
        "entries": _entries(desk, overview.entries_of(state=code, since=since, most=ENTRIES)),
        "newest": newest,
    }
    head = Html(render("actor_state.html", **facts))
    left = Html(render("actor_ties.html", **facts)), Html(render("actor_entries.html", **facts))
    right = tuple(Html(render(f"actor_{part}.html", **facts)) for part in ("faces", "met", "said"))
    blocks = (head, Box("cols wide-left", (Box("stack", left), Box("stack", right))))
    rows = lambda: _rows(facts["entries"])  # noqa: E731
    return View(title=facts["name"], section="actor", blocks=blocks, rows=rows, name=code)


def _named(desk: Desk, query: Query, name: str) -> View:
    day = query.day("on") or datetime.now(UTC).date()
    question, profiles = answered(name, day, desk.files, desk.archive.who)
    overview = desk.archive.overview
    entries = _entries(desk, overview.entries_of(name=name, most=ENTRIES))
    # The record's name may be the files' other way of writing it.
    names = list(dict.fromkeys([name, *(profile.name for profile in profiles[:1])]))
    body = _body(desk, name)
    if not entries and not profiles and body is None:
        raise NotFoundError(
            f"nothing is known of {name}: no report of this archive and none of the files has the name. "
            "Search for a part of it, or for an office such as: foreign minister of Qatar"
        )
    facts: dict[str, Any] = {
        "name": name,
        "names": names,
        "day": day,
        "given_day": query.text("on"),
        "office": question.office,
        "profiles": profiles,
        "body": body,
        "kind": _kind(entries, name),
        "met": overview.met_by(name=name),
        "said": overview.said_by(name=name),
        "entries": entries,
        "here": lambda **more: to("actor", name, **more),
    }
    head = Html(render("actor_named.html", **facts))
    left = Html(render("actor_offices.html", **facts)), Html(render("actor_entries.html", **facts))
    right = tuple(Html(render(f"actor_{part}.html", **facts)) for part in ("met", "said"))
    blocks = (head, Box("cols wide-left", (Box("stack", left), Box("stack", right))))
    rows = lambda: _rows(entries)  # noqa: E731
    return View(title=name, section="actor", blocks=blocks, rows=rows, name=name)


def _entries(desk: Desk, ids: list[str]) -> list[dict[str, Any]]:
    """The entries themselves, with what is needed of their reports."""
    records: dict[str, Any] = {}
    made = []
    for entry_id in ids:
        report_id, _, place = entry_id.rpartition("-")
        kind = _KINDS.get(place[:1])
        if kind is None:
            continue
        record = records.get(report_id) or records.setdefault(report_id, desk.record(report_id))
        made.append(
            {
                "id": entry_id,
                "report_id": report_id,
                "kind": kind.removesuffix("s"),
                "published": record.report.published,
                "publisher": record.report.publisher,
                "entry": getattr(record, kind)[int(place[1:])],
            }
        )
    return made


def _kind(entries: list[dict[str, Any]], name: str) -> str:
    """What kind of actor the records take somebody for; the commonest."""
    kinds: dict[str, int] = {}
    for row in entries:
        for party in _parties(row["entry"]):
            if party.actor.name == name:
                kinds[party.actor.kind] = kinds.get(party.actor.kind, 0) + 1
    return max(kinds, key=lambda kind: kinds[kind]) if kinds else ""


def _parties(entry: Any) -> Iterator[Any]:
    for side in ("actors", "recipients", "participants", "speakers", "about", "addressees", "by", "to"):
        yield from getattr(entry, side, ())


def _body(desk: Desk, name: str) -> Body | None:
    folded = name.casefold()
    return next((body for body in desk.files.bodies if folded in {known.casefold() for known in body.strong}), None)


def _rows(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in entries:
        entry = row["entry"]
        words = entry.evidence if row["kind"] in {"event", "contact"} else entry.content
        yield {
            "id": row["id"],
            "kind": row["kind"],
            "published": row["published"] or "",
            "publisher": row["publisher"] or "",
            "who": who(entry),
            "what": meaning(entry),
            "status": status(entry) or "",
            "words": words.text,
        }
