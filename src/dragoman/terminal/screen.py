"""The two consoles, and which form the output takes.

Standard output carries what was asked for, standard error everything else. On a terminal the form is tables, in a
pipe plain lines. NO_COLOR, FORCE_COLOR and COLUMNS are honoured (by Rich).
"""

from __future__ import annotations

import os
import sys
from typing import Literal, NoReturn

from rich.console import Console

Form = Literal["table", "lines", "json", "jsonl"]
WIDEST = 140
"""No table and no text is wider, however wide the terminal."""


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the guard, instead of ending the process from in here."""
        raise BrokenPipeError


def screen() -> Console:
    """The console on standard output; markup, emoji and highlighting are off, as reports may hold their signs."""
    return _made(stderr=False)


def aside() -> Console:
    """The console on standard error."""
    return _made(stderr=True)


def _made(*, stderr: bool) -> Console:
    console = _Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    return console


def on_terminal() -> bool:
    """Whether standard output is a terminal (or is to be treated as one)."""
    return screen().is_terminal


def form_of(asked: str | None) -> Form:
    """The form of output: what was asked for, else tables on a terminal and lines in a pipe."""
    if asked is None:
        return "table" if on_terminal() else "lines"
    forms: dict[str, Form] = {"table": "table", "json": "json", "jsonl": "jsonl"}
    return forms[asked]


def put(text: str) -> None:
    """Write one line to standard output, at once where somebody is waiting for it."""
    sys.stdout.write(text + "\n")


def utf8() -> None:
    """Write UTF-8 into pipes and files whatever the surroundings say; on a terminal print what it cannot show as ?."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def hush() -> None:
    """After the reader of our output has gone: let what is still in the buffer go nowhere."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
