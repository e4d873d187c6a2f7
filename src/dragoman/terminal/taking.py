"""From sources to records, naming each source that cannot be read.

In: sources as the user gave them. Out: reports or records, lazily and in batches, so that memory stays bounded.
Refusals are told on standard error as they come and counted. Should reading fail on one report, the others of its
batch are read one by one, and only that one is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dragoman.errors import DragomanError, RefusedReport

if TYPE_CHECKING:
    from dragoman.record.entries import Record
    from dragoman.report.options import IntakeOptions
    from dragoman.report.report import Report

BATCH = 32
_ONE_EACH = {".txt", ".md", ".html", ".htm", ".xhtml"}


class Reads(Protocol):
    """What a reader must be able to do."""

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """Records of reports, in order."""
        ...


class Shows(Protocol):
    """What is told of progress and refusals."""

    def now(self, doing: str) -> None:
        """What is going on now."""
        ...

    def advance(self) -> None:
        """One more is done."""
        ...

    def refused(self, source: str, reason: str) -> None:
        """A source could not be read, and why."""
        ...


class Taking:
    """Takes reports in and has them read.

    Args:
        options: limits and defaults of the intake.
        meter: where progress and refusals are shown.

    Attributes:
        refused: how many sources could not be read.
        skipped: how many reports were passed over because they are there already.
    """

    def __init__(self, options: IntakeOptions, meter: Shows) -> None:
        self._options = options
        self._meter = meter
        self.refused = 0
        self.skipped = 0

    def reports(self, names: Iterable[str], there: Callable[[str], bool] | None = None) -> Iterator[Report]:
        """Reports from sources; those that are `there` already (by id) are passed over."""
        from dragoman.report.intake import sources  # noqa: PLC0415 - brings the web with it

        for outcome in sources(names, options=self._options):
            if isinstance(outcome, RefusedReport):
                self.refuse(outcome.source, outcome.reason)
            elif there is not None and there(outcome.id):
                self.skipped += 1
                self._meter.advance()
            else:
                yield outcome

    def records(self, reports: Iterable[Report], reader: Callable[[], Reads]) -> Iterator[Record]:
        """Records of reports, in order; the reader is made when there is something to read."""
        left = iter(reports)
        made: Reads | None = None
        while batch := list(islice(left, BATCH)):
            if made is None:
                self._meter.now("Loading the language model")
                made = reader()
            self._meter.now("Reading")
            for record in self._read(batch, made):
                self._meter.advance()
                yield record

    def refuse(self, source: str, reason: str) -> None:
        """Say that a source could not be read, and why."""
        self.refused += 1
        self._meter.refused(source, reason)

    def _read(self, batch: Sequence[Report], reader: Reads) -> Iterator[Record]:
        done = 0
        try:
            for record in reader.read_many(batch):
                done += 1
                yield record
        except DragomanError:
            raise
        except Exception as error:  # a fault in one report must not cost the others
            if len(batch) == 1:
                self.refuse(
                    _name(batch[0]), f"could not be read, by a fault of Dragoman ({type(error).__name__}: {error})"
                )
                return
            for report in batch[done:]:
                yield from self._read([report], reader)


def number_of_reports(names: Iterable[str]) -> int | None:
    """How many reports sources hold, where that can be told without opening them; None otherwise."""
    number = 0
    for name in names:
        path = Path(name)
        files = [path] if path.is_file() else _below(path)
        if not files or any(file.suffix.lower() not in _ONE_EACH for file in files):
            return None
        number += len(files)
    return number


def _below(folder: Path) -> list[Path]:
    found = (Path(here) / file for here, _, files in os.walk(folder) for file in files)
    return [file for file in found if not file.name.startswith(".") and file.name != "index.yaml"]


def _name(report: Report) -> str:
    return report.url or report.title or f"report {report.id}"
