"""The tables of one record: who did what, contacts, statements, commitments, actors, places.

In: a `Record` and a width. Out: Rich renderables, each with its heading; empty ones are left out. Below `WIDE` columns
the finer points of an event stand below each other in one cell, above in columns of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from dragoman.record.entries import Commitment, Contact, Event, Party, Record, Statement
from dragoman.terminal.columns import Column, table
from dragoman.terminal.palette import QUIET, STRONG, Palette
from dragoman.terminal.wording import (
    actor_name,
    cameo_words,
    counted,
    day,
    line,
    names,
    role,
    standing,
    state_words,
)

WIDE = 108
_STANCE = {"positive": "for", "negative": "against", "neutral": ""}


def tables(record: Record, palette: Palette, width: int, without: Iterable[str] = ()) -> Iterator[RenderableType]:
    """All tables of a record that have rows, each behind its heading; `without` those named."""
    kinds: tuple[tuple[str, str, str, Callable[[], RenderableType]], ...] = (
        ("events", "Who did what", "event", lambda: events(record.events, palette, width)),
        ("contacts", "Contacts", "contact", lambda: contacts(record.contacts, palette, width)),
        ("statements", "Statements", "statement", lambda: statements(record.statements, palette, width)),
        ("commitments", "Commitments", "commitment", lambda: commitments(record.commitments, palette, width)),
        ("actors", "Actors", "actor", lambda: actors(record, palette, width)),
        ("places", "Places", "place", lambda: places(record, width)),
    )
    for name, words, one, made in kinds:
        number = len(getattr(record, name))
        if number and name not in without:
            yield heading(words, number, one)
            yield made()


def heading(words: str, number: int | None = None, one: str = "", many: str | None = None) -> Text:
    """A table's heading: ``WHO DID WHAT  12 events``."""
    text = Text("\n") + Text(words.upper(), style=STRONG)
    if number is not None:
        text.append("  " + counted(number, one, many), style=QUIET)
    return text


def events(entries: Sequence[Event], palette: Palette, width: int) -> RenderableType:
    """Who did what to whom; the numbers are those in the marked text."""
    wide = width >= WIDE
    columns = [Column("#", right=True), Column("When"), Column("Who"), Column("Did what", share=1.6), Column("To whom")]
    columns += [Column("Status"), Column("On whose word")] if wide else []
    columns += [Column("Sure", right=True)]
    rows = []
    for number, event in enumerate(entries, start=1):
        did = _did(event)
        row = [
            Text(str(number), style=QUIET),
            days(event.date),
            parties(event.actors, palette),
            did if wide else stacked(did, _footing(event, palette)),
            Text("each other", style=QUIET)
            if event.reciprocal and not event.recipients
            else parties(event.recipients, palette),
        ]
        row += [Text(standing(event)), _word(event, palette)] if wide else []
        rows.append([*row, sure(event.confidence)])
    return table(columns, rows, width, apart=not wide)


def contacts(entries: Sequence[Contact], palette: Palette, width: int) -> RenderableType:
    """Calls, meetings, visits, letters."""
    columns = [
        Column("When"),
        Column("What"),
        Column("Between", share=1.3),
        Column("Where"),
        Column("Status"),
        Column("About"),
    ]
    rows = []
    for contact in entries:
        journey = (
            f"{contact.visitor} to {contact.host}"
            if contact.visitor and contact.host
            else f"in {contact.host}"
            if contact.host
            else ""
        )
        where = line(contact.place.name) if contact.place else ""
        what = stacked(Text(contact.channel, style=STRONG), Text(journey, style=QUIET))
        status = f"{contact.status}, earlier" if contact.background else contact.status
        about = ", ".join(line(topic) for topic in contact.topics)
        rows.append(
            [days(contact.date), what, parties(contact.participants, palette), Text(where), Text(status), Text(about)]
        )
    return table(columns, rows, width, apart=True)


def statements(entries: Sequence[Statement], palette: Palette, width: int) -> RenderableType:
    """Who said what, and how they stand towards whom it is about."""
    columns = [Column("Speaker"), Column("Stance"), Column("Said", share=2.0)]
    rows = []
    for statement in entries:
        content = line(statement.content.text)
        said = Text(f"“{content.strip('“”')}”" if statement.kind == "quote" else content, style="italic")
        about = parties(statement.about, palette)
        stance = Text(_STANCE[statement.stance], style=STRONG)
        stance = (
            stacked(stance, about)
            if stance.plain
            else stacked(Text("on", style=QUIET), about)
            if about.plain
            else stance
        )
        rows.append([parties(statement.speakers, palette), stance, said])
    return table(columns, rows, width, apart=True)


