"""How the commands open an archive: the one that is named, else the one of the settings, else the usual place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.archive import Archive


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
