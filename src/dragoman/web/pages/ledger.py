"""The ledger: what was promised, asked, offered and agreed, and what became of it; and the story of one commitment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from dragoman.archive import LedgerEntry
from dragoman.record.entries import CommitmentKind, CommitmentStatus
from dragoman.terminal.wording import names
from dragoman.web.parts.address import Query, to
from dragoman.web.parts.desk import Desk
from dragoman.web.parts.render import render
from dragoman.web.parts.view import Html, View

PAGE = 50
DUE = ("open", "overdue", "closed")


def gather(desk: Desk, query: Query) -> View:
    """Commitments that the address asks for, page by page."""
    since, until = query.days()
    one, other = query.state("one", desk.files), query.state("other", desk.files)
    kind = query.choice("kind", get_args(CommitmentKind))
    status = query.choice("status", get_args(CommitmentStatus))
    due = query.choice("due", DUE)
    report = query.text("report")
    skip = query.number("skip", 0, 1_000_000) or 0
    asked: dict[str, Any] = {"kind": kind, "status": status, "since": since, "until": until, "report_id": report}
    if one and other and one != other:
        asked["dyad"] = f"{one}-{other}"
    elif one or other:
        asked["actor"] = one or other
    if due:
        asked |= {"overdue": True} if due == "overdue" else {"open": due == "open"}
    here = {"one": one, "other": other, "kind": kind, "status": status, "due": due, "since": since, "until": until}
    today = date.today()  # noqa: DTZ011 - overdue on the reader's own calendar
    page, number = desk.archive.overview.ledger(skip=skip, number=PAGE, today=today, **asked)
    html = render(
        "ledger.html",
        page=page,
        number=number,
        skip=skip,
        size=PAGE,
        asked=here | {"report": report},
        kinds=get_args(CommitmentKind),
        statuses=get_args(CommitmentStatus),
        dues=DUE,
        today=today,
        here=lambda **more: to("ledger", **(here | {"report": report} | more)),
    )
    rows = lambda: (_row(entry) for entry in desk.archive.ledger(**asked))  # noqa: E731
    return View(title="Ledger", section="ledger", blocks=(Html(html),), rows=rows, name="ledger")


def gather_one(desk: Desk, query: Query) -> View:
    """One commitment with all its steps."""
    entry = desk.archive.ledger_entry(query.path["entry"])
    html = render(
        "commitment.html",
        entry=entry,
        today=date.today(),  # noqa: DTZ011
        writes=not desk.public,
        statuses=get_args(CommitmentStatus),
    )
    acts = {"rule": _rule, "comply": _comply}
    rows = lambda: _steps(entry)  # noqa: E731
    name = f"commitment-{entry.id}"
    title = f"{entry.kind.capitalize()} of {names(entry.by) or 'somebody'}"
    return View(title=title, section="ledger", blocks=(Html(html),), rows=rows, name=name, acts=acts)


def _rule(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Say whether a step belongs to its commitment, as `view.Act`."""
    belongs = sent.get("belongs") == "yes"
    desk.archive.rule(int(str(sent.get("step", "0"))), belongs=belongs, by=by)
    return {"said": "Kept: it belongs." if belongs else "Kept: it does not belong.", "reload": True}


def _comply(desk: Desk, by: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Score how far a commitment is kept, as `view.Act`."""
    reason = " ".join(str(sent.get("reason", "")).split()) or None
    desk.archive.comply(str(sent.get("entry", "")), int(str(sent.get("score", "9"))), by=by, reason=reason)
    return {"said": "Score kept.", "reload": True}


def _row(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "status": entry.status,
        "by": names(entry.by),
        "to": names(entry.to),
        "words": entry.content.text,
        "due": entry.due or "",
        "opened": entry.opened or "",
        "updated": entry.updated or "",
        "reports": len({step.report_id for step in entry.history}),
        "score": entry.scores[-1].score if entry.scores else "",
    }


def _steps(entry: LedgerEntry) -> Iterator[dict[str, Any]]:
    for belongs, steps in ((True, entry.history), ("unsure", entry.unsure)):
        for step in steps:
            yield {
                "ledger": entry.id,
                "date": step.date or "",
                "status": step.status,
                "belongs": belongs,
                "publisher": step.publisher or "",
                "report_id": step.report_id,
                "url": step.url or "",
                "words": step.evidence.text,
                "reasons": "; ".join(reason.fact for reason in step.reasons),
            }
