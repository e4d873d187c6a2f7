"""What can go wrong, in words a user can act on.

Every error that Dragoman raises on purpose is a `DragomanError`; its text says what, where and what to do.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Any error that Dragoman raises on purpose."""


class RefusedReport(DragomanError):  # noqa: N818 - reads as what it is: the report was refused
    """One source that cannot be read; the others go on.

    Attributes:
        source: name of the file, address or line as the user gave it.
        reason: why, and what to do.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class KnowledgeError(DragomanError):
    """A knowledge file that breaks its schema or names something that does not exist."""


class ModelError(DragomanError):
    """A language model that cannot be loaded."""


class ArchiveError(DragomanError):
    """An archive that cannot be opened, migrated or written."""


class NotFoundError(ArchiveError):
    """Nothing in the archive has the given id."""
