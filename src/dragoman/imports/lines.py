"""From files to lines: plain, gzipped or zipped text, UTF-8 or else Latin-1, one line at a time.

In: a path. Out: `Line`s. A line that is no UTF-8 is read as ISO-8859-1, as older releases were written, and marked. In
a zip all files but folders and notes (``.pdf``, ``.md``, ``.json``) are read.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import RefusedReport

_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)
_NOTES = (".pdf", ".md", ".json", ".docx", ".html", "/")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        file: its file; of a zip also the name inside.
        number: counted from 1.
        latin: whether it was no UTF-8.
    """

    file: str
    number: int
    text: str
    latin: bool = False


def lines(path: Path) -> Iterator[Iterator[Line]]:
    """The lines of each file that a path holds.

    Raises:
        RefusedReport: when the file cannot be opened or unpacked; also from the lines, where it breaks off.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    if not name.lower().endswith(_NOTES):
                        with packed.open(name) as file:
                            yield _decoded(file, f"{path.name}/{name}")
            return
        with path.open("rb") as start:
            packed_so = start.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed_so else path.open("rb") as file:
            yield _decoded(file, path.name)
    except _BROKEN as error:
        raise RefusedReport(str(path), f"cannot be read: {error}") from error


def _raw(file: Iterable[bytes], name: str) -> Iterator[bytes]:
    try:
        yield from file
    except _BROKEN as error:
        raise RefusedReport(name, f"cannot be read to its end: {error}") from error


def _decoded(file: Iterable[bytes], name: str) -> Iterator[Line]:
    for number, raw in enumerate(_raw(file, name), start=1):
        data = raw.rstrip(b"\r\n")
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if not data.strip():
            continue
        try:
            yield Line(name, number, data.decode("utf-8"))
        except UnicodeDecodeError:
            yield Line(name, number, data.decode("iso-8859-1"), latin=True)
