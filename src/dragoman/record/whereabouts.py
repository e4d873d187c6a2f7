"""Where a contact is: the place behind a word, and the state it lies in.

In: a word of the parse. Out: first and last word number of the place's name, and its country where known. States and
capitals are known from the cast; other towns from the gazetteer, where their name leaves no doubt or the report speaks
of the state they lie in.
"""

from __future__ import annotations

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.places.known import country_of_place, gazette
from dragoman.reading.words import Reading, Word

Spot = tuple[tuple[int, int], str | None]

# A town of a state told of is meant before a larger one elsewhere, unless that is so many times as large.
RATHER = 8

_STATES = frozenset(("state", "place"))
_TOWNS = frozenset(("GPE", "LOC", "FAC"))
_INTO = frozenset(("in", "at", "to", "for", "from", "near", "outside"))
_SEATS = frozenset(("capital", "city", "palace", "soil"))
_TOWN_WORDS = frozenset(("city", "town", "capital", "port", "resort", "village", "post"))


def is_place(mention: Mention) -> bool:
    """Whether a mention can be where something is: a state or its capital."""
    return mention.kind in _STATES or (len(mention.players) == 1 and mention.players[0].kind == "state")


def nameless(mention: Mention | None) -> bool:
    """Whether the cast does not know what a name names, so that it may be a town."""
    return mention is None or not mention.players or (
        mention.kind == "name" and mention.players[0].country is None and mention.players[0].kind == "unknown"
    )  # fmt: skip


def land_of(cast: Cast, name: str, *, town: bool) -> str | None:
    """The country of a town: of a state told of, where a town of some size has the name there; else if without doubt.

    Args:
        town: whether it looks like a town's name, so that small ones are meant, too.
    """
    known = [k for k in gazette().named(name) if k.country is not None]
    told = {p.country for p in cast.players if p.mentions}
    largest = max((k.people for k in known), default=0)
    near = [k for k in known if k.country in told and (k.kind != "city" or k.people * RATHER > largest)]
    if town and near:
        return max(near, key=lambda k: k.people).country
    return country_of_place(name, strict=True)


def town_at(reading: Reading, cast: Cast, i: int) -> Mention | None:
    """A town that the cast does not know, beginning at this word; a mention for this one question, not of the cast."""
    word = reading.words[i]
    before = reading.words[i - 1] if i else None
    if word.pos != "PROPN" or not nameless(cast.at(i)) or word.ent in ("PERSON", "DATE", "TIME"):
        return None
    if before is None or not (before.lower in _INTO or (word.ent in _TOWNS and before.lower in (",", "and"))):
        return None
    last = i
    while last + 1 < len(reading.words) and reading.words[last + 1].pos == "PROPN" and nameless(cast.at(last + 1)):
        last += 1
    country = land_of(cast, reading.text_of(i, last), town=word.ent in _TOWNS)
    if country is None:
        return None
    town = Player(name=reading.text_of(i, last), kind="state", country=country)
    return Mention(i, last, last, "place", reading.span_of(i, last), [town])


def place_at(reading: Reading, cast: Cast, head: Word) -> Spot | None:
    """A place that a word names, known as a state or only by its looks."""
    mention = cast.at(head.i)
    if mention is not None and is_place(mention):
        return (mention.first, mention.last), mention.players[0].country
    if head.pos == "PROPN" and nameless(mention) and head.ent not in ("DATE", "TIME"):
        first = head.i
        while first > 0 and reading.words[first - 1].pos == "PROPN" and reading.words[first - 1].head is head:
            first -= 1
        looks = head.ent in _TOWNS
        country = land_of(cast, reading.text_of(first, head.i), town=looks) if head.ent != "PERSON" else None
        if country is not None or looks:
            return (first, head.i), country
    for child in head.children:
        # "the Iranian capital", "the port city of Varna"
        if child.dep in ("amod", "poss", "compound") and head.lemma in _SEATS:
            inner = cast.inner[child.i]
            if inner is not None and inner.players and inner.players[0].country is not None:
                return (min(child.i, head.i), head.i), inner.players[0].country
        town = child.lower == "of" and head.lemma in _TOWN_WORDS
        house = child.lower == "in" and head.pos == "NOUN" and mention is None  # "at a hotel in Varna"
        if child.dep == "prep" and (town or house):
            for obj in child.children:
                found = place_at(reading, cast, obj) if obj.dep == "pobj" else None
                if found is not None:
                    return found
    if mention is not None and head.lemma in ("capital", "city", "palace") and mention.players[0].country is not None:
        return (mention.first, mention.last), mention.players[0].country
    return None


def said_before(reading: Reading, cast: Cast, word: Word) -> Spot | None:
    """What "there" means: the last place before it in the sentence."""
    if not any(c.lower == "there" and c.dep == "advmod" for c in word.children):
        return None
    for i in range(word.i - 1, reading.sentences[word.sentence].first, -1):
        if reading.words[i].pos == "PROPN" and reading.words[i - 1].lower in _INTO:
            found = place_at(reading, cast, reading.words[i])
            if found is not None:
                return found
    return None
