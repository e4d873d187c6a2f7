"""Entries written to a folder of YAML, to be laid over ours.

Each file begins with a line that marks it as imported: files with it are replaced by the next import, all others are
the user's own and left alone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import files_below

MARK = "# Written by `dragoman knowledge import`; the next import replaces this file."


class _Dumper(yaml.SafeDumper):
    """The safe dumper without anchors, which nobody reads."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def is_imported(path: Path) -> bool:
    """Whether a file was written by an import."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().rstrip() == MARK


@contextmanager
def own_files(folder: Path) -> Iterator[str | None]:
    """A folder with the user's own YAML files alone; None when there is none."""
    own = {name: path for name, path in files_below(folder).items() if not is_imported(path)} if folder.is_dir() else {}
    if not own:
        yield None
        return
    with tempfile.TemporaryDirectory() as made:
        for name, path in own.items():
            (Path(made) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, Path(made) / name)
        yield made


def write(folder: Path, files: dict[str, Any]) -> list[Path]:
    """Write files by their names below the folder; imported ones that were there before are taken away.

    Raises:
        KnowledgeError: when a file of the user's own is in the way; then nothing is written.
    """
    before = files_below(folder) if folder.is_dir() else {}
    for name in files:
        if name in before and not is_imported(before[name]):
            raise KnowledgeError(
                f"{before[name]}: this file is yours and in the way. Move it, or import into another folder."
            )
    for path in before.values():
        if is_imported(path):
            path.unlink()
    out: list[Path] = []
    for name, data in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)
        path.write_text(f"{MARK}\n{text}", encoding="utf-8")
        out.append(path)
    return out
