"""Strong names that stand for two things.

In: entries with their files. Out: findings. A report's words alone must tell which of two states, bodies or groupings
is meant, for nothing chooses between them afterwards. Between persons of one name, the state the report names and the
day choose: two of one name are a fault in one state only. Weak names may be shared by all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from dragoman.knowledge.findings import Finding, Placed
from dragoman.knowledge.folding import is_acronym, name_key
from dragoman.knowledge.world import Body, Grouping, Named, Person, State, shown

_PERSONS = "Give one of them a longer name or drop the alias; if they are one and the same, make them one entry."
_THINGS = "Make the name weak or drop it from one of them; if they are one and the same, make them one entry."
_TWICE = "Make them one entry."


@dataclass(frozen=True, slots=True)
class _Bearer:
    file: str
    thing: Named
    name: str
    own: bool


def duplicates(
    states: Iterable[Placed[State]], bodies: Iterable[Placed[Body]], groupings: Iterable[Placed[Grouping]],
    persons: Iterable[Placed[Person]],
) -> Iterator[Finding]:  # fmt: skip
    """Each pair of entries that share a strong name, once, with the names they share."""
    bearers: dict[tuple[str, bool], dict[int, _Bearer]] = {}

    def add(placed: Placed[Any], weak: Iterable[str] = ()) -> None:
        for name in placed.thing.strong:
            if name not in weak and (key := name_key(name)):
                # "GUAM" is found in capitals alone, "Guam" is a name: the words tell them apart.
                bearer = _Bearer(placed.file, placed.thing, name, placed.own)
                bearers.setdefault((key, is_acronym(name)), {}).setdefault(id(placed.thing), bearer)

    for s in states:
        add(s, s.thing.weak)
    for b in bodies:
        add(b, b.thing.weak)
    for g in groupings:
        add(g)
    for p in persons:
        add(p)

    pairs: dict[tuple[int, int], tuple[_Bearer, _Bearer, list[str]]] = {}
    for shared in bearers.values():
        for one, other in combinations(shared.values(), 2):
            if _told_apart(one, other):
                continue
            pairs.setdefault((id(one.thing), id(other.thing)), (one, other, []))[2].append(other.name)
    for one, other, names in pairs.values():
        told, known = (one, other) if one.own and not other.own else (other, one)
        persons_only = isinstance(one.thing, Person) and isinstance(other.thing, Person)
        twice = type(one.thing) is type(other.thing) and name_key(one.thing.name) == name_key(other.thing.name)
        elsewhere = f" in {known.file}" if one.file != other.file else ""
        yield Finding(
            told.file,
            told.thing.name,
            f"{', '.join(map(repr, names))} is also {shown(known.thing)}{elsewhere}",
            _TWICE if twice else _PERSONS if persons_only else _THINGS,
            "duplicate",
        )


def _told_apart(one: _Bearer, other: _Bearer) -> bool:
    """Whether a report's context may choose between the two."""
    if isinstance(one.thing, Person) and isinstance(other.thing, Person):
        return one.thing.country != other.thing.country
    # A single word is looked up among persons only where the words call for a person.
    persons = isinstance(one.thing, Person) != isinstance(other.thing, Person)
    return persons and len(name_key(one.name).split()) == 1
