"""The command line's `knowledge` commands: what Dragoman knows, and a user's own words laid over it; thin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.terminal.guard import FAILED
from dragoman.terminal.options import Format

knowledge = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@knowledge.callback()
def _knowledge() -> None:
    """Look after the knowledge files: names, offices, the event lexicon.

    \b
    Begin with:  dragoman knowledge check
    """


def _folder(value: Path | None) -> Path | None:
    if value is not None and not value.is_dir():
        raise typer.BadParameter(f"there is no folder {value}.")
    return value


@knowledge.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            callback=_folder,
            help="Your own YAML files, laid over ours; by default those that DRAGOMAN_KNOWLEDGE names.",
        ),
    ] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Tell of stretches for which no holder of an office is known, too.")
    ] = False,
    form: Format = None,
) -> None:
    """Check the knowledge files.

    For broken YAML, unknown keys, references to nothing, names that stand for two things, impossible dates and
    offices held by two at once. All faults are told; with any, the exit code is 1.

    \b
    Example:  dragoman knowledge check own/
    """
    from dragoman.knowledge.checks import checked
    from dragoman.places.known import regions
    from dragoman.report.leftovers import load_leftovers
    from dragoman.settings import settings
    from dragoman.terminal import findings
    from dragoman.terminal.screen import form_of

    found = checked(str(folder) if folder else settings().own_knowledge, gaps=gaps, also=(regions, load_leftovers))
    findings.show(found, form_of(form))
    if found.faults:
        raise typer.Exit(FAILED)


def _dictionary(what: str) -> Any:
    """An option that takes the files of one kind of dictionary."""
    return typer.Option(
        exists=True, dir_okay=False, metavar="FILE", help=f"Dictionary of {what}; may be given several times."
    )


@knowledge.command(name="import")
def import_(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help="petrarch: what TABARI, PETRARCH and PETRARCH2 read.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the YAML files go.")],
    verbs: Annotated[list[Path] | None, _dictionary("verbs and their patterns")] = None,
    actors: Annotated[list[Path] | None, _dictionary("actors")] = None,
    agents: Annotated[list[Path] | None, _dictionary("agents")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was left out.")] = False,
    form: Format = None,
) -> None:
    """Make your dictionaries for another coder a folder of YAML, to be laid over ours.

    What cannot be carried over is told with its place and the reason. Your own files in the folder are left alone.

    \b
    Example:  dragoman knowledge import petrarch --verbs verbs.txt -o own/
              dragoman knowledge import petrarch --actors a.txt --strict -o own/
    """
    from dragoman.knowledge.petrarch import import_dictionaries
    from dragoman.terminal import imports
    from dragoman.terminal.screen import form_of

    if kind != "petrarch":
        raise typer.BadParameter(f"there is no format {kind!r}; it may be petrarch.")
    if not (verbs or actors or agents):
        raise typer.BadParameter("name a dictionary: --verbs, --actors or --agents.")
    done = import_dictionaries(output, verbs=verbs or (), actors=actors or (), agents=agents or ())
    imports.show(done, output, form_of(form))
    if strict and done.left:
        raise typer.Exit(FAILED)
