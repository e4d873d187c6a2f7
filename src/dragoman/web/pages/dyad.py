"""Two states: how they got on by month, what passed between them, who talks at which rank, what was promised, and one
contact as both sides tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.archive.dyads import KINDS, Dyad, DyadRow
from dragoman.archive.readouts import Readout
from dragoman.errors import NotFoundError
from dragoman.record.entries import Contact
from dragoman.terminal.told import meaning, status, who
from dragoman.terminal.wording import actor_name, role
from dragoman.web.parts.address import Query, pair_of, to
from dragoman.web.parts.charts import by_month
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Block, Box, Chart, Html, View

PAGE = 50
LEDGER = 8
READOUTS = 4
POINTS = 12
"""So many points of a readout are shown at once, the others on a click."""
CONTACTS = 150
"""Of so many contacts, the newest, it is told who talks."""
RECENT = 12
"""Of so many contacts, the newest, readouts are compared."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who talks: a name, what they are, how often, and with whom most."""

    party: Any
    office: str
    number: int


def gather(desk: Desk, query: Query) -> View:
    """The page of the two states in the address."""
    asked = query.path["pair"]
    pair = pair_of(asked, desk.files)
    if pair is None:
        raise NotFoundError(f"“{asked}” names no two states; write them as IRN-QAT, or Iran-Qatar")
    one, other = pair
    if asked != f"{one}-{other}":
        return View(title="", moved=to("dyad", f"{one}-{other}", **dict(query.given)))
    since, until = query.days()
    kind = query.choice("kind", KINDS)
    skip = query.number("skip", 0, 10_000_000)
    found = desk.archive.dyad(one, other, since, until)
    names = desk.state_name(one), desk.state_name(other)
    facts: dict[str, Any] = {
        "found": found,
        "one": one,
        "other": other,
        "names": names,
        "since": since,
        "until": until,
        "kind": kind,
        "here": lambda **more: to("dyad", f"{one}-{other}", since=since, until=until, kind=kind, **more),
    }
    title = f"{names[0]} – {names[1]}"
    head = Html(render("dyad_head.html", title=title, kinds=KINDS, **facts))
    rows = lambda: _rows(desk, (one, other), (since, until), kind)  # noqa: E731
    name = f"{one}-{other}"
    if not len(found.timeline):
        known = [(code, number) for code, number in desk.archive.partners(one)]
        none = Html(render("dyad_none.html", partners=known, **facts))
        return View(title=title, section="dyad", blocks=(head, none), rows=rows, name=name)
    timeline = found.timeline.of(kind) if kind else found.timeline  # type: ignore[arg-type]
    page = timeline.newest(skip or 0, PAGE)
    today = date.today()  # noqa: DTZ011 - overdue on the reader's own calendar
    ledger, promised = desk.archive.overview.ledger(
        dyad=f"{one}-{other}", since=since, until=until, today=today, number=LEDGER
    )
    told = _readouts(desk, found)
    left: list[Block] = [
        Html(render("dyad_timeline.html", page=page, skip=skip or 0, size=PAGE, number=len(timeline), **facts))
    ]
    right: list[Block] = [
        Html(render("dyad_talks.html", talks=_talks(found, one, other), **facts)),
        Html(render("dyad_ledger.html", entries=ledger, number=promised, today=today, **facts)),
        Html(render("dyad_readouts.html", readouts=told, most=POINTS, **facts)),
    ]
    chart: list[Block] = []
    if found.months:
        label = f"Events between {names[0]} and {names[1]} by month and quad class, and their mean intensity"
        chart = [Html(render("dyad_chart.html", **facts)), Chart(by_month(found.months), label, height="230px")]
    blocks = (head, *chart, Box("cols wide-left", (Box("stack", tuple(left)), Box("stack", tuple(right)))))
    return View(title=title, section="dyad", blocks=blocks, rows=rows, name=name)


def _talks(found: Dyad, one: str, other: str) -> dict[str, list[Talk]]:
    """Who of either side takes part in contacts, most often first."""
    counted: dict[str, Counter[str]] = {one: Counter(), other: Counter()}
    kept: dict[str, Any] = {}
    for row in found.timeline.of("contact").newest(0, CONTACTS):
        assert isinstance(row.entry, Contact)
        for party in row.entry.participants:
            if party.actor.country in counted and party.actor.kind != "state":
                name = actor_name(party.actor)
                counted[party.actor.country][name] += 1
                if name not in kept or role(party.actor):
                    kept[name] = party
    return {
        state: [Talk(kept[name], role(kept[name].actor), number) for name, number in counts.most_common(6)]
        for state, counts in counted.items()
    }


def _readouts(desk: Desk, found: Dyad) -> list[Readout]:
    """Those of the newest contacts, the newest first."""
    recent = [row.day for row in found.timeline.of("contact").newest(0, RECENT) if row.day]
    if not recent:
        return []
    told = desk.archive.readouts(found.one, found.other, since=min(recent), until=found.until)
    return [*told][: -READOUTS - 1 : -1]


def _rows(
    desk: Desk, pair: tuple[str, str], days: tuple[date | None, date | None], kind: str | None
) -> Iterator[dict[str, Any]]:
    """All entries, asked for anew: a view that is kept must not hold a long timeline."""
    asked = desk.archive.dyad(*pair, *days)
    return (_row(row) for row in asked.timeline if kind in (None, row.kind))


def _row(row: DyadRow) -> dict[str, Any]:
    return {
        "day": row.day.isoformat() if row.day else "",
        "kind": row.kind,
        "who": who(row.entry),
        "what": meaning(row.entry),
        "status": status(row.entry) or "",
        "counted": row.counted,
        "words": row.words.text,
        "publisher": row.publisher or "",
        "report_id": row.report_id,
        "told_by": list(row.told_by),
        "url": row.url or "",
        "id": row.id,
    }
