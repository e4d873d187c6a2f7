"""Where exports go: a pipe, or a file that appears whole or not at all.

In: an archive's rows. Out: standard output, or FILE and what belongs beside it. A file is written under another name
in the same folder first, so that who reads FILE never sees half of it and a failure leaves the old one as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import typer

from dragoman.record.export import Form, What, csv_lines, jsonl, write
from dragoman.terminal.wording import safe

_HINT = ".dtypes.json"


def chosen(name: str) -> Form:
    """The format of this name.

    Raises:
        typer.BadParameter: when there is none; says which there are.
    """
    forms: tuple[Form, ...] = get_args(Form)
    for form in forms:
        if form == name.lower():
            return form
    raise typer.BadParameter(f"there is no format {name!r}; there are: {', '.join(forms)}.", param_hint="FORMAT")


def stream(rows: Iterable[Any], what: What, form: Form) -> None:
    """Write rows to standard output; on a terminal without signs that could steer it."""
    lines = csv_lines(rows, what) if form == "csv" else jsonl(rows, what)
    steers = sys.stdout.isatty()
    for text in lines:
        # The line end is added again: print adds none, and the system's own would be wrong in CSV.
        sys.stdout.write(safe(text) if steers else text.replace("\r\n", "\n") if os.name == "nt" else text)


def to_file(rows: Iterable[Any], what: What, form: Form, path: Path) -> int:
    """Write rows to a file and what belongs beside it; returns how many.

    Raises:
        typer.BadParameter: when the path is a folder, or its folder is missing.
    """
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; name a file.", param_hint="--output")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}; make it first.", param_hint="--output")
    if path.exists() and not path.is_file():
        # A device or a named pipe cannot be replaced, only written to.
        return _into(rows, what, form, path)
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        number = write(rows, what, form, part)
        if _hint(part).exists():
            _hint(part).replace(_hint(target))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
        _hint(part).unlink(missing_ok=True)
    return number


def _into(rows: Iterable[Any], what: What, form: Form, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for text in csv_lines(rows, what) if form == "csv" else jsonl(rows, what):
            file.write(text)
            number += 1
    return number - (form == "csv")


def _hint(path: Path) -> Path:
    return path.with_name(path.name + _HINT)
