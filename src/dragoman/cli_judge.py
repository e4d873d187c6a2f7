"""The command line's `judge` and `audit`: what people say of the coding, and what share is right; thin."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli_opening import asked_of, open_archive
from dragoman.terminal.guard import FAILED, complain
from dragoman.terminal.options import (
    Actor,
    Category,
    Dyad,
    Format,
    Limit,
    MinConfidence,
    Publisher,
    Recipient,
    Since,
    Status,
    Until,
    Url,
    filters,
)  # fmt: skip

if TYPE_CHECKING:
    from dragoman.archive import Archive
    from dragoman.terminal.judging import Asked

MOST = 100_000
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges; your user name by default.")]
Sample = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="A sample that audit drew.")
]


def judge(
    by: By = None, sample: Sample = None,
    least_certain: Annotated[bool, typer.Option("--least-certain", help="The least sure first.")] = False,
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, category: Category = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, limit: Limit = None, archive: Url = None,
) -> None:  # fmt: skip
    """Judge events, one key each: right, wrong, corrected, unsure.

    What you have judged before is passed over. Verdicts are kept with name and time and never changed; who changes
    their mind judges again. Exports and counts follow them with --judged.

    \b
    Example:  dragoman judge --dyad IRN-QAT --least-certain
              dragoman judge --sample audit.json --by "A. Reader"
    """
    from dragoman.terminal import judging
    from dragoman.terminal.screen import screen

    name = by or getpass.getuser()
    asked = filters(locals() | {"limit": None})
    with open_archive(archive, read_only=False) as opened:
        mine = {said.entry: said.verdict for said in opened.judgements(by=name)}
        ids = _drawn(sample)["entries"] if sample else None
        wanted = list(_wanted(opened, asked, ids, mine, least_certain=least_certain, most=limit or MOST))
        if not wanted:
            complain("Nothing is left to judge here: all that fits has your verdict, or nothing fits.")
            raise typer.Exit(FAILED)

        def keep(entry: str, verdict: str, correction: Mapping[str, str] | None) -> None:
            opened.judge(entry, verdict, by=name, correction=dict(correction) if correction else None)

        of_sample = [v for e, v in mine.items() if ids is None or e in set(ids)]
        judging.judge(screen(), wanted, keep, Counter(of_sample))


audit = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]}
)


@audit.callback()
def _audit() -> None:
    """Draw a sample of events, judge it, and tell what share is right.

    \b
    Begin with:  dragoman audit draw 100 -o audit.json
    """


@audit.command()
def draw(
    number: Annotated[int, typer.Argument(min=1, metavar="N", help="How many events.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the sample goes.")],
    seed: Annotated[str, typer.Option(metavar="TEXT", help="The same seed draws the same sample again.")] = "1",
    dyad: Dyad = None, actor: Actor = None, recipient: Recipient = None, category: Category = None,
    status: Status = None, since: Since = None, until: Until = None, publisher: Publisher = None,
    min_confidence: MinConfidence = None, archive: Url = None,
) -> None:  # fmt: skip
    """Draw events at random, each as likely as any other.

    The file holds their ids, the seed and the filters, so that others can draw the same from the same archive.

    \b
    Example:  dragoman audit draw 100 -o audit.json --since 2024-01-01
    """
    asked = filters(locals() | {"limit": None})
    if output.exists():
        raise typer.BadParameter(f"{output} is there already; name another file, or move it away.")
    with open_archive(archive) as opened:
        rows = asked_of(lambda: opened.events(**asked))
        ranked = sorted((hashlib.sha256(f"{seed}/{row.id}".encode()).hexdigest(), row.id) for row in rows)
    if not ranked:
        complain("No event fits; nothing was drawn.")
        raise typer.Exit(FAILED)
    drawn = [entry for _, entry in ranked[:number]]
    kept = {"seed": seed, "filters": asked, "among": len(ranked), "entries": drawn}
    output.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    told = f"{len(drawn)} of {len(ranked):,} events drawn into {output}"
    complain(f"{told}; judge them: dragoman judge --sample {output}")


@audit.command()
def report(
    sample: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A sample.")],
    archive: Url = None,
    form: Format = None,
) -> None:
    """Tell what share of a sample is right, with its interval.

    Over all and by category, as the judgements stand; with two judges or more, how far they agree (Cohen's kappa).

    \b
    Example:  dragoman audit report audit.json
    """
    from dragoman.terminal.auditing import print_report
    from dragoman.terminal.screen import form_of

    ids = set(_drawn(sample)["entries"])
    with open_archive(archive) as opened:
        said = [one for one in opened.judgements() if one.entry in ids]
        categories = {entry: event.category for entry, event in _events(opened, sorted(ids))}
    if not said:
        complain(f"Nothing of {sample} is judged yet: dragoman judge --sample {sample}")
        raise typer.Exit(FAILED)
    print_report(said, categories, len(ids), form_of(form))


def _drawn(sample: Path) -> dict[str, Any]:
    """A sample's file, checked."""
    try:
        found = json.loads(sample.read_text(encoding="utf-8"))
        if isinstance(found, dict) and all(isinstance(entry, str) for entry in found["entries"]):
            return found
    except (ValueError, KeyError, TypeError):
        pass
    raise typer.BadParameter(f"{sample} is no sample; draw one: dragoman audit draw 100 -o FILE")


def _events(opened: Archive, ids: list[str]) -> Iterator[tuple[str, Any]]:
    """Events by their ids; one that is not there is left out."""
    from dragoman.errors import NotFoundError

    for entry in ids:
        report_id, _, place = entry.partition("-e")
        try:
            told = opened.record(report_id).events
        except NotFoundError:
            continue
        if place.isdecimal() and int(place) < len(told):
            yield entry, told[int(place)]


def _wanted(
    opened: Archive, asked: Any, ids: list[str] | None, mine: Mapping[str, str], *, least_certain: bool, most: int
) -> Iterator[Asked]:
    """What is to be judged, with its record."""
    from dragoman.terminal.judging import Asked

    if ids is not None:
        found = [(entry, event.confidence) for entry, event in _events(opened, [e for e in ids if e not in mine])]
    else:
        rows = asked_of(lambda: opened.events(**asked))
        found = [(row.id, row.event.confidence) for row in rows if row.id not in mine]
    if least_certain:
        found.sort(key=lambda pair: pair[1])
    for entry, _ in found[:most]:
        record = opened.record(entry.partition("-")[0])
        yield Asked(entry, record, record.events[int(entry.partition("-e")[2])])
