"""Who binds whom, where the words do not put both beside the word that binds: agents, addressees, those who get it.

In: as `Voices`. Out: sides. An adjective or a place makes nobody act: "the Danish carmaker offers", "the exhibition in
Prague invites" bind no state.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, clause_of, joined, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.reading.words import Word
from dragoman.record.around import distinct, with_joined
from dragoman.record.voices import ABLE, Voices

_GETTING = frozenset(("person", "office", "state", "government_body", "igo", "armed_group", "party"))

_BESIDE = frozenset(("after", "before", "because", "as", "since", "while", "although", "though"))


class Bonds(Voices):
    """What the finders of commitments by verb, noun and tense ask of a sentence beside its slots."""

    def binder(self, word: Word, slots: Slots) -> list[Side]:
        """Who binds himself or others; the agent where the parser takes a participle for a finite verb."""
        agents = [x for c in word.children if c.dep == "agent" for o in c.children for x in joined(o)]
        if agents:
            return distinct([s for w in agents for s in sides_at(self.cast, w) if s.player.kind in ABLE])
        if word.dep == "acl" and slots.passive:
            # "the accord signed in Vienna": nobody is said to have signed it; "signed with Peru": by who tells of it
            return self.speakers(word) if "with" in slots.preps else []
        if slots.subject and all(self.mute(w) for w in slots.subject):
            return []
        return with_joined(self.r, self.cast, self.by(word, slots))

    def mute(self, word: Word) -> bool:
        """Whether a subject acts for no state: a thing or private body that only an adjective or place ties to one."""
        if word.pos != "NOUN" or self.cast.at(word.i) is not None or word.lemma in self.known.file.spoken:
            return False
        if any(c.dep == "poss" or (c.dep == "prep" and c.lower in ("by", "from", "of")) for c in word.children):
            return False
        return all(s.player.kind == "state" for s in hidden_sides(self.cast, word))

    def at_home(self, side: Side, by: list[Side]) -> bool:
        """Whether a state or a body of it is the speaker's own: "I propose that our two navies meet"."""
        countries = {s.player.country for s in by if s.player.country}
        return side.player.country in countries and side.player.kind in ("state", "government_body")

    def own_deed(self, head: Word, by: list[Side]) -> bool:
        """Whether a clause tells what the speaker's own side will or may do."""
        subject = subject_of(head)
        mine = {id(s.player) for s in by}
        sides = [s for w in subject for s in sides_at(self.cast, w)]
        return any(w.lower in ("we", "i") for w in subject) or any(
            id(s.player) in mine or self.at_home(s, by) for s in sides
        )

    def hit(self, head: Word, by: list[Side]) -> list[Side]:
        """Whom a threatened deed is to hit, or whose deed brings it on: not who stands in "after" or "because"."""
        own = {s.player.country for s in by}
        beside = [c for c in head.childs("advcl") if any(k.lower in _BESIDE for k in c.children)]
        out = {w.i for c in beside for w in c.subtree()}
        words = sorted((w for w in head.subtree() if w.i not in out and w is not head), key=lambda w: w.i)
        found = [s for w in words for s in sides_at(self.cast, w) if s.player.kind in ABLE and s.player.country]
        return distinct([s for s in found if s.player.country not in own])[:1]

    def addressees(self, word: Word, by: list[Side]) -> list[Side]:
        """To whom the words are said in which a word stands."""
        around = [s for s in self.said if s.start <= word.start < s.end and s.addressees]
        if not around:
            return []
        own = {id(s.player) for s in by}
        told = min(around, key=lambda s: s.end - s.start).addressees
        return [s for s in told if id(s.player) not in own and s.player.kind in _GETTING]

    def owed(self, head: Word, first: int, last: int, by: list[Side]) -> list[Side]:
        """Who is to get it: "hand the ship back to Peru", "lend Peru two ships"."""
        own = {s.player.country for s in by}
        heads = [x for c in head.children if c.dep == "dative" for x in ([c] if c.pos != "ADP" else c.children)]
        for word in self.r.words[first : last + 1]:
            if word.lower == "to" and word.pos == "ADP":
                heads += [o for o in word.children if o.dep == "pobj"]
        found = [s for h in heads for w in joined(h) for s in sides_at(self.cast, w)]
        return distinct([s for s in found if s.player.kind in _GETTING and s.player.country not in own])[:2]

    def taker(self, word: Word, by: list[Side]) -> list[Side]:
        """Who accepts or rejects what a noun names."""
        verb = word.head
        if word.dep not in ("dobj", "obj") or verb.pos != "VERB":
            return []
        from_subject = [s for c in verb.childs("nsubj") for w in joined(c) for s in sides_at(self.cast, w)]
        clause = clause_of(verb)
        if not from_subject and clause is not None:
            from_subject = [s for c in clause.childs("nsubj") for s in sides_at(self.cast, c)]
        mine = {id(s.player) for s in by}
        return distinct([s for s in from_subject if id(s.player) not in mine and s.player.kind in ABLE])
