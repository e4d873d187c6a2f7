"""Which cue of reported speech a word is, if any.

In: a word. Out: a `Cue`: what is said (first and last word), who says it (heads), to whom, about whom, by which
pattern. Nothing is resolved here; a cue whose complement cannot be found gives nothing.
"""

from __future__ import annotations

from dragoman.knowledge.speech import sayings
from dragoman.reading.words import Reading, Word
from dragoman.record.speech_cue import Cue
from dragoman.record.speech_nouns import according_cue, adjective_cue, carried_cue, owned_cue, sourced_cue, token_cue
from dragoman.record.speech_verbs import verb_cue


def cue_at(reading: Reading, word: Word) -> Cue | None:
    """The cue that this word is, or None."""
    known = sayings()
    if word.pos in ("VERB", "AUX"):
        if word.lemma == "accord":
            return according_cue(reading, word)
        carried = carried_cue(reading, word) if word.lemma in known.speech.carriers else None
        if carried is not None:
            return carried
        ways = known.verbs.get(word.lemma)
        if ways is not None:
            return verb_cue(reading, word, ways)
        if word.lemma == "be":
            return adjective_cue(reading, word)
        return None
    if word.lower == "according":
        return according_cue(reading, word)
    if word.pos == "NOUN" and word.lemma in known.nouns:
        naming = known.nouns[word.lemma]
        return (
            owned_cue(reading, word, naming) or sourced_cue(reading, word, naming) or token_cue(reading, word, naming)
        )
    return None
