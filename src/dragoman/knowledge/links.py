"""References between entries of the world: each must point to something.

In: entries. Out: what points nowhere; nothing is raised here, so that a check can tell all of it at once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman.knowledge.folding import name_key

if TYPE_CHECKING:
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.world import Body, Grouping, Offices, Person, State


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A reference to nothing.

    Attributes:
        room: states, bodies, groups, offices or persons.
        thing: the entry itself.
        entry: its name.
        what: what is wrong.
        remedy: what to do.
        kind: `date` for a term that ends before it begins.
    """

    room: str
    thing: object
    entry: str
    what: str
    remedy: str
    kind: Literal["reference", "date"] = "reference"


_CODE = "Use the code of a state in states/ (IRN), or IGO UNO EUR NGO ISM IMG MNC."
_SECTOR = "Use one of the sectors in plover/sectors.yaml."
_OFFICE = "Use an office that offices.yaml names, or add it there."
_WHOSE = "Use a name of an entry in bodies/ or states/, of a province, or of a part of a state in offices.yaml."
_ENDS = "Look up both days."


def broken_links(
    states: Iterable[State], bodies: Iterable[Body], groupings: Iterable[Grouping], offices: Offices,
    persons: Iterable[Person], book: Codebook, spared: Iterable[str] = (),
) -> list[BrokenLink]:  # fmt: skip
    """Everything that points nowhere, in the order of the entries.

    Args:
        states, bodies, groupings, offices, persons: the entries.
        book: the codebook.
        spared: codes of states that are there, though their entries cannot be used.
    """
    states = tuple(states)
    codes = {state.code for state in states} | set(book.international) | set(spared)
    out: list[BrokenLink] = []

    def tell(room: str, thing: object, entry: str, wrong: Iterable[tuple[str, str]]) -> None:
        for what, remedy in wrong:
            out.append(BrokenLink(room, thing, entry, what, remedy, "date" if remedy is _ENDS else "reference"))

    for state in states:
        tell("states", state, state.name, _codes((state.parent, *state.successors), codes))
    for body in bodies:
        tell("bodies", body, body.name, _codes((body.country,), codes))
        tell("bodies", body, body.name, _sectors((body.sector, *body.other_sectors), book))
    for grouping in groupings:
        tell("groups", grouping, grouping.name, _codes((*grouping.members, grouping.country), codes))
    for head in offices.heads:
        tell("offices", head, head.office, _sectors((head.sector,), book))
    for part in offices.state_words:
        tell("offices", part, part.name, _sectors((part.sector,), book))
    for people in offices.people_words:
        tell("offices", people, people.words[0], _sectors((people.sector,), book))
    heads = {head.office for head in offices.heads}
    for person in persons:
        tell("persons", person, person.name, _codes((person.country,), codes))
        tell("persons", person, person.name, _sectors((person.sector,), book))
        tell("persons", person, person.name, _terms(person, codes, heads, offices.status))
    return out


def _codes(used: Iterable[str | None], codes: set[str]) -> Iterator[tuple[str, str]]:
    for code in used:
        if code is not None and code not in codes:
            yield f"no country {code!r}", _CODE


def _sectors(used: Iterable[str | None], book: Codebook) -> Iterator[tuple[str, str]]:
    for sector in used:
        if sector is not None and sector not in book.sectors:
            yield f"no sector {sector!r}", _SECTOR


def _terms(person: Person, codes: set[str], heads: set[str], status: Iterable[str]) -> Iterator[tuple[str, str]]:
    for term in person.offices:
        if term.office not in heads:
            yield f"no office {term.office!r} in offices.yaml", _OFFICE
        yield from _codes((term.country,), codes)
        if term.status is not None and term.status not in status:
            yield f"{term.office}: no status {term.status!r}", f"Use one of: {', '.join(status)}."
        if term.from_ and term.to and term.from_ > term.to[: len(term.from_)] and term.from_[: len(term.to)] > term.to:
            yield f"{term.office} ends before it begins, {term.from_} to {term.to}", _ENDS


def unknown_owners(
    states: Iterable[State], bodies: Iterable[Body], offices: Offices, persons: Iterable[Person], places: Iterable[str],
    local: Container[str] = (),
) -> Iterator[BrokenLink]:  # fmt: skip
    """Terms `of` something that no file names; a report is read no worse for it, so that loading goes on.

    Args:
        states, bodies, offices, persons: the entries.
        places: names of provinces and regions, and whatever else is known to be there.
        local: offices that are held in a place, of which no file lists all: any name will do for theirs.
    """
    bodies = tuple(bodies)
    known = {name_key(name) for body in bodies for name in body.strong}
    known |= {name_key(name) for state in states for name in state.strong}
    known |= {name_key(name) for part in offices.state_words for name in part.words}
    known |= {name_key(name) for name in places}
    # A party's short name is weak, but its own state's people may be said to lead it.
    at_home = {(body.country, name_key(name)) for body in bodies for name in body.weak}
    for person in persons:
        for term in person.offices:
            whose = (term.country or person.country, name_key(term.of or ""))
            if term.of is None or (term.office in local and whose[1]):
                continue
            if whose[1] not in known and whose not in at_home:
                yield BrokenLink("persons", person, person.name, f"{term.office} of {term.of!r}: no such body", _WHOSE)
