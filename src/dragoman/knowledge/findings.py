"""What a check of the knowledge files found: which file, which entry, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Grade = Literal["fault", "note"]
"""A fault makes the check fail; a note is worth knowing."""
Kind = Literal["syntax", "schema", "reference", "duplicate", "date", "overlap", "gap"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing found.

    Attributes:
        file: path below `knowledge/`, or that of a user's own file.
        entry: name of the entry; empty where the file as a whole is meant.
        what: what is wrong.
        remedy: what to do.
        kind: kind of fault.
        grade: `fault` or `note`.
    """

    file: str
    entry: str
    what: str
    remedy: str
    kind: Kind
    grade: Grade = "fault"

    @property
    def text(self) -> str:
        """All of it on one line."""
        where = f"{self.file} ({self.entry})" if self.entry else self.file
        return f"{where}: {self.kind}: {self.what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """An entry, the file it stands in, and whether that is a user's own."""

    file: str
    thing: T
    own: bool = False
