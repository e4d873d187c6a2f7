"""Schema and loader of `grammar.yaml`: how verbs and nouns share the parts of a sentence.

In: the YAML file. Out: one frozen `Wordings`. It holds lemmas only; what they do to a parse is the events room's
affair.
"""

from __future__ import annotations

from functools import lru_cache

from dragoman.knowledge.loader import Fact, check, raw


class Wordings(Fact):
    """The whole file: sets of lower-case lemmas."""

    object_control: frozenset[str]
    light: frozenset[str]
    take_place: frozenset[str]
    urging: frozenset[str]
    collectives: frozenset[str]
    things: frozenset[str]
    measures: frozenset[str]
    parts: frozenset[str]
    attempts: frozenset[str]
    done_by_force: frozenset[str]
    done_to_things: frozenset[str]
    instruments: dict[str, str]
    mishaps: frozenset[str]
    answered: frozenset[str]
    tell_planned: frozenset[str]
    tell_hypothetical: frozenset[str]
    tell_requested: frozenset[str]
    noun_free: frozenset[str]
    negations: frozenset[str]
    nobody: frozenset[str]


@lru_cache(maxsize=1)
def wordings() -> Wordings:
    """The verbs and nouns that decide who acts.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Wordings, raw()["grammar.yaml"], "grammar.yaml")
