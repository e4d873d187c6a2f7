"""What a verb binds somebody to: a clause, an infinitive, a gerund or a noun phrase, wherever the sentence puts it.

In: a verb with its slots and one way of its use. Out: the words that head what is bound, and whether each is a clause.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, clause_of
from dragoman.events.parties import sides_at
from dragoman.knowledge.commitments import BindingVerb
from dragoman.reading.words import Word
from dragoman.record.bonds import Bonds


class Contents(Bonds):
    """Finds what verbs bind to."""

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
        moved = self.put_off(word, slots, way) or self.of_participle(word, slots, way) or self.of_relative(word, way)
        if moved is not None:
            return [moved]
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
            objects = [o for o in objects if not self.person(o)] or objects
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

    def person(self, word: Word) -> bool:
        """Whether an object is somebody, so that what is bound stands beside: "offered the king two horses"."""
        mention = self.cast.at(word.i)
        return mention is not None and mention.players[0].kind in ("person", "office", "state", "government_body")

    def put_off(self, word: Word, slots: Slots, way: BindingVerb) -> tuple[Word, bool] | None:
        """ "It was agreed at the talks between A and B that ...": the clause that "it" stands for, far behind."""
        if "clause" not in way.takes or not any(
            c.dep in ("nsubjpass", "expl") and c.lower == "it" for c in word.children
        ):
            return None
        sentence = self.r.sentences[word.sentence]
        for that in self.r.words[word.i + 1 : sentence.last]:
            clause = that.head
            if that.lower == "that" and that.dep == "mark" and clause.i > that.i and clause.pos in ("VERB", "AUX"):
                return clause, True
        return None

    def of_participle(self, word: Word, slots: Slots, way: BindingVerb) -> tuple[Word, bool] | None:
        """ "a truce agreed by A and B": the noun, also where the parser takes the participle for the clause's verb."""
        agent = any(c.dep == "agent" for c in word.children)
        if "passive" not in way.takes or not (slots.passive or agent) or word.dep == "amod":
            return None
        heads = slots.object if slots.passive else word.childs("nsubj")
        noun = next((h for h in heads if h.pos == "NOUN" and not self.person(h)), None)
        return (noun, False) if noun is not None else None

    def of_relative(self, word: Word, way: BindingVerb) -> tuple[Word, bool] | None:
        """ "the ambulances that it promised Ukraine": what a clause hangs on."""
        noun = word.head
        if word.dep != "relcl" or way.kind not in ("promise", "offer") or "object" not in way.takes:
            return None
        own = word.child("nsubj")
        if noun.pos != "NOUN" or own is None or own.lower in ("who", "which", "that") or self.person(noun):
            return None
        objects = [o for o in word.childs("dobj") if o.tag not in ("WDT", "WP") and o.lower != "that"]
        return (noun, False) if all(self.person(o) for o in objects) else None

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
