"""Letters and messages: who wrote, and to whom.

In: a noun that the lexicon knows. Out: `Draft`s. A "letter of intent" is none; a message or note is one only where it
is sent, handed over or received.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, strangers
from dragoman.reading.words import Word
from dragoman.record.around import acting, definite, distinct, phrases_after
from dragoman.record.scene import PERSONS, Draft, Scene

_SENDING = frozenset(("send", "deliver", "hand", "convey", "address", "submit", "write", "present", "pass"))
_GETTING = frozenset(("receive", "get"))
_INSIDE = frozenset(("in", "via", "through", "by"))
_READING = frozenset((*PERSONS, "igo", "government_body", "state"))


class Letters(Scene):
    """Finds the letters of one report."""

    def letter(self, word: Word) -> list[Draft]:
        """A letter or message, with writer and reader."""
        slots = slots_of(word)
        following = self.r.words[word.i + 1].lower if word.i + 1 < len(self.r.words) else ""
        if following == "of" and word.lemma != "message":
            return []
        carrier = slots.governor if word.dep in ("dobj", "obj", "nsubjpass") else None
        got = carrier is not None and carrier.lemma in _GETTING
        inside = word.dep == "pobj" and word.head.lower in _INSIDE
        to, writers = self.readers(word, slots), self.writers(word, slots, got=got)
        if inside and not to and slots.governor is not None:
            to = self.addressed(slots.governor)  # "in a letter, X asked Y"
        if got and carrier is not None:
            to = to or [s for s in acting(self.cast, subject_of(carrier)) if s.player.kind in _READING]
        why = [f"the noun {word.text!r}"]
        if word.lemma == "letter" and inside and writers and not to:
            # "the embassy denied it in a letter": somebody wrote it, to whom is not said.
            return [Draft(word, "letter", distinct(writers[:1]), certain=0.55, back=definite(word), why=why)]
        sent = got or (slots.light is not None and slots.light.lemma in _SENDING)
        if not to or not writers or (word.lemma != "letter" and not sent):
            return []
        return [Draft(word, "letter", distinct([*writers, *to]), certain=0.75, why=why)]

    def readers(self, word: Word, slots: Slots) -> list[Side]:
        """To whom it is written."""
        found = [s for s in acting(self.cast, slots.preps.get("to", []) + slots.indirect) if s.player.kind in _READING]
        if found:
            return found
        after = phrases_after(self.r, self.cast, word)[:2]
        found = [s for p in after if p.prep == "to" and not p.broken for s in p.sides]
        if found:
            return found
        officials = self.known.file.officials
        heads = [h for h in slots.preps.get("to", []) if h.lemma in officials or h.lemma == "council"]
        hidden = [s for h in heads for s in hidden_sides(self.cast, h)]
        return hidden or strangers(self.r, self.cast, heads, anything=True)

    def writers(self, word: Word, slots: Slots, *, got: bool) -> list[Side]:
        """Who wrote it; `got` tells that the subject of its verb is the reader."""
        verb = slots.governor
        held = slots.preps.get("from", [])
        if got and verb is not None:
            held = [*held, *slots_of(verb).preps.get("from", [])]
        slots_asked = (slots.possessor, held, slots.preps.get("by", []), slots.modifier, [] if got else slots.subject)
        found = distinct([s for heads in slots_asked for s in acting(self.cast, heads)])
        if found or word.dep != "pobj" or verb is None:
            return found
        return acting(self.cast, subject_of(verb))
