"""Two accounts of one contact held against each other, item by item: what both tell, and what only one of them.

In: the items of either account. Out: `Point`s, by kind; of a kind first what both tell. Two items are the same:

    topic        when half the content words of the shorter are shared
    contact      another one than that which is told: same family of channel and states, days that touch
    commitment   when the same side is bound in the same way; two content words and half of the shorter shared
    event        of the same category and sides; one may leave open to whom. Of several, the one that shares code and
                 words; without shared words not by other people. What one tells and the other denies is one
                 point if they share a content word
    statement    when the same side speaks; two content words and half of the shorter shared
    place        by GeoNames, or by name and state
    state        by its code

Each item is used once, the closest first. Content words leave out those of `readouts.yaml`, names of the two states and
of who takes part, and of an event the word for the act and its sides: all promises are promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.archive.days import days
from dragoman.archive.items import KINDS, Account, Item, Kind, items, place_key, same_name
from dragoman.knowledge.readouts import readout_words
from dragoman.record.entries import Actor, Commitment, Contact, Event, Place, Reason, Statement

HALF = 0.5
_FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A thing that one account tells, or both.

    Attributes:
        kind: what it is.
        first, second: as either account has it; None where it leaves it out.
        differences: in what the two do not agree, in words.
        reasons: why the two are one, or why nothing in the other account fits.
    """

    kind: Kind
    first: Item | None
    second: Item | None
    differences: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def told_by(self) -> Literal["both", "first", "second"]:
        """Who tells it."""
        return "both" if self.first and self.second else "first" if self.first else "second"

    @property
    def disputed(self) -> bool:
        """Whether one says that it happened, the other that it did not."""
        entries = (item.entry for item in (self.first, self.second) if item)
        denied = [entry.status == "negated" for entry in entries if isinstance(entry, (Event, Contact))]
        return len(denied) == 2 and denied[0] != denied[1]


@dataclass(frozen=True, slots=True)
class _Match:
    """How well two items fit, why, and in what they differ."""

    score: float
    reasons: tuple[Reason, ...]
    differences: tuple[str, ...] = ()


def points(first: Sequence[Account], second: Sequence[Account], one: str, other: str) -> tuple[Point, ...]:
    """All points of two accounts, each of one or more reports, of a contact of two states."""
    left, right = _united(first, one, other), _united(second, one, other)
    return tuple(point for kind in KINDS for point in _points(_of(left, kind), _of(right, kind)))


def families_fit(a: str, b: str) -> bool:
    """Whether two channels can be one contact's."""
    family = readout_words().family_of
    return a not in family or b not in family or family[a] == family[b]


def same_channel(a: str, b: str) -> str:
    """In words that two channels can be one contact's."""
    return f"{a} in both" if a == b else f"{a} and {b} can be one"


def _united(accounts: Sequence[Account], one: str, other: str) -> list[Item]:
    """The items of an account; what several of its reports tell stands once."""
    known: list[Item] = []
    for account in accounts:
        for kind in KINDS:
            new = [item for item in items(account, one, other) if item.kind == kind]
            same = {id(b): a for a, b, _ in _pairs(_of(known, kind), new)}
            for item in new:
                if id(item) not in same:
                    known.append(item)
                    continue
                place = next(place for place, there in enumerate(known) if there is same[id(item)])
                known[place] = replace(known[place], also=(*known[place].also, item.report_id))
    return known


def _of(told: Iterable[Item], kind: Kind) -> list[Item]:
    return [item for item in told if item.kind == kind]


def _points(left: list[Item], right: list[Item]) -> Iterator[Point]:
    """The points of one kind."""
    pairs = _pairs(left, right)
    for a, b, match in pairs:
        yield Point(kind=a.kind, first=a, second=b, differences=match.differences, reasons=match.reasons)
    matched = {id(item) for a, b, _ in pairs for item in (a, b)}
    for item in left:
        if id(item) not in matched:
            yield Point(kind=item.kind, first=item, second=None, reasons=(_missing(item, right),))
    for item in right:
        if id(item) not in matched:
            yield Point(kind=item.kind, first=None, second=item, reasons=(_missing(item, left),))


