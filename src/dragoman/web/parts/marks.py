"""A report's text with what was found in it: pieces, each with the entries whose words it belongs to.

In: a record. Out: `Piece`s that together are the text, in order. Spans lie over and in each other; the text is cut at
every end of one, so that each piece belongs to the same entries from its first sign to its last. An entry is named by
its letter and number, as in ids: ``e0`` the first event, ``a2`` the third actor.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.evidence import Span
from dragoman.record.entries import Record
from dragoman.terminal.wording import safe

_ORDER = ("event", "place", "actor", "saying", "words")
"""What a click on a piece means first."""


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    key: str
    extra: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text.

    Attributes:
        text: its signs.
        classes: how it is marked.
        keys: the entries it belongs to.
        main: the entry that a click on it shows; None where there is none.
        begins: whether the main entry's words begin here, so that the keyboard stops at it once.
        behind: numbers, counted from 1, of events whose trigger ends here.
    """

    text: str
    classes: str = ""
    keys: tuple[str, ...] = ()
    main: str | None = None
    begins: bool = False
    behind: tuple[int, ...] = ()


def pieces(record: Record) -> list[Piece]:
    """The text of a record's report in pieces."""
    text = record.report.text
    marks = sorted(_marks(record))
    ends = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    stops: set[str] = set()
    made: list[Piece] = []
    open_: list[_Mark] = []
    waiting = iter(marks)
    coming = next(waiting, None)
    numbers: dict[int, list[int]] = {}
    for number, event in enumerate(record.events, start=1):
        numbers.setdefault(event.trigger.end, []).append(number)
    for begin, end in itertools.pairwise(ends):
        while coming is not None and coming.start <= begin:
            open_.append(coming)
            coming = next(waiting, None)
        open_ = [mark for mark in open_ if mark.end > begin]
        made.append(_piece(safe(text[begin:end]), open_, stops, tuple(numbers.get(end, ()))))
    return made


def _piece(text: str, over: list[_Mark], stops: set[str], behind: tuple[int, ...]) -> Piece:
    if not over:
        return Piece(text, behind=behind)
    ranked = sorted(over, key=lambda mark: (_ORDER.index(mark.kind), mark.end - mark.start))
    classes = dict.fromkeys(part for mark in ranked for part in _classes(mark).split())
    main = next((mark.key for mark in ranked if mark.kind != "words"), None)
    begins = main is not None and main not in stops
    if main is not None:
        stops.add(main)
    keys = tuple(dict.fromkeys(mark.key for mark in ranked))
    return Piece(text, " ".join(classes), keys, main, begins, behind)


def _classes(mark: _Mark) -> str:
    if mark.kind == "words":
        return ""
    name = "ev" if mark.kind == "event" else mark.kind
    return f"{name} {mark.extra}".strip()


def _marks(record: Record) -> Iterator[_Mark]:
    for number, event in enumerate(record.events):
        weak = "" if event.status == "occurred" else " weak"
        yield _mark(event.trigger, "event", f"e{number}", ("conflict" if event.quad > 2 else "") + weak)
        yield _mark(event.evidence, "words", f"e{number}")
    for number, statement in enumerate(record.statements):
        yield _mark(statement.content, "saying", f"s{number}")
    for number, contact in enumerate(record.contacts):
        yield _mark(contact.evidence, "words", f"c{number}")
    for number, commitment in enumerate(record.commitments):
        yield _mark(commitment.content, "words", f"m{number}")
    for number, actor in enumerate(record.actors):
        for mention in actor.mentions:
            yield _mark(mention, "actor", f"a{number}")
    for number, place in enumerate(record.places):
        yield _mark(place.span, "place", f"p{number}")


def _mark(span: Span, kind: str, key: str, extra: str = "") -> _Mark:
    return _Mark(span.start, span.end, kind, key, extra.strip())
