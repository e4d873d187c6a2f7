"""What all routes share: the open archive, the reader once it is needed, and who may write.

In: the archive's address, a token, what makes a reader. Out: `Shelf`, kept by the app. Reports are read by one thread
at a time; the reader is made when the first is to be read.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from dragoman.api.limits import Limits
from dragoman.api.problems import Problem
from dragoman.archive import Archive
from dragoman.errors import RefusedReport
from dragoman.knowledge.world import World, world
from dragoman.record.entries import Record
from dragoman.report.options import IntakeOptions
from dragoman.report.report import Report
from dragoman.terminal.taking import Reads, Taking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dragoman.actors.claims import Who
    from dragoman.meaning import Sentences

MakesReader = Callable[["Who | None"], Reads]
"""Makes a reader that asks an archive who people are; called when the first report is to be read, never before."""
RECORDS = 256
"""So many records are kept in memory, those last asked for."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A report that was not read.

    Attributes:
        place: in what was given, from 0.
        reason: why, and what to do.
    """

    place: int
    reason: str


@dataclass(slots=True)
class _Noted:
    """Keeps what `Taking` tells of refusals."""

    reasons: list[str] = field(default_factory=list)

    def now(self, doing: str) -> None:
        """Nobody watches."""

    def advance(self) -> None:
        """Nobody watches."""

    def refused(self, source: str, reason: str) -> None:
        """Keep it."""
        self.reasons.append(reason)


@dataclass(slots=True, eq=False)
class Shelf:
    """What all routes share.

    Attributes:
        given: address of the archive, or the archive itself, open; that is not closed here.
        token: what somebody must show before they write.
        public: nothing is ever written.
        reader: makes what reads reports; None where this server cannot read.
        intake: limits of what is taken in.
        own: folder of the user's own knowledge.
        limits: what anybody may ask for.
        archive: the archive, open.
        record: the record of a report, by its id; raises as `Archive.record`.
    """

    given: str | Archive
    token: str | None
    public: bool
    reader: MakesReader | None
    intake: IntakeOptions
    own: str | None
    limits: Limits
    archive: Archive = field(init=False)
    record: Callable[[str], Record] = field(init=False)
    _turn: threading.Lock = field(init=False, default_factory=threading.Lock)
    _meanings: Sentences | None = field(init=False, default=None)
    _made: Reads | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        given = self.given
        self.archive = Archive(given, read_only=self.public) if isinstance(given, str) else given
        # A record never changes, and the latest are asked for again and again.
        self.record = lru_cache(maxsize=RECORDS)(self.archive.record)

    def close(self) -> None:
        """Let go of the archive, if it was opened here."""
        if self.archive is not self.given:
            self.archive.close()

    @property
    def files(self) -> World:
        """What the world calls things, the user's own knowledge laid over."""
        return world(self.own)

    def prepared(self, given: Sequence[Mapping[str, Any]]) -> list[Report | Refusal]:
        """Reports as the intake takes them, each in its place."""
        from dragoman.report.intake import sources  # noqa: PLC0415 - brings the web with it

        out: list[Report | Refusal] = []
        for place, fields in enumerate(given):
            told = json.dumps({name: value for name, value in fields.items() if value is not None}, default=str)
            outcome = next(iter(sources(["-"], stdin=io.BytesIO(told.encode()), options=self.intake)), None)
            if isinstance(outcome, Report):
                out.append(outcome)
            else:
                reason = outcome.reason if isinstance(outcome, RefusedReport) else "is empty; there is nothing to read"
                out.append(Refusal(place, reason))
        return out

    def read(self, reports: Iterable[Report], done: Callable[[Record], None]) -> list[str]:
        """Read reports one after another and hand on each record; returns the reasons of those that were refused.

        Raises:
            Problem: when this server cannot read.
            ModelError, KnowledgeError: when what it reads with cannot be loaded.
        """
        if self.reader is None:
            raise Problem(503, "This server cannot read reports; add them on the command line: dragoman add FILE.")
        noted = _Noted()
        with self._turn:
            for record in Taking(self.intake, noted).records(reports, self._reads):
                done(record)
        return noted.reasons

    def vector(self, words: str) -> NDArray[np.float32]:
        """What words mean, as the reports' gists have it.

        Raises:
            ModelError: when this server has no model for it.
        """
        with self._turn:
            if self._meanings is None:
                from dragoman.meaning import Sentences  # noqa: PLC0415 - loads a model

                self._meanings = Sentences()
        vector: NDArray[np.float32] = self._meanings([words])[0]
        return vector

    def _reads(self) -> Reads:
        if self._made is None:
            assert self.reader is not None, "read() asks for it"
            self._made = self.reader(self.archive.who)
        return self._made


def _shelf(request: Request) -> Shelf:
    found: Shelf = request.app.state.shelf
    return found


OfShelf = Annotated[Shelf, Depends(_shelf)]
"""The shelf, as a route asks for it."""
