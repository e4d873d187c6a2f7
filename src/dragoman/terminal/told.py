"""What an entry between states is called in print: who, to whom, what in words, how far it came.

In: a contact, event, statement or commitment. Out: plain strings, and the parties themselves.
"""

from __future__ import annotations

from dragoman.record.entries import Commitment, Contact, Event, Party, Statement
from dragoman.terminal.wording import cameo_words, code, day, line, names, standing, state_words

Entry = Contact | Event | Statement | Commitment
_SPEAKS = {"positive": "speaks for", "negative": "speaks against", "neutral": "speaks of"}


def sides(entry: Entry) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who, and to whom or about whom."""
    if isinstance(entry, Contact):
        return entry.participants, ()
    if isinstance(entry, Event):
        return entry.actors, entry.recipients
    if isinstance(entry, Statement):
        return entry.speakers, entry.about or entry.addressees
    return entry.by, entry.to or ((entry.addressee,) if entry.addressee else ())


def who(entry: Entry) -> str:
    """``Bolivia > Paraguay``; of what is mutual both sides may stand on both sides."""
    first, second = map(names, sides(entry))
    if second and not first and isinstance(entry, Event):
        return f"nobody named > {second}"
    return f"{first} > {second}" if second and first != second else first


def what(entry: Entry) -> tuple[str, str]:
    """The code, and what it means or where and when it was or is due."""
    if isinstance(entry, Event):
        return code(entry), cameo_words(entry.cameo)
    if isinstance(entry, Contact):
        journey = f"{entry.visitor} to {entry.host}" if entry.visitor and entry.host else ""
        return entry.channel, ", ".join(filter(None, (journey, line(entry.place.name) if entry.place else "")))
    if isinstance(entry, Commitment):
        return entry.kind, f"due {day(entry.due)}" if entry.due else ""
    return _SPEAKS[entry.stance] if entry.about else "says to" if entry.addressees else "says", ""


def meaning(entry: Entry) -> str:
    """The same in one: ``ACCUSE disapprove: criticises, denounces``."""
    return ": ".join(filter(None, what(entry)))


def status(entry: Entry) -> str | None:
    """How far it came, and whether it is older than the news; a statement has none."""
    if isinstance(entry, Statement):
        return None
    if isinstance(entry, Event):
        return standing(entry)
    return f"{state_words(entry.status)}, earlier" if entry.background else state_words(entry.status)
