"""What an account of a contact tells, cut into items that can be held against another account's.

In: a report's record, and which of its contacts is the one that is told. Out: `Item`s, in the order of the text, kind
by kind. Left out: background, what is only supposed, what neither of the two states has a part in (places and other
states count all), the contact's own event, and statements that are part of a longer one of the same side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from dragoman.actors.claims import matching
from dragoman.evidence import Span
from dragoman.knowledge.folding import fold
from dragoman.knowledge.readouts import readout_words
from dragoman.knowledge.world import world
from dragoman.record.entries import Actor, Commitment, Contact, Event, Party, Place, Record, Statement

Kind = Literal["topic", "contact", "commitment", "event", "statement", "place", "state"]
KINDS: tuple[Kind, ...] = ("topic", "contact", "commitment", "event", "statement", "place", "state")
Told = Contact | Commitment | Event | Statement | Place | Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that an account tells.

    Attributes:
        kind: what it is.
        report_id: of the report that tells it.
        entry_id: of the entry, as the archive has it; a topic has its contact's.
        words: the exact words.
        span: where they stand in the report; None for a topic.
        entry: the entry itself; None for a topic.
        also: other reports of the same account that tell it, too.
        states: whose act, word or commitment it is; in a contact who takes part.
        towards: to whom an act is done.
        content: its content words, by what two forms of one share.
    """

    kind: Kind
    report_id: str
    entry_id: str
    words: str
    span: Span | None = None
    entry: Told | None = None
    also: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    towards: frozenset[str] = frozenset()
    content: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """A report's record, and which of its contacts is the one that is told."""

    record: Record
    contact: int

    @property
    def told(self) -> Contact:
        """The contact."""
        return self.record.contacts[self.contact]


def items(account: Account, one: str, other: str) -> Iterator[Item]:
    """What one report tells beside that there was a contact."""
    record, both = account.record, frozenset((one, other))
    without = _names(one, other) | _words(party.actor.name for party in account.told.participants)

    def item(
        kind: Kind,
        letter: str,
        number: int,
        words: Span | str,
        entry: Told | None,
        states: frozenset[str] = frozenset(),
        towards: frozenset[str] = frozenset(),
    ) -> Item:
        text = words.text if isinstance(words, Span) else words
        # That both accounts say "promised" or "Egypt" does not make it one promise.
        named = _words(_told_anyway(entry)) if isinstance(entry, Event) else frozenset()
        return Item(
            kind=kind,
            report_id=record.report.id,
            entry_id=f"{record.report.id}-{letter}{number}",
            words=text,
            span=words if isinstance(words, Span) else None,
            entry=entry,
            states=states,
            towards=towards,
            content=readout_words().content(text, without | named),
        )

    for topic in dict.fromkeys(account.told.topics):
        yield item("topic", "c", account.contact, topic, None)
    for number, contact in enumerate(record.contacts):
        present = countries(contact.participants) | {code for code in (contact.visitor, contact.host) if code}
        if number != account.contact and not contact.background and present & both:
            yield item("contact", "c", number, contact.evidence, contact, present & both)
    for number, bound in enumerate(record.commitments):
        by = countries(bound.by)
        to = countries((*bound.to, *((bound.addressee,) if bound.addressee else ())))
        if not bound.background and (by | to) & both:
            yield item("commitment", "m", number, bound.content, bound, by, to)
    for number, event in enumerate(record.events):
        actors, recipients = countries(event.actors), countries(event.recipients)
        itself = event.category == "CONSULT" and _overlap(event.evidence, account.told.evidence)
        news = not event.background and event.status != "hypothetical"
        if news and not itself and (actors | recipients) & both:
            sides = (actors | recipients, frozenset[str]()) if event.reciprocal else (actors, recipients)
            yield item("event", "e", number, event.evidence, event, *sides)
    for number, said in enumerate(record.statements):
        parties = countries((*said.speakers, *said.about, *said.addressees))
        if parties & both and not any(_part_of(said, wider) for wider in record.statements):
            yield item("statement", "s", number, said.content, said, countries(said.speakers))
    seen: set[object] = set()
    for number, place in enumerate(record.places):
        if place.precision != "country" and place_key(place) not in seen:
            seen.add(place_key(place))
            yield item("place", "p", number, place.span, place)
    for number, actor in enumerate(record.actors):
        code = actor.country if actor.kind in ("state", "igo") else None
        if code and code not in both and code not in seen:
            seen.add(code)
            yield item(
                "state", "a", number, actor.mentions[0] if actor.mentions else actor.name, actor, frozenset((code,))
            )


def countries(parties: Iterable[Party]) -> frozenset[str]:
    """The states of parties."""
    return frozenset(party.actor.country for party in parties if party.actor.country)


def same_name(name: str, other: str) -> bool:
    """Whether two names can be one person's: in full, by surname, in another spelling."""
    return bool(matching(name, [other]) or matching(other, [name]))


def place_key(place: Place) -> object:
    """What two namings of one place share."""
    return place.geoname_id or (fold(place.name), place.country)


def _names(one: str, other: str) -> frozenset[str]:
    """Words that name the two states, their people or seats: they stand in all their accounts."""
    states = [state for state in world().states if state.code in (one, other)]
    return _words(name for state in states for name in (*state.strong, *state.adjectives, *state.people, *state.seated))


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold(name).replace("-", " ").replace("'", " ").split())


def _told_anyway(event: Event) -> Iterator[str]:
    """The word for the act and the names of its sides, which category and sides tell as well."""
    yield event.trigger.text
    for party in (*event.actors, *event.recipients):
        yield from (party.actor.name, party.span.text)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _part_of(said: Statement, wider: Statement) -> bool:
    a, b = said.content, wider.content
    within = b.start <= a.start and a.end <= b.end and len(a.text) < len(b.text)
    return within and countries(said.speakers) == countries(wider.speakers)
