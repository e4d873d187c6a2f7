"""Ceremonies: who took part, and who held them.

In: a noun that the lexicon knows. Out: `Draft`s: "the participation of the king in the ceremony", "attended the
opening", "was among the mourners at the funeral", "a ceremony hosted by".
"""

from __future__ import annotations

from dragoman.events.arguments import is_passive, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.reading.words import Word
from dragoman.record.around import acting, definite, distinct, phrases_after
from dragoman.record.scene import Draft, Scene

# How far before the ceremony the word of taking part may stand.
_REACH = 34


class Ceremonies(Scene):
    """Finds the ceremonies of one report."""

    def guests(self, word: Word) -> list[Draft]:
        """The ceremony a noun names, with its guests and its host."""
        file = self.known.file
        slots = slots_of(word)
        verb = slots.governor
        if word.lemma in ("opening", "signing") and not (
            verb is not None and verb.lemma in file.attending | file.present
        ):
            return []
        sides, found_at = self.attending(word)
        if not sides:
            sides, found_at = self.present(word, verb)
        hosted = self.by(word)
        certain = 0.7
        holding = verb is not None and word.head is verb and verb.lemma in file.hosting | file.carriers
        if not sides and verb is not None and holding:
            sides = acting(self.cast, subject_of(verb))
            hosted = sides if verb.lemma in file.hosting else hosted
            certain = 0.6
        sides = sides or (acting(self.cast, slots.possessor) if word.lemma == "ceremony" else []) or hosted
        if not sides:
            back = definite(word) and word.lemma == "ceremony"
            return [Draft(word, "ceremony", [], back=True, certain=0.25)] if back else []
        why = [f"the noun {word.text!r}"]
        draft = Draft(word, "ceremony", distinct([*sides, *hosted]), certain=certain, extra=[found_at], why=why)
        self.locate(draft, ("in", "at"))
        if draft.host is None and hosted:
            draft.host = hosted[0].player.country
        return [draft]

    def by(self, word: Word) -> list[Side]:
        """The parties behind a word that "by" leads in."""
        return [s for p in phrases_after(self.r, self.cast, word) if p.prep == "by" for s in p.sides]

    def attending(self, word: Word) -> tuple[list[Side], int]:
        """Who attends, by a word of taking part before the ceremony; and where that word stands."""
        sentence = self.r.sentences[word.sentence]
        for i in range(word.i - 1, max(sentence.first, word.i - _REACH) - 1, -1):
            other = self.r.words[i]
            if other.lemma not in self.known.file.attending or (other.lemma == "part" and other.head.lemma != "take"):
                continue
            if other.pos == "VERB" or other.lemma == "part":
                verb = other if other.pos == "VERB" else other.head
                return (self.by(verb) if is_passive(verb) else acting(self.cast, subject_of(verb))), i
            sides = [
                Side(p, m)
                for m in self.cast.within(i + 1, word.i - 1)
                if m.kind not in ("place", "adjective", "pronoun")
                for p in m.players
            ]
            return sides or acting(self.cast, slots_of(other).possessor), i
        return [], word.i

    def present(self, word: Word, verb: Word | None) -> tuple[list[Side], int]:
        """ "was among the mourners at the funeral", "speaking at the opening": the subject is there."""
        at = word.dep == "pobj" and word.head.lower == "at"
        if verb is None or not at or verb.lemma not in self.known.file.present:
            return [], word.i
        return acting(self.cast, subject_of(verb)), verb.i
