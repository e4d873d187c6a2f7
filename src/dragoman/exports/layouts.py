"""Columns as declared data: what a file holds, in which order and by whose convention.

Writers, type hints, docs and importers all read the same declarations, so that none can lag behind another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dtype = Literal["string", "Int64", "Float64", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as the format has it.
        holds: what stands in it, and by which convention.
        dtype: what pandas should read it as. Codes are ``string``, so that no zero is lost.
    """

    name: str
    holds: str
    dtype: Dtype = "string"


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of a format.

    Attributes:
        name: of the format and, where it has several files, of the file.
        columns: in order.
        header: whether the first line names them.
        missing: what stands where nothing is known.
        version: goes up when a column changes its meaning.
    """

    name: str
    columns: tuple[Column, ...]
    header: bool
    missing: str = ""
    version: str = "1"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def dtypes(self) -> dict[str, str]:
        """What each column holds, as pandas names it."""
        return {column.name: column.dtype for column in self.columns}
