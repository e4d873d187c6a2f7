"""How the commands open an archive: the one that is named, else the one of the settings, else the usual place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from dragoman.actors.claims import Who
    from dragoman.archive import Archive
    from dragoman.reader import Reader

Answer = TypeVar("Answer")


def open_archive(url: str | None, *, read_only: bool = True) -> Archive:
    """The archive that a command works on.

    Args:
        url: as given on the command line.
        read_only: whether the command changes nothing.

    Raises:
        ArchiveError: when it cannot be opened.
    """
    from dragoman.archive import Archive
    from dragoman.settings import settings

    return Archive(url or settings().archive, read_only=read_only)


def reader_of(who: Who | None = None) -> Reader:
    """The reader of the settings.

    Args:
        who: asks an archive who people are.

    Raises:
        ModelError: when what it reads with cannot be loaded.
    """
    from dragoman.reader import Reader
    from dragoman.reading.parse import DEFAULT_MODEL
    from dragoman.settings import settings

    chosen = settings()
    return Reader(chosen.spacy_model or DEFAULT_MODEL, knowledge=chosen.own_knowledge, who=who, coders=chosen.coders)


def asked_of(ask: Callable[[], Answer]) -> Answer:
    """Ask the archive; a filter that cannot be meant is wrong usage."""
    from dragoman.errors import ArchiveError

    try:
        return ask()
    except (ArchiveError, TypeError) as error:
        words = re.sub(
            r"^(\w+)\(\) has no filter '(\w+)'; it has:", r"\1 cannot be chosen by --\2; they can by:", str(error)
        )
        raise typer.BadParameter(words.replace("min_confidence", "min-confidence")) from error
