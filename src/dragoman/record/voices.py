"""Who binds whom: what the finders of commitments share.

In: a `Reading`, its `Cast`, codings and statements. Out: sides. Who speaks without being named in the clause is taken
from the statement the words stand in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.events.arguments import Slots, is_passive
from dragoman.events.coding import Coding, Side
from dragoman.events.parties import hidden_sides, in_slot, sides_at
from dragoman.knowledge.commitments import binding_words
from dragoman.reading.words import Reading, Word
from dragoman.record.around import distinct
from dragoman.record.statements import Said

# Who can bind himself or others.
ABLE = frozenset(
    ["person", "office", "state", "government_body", "igo", "ngo", "armed_group", "party", "group", "company"]
)


@dataclass(slots=True, eq=False)
class Binding:
    """One commitment as one word tells it; `first`, `last` are word numbers of its content."""

    cue: Word
    kind: str
    by: list[Side]
    to: list[Side]
    first: int
    last: int
    status: str
    head: Word
    certain: float = 0.7
    why: list[str] = field(default_factory=list)
    addressee: Side | None = None


class Voices:
    """A report with its speakers, as the finders of commitments see it."""

    def __init__(self, reading: Reading, cast: Cast, codings: list[Coding], said: list[Said]) -> None:
        self.r = reading
        self.cast = cast
        self.codings = codings
        self.coded: dict[int, Coding] = {c.word.i: c for c in codings}
        self.said = said
        self.known = binding_words()

    def slot(self, slots: Slots, name: str, word: Word) -> list[Side]:
        """The parties in a slot that can be bound."""
        return [s for s in in_slot(self.cast, slots, name, word) if s.player.kind in ABLE]

    def by(self, word: Word, slots: Slots) -> list[Side]:
        """Who binds himself or others: the subject, else the party coded for the word, else the speaker."""
        found = [
            s
            for s in in_slot(self.cast, slots, "subject", word)
            if s.player.kind in ABLE or s.player.kind in ("unknown", "population")
        ]
        if found:
            return self.told_by_apposition(slots, found) or distinct(found)
        if any(w.pos == "NOUN" for w in slots.subject):
            hidden = [s for w in slots.subject for s in hidden_sides(self.cast, w)]
            if hidden and not is_passive(word):
                return distinct(hidden)
        coding = self.coded.get(word.i)
        if coding is not None and coding.actors:
            return distinct(coding.actors)
        if not slots.subject or slots.subject[0].pos == "PRON":
            return self.speakers(word)
        return []

    def told_by_apposition(self, slots: Slots, found: list[Side]) -> list[Side]:
        """ "The Azal Movement, a Malian rebel group, promised": a name that says nothing, and what says it."""
        if any(s.player.country is not None or s.player.kind != "unknown" for s in found):
            return []
        beside = [s for w in slots.subject for c in w.childs("appos") for s in sides_at(self.cast, c)]
        return distinct([s for s in beside if s.player.kind in ABLE and s.player.country is not None])

    def speakers(self, word: Word) -> list[Side]:
        """Whose words a word stands in: the narrowest statement around it."""
        around = [
            s
            for s in self.said
            if s.start <= word.start < s.end and s.speakers and not (s.cue and s.cue[0] <= word.i <= s.cue[1])
        ]
        return min(around, key=lambda s: s.end - s.start).speakers if around else []

    def own(self, side: Side, speakers: list[Side]) -> bool:
        """Whether a side is the speaker or what he speaks for."""
        for speaker in speakers:
            if side.player is speaker.player:
                return True
            if (
                side.player.country is not None
                and side.player.country == speaker.player.country
                and side.player.kind in ("state", "government_body", "office", "igo", "group")
            ):
                return True
        return False

    def clause_others(self, verb: Word, speakers: list[Side]) -> list[Side]:
        """The first two parties of other countries below a verb."""
        countries = {s.player.country for s in speakers}
        found = [
            s
            for w in verb.subtree()
            for s in sides_at(self.cast, w)
            if w is not verb and s.player.kind in ABLE and s.player.country and s.player.country not in countries
        ]
        return distinct(found)[:2]

    def bodied(self, sides: list[Side]) -> bool:
        """Whether any side is a state, a body, or of one."""
        return any(
            s.player.country is not None or s.player.kind in ("igo", "armed_group", "state", "government_body")
            for s in sides
        )
