"""A user's own files laid over ours.

In: parsed files by name, ours and theirs. Out: the files together, each still under a name of its own. What happens to
a file depends on what it holds:

    states/ persons/ bodies/          entry by entry: an entry of the same key, in whichever of our files, gives way
    groups.yaml regions.yaml          the same
    offices.yaml                      key by key; heads, parts of states entry by entry, words for people word by word
    anything else (triggers/ ...)     a file of the same name takes the place of ours whole

The key is the name; of states the code goes with it, of persons the country. ``replace: true``, as first entry of a
list or as a key of a mapping, puts away our file of that name whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.knowledge.folding import fold

YOURS = " (yours)"
"""Behind the name of a user's file that stands beside ours of the same name."""
Row = dict[str, Any]
_LISTS = ("groups.yaml", "regions.yaml")
_OFFICES = "offices.yaml"
_HEADS = {"heads": "office", "state_words": "name"}


def kind_of(name: str) -> str:
    """What a file holds: the folder it lies in, or its own name."""
    return name.removesuffix(YOURS).split("/", 1)[0]


def by_entry(name: str) -> bool:
    """Whether a user's file of this name is laid over ours entry by entry."""
    return kind_of(name) in ("states", "persons", "bodies", *_LISTS)


def laid(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Both together. What is no entry at all (a wrong file) stays, to be found wrong by its schema."""
    out = dict(ours)
    whole = {name for name, data in theirs.items() if _replaces(data)}
    theirs = {name: _without_mark(data) if name in whole else data for name, data in theirs.items()}
    for name in whole:
        out.pop(name, None)
    for kind in {kind_of(name) for name in theirs if by_entry(name)}:
        given = [row for name, data in theirs.items() if kind_of(name) == kind for row in _rows(data)]
        for name, data in list(out.items()):
            if kind_of(name) == kind:
                out[name] = _left(data, kind, given)
    for name, data in theirs.items():
        if by_entry(name):
            out[name + YOURS if name in ours else name] = data
        elif name == _OFFICES and name in out and isinstance(data, dict):
            out[name] = _offices(out[name], data)
        else:
            out[name] = data
    return out


def joined(files: dict[str, Any]) -> dict[str, Any]:
    """The same with the files that rooms ask for by name made one: our rows first."""
    out = dict(files)
    for name in _LISTS:
        more = out.pop(name + YOURS, None)
        if more is not None:
            rows, added = (data if isinstance(data, list) else [data] for data in (out.get(name, []), more))
            out[name] = [*rows, *added]
    return out


def _rows(data: Any) -> list[Row]:
    rows = data if isinstance(data, list) else [data]
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)]


def _replaces(data: Any) -> bool:
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and first.get("replace") is True


def _without_mark(data: Any) -> Any:
    if isinstance(data, list):
        first = {key: value for key, value in data[0].items() if key != "replace"}
        return [first, *data[1:]] if first else data[1:]
    return {key: value for key, value in data.items() if key != "replace"}


def _left(data: Any, kind: str, given: Iterable[Row]) -> Any:
    """What of our file a user's entries leave standing."""
    if not isinstance(data, list):
        return [] if any(_gives_way(kind, row, new) for row in _rows(data) for new in given) else data
    named: dict[str, list[Row]] = {}
    for new in given:
        named.setdefault(fold(new["name"]), []).append(new)

    def stays(row: Any) -> bool:
        if not (isinstance(row, dict) and isinstance(row.get("name"), str)):
            return True
        return not any(_gives_way(kind, row, new) for new in named.get(fold(row["name"]), ()))

    return [row for row in data if stays(row)]


def _gives_way(kind: str, ours: Row, theirs: Row) -> bool:
    if fold(ours["name"]) != fold(theirs["name"]):
        return False
    if kind == "states":
        return bool(ours.get("code") == theirs.get("code"))
    if kind == "persons":
        return theirs.get("country") in (None, ours.get("country"))
    return True


def _offices(ours: Any, theirs: Row) -> Any:
    if not isinstance(ours, dict):
        return theirs
    out = {**ours, **theirs}
    if isinstance(theirs.get("status"), dict) and isinstance(ours.get("status"), dict):
        out["status"] = {**ours["status"], **theirs["status"]}
    for part, key in _HEADS.items():
        new, old = theirs.get(part), ours.get(part)
        if isinstance(new, list) and isinstance(old, list):
            taken = [row.get(key) for row in new if isinstance(row, dict)]
            out[part] = [*(row for row in old if row.get(key) not in taken), *new]
    new, old = theirs.get("people_words"), ours.get("people_words")
    if isinstance(new, list) and isinstance(old, list):
        given = {word for row in new if isinstance(row, dict) for word in _words(row)}
        left = [{**row, "words": [word for word in _words(row) if word not in given]} for row in old]
        out["people_words"] = [*(row for row in left if row["words"]), *new]
    return out


def _words(row: Row) -> list[Any]:
    words = row.get("words")
    return words if isinstance(words, list) else []
