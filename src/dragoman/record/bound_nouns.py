"""Commitments told by a noun: its pledge to, the demand for, the agreement that was broken.

In: a noun that the lexicon knows. Out: `Binding`s with what became of them: kept, broken, rejected, renewed.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, is_passive, joined, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import in_slot, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import BindingNoun
from dragoman.reading.words import Word
from dragoman.record.around import definite, distinct, phrases_after
from dragoman.record.bonds import Bonds
from dragoman.record.bound_fates import fate_of
from dragoman.record.terms import extent
from dragoman.record.voices import ABLE, Binding

_GUESTS = frozenset(("person", "office", "group", "government_body", "state"))


class BoundNouns(Bonds):
    """Finds commitments told by nouns."""

    def at(self, word: Word, way: BindingNoun) -> list[Binding]:
        """The bindings of a noun."""
        mention = self.cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return []
        if word.dep in ("compound", "amod", "nmod"):
            return []
        slots = slots_of(word)
        verb = slots.governor
        fate, why = fate_of(word, verb)
        if (
            verb is not None
            and fate is None
            and verb.lemma in self.known.verbs
            and word.dep in ("dobj", "nsubjpass", "obj")
            and way.kind in ("agreement", "proposal")
        ):
            return []  # "signed an agreement": the verb tells it
        inner = self.content_of_noun(word, way)
        if not inner and not fate and not way.bare:
            return []
        if way.kind == "agreement":
            return self.deal(word, slots, fate, why)
        if self.empty(word, way, fate, inner):
            return []
        by = self.owner(word, slots, taken=fate in ("agreed", "stalled"))
        if not by:
            return []
        to = self.other_side(word, slots, way, by, inner)
        if fate in ("agreed", "stalled"):
            to = distinct([*to, *self.taker(word, by)])
        first, last = extent(self.r, word, None, phrase=True)
        if way.kind == "invitation":
            last = max(last, self.guest_last(word, to))
        elif inner:
            first, last = extent(self.r, inner[0][0], word, phrase=not inner[0][1])
        status, certain = fate or way.status, 0.62 if inner else 0.55
        reasons = [f"the noun {word.text!r}", *([why] if why else [])]
        return [Binding(word, way.kind, distinct(by), distinct(to), first, last, status, word, certain, reasons)]

    def empty(self, word: Word, way: BindingNoun, fate: str | None, inner: list[tuple[Word, bool]]) -> bool:
        """Whether a noun tells too little of what is bound, or no affair of state: "its commitment to peace"."""
        if way.kind == "demand" and self.market(word):
            return True
        if word.lemma in ("commitment", "assurance", "readiness", "willingness"):
            return not (inner and inner[0][1])
        if inner:
            return False
        if word.lemma in ("offer", "initiative") or (fate is None and way.kind != "promise" and definite(word)):
            return True
        return way.kind == "invitation" and fate not in ("withdrawn", "affirmed")

    def guest_last(self, word: Word, to: list[Side]) -> int:
        """Where the words of an invitation end that names its guest: "its invitation to the king to the fair"."""
        last = max((s.mention.last for s in to if s.mention.first > word.i), default=word.i)
        if last == word.i or self.r.words[last + 1].lower != "to":
            return last
        return max([last, *(o.edges()[1] for o in self.r.words[last + 1].children if o.dep == "pobj")])

    def market(self, word: Word) -> bool:
        """ "Chinese demand for oil rose": what buyers want, no state's demand."""
        return word.lemma == "demand" and word.tag == "NN" and not any(c.dep in ("det", "poss") for c in word.children)

    def other_side(
        self, word: Word, slots: Slots, way: BindingNoun, by: list[Side], inner: list[tuple[Word, bool]]
    ) -> list[Side]:
        """To whom it is put or owed: as the noun has it, else as its verb, its content or the event room has it."""
        own = {id(s.player) for s in by}
        found = [s for s in self.slot(slots, "to", word) if id(s.player) not in own]
        if not found and slots.governor is not None and word.dep in ("dobj", "obj"):
            given = [w for c in slots.governor.children if c.dep == "dative" for w in joined(c)]
            found = [s for w in given for s in sides_at(self.cast, w) if id(s.player) not in own]
        if way.kind == "invitation" and not found:
            found = [
                s
                for p in phrases_after(self.r, self.cast, word)
                if p.prep in ("for", "to")
                and p.mention.players[0].kind in _GUESTS
                and p.mention.kind not in ("place", "adjective")
                for s in p.sides
            ][:1]
        if not found and way.kind in ("demand", "warning") and inner and inner[0][1]:
            found = [s for w in subject_of(inner[0][0]) for s in sides_at(self.cast, w) if id(s.player) not in own]
        if not found and way.kind == "demand" and inner and not inner[0][1]:
            # "its request for an apology from Peru"
            asked = [o for c in inner[0][0].childs("prep") if c.lower == "from" for o in c.childs("pobj")]
            found = [s for o in asked for w in joined(o) for s in sides_at(self.cast, w) if id(s.player) not in own]
        coding = self.coded.get(word.i)
        if not found and coding is not None:
            found = [s for s in coding.recipients if id(s.player) not in own]
        return found

    def content_of_noun(self, word: Word, way: BindingNoun) -> list[tuple[Word, bool]]:
        """What is promised, asked or offered: a clause or phrase behind the noun."""
        for child in word.children:
            if child.dep in ("acl", "relcl") and child.tag == "VB" and any(k.lower == "to" for k in child.children):
                return [(child, True)]
            that = next((k for k in child.children if k.lower == "that"), None)
            bare = child.tag == "VB" or any(k.tag == "MD" for k in child.children)
            marked = that is not None and (that.dep == "mark" or (that.tag == "IN" and bare and child.child("nsubj")))
            if child.dep in ("acl", "ccomp") and marked:
                # "the suggestion that Peru had lied" proposes nothing
                return [(child, True)] if bare or word.lemma != "suggestion" else []
        after = self.r.words[word.i + 1 : word.i + 3]
        if len(after) == 2 and after[0].tag == "TO" and after[1].sentence == word.sentence and after[1].pos != "VERB":
            return [(after[1], True)]  # "its readiness to lend ships", where the parser sees no verb
        for child in word.children:
            if child.dep == "prep" and child.lower in way.preps:
                for obj in child.children:
                    if obj.dep == "pcomp":
                        return [(obj, True)]
                    if (
                        obj.dep == "pobj"
                        and all(self.nameless(s) for s in sides_at(self.cast, obj))
                        and obj.lemma not in self.known.file.idle_contents
                    ):
                        return [(obj, False)]
        return []

    def nameless(self, side: Side) -> bool:
        """Whether a side is only a number of people or things: "its offer of two boats"."""
        return side.player.country is None and side.player.kind in ("group", "population", "unknown")

    def owner(self, word: Word, slots: Slots, *, taken: bool = False) -> list[Side]:
        """Whose promise it is: the possessor, by or from whom, the adjective, else the clause's subject.

        Args:
            taken: the subject accepts or rejects it, so that it is another's.
        """
        for name in ("possessor", "by", "from"):
            found = self.slot(slots, name, word)
            if found:
                return found
        for child in word.children:
            told = any(k.lower == "that" and k.dep == "mark" for k in child.children)
            if child.dep in ("acl", "relcl") and child.pos == "VERB" and child.tag != "VB" and not told:
                found = [s for w in subject_of(child) if w is not word for s in sides_at(self.cast, w)]
                if found:
                    return found
        found = self.slot(slots, "modifier", word)
        if found:
            return found
        if taken and word.dep in ("dobj", "obj"):
            return []
        if slots.light is not None or word.dep in ("dobj", "pobj"):
            found = [
                s
                for s in (
                    in_slot(self.cast, slots, "subject", word)
                    or (
                        [s for w in subject_of(slots.governor) for s in sides_at(self.cast, w)]
                        if slots.governor
                        else []
                    )
                )
                if s.player.kind in ABLE
            ]
            if found:
                return found
        coding = self.coded.get(word.i)
        if coding is not None and coding.actors:
            return coding.actors
        return self.speakers(word)

    def deal(self, word: Word, slots: Slots, fate: str | None, why: str) -> list[Binding]:
        """An agreement named by a noun: with its own date or parties, or with what became of it."""
        parties = distinct(
            [s for n in ("between", "among", "possessor", "modifier", "with") for s in self.slot(slots, n, word)]
        )
        mover: list[Side] = []
        held = word.head.dep if word.dep == "conj" else word.dep
        left = fate == "withdrawn" and held == "pobj"
        if slots.governor is not None and (held in ("dobj", "nsubjpass") or left):
            mover = [s for w in subject_of(slots.governor) for s in sides_at(self.cast, w) if s.player.kind in ABLE]
        if fate is None:
            if len(parties) < 2 or not definite(word):
                return []
            fate, why = "agreed", f"the {word.text} between its parties"
        if fate in ("broken", "withdrawn") and mover and not is_passive(slots.governor or word):
            by = mover
        else:
            by = distinct([*parties, *mover])
        by = by or self.speakers(word)
        if not by:
            return []
        if fate == "agreed" and len({s.player.country for s in by}) < 2 and not parties:
            return []
        first, last = extent(
            self.r,
            word,
            slots.governor if slots.governor is not None and word.dep in ("dobj", "nsubjpass", "nsubj") else None,
            phrase=True,
        )
        return [Binding(word, "agreement", by, by, first, last, fate, word, 0.58, [f"the noun {word.text!r}", why])]

    def given_word(self, word: Word) -> list[Binding]:
        """ "kept its word", "broke his word", "gave Syria his word that"."""
        verb = word.head
        owned = any(c.dep == "poss" for c in word.children)
        if word.dep != "dobj" or not owned or standing_of(verb).status != "occurred":
            return []
        by = distinct([s for w in subject_of(verb) for s in sides_at(self.cast, w) if s.player.kind in ABLE])
        if not by:
            return []
        if verb.lemma == "give":
            clause = next((c for c in word.childs("acl", "ccomp") if c.pos in ("VERB", "AUX")), None)
            if clause is None:
                return []
            first, last = extent(self.r, clause, word)
            to = [s for c in verb.childs("dative") for w in joined(c) for s in sides_at(self.cast, w)]
            return [Binding(word, "promise", by, to, first, last, "open", clause, 0.7, ["gave its word"])]
        if verb.lemma not in ("keep", "break", "honour", "honor"):
            return []
        sentence = self.r.sentences[word.sentence]
        first = min([s.mention.first for s in by if sentence.first <= s.mention.first <= word.i], default=verb.i)
        status = "broken" if verb.lemma == "break" else "fulfilled"
        return [Binding(word, "promise", by, [], first, word.i, status, verb, 0.6, [f"{verb.text} its word"])]
