"""Reports as published: the text, its head, and where it came from.

`Report` and `Dateline` are here at once; the rest resolves on first use, so that nobody loads what reads web pages
without reading one.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from dragoman.report.report import Dateline, Report, report_id

if TYPE_CHECKING:
    from dragoman.report.head import Head, noise, prepare, read_head
    from dragoman.report.intake import sources
    from dragoman.report.leftovers import Leftover
    from dragoman.report.options import Fields, IntakeOptions
    from dragoman.report.web import Page, fetch

__all__ = [
    "Dateline",
    "Fields",
    "Head",
    "IntakeOptions",
    "Leftover",
    "Page",
    "Report",
    "fetch",
    "noise",
    "prepare",
    "read_head",
    "report_id",
    "sources",
]

_HOME_OF = {
    "Fields": "options", "Head": "head", "IntakeOptions": "options", "Leftover": "leftovers", "Page": "web",
    "fetch": "web", "noise": "head", "prepare": "head", "read_head": "head", "sources": "intake",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'dragoman.report' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"dragoman.report.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
