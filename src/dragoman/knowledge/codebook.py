"""The codebook: PLOVER's categories, modes, contexts and sectors, and CAMEO's codes with their place in PLOVER.

One source for coder, API, explorer and docs. Where the manual contradicts itself, `plover/settled.yaml` decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw


class CategoryEntry(Fact):
    """One of PLOVER's 16 categories."""

    quad: Literal[1, 2, 3, 4]
    requires_recipient: bool
    intensity: float
    gloss: str
    rules: tuple[str, ...] = ()


class ModeEntry(Fact):
    """How an event of a category was done."""

    intensity: float | None
    gloss: str


class ContextEntry(Fact):
    """What an event is about."""

    gloss: str
    not_: str | None = Field(default=None, alias="not")


class CameoEntry(Fact):
    """A CAMEO code and the PLOVER category it falls into (None: no category has room for it)."""

    category: str | None
    mode: str | None
    goldstein: float
    gloss: str
    contexts: tuple[str, ...] = ()


class Settled(Fact):
    """A contradiction of the manual and what holds here."""

    point: str
    says: str
    holds: str
    why: str


class Codebook(Fact):
    """The whole ontology."""

    categories: dict[str, CategoryEntry]
    modes: dict[str, dict[str, ModeEntry]]
    contexts: dict[str, ContextEntry]
    sectors: dict[str, str]
    international: dict[str, str]
    cameo: dict[str, CameoEntry]
    settled: tuple[Settled, ...]

    def intensity(self, category: str, mode: str | None) -> float:
        """PLOVER's score, -10 (conflict) to +10 (cooperation); a mode without one takes its category's.

        Raises:
            KeyError: for a category or mode that is not in the codebook.
        """
        if mode is not None:
            score = self.modes[category][mode].intensity
            if score is not None:
                return score
        return self.categories[category].intensity

    def line(self, category: str, mode: str | None = None) -> str:
        """The codebook's line for a code, as shown with reasons."""
        text = f"{category}: {self.categories[category].gloss}"
        return f"{text} Mode {mode}: {self.modes[category][mode].gloss}." if mode else text


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """The codebook, checked.

    Raises:
        KnowledgeError: when a file breaks the schema or a code names a category, mode or context that does not exist.
    """
    files = raw()
    parts = ("categories", "modes", "contexts", "sectors", "international", "cameo", "settled")
    book = check(Codebook, {part: files[f"plover/{part}.yaml"] for part in parts}, "plover")
    for code, entry in book.cameo.items():
        if entry.category is None:
            continue
        if entry.category not in book.categories:
            raise KnowledgeError(f"plover/cameo.yaml, {code}: no category {entry.category!r}")
        if entry.mode is not None and entry.mode not in book.modes[entry.category]:
            raise KnowledgeError(f"plover/cameo.yaml, {code}: {entry.category} has no mode {entry.mode!r}")
        for context in entry.contexts:
            if context not in book.contexts:
                raise KnowledgeError(f"plover/cameo.yaml, {code}: no context {context!r}")
    return book
