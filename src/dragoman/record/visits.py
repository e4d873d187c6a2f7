"""Visits: who goes where, told by verbs, nouns, invitations, and by who is expected.

In: a word that names a visit. Out: `Draft`s with visitor and host. A journey home, or inside one country, is none.
"""

from __future__ import annotations

from dragoman.events.arguments import Slots, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import sides_at, strangers
from dragoman.knowledge.contacts import ContactVerb
from dragoman.reading.words import Word
from dragoman.record.around import (
    Phrase,
    acting,
    definite,
    distinct,
    phrases_after,
    where,
)
from dragoman.record.occasions import called_off
from dragoman.record.scene import INTO, PERSONS, Draft, Scene
from dragoman.record.whereabouts import is_place, place_at


class Visits(Scene):
    """Finds the visits of one report."""

    def going(self, word: Word, slots: Slots, way: ContactVerb) -> list[Draft]:
        """Visits told by a verb of visiting or going, one a goal."""
        if word.dep == "amod":
            return []  # "told the visiting premier": he visits, whoever told him
        subjects = acting(self.cast, slots.subject)
        subjects = [s for s in subjects if s.player.kind not in ("population", "armed_group", "company", "party")]
        governor = self.inviter(word)
        if governor is not None:
            subjects = self.invited(governor, word) or subjects
        if not subjects:
            subjects = list(
                strangers(
                    self.r, self.cast, [w for w in slots.subject if w.lemma in self.known.file.officials], anything=True
                )
            )
        if not subjects:
            return []
        visitor = subjects[0]
        if way.official and not self.official(visitor, slots.subject):
            return []
        drafts: list[Draft] = []
        for place, country, sides in self.goals(word, slots, way):
            if country is not None and country == visitor.player.country:
                continue
            if country is None and (way.official or place is None) and not sides:
                continue
            if way.official and country is None:
                continue
            drafts.append(
                Draft(word, "visit", distinct([*subjects, *sides]), visitor=visitor, host=country, place=place,
                      certain=0.75 if way.official else 0.8, why=[f"the verb {word.text!r}"])
            )  # fmt: skip
        if not drafts and word.lemma == "visit" and governor is not None:
            host = next((s.player.country for s in self.inviting_sides(governor)), None)
            if host is not None and host != visitor.player.country:
                drafts.append(
                    Draft(
                        word,
                        "visit",
                        distinct([*subjects, *self.inviting_sides(governor)]),
                        visitor=visitor,
                        host=host,
                        certain=0.7,
                        why=[f"the verb {word.text!r}"],
                    )
                )
        return drafts

    def goals(
        self, word: Word, slots: Slots, way: ContactVerb
    ) -> list[tuple[tuple[int, int] | None, str | None, list[Side]]]:
        """Where a visit goes: places, or people seen there."""
        heads: list[Word] = []
        names = INTO.get(word.lemma, ("to",)) if way.official else ("object",)
        for name in names:
            heads += slots.object if name == "object" else slots.preps.get(name, [])
        out: list[tuple[tuple[int, int] | None, str | None, list[Side]]] = []
        for head in heads:
            found = place_at(self.r, self.cast, head)
            if found is not None:
                out.append((found[0], found[1], []))
                continue
            sides = [
                s
                for s in sides_at(self.cast, head)
                if s.player.kind in (*PERSONS, "group", "government_body", "igo") and s.mention.kind != "place"
            ]
            if sides and not way.official:
                near = where(self.r, self.cast, word, ("in", "at"))
                out.append((near[0] if near else None, (near[1] if near else None) or sides[0].player.country, sides))
        linear = phrases_after(self.r, self.cast, word)
        if not out and any(c.lower == "there" and c.dep == "advmod" for c in word.children):
            # "invited her to the capital and she agreed to travel there"
            before = [
                m
                for m in self.cast.within(self.r.sentences[word.sentence].first, word.i - 1)
                if m.players[0].kind == "state"
            ]
            out += [((m.first, m.last), m.players[0].country, []) for m in before[-1:]]
        if way.official:
            for phrase in linear:
                if (
                    phrase.prep in names
                    and is_place(phrase.mention)
                    and not phrase.broken
                    and all(o[0] != (phrase.mention.first, phrase.mention.last) for o in out)
                ):
                    out.append(((phrase.mention.first, phrase.mention.last), phrase.mention.players[0].country, []))
                    break
        elif out and out[0][0] is not None:
            # "will visit La Paz on July 15 and Asuncion on July 17": a capital behind "and" is the next stop.
            for phrase in linear:
                first = phrase.mention.first
                if (
                    is_place(phrase.mention)
                    and self.r.words[first - 1].lower == "and"
                    and all(o[0] != (first, phrase.mention.last) for o in out)
                ):
                    out.append(((first, phrase.mention.last), phrase.mention.players[0].country, []))
        return out

    def invitation(self, word: Word) -> list[Draft]:
        """ "invited the premier to Porto": a visit, proposed, though no word names the visit."""
        phrases = phrases_after(self.r, self.cast, word)
        invited = self.invited(word, None)
        hosts = self.inviting_sides(word)
        if not invited or not hosts or invited[0].player is hosts[0].player:
            return []
        place: tuple[int, int] | None = None
        country: str | None = hosts[0].player.country
        slots = slots_of(word)
        for head in slots.preps.get("to", []):
            found = place_at(self.r, self.cast, head)
            if found is not None:
                place = found[0]
                country = found[1] or country
            elif (
                head.pos == "PROPN"
                and head.head.lower == "to"
                and not any(s.player.country for s in sides_at(self.cast, head))
            ):
                place = (head.i, head.i)  # a town no list knows
        if place is None:
            spot = next((p for p in phrases if p.prep == "to" and is_place(p.mention)), None)
            if spot is None:
                return []
            place = (spot.mention.first, spot.mention.last)
            country = spot.mention.players[0].country or country
        if any(w.pos == "VERB" for w in self.r.words[word.i + 1 : place[0]]):
            return []  # "invited X to visit Y": the words of the visit itself tell it
        if country is None or country == invited[0].player.country:
            return []
        sides = distinct([*invited, *hosts])
        why = [f"the word {word.text!r} with a place to come to"]
        draft = Draft(word, "visit", sides, visitor=invited[0], host=country, place=place, certain=0.7, why=why)
        draft.status = "proposed"
        return [draft]

    def awaited(self, word: Word) -> list[Draft]:
        """ "was due in Maputo", "is expected in Varna": a visit ahead; "had been due in": it fell through."""
        goals = [
            place_at(self.r, self.cast, o)
            for c in word.children
            if c.dep == "prep" and c.lower in ("in", "at")
            for o in c.children
            if o.dep == "pobj"
        ]
        verb = word if word.pos == "VERB" else word.head
        if word.pos == "ADJ" and not any(goals):
            goals = [
                place_at(self.r, self.cast, o)
                for c in verb.children
                if c.dep == "prep" and c.lower in ("in", "at") and c.i > word.i
                for o in c.children
                if o.dep == "pobj"
            ]
        patients = [c for c in verb.children if c.dep in ("nsubjpass", "nsubj")]
        heads = [verb.head if p.lower in ("who", "that", "which") and verb.dep == "relcl" else p for p in patients]
        goers = acting(self.cast, heads)
        if verb.pos not in ("VERB", "AUX") or not goers or goers[0].player.kind not in (*PERSONS, "group"):
            return []
        had = any(c.lower == "had" for c in verb.children)
        return [
            Draft(word, "visit", goers, visitor=goers[0], host=goal[1], place=goal[0], certain=0.6,
                  why=[f"the word {word.text!r} with a place"], status="cancelled" if had else "planned")
            for goal in goals
            if goal is not None and goal[1] is not None and goal[1] != goers[0].player.country
        ]  # fmt: skip

    def sending(self, word: Word, slots: Slots) -> list[Draft]:
        """ "dispatched its envoy to Quito": a visit of the one who is sent."""
        goers = self.others(slots.object, [], True)
        found = next((place_at(self.r, self.cast, h) for h in slots.preps.get("to", [])), None)
        if found is None:
            spot = next(
                (p for p in phrases_after(self.r, self.cast, word) if p.prep == "to" and is_place(p.mention)), None
            )
            found = (
                ((spot.mention.first, spot.mention.last), spot.mention.players[0].country) if spot is not None else None
            )
        if not goers or found is None or found[1] is None or found[1] == goers[0].player.country:
            return []
        if not self.official(goers[0], slots.object):
            return []  # "sent a soldier to the border"
        return [
            Draft(
                word,
                "visit",
                goers,
                visitor=goers[0],
                host=found[1],
                place=found[0],
                certain=0.65,
                why=[f"the verb {word.text!r}"],
            )
        ]

    def visit(self, word: Word) -> list[Draft]:
        """A visit, or several in one phrase: "the visits by the premier to Lima and the king to Quito"."""
        slots = slots_of(word)
        pairs = self.legs(word)
        if all(spot is None for _, spot in pairs):
            pairs = [(pairs[0][0], stop) for stop in self.stops(word)] or pairs
        owner = acting(self.cast, slots.possessor) or acting(self.cast, slots.modifier)
        governor = self.inviter(word)
        light, _, hosts = self.carried_by(word, slots)
        if hosts:
            light = []
        elif not light and word.dep == "pobj" and word.head.lower == "on" and word.head.head.pos in ("NOUN", "PROPN"):
            light = acting(self.cast, [word.head.head])  # "the premier, on a visit to Accra, said"
        off = called_off(word)
        if off is not None and not light and slots.governor is not None:
            light = acting(self.cast, subject_of(slots.governor))
        out: list[Draft] = []
        for visitors, spot in pairs:
            goers = visitors or owner or light
            if governor is not None:
                goers = self.invited(governor, word) or goers
            place, country, extra = self.goal(word, slots, spot)
            if country is None and place is None and governor is not None:
                # "invited the premier to pay a visit": to the one who invites
                extra = self.inviting_sides(governor)
                country = next((s.player.country for s in extra), None)
            if not goers or (country is None and place is None):
                continue
            if goers[0].player.country is not None and goers[0].player.country == country:
                continue
            out.append(
                Draft(word, "visit", distinct([*goers, *extra]), visitor=goers[0], host=country, place=place,
                      certain=0.8 if visitors or owner else 0.7, why=[f"the noun {word.text!r}"])
            )  # fmt: skip
        if not out:
            out = self.told_again(word, distinct([s for p in pairs for s in p[0]]), owner, light)
        if off is not None:
            for draft in out:
                draft.extra.append(off[2].i)
        return out

    def goal(
        self, word: Word, slots: Slots, spot: Phrase | None
    ) -> tuple[tuple[int, int] | None, str | None, list[Side]]:
        """Where a visit goes, the country of that, and who is seen there."""
        if spot is not None:
            country = spot.mention.players[0].country
            if is_place(spot.mention):
                return (spot.mention.first, spot.mention.last), country, []
            return None, country, spot.sides
        for head in slots.indirect:
            # "paid Asmara a visit"
            found = place_at(self.r, self.cast, head)
            if found is not None:
                return found[0], found[1], []
        found = where(self.r, self.cast, word, ("to", "in"))
        return (found[0], found[1], []) if found is not None else (None, None, [])

    def told_again(self, word: Word, goers: list[Side], owner: list[Side], light: list[Side]) -> list[Draft]:
        """A visit of which no goal is told: it goes back to one told before."""
        certain = 0.3
        if definite(word):
            goers = distinct([*goers, *owner, *light])
        elif owner and not light:
            goers = owner
        elif light:
            goers, certain = light, 0.35
        else:
            return []
        why = [f"the noun {word.text!r}"]
        visitor = goers[0] if goers else None
        return [Draft(word, "visit", goers, visitor=visitor, back=True, certain=certain, why=why)]

    def between(self, word: Word, phrase: Phrase) -> list[Word]:
        """The words between a noun and a phrase behind it."""
        return self.r.words[word.i + 1 : phrase.mention.first]

    def stops(self, word: Word) -> list[Phrase]:
        """ "a tour of the region with stops in Accra and Abidjan", "a tour that will take her to Accra": the places."""
        sentence = self.r.sentences[word.sentence]
        opener = next((w for w in self.r.words[word.i + 1 : sentence.last] if w.lemma in self.known.file.stops), None)
        if opener is None:
            return []
        out: list[Phrase] = []
        for phrase in phrases_after(self.r, self.cast, opener):
            if is_place(phrase.mention) and (phrase.prep in ("in", "to", "at") or opener.pos == "ADP"):
                out.append(phrase)
            elif out:
                break
        return out

    def legs(self, word: Word) -> list[tuple[list[Side], Phrase | None]]:
        """Who goes where, in text order: each goer with the next goal behind."""
        tour = word.lemma == "tour"  # "a tour of the Gulf": not by the Gulf
        legs: list[tuple[list[Side], Phrase | None]] = []
        goers: list[Side] = []
        for phrase in phrases_after(self.r, self.cast, word):
            if (
                phrase.prep in (("by", "from") if tour else ("by", "of", "from"))
                and not is_place(phrase.mention)
                and phrase.mention.players[0].kind in (*PERSONS, "group", "government_body")
            ):
                goers = [*goers, *phrase.sides] if not legs or goers else list(phrase.sides)
            elif phrase.prep in (("to", "of") if tour else ("to",)) and is_place(phrase.mention):
                if any(w.tag == "VBG" and w.dep in ("pcomp", "advcl") for w in self.between(word, phrase)):
                    break  # "a stopover in Suva before flying on to Geneva"
                legs.append((goers, phrase))
                goers = []
            elif (
                legs
                and phrase.prep in ("to", "and")
                and phrase.mention.players[0].kind in PERSONS
                and not phrase.broken
            ):
                goers = list(phrase.sides)  # "... to Lima and of the king to Quito"
            elif phrase.broken:
                break
        if not legs:
            return [(goers, None)]
        return [(visitors or (legs[0][0] if n else []), spot) for n, (visitors, spot) in enumerate(legs)]
