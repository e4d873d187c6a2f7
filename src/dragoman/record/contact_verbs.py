"""Contacts told by a verb: met, spoke with, telephoned, received, wrote to, signed at.

In: a verb that the lexicon knows. Out: `Draft`s. "Called the president a liar" and "spoke to reporters" are none.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive, slots_of
from dragoman.events.parties import sides_at, strangers
from dragoman.knowledge.contacts import ContactVerb
from dragoman.reading.words import Reading, Word
from dragoman.record.around import (
    acting,
    channels_beside,
    distinct,
    phrases_after,
    place_at,
    public,
    where,
    with_joined,
)
from dragoman.record.scene import PERSONS, Draft, Scene
from dragoman.record.visits import Visits


class Verbs(Scene):
    """Finds contacts told by verbs; visits are left to `Visits`."""

    def __init__(self, reading: Reading, cast: Cast, visits: Visits) -> None:
        super().__init__(reading, cast)
        self.visits = visits

    def at(self, word: Word, ways: tuple[ContactVerb, ...]) -> list[Draft]:
        """The drafts of the first way of use that fits."""
        slots = slots_of(word)
        for way in ways:
            found = self.way(word, slots, way)
            if found:
                return found
        return []

    def way(self, word: Word, slots: Slots, way: ContactVerb) -> list[Draft]:
        """The drafts of one way of use; none where it does not fit."""
        heads = self.heads(slots, way)
        if way.without and any(h.lemma in way.without for h in heads):
            return []
        marks = channels_beside(word) - {"meeting"}
        if way.marked and not self.marked(word, way, marks):
            return []
        match way.role:
            case "visitor":
                return self.visits.going(word, slots, way)
            case "host":
                return self.receiving(word, slots, way, marks)
            case "writer":
                return self.writing(word, slots, heads)
            case "sender":
                return self.visits.sending(word, slots)
            case "signing":
                return self.signing(word, slots)
        subjects = with_joined(self.r, self.cast, acting(self.cast, slots.subject))
        others = self.others(heads, subjects, way.person)
        if way.person and (not others or self.no_call(word, slots)):
            return []
        if not others:
            linear = [p for p in phrases_after(self.r, self.cast, word) if p.prep in way.other and p.prep == "with"]
            others = [s for p in linear[:1] for s in p.sides if all(s.player is not x.player for x in subjects)]
        if way.channel is None and any(s.player.kind in ("group", "population", "unknown") for s in others):
            others = [s for s in others if public(s)]  # "spoke to the villagers"
        if not subjects and not others and way.alone:
            plenty = [w for w in slots.subject if w.tag == "NNS" and w.lemma in self.known.file.officials]
            subjects = strangers(self.r, self.cast, plenty, anything=True)
        if not subjects and others:
            subjects = strangers(self.r, self.cast, [w for w in slots.subject if w.pos == "PROPN"])
        sides = distinct([*subjects, *others])
        if not others and not (
            (way.alone or marks & {"phone", "video"} or self.mutual(word)) and self.several(subjects, slots.subject)
        ):
            return []
        if not subjects and len(sides) < 2:
            return []
        if (
            len(subjects) > 1
            and len(others) == 1
            and any(
                w.lower in ("separately", "individually")
                for w in self.r.words[word.i + 1 : word.i + 12]
                if w.sentence == word.sentence
            )
        ):
            return [
                Draft(word, way.channel, [one, *others], certain=0.8, why=[f"the verb {word.text!r}, separately"])
                for one in subjects
            ]
        channel = (
            next(iter(sorted(marks - {"ceremony", "meeting"}, key=("video", "phone").index)), None)
            if marks - {"ceremony", "meeting"}
            else way.channel
        )
        draft = Draft(word, channel, sides, certain=0.85 if others else 0.6, why=[f"the verb {word.text!r}"])
        self.locate(draft, ("in", "at", "on"))
        if draft.channel is None and (draft.place is not None or self.sidelines(word)):
            draft.channel = "meeting"
        return [draft]

    def heads(self, slots: Slots, way: ContactVerb) -> list[Word]:
        """Heads of the phrases where the other side stands."""
        out: list[Word] = []
        for slot in way.other:
            out += (
                slots.object
                if slot == "object"
                else slots.indirect
                if slot == "indirect"
                else slots.preps.get(slot, [])
            )
        return out

    def marked(self, word: Word, way: ContactVerb, marks: set[str]) -> bool:
        """Whether the channel that the verb needs is named beside it."""
        if way.channel is not None:
            return way.channel in channels_beside(word)
        return bool(marks & {"phone", "video"})

    def no_call(self, word: Word, slots: Slots) -> bool:
        """ "called Bolivia's president a liar", "called on X to", "called off": no telephone rings."""
        if word.lemma != "call":
            return False
        if is_passive(word) or any(c.dep in ("prt", "oprd", "xcomp", "ccomp", "attr") for c in word.children):
            return True
        if any(
            c.dep == "prep" and c.lower in ("on", "for", "off", "upon", "out", "back") and c.i == word.i + 1
            for c in word.children
        ):
            return True
        last = max((s.mention.last for h in slots.object for s in sides_at(self.cast, h)), default=word.i)
        following = self.r.words[last + 1].lower if last + 1 < len(self.r.words) else ""
        return following in ("a", "an", "the", "“", '"', "‘", "his", "her", "their", "to")

    def mutual(self, word: Word) -> bool:
        """ "agreed to speak again", "spoke to each other"."""
        return any(c.lower in ("again", "together") for c in word.children) or any(
            w.lower == "other" for c in word.children if c.dep == "prep" for w in c.children
        )

    def sidelines(self, word: Word) -> bool:
        """Whether it happens on the sidelines of something."""
        sentence = self.r.sentences[word.sentence]
        return any(
            w.lower in ("sidelines", "margins", "fringes")
            for w in self.r.words[word.i : min(sentence.last, word.i + 25)]
        )

    def receiving(self, word: Word, slots: Slots, way: ContactVerb, marks: set[str]) -> list[Draft]:
        """Host and guest of a verb of receiving."""
        hosts = acting(self.cast, slots.subject)
        objects = slots.object
        if not objects and is_passive(word) and word.dep == "xcomp" and word.head.pos == "VERB":
            # "is expected to be received by": the one received stands with the verb above.
            patients = word.head.childs("nsubjpass")
            objects = (
                [word.head.head]
                if patients and patients[0].lower in ("who", "that") and word.head.dep == "relcl"
                else patients
            )
        guests = self.others(objects, hosts, way.person)
        if not guests and not way.person:
            guests = [s for s in acting(self.cast, slots.object) if all(s.player is not h.player for h in hosts)]
        if not guests:
            linear = phrases_after(self.r, self.cast, word)
            bare = [p for p in linear if p.prep == "" and not p.broken and p.mention.players[0].kind in PERSONS]
            guests = (
                [s for p in bare[:1] for s in p.sides if all(s.player is not h.player for h in hosts)] if hosts else []
            )
        if not guests or (not hosts and not is_passive(word)):
            return []
        if not hosts and way.channel != "ceremony":
            return []
        draft = Draft(word, way.channel, distinct([*hosts, *guests]), certain=0.85, why=[f"the verb {word.text!r}"])
        draft.host = next((h.player.country for h in hosts if h.player.country), None)
        found = where(self.r, self.cast, word, ("in", "at"))
        if found is not None:
            draft.place, draft.host = found[0], found[1] or draft.host
        return [draft]

    def signing(self, word: Word, slots: Slots) -> list[Draft]:
        """ "the presidents signed the charter at the palace": several persons at a place that is named."""
        signers = [
            s for s in with_joined(self.r, self.cast, acting(self.cast, slots.subject)) if s.player.kind in PERSONS
        ]
        if len({s.player.country for s in signers}) < 2:
            return []
        at = [
            o
            for c in word.children
            if c.dep == "prep" and c.lower in ("in", "at")
            for o in c.children
            if o.dep == "pobj" and o.ent not in ("DATE", "TIME")
        ]
        at = [o for o in at if o.pos == "PROPN" or any(c.pos == "PROPN" for c in o.children)]
        if not at:
            return []
        found = place_at(self.r, self.cast, at[0])
        draft = Draft(word, "ceremony", signers, certain=0.6, why=[f"the verb {word.text!r} with a place"])
        if found is not None:
            draft.place, draft.host = found
        return [draft]

    def writing(self, word: Word, slots: Slots, heads: list[Word]) -> list[Draft]:
        """Writer and reader of a verb of writing."""
        writers = acting(self.cast, slots.subject)
        readers = [
            s
            for s in self.others(heads, writers, False)
            if s.player.kind in (*PERSONS, "igo", "government_body", "state")
        ]
        if not writers or not readers:
            return []
        return [Draft(word, "letter", distinct([*writers, *readers]), certain=0.8, why=[f"the verb {word.text!r}"])]
