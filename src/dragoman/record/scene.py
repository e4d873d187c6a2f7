"""What the finders of contacts share: the draft of a contact, and who is who around a word.

In: a `Reading` and its `Cast`. Out: sides for subjects, guests and the invited; places; the verb that carries a noun.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive, joined, slots_of, subject_of
from dragoman.events.coding import Side
from dragoman.events.parties import strangers
from dragoman.knowledge.contacts import ContactWords, contact_words
from dragoman.reading.words import Reading, Word
from dragoman.record.around import (
    acting,
    headed,
    phrases_after,
    public,
    where,
)
from dragoman.record.occasions import called_off

PERSONS = frozenset(("person", "office"))
MANY = frozenset(("group", "igo"))
# Prepositions by which a verb of going names its goal, where it is not "to".
INTO = {"leave": ("for",), "depart": ("for",), "arrive": ("in", "at"), "land": ("in", "at")}
DURING = frozenset(
    [
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
    ]
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


class Scene:
    """A report with its cast, as the finders of contacts see it."""

    def __init__(self, reading: Reading, cast: Cast) -> None:
        self.r = reading
        self.cast = cast
        self.known: ContactWords = contact_words()

    def others(self, heads: list[Word], subjects: list[Side], person: bool) -> list[Side]:
        """The other sides: not the subjects; persons only where the verb asks for them; unnamed officials count."""
        found = acting(self.cast, heads)
        if person:
            found = [s for s in found if s.player.kind in PERSONS]
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

    def several(self, sides: list[Side], heads: list[Word]) -> bool:
        """Whether a subject is several by itself."""
        if len(sides) > 1:
            return True
        if any(s.player.kind in MANY for s in sides):
            return True
        return bool(sides) and any(h.tag in ("NNS", "NNPS") for h in heads)

    def addressed(self, verb: Word) -> list[Side]:
        """To whom a verb of telling is said: "in a letter, X asked Y for help"."""
        if verb.lemma not in self.known.addressing or is_passive(verb):
            return []
        slots = slots_of(verb)
        found = acting(self.cast, [*slots.indirect, *slots.object, *slots.preps.get("to", [])])
        return [s for s in found if s.player.kind in (*PERSONS, "state", "government_body", "igo")]

    def apart(self, draft: Draft, ones: list[Side], others: list[Side]) -> list[Draft]:
        """ "A and B separately met C", "in separate calls, A briefed B and C": a contact for each of several."""
        sentence = self.r.sentences[draft.word.sentence]
        near = self.r.words[max(sentence.first, draft.word.i - 16) : min(sentence.last, draft.word.i + 12)]
        apart = any(
            w.lower in self.known.file.apart and (w.pos == "ADV" or w.head.lemma in self.known.nouns) for w in near
        )
        if not apart:
            return [draft]
        pairs = [[one, other] for one in ones for other in others]
        if len(ones) > 1 < len(others) or len(pairs) < 2:
            return [draft]
        draft.why.append("with each separately")
        return [replace(draft, sides=pair, certain=min(draft.certain, 0.8), why=list(draft.why)) for pair in pairs]

    def sporting(self, word: Word, sides: list[Side]) -> bool:
        """ "Mali and Togo meet in the final": teams, no governments."""
        if any(s.player.kind not in ("state", "group", "population") for s in sides):
            return False
        sport, words = self.known.file.sport, self.r.sentence_words(word.sentence)
        plain = any(w.lower in sport and w.dep not in ("amod", "compound", "nmod") for w in words)
        return plain or any(f"{a.lower}-{b.lower}" in sport for a, b in zip(words, words[2:], strict=False))

    def official(self, side: Side, heads: list[Word]) -> bool:
        """Whether a traveller travels for a state or body."""
        if side.player.kind in PERSONS:
            return public(side) or any(h.lemma in self.known.file.officials for h in heads)
        return side.player.kind in ("group", "government_body", "igo", "unknown") and any(
            h.lemma in self.known.file.officials for h in heads
        )

    def inviter(self, word: Word) -> Word | None:
        """The invitation a visit hangs on, or stands behind."""
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

    def invited(self, invitation: Word, visit: Word | None) -> list[Side]:
        """Whom an invitation asks: "invited X to", "an invitation for X to", "extended to X an invitation"."""
        if invitation.pos == "VERB":
            slots = slots_of(invitation)
            return [
                s
                for s in acting(self.cast, slots.object)
                if s.player.kind in (*PERSONS, "group", "government_body", "state")
            ]
        end = visit.i if visit is not None else invitation.i + 14
        for phrase in phrases_after(self.r, self.cast, invitation):
            if (
                phrase.prep in ("for", "to")
                and phrase.mention.first < end
                and phrase.mention.players[0].kind in (*PERSONS, "state")
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

    def inviting_sides(self, invitation: Word) -> list[Side]:
        """Who invites."""
        slots = slots_of(invitation)
        if invitation.pos == "VERB":
            return acting(self.cast, slots.subject)
        for heads in (slots.possessor, slots.preps.get("from", []), slots.preps.get("by", []), slots.modifier):
            found = acting(self.cast, heads)
            if found:
                return found
        return acting(self.cast, slots.subject)

    def locate(self, draft: Draft, preps: tuple[str, ...]) -> None:
        """Give a draft the place behind its word, and the country of that place."""
        found = where(self.r, self.cast, draft.word, preps)
        if found is not None:
            draft.place, draft.host = found[0], draft.host or found[1]

    def carried_by(self, word: Word, slots: Slots) -> tuple[list[Side], bool, bool]:
        """Subjects of the verb that holds a noun, whether one does, and whether it only hosts."""
        file = self.known.file
        verb = slots.light or slots.governor
        if verb is None:
            return [], False, False
        head = headed(verb)
        if head is not None:
            slots.subject = joined(head)
        direct = word.dep in ("dobj", "obj", "nsubjpass", "nsubj") and word.head is verb
        if verb.lemma in file.hosting and direct:
            return acting(self.cast, slots.subject), True, True
        if direct and verb.lemma in file.carriers:
            return acting(self.cast, slots.subject), True, False
        if direct and verb.lemma in file.taking and word.lemma == "call":
            return acting(self.cast, slots.subject or subject_of(verb)), True, False
        if direct and word.dep != "nsubj" and (verb.lemma in file.wanting or called_off(word) is not None):
            return acting(self.cast, slots.subject or subject_of(verb)), False, False
        if word.dep == "conj" and word.head.pos == "NOUN" and verb.lemma in file.carriers:
            return acting(self.cast, subject_of(verb)), True, False
        if word.dep == "pobj" and word.head.lower in DURING:
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

    def dated(self, word: Word) -> bool:
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

    def around(self, word: Word) -> list[Side]:
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
                    and player.kind in (*PERSONS, "state", "government_body")
                ):
                    countries.add(player.country)
                    out.append(Side(player, mention))
        return out if len(out) == 2 else []
