"""`compiled.json.gz`: what our YAML files hold, parsed beforehand, because parsing takes longer than reading a report.

One JSON object: file name to ``{stamp, data}``. The stamp is a hash of the file's text, so that a file changed since is
seen to be, wherever the checkout and whatever its times. Written by `tools/compile_knowledge.py` (`make knowledge`); a
test fails when it is stale. It holds nothing that the YAML does not: without it all works, only slower.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parent / "compiled.json.gz"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One file: the hash of its text, and what it holds."""

    stamp: str
    data: Any


def stamp(path: Path) -> str:
    """The hash of a file's text; line ends do not count, as a checkout may change them."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:24]


def read(path: Path = PATH) -> dict[str, Compiled]:
    """The compiled files by name; empty when there are none, or when they cannot be read."""
    try:
        files = json.loads(gzip.decompress(path.read_bytes()))
        return {name: Compiled(file["stamp"], file["data"]) for name, file in files.items()}
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def text(files: dict[str, Compiled]) -> str:
    """The JSON text, the same for the same files; a line per file, so that a diff tool can show what changed."""
    lines = (
        f"{json.dumps(name)}:{json.dumps({'stamp': file.stamp, 'data': file.data}, ensure_ascii=False)}"
        for name, file in sorted(files.items())
    )
    return "{" + ",\n".join(lines) + "}\n"


def write(files: dict[str, Compiled], path: Path = PATH) -> None:
    """Write them; the same bytes for the same files."""
    path.write_bytes(gzip.compress(text(files).encode(), 9, mtime=0))
