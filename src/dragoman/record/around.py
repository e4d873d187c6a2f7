"""What stands around a word: the phrases behind it in text order, the channel named beside it, where and with whom.

In: a word of the parse. Out: sides, places, words. The parse of a long noun phrase is often wrong about what hangs on
what; the order of its phrases is not. So contacts and commitments ask the parse first and the order of words second.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention
from dragoman.events.coding import Side
from dragoman.events.parties import sides_at
from dragoman.knowledge.contacts import contact_words
from dragoman.reading.words import Reading, Word
from dragoman.record.whereabouts import Spot, is_place, place_at, said_before, town_at

# How many words behind a noun its own phrases may reach.
REACH = 34
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_TIMES = frozenset(("DATE", "TIME", "CARDINAL", "ORDINAL"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention behind a word, with the preposition that leads it in.

    Attributes:
        prep: lower case, or "" when there is none.
        broken: whether a noun that is no mention stands between, so that the phrase may hang on that noun instead.
        town: a place that only the gazetteer knows; nobody acts there.
    """

    prep: str
    mention: Mention
    broken: bool
    town: bool = False

    @property
    def sides(self) -> list[Side]:
        """The actors it stands for."""
        return [] if self.town else [Side(p, self.mention) for p in self.mention.players]


def phrases_after(reading: Reading, cast: Cast, word: Word) -> list[Phrase]:
    """The mentions behind a word, up to the next finite verb of its sentence."""
    sentence = reading.sentences[word.sentence]
    out: list[Phrase] = []
    prep, broken = "", False
    i = word.i + 1
    while i < min(sentence.last, word.i + REACH):
        other = reading.words[i]
        if other.tag in _FINITE or other.text in (";", ":", "(", "“", '"'):
            break
        town = town_at(reading, cast, i)
        mention = town or cast.at(i)
        if mention is not None and mention.first == i:
            out.append(Phrase(prep, mention, broken, town is not None))
            i = mention.last + 1
            if prep in ("in", "at", "on") and i < sentence.last and reading.words[i].text == ",":
                prep = ""  # "received at the palace, the envoy"
            continue
        if other.pos == "ADP" or (other.lower == "to" and mention is None):
            if other.lower != "of" or not broken:
                prep = other.lower
            if other.lower in ("with", "between", "by"):
                broken = False
        elif other.pos in ("NOUN", "PROPN") and other.ent not in _TIMES:
            broken = True
            if prep in ("in", "at", "on") and i + 1 < sentence.last and reading.words[i + 1].text == ",":
                prep, broken = "", False
        elif other.tag in ("VBN", "VBG") and other.i > word.i + 1:
            broken = True
        i += 1
    return out


def where(reading: Reading, cast: Cast, word: Word, preps: tuple[str, ...]) -> Spot | None:
    """The place behind a word: its first and last word number and the country when known."""
    for start in dict.fromkeys((word, *_carriers(word))):
        for child in start.children:
            if child.dep != "prep" or child.lower not in preps or (child.i < start.i and start is word):
                continue
            for head in child.children:
                found = place_at(reading, cast, head) if head.dep == "pobj" else None
                if found is not None:
                    return found
    for phrase in phrases_after(reading, cast, word):
        if phrase.prep in preps and not phrase.broken and is_place(phrase.mention):
            return (phrase.mention.first, phrase.mention.last), phrase.mention.players[0].country
    return said_before(reading, cast, word)


def _carriers(word: Word) -> list[Word]:
    head = word.head
    if word.pos in ("NOUN", "PROPN") and head.pos == "VERB" and word.dep in ("dobj", "nsubjpass", "obj", "nsubj"):
        return [head]
    if word.dep == "compound" and head.i == word.i + 1:
        return [head]  # "talks resume in Lima", in a headline
    return []


def channels_beside(word: Word) -> set[str]:
    """The channels that words close to a verb or noun name: "by telephone", "virtual", "video"."""
    table = contact_words().file.channels
    near: set[str] = {word.lower, word.lemma}
    for child in word.children:
        if child.dep in ("nsubj", "ccomp", "relcl", "acl", "conj", "nsubjpass"):
            continue
        near.update((child.lower, child.lemma))
        if child.dep in ("amod", "compound", "nmod", "poss"):
            near.update(c.lower for c in child.children)
        if child.dep in ("prep", "agent"):
            for obj in child.children:
                if obj.dep == "pobj":
                    near.update((obj.lower, obj.lemma))
                    near.update(c.lower for c in obj.children if c.dep in ("amod", "compound", "nmod"))
    return {channel for channel, words in table.items() if not near.isdisjoint(words)}


