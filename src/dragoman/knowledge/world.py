"""Schemas and loader of what the world calls things: states, bodies, groupings, offices, persons.

`world()` gives them checked and linked. Names are kept as written; how they are matched is the actors room's affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.links import broken_links
from dragoman.knowledge.loader import Fact, check, load_entries, raw, under


def _year(value: Any) -> Any:
    """A bare year, which YAML takes for a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Day = Annotated[str, BeforeValidator(_year), Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
"""A day, a month or a year, ISO; whether there is such a day is `dragoman knowledge check`'s to say."""


# Territories that PLOVER keeps apart from the state that controls them.
_OWN_CODES = frozenset(("HKG", "ATA", "PSE", "XKX", "TWN"))


class State(Fact):
    """A state, territory, partly recognised or vanished one: `states/*.yaml`."""

    code: str = Field(pattern=r"^[A-Z]{3}$")
    name: str
    kind: Literal["state", "territory", "partly_recognised", "former"] = "state"
    parent: str | None = None
    successors: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    shared_adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ship_classes: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()
    qid: str | None = Field(default=None, pattern=r"^Q\d+$")
    fips: str | None = None
    cow: int | None = None

    @property
    def strong(self) -> tuple[str, ...]:
        """Names that are its own; one that is in `weak`, too, may mean something else."""
        return (self.name, *self.formal, *self.names)

    @property
    def seated(self) -> tuple[str, ...]:
        """The capital and the seats of power."""
        return (*((self.capital,) if self.capital else ()), *self.seats)


class Body(Fact):
    """An organisation, armed group, party, agency or outlet: `bodies/*.yaml`."""

    name: str
    acronyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    kind: str
    country: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    qid: str | None = Field(default=None, pattern=r"^Q\d+$")

    @property
    def strong(self) -> tuple[str, ...]:
        """Names that are its own."""
        return (self.name, *self.aliases, *self.acronyms)


class Grouping(Fact):
    """States taken together ("Muslim states"): `groups.yaml`."""

    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    country: str | None = None
    kind: str = "group"

    @property
    def strong(self) -> tuple[str, ...]:
        """Names that are its own."""
        return (self.name, *self.aliases)


class Rank(Fact):
    """A word before an office that moves its rank ("deputy")."""

    words: tuple[str, ...]
    level: int


class Head(Fact):
    """An office by its words; ``of`` tells whether a state or a body has it."""

    office: str
    words: tuple[str, ...]
    sector: str | None = None
    rank: int = 6
    of: Literal["state", "body", "either"] = "either"


class StatePart(Fact):
    """A part of a state named by common nouns ("foreign ministry")."""

    words: tuple[str, ...]
    name: str
    sector: str | None = None
    kind: str = "government_body"


class PeopleWord(Fact):
    """Common nouns for unnamed groups of people."""

    words: tuple[str, ...]
    sector: str | None = None
    kind: str = "population"


class Offices(Fact):
    """How offices are named, piece by piece: `offices.yaml`."""

    status: dict[str, tuple[str, ...]]
    ranks: tuple[Rank, ...]
    heads: tuple[Head, ...]
    honorifics: tuple[str, ...]
    state_words: tuple[StatePart, ...]
    people_words: tuple[PeopleWord, ...]


class Term(Fact):
    """An office somebody held; dates are ISO, of day, month or year precision; empty is unknown or still running.

    ``rival`` marks a term during which another held or claimed the office, too: two governments of one state.
    """

    office: str
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    status: str | None = None
    country: str | None = None
    of: str | None = None
    rival: bool = False


class Person(Fact):
    """Somebody who held offices: `persons/*.yaml`."""

    name: str
    aliases: tuple[str, ...] = ()
    gender: Literal["m", "f"] | None = None
    qid: str | None = Field(default=None, pattern=r"^Q\d+$")
    born: Day | None = None
    died: Day | None = None
    country: str | None = None
    sector: str | None = None
    offices: tuple[Term, ...] = ()

    @property
    def strong(self) -> tuple[str, ...]:
        """The name and all others that are written for it."""
        return (self.name, *self.aliases)


Named = State | Body | Grouping | Person


def shown(thing: Named) -> str:
    """An entry in messages: ``person Otto Muster (RUR)``."""
    code = thing.code if isinstance(thing, State) else thing.country
    return f"{type(thing).__name__.lower()} {thing.name}" + (f" ({code})" if code else "")


class World(Fact):
    """All of it."""

    states: tuple[State, ...]
    bodies: tuple[Body, ...]
    groupings: tuple[Grouping, ...]
    offices: Offices
    persons: tuple[Person, ...]


Folded = Mapping[str, tuple[str, bool]]
"""Codes that count as another state's: that state's code, and whether the claim is disputed."""


@lru_cache(maxsize=4)
def folded_countries(extra: str | None = None) -> Folded:
    """Codes that PLOVER folds into another state's, with that state's code and whether the claim is disputed.

    Source: PLOVER's country rules: dependencies count as the state that controls them, but Hong Kong and Antarctica
    have codes of their own; disputed territories count as the state that claims them, with sector PRE added.
    """
    return {
        state.code: (state.parent, state.kind == "partly_recognised")
        for state in world(extra).states
        if state.parent is not None and state.parent != state.code and state.code not in _OWN_CODES
    }


@lru_cache(maxsize=4)
def world(extra: str | None = None) -> World:
    """What the world calls things, checked.

    Args:
        extra: a user's own folder, laid over ours.

    Raises:
        KnowledgeError: for a broken schema or a reference to nothing.
    """
    files = raw(extra)
    made = World(
        states=tuple(e for _, e in load_entries(State, under("states", extra))),
        bodies=tuple(e for _, e in load_entries(Body, under("bodies", extra))),
        groupings=tuple(e for _, e in load_entries(Grouping, {"groups.yaml": files.get("groups.yaml", [])})),
        offices=check(Offices, files["offices.yaml"], "offices.yaml"),
        persons=tuple(e for _, e in load_entries(Person, under("persons", extra))),
    )
    wrong = broken_links(made.states, made.bodies, made.groupings, made.offices, made.persons, codebook())
    if wrong:
        raise KnowledgeError("; ".join(f"{link.room}: {link.entry}: {link.what}" for link in wrong))
    return made
