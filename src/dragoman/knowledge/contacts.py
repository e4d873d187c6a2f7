"""Schema and loader of `contacts.yaml`: words that name calls, meetings, visits, letters, ceremonies and summits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw

ChannelWord = Literal["phone", "video", "meeting", "visit", "letter", "ceremony", "summit", "other"]


class ContactVerb(Fact):
    """Verbs that name a contact; see the head of `contacts.yaml` for each field."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    channel: ChannelWord | None = None
    role: Literal["both", "visitor", "host", "writer", "sender", "signing"] = "both"
    other: tuple[str, ...]
    alone: bool = False
    person: bool = False
    marked: bool = False
    official: bool = False
    addressed: bool = False
    particle: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    without: frozenset[str] = Field(default=frozenset(), alias="not")


class ContactNoun(Fact):
    """Nouns that name a contact."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    channel: ChannelWord
    role: Literal["both", "visitor", "writer", "guest"]
    plural: bool = False
    weak: bool = False
    held: bool = False
    preps: tuple[str, ...] = ()


class ContactFile(Fact):
    """The whole file."""

    verbs: tuple[ContactVerb, ...]
    nouns: tuple[ContactNoun, ...]
    demanding: frozenset[str]
    channels: dict[ChannelWord, frozenset[str]]
    carriers: frozenset[str]
    hosting: frozenset[str]
    attending: frozenset[str]
    present: frozenset[str]
    wanting: frozenset[str]
    apart: frozenset[str]
    stops: frozenset[str]
    sport: frozenset[str]
    taking: frozenset[str]
    awaited: frozenset[str]
    cancelled: frozenset[str]
    cancelled_particle: dict[str, frozenset[str]]
    postponed: frozenset[str]
    postponed_particle: dict[str, frozenset[str]]
    postponed_phrases: frozenset[str]
    proposing: frozenset[str]
    inviting: frozenset[str]
    ahead: frozenset[str]
    back: frozenset[str]
    shapes: frozenset[str]
    about: frozenset[str]
    topic_verbs: frozenset[str]
    topic_preps: dict[str, frozenset[str]]
    no_topics: frozenset[str]
    officials: frozenset[str]
    press: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContactWords:
    """The file, turned for looking up: ways by lemma; verbs that address somebody."""

    file: ContactFile
    verbs: dict[str, tuple[ContactVerb, ...]]
    nouns: dict[str, tuple[ContactNoun, ...]]
    addressing: frozenset[str]


@lru_cache(maxsize=1)
def contact_words() -> ContactWords:
    """The words of contact.

    Raises:
        KnowledgeError: when the file breaks the schema, or a word both cancels and postpones.
    """
    file = check(ContactFile, raw()["contacts.yaml"], "contacts.yaml")
    if both := file.cancelled & file.postponed:
        raise KnowledgeError(f"contacts.yaml: both cancelled and postponed: {', '.join(sorted(both))}")
    verbs: dict[str, list[ContactVerb]] = {}
    nouns: dict[str, list[ContactNoun]] = {}
    for verb in file.verbs:
        for word in verb.words:
            verbs.setdefault(word, []).append(verb)
    for noun in file.nouns:
        for word in noun.words:
            nouns.setdefault(word, []).append(noun)
    addressing = frozenset(lemma for lemma, ways in verbs.items() if any(w.addressed for w in ways))
    return ContactWords(
        file,
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        addressing,
    )
