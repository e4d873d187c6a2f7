"""The command line's `ledger` commands: commitments and what became of them; thin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from dragoman.cli_opening import open_archive
from dragoman.terminal.guard import FAILED, complain
from dragoman.terminal.options import (
    Actor,
    Dyad,
    Format,
    Limit,
    MinConfidence,
    OnDay,
    Publisher,
    Recipient,
    Since,
    Status,
    Until,
    Url,
)  # fmt: skip

ledger = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Id = Annotated[str, typer.Argument(metavar="ID", help="A commitment's id, or the beginning of it.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, in your own words.")]
Kind = Annotated[
    str | None, typer.Option(metavar="NAME", help="promise, agreement, proposal, demand, offer, warning, invitation.")
]


@ledger.callback()
def list_(
    context: typer.Context,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, kind: Kind = None, status: Status = None,
    open_: Annotated[bool, typer.Option("--open", help="Only what can still be kept.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what its day has passed over.")] = False,
    on: OnDay = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, limit: Limit = None, archive: Url = None, form: Format = None,
) -> None:  # fmt: skip
    """List promises, agreements, demands ... and what became of them.

    Each stands once, however many reports tell of it; later reports move its status.

    \b
    Example:  dragoman ledger --dyad IRN-QAT --open
              dragoman ledger --overdue --date 2024-09-01
              dragoman ledger show 3f9a6c1d
    """
    if context.invoked_subcommand is not None:
        return
    from dragoman.errors import ArchiveError
    from dragoman.terminal import ledger as printed
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of

    today = _day(on)
    asked = {
        "dyad": dyad, "actor": actor, "recipient": recipient, "kind": kind, "status": status, "open": open_ or None,
        "overdue": overdue or None, "since": since, "until": until, "publisher": publisher,
        "min_confidence": min_confidence, "limit": limit,
    }  # fmt: skip
    with open_archive(archive) as opened:
        try:
            entries = opened.ledger(today=today, **asked)  # type: ignore[arg-type]
        except ArchiveError as error:
            raise typer.BadParameter(str(error)) from error
        print_rows(
            entries,
            lambda console, rows: printed.show_list(console, rows, today),
            lambda row: printed.entry_line(row, today),
            lambda row: printed.entry_data(row, today),
            form_of(form),
        )
        if not entries:
            complain(f"No commitment in {opened.url} fits. Ask for less, or add reports: dragoman add reports/")
            raise typer.Exit(FAILED)


@ledger.command()
def show(ledger_id: Id, on: OnDay = None, archive: Url = None, form: Format = None) -> None:
    """Tell the whole story of a commitment, with its sources.

    Each step with the day, the outlet, the exact words and why its report is taken to tell of this commitment; steps
    that nobody is sure of stand apart.

    \b
    Example:  dragoman ledger show 3f9a6c1d
    """
    from dragoman.terminal import ledger as printed
    from dragoman.terminal.screen import form_of

    with open_archive(archive) as opened:
        printed.print_story(opened.ledger_entry(ledger_id), _day(on), form_of(form))


@ledger.command()
def score(
    ledger_id: Id,
    value: Annotated[
        int, typer.Argument(metavar="SCORE", min=-1, max=1, help="-1 not kept, 0 in part or in progress, 1 kept.")
    ],
    by: By,
    reason: Reason = None,
    until: Until = None,
    archive: Url = None,
) -> None:
    """Say how far a commitment was kept, as the G7 and G20 compliance reports do.

    Scores are kept with name and time, and none is ever changed; who changes their mind scores again. Write -1 behind
    two dashes, so that it is not taken for an option.

    \b
    Example:  dragoman ledger score 3f9a6c1d 0 --by "A. Reader"
              dragoman ledger score --by "A. Reader" 3f9a6c1d -- -1
    """
    day = date.fromisoformat(until) if until else None
    with open_archive(archive, read_only=False) as opened:
        found = opened.comply(ledger_id, value, by=by, until=day, reason=reason)
    print(f"{found.id}: {value:+d} by {by}; {len(found.scores)} in all")


@ledger.command()
def rule(
    step: Annotated[int, typer.Argument(metavar="STEP", help="A step's number, as show gives it.")],
    by: By,
    belongs: Annotated[
        bool, typer.Option("--belongs/--not", help="Whether its report tells of this commitment.")
    ] = True,
    status: Status = None,
    reason: Reason = None,
    archive: Url = None,
) -> None:
    """Say that a step belongs to its commitment, or not, or that its status is another.

    What was said before stays; the last word on a step holds.

    \b
    Example:  dragoman ledger rule 12 --not --by "A. Reader"
              dragoman ledger rule 14 --status fulfilled --by "A. Reader"
    """
    with open_archive(archive, read_only=False) as opened:
        found = opened.rule(step, belongs=belongs, by=by, status=status, reason=reason)
    print(f"{found.id}: {found.status.replace('_', ' ')}, {len(found.history)} steps")


@ledger.command()
def step(
    ledger_id: Id,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The id of a report, or the beginning of it.")],
    status: Annotated[str, typer.Option(metavar="NAME", help="What it tells: agreed, signed, under_way, stalled ...")],
    by: By,
    reason: Reason = None,
    archive: Url = None,
) -> None:
    """Say that a report goes on telling of a commitment.

    \b
    Example:  dragoman ledger step 3f9a6c1d 77ab --status stalled --by "A. Reader"
    """
    with open_archive(archive, read_only=False) as opened:
        found = opened.add_step(ledger_id, opened.find(report), status=status, by=by, reason=reason)
    print(f"{found.id}: {found.status.replace('_', ' ')}, {len(found.history)} steps")


def _day(given: str | None) -> date:
    return date.fromisoformat(given) if given else datetime.now(UTC).date()
