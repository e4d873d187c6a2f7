"""Contacts told by a noun: a meeting, talks, a call, a letter, the participation in a ceremony.

In: a noun that the lexicon knows. Out: `Draft`s. A call *for* something is a demand; a definite noun without parties
of its own only goes back to a contact told before.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, slots_of
from dragoman.events.coding import Side
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
from dragoman.record.ceremonies import Ceremonies
from dragoman.record.letters import Letters
from dragoman.record.scene import DURING, MANY, PERSONS, Draft, Scene
from dragoman.record.visits import Visits


class Nouns(Scene):
    """Finds contacts told by nouns; visits, letters and ceremonies have finders of their own."""

    def __init__(self, reading: Reading, cast: Cast, visits: Visits) -> None:
        super().__init__(reading, cast)
        self.visits = visits
        self.letters = Letters(reading, cast)
        self.ceremonies = Ceremonies(reading, cast)

    def at(self, word: Word, ways: tuple[ContactNoun, ...]) -> list[Draft]:
        """The drafts of a noun."""
        mention = self.cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return []
        plural = word.tag in ("NNS", "NNPS")
        if word.dep in ("compound", "amod", "nmod") and word.head is not word and not (plural and self.headed(word)):
            return []
        way = ways[0]
        if way.plural and not plural:
            return []
        if way.name == "call" and self.demand(word):
            return []
        match way.role:
            case "visitor":
                return self.visits.visit(word)
            case "writer":
                return self.letters.letter(word)
            case "guest":
                return self.ceremonies.guests(word)
        return self.talks(word, way)

    def headed(self, word: Word) -> bool:
        """ "Peru-Chile talks resume in Lima": a headline's verb that the parser takes for a noun."""
        head = word.head
        if head.pos not in ("NOUN", "PROPN"):
            return True
        file = self.known.file
        verbs = file.carriers | file.cancelled | file.postponed | {"collapse", "stall", "loom"}
        return head.i == word.i + 1 and head.dep == "ROOT" and head.lemma in verbs

    def demand(self, word: Word) -> bool:
        """Whether a "call" is a demand, or no telephone call by any sign."""
        following = self.r.words[word.i + 1].lower if word.i + 1 < len(self.r.words) else ""
        marks = channels_beside(word)
        if following in self.known.file.demanding and not marks & {"phone", "video"}:
            return True
        with_ = any(c.dep == "prep" and c.lower in ("with", "between", "from") for c in word.children)
        return not (
            marks & {"phone", "video"}
            or with_
            or (definite(word) and word.head.lower in ("in", "during", "on", "after", "of"))
            or word.head.lemma in ("hold", "have")
            or (word.head.lemma in self.known.file.taking and marks)
        )

    def named_at(self, word: Word, slots: Slots, way: ContactNoun) -> list[Side]:
        """The parties named at the noun: with, between, among, of, whose."""
        phrases = phrases_after(self.r, self.cast, word)
        out: list[Side] = []
        for prep in ("with", "between", "among", "by", *way.preps):
            out += acting(self.cast, slots.preps.get(prep, []))
        for phrase in phrases:
            prep = phrase.prep
            if (
                prep in ("with", "between", "among", *way.preps)
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
        named = self.named_at(word, slots, way)
        carried, held, hosts = self.carried_by(word, slots)
        led = word.dep == "pobj" and word.head.lower in DURING
        if way.held and not (held or led or any(p.prep == "with" for p in phrases_after(self.r, self.cast, word)[:1])):
            return []
        if held and not hosts and not named:
            carried = with_joined(self.r, self.cast, carried)
        verb = word.head.head if led else None
        told = self.addressed(verb) if verb is not None and not named and self.to_both(word, way) else []
        sides = named if len(named) > 1 and (hosts or not held) else distinct([*carried, *told, *named])
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
        if hosts and carried and draft.host is None:
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
            return self.apart(draft, carried, told or [s for s in named if s not in carried])
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

    def to_both(self, word: Word, way: ContactNoun) -> bool:
        """ "in a call, X thanked Y", "X thanked Y during their meeting": whom the verb addresses takes part, too."""
        return way.name == "call" or any(c.dep == "poss" and c.lower == "their" for c in word.children)

    def shaped(self, word: Word) -> bool:
        """Whether a word at the noun says how many sat down: "three-way"."""
        return any(
            c.lower in self.known.file.shapes for c in word.children if c.dep in ("amod", "compound", "nmod", "nummod")
        )