def _pairs(left: list[Item], right: list[Item]) -> list[tuple[Item, Item, _Match]]:
    """Items that are the same, each used once, chosen the closest first; in the order of the left."""
    fits = [
        (a, b, match)
        for a, item in enumerate(left)
        for b, fellow in enumerate(right)
        if (match := _MATCHES[item.kind](item, fellow)) is not None
    ]
    chosen: dict[int, tuple[int, _Match]] = {}
    for a, b, match in sorted(fits, key=lambda fit: (-fit[2].score, fit[0], fit[1])):
        if a not in chosen and all(b != taken for taken, _ in chosen.values()):
            chosen[a] = (b, match)
    return [(left[a], right[b], match) for a, (b, match) in sorted(chosen.items(), key=lambda pair: pair[0])]


def _missing(item: Item, others: list[Item]) -> Reason:
    """Why nothing in the other account fits."""
    if not others:
        return Reason(fact=f"the other account has no {item.kind}")
    if item.kind in ("place", "state"):
        return Reason(fact="the other account does not name it")
    if not any(other.states == item.states for other in others):
        return Reason(fact=f"the other account has no {item.kind} of {_side(item.states)}")
    return Reason(fact=f"no {item.kind} of the other account is close enough")


# -- when two items are the same


def _shared(a: Item, b: Item) -> tuple[list[str], float]:
    """The content words that two share, and what part they are of the shorter."""
    common = [a.content[stem] for stem in a.content if stem in b.content]
    shorter = min(len(a.content), len(b.content))
    return common, len(common) / shorter if shorter else 0.0


def _words(common: list[str]) -> Reason:
    return Reason(fact=f"shared words: {', '.join(common)}", weight=min(0.2 * len(common), 0.8))


def _alike(a: Item, b: Item, fewest: int = _FEWEST_SHARED) -> _Match | None:
    """By their words; of one or two content words all must be shared."""
    common, part = _shared(a, b)
    enough = bool(common) and len(common) >= min(fewest, len(a.content), len(b.content)) and part >= HALF
    return _Match(part + len(common) / 10, (_words(common),)) if enough else None


def _same_topic(a: Item, b: Item) -> _Match | None:
    return _alike(a, b, fewest=1)


def _same_statement(a: Item, b: Item) -> _Match | None:
    match = _alike(a, b) if a.states == b.states else None
    if match is None or not isinstance(a.entry, Statement) or not isinstance(b.entry, Statement):
        return None
    reasons = (*_by(a, "speaks"), *match.reasons)
    return _Match(match.score, reasons, _differ("stance", a.entry.stance, b.entry.stance))


def _same_commitment(a: Item, b: Item) -> _Match | None:
    match = _alike(a, b) if a.states == b.states else None
    if match is None or not isinstance(a.entry, Commitment) or not isinstance(b.entry, Commitment):
        return None
    group = readout_words().binding_of
    if group[a.entry.kind] != group[b.entry.kind]:
        return None
    differences = (
        *_differ("kind", a.entry.kind, b.entry.kind),
        *_differ("status", a.entry.status, b.entry.status),
        *_differ("due", a.entry.due, b.entry.due),
        *_differ("condition", a.entry.condition, b.entry.condition),
    )
    return _Match(match.score, (*_by(a, "is bound"), *match.reasons), differences)


