"""Commitments told by a noun: its pledge to, the demand for, the agreement that was broken.

In: a noun that the lexicon knows. Out: `Binding`s with what became of them: kept, broken, rejected, renewed.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, is_passive, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import in_slot, sides_at
from dragoman.events.status import standing_of
from dragoman.knowledge.commitments import BindingNoun
from dragoman.reading.words import Word
from dragoman.record.around import definite, distinct, phrases_after
from dragoman.record.terms import extent
from dragoman.record.voices import ABLE, Binding, Voices


class BoundNouns(Voices):
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
        fate, why = self.fate(word, verb)
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
        if fate is None and way.kind in ("demand", "warning", "proposal") and (definite(word) and not inner):
            return []
        if not inner and (word.lemma in ("commitment", "offer", "assurance", "initiative") or way.kind == "invitation"):
            return []
        if word.lemma in ("commitment", "assurance") and not (inner and inner[0][1]):
            return []  # "its commitment to peace"
        by = self.owner(word, slots)
        if not by:
            return []
        status: str = fate or way.status
        first, last = extent(self.r, word, None, phrase=True)
        if inner:
            low, high = extent(self.r, inner[0][0], word, phrase=not inner[0][1])
            first, last = low, high
        to = [s for s in self.slot(slots, "to", word) if all(s.player is not b.player for b in by)]
        if way.kind == "invitation":
            to = (
                to
                or [
                    s
                    for p in phrases_after(self.r, self.cast, word)
                    if p.prep in ("for", "to") and p.mention.players[0].kind in ("person", "office")
                    for s in p.sides
                ][:1]
            )
            first, last = extent(self.r, word, None, phrase=True)
        if not to:
            coding = self.coded.get(word.i)
            to = (
                [s for s in coding.recipients if all(s.player is not b.player for b in by)]
                if coding is not None
                else []
            )
        certain = 0.62 if inner else 0.55
        return [
            Binding(
                word,
                way.kind,
                distinct(by),
                distinct(to),
                first,
                last,
                status,
                word,
                certain,
                [f"the noun {word.text!r}", *([why] if why else [])],
            )
        ]

    def content_of_noun(self, word: Word, way: BindingNoun) -> list[tuple[Word, bool]]:
        """What is promised, asked or offered: a clause or phrase behind the noun."""
        for child in word.children:
            if child.dep in ("acl", "relcl") and child.tag == "VB" and any(k.lower == "to" for k in child.children):
                return [(child, True)]
            if child.dep in ("acl", "ccomp") and any(k.dep == "mark" and k.lower == "that" for k in child.children):
                return [(child, True)]
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
                        and not sides_at(self.cast, obj)
                        and obj.lemma not in self.known.file.idle_contents
                    ):
                        return [(obj, False)]
        return []

    def owner(self, word: Word, slots: Slots) -> list[Side]:
        """Whose promise it is: the possessor, by or from whom, the adjective, else the clause's subject."""
        for name in ("possessor", "by", "from"):
            found = self.slot(slots, name, word)
            if found:
                return found
        for child in word.children:
            if child.dep in ("acl", "relcl") and child.pos == "VERB" and child.tag != "VB":
                found = [s for w in subject_of(child) if w is not word for s in sides_at(self.cast, w)]
                if found:
                    return found
        found = self.slot(slots, "modifier", word)
        if found:
            return found
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

    def fate(self, word: Word, verb: Word | None) -> tuple[str | None, str]:
        """What a verb does to the commitment a noun names: kept, broken, rejected, renewed."""
        for child in word.children:
            if child.dep == "amod" and child.lower in ("broken", "renewed", "rejected", "reiterated"):
                return {"broken": "broken", "renewed": "affirmed", "rejected": "stalled", "reiterated": "affirmed"}[
                    child.lower
                ], f"{child.text} {word.text}"
        if verb is None or word.dep not in ("dobj", "obj", "nsubjpass", "nsubj", "pobj"):
            return None, ""
        particles = {c.lower for c in verb.children if c.dep in ("prep", "prt", "acomp", "advmod", "oprd")}
        negated = any(c.dep == "neg" for c in verb.children) or any(
            a.lemma == "fail" for a in list(verb.ancestors())[:1]
        )
        why = f"{verb.text} ... {word.text}"
        standing = standing_of(verb).status
        if verb.lemma in self.known.file.keeping and negated:
            return ("broken", f"not {why}") if standing in ("negated", "occurred") else (None, "")
        if standing not in ("occurred",):
            return None, ""
        if not particles.isdisjoint(self.known.file.delivering.get(verb.lemma, ())):
            return "fulfilled", why
        if word.dep == "pobj" and verb.lemma not in ("renege", "deliver"):
            return None, ""
        fate = self.known.fates.get(verb.lemma)
        if fate is None or (
            word.dep == "nsubj" and verb.lemma not in ("lapse", "collapse", "unravel", "stall", "falter")
        ):
            return None, ""
        if fate == "under_way" and verb.tag != "VBG":
            fate = "fulfilled"
        return fate, why

    def deal(self, word: Word, slots: Slots, fate: str | None, why: str) -> list[Binding]:
        """An agreement named by a noun: with its own date or parties, or with what became of it."""
        parties = distinct(
            [s for n in ("between", "among", "possessor", "modifier", "with") for s in self.slot(slots, n, word)]
        )
        mover: list[Side] = []
        if slots.governor is not None and word.dep in ("dobj", "nsubjpass"):
            mover = [s for w in subject_of(slots.governor) for s in sides_at(self.cast, w) if s.player.kind in ABLE]
        if fate is None:
            if len(parties) < 2 or not definite(word):
                return []
            fate, why = "agreed", f"the {word.text} between its parties"
        if fate == "broken" and mover and not is_passive(slots.governor or word):
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
        """ "kept its word", "broke his word"."""
        verb = word.head
        if (
            word.dep != "dobj"
            or not any(c.dep == "poss" for c in word.children)
            or verb.lemma not in ("keep", "break", "honour", "honor")
        ):
            return []
        if standing_of(verb).status != "occurred":
            return []
        by = [s for w in subject_of(verb) for s in sides_at(self.cast, w)]
        if not by:
            return []
        sentence = self.r.sentences[word.sentence]
        first = min([s.mention.first for s in by if sentence.first <= s.mention.first <= word.i], default=verb.i)
        return [
            Binding(
                word,
                "promise",
                distinct(by),
                [],
                first,
                word.i,
                "broken" if verb.lemma == "break" else "fulfilled",
                verb,
                0.6,
                [f"{verb.text} its word"],
            )
        ]
