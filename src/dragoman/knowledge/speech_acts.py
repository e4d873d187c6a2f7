"""Schema and loader of `speech_acts.yaml`: acts done by saying something."""

from __future__ import annotations

from functools import lru_cache

from dragoman.knowledge.loader import Fact, check, raw


class Threat(Fact):
    """A threat by image: a verb lemma and words that must stand in its clause."""

    verb: tuple[str, ...]
    words: tuple[str, ...]
    future: bool = False


class SpeechActs(Fact):
    """The whole file."""

    saying: frozenset[str]
    blame_nouns: frozenset[str]
    blame_adjectives: frozenset[str]
    blame_verbs: frozenset[str]
    should: frozenset[str]
    threats: tuple[Threat, ...]


@lru_cache(maxsize=1)
def speech_acts() -> SpeechActs:
    """Words that blame, oblige or threaten.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(SpeechActs, raw()["speech_acts.yaml"], "speech_acts.yaml")
