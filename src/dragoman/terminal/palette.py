"""One colour for each side of a report: its country, or its name where it has none.

All colours are of the terminal's fixed 256 and of middling lightness: at least 3.9 to 1 against black and against
white, so that they can be read on light and dark. Sides beyond the seventh go without a colour.
"""

from __future__ import annotations

from collections import Counter

from rich.style import Style

from dragoman.record.entries import Actor, Record

COLOURS = ("color(31)", "color(130)", "color(28)", "color(162)", "color(98)", "color(64)", "color(131)")
QUIET = Style(dim=True)
STRONG = Style(bold=True)


def side_of(actor: Actor) -> str:
    """What decides an actor's colour."""
    return actor.country or actor.name


class Palette:
    """Colours of the sides of one or more records; countries come first, then the most mentioned.

    Args:
        records: records whose actors are to be told apart.
    """

    def __init__(self, *records: Record) -> None:
        said: Counter[str] = Counter()
        countries = {actor.country for record in records for actor in record.actors if actor.country}
        for record in records:
            for actor in record.actors:
                said[side_of(actor)] += len(actor.mentions)
            for event in record.events:
                for party in (*event.actors, *event.recipients):
                    # Who acts counts for more than who is merely named.
                    said[side_of(party.actor)] += 3
        ranked = sorted(said, key=lambda side: (side not in countries, -said[side], side))
        self._colours = dict(zip(ranked, COLOURS, strict=False))

    @property
    def sides(self) -> list[str]:
        """The sides that have a colour, most mentioned first."""
        return list(self._colours)

    def style(self, actor: Actor, *, bold: bool = False) -> Style:
        """The style an actor's name is printed in."""
        return self.side(side_of(actor), bold=bold)

    def side(self, side: str, *, bold: bool = False) -> Style:
        """The style of a side."""
        colour = self._colours.get(side)
        return Style(color=colour, bold=bold or None)