def commitments(
    entries: Sequence[Commitment], palette: Palette, width: int, told: Sequence[str] | None = None
) -> RenderableType:
    """Promises, agreements, proposals, demands, with their words; `told` is the day each was reported."""
    wide = width >= WIDE
    columns = [Column("Told"), Column("Kind")]
    columns += [Column("Status"), Column("By"), Column("To"), Column("Due")] if wide else [Column("By, and to whom")]
    rows = []
    for place, entry in enumerate(entries):
        kind, status, due = Text(entry.kind, style=STRONG), Text(state_words(entry.status)), day(entry.due)
        by = parties(entry.by, palette)
        to = parties(entry.to or ((entry.addressee,) if entry.addressee else ()), palette)
        words = [
            Text(line(entry.content.text)),
            Text(f"if: {line(entry.condition)}" if entry.condition else "", style=QUIET),
            Text(f"goes back to: {line(entry.refers_to)}" if entry.refers_to else "", style=QUIET),
        ]
        row = [Text(told[place] if told else "")]
        if wide:
            row += [kind, status, by, to, days(entry.due), stacked(*words)]
        else:
            # Of an agreement both sides stand on both sides.
            both = stacked(by, Text.assemble("to ", to) if to.plain and to.plain != by.plain else Text())
            row += [stacked(kind, status), both, stacked(*words, Text(f"due: {due}" if due else "", style=QUIET))]
        rows.append(row)
    return table([*columns, Column("Words", share=2.0)], rows, width, apart=True)


def actors(record: Record, palette: Palette, width: int) -> RenderableType:
    """Everyone in the report, once."""
    columns = [
        Column("Name", share=1.5),
        Column("Role", share=1.5),
        Column("Kind"),
        Column("State"),
        Column("Sector"),
        Column("Named", right=True),
    ]
    rows = [
        [
            Text(line(actor.name), style=palette.style(actor, bold=True)),
            Text(role(actor)),
            Text(state_words(actor.kind)),
            Text(actor.country or ""),
            Text(", ".join(filter(None, (actor.sector, *actor.other_sectors)))),
            Text(f"{len(actor.mentions)}×", style=QUIET),
        ]
        for actor in record.actors
    ]
    return table(columns, rows, width)


def places(record: Record, width: int) -> RenderableType:
    """Where things happen."""
    columns = [Column("Place"), Column("State"), Column("How exact"), Column("Position")]
    rows = []
    for place in record.places:
        # A country's middle is no place in it.
        drawn = place.lat is not None and place.lon is not None and place.precision != "country"
        position = f"{place.lat:.2f}, {place.lon:.2f}" if drawn else ""
        rows.append(
            [Text(line(place.name)), Text(place.country or ""), Text(place.precision), Text(position, style=QUIET)]
        )
    return table(columns, rows, width)


def parties(entries: Iterable[Party], palette: Palette) -> Text:
    """Parties in the colours of their sides, each once."""
    unique = {actor_name(party.actor): party.actor for party in entries}
    return Text(", ").join(Text(name, style=palette.style(actor)) for name, actor in unique.items())


def days(stated: str | None) -> Text:
    """A day, or the two ends of an interval below each other."""
    return Text(day(stated).replace(" to ", "\nto "))


def sure(confidence: float) -> Text:
    """A confidence as a per cent."""
    return Text(f"{confidence:.0%}", style=QUIET)


def stacked(*parts: Text) -> Text:
    """Texts below each other, without the empty ones."""
    return Text("\n").join(part for part in parts if part.plain)


def _did(event: Event) -> Text:
    code = Text(event.category, style=STRONG)
    if event.mode:
        code.append(f" {event.mode}", style="not bold")
    meaning = cameo_words(event.cameo)
    return stacked(code, Text(" ".join(filter(None, (event.cameo, meaning))), style=QUIET))


def _footing(event: Event, palette: Palette) -> Text:
    """Status and source in one cell: ``planned, says Malta``; nothing for what simply happened."""
    told = Text("" if standing(event) == "occurred" else standing(event), style="italic")
    if event.asserted_by:
        source = Text.assemble(("says ", QUIET), (names([event.asserted_by]), palette.style(event.asserted_by.actor)))
        return stacked(told, source)
    return told


def _word(event: Event, palette: Palette) -> Text:
    return parties([event.asserted_by], palette) if event.asserted_by else Text("the report", style=QUIET)
