"""The command line's `stories` commands: what happened, once each, with everybody who tells it; thin."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from dragoman.cli_opening import asked_of, open_archive
from dragoman.terminal.guard import FAILED, complain
from dragoman.terminal.options import (
    Actor,
    AnyState,
    Category,
    Dyad,
    Format,
    Limit,
    MinConfidence,
    Person,
    Publisher,
    Recipient,
    Since,
    Until,
    Url,
    filters,
)

stories = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Id = Annotated[
    str, typer.Argument(metavar="ID", help="The id of a story or of one of its reports, or the beginning of it.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, in your own words.")]
Thing = Annotated[
    str, typer.Argument(metavar="ID", help="The whole id of a report, an event in a report, or a telling.")
]


@stories.callback()
def list_(
    context: typer.Context,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None, name: Person = None,
    category: Category = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None,
    least: Annotated[int, typer.Option(min=1, metavar="N", help="Leave out what fewer reports tell.")] = 2,
    limit: Limit = None, archive: Url = None, form: Format = None,
) -> None:  # fmt: skip
    """List what happened, each happening once, however many reports tell it.

    \b
    Example:  dragoman stories --dyad IRN-QAT --since 2024-06-01
              dragoman stories --least 1
              dragoman stories show 3f9a6c1d
    """
    if context.invoked_subcommand is not None:
        return
    from dragoman.terminal import stories as printed
    from dragoman.terminal.printing import print_rows
    from dragoman.terminal.screen import form_of

    asked = filters(locals())
    with open_archive(archive) as opened:
        rows = asked_of(lambda: opened.stories(least=least, **asked))
        first = next(rows, None)
        if first is None:
            complain(f"No story in {opened.url} fits. Ask for less, or add reports: dragoman add reports/")
            raise typer.Exit(FAILED)
        print_rows(chain([first], rows), printed.show_list, printed.row_line, printed.row_data, form_of(form))


@stories.command()
def show(story_id: Id, archive: Url = None, form: Format = None) -> None:
    """Show a story: its tellings side by side, what differs, and why they are taken to be of one happening.

    \b
    Example:  dragoman stories show 3f9a6c1d
    """
    from dragoman.terminal import stories as printed
    from dragoman.terminal.screen import form_of

    with open_archive(archive) as opened:
        printed.print_story(opened.story(story_id), form_of(form))


@stories.command()
def split(what: Thing, by: By, reason: Reason = None, archive: Url = None) -> None:
    """Take a report out of its story, or an event out of those it was made one with.

    It stays apart, whatever reports come later. What was decided before is kept.

    \b
    Example:  dragoman stories split 0123456789abcdef --by "A. Reader"
              dragoman stories split 0123456789abcdef-e0 --by "A. Reader"
    """
    with open_archive(archive, read_only=False) as opened:
        print(f"{what} stands by itself now: {opened.split(what, by=by, reason=reason)}")


@stories.command()
def join(one: Thing, other: Thing, by: By, reason: Reason = None, archive: Url = None) -> None:
    """Let two reports tell one story, or two events of reports be one, with all that is joined to either.

    \b
    Example:  dragoman stories join 0123456789abcdef fedcba9876543210 --by A
              dragoman stories join 0123456789abcdef-e0 fedcba9876543210-e1 --by A
    """
    with open_archive(archive, read_only=False) as opened:
        print(f"{one} and {other} are one now: {opened.join(one, other, by=by, reason=reason)}")
