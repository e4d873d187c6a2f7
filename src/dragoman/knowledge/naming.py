"""Schema and loader of `naming.yaml`: how names of people and offices are built.

In: the YAML file. Out: one frozen `Naming`. An office that `offices.yaml` does not have is a `KnowledgeError`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw

StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_OFFICES = (
    "european", "posted", "diplomats", "leaders", "generals", "short_forms", "bare_words", "local_leaders",
    "held_in_places", "single",
)  # fmt: skip


class Naming(Fact):
    """The whole file; ``european`` to ``single`` are canonical office names."""

    particles: frozenset[str]
    small: frozenset[str]
    family_first_states: frozenset[StateCode]
    family_first: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    sent: frozenset[str]
    local_leaders: frozenset[str]
    faiths: frozenset[str]
    currencies: frozenset[str]
    accords: frozenset[str]
    european: frozenset[str]
    posted: frozenset[str]
    diplomats: frozenset[str]
    leaders: frozenset[str]
    generals: frozenset[str]
    short_forms: frozenset[str]
    bare_words: frozenset[str]
    held_in_places: frozenset[str]
    single: frozenset[str]


@lru_cache(maxsize=1)
def naming() -> Naming:
    """What belongs to a name and which offices are alike.

    Raises:
        KnowledgeError: when the file breaks the schema or names an office that does not exist.
    """
    made = check(Naming, raw()["naming.yaml"], "naming.yaml")
    known = {head["office"] for head in raw()["offices.yaml"]["heads"]}
    for group in _OFFICES:
        if strange := sorted(getattr(made, group) - known):
            raise KnowledgeError(f"naming.yaml, {group}: no office {strange[0]!r} in offices.yaml")
    return made
