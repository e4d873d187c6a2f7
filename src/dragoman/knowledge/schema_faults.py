"""Faults of an entry's schema in plain words, with what to do.

In: pydantic's error and the data it is about. Out: what is wrong, and a remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


def described(error: ValidationError, kind: type[BaseModel], data: Any) -> Iterator[tuple[str, str]]:
    """Each fault: what is wrong, and what to do."""
    for fault in error.errors():
        path = list(fault["loc"])
        where = _where(path, data)
        inside = f" in {_where(path[:-1], data)}" if len(path) > 1 else ""
        if fault["type"] == "extra_forbidden":
            keys = _keys(kind, path[:-1])
            near = get_close_matches(str(path[-1]), keys, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Keys here are: {', '.join(keys)}."
            yield f"unknown key {path[-1]!r}{inside}", remedy
        elif fault["type"] == "missing":
            yield f"key {path[-1]!r} is missing{inside}", "Add it."
        elif not path:
            yield "this is no entry", f"Write it as key: value; keys are {', '.join(_keys(kind, []))}."
        else:
            given = repr(fault["input"])
            yield f"{where}: {given[:60]}{'...' if len(given) > 60 else ''} does not fit", _wanted(fault["msg"])


def without_unknown(error: ValidationError, data: Any) -> Any:
    """The same data without its unknown keys."""
    cut = deepcopy(data)
    for fault in error.errors():
        if fault["type"] == "extra_forbidden":
            *path, key = fault["loc"]
            inner = cut
            for step in path:
                inner = _inner(inner, step)
            if isinstance(inner, dict):
                inner.pop(key, None)
    return cut


def _wanted(message: str) -> str:
    for ours, plain in (
        ("valid tuple", "Write a list: [one, two]."),
        ("valid list", "Write a list: [one, two]."),
        ("valid string", "Write text; what YAML takes for a number or yes/no goes in quotation marks."),
        ("valid boolean", "Write true or false."),
        ("valid integer", "Write a number."),
        ("valid number", "Write a number."),
        (r"\d{4}(-\d\d(-\d\d)?)?", "Write a day, month or year: 2024-06-03, 2024-06 or 2024."),
        ("[A-Z]{3}", "Write three capital letters: IRN."),
        (r"Q\d+", "Write a Wikidata id: Q42."),
    ):
        if ours in message:
            return plain
    return f"{message.replace('Input should', 'It should')}."


def _where(path: Sequence[int | str], data: Any) -> str:
    """A place in words: ``offices 2, from``; a list's entries are called by their name where they have one."""
    said: list[str] = []
    for step in path:
        data = _inner(data, step)
        if isinstance(step, int):
            name = (
                next((data[key] for key in ("office", "name") if key in data), None) if isinstance(data, dict) else None
            )
            said[-1:] = [
                f"{said[-1] if said else 'entry'} {step + 1}" + (f" ({name})" if isinstance(name, str) else "")
            ]
        else:
            said.append(step)
    return ", ".join(said) or "entry"


def _inner(data: Any, step: int | str) -> Any:
    try:
        return data[step]
    except (LookupError, TypeError):
        return None


def _keys(kind: Any, path: Sequence[int | str]) -> list[str]:
    """The keys that an entry at a place may have."""
    for step in path:
        if isinstance(step, int):
            continue
        fields = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
        found = next((f for name, f in fields.items() if step in (name, f.alias)), None)
        kind = _model(found.annotation) if found else None
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items()]


def _model(annotation: Any) -> Any:
    """The entry a list or mapping holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model(part)) is not None), None)
