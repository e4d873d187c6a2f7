"""The one way knowledge files are read: strictly.

In: YAML files below `knowledge/` (and, laid over them, a user's own folder). Out: frozen entries. An unknown key, a
wrong type or a broken file is a `KnowledgeError` that names the file; a lexicon that is wrong must never half work.

YAML is slow to parse. What our files hold comes out of `compiled.json.gz` (see `compiled`), file by file as long as the
file is the one that was compiled; only files changed since, and a user's own, are parsed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from dragoman.errors import KnowledgeError
from dragoman.knowledge import compiled
from dragoman.knowledge.laid import joined, laid

HOME = Path(__file__).resolve().parent


class Fact(BaseModel):
    """Common manners of all knowledge entries: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


F = TypeVar("F", bound=BaseModel)


@contextmanager
def uncollected() -> Iterator[None]:
    """Build what stays for good without looking for garbage in it: there is none, and looking takes half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def parse(path: Path) -> Any:
    """Read one YAML file.

    Raises:
        KnowledgeError: when it cannot be read, is no YAML, or gives one key twice.
    """
    from dragoman.knowledge.yaml_text import YAMLError, plain  # noqa: PLC0415 - not needed where all is compiled

    try:
        return plain(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, YAMLError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def faults(error: ValidationError) -> list[str]:
    """Each fault of an entry as ``key: what is wrong``."""
    return [f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors()]


def check(kind: type[F], data: Any, where: str) -> F:
    """Make one entry of parsed data.

    Raises:
        KnowledgeError: naming the place and every fault.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise KnowledgeError(f"{where}: {'; '.join(faults(error))}") from error


def rows_of(data: Any) -> list[Any]:
    """The entries of a file that holds one mapping or a list of them."""
    return data if isinstance(data, list) else [data]


def label(row: Any) -> str | None:
    """What an entry is called in messages."""
    name = row.get("name") if isinstance(row, dict) else None
    return name if isinstance(name, str) else None


def load_entries(kind: type[F], files: dict[str, Any]) -> list[tuple[str, F]]:
    """Entries of files that each hold one mapping or a list of them, with the file each came from.

    Raises:
        KnowledgeError: naming the file, the entry and every fault.
    """
    rows = [(name, row) for name, data in files.items() for row in rows_of(data)]
    try:
        made = TypeAdapter(list[kind]).validate_python([row for _, row in rows])  # type: ignore[valid-type]
    except ValidationError:
        # All at once is eight times as fast; one by one says where.
        return [(name, check(kind, row, f"{name} ({found})" if (found := label(row)) else name)) for name, row in rows]
    return [(name, entry) for (name, _), entry in zip(rows, made, strict=True)]


def files_below(folder: Path) -> dict[str, Path]:
    """The YAML files of a folder by their path in it."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}


_known = lru_cache(maxsize=1)(compiled.read)


def parse_known(name: str, path: Path) -> Any:
    """Read one of our files, or a user's: what is compiled is not parsed again.

    Raises:
        KnowledgeError: as `parse`.
    """
    known = _known().get(name)
    if known is not None and path.is_relative_to(HOME) and known.stamp == compiled.stamp(path):
        return known.data
    return parse(path)


@lru_cache(maxsize=1)
def _ours() -> dict[str, Any]:
    return {name: parse_known(name, path) for name, path in files_below(HOME).items()}


@lru_cache(maxsize=4)
def raw(extra: str | None = None) -> dict[str, Any]:
    """Parsed content of every knowledge file by its path relative to `knowledge/`; `extra` is a user's own folder.

    A user's entries are laid over ours; see `laid`.
    """
    ours = _ours()
    if not extra:
        return ours
    return joined(laid(ours, {name: parse(path) for name, path in files_below(Path(extra)).items()}))


def under(folder: str, extra: str | None = None) -> dict[str, Any]:
    """Parsed files below one folder of `knowledge/`."""
    return {name: data for name, data in raw(extra).items() if name.startswith(folder.rstrip("/") + "/")}