def distinct(sides: list[Side]) -> list[Side]:
    """Each actor once."""
    seen: set[int] = set()
    out: list[Side] = []
    for side in sides:
        if id(side.player) not in seen:
            seen.add(id(side.player))
            out.append(side)
    return out


def acting(cast: Cast, heads: list[Word]) -> list[Side]:
    """The actors that words stand for: not the press, and no city that only tells where."""
    press = contact_words().file.press
    return distinct(
        [
            s
            for w in heads
            if w.lemma not in press
            for s in sides_at(cast, w)
            if s.player.kind != "media" and s.mention.kind != "place"
        ]
    )


def _second_subject(reading: Reading, cast: Cast, mention: Mention) -> Mention | None:
    """ "The Kenyan minister and the Ethiopian minister signed": one of two subjects that the parser left unjoined."""
    i = mention.last + 2
    if i >= len(reading.words) or reading.words[i - 1].lower != "and":
        return None
    other = cast.at(i)
    if other is None or other.first != i:
        return None
    one, two = reading.words[mention.root], reading.words[other.root]
    return other if one.dep == two.dep == "nsubj" and one.head is two.head else None


def headed(verb: Word) -> Word | None:
    """ "Peru, Chile to open talks", "Macron to visit Hanoi": the name that a headline's infinitive hangs on."""
    head = verb.head
    to = any(c.tag == "TO" and c.dep == "aux" for c in verb.children)
    if verb.tag != "VB" or not to or verb.dep not in ("relcl", "acl") or head.pos != "PROPN":
        return None
    top = head.head if head.dep in ("appos", "conj") else head
    return head if top.dep == "ROOT" and top.pos == "PROPN" else None


def with_joined(reading: Reading, cast: Cast, sides: list[Side]) -> list[Side]:
    """A subject with who stands before its "and" but fell out of the parse: "the king and the premier held talks"."""
    if len(sides) != 1:
        return sides
    mention = sides[0].mention
    behind = _second_subject(reading, cast, mention)
    if behind is not None:
        return distinct([*sides, *(Side(p, behind) for p in behind.players)])
    before = mention.first - 2
    if before < 0 or reading.words[mention.first - 1].lower not in ("and", ","):
        return sides
    other = cast.at(before)
    sentence = reading.sentences[reading.words[mention.first].sentence]
    if reading.words[mention.first - 1].text == "," and not (
        other is not None and other.first == sentence.first and reading.words[mention.last + 1].pos in ("VERB", "PART")
    ):
        return sides  # only a headline joins two so: "Peru, Chile hold talks"
    if other is None or other.last != before or other.first < sentence.first or other.kind == "place":
        return sides
    if any(w.tag in ("VBD", "VBZ", "VBP") for w in reading.words[sentence.first : other.first]):
        return sides
    return distinct([*(Side(p, other) for p in other.players), *sides])


_PUBLIC = frozenset(
    ("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "OPP", "SEP", "ELI", "PRE", "REL")
)
_PUBLIC_KINDS = frozenset(("state", "government_body", "igo", "armed_group", "party"))


def public(side: Side) -> bool:
    """Whether a side acts in public affairs: a state or body, an armed group, or somebody who serves or fights one."""
    return side.player.kind in _PUBLIC_KINDS or side.player.sector in _PUBLIC


def affairs_between_states(cast: Cast) -> bool:
    """Whether a report tells of more than one state at all; only there an unknown name is likely an official's."""
    seen = {
        p.country for p in cast.players if p.country and p.mentions and (p.kind in _PUBLIC_KINDS or p.sector in _PUBLIC)
    }
    return len(seen) > 1


def definite(word: Word) -> bool:
    """Whether a noun goes back to something known: "the talks", "their meeting"."""
    return any(
        (c.dep == "det" and c.lower in ("the", "this", "that", "those", "these", "both"))
        or (c.dep == "poss" and c.tag == "PRP$")
        for c in word.children
    )
