"""Where exports go: a pipe, or a file that appears whole or not at all.

In: an export. Out: standard output, or FILE and what belongs beside it, and a sentence on what was written and what
was left out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

import typer

from dragoman.exports.files import Written, write
from dragoman.exports.formats import ALLOWED, FORMS, KINDS, Export, Form, write_parquet
from dragoman.record.export import What
from dragoman.terminal.wording import counted, safe


def chosen(name: str, what: What) -> Form:
    """The format of this name.

    Raises:
        typer.BadParameter: when there is none, or it has no room for this kind of entry; says what there is.
    """
    for form in FORMS:
        if form == name.lower():
            if what not in ALLOWED[form]:
                listed = ", ".join(kind for kind in KINDS if kind in ALLOWED[form])
                raise typer.BadParameter(f"{form} has no room for {what}; it takes: {listed}.", param_hint="--what")
            return form
    raise typer.BadParameter(f"there is no format {name!r}; there are: {', '.join(FORMS)}.", param_hint="FORMAT")


def stream(made: Export) -> None:
    """Write the export's own file to standard output; on a terminal without signs that could steer it.

    Raises:
        typer.BadParameter: for Parquet on a terminal.
    """
    steers = sys.stdout.isatty()
    if made.form == "parquet":
        if steers:
            raise typer.BadParameter("parquet is no text; name a file with -o, or use a pipe.", param_hint="FORMAT")
        write_parquet(made, sys.stdout.buffer)
        return
    for suffix, text in made.pieces():
        if not suffix:
            # The line end is added again: print adds none, and the system's own would be wrong in CSV.
            sys.stdout.write(safe(text) if steers else text.replace("\r\n", "\n") if os.name == "nt" else text)


def to_file(made: Export, path: Path) -> str:
    """Write an export to a file and what belongs beside it; returns what to say of it.

    Raises:
        typer.BadParameter: when the path is a folder, or its folder is missing.
    """
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; name a file.", param_hint="--output")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}; make it first.", param_hint="--output")
    if path.exists() and not path.is_file():
        # A device or a named pipe cannot be replaced, only written to.
        with path.open("wb") as file:
            return _told(made, Written(_into(made, file), (path,), made.left_out), path)
    return _told(made, write(made, path), path)


def left_out(reasons: dict[str, int]) -> str:
    """What the format has no room for, as a sentence; empty when it is nothing."""
    parts = ", ".join(f"{number:,} {reason}" for reason, number in sorted(reasons.items()))
    return f"Left out: {parts}." if parts else ""


def _told(made: Export, done: Written, path: Path) -> str:
    beside = f", {counted(len(done.files) - 1, 'file')} beside it" if len(done.files) > 1 else ""
    named = f"{done.entries:,} {made.what}" if made.form in ("jsonl", "csv", "parquet") else _rows(made, done.entries)
    return f"{named} written to {path}{beside}. {left_out(made.left_out)}".strip()


def _rows(made: Export, number: int) -> str:
    return counted(number, "entity", "entities") if made.form == "ftm" else counted(number, "row")


def _into(made: Export, file: IO[bytes]) -> int:
    if made.form == "parquet":
        return write_parquet(made, file)
    number = 0
    for suffix, text in made.pieces():
        if not suffix:
            file.write(text.encode("utf-8", "replace"))
            number += 1
    return number - made.header
