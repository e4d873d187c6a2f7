"""The one way knowledge files are read: strictly.

In: YAML files below `knowledge/` (and, laid over them, a user's own folder). Out: frozen entries. An unknown key, a
wrong type or a broken file is a `KnowledgeError` that names the file; a lexicon that is wrong must never half work.

YAML is slow to parse, so the parsed text of all files is kept as one JSON file in the user's cache folder and made
anew whenever a file's name, size or time of change differs. Without a writable cache everything works, only slower.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import platformdirs
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.errors import KnowledgeError

HOME = Path(__file__).resolve().parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Fact(BaseModel):
    """Common manners of all knowledge entries: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


F = TypeVar("F", bound=BaseModel)


def parse(path: Path) -> Any:
    """Read one YAML file.

    Raises:
        KnowledgeError: when it cannot be read or is no YAML.
    """
    try:
        return _plain(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def _plain(value: Any) -> Any:
    """YAML's dates as text, so that a cached file reads back the same."""
    if isinstance(value, dict):
        return {str(k) if not isinstance(k, str) else k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def check(kind: type[F], data: Any, where: str) -> F:
    """Make one entry of parsed data.

    Raises:
        KnowledgeError: naming the place and every fault.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors())
        raise KnowledgeError(f"{where}: {faults}") from error


def load_entries(kind: type[F], files: dict[str, Any]) -> list[tuple[str, F]]:
    """Entries of files that each hold one mapping or a list of them, with the file each came from."""
    out: list[tuple[str, F]] = []
    for name, data in files.items():
        rows = data if isinstance(data, list) else [data]
        for row in rows:
            label = row.get("name") if isinstance(row, dict) else None
            out.append((name, check(kind, row, f"{name} ({label})" if label else name)))
    return out


@lru_cache(maxsize=4)
def raw(extra: str | None = None) -> dict[str, Any]:
    """Parsed content of every knowledge file by its path relative to `knowledge/`; `extra` is a user's own folder.

    A user's file of the same name is laid over ours.
    """
    files = _files(HOME)
    if extra:
        files |= _files(Path(extra))
    stamp = hashlib.sha256()
    for name in sorted(files):
        stat = files[name].stat()
        stamp.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    cache = Path(platformdirs.user_cache_dir("dragoman")) / f"knowledge-{stamp.hexdigest()[:20]}.json"
    try:
        loaded = json.loads(cache.read_text(encoding="utf-8"))
        if isinstance(loaded, dict) and set(loaded) == set(files):
            return loaded
    except (OSError, ValueError):
        pass
    parsed = {name: parse(files[name]) for name in sorted(files)}
    _keep(cache, parsed)
    return parsed


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}


def _keep(cache: Path, parsed: dict[str, Any]) -> None:
    """Write the cache in one move, so that another process never sees half of it."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=cache.parent, delete=False) as handle:
            json.dump(parsed, handle, ensure_ascii=False)
        os.replace(handle.name, cache)  # noqa: PTH105 - atomic on every system
        for old in cache.parent.glob("knowledge-*.json"):
            if old != cache:
                old.unlink(missing_ok=True)
    except OSError:
        return


def under(folder: str, extra: str | None = None) -> dict[str, Any]:
    """Parsed files below one folder of `knowledge/`."""
    return {name: data for name, data in raw(extra).items() if name.startswith(folder.rstrip("/") + "/")}
