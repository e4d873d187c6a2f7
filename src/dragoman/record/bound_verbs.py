"""Commitments told by a verb: pledged, agreed, signed, proposed, urged, offered, warned, invited.

In: a verb that the lexicon knows. Out: `Binding`s. A verb that is itself only planned, asked for or denied ("will
urge", "did not promise") binds nobody.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, joined, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import BindingVerb
from dragoman.reading.words import Word
from dragoman.record.around import distinct
from dragoman.record.bound_contents import Contents
from dragoman.record.bound_fates import fate_of, state_of
from dragoman.record.terms import extent
from dragoman.record.voices import Binding

# What may become of a thing promised or agreed once it is; "welcomed the accord signed by" leaves it signed.
_BECAME = frozenset(("under_way", "fulfilled", "stalled", "withdrawn", "broken"))


class BoundVerbs(Contents):
    """Finds commitments told by verbs."""

    def at(self, word: Word, ways: tuple[BindingVerb, ...]) -> list[Binding]:
        """The bindings of the first way of use that fits."""
        standing = standing_of(word)
        if standing.status != "occurred":
            return []
        slots = slots_of(word)
        for way in ways:
            found = self.way(word, slots, way)
            if found:
                return found
        return []

    def way(self, word: Word, slots: Slots, way: BindingVerb) -> list[Binding]:
        """The bindings of one way of use."""
        if way.particle and slots.particles.isdisjoint(way.particle):
            return []
        if way.at and not any(h.lemma in way.at for h in slots.preps.get("at", [])):
            return []
        heads = self.contents(word, slots, way)
        if not heads:
            return []
        by = self.binder(word, slots)
        to = self.to(word, slots, way, heads, by)
        threat = way.kind == "warning" and any(clause and self.own_deed(h, by) for h, clause in heads)
        if way.actor and not to and not threat:
            return []
        kind, status = way.kind, way.status
        if kind == "agreement":
            by = distinct([*by, *(s for n in ("with", "between", "among") for s in self.slot(slots, n, word))])
            if way.alone and not self.together(by) and not (slots.passive and not by):
                if not self.alone(word, by, heads):
                    return []
                kind, status = "promise", "open"
            elif way.alone and word.lemma in ("decide", "resolve") and len(self.states(by)) < 2 and not self.of_igo(by):
                return []
            to = by if kind == "agreement" else to
        if not by and (kind != "agreement" or word.dep == "acl"):
            return []
        if way.firm and not (self.bodied(by) and self.bodied(to)):
            return []
        if kind == "promise" and any(self.retaliates(h) for h, _ in heads):
            kind = "warning"
        out: list[Binding] = []
        for head, clause in heads:
            first, last = extent(self.r, head, word, phrase=not clause)
            if way.at:
                last = max(last, *(h.i for h in slots.preps["at"]))
            if last < first or head.tag == "MD" or (first == last and self.r.words[first].pos in ("PRON", "DET")):
                continue  # "as Peru warned it would"
            certain = 0.75 if clause else 0.65
            found = to
            if not found and kind in ("promise", "offer"):
                found = self.owed(head, first, last, by)
            if not found and threat:
                found = self.hit(head, by)
            found = [s for s in found if clause or s.player.country is not None or s.mention.root != head.i]
            why = [f"the verb {word.text!r}"]
            binding = Binding(word, kind, by, found, first, last, status, head, certain=certain, why=why)
            if not by:
                binding.certain -= 0.15
            if not clause:
                self.became(binding, word, head)
            binding.addressee = next(
                (s for s in found if s.player.kind in ("person", "office", "igo", "government_body")), None
            )
            out.append(binding)
        return out

    def states(self, sides: list[Side]) -> set[str]:
        """The countries of sides, by name where none is known."""
        return {s.player.country or s.player.name for s in sides}

    def of_igo(self, sides: list[Side]) -> bool:
        """Whether one of the sides is a body of many states."""
        return any(s.player.kind == "igo" for s in sides)

    def together(self, by: list[Side]) -> bool:
        """Whether there are sides enough for an agreement."""
        return len(self.states(by)) > 1 or any(s.player.kind in ("group", "igo") for s in by)

    def alone(self, word: Word, by: list[Side], heads: list[tuple[Word, bool]]) -> bool:
        """Whether a single party that "agreed" promised something; nobody named may still be told elsewhere."""
        if word.lemma in ("decide", "resolve"):
            return False
        opinion = any(
            c.dep in ("nsubj", "expl", "nsubjpass") and not any(m.tag == "MD" for m in h.children)
            for h, _ in heads
            for c in h.children
        )
        return not opinion  # "critics agree that the law is bad"

    def became(self, binding: Binding, word: Word, noun: Word) -> None:
        """What became of a thing promised or agreed: "has begun delivering the aid it promised", "the swap got on"."""
        file = self.known.file
        verb = noun.head
        if word.dep == "relcl" and noun.dep in ("dobj", "obj", "nsubjpass") and verb.lemma in file.handing:
            standing = standing_of(verb).status
            starts = verb.dep == "xcomp" and verb.head.lemma in file.starting
            if standing == "occurred":
                binding.status = "under_way" if starts or verb.tag == "VBG" else "fulfilled"
                binding.why.append(f"{verb.text} ... {noun.text}")
                binding.cue = verb
            return
        fate: str | None = None
        why = ""
        if word.dep in ("relcl", "acl"):
            fate, why = fate_of(noun, noun.head if noun.head.pos in ("VERB", "AUX") else None)
        elif noun.dep == "nsubj" and noun.head is word:
            fate, why = next((state_of(c) for c in word.childs("ccomp", "conj")), (None, ""))
        if fate in _BECAME:
            binding.status = fate
            binding.why.append(why)
            binding.cue = noun.head

    def retaliates(self, head: Word) -> bool:
        """ "vowed to respond in kind": no promise to be glad of."""
        file = self.known.file
        if head.lemma not in file.retaliating:
            return False
        return head.lemma in ("retaliate", "avenge", "punish") or any(
            w.lower in file.retaliating_how for w in head.subtree()
        )

    def to(
        self, word: Word, slots: Slots, way: BindingVerb, heads: list[tuple[Word, bool]], by: list[Side]
    ) -> list[Side]:
        """The other side: where the verb has it, else who is to act in what is asked, else as the event room coded."""
        own = {id(s.player) for s in by}
        named = self.other_side(word, slots, way, by)
        if named:
            return named
        if way.kind in ("demand", "warning", "proposal"):
            for head, clause in heads:
                found = [s for w in subject_of(head) for s in sides_at(self.cast, w)] if clause else []
                found = [s for s in found if id(s.player) not in own and not self.at_home(s, by)]
                if found:
                    return distinct(found)
        coding = self.coded.get(word.i)
        if coding is not None:
            things = {h.i for h, clause in heads if not clause}
            found = [
                s
                for s in coding.recipients
                if id(s.player) not in own and (s.player.country is not None or s.mention.root not in things)
            ]
            if found:
                return distinct(found)
        return self.addressees(word, by) if way.kind != "agreement" else []

    def other_side(self, word: Word, slots: Slots, way: BindingVerb, by: list[Side]) -> list[Side]:
        """The other side where the verb has it: "told Peru to", "was offered by", "at the disposal of"."""
        own = {id(s.player) for s in by}
        if slots.passive and word.child("dobj") is not None:
            # "Peru was offered two ships by Chile"
            found = [s for w in word.childs("nsubjpass") for x in joined(w) for s in sides_at(self.cast, x)]
            if found:
                return distinct([s for s in found if id(s.player) not in own])
        if way.at:
            at = [h for h in slots.preps.get("at", []) if h.lemma in way.at]
            return distinct([s for h in at for s in hidden_sides(self.cast, h) if id(s.player) not in own])
        if word.dep == "relcl":
            # "the ships that it promised Peru"
            found = [
                s for o in word.childs("dobj", "dative") for s in sides_at(self.cast, o) if id(s.player) not in own
            ]
            if found:
                return distinct(found)
        for name in way.to:
            found = [s for s in self.slot(slots, name, word) if id(s.player) not in own]
            if not found and way.actor is False and name in ("object", "on"):
                heads = slots.object if name == "object" else slots.preps.get(name, [])
                found = [s for h in heads for s in hidden_sides(self.cast, h) if id(s.player) not in own]
            if found:
                return distinct(found)
        return []
