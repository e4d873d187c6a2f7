"""A report's text with its actors, triggers, evidence and contents marked.

    actors      in the colour of their side, names bold
    triggers    underlined, with the number of the event behind them: "accused[3]"
    evidence    underlined in the colour of the side that acts
    contents    of statements in italics

In: a `Record`. Out: Rich text. Offsets are those of the report; what is not safe to print is left out in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.style import Style
from rich.text import Text

from dragoman.evidence import Span
from dragoman.record.entries import Event, Record
from dragoman.terminal.palette import QUIET, Palette, side_of
from dragoman.terminal.wording import line, safe_with_offsets

_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs", "who", "whom", "which",
     "we", "our", "us", "i", "my", "both", "itself", "himself", "herself", "themselves")
)  # fmt: skip
_UNDERLINED = Style(underline=True)


def marked(record: Record, palette: Palette) -> Text:
    """The whole report, marked."""
    plain, at = safe_with_offsets(record.report.text)
    text = Text(plain)

    def mark(span: Span, style: Style) -> None:
        text.stylize(style, at[span.start], at[span.end])

    for statement in record.statements:
        mark(statement.content, Style(italic=True))
    for event in record.events:
        mark(event.evidence, _of(event, palette))
    # Longer mentions first: within "the foreign minister of Malta", "Malta" may have a colour of its own.
    mentions = [(span, actor) for actor in record.actors for span in actor.mentions]
    for span, actor in sorted(mentions, key=lambda pair: pair[0].start - pair[0].end):
        mark(span, palette.style(actor, bold=span.text.lower() not in _PRONOUNS))
    for event in record.events:
        mark(event.trigger, Style(bold=True, underline=True))
    return _numbered(text, [(at[event.trigger.end], number) for number, event in enumerate(record.events, start=1)])


def sentence(record: Record, event: Event, palette: Palette) -> Text:
    """The sentence an event stands in: trigger and evidence underlined, the rest of the sentence quiet."""
    text = record.report.text
    begin, end = _bounds(text, event.evidence)
    plain, at = safe_with_offsets(text[begin:end])
    shown = Text(" ".join(plain.splitlines()) if "\r" in plain else plain.replace("\n", " "), style=QUIET)

    def mark(span: Span, style: Style) -> None:
        first, last = max(span.start - begin, 0), min(span.end, end) - begin
        if first < last:
            shown.stylize(style, at[first], at[last])

    mark(event.evidence, Style(dim=False))
    for party in (*event.actors, *event.recipients, *((event.asserted_by,) if event.asserted_by else ())):
        mark(party.span, palette.style(party.actor, bold=True))
    mark(event.trigger, Style(dim=False, bold=True, underline=True))
    return shown


def excerpt(words: str, marks: Iterable[tuple[int, int]]) -> Text:
    """A stretch of text with some of its words underlined, on one line."""
    plain, at = safe_with_offsets(words)
    text = Text(plain.replace("\n", " "))
    for begin, end in marks:
        text.stylize(Style(bold=True, underline=True), at[begin], at[end])
    return text


def legend(record: Record, palette: Palette) -> Text:
    """What the colours and marks mean, on a line or two."""
    text = Text(style=QUIET)
    bodies = [actor for actor in record.actors if actor.kind in {"state", "igo"}]
    named = {side_of(actor): actor.name for actor in sorted(bodies, key=lambda actor: actor.kind != "igo")}
    for side in palette.sides:
        text.append_text(Text(line(named.get(side, side)), style=palette.side(side, bold=True) + Style(dim=False)))
        text.append("   ")
    text.append("Evidence", style=_UNDERLINED)
    text.append("   ")
    text.append("trigger", style=Style(bold=True, underline=True, dim=False))
    text.append("[event]   ")
    text.append("what is said", style=Style(italic=True))
    return text


def _of(event: Event, palette: Palette) -> Style:
    """Evidence is underlined in the colour of who acts."""
    return _UNDERLINED if not event.actors else _UNDERLINED + palette.style(event.actors[0].actor)


def _numbered(text: Text, numbers: Sequence[tuple[int, int]]) -> Text:
    """The text with the numbers of events behind their triggers; several at one place share a bracket."""
    behind: dict[int, list[int]] = {}
    for place, number in numbers:
        behind.setdefault(place, []).append(number)
    places = sorted(behind)
    made = Text()
    for number, part in enumerate(text.divide(places)):
        made.append_text(part)
        if number < len(places):
            made.append(f"[{','.join(map(str, behind[places[number]]))}]", style=QUIET)
    return made


def _bounds(text: str, span: Span) -> tuple[int, int]:
    """Where the sentence around a span begins and ends, roughly: at ends of lines and behind full stops."""
    begin = text.rfind("\n", 0, span.start) + 1
    stop = max(text.rfind(sign + " ", begin, span.start) for sign in (".", "!", "?", '."', '?"', ".”"))
    if stop >= begin:
        begin = text.index(" ", stop) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    for place in range(span.end, end):
        if text[place] in ".!?" and (place + 1 >= end or text[place + 1] in ' "”’)'):
            end = place + 1
            while end < len(text) and text[end] in '"”’)':
                end += 1
            break
    return begin, end
