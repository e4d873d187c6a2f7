"""Schema and loader of `commitments.yaml`: words that promise, agree, propose, demand, offer, warn and invite."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw

Kind = Literal["promise", "agreement", "proposal", "demand", "offer", "warning", "invitation"]
Fate = Literal[
    "open", "proposed", "affirmed", "agreed", "signed", "under_way", "fulfilled", "stalled", "withdrawn", "broken"
]


class BindingVerb(Fact):
    """Verbs that bind; see the head of `commitments.yaml` for each field."""

    kind: Kind
    words: tuple[str, ...] = Field(min_length=1)
    takes: frozenset[Literal["clause", "infinitive", "gerund", "object", "passive"]]
    preps: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    modal: frozenset[str] = frozenset()
    inside: bool = False
    particle: frozenset[str] = frozenset()
    at: frozenset[str] = frozenset()
    status: Fate = "open"
    alone: bool = False
    actor: bool = False
    firm: bool = False


class BindingNoun(Fact):
    """Nouns that name a commitment."""

    kind: Kind
    words: tuple[str, ...] = Field(min_length=1)
    preps: frozenset[str]
    status: Fate = "open"
    bare: bool = False


class BindingFile(Fact):
    """The whole file."""

    verbs: tuple[BindingVerb, ...]
    nouns: tuple[BindingNoun, ...]
    ready: frozenset[str]
    stand: frozenset[str]
    fates: dict[Fate, frozenset[str]]
    fates_particle: dict[Fate, dict[str, frozenset[str]]]
    fates_adjective: dict[str, Fate]
    states: dict[str, Fate]
    leaving: dict[str, frozenset[str]]
    delivering: dict[str, frozenset[str]]
    keeping: frozenset[str]
    word: frozenset[str]
    carrying_out: frozenset[str]
    spoken: frozenset[str]
    handing: frozenset[str]
    starting: frozenset[str]
    deadline: frozenset[str]
    idle_contents: frozenset[str]
    idle: frozenset[str]
    idle_objects: dict[str, frozenset[str]]
    affirming: frozenset[str]
    warning: frozenset[str]
    retaliating: frozenset[str]
    retaliating_how: frozenset[str]
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True)
class BindingWords:
    """The file, turned for looking up: lemma to its ways, and verb to the fate it gives."""

    file: BindingFile
    verbs: dict[str, tuple[BindingVerb, ...]]
    nouns: dict[str, BindingNoun]
    fates: dict[str, Fate]


@lru_cache(maxsize=1)
def binding_words() -> BindingWords:
    """The words that bind.

    Raises:
        KnowledgeError: when the file breaks the schema, or one verb gives two fates, or a noun stands twice.
    """
    file = check(BindingFile, raw()["commitments.yaml"], "commitments.yaml")
    verbs: dict[str, list[BindingVerb]] = {}
    for verb in file.verbs:
        for word in verb.words:
            verbs.setdefault(word, []).append(verb)
    nouns: dict[str, BindingNoun] = {}
    for noun in file.nouns:
        for word in noun.words:
            if word in nouns:
                raise KnowledgeError(f"commitments.yaml: nouns: {word!r} stands twice")
            nouns[word] = noun
    fates: dict[str, Fate] = {}
    for fate, words in file.fates.items():
        for word in words:
            if word in fates:
                raise KnowledgeError(f"commitments.yaml: fates: {word!r} stands twice")
            fates[word] = fate
    return BindingWords(file, {k: tuple(v) for k, v in verbs.items()}, nouns, fates)
