"""Contacts told by a noun: a meeting, talks, a call, a letter, the participation in a ceremony.

In: a noun that the lexicon knows. Out: `Draft`s. A call *for* something is a demand; a definite noun without parties
of its own only goes back to a contact told before.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, strangers
from dragoman.knowledge.contacts import ContactNoun
from dragoman.reading.words import Reading, Word
from dragoman.record.around import (
    acting,
    channels_beside,
    definite,
    distinct,
    phrases_after,
    with_joined,
)
from dragoman.record.scene import MANY, PERSONS, Draft, Scene
from dragoman.record.visits import Visits


class Nouns(Scene):
    """Finds contacts told by nouns; visits are left to `Visits`."""

    def __init__(self, reading: Reading, cast: Cast, visits: Visits) -> None:
        super().__init__(reading, cast)
        self.visits = visits

    def at(self, word: Word, ways: tuple[ContactNoun, ...]) -> list[Draft]:
        """The drafts of a noun."""
        mention = self.cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return []
        if word.dep in ("compound", "amod", "nmod") and word.head is not word and word.head.pos in ("NOUN", "PROPN"):
            return []
        way = ways[0]
        plural = word.tag in ("NNS", "NNPS")
        if way.plural and not plural:
            return []
        if way.name == "call" and self.demand(word):
            return []
        match way.role:
            case "visitor":
                return self.visits.visit(word)
            case "writer":
                return self.letter(word)
            case "guest":
                return self.guests(word, way)
        return self.talks(word, way)

    def demand(self, word: Word) -> bool:
        """Whether a "call" is a demand, or no telephone call by any sign."""
        following = self.r.words[word.i + 1].lower if word.i + 1 < len(self.r.words) else ""
        if following in self.known.file.demanding:
            return True
        marks = channels_beside(word)
        with_ = any(c.dep == "prep" and c.lower in ("with", "between", "from") for c in word.children)
        return not (
            marks & {"phone", "video"}
            or with_
            or (definite(word) and word.head.lower in ("in", "during", "on", "after", "of"))
            or word.head.lemma in ("hold", "have")
            or (word.head.lemma in self.known.file.taking and marks)
        )

    def named_at(self, word: Word, slots: Slots) -> list[Side]:
        """The parties named at the noun: with, between, among, of, whose."""
        phrases = phrases_after(self.r, self.cast, word)
        out: list[Side] = []
        for prep in ("with", "between", "among", "by"):
            out += acting(self.cast, slots.preps.get(prep, []))
        for phrase in phrases:
            prep = phrase.prep
            if (
                prep in ("with", "between", "among")
                and not phrase.broken
                and not (phrase.mention.kind == "place" and prep != "between")
            ):
                out += phrase.sides
        for heads in (slots.possessor, slots.modifier):
            out += [s for s in acting(self.cast, heads) if s.player.country or s.player.kind in PERSONS]
        for head in slots.preps.get("of", []):
            found = acting(self.cast, [head])
            out += [
                s
                for s in found
                if s.player.kind in (*PERSONS, "state", "group", "government_body") and s.mention.kind != "place"
            ]
        return distinct([s for s in out if s.player.kind != "media"])

    def talks(self, word: Word, way: ContactNoun) -> list[Draft]:
        """A meeting, talks or a call, with the sides named at the noun and those of its verb."""
        slots = slots_of(word)
        named = self.named_at(word, slots)
        carried, held, hosts = self.carried_by(word, slots)
        if held and not hosts and not named:
            carried = with_joined(self.r, self.cast, carried)
        sides = (
            named
            if len(named) > 1 and hosts
            else distinct([*carried, *named] if not (len(named) > 1 and not held) else named)
        )
        marks = channels_beside(word) | (
            channels_beside(slots.governor) & {"phone", "video"}
            if slots.light is not None and slots.governor is not None
            else set()
        )
        channel: str = way.channel
        if "video" in marks:
            channel = "video"
        elif "phone" in marks:
            channel = "phone"
        draft = Draft(word, channel, sides, why=[f"the noun {word.text!r}"])
        self.locate(draft, ("in", "at"))
        if hosts and carried and draft.host is None and draft.place is None:
            draft.host = carried[0].player.country
        draft.back = definite(word)
        if hosts and carried and draft.host is not None and (not draft.back or self.dated(word)):
            draft.back, draft.certain = False, 0.65
            return [draft]
        if draft.back and not named and self.dated(word):
            # "the telephone call of 11 June": a contact of its own; its parties stand around.
            draft.sides = distinct([*sides, *self.around(word)])
            draft.back, draft.certain = False, 0.55
            draft.dated = True
            return [draft] if draft.sides else []
        if way.weak and not (
            len(named) > 1
            or (named and carried)
            or (held and sides)
            or draft.back
            or {"phone", "video"} & marks
            or (len(carried) > 1 and self.shaped(word))
        ):
            return []
        if len(sides) >= 2:
            draft.certain = 0.85 if len(named) >= 1 else 0.7
            draft.back = draft.back and not named
            return [draft]
        if (
            sides
            and (held or self.several(sides, slots.subject))
            and (draft.place is not None or any(s.player.kind in MANY for s in sides))
        ):
            draft.certain = 0.6
            return [draft]
        if held and draft.place is not None and not sides:
            draft.certain = 0.45
            return [draft]
        ahead = any(
            c.lower in self.known.file.ahead or c.lower in self.known.file.back
            for c in word.children
            if c.dep in ("amod", "compound")
        )
        if ahead and not sides and (held or draft.place is not None):
            # "the next round will be held in Lima": its parties are those of the talks told before.
            draft.ellipsis, draft.certain = True, 0.55
            return [draft]
        if draft.back:
            draft.certain = 0.3
            return [draft]
        if sides and named:
            draft.certain = 0.5
            return [draft]
        return []

    def shaped(self, word: Word) -> bool:
        """Whether a word at the noun says how many sat down: "three-way"."""
        return any(
            c.lower in self.known.file.shapes for c in word.children if c.dep in ("amod", "compound", "nmod", "nummod")
        )

    def letter(self, word: Word) -> list[Draft]:
        """A letter or message, with writer and reader."""
        slots = slots_of(word)
        following = self.r.words[word.i + 1].lower if word.i + 1 < len(self.r.words) else ""
        if following == "of" and word.lemma != "message":
            return []
        to = [
            s
            for s in acting(self.cast, slots.preps.get("to", []) + slots.indirect)
            if s.player.kind in (*PERSONS, "igo", "government_body", "state")
        ]
        if not to:
            to = [
                s
                for p in phrases_after(self.r, self.cast, word)[:2]
                if p.prep == "to" and not p.broken
                for s in p.sides
            ]
        if not to:
            heads = [
                h for h in slots.preps.get("to", []) if h.lemma in self.known.file.officials or h.lemma == "council"
            ]
            to = [s for h in heads for s in hidden_sides(self.cast, h)] or strangers(
                self.r, self.cast, heads, anything=True
            )
        writers = [
            s
            for heads in (
                slots.possessor,
                slots.preps.get("from", []),
                slots.preps.get("by", []),
                slots.modifier,
                slots.subject,
            )
            for s in acting(self.cast, heads)
        ]
        if not writers and word.dep == "pobj" and slots.governor is not None:
            writers = acting(self.cast, subject_of(slots.governor))
        sent = slots.light is not None and slots.light.lemma in (
            "send",
            "deliver",
            "hand",
            "convey",
            "address",
            "receive",
            "submit",
            "write",
            "present",
        )
        inside = word.dep == "pobj" and word.head.lower in ("in", "via", "through")
        if word.lemma == "letter" and inside and writers and not to:
            # "the embassy denied it in a letter": somebody wrote it, to whom is not said.
            return [
                Draft(
                    word,
                    "letter",
                    distinct(writers[:1]),
                    certain=0.55,
                    back=definite(word),
                    why=[f"the noun {word.text!r}"],
                )
            ]
        if not to or not writers:
            return []
        if word.lemma != "letter" and not sent:
            return []
        return [Draft(word, "letter", distinct([*writers, *to]), certain=0.75, why=[f"the noun {word.text!r}"])]

    def guests(self, word: Word, way: ContactNoun) -> list[Draft]:
        """ "the participation of the king in the ceremony", "attended the opening", "a ceremony hosted by"."""
        attending = self.known.file.attending
        sentence = self.r.sentences[word.sentence]
        slots = slots_of(word)
        if word.lemma in ("opening", "signing") and not (
            slots.governor is not None and slots.governor.lemma in attending
        ):
            return []
        sides: list[Side] = []
        certain, found_at = 0.7, word.i
        for i in range(word.i - 1, max(sentence.first, word.i - 34) - 1, -1):
            other = self.r.words[i]
            if other.lemma not in attending:
                continue
            if other.lemma in ("part", "partake") and other.head.lemma != "take" and other.lemma == "part":
                continue
            if other.pos == "VERB" or other.lemma == "part":
                verb = other if other.pos == "VERB" else other.head
                sides = acting(self.cast, subject_of(verb))
                if is_passive(verb):
                    sides = [s for p in phrases_after(self.r, self.cast, verb) if p.prep == "by" for s in p.sides]
            else:
                sides = [
                    Side(p, m)
                    for m in self.cast.within(other.i + 1, word.i - 1)
                    if m.kind not in ("place", "adjective", "pronoun")
                    for p in m.players
                ]
                sides = sides or acting(self.cast, slots_of(other).possessor)
            found_at = other.i
            break
        hosted = [s for p in phrases_after(self.r, self.cast, word) if p.prep == "by" for s in p.sides]
        if (
            not sides
            and slots.governor is not None
            and slots.governor.lemma in (self.known.file.hosting | self.known.file.carriers)
            and word.head is slots.governor
        ):
            sides = acting(self.cast, subject_of(slots.governor))
            hosted = sides if slots.governor.lemma in self.known.file.hosting else hosted
            certain = 0.6
        if not sides and word.lemma == "ceremony" and slots.possessor:
            sides = acting(self.cast, slots.possessor)
        if not sides and hosted:
            sides = hosted
        if not sides:
            return (
                [Draft(word, "ceremony", [], back=True, certain=0.25)]
                if definite(word) and word.lemma == "ceremony"
                else []
            )
        draft = Draft(
            word,
            "ceremony",
            distinct([*sides, *hosted]),
            certain=certain,
            extra=[found_at],
            why=[f"the noun {word.text!r}"],
        )
        self.locate(draft, ("in", "at"))
        if draft.host is None and hosted:
            draft.host = hosted[0].player.country
        return [draft]
