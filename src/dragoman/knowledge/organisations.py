"""Schema and loader of `organisations.yaml`: what an organisation is, told by a word of its name.

In: the YAML file. Out: one frozen `Organisations`. A sector the codebook does not have, or a word in two groups, is a
`KnowledgeError`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.loader import Fact, check, raw

# What comes behind these words only says whose or where it is.
_BEHIND = re.compile(r" (?:of|for|in|at|on|against|de|du|des|von|und) ")


class OrganisationWord(Fact):
    """Words that tell one kind of organisation."""

    words: tuple[str, ...]
    kind: str
    sector: str | None = None


class Organisations(Fact):
    """The whole file."""

    entries: tuple[OrganisationWord, ...]

    @cached_property
    def by_word(self) -> dict[str, OrganisationWord]:
        """Each entry by each of its words."""
        return {word: entry for entry in self.entries for word in entry.words}

    def told_by(self, name: str) -> OrganisationWord | None:
        """What a name tells of the organisation that bears it; None when it tells nothing."""
        low = re.sub(r"\s+", " ", name.lower().replace("’", "'")).removeprefix("the ")
        for phrase, entry in self.by_word.items():
            if " " in phrase and f" {phrase} " in f" {low} ":
                return entry
        for piece in _BEHIND.split(low):
            words = piece.split()
            for n in range(len(words)):
                for size in (3, 2, 1):
                    if n + size <= len(words):
                        end = len(words) - n
                        told = self.by_word.get(" ".join(words[max(0, end - size) : end]))
                        if told is not None:
                            return told
        return None


@lru_cache(maxsize=1)
def organisations() -> Organisations:
    """What names of organisations tell.

    Raises:
        KnowledgeError: when the file breaks the schema, names an unknown sector, or has a word twice.
    """
    made = check(Organisations, {"entries": raw()["organisations.yaml"]}, "organisations.yaml")
    words = [word for entry in made.entries for word in entry.words]
    if twice := sorted({word for word in words if words.count(word) > 1}):
        raise KnowledgeError(f"organisations.yaml: in two groups: {', '.join(twice)}")
    for entry in made.entries:
        if entry.sector is not None and entry.sector not in codebook().sectors:
            raise KnowledgeError(f"organisations.yaml: no sector {entry.sector!r}")
    return made
