"""Schema and loader of `reference.yaml`: words that go back to somebody named before.

In: the YAML file. Out: one frozen `Reference`. A word in two groups, or a sector that the codebook does not have, is
a `KnowledgeError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal, Self

from pydantic import model_validator

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.loader import Fact, check, raw

PronounKind = Literal["m", "f", "p", "n", "1", "1p"]
Together = Literal["party", "person", "state"]
Definite = Literal["other", "state", "body"]


class Unnamed(Fact):
    """What a body is that the report leaves unnamed ("the militia")."""

    kind: str
    sector: str | None = None


class Reference(Fact):
    """The whole file."""

    pronouns: dict[PronounKind, tuple[str, ...]]
    possessives: frozenset[str]
    determiners: frozenset[str]
    together: dict[Together, tuple[str, ...]]
    definite: dict[Definite, tuple[str, ...]]
    numbers: dict[str, int]
    weather: frozenset[str]
    impersonal: frozenset[str]
    impersonal_passive: frozenset[str]
    ordered: dict[str, Literal["first", "last"]]
    unnamed: dict[str, Unnamed]
    means: dict[str, tuple[str, ...]]
    spellings: dict[str, str]
    owning_states: frozenset[str]
    owning_bodies: frozenset[str]
    generic_people: frozenset[str]
    nominal: frozenset[str]
    counterparts: tuple[str, ...]
    owned_counterparts: frozenset[str]
    saying: frozenset[str]
    voicing: frozenset[str]
    place_prepositions: frozenset[str]
    inside_prepositions: frozenset[str]
    inside_prepositions_joined: frozenset[str]

    @model_validator(mode="after")
    def _each_word_once(self) -> Self:
        for groups in (self.pronouns, self.together, self.definite):
            words = [word for group in groups.values() for word in group]
            if twice := sorted({word for word in words if words.count(word) > 1}):
                raise ValueError(f"in two groups: {', '.join(twice)}")
        return self

    @cached_property
    def pronoun_kind(self) -> Mapping[str, PronounKind]:
        """Whom a pronoun can mean, by its lower-case form."""
        return {word: kind for kind, words in self.pronouns.items() for word in words}

    @cached_property
    def together_kind(self) -> Mapping[str, Together]:
        """What a plural noun takes together, by its lemma."""
        return {word: kind for kind, words in self.together.items() for word in words}

    @cached_property
    def definite_kind(self) -> Mapping[str, Definite]:
        """What a noun with "the" goes back to, by its lemma."""
        return {word: kind for kind, words in self.definite.items() for word in words}


@lru_cache(maxsize=1)
def reference() -> Reference:
    """The words that go back to somebody.

    Raises:
        KnowledgeError: when the file breaks the schema or names a sector that does not exist.
    """
    made = check(Reference, raw()["reference.yaml"], "reference.yaml")
    for noun, entry in made.unnamed.items():
        if entry.sector is not None and entry.sector not in codebook().sectors:
            raise KnowledgeError(f"reference.yaml, unnamed {noun}: no sector {entry.sector!r}")
    return made
