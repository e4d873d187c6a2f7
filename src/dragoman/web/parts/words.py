"""What entries are called on a page, as plain strings; a template escapes them.

In: entries of a record. Out: words. What the terminal calls things, pages call the same; what steers a terminal or
turns the direction of writing is taken out here, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dragoman.evidence import Span
from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Actor, Event, Party
from dragoman.terminal.pair import shortened, unquoted
from dragoman.terminal.told import Entry, meaning, sides, status, what
from dragoman.terminal.wording import actor_name, cameo_words, counted, day, line, role, state_words
from dragoman.web.parts.address import to
from dragoman.web.parts.desk import desk

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
BASIS = {
    "stated": "the report states the day",
    "relative": "reckoned from words such as “on Monday” and the day of publication",
    "published": "no day is stated; the day of publication stands in",
    "unknown": "no day is known",
}
KINDS = {"contact": "Contact", "event": "Event", "statement": "Statement", "commitment": "Commitment"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_day(value: date | None) -> str:
    """``4 Jun 2024``; a dash for none."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else "no day"


def short_month(value: str) -> str:
    """``2024-06`` as ``Jun 2024``; of a third of a month ``2024-06-1`` as ``10-19 Jun 2024``."""
    year, month, *third = value.split("-")
    days = {"0": "1-9 ", "1": "10-19 ", "2": "20-31 "}[third[0]] if third else ""
    return f"{days}{_MONTHS[int(month) - 1]} {year}"


def words(span: Span, most: int = 220, focus: Span | None = None) -> str:
    """Exact words on one line, cut between words, without the quotation marks around all of them."""
    return unquoted(shortened(span, most, focus))


def code_words(event: Event) -> str:
    """A code in plain words: what CAMEO calls it, else the codebook's line for the category."""
    return cameo_words(event.cameo) or codebook().categories[event.category].gloss


def percent(value: float) -> str:
    """``0.876`` as ``88 %``."""
    return f"{value:.0%}".replace("%", " %")


def signed(value: float) -> str:
    """A number with its sign."""
    return f"{value:+.1f}".replace("-", "−")


def actor_address(actor: Actor) -> str:
    """The page about an actor: a state's by its code, all others' by name."""
    if actor.kind == "state" and actor.country:
        return to("actor", actor.country)
    return to("actor", line(actor.name))


def state_name(code: str | None) -> str:
    """What a code stands for."""
    return desk().state_name(code)


def unique(parties: tuple[Party, ...]) -> list[Party]:
    """Parties, each name once."""
    return list({actor_name(party.actor): party for party in parties}.values())


def unique_list(values: Iterable[object]) -> list[object]:
    """Values, each once, in order."""
    return list(dict.fromkeys(values))


FILTERS = {
    "unique_list": unique_list,
    "short_day": short_day,
    "short_month": short_month,
    "words": words,
    "code_words": code_words,
    "percent": percent,
    "signed": signed,
    "line": line,
    "role": role,
    "named": actor_name,
    "actor_address": actor_address,
    "state_name": state_name,
    "unique": unique,
    "day": day,
    "cameo_words": cameo_words,
    "state_words": state_words,
    "counted": counted,
    "meaning": meaning,
    "what": what,
    "status": status,
    "sides": sides,
}

__all__ = ["BASIS", "FILTERS", "KINDS", "QUADS", "Entry"]
