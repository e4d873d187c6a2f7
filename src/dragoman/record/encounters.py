"""Every word that names a contact, with who takes part: unsettled, one `Draft` a word.

In: a `Reading` and its `Cast`. Out: `Draft`s in text order; the same contact may be told by several. Summoning an
ambassador is a complaint and no contact; a call *for* something is a demand; speaking to the press is no contact.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.knowledge.contacts import contact_words
from dragoman.reading.words import Reading
from dragoman.record.contact_nouns import Nouns
from dragoman.record.contact_verbs import Verbs
from dragoman.record.scene import Draft
from dragoman.record.visits import Visits


class Encounters:
    """Finds the drafts of one report."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.r = reading
        self.visits = Visits(reading, cast)
        self.verbs = Verbs(reading, cast, self.visits)
        self.nouns = Nouns(reading, cast, self.visits)

    def find(self) -> list[Draft]:
        """All drafts, in text order."""
        out: list[Draft] = []
        known = contact_words()
        verbs, nouns, inviting = known.verbs, known.nouns, known.file.inviting
        for word in self.r.words:
            lemma = word.lemma
            if word.pos == "VERB" and lemma in verbs:
                found = self.verbs.at(word, verbs[lemma])
            elif word.pos in ("NOUN", "PROPN") and (lemma in nouns or word.lower in nouns):
                found = self.nouns.at(word, nouns.get(lemma) or nouns[word.lower])
            else:
                found = []
            if word.lower in known.file.awaited or lemma in known.file.awaited:
                found = [*found, *self.visits.awaited(word)]
            if lemma in inviting and word.pos in ("VERB", "NOUN"):
                found = [*found, *self.visits.invitation(word)]
            out += found
        return out
