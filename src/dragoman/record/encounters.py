"""Every word that names a contact, with who takes part: unsettled, one `Draft` a word.

In: a `Reading` and its `Cast`. Out: `Draft`s in text order; the same contact may be told by several. Summoning an
ambassador is a complaint and no contact; a call *for* something is a demand; speaking to the press is no contact.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive, joined, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import hidden_sides, sides_at, strangers
from dragoman.knowledge.contacts import ContactNoun, ContactVerb, ContactWords, contact_words
from dragoman.reading.words import Reading, Word
from dragoman.record.around import (
    Phrase,
    acting,
    channels_beside,
    definite,
    distinct,
    is_place,
    phrases_after,
    place_at,
    where,
    with_joined,
)
from dragoman.record.occasions import called_off

_PERSONS = frozenset(("person", "office"))
_MANY = frozenset(("group", "igo"))
_INTO = {"leave": ("for",), "depart": ("for",), "arrive": ("in", "at"), "land": ("in", "at")}
_THERE = ("to", "for", "in", "at")
_DURING = frozenset(
    (
        "in",
        "during",
        "at",
        "after",
        "following",
        "on",
        "via",
        "over",
        "through",
        "for",
        "with",
        "by",
        "before",
        "into",
        "to",
    )
)


@dataclass(slots=True, eq=False)
class Draft:
    """One telling of a contact.

    Attributes:
        channel: None where the word leaves it open.
        visitor: who goes; also stands in `sides`.
        host: country, ISO 3166-1 alpha-3.
        certain: 0-1, before anything else is known.
        back: whether it goes back to a contact told before.
        status: set by the word itself ("invited X to Y"), whatever its grammar.
        dated: a definite noun with a date of its own; a new contact unless it was told before.
        ellipsis: "the next round": its parties are those of the talks told before.
        extra: numbers of more words that belong to the evidence.
    """

    word: Word
    channel: str | None
    sides: list[Side]
    visitor: Side | None = None
    host: str | None = None
    place: tuple[int, int] | None = None
    back: bool = False
    certain: float = 0.7
    why: list[str] = field(default_factory=list)
    status: str | None = None
    extra: list[int] = field(default_factory=list)
    dated: bool = False
    ellipsis: bool = False


class Encounters:
    """Finds the drafts of one report."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.r = reading
        self.cast = cast
        self.known: ContactWords = contact_words()

    def find(self) -> list[Draft]:
        """All drafts, in text order."""
        out: list[Draft] = []
        verbs, nouns, inviting = self.known.verbs, self.known.nouns, self.known.file.inviting
        for word in self.r.words:
            lemma = word.lemma
            if word.pos == "VERB" and lemma in verbs:
                found = self._verb(word, verbs[lemma])
            elif word.pos in ("NOUN", "PROPN") and (lemma in nouns or word.lower in nouns):
                found = self._noun(word, nouns.get(lemma) or nouns[word.lower])
            else:
                found = []
            if word.lower in self.known.file.awaited or lemma in self.known.file.awaited:
                found = [*found, *self._awaited(word)]
            if lemma in inviting and word.pos in ("VERB", "NOUN"):
                found = [*found, *self._invitation(word)]
            out += found
        return out

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, word: Word, ways: tuple[ContactVerb, ...]) -> list[Draft]:
        slots = slots_of(word)
        for way in ways:
            found = self._way(word, slots, way)
            if found:
                return found
        return []

    def _way(self, word: Word, slots: Slots, way: ContactVerb) -> list[Draft]:
        heads = self._heads(slots, way)
        if way.without and any(h.lemma in way.without for h in heads):
            return []
        marks = channels_beside(word) - {"meeting"}
        if way.marked and not self._marked(word, way, marks):
            return []
        match way.role:
            case "visitor":
                return self._going(word, slots, way)
            case "host":
                return self._receiving(word, slots, way, marks)
            case "writer":
                return self._writing(word, slots, heads)
            case "sender":
                return self._sending(word, slots)
            case "signing":
                return self._signing(word, slots)
        subjects = with_joined(self.r, self.cast, acting(self.cast, slots.subject))
        others = self._others(heads, subjects, way.person)
        if way.person and (not others or self._no_call(word, slots)):
            return []
        if not others:
            linear = [p for p in phrases_after(self.r, self.cast, word) if p.prep in way.other and p.prep == "with"]
            others = [s for p in linear[:1] for s in p.sides if all(s.player is not x.player for x in subjects)]
        if not subjects and not others and way.alone:
            plenty = [w for w in slots.subject if w.tag == "NNS" and w.lemma in self.known.file.officials]
            subjects = strangers(self.r, self.cast, plenty, anything=True)
        if not subjects and others:
            subjects = strangers(self.r, self.cast, [w for w in slots.subject if w.pos == "PROPN"])
        sides = distinct([*subjects, *others])
        if not others and not (
            (way.alone or marks & {"phone", "video"} or self._mutual(word)) and self._several(subjects, slots.subject)
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
        self._locate(draft, ("in", "at", "on"))
        if draft.channel is None and (draft.place is not None or self._sidelines(word)):
            draft.channel = "meeting"
        return [draft]

    def _heads(self, slots: Slots, way: ContactVerb) -> list[Word]:
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

    def _marked(self, word: Word, way: ContactVerb, marks: set[str]) -> bool:
        if way.channel is not None:
            return way.channel in channels_beside(word)
        return bool(marks & {"phone", "video"})

    def _others(self, heads: list[Word], subjects: list[Side], person: bool) -> list[Side]:
        found = acting(self.cast, heads)
        if person:
            found = [s for s in found if s.player.kind in _PERSONS]
        if not found:
            officials = self.known.file.officials
            plain = [h for h in heads if h.lemma in officials]
            found = strangers(self.r, self.cast, plain, anything=True) if plain else []
            if not found and person:
                found = strangers(
                    self.r,
                    self.cast,
                    [
                        h
                        for h in heads
                        if (h.pos == "PROPN" and h.ent == "PERSON") or (h.ent == "" and h.pos == "PROPN")
                    ],
                )
        return [s for s in found if all(s.player is not x.player for x in subjects)]

    def _no_call(self, word: Word, slots: Slots) -> bool:
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

    def _several(self, sides: list[Side], heads: list[Word]) -> bool:
        if len(sides) > 1:
            return True
        if any(s.player.kind in _MANY for s in sides):
            return True
        return bool(sides) and any(h.tag in ("NNS", "NNPS") for h in heads)

    def _mutual(self, word: Word) -> bool:
        """ "agreed to speak again", "spoke to each other"."""
        return any(c.lower in ("again", "together") for c in word.children) or any(
            w.lower == "other" for c in word.children if c.dep == "prep" for w in c.children
        )

    def _sidelines(self, word: Word) -> bool:
        sentence = self.r.sentences[word.sentence]
        return any(
            w.lower in ("sidelines", "margins", "fringes")
            for w in self.r.words[word.i : min(sentence.last, word.i + 25)]
        )

    def _locate(self, draft: Draft, preps: tuple[str, ...]) -> None:
        found = where(self.r, self.cast, draft.word, preps)
        if found is not None:
            draft.place, draft.host = found[0], draft.host or found[1]

    def _going(self, word: Word, slots: Slots, way: ContactVerb) -> list[Draft]:
        subjects = acting(self.cast, slots.subject)
        subjects = [s for s in subjects if s.player.kind not in ("population", "armed_group", "company", "party")]
        governor = self._inviter(word)
        if governor is not None:
            subjects = self._invited(governor, word) or subjects
        if not subjects:
            subjects = [
                s
                for s in strangers(
                    self.r, self.cast, [w for w in slots.subject if w.lemma in self.known.file.officials], anything=True
                )
            ]
        if not subjects:
            return []
        visitor = subjects[0]
        if way.official and not self._official(visitor, slots.subject):
            return []
        drafts: list[Draft] = []
        for place, country, sides in self._goals(word, slots, way):
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
            host = next((s.player.country for s in self._inviting_sides(governor)), None)
            if host is not None and host != visitor.player.country:
                drafts.append(
                    Draft(
                        word,
                        "visit",
                        distinct([*subjects, *self._inviting_sides(governor)]),
                        visitor=visitor,
                        host=host,
                        certain=0.7,
                        why=[f"the verb {word.text!r}"],
                    )
                )
        return drafts

    def _goals(
        self, word: Word, slots: Slots, way: ContactVerb
    ) -> list[tuple[tuple[int, int] | None, str | None, list[Side]]]:
        """Where a visit goes: places, or people seen there."""
        heads: list[Word] = []
        names = _INTO.get(word.lemma, ("to",)) if way.official else ("object",)
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
                if s.player.kind in (*_PERSONS, "group", "government_body", "igo") and s.mention.kind != "place"
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

    def _official(self, side: Side, heads: list[Word]) -> bool:
        if side.player.kind in _PERSONS:
            return (
                side.player.sector is not None
                or side.player.role is not None
                or side.mention.kind in ("title", "pronoun")
            )
        return side.player.kind in ("group", "government_body", "igo", "unknown") and any(
            h.lemma in self.known.file.officials for h in heads
        )

    def _inviter(self, word: Word) -> Word | None:
        for n, above in enumerate(word.ancestors()):
            if above.lemma in self.known.file.inviting:
                return above
            if n > 3:
                break
        for i in range(word.i - 1, max(self.r.sentences[word.sentence].first, word.i - 14) - 1, -1):
            other = self.r.words[i]
            if other.lemma == "invitation":
                return other
            if other.tag in ("VBD", "VBZ", "VBP", "MD"):
                return None
        return None

    def _invited(self, invitation: Word, visit: Word | None) -> list[Side]:
        """Whom an invitation asks: "invited X to", "an invitation for X to", "extended to X an invitation"."""
        if invitation.pos == "VERB":
            slots = slots_of(invitation)
            return [
                s
                for s in acting(self.cast, slots.object)
                if s.player.kind in (*_PERSONS, "group", "government_body", "state")
            ]
        end = visit.i if visit is not None else invitation.i + 14
        for phrase in phrases_after(self.r, self.cast, invitation):
            if (
                phrase.prep in ("for", "to")
                and phrase.mention.first < end
                and phrase.mention.players[0].kind in (*_PERSONS, "state")
                and phrase.mention.kind != "place"
            ):
                return phrase.sides
        slots = slots_of(invitation)
        found = acting(self.cast, slots.indirect or slots.preps.get("to", []))
        if found:
            return found
        verb = slots.governor
        if verb is not None and (verb.lemma in self.known.file.taking or verb.lemma in ("have", "welcome", "consider")):
            return acting(self.cast, subject_of(verb))  # "accepted the invitation", "has an invitation"
        return []

    def _inviting_sides(self, invitation: Word) -> list[Side]:
        slots = slots_of(invitation)
        if invitation.pos == "VERB":
            return acting(self.cast, slots.subject)
        for heads in (slots.possessor, slots.preps.get("from", []), slots.preps.get("by", []), slots.modifier):
            found = acting(self.cast, heads)
            if found:
                return found
        return acting(self.cast, slots.subject)

    def _invitation(self, word: Word) -> list[Draft]:
        """ "invited Fidan to Thessaloniki": a visit, proposed, though no word names the visit."""
        phrases = phrases_after(self.r, self.cast, word)
        invited = self._invited(word, None)
        hosts = self._inviting_sides(word)
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
        return [
            Draft(word, "visit", distinct([*invited, *hosts]), visitor=invited[0], host=country, place=place, certain=0.7,
                  why=[f"the word {word.text!r} with a place to come to"], status="proposed")
        ]  # fmt: skip

    def _awaited(self, word: Word) -> list[Draft]:
        """ "was due in Maputo", "is expected in Durres next week": a visit ahead; "had been due in": it fell through."""
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
        if verb.pos not in ("VERB", "AUX") or not goers or goers[0].player.kind not in (*_PERSONS, "group"):
            return []
        had = any(c.lower == "had" for c in verb.children)
        return [
            Draft(word, "visit", goers, visitor=goers[0], host=goal[1], place=goal[0], certain=0.6,
                  why=[f"the word {word.text!r} with a place"], status="cancelled" if had else "planned")
            for goal in goals
            if goal is not None and goal[1] is not None and goal[1] != goers[0].player.country
        ]  # fmt: skip

    def _receiving(self, word: Word, slots: Slots, way: ContactVerb, marks: set[str]) -> list[Draft]:
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
        guests = self._others(objects, hosts, way.person)
        if not guests and not way.person:
            guests = [s for s in acting(self.cast, slots.object) if all(s.player is not h.player for h in hosts)]
        if not guests:
            linear = phrases_after(self.r, self.cast, word)
            bare = [p for p in linear if p.prep == "" and not p.broken and p.mention.players[0].kind in _PERSONS]
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

    def _sending(self, word: Word, slots: Slots) -> list[Draft]:
        """ "dispatched its envoy to Khartoum": a visit of the one who is sent."""
        goers = self._others(slots.object, [], True)
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

    def _signing(self, word: Word, slots: Slots) -> list[Draft]:
        """ "the presidents signed the declaration at the White House": several persons at a place that is named."""
        signers = [
            s for s in with_joined(self.r, self.cast, acting(self.cast, slots.subject)) if s.player.kind in _PERSONS
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

    def _writing(self, word: Word, slots: Slots, heads: list[Word]) -> list[Draft]:
        writers = acting(self.cast, slots.subject)
        readers = [
            s
            for s in self._others(heads, writers, False)
            if s.player.kind in (*_PERSONS, "igo", "government_body", "state")
        ]
        if not writers or not readers:
            return []
        return [Draft(word, "letter", distinct([*writers, *readers]), certain=0.8, why=[f"the verb {word.text!r}"])]

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _noun(self, word: Word, ways: tuple[ContactNoun, ...]) -> list[Draft]:
        mention = self.cast.outer[word.i]
        if mention is not None and mention.kind in ("name", "title", "state", "body") and mention.root != word.i:
            return []
        if word.dep in ("compound", "amod", "nmod") and word.head is not word and word.head.pos in ("NOUN", "PROPN"):
            return []
        way = ways[0]
        plural = word.tag in ("NNS", "NNPS")
        if way.plural and not plural:
            return []
        if way.name == "call" and self._demand(word):
            return []
        match way.role:
            case "visitor":
                return self._visit(word)
            case "writer":
                return self._letter(word)
            case "guest":
                return self._guests(word, way)
        return self._talks(word, way)

    def _demand(self, word: Word) -> bool:
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

    def _named_at(self, word: Word, slots: Slots) -> list[Side]:
        """The parties named at the noun: with, between, among, of, whose."""
        phrases = phrases_after(self.r, self.cast, word)
        out: list[Side] = []
        for prep in ("with", "between", "among", "by"):
            out += acting(self.cast, slots.preps.get(prep, []))
        prep_before = ""
        for phrase in phrases:
            prep = phrase.prep
            if (
                prep in ("with", "between", "among")
                and not phrase.broken
                and not (phrase.mention.kind == "place" and prep != "between")
            ):
                out += phrase.sides
            prep_before = prep
        _ = prep_before
        for heads in (slots.possessor, slots.modifier):
            out += [s for s in acting(self.cast, heads) if s.player.country or s.player.kind in _PERSONS]
        for head in slots.preps.get("of", []):
            found = acting(self.cast, [head])
            out += [
                s
                for s in found
                if s.player.kind in (*_PERSONS, "state", "group", "government_body") and s.mention.kind != "place"
            ]
        return distinct([s for s in out if s.player.kind != "media"])

    def _carried_by(self, word: Word, slots: Slots) -> tuple[list[Side], bool, bool]:
        """Subjects of the verb that holds a noun, whether one does, and whether it only hosts."""
        file = self.known.file
        verb = slots.light or slots.governor
        if verb is None:
            return [], False, False
        direct = word.dep in ("dobj", "obj", "nsubjpass", "nsubj") and word.head is verb
        if verb.lemma in file.hosting and direct:
            return acting(self.cast, slots.subject), True, True
        if direct and verb.lemma in file.carriers:
            return acting(self.cast, slots.subject), True, False
        if direct and verb.lemma in file.taking and word.lemma == "call":
            return acting(self.cast, slots.subject or subject_of(verb)), True, False
        if word.dep == "conj" and word.head.pos == "NOUN" and verb.lemma in file.carriers:
            return acting(self.cast, subject_of(verb)), True, False
        if word.dep == "pobj" and word.head.lower in _DURING:
            return acting(self.cast, subject_of(verb)), verb.lemma in file.attending, False
        if (
            word.dep == "pobj"
            and word.head.lower == "of"
            and word.head.head.pos == "NOUN"
            and word.head.head.lemma in ("round", "series", "day", "session", "hour", "set", "cycle")
        ):
            outer = word.head.head
            inner = slots_of(outer)
            if inner.governor is not None and inner.governor.lemma in file.carriers | file.hosting:
                return acting(self.cast, inner.subject), True, inner.governor.lemma in file.hosting
            if outer.dep == "pobj" and inner.governor is not None:
                return acting(self.cast, subject_of(inner.governor)), False, False
        return (
            [],
            direct and verb.lemma in ("take", "begin", "start", "resume", "open", "end", "conclude", "collapse", "be"),
            False,
        )

    def _talks(self, word: Word, way: ContactNoun) -> list[Draft]:
        slots = slots_of(word)
        named = self._named_at(word, slots)
        carried, held, hosts = self._carried_by(word, slots)
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
        self._locate(draft, ("in", "at"))
        if hosts and carried and draft.host is None and draft.place is None:
            draft.host = carried[0].player.country
        draft.back = definite(word)
        if hosts and carried and draft.host is not None and (not draft.back or self._dated(word)):
            draft.back, draft.certain = False, 0.65
            return [draft]
        if draft.back and not named and self._dated(word):
            # "the telephone call of 11 June", "the Antalya talks in March": a contact of its own, its parties stand around.
            draft.sides = distinct([*sides, *self._around(word)])
            draft.back, draft.certain = False, 0.55
            draft.dated = True
            return [draft] if draft.sides else []
        if way.weak and not (
            len(named) > 1
            or (named and carried)
            or (held and sides)
            or draft.back
            or {"phone", "video"} & marks
            or (len(carried) > 1 and self._shaped(word))
        ):
            return []
        if len(sides) >= 2:
            draft.certain = 0.85 if len(named) >= 1 else 0.7
            draft.back = draft.back and not named
            return [draft]
        if (
            sides
            and (held or self._several(sides, slots.subject))
            and (draft.place is not None or any(s.player.kind in _MANY for s in sides))
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
            # "the next round will be held in Beijing": its parties are those of the talks told before.
            draft.ellipsis, draft.certain = True, 0.55
            return [draft]
        if draft.back:
            draft.certain = 0.3
            return [draft]
        if sides and named:
            draft.certain = 0.5
            return [draft]
        return []

    def _shaped(self, word: Word) -> bool:
        return any(
            c.lower in self.known.file.shapes for c in word.children if c.dep in ("amod", "compound", "nmod", "nummod")
        )

    def _dated(self, word: Word) -> bool:
        """Whether a noun has a date for its own: "the 2022 session", "the call of June 11"."""
        for child in word.children:
            if child.ent == "DATE" and child.dep in ("compound", "nummod", "nmod", "poss"):
                return True
            if (
                child.dep == "prep"
                and child.lower in ("of", "in", "on")
                and any(o.ent == "DATE" for o in child.children)
            ):
                return True
        after = self.r.words[word.i + 2] if word.i + 2 < len(self.r.words) else word
        return (
            after.sentence == word.sentence and after.ent == "DATE" and self.r.words[word.i + 1].lower in ("of", "in")
        )

    def _around(self, word: Word) -> list[Side]:
        """The first two parties of different countries in this sentence and the next."""
        out: list[Side] = []
        countries: set[str] = set()
        for number in (word.sentence, word.sentence + 1):
            if number >= len(self.r.sentences):
                break
            sentence = self.r.sentences[number]
            for mention in self.cast.within(sentence.first, sentence.last - 1):
                player = mention.players[0]
                if (
                    mention.kind != "place"
                    and player.country
                    and player.country not in countries
                    and len(countries) < 2
                    and player.kind in (*_PERSONS, "state", "government_body")
                ):
                    countries.add(player.country)
                    out.append(Side(player, mention))
        return out if len(out) == 2 else []

    def _visit(self, word: Word) -> list[Draft]:
        """A visit, or several in one phrase: "the visits by the president to Doha and the Emir of Qatar to Tehran"."""
        slots = slots_of(word)
        pairs = self._legs(phrases_after(self.r, self.cast, word))
        owner = acting(self.cast, slots.possessor) or acting(self.cast, slots.modifier)
        governor = self._inviter(word)
        light, _, hosts = self._carried_by(word, slots)
        if hosts:
            light = []
        off = called_off(word)
        if off is not None and not light and slots.governor is not None:
            light = acting(self.cast, subject_of(slots.governor))
        out: list[Draft] = []
        for visitors, spot in pairs:
            goers = visitors or owner or light
            if governor is not None:
                goers = self._invited(governor, word) or goers
            country: str | None = None
            place: tuple[int, int] | None = None
            extra: list[Side] = []
            if spot is not None:
                country = spot.mention.players[0].country
                if is_place(spot.mention):
                    place = (spot.mention.first, spot.mention.last)
                else:
                    extra = spot.sides
            else:
                found = where(self.r, self.cast, word, ("to", "in"))
                if found is not None:
                    place, country = found
            if not goers or (country is None and place is None):
                continue
            if goers[0].player.country is not None and goers[0].player.country == country:
                continue
            out.append(
                Draft(word, "visit", distinct([*goers, *extra]), visitor=goers[0], host=country, place=place,
                      certain=0.8 if visitors or owner else 0.7, why=[f"the noun {word.text!r}"])
            )  # fmt: skip
        if not out and definite(word):
            goers = distinct([*(s for p in pairs for s in p[0]), *owner, *light])
            out.append(
                Draft(
                    word,
                    "visit",
                    goers,
                    visitor=goers[0] if goers else None,
                    back=True,
                    certain=0.3,
                    why=[f"the noun {word.text!r}"],
                )
            )
        elif not out and owner and not light:
            out.append(
                Draft(word, "visit", owner, visitor=owner[0], back=True, certain=0.3, why=[f"the noun {word.text!r}"])
            )
        elif not out and light:
            out.append(
                Draft(word, "visit", light, visitor=light[0], back=True, certain=0.35, why=[f"the noun {word.text!r}"])
            )
        if off is not None:
            for draft in out:
                draft.extra.append(off[2].i)
        return out

    def _legs(self, phrases: list[Phrase]) -> list[tuple[list[Side], Phrase | None]]:
        """Who goes where, in text order: each goer with the next goal behind."""
        legs: list[tuple[list[Side], Phrase | None]] = []
        goers: list[Side] = []
        for phrase in phrases:
            if (
                phrase.prep in ("by", "of", "from")
                and not is_place(phrase.mention)
                and phrase.mention.players[0].kind in (*_PERSONS, "group", "government_body")
            ):
                goers = [*goers, *phrase.sides] if not legs or goers else list(phrase.sides)
            elif phrase.prep == "to" and is_place(phrase.mention):
                legs.append((goers, phrase))
                goers = []
            elif (
                legs
                and phrase.prep in ("to", "and")
                and phrase.mention.players[0].kind in _PERSONS
                and not phrase.broken
            ):
                goers = list(phrase.sides)  # "... to Doha and the Emir of Qatar to Tehran"
            elif phrase.broken:
                break
        if not legs:
            return [(goers, None)]
        return [(visitors or (legs[0][0] if n else []), spot) for n, (visitors, spot) in enumerate(legs)]

    def _letter(self, word: Word) -> list[Draft]:
        slots = slots_of(word)
        following = self.r.words[word.i + 1].lower if word.i + 1 < len(self.r.words) else ""
        if following == "of" and word.lemma != "message":
            return []
        to = [
            s
            for s in acting(self.cast, slots.preps.get("to", []) + slots.indirect)
            if s.player.kind in (*_PERSONS, "igo", "government_body", "state")
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
            # "the mission rejected in a letter": somebody wrote it, to whom is not said.
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

    def _guests(self, word: Word, way: ContactNoun) -> list[Draft]:
        """ "the participation of the Emir in the ceremony", "attended the opening", "a ceremony hosted by"."""
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
        self._locate(draft, ("in", "at"))
        if draft.host is None and hosted:
            draft.host = hosted[0].player.country
        return [draft]


def joined_sides(cast: Cast, heads: list[Word]) -> list[Side]:
    """The actors of heads and what is joined to them."""
    return acting(cast, [w for h in heads for w in joined(h)])
