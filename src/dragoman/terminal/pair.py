"""Two states on the command line: which are meant, what they are called, their colours, and words cut to fit.

In: what somebody typed. Out: a `Pair`. Refuses, as wrong usage, what names no state and one state named twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import typer
from rich.style import Style
from rich.text import Text

from dragoman.evidence import Span
from dragoman.knowledge.state_asked import StateAsked, UnknownState, state_asked
from dragoman.knowledge.world import World
from dragoman.record.entries import Party
from dragoman.terminal.palette import COLOURS, QUIET, STRONG
from dragoman.terminal.told import Entry, sides, status, what
from dragoman.terminal.wording import actor_name, line

CUT = "…"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two different states.

    Attributes:
        one, other: in the order they were named.
    """

    one: StateAsked
    other: StateAsked
    _colours: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_colours", {self.one.code: COLOURS[0], self.other.code: COLOURS[1]})

    @property
    def words(self) -> str:
        """Both in words: ``Iran (IRN) and Qatar (QAT)``."""
        return f"{self.one.name} ({self.one.code}) and {self.other.name} ({self.other.code})"

    @property
    def title(self) -> Text:
        """Both as a heading, each in its colour."""
        return Text(" – ").join(
            Text(line(state.name).upper(), style=self.style(state.code, bold=True)) for state in (self.one, self.other)
        )

    def name(self, code: str) -> str:
        """What one of the two is called; another's code as it is."""
        return next((state.name for state in (self.one, self.other) if state.code == code), code)

    def style(self, code: str | None, *, bold: bool = False) -> Style:
        """The style in which a state's parties stand; only the two have a colour."""
        return Style(color=self._colours.get(code or ""), bold=bold or None)

    def parties(self, entries: Iterable[Party]) -> Text:
        """Parties in the colours of their states, each once."""
        unique = {actor_name(party.actor): party.actor.country for party in entries}
        return Text(", ").join(Text(name, style=self.style(country)) for name, country in unique.items())

    def who(self, entry: Entry) -> Text:
        """Who, and to whom or about whom: ``Bolivia → Paraguay``."""
        first, second = map(self.parties, sides(entry))
        return Text.assemble(first, (" → ", QUIET), second) if second.plain and first.plain != second.plain else first


def what_shown(entry: Entry) -> Text:
    """What was done, what that means, and how far it came, on one line; nothing of what simply occurred."""
    code, more = what(entry)
    parts = [Text(code, style=STRONG), Text(more, style=QUIET)]
    parts += [status_shown(entry)] if status(entry) != "occurred" else []
    return Text(" · ").join(part for part in parts if part.plain)


def status_shown(entry: Entry) -> Text:
    """How far it came; in italics when it is not simply done."""
    told = status(entry) or ""
    return Text(told, style="" if told == "occurred" else "italic")


def pair_of(one: str, other: str, known: World) -> Pair:
    """The two states that were named.

    Raises:
        typer.BadParameter: when a name is no state's, or both are the same state's.
    """
    try:
        asked = Pair(state_asked(one, known), state_asked(other, known))
    except UnknownState as error:
        raise typer.BadParameter(f"{error}") from error
    if asked.one.code == asked.other.code:
        raise typer.BadParameter(
            f"{one!r} and {other!r} are one state, {asked.one.name} ({asked.one.code}); name two different ones."
        )
    return asked


def shortened(words: Span, most: int, focus: Span | None = None) -> str:
    """Exact words on one line, cut between words to at most so many signs; `focus` is what must stay in sight."""
    text = line(words.text)
    if len(text) <= most:
        return text
    at = text.find(line(focus.text)) if focus is not None else 0
    begin = 0
    if focus is not None and at + len(line(focus.text)) > most - 2 * len(CUT):
        # What comes before says less than what follows, but no room is left unused.
        begin = text.find(" ", max(min(at - most // 3, len(text) - most), 0)) + 1
    room = most - (len(CUT) if begin else 0)
    if len(text) - begin <= room:
        return (CUT if begin else "") + text[begin:]
    end = begin + room - len(CUT)
    space = text.rfind(" ", begin, end + 1)
    end = space if space > begin else end
    return (CUT if begin else "") + text[begin:end].rstrip(" ,;:–-") + CUT


def unquoted(text: str) -> str:
    """Text without the quotation marks that stand around the whole of it."""
    return text[1:-1] if len(text) > 1 and text[0] in '“"' and text[-1] in '”"' else text


def between(since: str | None, until: str | None) -> str:
    """The days asked about, in words that can stand behind others; empty for all days."""
    if since == until:
        return f" on {since}" if since else ""
    return "".join((f" from {since}" if since else "", f" to {until}" if until else ""))
