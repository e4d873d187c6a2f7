"""A coding: an event while it is being settled; becomes a record `Event` in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Mention, Player
from dragoman.reading.words import Word


@dataclass(slots=True, eq=False)
class Side:
    """An actor's part in a coding, with the mention that names it there."""

    player: Player
    mention: Mention


@dataclass(slots=True, eq=False)
class Coding:
    """Who did what to whom, with why.

    Attributes:
        word: the verb or noun that names the act.
        trigger: first and last word number of the trigger words.
        evidence: first and last word number of the words it rests on.
        frame: name of the lexicon frame.
        inner: the act this one is about ("agreed to *meet*"), when a frame governs one.
        asserted: whose word it rests on, when the sentence says so.
        asker: who asks for the act, when it is only asked for.
        own: whether a user's own words tell it.
        unnamed: whether the words do not name who does it; then `actors` is empty.
        patient: what an act without a named doer is done to.
        seen: probabilities by the model: of the code between its sides, of nothing between them; None where it was
            not asked.
    """

    word: Word
    category: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    actors: list[Side]
    recipients: list[Side]
    trigger: tuple[int, int]
    evidence: tuple[int, int]
    frame: str
    weight: float
    reciprocal: bool = False
    status: str = "occurred"
    background: bool = False
    governed_by: Coding | None = None
    inner: Word | None = None
    confidence: float = 0.5
    asserted: Side | None = None
    asker: list[Side] = field(default_factory=list)
    seen: tuple[float, float] | None = None
    own: bool = False
    unnamed: bool = False
    patient: Word | None = None
    reasons: list[tuple[str, float]] = field(default_factory=list)
