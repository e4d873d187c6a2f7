"""The command line's `count`: how many entries there are, by what is asked; thin."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli_opening import open_archive
from dragoman.terminal.guard import FAILED, complain
from dragoman.terminal.options import (
    Actor,
    AnyState,
    Cameo,
    Category,
    Contexts,
    Dyad,
    Format,
    Judged,
    Limit,
    MinConfidence,
    Mode,
    Person,
    PlaceName,
    Publisher,
    Quad,
    Recipient,
    Sector,
    Since,
    Speaker,
    Status,
    Until,
    Url,
    filters,
)  # fmt: skip


class Counted(StrEnum):
    """What can be counted."""

    reports = "reports"
    events = "events"
    contacts = "contacts"
    statements = "statements"
    commitments = "commitments"
    actors = "actors"


def count(
    what: Annotated[Counted, typer.Option(help="Kind of entries.")] = Counted.events,
    by: Annotated[
        str, typer.Option(metavar="WHAT", help="day, month, year, dyad, country, category, mode, quad, status ...")
    ] = "month",
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None,
    sector: Sector = None, name: Person = None, speaker: Speaker = None, place: PlaceName = None,
    contexts: Contexts = None,
    category: Category = None, mode: Mode = None, cameo: Cameo = None, quad: Quad = None, status: Status = None,
    since: Since = None, until: Until = None, publisher: Publisher = None, min_confidence: MinConfidence = None,
    judged: Judged = None, limit: Limit = None, archive: Url = None, form: Format = None,
) -> None:  # fmt: skip
    """Count the archive's entries.

    By day, month, year, dyad, country, category, mode, cameo, quad, status, publisher. An event counts once, however
    many reports tell it; beside it stands how often it is told and, of events, the mean of their intensity.

    \b
    Example:  dragoman count --by month --dyad IRN-QAT
              dragoman count --what contacts --by dyad --limit 20
    """
    from dragoman.errors import ArchiveError
    from dragoman.terminal import tally
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of

    asked = filters(locals())
    with open_archive(archive) as opened:
        try:
            found = opened.counts(what.value, by=by, **asked)
        except (ArchiveError, TypeError) as error:
            raise typer.BadParameter(str(error)) from error
        print_rows(
            found, lambda console, rows: tally.show(console, rows, what.value, by), tally.line_of, tally.data,
            form_of(form),
        )  # fmt: skip
        if not found:
            complain(f"Nothing in {opened.url} fits. Ask for less, or add reports: dragoman add reports/")
            raise typer.Exit(FAILED)
