"""Schema and loader of `speech.yaml`: words of saying, what may follow them, and the stance they carry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw

Take = Literal["quote", "clause", "question", "infinitive", "gerund", "object", "command", "predicate"]
Stance = Literal["positive", "negative", "neutral"]


class Saying(Fact):
    """Verbs that are followed by the same things; see the head of `speech.yaml` for each field."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    takes: frozenset[Take]
    after: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    people: bool = True
    addressee: frozenset[str] = frozenset()
    stance: Stance | None = None
    wished: bool = False
    thought: bool = False
    shown: bool = False
    confidence: float = Field(gt=0, le=1)


class Naming(Fact):
    """Nouns or adjectives of saying, with the prepositions and clauses that lead in what is said."""

    words: tuple[str, ...] = Field(min_length=1)
    after: frozenset[str] = frozenset()
    clause: bool = False
    infinitive: bool = False
    stance: Stance | None = None


class Speech(Fact):
    """The whole file."""

    verbs: tuple[Saying, ...]
    nouns: tuple[Naming, ...]
    carriers: frozenset[str]
    adjectives: tuple[Naming, ...]
    calling: frozenset[str]
    sourced: frozenset[str]
    tokens: frozenset[str]
    relaying: frozenset[str]
    likening: frozenset[str]
    remarks: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    occasions: frozenset[str]
    people: frozenset[str]
    praise: frozenset[str]
    blame: frozenset[str]
    harm: frozenset[str]
    due: frozenset[str]
    praise_pairs: frozenset[str]
    blame_pairs: frozenset[str]
    turning: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sayings:
    """The file, turned for looking up.

    Attributes:
        verbs: lemma to the ways it is used, each with the particle it needs ("out" of "point out") or "".
        nouns, adjectives: lemma to its way of use.
    """

    speech: Speech
    verbs: dict[str, tuple[tuple[str, Saying], ...]]
    nouns: dict[str, Naming]
    adjectives: dict[str, Naming]


@lru_cache(maxsize=1)
def sayings() -> Sayings:
    """The words of saying.

    Raises:
        KnowledgeError: when the file breaks the schema, or names a word twice where it may stand once.
    """
    speech = check(Speech, raw()["speech.yaml"], "speech.yaml")
    verbs: dict[str, list[tuple[str, Saying]]] = {}
    for saying in speech.verbs:
        for phrase in dict.fromkeys(saying.words):
            lemma, _, particle = phrase.partition(" ")
            verbs.setdefault(lemma, []).append((particle, saying))
    judging = ("praise", "blame", "harm", "due")
    for n, one in enumerate(judging):
        for other in judging[n + 1 :]:
            if both := getattr(speech, one) & getattr(speech, other):
                raise KnowledgeError(f"speech.yaml: both {one} and {other}: {', '.join(sorted(both))}")
    return Sayings(
        speech,
        {lemma: tuple(ways) for lemma, ways in verbs.items()},
        _by_word(speech.nouns, "nouns"),
        _by_word(speech.adjectives, "adjectives"),
    )


def _by_word(entries: tuple[Naming, ...], where: str) -> dict[str, Naming]:
    found: dict[str, Naming] = {}
    for entry in entries:
        for word in entry.words:
            if word in found:
                raise KnowledgeError(f"speech.yaml: {where}: {word!r} stands twice")
            found[word] = entry
    return found
