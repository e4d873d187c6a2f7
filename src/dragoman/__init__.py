"""Dragoman reads diplomatic and political news reports into a record: who did what to whom, on whose word.

The names below resolve on first use, so that `import dragoman` loads neither spaCy nor a web library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.actors.claims import Claim
    from dragoman.archive.archive import Archive
    from dragoman.errors import (
        ArchiveError,
        DragomanError,
        KnowledgeError,
        ModelError,
        NotFoundError,
        RefusedReport,
    )
    from dragoman.evidence import Span
    from dragoman.exports.frames import frames
    from dragoman.reader import Reader
    from dragoman.record.entries import (
        Actor,
        Code,
        Commitment,
        Contact,
        Event,
        Party,
        Place,
        Reason,
        Record,
        Statement,
        Telling,
    )
    from dragoman.report.report import Dateline, Report

__version__ = "0.2.0"

_HOMES = {
    "dragoman.actors.claims": ["Claim"],
    "dragoman.archive.archive": ["Archive"],
    "dragoman.errors": [
        "ArchiveError", "DragomanError", "KnowledgeError", "ModelError", "NotFoundError", "RefusedReport",
    ],
    "dragoman.evidence": ["Span"],
    "dragoman.exports.frames": ["frames"],
    "dragoman.reader": ["Reader"],
    "dragoman.record.entries": [
        "Actor", "Code", "Commitment", "Contact", "Event", "Party", "Place", "Reason", "Record", "Statement",
        "Telling",
    ],
    "dragoman.report.report": ["Dateline", "Report"],
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Actor",
    "Archive",
    "ArchiveError",
    "Claim",
    "Code",
    "Commitment",
    "Contact",
    "Dateline",
    "DragomanError",
    "Event",
    "KnowledgeError",
    "ModelError",
    "NotFoundError",
    "Party",
    "Place",
    "Reader",
    "Reason",
    "Record",
    "RefusedReport",
    "Report",
    "Span",
    "Statement",
    "Telling",
    "frames",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
