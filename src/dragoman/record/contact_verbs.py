"""Contacts told by a verb: met, spoke with, telephoned, received, wrote to, signed at.

In: a verb that the lexicon knows. Out: `Draft`s. "Called the president a liar" and "spoke to reporters" are none.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive, joined, slots_of
from dragoman.events.coding import Side
from dragoman.events.parties import sides_at, strangers
from dragoman.knowledge.contacts import ContactVerb
from dragoman.reading.words import Reading, Word
from dragoman.record.around import (
    acting,
    channels_beside,
    distinct,
    headed,
    phrases_after,
    public,
    where,
    with_joined,
)
from dragoman.record.scene import PERSONS, Draft, Scene
from dragoman.record.visits import Visits
from dragoman.record.whereabouts import Spot, place_at


class Verbs(Scene):
    """Finds contacts told by verbs; visits are left to `Visits`."""

    def __init__(self, reading: Reading, cast: Cast, visits: Visits) -> None:
        super().__init__(reading, cast)
        self.visits = visits

    def at(self, word: Word, ways: tuple[ContactVerb, ...]) -> list[Draft]:
        """The drafts of the first way of use that fits."""
        slots = slots_of(word)
        head = headed(word)
        if head is not None and acting(self.cast, joined(head)):
            slots.subject = joined(head)
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
        if way.particle and slots.particles.isdisjoint(way.particle):
            return []
        if way.objects and not any(o.lemma in way.objects or o.lower in way.objects for o in slots.object):
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
        return self.meeting(word, slots, way, heads)

    def meeting(self, word: Word, slots: Slots, way: ContactVerb, heads: list[Word]) -> list[Draft]:
        """Both sides of a verb that takes both alike."""
        subjects, others = self.two_sides(word, slots, way, heads)
        marks = channels_beside(word) & {"phone", "video"}
        if not others and not marks and word.lemma in self.known.file.topic_verbs:
            return self.gone_into(word, slots, subjects)
        sides = distinct([*subjects, *others])
        named = len({s.player.country for s in subjects if s.player.country}) > 1
        if not others and not (
            (way.alone or (marks and not way.person) or self.mutual(word)) and self.several(subjects, slots.subject)
        ):
            return []
        if (not subjects and (len(sides) < 2 or is_passive(word))) or self.sporting(word, sides):
            return []
        why = [f"the verb {word.text!r}"]
        channel = "video" if "video" in marks else "phone" if marks else way.channel
        legs = self.legs(word, others)
        if legs:
            return [
                Draft(word, channel, distinct([*subjects, leg]), host=spot[1], place=spot[0], certain=0.8, why=why)
                for leg, spot in legs
            ]
        draft = Draft(word, channel, sides, certain=0.85 if others else 0.75 if named else 0.6, why=why)
        self.locate(draft, ("in", "at", "on"))
        if draft.channel in (None, "other") and (draft.place is not None or self.sidelines(word)):
            draft.channel = "meeting"
        return self.apart(draft, subjects, others)

    def gone_into(self, word: Word, slots: Slots, subjects: list[Side]) -> list[Draft]:
        """ "The two ministers discussed the pipeline": more of a contact told before, none by itself."""
        many = self.several(subjects, slots.subject) or any(w.lower == "they" for w in slots.subject)
        if not slots.object or not many:
            return []
        return [Draft(word, None, subjects, back=True, certain=0.3, why=[f"the verb {word.text!r}"])]

    def two_sides(self, word: Word, slots: Slots, way: ContactVerb, heads: list[Word]) -> tuple[list[Side], list[Side]]:
        """The sides in the subject and those where the verb has its other side."""
        subjects = with_joined(self.r, self.cast, acting(self.cast, slots.subject))
        others = self.others(heads, subjects, way.person)
        if way.person and (not others or self.no_call(word, slots)):
            return [], []
        if not others:
            linear = [p for p in phrases_after(self.r, self.cast, word) if p.prep in way.other and p.prep == "with"]
            press = self.known.file.press
            others = [
                s
                for p in linear[:1]
                for s in p.sides
                if all(s.player is not x.player for x in subjects) and self.r.words[s.mention.root].lemma not in press
            ]
        if way.channel in (None, "other") and any(s.player.kind in ("group", "population", "unknown") for s in others):
            others = [s for s in others if public(s)]  # "spoke to the villagers"
        if not subjects and not others and way.alone:
            plenty = [w for w in slots.subject if w.tag == "NNS" and w.lemma in self.known.file.officials]
            subjects = strangers(self.r, self.cast, plenty, anything=True)
        if not subjects and others:
            subjects = strangers(self.r, self.cast, [w for w in slots.subject if w.pos == "PROPN"])
        return subjects, others

    def legs(self, word: Word, others: list[Side]) -> list[tuple[Side, Spot]]:
        """ "met A in Rome in the morning and B in Paris": each with the place behind him; none unless all have one."""
        sentence = self.r.sentences[word.sentence]
        out: list[tuple[Side, Spot | None]] = []
        for i in range(word.i + 1, sentence.last):
            other = self.r.words[i]
            if other.tag in ("VBD", "VBZ", "VBP", "MD") or other.text == ";":
                break
            mention = self.cast.at(i)
            if mention is not None and mention.first == i and mention.players[0].kind in PERSONS:
                joined = self.r.words[i - 1].lower in ("and", ",")
                if (not out and any(s.mention is mention for s in others)) or (
                    joined and out and out[-1][1] is not None
                ):
                    out.append((Side(mention.players[0], mention), None))
            elif out and out[-1][1] is None and self.r.words[i - 1].lower in ("in", "at"):
                out[-1] = (out[-1][0], place_at(self.r, self.cast, other))
        legs = [(side, spot) for side, spot in out if spot is not None]
        return legs if len(legs) > 1 and len(legs) == len(out) else []

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
            w.lower == "other"
            for c in word.children
            if c.dep == "prep" and c.lower in ("to", "with")
            for w in c.children
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
