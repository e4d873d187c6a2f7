"""The ledger in print: commitments as a list, and one with its whole story.

In: entries of the ledger and the day that "overdue" is reckoned from. Out: a table or a story on a terminal, JSON, and
lines for a pipe, of these kinds:

    commitment | id | kind | status | due | first day | last day | steps | by | to | words
    step       | number | day | status | outlet | report id | confidence | words
    unsure     | number | day | status | outlet | report id | confidence | words
    score      | score | until | by | when | reason
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.terminal.columns import Column, table
from dragoman.terminal.pair import shortened, unquoted
from dragoman.terminal.palette import QUIET, STRONG
from dragoman.terminal.plain import joined
from dragoman.terminal.printing import print_json
from dragoman.terminal.screen import Form, put, screen
from dragoman.terminal.tables import WIDE, heading, stacked
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import counted, line, names, state_words

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.archive.rows import LedgerEntry, Step
    from dragoman.evidence import Span

PAGE = 200
SHOWN = 130
_SCORES = {-1: "−1 not kept", 0: "0 in part or in progress", 1: "+1 kept"}


def show_list(console: Console, entries: Iterable[LedgerEntry], today: date) -> int:
    """Print commitments in tables of up to `PAGE` rows; returns how many there were."""
    number = late = 0
    left = iter(entries)
    while page := list(islice(left, PAGE)):
        number += len(page)
        late += sum(entry.overdue(today) for entry in page)
        console.print(_table(page, console.width, today))
    told = counted(number, "commitment") + (f", {late} overdue on {today.isoformat()}" if late else "")
    console.print(Text(told, style=QUIET))
    return number


def _table(page: list[LedgerEntry], width: int, today: date) -> Table:
    wide = width >= WIDE
    columns = [Column("Id"), Column("Last told"), Column("Commitment")]
    columns += [Column("By"), Column("To"), Column("Status"), Column("Steps", right=True)] if wide else []
    cells = []
    for entry in page:
        ident = Text(short(entry), style=QUIET)
        day = Text(entry.updated.isoformat() if entry.updated else "")
        words = Text(f"“{_words(entry.content)}”")
        kind = Text(entry.kind, style=STRONG)
        standing = Text(_status(entry, today), style=STRONG if entry.overdue(today) else "")
        steps = Text(str(len(entry.history)))
        if wide:
            by, to = Text(names(entry.by)), Text(names(entry.to))
            cells.append([ident, day, stacked(kind, words), by, to, standing, steps])
        else:
            who = Text(" → ".join(filter(None, (names(entry.by), names(entry.to)))))
            told = Text(f"{_status(entry, today)}, {counted(len(entry.history), 'step')}", style=QUIET)
            cells.append([ident, day, stacked(kind, who, words, told)])
    return table(columns, cells, width, apart=True)


def short(entry: LedgerEntry) -> str:
    """An id as short as it can be told from others: report's first eight signs and the entry's own."""
    report, _, own = entry.id.partition("-")
    return f"{report}-{own}" if own != "m0" else report


def _status(entry: LedgerEntry, today: date) -> str:
    due = f", due {entry.due}" if entry.due and entry.is_open else ""
    return f"{state_words(entry.status)}{due}{', overdue' if entry.overdue(today) else ''}"


def print_story(entry: LedgerEntry, today: date, form: Form) -> None:
    """Print one commitment with its steps, in the form that was asked for."""
    if form == "table":
        _story(screen(), entry, today)
    elif form == "lines":
        for text in story_lines(entry, today):
            put(text)
    else:
        print_json(iter([entry_data(entry, today, whole=True)]), form)


def _story(console: Console, entry: LedgerEntry, today: date) -> None:
    width = min(console.width, TEXT_WIDTH)
    who = " → ".join(filter(None, (names(entry.by), names(entry.to))))
    console.print(Text(f"{entry.kind.capitalize()}: {who}", style=STRONG), width=width)
    console.print(Padding(Text(f"“{line(entry.content.text)}”"), (0, 0, 0, 2)), width=width)
    console.print(Text(f"{_status(entry, today)} · {entry.id}", style=QUIET), width=width)
    console.print(heading("Steps", len(entry.history), "step"))
    for step in entry.history:
        _step(console, step, width)
    if entry.unsure:
        console.print(heading("Perhaps", len(entry.unsure), "step"))
        console.print(Text("These reports may tell of it; they count for nothing until somebody says so.", style=QUIET))
        for step in entry.unsure:
            _step(console, step, width)
    if entry.scores:
        console.print(heading("Kept?", len(entry.scores), "score"))
        for said in entry.scores:
            until = f", until {said.until}" if said.until else ""
            console.print(Text(f"{_SCORES[said.score]}{until}", style=STRONG))
            reason = f": {line(said.reason)}" if said.reason else ""
            console.print(Padding(Text(f"{line(said.by)}, {said.at[:10]}{reason}", style=QUIET), (0, 0, 0, 2)))


def _step(console: Console, step: Step, width: int) -> None:
    day = step.date.isoformat() if step.date else "no day"
    head = Text.assemble((f"{day}  ", STRONG), (state_words(step.status), STRONG))
    ruled = f" · {line(step.ruled_by)} says so" if step.ruled_by else ""
    sources = (line(step.publisher) if step.publisher else "", line(step.title) if step.title else "")
    console.print(head, width=width)
    console.print(Padding(Text(f"“{unquoted(line(step.evidence.text))}”"), (0, 0, 0, 2)), width=width)
    told = " · ".join(filter(None, (*sources, step.report_id[:8], f"step {step.number}"))) + ruled
    console.print(Padding(Text(told, style=QUIET), (0, 0, 0, 2)), width=width)
    if len(step.reasons) > 1:
        why = "; ".join(line(reason.fact) for reason in step.reasons)
        console.print(Padding(Text(f"why ({step.confidence:.2f}): {why}", style=QUIET), (0, 0, 0, 2)), width=width)


def entry_line(entry: LedgerEntry, today: date) -> str:
    """A commitment as a line for a pipe."""
    days = (day.isoformat() if day else None for day in (entry.opened, entry.updated))
    status = f"{entry.status}, overdue" if entry.overdue(today) else entry.status
    return joined(
        "commitment", entry.id, entry.kind, status, entry.due, *days, str(len(entry.history)), names(entry.by),
        names(entry.to), entry.content.text,
    )  # fmt: skip


def story_lines(entry: LedgerEntry, today: date) -> Iterator[str]:
    """A commitment and its steps as lines for a pipe."""
    yield entry_line(entry, today)
    for kind, steps in (("step", entry.history), ("unsure", entry.unsure)):
        for step in steps:
            day = step.date.isoformat() if step.date else None
            known = (str(step.number), day, step.status, step.publisher, step.report_id, f"{step.confidence:.2f}")
            yield joined(kind, *known, step.evidence.text)
    for said in entry.scores:
        yield joined("score", f"{said.score:+d}", said.until, said.by, said.at, said.reason)


def entry_data(entry: LedgerEntry, today: date, *, whole: bool = False) -> dict[str, Any]:
    """A commitment as JSON has it; with `whole`, its reasons, unsure steps and scores, too."""
    told: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "status": entry.status,
        "overdue": entry.overdue(today),
        "due": entry.due,
        "opened": entry.opened.isoformat() if entry.opened else None,
        "updated": entry.updated.isoformat() if entry.updated else None,
        "by": [_party(party.actor.name, party.actor.country) for party in entry.by],
        "to": [_party(party.actor.name, party.actor.country) for party in entry.to],
        "content": entry.content.model_dump(),
        "history": [_step_data(step, whole=whole) for step in entry.history],
    }
    if whole:
        told["unsure"] = [_step_data(step, whole=True) for step in entry.unsure]
        told["scores"] = [
            {"score": s.score, "until": s.until, "by": s.by, "at": s.at, "reason": s.reason} for s in entry.scores
        ]
    return told


def _party(name: str, country: str | None) -> dict[str, str | None]:
    return {"name": name, "country": country}


def _step_data(step: Step, *, whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": step.number,
        "date": step.date.isoformat() if step.date else None,
        "status": step.status,
        "report_id": step.report_id,
        "url": step.url,
        "publisher": step.publisher,
        "evidence": step.evidence.model_dump(),
        "confidence": step.confidence,
    }
    if whole:
        told["ruled_by"] = step.ruled_by
        told["reasons"] = [reason.model_dump() for reason in step.reasons]
    return told


def _words(span: Span) -> str:
    return unquoted(shortened(span, SHOWN))
