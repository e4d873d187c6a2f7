"""The command line's `synthesize`: a made-up archive of any size, to measure and to practise on; thin."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.terminal.guard import Kept
from dragoman.terminal.wording import counted


def synthesize(
    archive: Annotated[
        str, typer.Option("--archive", metavar="URL", help="Where to; a place of its own: sqlite:///synthetic.db.")
    ],
    events: Annotated[int, typer.Option(min=1, metavar="N", help="How many events.")] = 10_000,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same archive.")] = 1,
) -> None:
    """Fill an archive with made-up reports.

    States are real, people, outlets and happenings are invented, and nothing is read: it is there to measure an archive
    and to practise on one, not to learn from. A million events take about a quarter of an hour. Broken off, the same
    command goes on.

    \b
    Example:  dragoman synthesize --events 100000 --archive sqlite:///synthetic.db
    """
    from dragoman import synthetic
    from dragoman.terminal.progress import Meter

    with Meter("Writing", total=events // synthetic.PER_REPORT) as meter:
        try:
            number = synthetic.fill(archive, events, seed, meter.advance)
        except KeyboardInterrupt:
            raise Kept("Interrupted. What is written is kept; the same command again goes on from here.") from None
    print(f"{counted(number, 'report')} with {events:,} events in {archive}")
