"""Schema and loader of `placing.yaml`: words that show whether a name is meant as a place."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator

from dragoman.knowledge.loader import Fact, check, raw


def _split(value: object) -> object:
    """A list of words may be written as one running text."""
    return value.split() if isinstance(value, str) else value


Words = Annotated[frozenset[str], BeforeValidator(_split)]


class Placing(Fact):
    """The whole file; what each list is for stands above it there."""

    at: Words
    at_towns: Words
    to_from: Words
    motion: Words
    reached: Words
    parts: Words
    own_parts: Words
    directions: Words
    endings: Words
    built: Words
    streets: Words
    inert: Words
    within: Words
    governing: Words
    never: Words
    aimed: Words
    stormed: Words
    provinces: Words
    above: Words
    addressed: Words
    bound: Words
    natural: Words
    sites: Words
    site_preps: Words
    staff: Words
    rooms: Words
    built_up: Words
    dwellings: Words
    vague: Words
    sides: Words
    divisions: Words
    openers: Words
    bare: Words
    postal: Words
    short: dict[str, str]
    short_in: dict[str, dict[str, str]]
    federal: Words


@lru_cache(maxsize=1)
def placing() -> Placing:
    """The words that go with places.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Placing, raw()["placing.yaml"], "placing.yaml")
