"""What became of each entry of a dictionary: written, known already, or left out with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["left out", "in part"]


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """Something that was not carried over.

    Attributes:
        file: the dictionary, as it was named.
        line: number of the line.
        entry: the entry's first words.
        what: why not.
        fate: `left out`, or `in part` where the rest of the entry was written.
    """

    file: str
    line: int
    entry: str
    what: str
    fate: Fate


@dataclass(slots=True)
class Ledger:
    """Counts entries by their fate. Every entry read ends as exactly one of written, known and left out."""

    written: int = 0
    known: int = 0
    left: list[Left] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many entries were left out whole."""
        return sum(one.fate == "left out" for one in self.left)

    @property
    def in_part(self) -> int:
        """How many losses there were in entries that were written."""
        return len(self.left) - self.left_out

    @property
    def read(self) -> int:
        """How many entries were read."""
        return self.written + self.known + self.left_out

    def leave(self, file: str, line: int, entry: str, what: str) -> None:
        """An entry is left out whole."""
        self.left.append(Left(file, line, entry, what, "left out"))

    def lose(self, file: str, line: int, entry: str, what: str) -> None:
        """Something of an entry is left out; the entry itself is counted where it is written or known."""
        self.left.append(Left(file, line, entry, what, "in part"))
