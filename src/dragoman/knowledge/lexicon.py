"""Schema and loader of the event lexicon, `triggers/*.yaml`: one file per PLOVER category.

A frame says which words, in which construction, mean which code, and in which slots its actor and recipient stand.
The more a frame demands (object, particle, phrase), the more specific it is; the most specific frame that fits wins.
A frame whose ``category`` is null means nothing: it keeps a metaphor or another sense from being coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field, model_validator

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import Codebook, codebook
from dragoman.knowledge.loader import Fact, check, under


class Frame(Fact):
    """One construction and its code; the keys are explained in docs/5-your-own-words.md."""

    words: tuple[str, ...] = Field(min_length=1)
    pos: Literal["verb", "noun", "adjective"] = "verb"
    particle: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    object_not: tuple[str, ...] = ()
    object_actor: bool = False
    subject: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    preps: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    mutual: bool = False
    category: str | None = "?"
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    needs: Literal["recipient"] | None = None
    weight: float = Field(default=0.7, ge=0, le=1)
    governs: bool = False
    unnamed: bool = False
    clause: Literal["infinitive"] | None = None
    example: str | None = None
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        """`mode: null` inside a frame without a code is fine; preps may map to one word."""
        if isinstance(data, dict) and isinstance(data.get("preps"), dict):
            preps = {k: ([] if v is None else v if isinstance(v, list) else [v]) for k, v in data["preps"].items()}
            return {**data, "preps": preps}
        return data

    @property
    def specificity(self) -> int:
        """How much the frame demands: a particle, object or phrase beats none."""
        return (
            4 * bool(self.object)
            + 3 * bool(self.subject)
            + 2 * bool(self.near)
            + 3 * bool(self.particle)
            + sum(3 if nouns else 2 for nouns in self.preps.values())
            + 2 * self.object_actor
            + bool(self.object_not)
            + 2 * bool(self.clause)
        )


class TriggerFile(Fact):
    """One file of the lexicon; without a category, none of its frames mean anything."""

    category: str | None
    frames: tuple[Frame, ...]


@lru_cache(maxsize=4)
def frames(extra: str | None = None) -> tuple[Frame, ...]:
    """All frames of the lexicon, each with its category filled in and a name like ``accuse#12``.

    Raises:
        KnowledgeError: for an unknown key, category or mode.
    """

    book = codebook()
    out: list[Frame] = []
    for name, data in under("triggers", extra).items():
        file = check(TriggerFile, data, name)
        for number, what in wrong_codes(file, book):
            raise KnowledgeError(f"{name}, frame {number}: {what}")
        for number, frame in enumerate(file.frames, start=1):
            label = f"{name.removeprefix('triggers/').removesuffix('.yaml')}#{number}"
            out.append(frame.model_copy(update={"category": _category(file, frame), "name": label}))
    return tuple(out)


def own_frames(extra: str | None) -> frozenset[str]:
    """Names of the frames that a user's own folder brings or puts in the place of ours."""
    if not extra:
        return frozenset()
    ours = {frame.name: frame for frame in frames()}
    return frozenset(frame.name for frame in frames(extra) if ours.get(frame.name) != frame)


def wrong_codes(file: TriggerFile, book: Codebook) -> Iterator[tuple[int, str]]:
    """Numbers of the frames with a code that the codebook does not have, and what is wrong."""
    for number, frame in enumerate(file.frames, start=1):
        category = _category(file, frame)
        if category is None:
            continue
        if category not in book.categories:
            yield number, f"no category {category!r} in the codebook"
        elif frame.mode and frame.mode not in book.modes[category]:
            yield number, f"{category} has no mode {frame.mode!r}"
        if frame.cameo and frame.cameo not in book.cameo:
            yield number, f"no CAMEO code {frame.cameo!r}"
        for context in frame.contexts:
            if context not in book.contexts:
                yield number, f"no context {context!r}"


def _category(file: TriggerFile, frame: Frame) -> str | None:
    return file.category if frame.category == "?" else frame.category
