"""Exports in files: all of them whole, or none and the old ones as they were.

In: an `Export` and a path. Out: the file, what stands beside it, and ``<FILE>.about.json``. Beside FILE stand files
named FILE with something added: ``.mentions.CSV`` (GDELT), ``.spans.csv``, ``.dtypes.json`` (what each column of FILE
holds, for pandas; another file's has its name before it). ``about.json`` says what is in each file: how many rows and
columns, the SHA-256 of its bytes, the version of its layout, the filters asked for and what was left out, by reason.

Files are written under other names first and take their places at the end, FILE last.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dragoman.exports import spans
from dragoman.exports.formats import Export, write_parquet

ABOUT = "about.json"
HINT = "dtypes.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        entries: rows or lines of the file itself.
        files: all files, the file itself first.
        left_out: events, or pairs of them, that the format has no room for, by reason.
    """

    entries: int
    files: tuple[Path, ...]
    left_out: dict[str, int] = field(default_factory=dict)


class _Sheet:
    """A file on its way: counts and hashes what goes into it."""

    def __init__(self, part: Path) -> None:
        self.part = part
        self.lines = 0
        self._hash = hashlib.sha256()
        self._file: IO[bytes] = part.open("wb")

    def put(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.lines += 1
        self._hash.update(data)
        self._file.write(data)

    # What pyarrow asks of a file.
    def write(self, data: Any) -> int:
        self._hash.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self._file.tell()

    @property
    def closed(self) -> bool:
        return self._file.closed

    def close(self) -> None:
        self._file.close()

    def digest(self) -> str:
        return self._hash.hexdigest()


def write(asked: Export, path: Path) -> Written:
    """Write an export to a file and what belongs beside it.

    Raises:
        OSError: when a file cannot be written; none is changed then.
    """
    target = path.resolve()
    with _parts(target) as parts:
        own = parts("")
        if asked.form == "parquet":
            entries = write_parquet(asked, own)  # type: ignore[arg-type]
        else:
            for suffix, text in asked.pieces():
                parts(suffix).put(text)
            entries = own.lines - asked.header
        for suffix, types in asked.types().items():
            if suffix != spans.SUFFIX:
                hint = f"{suffix}.{HINT}" if suffix else HINT
                parts(hint).put(json.dumps(types, indent=1) + "\n")
        about = _about(asked, target, dict(sorted(parts.sheets.items())), entries)
        parts(ABOUT).put(json.dumps(about, indent=1, ensure_ascii=False) + "\n")
        files = tuple(_beside(target, suffix) for suffix in sorted(parts.sheets))
    return Written(entries, files, dict(asked.left_out))


class _Parts:
    def __init__(self, target: Path, stack: ExitStack) -> None:
        self.target = target
        self.sheets: dict[str, _Sheet] = {}
        self._stack = stack

    def __call__(self, suffix: str) -> _Sheet:
        if suffix not in self.sheets:
            place = _beside(self.target, suffix)
            sheet = _Sheet(place.with_name(f".{place.name}.{os.getpid()}.part"))
            self._stack.callback(sheet.part.unlink, missing_ok=True)
            self._stack.callback(sheet.close)
            self.sheets[suffix] = sheet
        return self.sheets[suffix]


@contextmanager
def _parts(target: Path) -> Iterator[_Parts]:
    """Files on their way; at the end they take their places, unless something failed."""
    with ExitStack() as stack:
        parts = _Parts(target, stack)
        yield parts
        for sheet in parts.sheets.values():
            sheet.close()
        for suffix in sorted(parts.sheets, reverse=True):
            parts.sheets[suffix].part.replace(_beside(target, suffix))


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f"{target.name}.{suffix}") if suffix else target


def _about(asked: Export, target: Path, sheets: dict[str, _Sheet], entries: int) -> dict[str, Any]:
    from dragoman import __version__  # noqa: PLC0415 - the package's face imports everything else

    types = asked.types()
    files = []
    for suffix, sheet in sheets.items():
        layout = asked.layouts.get(suffix)
        told: dict[str, Any] = {"name": _beside(target, suffix).name, "sha256": sheet.digest()}
        if suffix in types:
            told["columns"] = len(types[suffix])
        if suffix == "":
            told["rows"] = entries
        elif layout and suffix != spans.SUFFIX:
            told["rows"] = sheet.lines - int(layout.header)
        if layout:
            told["layout"] = f"{layout.name} {layout.version}"
        files.append(told)
    return {
        "format": asked.form,
        "what": asked.what,
        "unit": asked.unit,
        "source": asked.source,
        "written_by": f"dragoman {__version__}",
        "filters": {name: str(value) for name, value in asked.filters.items()},
        "files": files,
        "left_out": asked.left_out,
    }
