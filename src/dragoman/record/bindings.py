"""Every word that binds somebody, with who is bound to what: unsettled, one `Binding` a word.

In: a `Reading`, its `Cast`, codings and statements. Out: `Binding`s in text order.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.coding import Coding
from dragoman.knowledge.commitments import binding_words
from dragoman.reading.words import Reading
from dragoman.record.bound_futures import BoundFutures
from dragoman.record.bound_nouns import BoundNouns
from dragoman.record.bound_phrases import BoundPhrases
from dragoman.record.bound_verbs import BoundVerbs
from dragoman.record.statements import Said
from dragoman.record.voices import Binding


class Bindings:
    """Finds the bindings of one report."""

    def __init__(self, reading: Reading, cast: Cast, codings: list[Coding], said: list[Said]) -> None:
        self.r = reading
        self.known = binding_words()
        self.verbs = BoundVerbs(reading, cast, codings, said)
        self.nouns = BoundNouns(reading, cast, codings, said)
        self.futures = BoundFutures(reading, cast, codings, said)
        self.phrases = BoundPhrases(reading, cast, codings, said)

    def find(self) -> list[Binding]:
        """All bindings, in text order."""
        out: list[Binding] = []
        verbs, nouns, ready = self.known.verbs, self.known.nouns, self.known.file.ready
        for word in self.r.words:
            lemma = word.lemma
            if word.pos in ("VERB", "AUX") and lemma in verbs:
                out += self.verbs.at(word, verbs[lemma]) or self.phrases.as_promised(word)
            elif (word.pos == "NOUN" and lemma in nouns) or (word.pos == "PROPN" and word.lower in nouns):
                out += self.nouns.at(word, nouns.get(lemma) or nouns[word.lower])
            elif (word.pos == "ADJ" and word.lower in ready) or word.lower == "prepared":
                out += self.futures.ready(word)
            elif lemma in self.known.file.word and word.pos == "NOUN":
                out += self.nouns.given_word(word)
            if word.pos == "VERB" and lemma in self.known.file.deadline:
                out += self.phrases.deadline(word)
            if word.pos in ("VERB", "AUX") and word.lemma not in verbs:
                out += self.futures.future(word)
        out += self.futures.coded_acts({b.cue.i for b in out}, out)
        return out
