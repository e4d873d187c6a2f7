"""Events as sources and targets: what most event data knows, cut from what the record knows.

In: passages of an archive. Out: `Told`: one actor, one recipient, and the passage. An event of two actors and three
recipients gives six; one without a recipient gives one whose target is None. In a mutual event everybody is source and
target of everybody else, as CAMEO's coders have it.

Ids are stable: of the event, of the telling and of each pair, on every machine and in every export. `number_of` makes
one a number of 63 bits, for formats whose ids are numbers.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from dragoman.archive.passages import Passage
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import exchange
from dragoman.record.entries import Actor, Event, Party

Needs = dict[str, Callable[[Passage], bool]]
"""What a passage must have, by the reason that is given when it has not."""
Unit = Literal["event", "report"]
"""What a row stands for: one event, however many reports tell it, or one report's telling of it."""
SAID_NOT_TO_BE = ("hypothetical", "negated")
"""Statuses that no other format has room for; a row of theirs would be read as something that happened."""


@dataclass(frozen=True, slots=True)
class Told:
    """One actor and one recipient of an event as one report tells it."""

    passage: Passage
    pair: int
    source: Party | None
    target: Party | None

    @property
    def event(self) -> Event:
        """The event."""
        return self.passage.event

    def key(self, unit: Unit) -> str:
        """The id of the row this becomes: of the event or the telling, and which pair it is."""
        return pair_id(self.passage.event_id if unit == "event" else self.passage.id, self.pair)


def pair_id(entry: str, pair: int) -> str:
    """The id of a pair of an event; the first has the event's own."""
    return f"{entry}.{pair + 1}" if pair else entry


def number_of(key: str) -> int:
    """An id as a number: the same for the same id; of a million ids two share one once in 10**7 times."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1


def pairs(passage: Passage) -> Iterator[Told]:
    """The pairs of an event, in the record's order."""
    event = passage.event
    both = (*event.actors, *event.recipients)
    ways: list[tuple[Party | None, Party | None]]
    if event.reciprocal and len(both) > 1:
        numbers = range(len(both))
        ways = [(both[i], both[j]) for i, j in product(numbers, numbers) if i != j and not _same_side(event, i, j)]
    else:
        ways = list(product(event.actors or (None,), event.recipients or (None,)))
    for number, (source, target) in enumerate(ways):
        yield Told(passage, number, source, target)


def _same_side(event: Event, i: int, j: int) -> bool:
    """In a mutual event with two sides those of one side do not act on each other."""
    cut = len(event.actors)
    return bool(event.recipients) and bool(cut) and (i < cut) == (j < cut)


def day_of(passage: Passage) -> date | None:
    """The day a row is dated to, where a format has room for one: the first day that the report gives the event.

    What is announced or asked for happens on the day it is announced, so those have the report's day; so has what has
    no date of its own, unless it is background, which is left open.
    """
    event = passage.event
    if event.status in ("planned", "requested") or (event.date is None and not event.background):
        return passage.published
    return first_and_last_day(event.date)[0]


def first_and_last_day(stated: str | None) -> tuple[date | None, date | None]:
    """The days of an ISO date (of a day, a month or a year) or interval ``a/b``; None for what is no day."""
    first, _, last = (stated or "").partition("/")
    return _day(first, last=False), _day(last or first, last=True)


def _day(stated: str, *, last: bool) -> date | None:
    try:
        parts = [int(part) for part in stated.split("T", maxsplit=1)[0].split("-")]
        year, month = (*parts, 12 if last else 1)[:2]
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1] if last else 1)
    except ValueError:
        return None


class Kept:
    """Chooses what goes into a file, and counts what does not, by reason.

    Args:
        unit: what a row stands for; of several tellings of one event the first that comes is written.
        needs: reasons and what a passage must have beside being said to have happened.
        asked: whether the user asked for a status; then that is what is written.
    """

    def __init__(self, unit: Unit, needs: Needs | None = None, *, asked: bool = False) -> None:
        self.unit = unit
        self.left_out: dict[str, int] = {}
        self._needs = needs or {}
        self._asked = asked
        self._written: set[int] = set()

    def __call__(self, passages: Iterable[Passage]) -> Iterator[tuple[Passage, bool]]:
        """Passages that fit, each with whether it is the first of its event (always, where a row is a telling)."""
        for passage in passages:
            if reason := self._reason(passage):
                self.leave(reason)
                continue
            yield passage, self._first(passage)

    def leave(self, reason: str) -> None:
        """Count something that is left out."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def _reason(self, passage: Passage) -> str | None:
        status = passage.event.status
        if status in SAID_NOT_TO_BE and not self._asked:
            return f"status {status}"
        return next((reason for reason, fits in self._needs.items() if not fits(passage)), None)

    def _first(self, passage: Passage) -> bool:
        if self.unit == "report" or (passage.reports == 1 and passage.event_id == passage.id):
            return True
        # Only events of several tellings are remembered, as numbers: a million of them are some 60 MB.
        number = number_of(passage.event_id)
        if number in self._written:
            return False
        self._written.add(number)
        return True


def has_cameo(passage: Passage) -> bool:
    """Whether the words support a code that CAMEO has; there is no default one."""
    return passage.event.cameo in codebook().cameo


def roles(actor: Actor) -> tuple[str, ...]:
    """CAMEO's roles of an actor, the main one first."""
    known = exchange().sectors
    codes = (known[s].cameo for s in (actor.sector, *actor.other_sectors) if s and s in known)
    return tuple(dict.fromkeys(code for code in codes if code))


def actor_code(actor: Actor) -> str | None:
    """CAMEO's whole actor code: country or kind of international actor, then roles; None where nothing is known.

    The country is ISO 3166-1 alpha-3, as in the dictionaries of PETRARCH2 and Phoenix.
    """
    known = exchange().international.get(actor.country or "")
    code = (known.cameo if known else actor.country or "") + "".join(roles(actor))
    return code or None
