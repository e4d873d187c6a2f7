"""The command line's `export` and `import`: the layouts of other event data, out and in; thin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli_opening import asked_of, open_archive
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
    Output,
    Person,
    PlaceName,
    Publisher,
    Quad,
    Recipient,
    Sector,
    Since,
    Source,
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
    source: Annotated[
        Source, typer.Option(help="Your own events, those of other data you imported, or both in one table.")
    ] = Source.own,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, state: AnyState = None,
    sector: Sector = None, name: Person = None, speaker: Speaker = None, place: PlaceName = None,
    contexts: Contexts = None,
    category: Category = None, mode: Mode = None, cameo: Cameo = None, quad: Quad = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, judged: Judged = None, limit: Limit = None, archive: Url = None,
) -> None:  # fmt: skip
    """Write the archive's entries to a file or into a pipe.

    One a line or row. Beside a table stand files that say what each column holds, which words each row rests on, and
    what was left out; a pipe gets the table alone.

    \b
    Example:  dragoman export csv -o events.csv --dyad IRN-QAT
              dragoman export gdelt -o events.export.CSV --since 2024-01-01
              dragoman export jsonl --what commitments | jq .content.text
              dragoman export csv -o beside.csv --source all --dyad IRN-QAT
    """
    from dragoman.exports.formats import export as prepared
    from dragoman.terminal import outlet

    asked = filters(locals())
    chosen = outlet.chosen(form, what.value)
    with open_archive(archive) as opened:
        made = asked_of(lambda: prepared(opened, chosen, what.value, unit=unit.value, source=source.value, **asked))
        if output is None:
            outlet.stream(made)
            words = outlet.left_out(made.left_out)
            if words:
                complain(words)
            return
        complain(outlet.to_file(made, output))


def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="gdelt, polecat or icews.")],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="Their files, also .gz and .zip."),
    ],
    archive: Url = None,
    printed: Format = None,
) -> None:
    """Read files of other event data into the archive, beside your own events.

    Lost zeros of codes, stray tabs, shifted columns and the like are mended and told, line by line; what cannot be
    mended for sure is refused. The original line is kept. The same file twice adds nothing.

    \b
    Example:  dragoman import gdelt 20240601.export.CSV.zip
              dragoman import icews events.2016.tab --format jsonl > mended.jsonl
    """
    from dragoman.archive.imported import SOURCES
    from dragoman.imports.intake import import_files
    from dragoman.terminal.arrivals import Faults
    from dragoman.terminal.progress import Meter
    from dragoman.terminal.screen import form_of

    source = next((source for source in SOURCES if source == form.lower()), None)
    if source is None:
        raise typer.BadParameter(f"there is no format {form!r}; there are: {', '.join(SOURCES)}.", param_hint="FORMAT")
    faults = Faults(form_of(printed))
    with open_archive(archive, read_only=False) as opened, Meter("Reading") as meter:
        done = import_files(opened, source, files, faults, on_the_way=meter.advance)
        meter.stop()
        faults.end(done)
    if done.refused or done.files_refused:
        raise typer.Exit(FAILED)
