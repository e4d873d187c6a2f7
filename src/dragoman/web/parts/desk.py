"""The desk: the one archive that the explorer of this process shows, and what may be done to it.

In: the archive's address, who may write. Out: an open `Archive`, names of states, and whether writing is allowed.
Refuses nothing itself; pages ask it before they write.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.archive import Archive
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.world import World, world
from dragoman.record.entries import Record
from dragoman.report.options import IntakeOptions

if TYPE_CHECKING:
    from dragoman.actors.claims import Who
    from dragoman.terminal.taking import Reads

MakesReader = Callable[["Who | None"], "Reads"]
"""Makes a reader that asks an archive who people are; called when the first report is added, never before."""


RECORDS = 256
"""So many records are kept in memory, those last looked at."""


@dataclass(slots=True, eq=False)
class Desk:
    """What all pages share.

    Attributes:
        given: address of the archive, or the archive itself, open; that is not closed here.
        token: what somebody must show before they write; None lets everybody who reaches the server write.
        public: nothing is ever written.
        reader: makes what reads reports; None where the server was installed without it.
        intake: limits of what is taken in.
        own: folder of the user's own knowledge.
        archive: the archive, open.
        record: the record of a report, by its id; raises as `Archive.record`.
    """

    given: str | Archive
    token: str | None = None
    public: bool = False
    reader: MakesReader | None = None
    intake: IntakeOptions = field(default_factory=IntakeOptions)
    own: str | None = None
    archive: Archive = field(init=False)
    record: Callable[[str], Record] = field(init=False)

    def __post_init__(self) -> None:
        given = self.given
        self.archive = Archive(given, read_only=self.public) if isinstance(given, str) else given
        # A record never changes, and the latest are looked at again and again.
        self.record = lru_cache(maxsize=RECORDS)(self.archive.record)

    def close(self) -> None:
        """Let go of the archive, if it was opened here."""
        if self.archive is not self.given:
            self.archive.close()

    def lets_in(self, token: str | None) -> bool:
        """Whether somebody who shows this token may write."""
        if self.public:
            return False
        return self.token is None or (token is not None and hmac.compare_digest(token.encode(), self.token.encode()))

    @property
    def files(self) -> World:
        """What the world calls things, the user's own knowledge laid over."""
        return world(self.own)

    def state_name(self, code: str | None) -> str:
        """What a code stands for; the code itself where nobody knows."""
        return names_of_states(self.own).get(code or "", code or "")


@dataclass(slots=True)
class _Kept:
    desk: Desk | None = None


_KEPT = _Kept()


def desk() -> Desk:
    """The desk of this process.

    Raises:
        RuntimeError: before `lay`.
    """
    if _KEPT.desk is None:
        raise RuntimeError("the explorer is not mounted; call dragoman.web.mount first")
    return _KEPT.desk


def lay(new: Desk) -> Desk:
    """Make this the desk of the process; the one before is closed."""
    if _KEPT.desk is not None:
        _KEPT.desk.close()
    _KEPT.desk = new
    return new


@lru_cache(maxsize=4)
def names_of_states(own: str | None = None) -> dict[str, str]:
    """Codes of states and international actors, and what they are called."""
    named = dict(codebook().international)
    return named | {state.code: state.name for state in world(own).states}
