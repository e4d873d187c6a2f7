"""A cue of reported speech: a word of saying with what it leads in. What the finders of cues hand on."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.reading.words import Word


@dataclass(slots=True)
class Cue:
    """A word of saying with what it leads in, as word numbers and heads.

    Attributes:
        word: the verb, noun or adjective of saying; `first` and `last` are all words of the cue.
        content: first and last word of what is said.
        speakers, addressees, targets: heads of phrases; `targets` are whom the content is about, when the pattern says.
        clause: the clause's verb, when the content is a clause.
        pattern: what was found, in plain words.
        wished: whether it says what should be, not what is.
        things: lemmas one of which must be the target where it is no actor; `people`: whether people may be.
        firm: whether any noun may be the speaker; otherwise it must be somebody.
    """

    word: Word
    first: int
    last: int
    content: tuple[int, int]
    pattern: str
    confidence: float
    speakers: list[Word] = field(default_factory=list)
    addressees: list[Word] = field(default_factory=list)
    targets: list[Word] = field(default_factory=list)
    clause: Word | None = None
    stance: str | None = None
    wished: bool = False
    things: frozenset[str] = frozenset()
    people: bool = True
    thought: bool = False
    shown: bool = False
    firm: bool = False


def is_infinitive(word: Word) -> bool:
    """Whether "to" stands before a verb."""
    return any(c.lower == "to" and c.pos == "PART" for c in word.children if c.i < word.i)
