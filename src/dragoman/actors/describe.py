"""Who is meant by a name or description standing alone: the cast asked about a few words."""

from __future__ import annotations

from datetime import date

from dragoman.actors.cast import Player
from dragoman.actors.claims import Who
from dragoman.actors.names import Names
from dragoman.actors.resolve import resolve
from dragoman.reading.parse import Grammar
from dragoman.report.report import Report


def describe(
    grammar: Grammar, names: Names, words: str, context: str, day: date | None, who: Who | None = None
) -> Player | None:
    """The actor that `words` mean after reading `context`, or None."""
    if not words.strip():
        return None
    before = context.rstrip() + "\n\n" if context.strip() else ""
    # A bare phrase parses badly; as the subject of a short sentence it parses as one.
    text = f"{before}{words} spoke."
    report = Report(text=text, published=day)
    reading = next(grammar.read_many([(report, 0, [])]))
    cast = resolve(reading, names, who)
    start, end = len(before), len(before) + len(words)
    inside = [
        m for m in cast.mentions if m.players and m.span.start < end and start < m.span.end and m.kind != "pronoun"
    ]
    if not inside:
        return None
    widest = max(inside, key=lambda m: (m.last - m.first, -m.first))
    player = widest.players[0]
    if player.kind == "office" and day is not None and player.country and player.role_status in ("incumbent", "acting"):
        # A report that names nobody is not added to; who asks for the holder on a day is told.
        known = next((k for office in player.offices if (k := names.holder(office, player.country, day))), None)
        if known is not None:
            player.name, player.kind, player.qid = known.name, "person", known.qid
            player.reasons.append((f"{known.name} held the office on the day, by the files", 0.4))
    return player
