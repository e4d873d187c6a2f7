"""Schema and loader of `status.yaml`: words that say whether an act happened, will, should or did not."""

from __future__ import annotations

from functools import lru_cache

from dragoman.knowledge.loader import Fact, check, raw


class Governors(Fact):
    """Words that govern an act and give it one status."""

    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()


class Modality(Fact):
    """The whole file."""

    planned: Governors
    requested: Governors
    hypothetical: Governors
    negated: Governors
    background: Governors
    conditional: frozenset[str]
    reported: frozenset[str]


@lru_cache(maxsize=1)
def modality() -> Modality:
    """The words of plan, request, denial and condition.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Modality, raw()["status.yaml"], "status.yaml")
