"""An utterance of direct speech, and the verbs that may lead one in."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.knowledge.speech import Saying, sayings
from dragoman.reading.words import Word


@dataclass(slots=True)
class Utterance:
    """One stretch of direct speech.

    Attributes:
        start, end: offsets inside the outer marks; what stands between its pieces lies within.
        first, last: word numbers, marks left out.
        cue: the word of saying, or None for a quotation that stands alone.
        speakers: heads of the words that name the speaker.
        pattern: where the speaker stands, in plain words.
        saying: the way of saying of the cue.
        pieces: how many quotations it is made of.
        turn: whether it is a turn in a questioning, without marks.
    """

    start: int
    end: int
    first: int
    last: int
    cue: Word | None = None
    speakers: list[Word] = field(default_factory=list)
    pattern: str = "quotation that stands alone"
    saying: Saying | None = None
    pieces: int = 1
    turn: bool = False


def quote_saying(word: Word) -> Saying | None:
    """How a word leads in direct speech, if it does."""
    if word.pos not in ("VERB", "AUX", "NOUN") or word.tag[:1] != "V":
        return None
    for particle, saying in sayings().verbs.get(word.lemma, ()):
        if "quote" in saying.takes and (not particle or any(c.lower == particle for c in word.children)):
            return saying
    return None
