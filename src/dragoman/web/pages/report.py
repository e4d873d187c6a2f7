"""One report: its text with what was found underlined, and the record beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.record.entries import Record
from dragoman.record.ids import entry_id
from dragoman.terminal.reasons import facts_of
from dragoman.terminal.told import meaning, status, who
from dragoman.terminal.wording import line
from dragoman.web.parts import judging
from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.marks import pieces
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Box, Html, View

_KINDS = ("events", "contacts", "statements", "commitments")


def gather(desk: Desk, query: Query) -> View:
    """The report whose id begins with the address's last part; an entry's id leads to its report."""
    asked = query.path["report"]
    report_id = desk.archive.find(asked.partition("-")[0])
    record = desk.record(report_id)
    said = judging.latest(desk.archive.judgements(report_id=report_id))
    ids = {row.id: row.event_id for row in desk.archive.events(report_id=report_id)}
    title = line(record.report.title) if record.report.title else f"Report {report_id[:8]}"
    facts: dict[str, Any] = {
        "record": record,
        "report": record.report,
        "story": desk.archive.overview.story_of(report_id),
        "title": title,
        "said": {entry: judging.shown(judgement) for entry, judgement in said.items()},
        "verdicts_of": {entry: judgement.verdict for entry, judgement in said.items()},
        "writes": not desk.public,
        "event_ids": ids,
        "why": [facts_of(event) for event in record.events],
        **judging.choices(),
    }
    text = Html(render("report_text.html", pieces=pieces(record), labels=_labels(record), **facts))
    side = Html(render("report_side.html", **facts), "side")
    blocks = (
        Html(render("report_head.html", **facts)),
        Box("cols reading", (text, side)),
        Html(render("correct.html", **facts)),
    )
    acts = {"judge": judging.judge, "correct": judging.correct}
    return View(title=title, blocks=blocks, rows=lambda: _rows(record), name=f"report-{report_id}", acts=acts)


def _labels(record: Record) -> dict[str, str]:
    """What a mark in the text is called where it is read aloud."""
    made = {f"e{n}": f"Event {n + 1}: {who(e)}, {meaning(e)}" for n, e in enumerate(record.events)}
    made |= {f"s{n}": f"Statement: {who(e)}" for n, e in enumerate(record.statements)}
    made |= {f"a{n}": f"Actor: {line(actor.name)}" for n, actor in enumerate(record.actors)}
    return made | {f"p{n}": f"Place: {line(place.name)}" for n, place in enumerate(record.places)}


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    for kind in _KINDS:
        for number, entry in enumerate(getattr(record, kind)):
            words = entry.evidence if kind in {"events", "contacts"} else entry.content
            yield {
                "id": entry_id(record.report.id, kind, number),
                "kind": kind.removesuffix("s"),
                "who": who(entry),
                "what": meaning(entry),
                "status": status(entry) or "",
                "date": getattr(entry, "date", None) or getattr(entry, "due", None) or "",
                "confidence": entry.confidence,
                "words": words.text,
                "start": words.start,
                "end": words.end,
            }
