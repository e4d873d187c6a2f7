"""The command line's `archive` commands: an archive as a whole, copied, backed up and checked; thin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli_opening import open_archive
from dragoman.terminal.guard import FAILED, Kept
from dragoman.terminal.options import Format, Url

archive = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@archive.callback()
def _archive() -> None:
    """Look after the archive as a whole: its figures, copies, backups, checks.

    \b
    Begin with:  dragoman archive info
    """


@archive.command()
def info(url: Url = None, form: Format = None) -> None:
    """Tell where the archive lies, how large it is, and how much it holds.

    \b
    Example:  dragoman archive info --archive sqlite:///record.db
    """
    from dragoman.terminal import upkeep
    from dragoman.terminal.screen import form_of

    with open_archive(url) as opened:
        upkeep.show_facts(opened.info(), form_of(form))


@archive.command()
def check(url: Url = None, form: Format = None) -> None:
    """Check whether the archive is whole.

    Whether the database itself is sound, all that points to something finds it, the rows say what the records say, and
    the index holds the words of the texts. Each inconsistency is named; with any, the exit code is 1. Nothing is
    changed.

    \b
    Example:  dragoman archive check
              dragoman archive check --archive postgresql://me@host/news
    """
    from dragoman.archive import default_url
    from dragoman.archive.health import checked
    from dragoman.settings import settings
    from dragoman.terminal import upkeep
    from dragoman.terminal.progress import Meter
    from dragoman.terminal.screen import form_of

    with Meter("Checking reports") as meter:
        found = checked(url or settings().archive or default_url(), meter.advance)
    upkeep.show_checked(found, form_of(form))
    if found.found:
        raise typer.Exit(FAILED)


@archive.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of the archive, such as sqlite:///record.db.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Where to: nothing yet, an empty archive, or an earlier copy of FROM.")
    ],
) -> None:
    """Copy an archive to another place, from a file to a server or back.

    Everything is copied, judgements and all, under the same numbers, and compared row by row. When it was broken off,
    the same command goes on; until it is finished, TO does not open. An earlier copy is brought up to date.

    \b
    Example:  dragoman archive copy sqlite:///record.db postgresql://me@host/news
    """
    from dragoman.archive import Archive, copying
    from dragoman.terminal import upkeep

    with Archive(source, read_only=True) as opened:
        with _bar("Copying rows", lambda: copying.rows_to_go_through(opened._store)) as advance:
            done = opened.copy_to(target, advance)
        upkeep.show_copied(done)


@archive.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Name of the new file.")],
    url: Url = None,
) -> None:
    """Write the whole archive into one new file, while others may go on writing to it.

    The file is an archive itself (SQLite), as all was at one moment; it gets its name when it is whole.

    \b
    Example:  dragoman archive backup backup-2024-06-01.db
              dragoman list --archive sqlite:///backup-2024-06-01.db
    """
    from dragoman.archive import backup as backups
    from dragoman.terminal.upkeep import size

    with open_archive(url) as opened:
        with _bar("Backing up", lambda: backups.steps(opened._store)) as advance:
            bytes_ = opened.backup(file, advance)
        print(f"{size(bytes_)} written to {file}")


@contextmanager
def _bar(doing: str, total: Callable[[], int]) -> Iterator[Callable[[int], None]]:
    """A bar, and words for whoever breaks off."""
    from dragoman.terminal.progress import Meter

    try:
        with Meter(doing, total=total()) as meter:
            yield meter.advance
    except KeyboardInterrupt:
        raise Kept("Interrupted. The archive is untouched; the same command again goes on.") from None
