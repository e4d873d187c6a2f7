"""One event and all who tell it: the tellings side by side, and in what they differ.

In: an event's id, shared by all rows that tell it. Out: `Telling`s, oldest first, and for each aspect the value that
each of them has. Two tellings differ in an aspect when both say something and it is not the same; what one leaves open
is no difference. Numbers are those in the words of the evidence, without the years and days of dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.archive import EventRow
from dragoman.record.entries import Record
from dragoman.terminal.wording import cameo_words, code, day, line, names, standing

ASPECTS = ("who", "to whom", "what", "when", "where", "how far", "on whose word", "numbers")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*\d|(?<![\w.])\d(?!\w)")


@dataclass(frozen=True, slots=True)
class Telling:
    """How one report tells the event.

    Attributes:
        row: the event as it has it.
        title: of the report.
        before, words, after: the evidence and what stands around it.
        aspects: what it says, by aspect; empty where it leaves it open.
    """

    row: EventRow
    title: str | None
    before: str
    words: str
    after: str
    aspects: dict[str, str]


def telling(row: EventRow, record: Record, around: int = 160) -> Telling:
    """A row as a telling; `record` is its report's."""
    event, text = row.event, record.report.text
    span = event.evidence
    begin = max(text.rfind("\n", 0, span.start) + 1, span.start - around)
    end = text.find("\n", span.end)
    end = min(len(text) if end < 0 else end, span.end + around)
    coded = " ".join(filter(None, (code(event), event.cameo or "", cameo_words(event.cameo))))
    aspects = {
        "who": names(event.actors),
        "to whom": names(event.recipients),
        "what": coded,
        "when": day(event.date),
        "where": line(event.place.name) if event.place else "",
        "how far": standing(event),
        "on whose word": line(event.asserted_by.actor.name) if event.asserted_by else "",
        "numbers": ", ".join(dict.fromkeys(_NUMBER.findall(span.text))),
    }
    return Telling(row, record.report.title, text[begin : span.start], span.text, text[span.end : end], aspects)


def differing(tellings: Sequence[Telling]) -> set[str]:
    """The aspects in which not all who say something say the same."""
    found = set()
    for aspect in ASPECTS:
        said = {told.aspects[aspect].casefold() for told in tellings if told.aspects[aspect]}
        if len(said) > 1:
            found.add(aspect)
    return found
