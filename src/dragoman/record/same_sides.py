"""Whether two tellings name the same people.

In: the sides of two tellings of a contact. Out: whether they can be of one contact.
"""

from __future__ import annotations

from dragoman.events.coding import Side


def overlap(a: list[Side], b: list[Side]) -> bool:
    """Whether any side, or any country, stands in both."""
    mine = {id(s.player) for s in a} | {s.player.country for s in a if s.player.country}
    return any(id(s.player) in mine or s.player.country in mine for s in b)


def fits(sides: list[Side], side: Side) -> bool:
    """Whether a side is one of these, or stands for one: "the minister", "the Peruvian side"."""
    if any(s.player is side.player for s in sides):
        return True
    countries = {s.player.country for s in sides if s.player.country}
    return (side.player.country in countries and side.player.kind not in ("person",)) or side.player.kind in (
        "group",
        "unknown",
    )


def same_people(a: list[Side], b: list[Side]) -> bool:
    """No two different persons for one country, and the same countries where both name any."""
    mine = {s.player.country for s in a if s.player.country}
    theirs = {s.player.country for s in b if s.player.country}
    if mine and theirs and not (mine <= theirs or theirs <= mine):
        return False
    players_a, players_b = {id(s.player) for s in a}, {id(s.player) for s in b}
    if players_a <= players_b or players_b <= players_a:
        return len(players_a & players_b) > 1 or len(mine & theirs) > 1
    persons_a = {id(s.player): s.player.country for s in a if s.player.kind in ("person", "office")}
    persons_b = {id(s.player): s.player.country for s in b if s.player.kind in ("person", "office")}
    if not persons_a or not persons_b:
        return len(mine & theirs) > 1
    for key, country in persons_b.items():
        if key not in persons_a and country in persons_a.values():
            return False
    return len(mine & theirs) > 1
