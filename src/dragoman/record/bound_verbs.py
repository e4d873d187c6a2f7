"""Commitments told by a verb: pledged, agreed, signed, proposed, urged, offered, warned, invited.

In: a verb that the lexicon knows. Out: `Binding`s. A verb that is itself only planned, asked for or denied ("will
urge", "did not promise") binds nobody.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, clause_of, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import BindingVerb
from dragoman.reading.words import Word
from dragoman.record.around import distinct
from dragoman.record.terms import extent
from dragoman.record.voices import Binding, Voices


class BoundVerbs(Voices):
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
        heads = self.contents(word, slots, way)
        if not heads:
            return []
        by = self.by(word, slots)
        to = self.to(word, slots, way, heads, by)
        if way.actor and not to:
            return []
        kind = way.kind
        status: str = way.status
        countries = {s.player.country or s.player.name for s in by}
        if kind == "agreement":
            partners = [s for s in self.slot(slots, "with", word) if all(s.player is not b.player for b in by)]
            by = distinct([*by, *partners])
            countries = {s.player.country or s.player.name for s in by}
            if way.alone and len(countries) < 2 and not any(s.player.kind in ("group", "igo") for s in by):
                if word.lemma in ("decide", "resolve"):
                    return []
                kind, status = "promise", "open"
                if any(
                    c.dep in ("nsubj", "expl", "nsubjpass") and not any(m.tag == "MD" for m in h.children)
                    for h, _ in heads
                    for c in h.children
                ):
                    return []  # "critics agree that the law is bad"
            elif (
                way.alone
                and word.lemma in ("decide", "resolve")
                and len(countries) < 2
                and not any(s.player.kind == "igo" for s in by)
            ):
                return []
            to = by if kind == "agreement" else to
        if not by and kind not in ("agreement",):
            return []
        if way.firm and not (self.bodied(by) and self.bodied(to)):
            return []
        if kind == "promise" and any(self.retaliates(h) for h, _ in heads):
            kind = "warning"
        out: list[Binding] = []
        for head, clause in heads:
            first, last = extent(self.r, head, word, phrase=not clause)
            if last < first or (first == last and self.r.words[first].pos in ("PRON", "DET")):
                continue
            binding = Binding(
                word,
                kind,
                by,
                to,
                first,
                last,
                status,
                head,
                certain=0.75 if clause else 0.65,
                why=[f"the verb {word.text!r}"],
            )
            if not by:
                binding.certain -= 0.15
            binding.addressee = next(
                (s for s in to if s.player.kind in ("person", "office", "igo", "government_body")), None
            )
            out.append(binding)
        return out

    def retaliates(self, head: Word) -> bool:
        """ "vowed to respond in kind": no promise to be glad of."""
        file = self.known.file
        if head.lemma not in file.retaliating:
            return False
        return head.lemma in ("retaliate", "avenge", "punish") or any(
            w.lower in file.retaliating_how for w in head.subtree()
        )

    def contents(self, word: Word, slots: Slots, way: BindingVerb) -> list[tuple[Word, bool]]:
        """Heads of what is bound, and whether each is a clause."""
        clauses = [
            c
            for c in word.children
            if c.dep in ("ccomp", "xcomp", "advcl", "oprd") and c.pos in ("VERB", "AUX", "ADJ", "NOUN")
        ]
        out: list[tuple[Word, bool]] = []
        for clause in clauses:
            to = any(c.lower == "to" and c.dep == "aux" for c in clause.children)
            finite = any(c.dep in ("nsubj", "nsubjpass", "expl", "csubj") for c in clause.children)
            marked = any(c.dep == "mark" and c.lower == "that" for c in clause.children)
            if clause.dep == "advcl" and not (to and clause.i > word.i):
                continue
            if (to and "infinitive" in way.takes and clause.dep != "ccomp") or (
                to and "infinitive" in way.takes and clause.i > word.i
            ):
                out.append((clause, True))
            elif (
                finite
                and "clause" in way.takes
                and clause.dep in ("ccomp", "xcomp")
                and (clause.i > word.i or marked or not way.modal)
            ):
                if way.modal and not self.asked(clause, way.modal):
                    continue
                if any(c.dep == "mark" and c.lower in ("if", "whether") for c in clause.children) or any(
                    c.tag in ("WRB", "WP", "WDT") for c in clause.children
                ):
                    continue
                if clause.i < word.i and not marked and way.kind not in ("promise", "warning"):
                    continue  # only what is vowed or threatened is put first: "We will answer, he vowed"
                out.append((clause, True))
            elif clause.tag == "VBG" and "gerund" in way.takes:
                out.append((clause, True))
        if not out and "infinitive" in way.takes:
            # "urged the two sides, both of them, to ...": the parser hangs the infinitive on the one who is urged.
            for obj in (*slots.object[:2], *(h for n in way.to for h in slots.preps.get(n, [])[:2])):
                out += [
                    (c, True)
                    for c in obj.children
                    if c.dep in ("acl", "relcl", "xcomp") and c.tag == "VB" and any(k.lower == "to" for k in c.children)
                ]
        if out:
            return out[:2]
        for prep in way.preps:
            gerunds = slots.preps.get(f"{prep}+ing", [])
            out += [(g, True) for g in gerunds]
            own = [c for c in word.children if c.dep in ("prep", "prt") and c.lower == prep]
            hung = [h for h in slots.preps.get(prep, []) if own or h.head.head is word or prep == "for"]
            out += [
                (h, False)
                for h in hung[:1]
                if h.pos in ("NOUN", "PROPN")
                and (not sides_at(self.cast, h) or way.kind == "invitation")
                and (h.lemma in way.objects or not way.objects or "object" in way.takes)
                and h.lemma not in self.known.file.idle_contents
            ]
            if out:
                return out
        if "object" in way.takes:
            objects = [o for o in slots.object if o.pos in ("NOUN", "PROPN", "NUM")]
            if way.objects:
                objects = [o for o in objects if o.lemma in way.objects or o.lower in way.objects]
                objects = [self.whole(o) for o in objects]
            else:
                objects = [o for o in objects if not (self.cast.at(o.i) is not None and o.pos == "PROPN")]
            if way.inside and objects:
                inner = self.within(objects[0])
                return inner or [(objects[0], False)]
            out += [(o, False) for o in objects[:1]]
        return out

    def asked(self, clause: Word, modals: frozenset[str]) -> bool:
        """Whether a clause tells what should be, not what is: "that Lima pay", "that it should go"."""
        modal = next((c for c in clause.children if c.tag == "MD"), None)
        if modal is not None:
            return modal.lower in modals
        if any(c.dep == "auxpass" for c in clause.children):
            return any(c.dep == "auxpass" and c.lower == "be" for c in clause.children)
        return clause.tag == "VB"

    def whole(self, head: Word) -> Word:
        """ "the text of the agreement", "the agreement, the text of which": what it is the text of."""
        if head.lemma != "text":
            return head
        of = next(
            (o for c in head.children if c.dep == "prep" and c.lower == "of" for o in c.children if o.dep == "pobj"),
            None,
        )
        if of is None:
            return head
        verb = clause_of(head)
        if of.lower == "which":
            while verb is not None and verb.dep not in ("relcl", "ROOT") and verb.head is not verb:
                verb = verb.head
            return verb.head if verb is not None and verb.dep == "relcl" else head
        return of

    def within(self, noun: Word) -> list[tuple[Word, bool]]:
        """What a noun carries: "the idea of holding ...", "a pledge to ..."."""
        for child in noun.children:
            if child.dep in ("acl", "ccomp") and (child.tag == "VB" or child.dep == "ccomp"):
                return [(child, True)]
            if child.dep == "prep":
                for obj in child.children:
                    if obj.dep == "pcomp":
                        return [(obj, True)]
                    if obj.dep == "pobj" and child.lower in ("of", "for", "on", "to"):
                        return [(obj, False)]
        return []

    def to(
        self, word: Word, slots: Slots, way: BindingVerb, heads: list[tuple[Word, bool]], by: list[Side]
    ) -> list[Side]:
        """The other side: where the verb has it, else who is to act in what is asked, else as the event room coded."""
        own = {id(s.player) for s in by}
        for name in way.to:
            found = [s for s in self.slot(slots, name, word) if id(s.player) not in own]
            if not found and way.actor is False and name in ("object", "on"):
                found = [
                    s
                    for h in (slots.object if name == "object" else slots.preps.get(name, []))
                    for s in hidden_sides(self.cast, h)
                    if id(s.player) not in own
                ]
            if found:
                return distinct(found)
        if way.kind in ("demand", "warning", "proposal"):
            for head, clause in heads:
                if clause:
                    found = [s for w in subject_of(head) for s in sides_at(self.cast, w) if id(s.player) not in own]
                    if found:
                        return distinct(found)
        coding = self.coded.get(word.i)
        if coding is not None:
            found = [s for s in coding.recipients if id(s.player) not in own]
            if found:
                return distinct(found)
        return []