def _same_event(a: Item, b: Item) -> _Match | None:
    if not isinstance(a.entry, Event) or not isinstance(b.entry, Event):
        return None
    if a.entry.category != b.entry.category or a.states != b.states or not a.states:
        return None
    one_open = a.towards != b.towards
    if one_open and a.towards and b.towards:
        return None
    common, _ = _shared(a, b)
    denied = (a.entry.status == "negated") != (b.entry.status == "negated")
    if (one_open or denied) and not common:
        return None
    same_code = a.entry.cameo == b.entry.cameo
    if not common and not (same_code or a.towards):
        # Where neither says to whom, only code or words can tell that it is one act.
        return None
    if not common and _other_people(a.entry, b.entry):
        return None
    to = f" to {_side(a.towards or b.towards)}" if a.towards or b.towards else ""
    reasons = [Reason(fact=f"{a.entry.category} of {_side(a.states)}{to}", weight=0.5)]
    reasons += [Reason(fact="one leaves open to whom", weight=-0.1)] if one_open else []
    reasons += [Reason(fact=f"same code {a.entry.cameo}", weight=0.2)] if same_code and a.entry.cameo else []
    reasons += [_words(common)] if common else [Reason(fact="no content word shared", weight=-0.1)]
    score = 1 + 0.5 * (not one_open) + 0.5 * same_code + 0.5 * min(len(common), 3) - 0.25 * denied
    differences = (*_differ("status", a.entry.status, b.entry.status), *_differ("code", a.entry.cameo, b.entry.cameo))
    return _Match(score, tuple(reasons), differences)


def _other_people(a: Event, b: Event) -> bool:
    """Whether both name who acts, and none is the same."""
    mine, theirs = ([p.actor.name for p in event.actors if p.actor.kind == "person"] for event in (a, b))
    return bool(mine and theirs) and not any(same_name(name, other) for name in mine for other in theirs)


def _same_contact(a: Item, b: Item) -> _Match | None:
    if not isinstance(a.entry, Contact) or not isinstance(b.entry, Contact):
        return None
    (first, last), (other_first, other_last) = days(a.entry.date, None), days(b.entry.date, None)
    dated = bool(first and last and other_first and other_last)
    if first and last and other_first and other_last and (first > other_last or other_first > last):
        return None
    # One may leave out a side: "he will travel to Doha".
    if not families_fit(a.entry.channel, b.entry.channel) or not (a.states <= b.states or a.states >= b.states):
        return None
    when = Reason(fact="days that touch" if dated else "one leaves the day open", weight=0.3 if dated else 0.0)
    differences = (
        *_differ("channel", a.entry.channel, b.entry.channel),
        *_differ("status", a.entry.status, b.entry.status),
        *_differ("date", a.entry.date, b.entry.date),
    )
    how = Reason(fact=same_channel(a.entry.channel, b.entry.channel), weight=0.3)
    return _Match(1.0 + dated, (how, when), differences)


def _same_place(a: Item, b: Item) -> _Match | None:
    there = isinstance(a.entry, Place) and isinstance(b.entry, Place) and place_key(a.entry) == place_key(b.entry)
    return _Match(1.0, (Reason(fact="the same place", weight=1.0),)) if there else None


def _same_state(a: Item, b: Item) -> _Match | None:
    there = isinstance(a.entry, Actor) and isinstance(b.entry, Actor) and a.states == b.states
    return _Match(1.0, (Reason(fact="the same state", weight=1.0),)) if there else None


def _by(item: Item, does: str) -> tuple[Reason, ...]:
    return (Reason(fact=f"{_side(item.states)} {does} in both", weight=0.3),) if item.states else ()


def _differ(what: str, a: str | None, b: str | None) -> tuple[str, ...]:
    return () if a == b else (f"{what}: {a or 'none'} / {b or 'none'}",)


def _side(states: frozenset[str]) -> str:
    return " and ".join(sorted(states)) or "nobody named"


_MATCHES: dict[Kind, Callable[[Item, Item], _Match | None]] = {
    "topic": _same_topic,
    "contact": _same_contact,
    "commitment": _same_commitment,
    "event": _same_event,
    "statement": _same_statement,
    "place": _same_place,
    "state": _same_state,
}
