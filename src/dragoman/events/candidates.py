"""Whom the model is asked about: the parties of a sentence that may do something to one another.

In: a `Reading`, its `Cast`, its places. Out: `Candidate`s of a sentence in text order: words that stand for actors, and
places upon which an act may be laid ("a curfew in Pando"). A place joins the cast only when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.cast import Cast, Mention, Player
from dragoman.events.coding import Side
from dragoman.events.unnamed import mere_tool
from dragoman.places.gazette import Spot
from dragoman.reading.words import Reading, Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that stand for one or more parties.

    Attributes:
        acts: whether it can do something; a place can only have something done to it.
    """

    mention: Mention
    sides: tuple[Side, ...]
    acts: bool

    @property
    def countries(self) -> set[str]:
        """The states its parties belong to."""
        return {s.player.country for s in self.sides if s.player.country}

    def overlaps(self, other: Candidate) -> bool:
        """Whether they share a word."""
        return self.mention.first <= other.mention.last and other.mention.first <= self.mention.last

    def shares(self, other: Candidate) -> bool:
        """Whether one actor is among the parties of both."""
        return any(a.player is b.player for a in self.sides for b in other.sides)


def candidates(reading: Reading, cast: Cast, spots: list[Spot], sentence: Sentence) -> list[Candidate]:
    """The parties of a sentence."""
    out: list[Candidate] = []
    seen: set[int] = set()
    for i in range(sentence.first, sentence.last):
        mention = cast.outer[i]
        if mention is None or id(mention) in seen or not mention.players:
            continue
        seen.add(id(mention))
        sides = tuple(Side(p, mention) for p in mention.players)
        out.append(Candidate(mention, sides, acts=mention.kind != "place" and not mere_tool(reading, sides[0])))
    taken = {i for c in out for i in range(c.mention.first, c.mention.last + 1)}
    for spot in spots:
        if not sentence.first <= spot.first < sentence.last or taken & set(range(spot.first, spot.last + 1)):
            continue
        root = next(
            (i for i in range(spot.first, spot.last + 1)
             if not spot.first <= reading.words[i].head.i <= spot.last), spot.last
        )  # fmt: skip
        if reading.words[root].dep in ("amod", "compound", "nmod"):
            continue  # "the Paris accord"
        player = Player(name=spot.name, kind="unknown", country=spot.country)
        player.reasons.append((f"{spot.name!r} is a place an act is laid upon", 0.1))
        mention = Mention(spot.first, spot.last, root, "place", reading.span_of(spot.first, spot.last), [player])
        out.append(Candidate(mention, (Side(player, mention),), acts=False))
    return sorted(out, key=lambda c: (c.mention.first, c.mention.last))


def joined(cast: Cast, candidate: Candidate) -> list[Side]:
    """The sides of a candidate that is used; a place nobody had asked for joins the cast now."""
    for side in candidate.sides:
        if side.mention not in side.player.mentions:
            side.player.mentions.append(side.mention)
        if cast.outer[side.mention.first] is None:
            cast.add(side.mention)
    return list(candidate.sides)
