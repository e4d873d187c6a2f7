"""The command line's `export`: entries in the layouts that other tools read; thin."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli_opening import asked_of, open_archive
from dragoman.terminal.guard import complain
from dragoman.terminal.options import (
    Actor,
    AnyState,
    Cameo,
    Category,
    Dyad,
    Limit,
    MinConfidence,
    Mode,
    Output,
    Person,
    PlaceName,
    Publisher,
    Quad,
    Recipient,
    Sector,
    Since,
    Speaker,
    Status,
    Unit,
    Until,
    Url,
    What,
    filters,
)


def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help="jsonl, csv, parquet, gdelt, polecat, icews, petrarch2, phoenix or ftm."
        ),
    ],
    output: Output = None,
    what: Annotated[What, typer.Option(help="Kind of entries.")] = What.events,
    unit: Annotated[
        Unit, typer.Option(help="What a row of gdelt, polecat and icews is: an event, or a report's telling of it.")
    ] = Unit.event,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None,
    sector: Sector = None, name: Person = None, speaker: Speaker = None, place: PlaceName = None,
    category: Category = None, mode: Mode = None, cameo: Cameo = None, quad: Quad = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, limit: Limit = None, archive: Url = None,
) -> None:  # fmt: skip
    """Write the archive's entries to a file or into a pipe.

    One a line or row. Beside a table stand files that say what each column holds, which words each row rests on, and
    what was left out; a pipe gets the table alone.

    \b
    Example:  dragoman export csv -o events.csv --dyad IRN-QAT
              dragoman export gdelt -o events.export.CSV --since 2024-01-01
              dragoman export jsonl --what commitments | jq .content.text
    """
    from dragoman.exports.formats import export as prepared
    from dragoman.terminal import outlet

    asked = filters(locals())
    chosen = outlet.chosen(form, what.value)
    with open_archive(archive) as opened:
        made = asked_of(lambda: prepared(opened, chosen, what.value, unit=unit.value, **asked))
        if output is None:
            outlet.stream(made)
            words = outlet.left_out(made.left_out)
            if words:
                complain(words)
            return
        complain(outlet.to_file(made, output))
