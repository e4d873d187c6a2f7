"""Commitments told by fixed phrases: "as promised in May, X handed over", "X gave Y until Friday to".

In: a participle behind "as", a verb of giving. Out: `Binding`s.
"""

from __future__ import annotations

from dragoman.events.arguments import subject_of
from dragoman.events.parties import sides_at
from dragoman.events.status import standing_of
from dragoman.reading.words import Word
from dragoman.record.around import distinct
from dragoman.record.bonds import Bonds
from dragoman.record.terms import extent
from dragoman.record.voices import ABLE, Binding

_UNTIL = frozenset(("until", "till"))
_SPANS = frozenset(("hour", "day", "week", "month"))


class BoundPhrases(Bonds):
    """Finds commitments told by fixed phrases."""

    def as_promised(self, word: Word) -> list[Binding]:
        """ "As promised in May, Oman handed over the boats", "..., as it had promised": the promise is kept so."""
        deed = word.head
        while deed.tag == "VBG" and deed.dep in ("xcomp", "pcomp", "advcl", "conj") and deed.head.pos == "VERB":
            deed = deed.head
        behind_as = any(c.lower == "as" and c.dep in ("mark", "advmod", "prep") for c in word.children)
        if word.tag not in ("VBN", "VBD") or word.dep != "advcl" or not behind_as or deed.pos != "VERB":
            return []
        if not any(way.kind == "promise" for way in self.known.verbs.get(word.lemma, ())):
            return []
        by = distinct([s for w in subject_of(deed) for s in sides_at(self.cast, w) if s.player.kind in ABLE])
        mine = {id(s.player) for s in by}
        named = [s for c in word.childs("nsubj") for s in sides_at(self.cast, c)]
        other = any(id(s.player) not in mine for s in named) or any(c.dep == "agent" for c in word.children)
        standing = standing_of(deed).status
        if standing not in ("occurred", "planned") or not by or other or (word.child("nsubj") and not named):
            return []  # "as promised by the two presidents": what they promised is not said
        first, last = extent(self.r, deed, word)
        status = "fulfilled" if standing == "occurred" and deed.tag in ("VBD", "VBN") else "affirmed"
        to = self.owed(deed, first, last, by)
        return [Binding(deed, "promise", by, to, first, last, status, deed, 0.66, [f"as {word.text}"])]

    def deadline(self, word: Word) -> list[Binding]:
        """ "Niger gave Algeria until 31 May to reopen the border", "gave it 48 hours to": a demand."""
        if standing_of(word).status != "occurred":
            return []
        until = next((c for c in word.children if c.dep == "prep" and c.lower in _UNTIL), None)
        spans = [c for c in word.childs("dobj", "npadvmod") if c.ent in ("DATE", "TIME") or c.lemma in _SPANS]
        opener = until or (spans[0] if spans else None)
        if opener is None:
            return []
        asked = [o for o in word.childs("dobj", "dative") if o not in spans]
        to = distinct([s for o in asked for s in sides_at(self.cast, o) if s.player.kind in ABLE])
        deed = next(
            (w for w in word.subtree() if w.tag == "VB" and w.i > opener.i and self.r.words[w.i - 1].tag == "TO"), None
        )
        by = distinct([s for w in subject_of(word) for s in sides_at(self.cast, w) if s.player.kind in ABLE])
        if not to or deed is None or not by or not (self.bodied(by) and self.bodied(to)):
            return []
        _, last = extent(self.r, deed, word)
        first = opener.edges()[0] if opener.edges()[0] > word.i else opener.i
        return [Binding(word, "demand", by, to, first, last, "open", deed, 0.7, [f"{word.text} time to {deed.text}"])]
