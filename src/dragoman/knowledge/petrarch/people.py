"""Actors as states' names, persons and bodies.

A code of a country alone names a state; else it is a person or a body (`names.is_person`). What is known already is not
written again: new names and terms are added to the known entry, which is then written whole, to be laid over ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.petrarch.actors import Actor, Role
from dragoman.knowledge.petrarch.codes import ActorCode, actor_code
from dragoman.knowledge.petrarch.known import Known
from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.petrarch.names import acronyms, is_adjective_of, is_person, kind_of_body, written
from dragoman.knowledge.petrarch.offices import OfficeWords
from dragoman.knowledge.petrarch.text import Line
from dragoman.knowledge.world import Body, Named, Person, State, Term

Row = dict[str, Any]
Dated = list[tuple[Role, ActorCode]]


@dataclass(slots=True)
class Entries:
    """Makes entries of actors, by room and name; what cannot be one is told in the ledger."""

    known: Known
    offices: OfficeWords
    ledger: Ledger
    states: dict[str, Row] = field(default_factory=dict)
    bodies: dict[str, Row] = field(default_factory=dict)
    persons: dict[tuple[str, str], Row] = field(default_factory=dict)

    def add(self, actor: Actor) -> None:
        """Add one actor."""
        roles = [(role, actor_code(role.code, self.known.states)) for role in actor.roles]
        default = next((code for role, code in roles if not role.dated), None)
        dated = [(role, code) for role, code in roles if role.dated]
        for role in [role for role in actor.roles if not role.dated][1:]:
            self._leave(role.line, f"{actor.names[0]} {role.said}", "it has a code for all days already")
        if default is not None and default.wrong and not dated:
            self._leave(actor.line, f"{actor.names[0]} [{actor.roles[0].code}]", default.wrong)
        elif default is None and not dated:
            why = "none of its roles can be read" if actor.broken else "it has no code"
            self._leave(actor.line, actor.names[0], why)
        elif is_person(actor.names, dated=bool(dated) or actor.broken):
            self._person(actor, default, dated)
        elif default is None or default.wrong:
            self._leave(actor.line, actor.names[0], "it has a code on some days only, which only persons can have")
            self._undated(actor, dated)
        else:
            if default.country in self.known.states and not default.sectors and not default.lost:
                self._state(actor, self.known.states[default.country or ""])
            else:
                self._body(actor, default)
            self._undated(actor, dated)

    def _undated(self, actor: Actor, dated: Dated) -> None:
        for role, _ in dated:
            self._leave(role.line, f"{actor.names[0]} {role.said}", "only persons have codes for some days only")

    def _state(self, actor: Actor, state: State) -> None:
        row = _row(state)
        spelt = [written(name, person=False) for name in actor.names]
        new = 0
        for name in self._free(actor.line, spelt, state, person=False, country=state.code):
            where = "adjectives" if is_adjective_of(name, [state.name, *spelt]) else "names"
            row.setdefault(where, []).append(name)
            new += 1
        if not new:
            self.ledger.known += 1
            return
        self.ledger.written += 1
        self._became(state, State.model_validate(row))
        self.states[f"{state.code} {state.name}"] = row

    def _body(self, actor: Actor, code: ActorCode) -> None:
        short = acronyms(actor.names)
        spelt = [name if name in short else written(name, person=False) for name in actor.names]
        ours = self.known.body(spelt)
        free = self._free(actor.line, spelt, ours, person=False, country=code.country)
        entry = f"{actor.names[0]} [{actor.default.code if actor.default else ''}]"
        if ours is None and not free:
            self._leave(actor.line, entry, "each of its names is another's")
            return
        sectors = list(code.sectors)
        told: Row = {}
        if code.country and (ours is None or ours.country != code.country):
            told["country"] = code.country
        if sectors and (ours is None or sectors[0] not in (ours.sector, *ours.other_sectors)):
            told |= {"sector": sectors[0]} | ({"other_sectors": sectors[1:]} if sectors[1:] else {})
        elif ours is not None and (more := [s for s in sectors if s not in (ours.sector, *ours.other_sectors)]):
            told["other_sectors"] = [*ours.other_sectors, *more]
        for part in code.lost:
            self._lose(actor.line, entry, f"{part} in its code has no place here")
        if ours is not None and not free and not told:
            self.ledger.known += 1
            return
        row: Row = _row(ours) if ours is not None else {"name": next((n for n in free if n not in short), free[0])}
        for name in free:
            if name != row["name"]:
                row.setdefault("acronyms" if name in short else "aliases", []).append(name)
        row |= told
        row.setdefault("kind", kind_of_body(actor.names[0], code.country, code.sector))
        self.ledger.written += 1
        self._became(ours, Body.model_validate(row))
        self.bodies[row["name"]] = row

    def _person(self, actor: Actor, default: ActorCode | None, dated: Dated) -> None:
        spelt = [written(name, person=True) for name in actor.names]
        usable = [code for _, code in dated if not code.wrong]
        country = next((code.country for code in (default, *usable) if code and code.country), None)
        ours = self.known.person(spelt, country)
        if default is not None and default.wrong and actor.default:
            self._lose(actor.line, f"{actor.names[0]} [{actor.default.code}]", default.wrong)
        free = self._free(actor.line, spelt, ours, person=True, country=country)
        full = next((name for name in free if " " in name), None)
        if ours is None and full is None:
            why = "each of its names is another's" if not free else "it has no name of more than one word"
            self._leave(actor.line, actor.names[0], why)
            for role, _ in dated:
                self._leave(role.line, f"{actor.names[0]} {role.said}", "its actor was left out")
            return
        row: Row = _row(ours) if ours is not None else {"name": full}
        if ours is None and country is not None:
            row["country"] = country
        aliases = [name for name in free if name != row["name"]]
        if aliases:
            row["aliases"] = [*row.get("aliases", []), *aliases]
        self._terms(actor, row, dated, country)
        self._rest(actor, row, default)
        if ours is not None and row == _row(ours):
            self.ledger.known += 1
            return
        self.ledger.written += 1
        self._became(ours, Person.model_validate(row))
        self.persons[row.get("country", ""), row["name"]] = row

    def _rest(self, actor: Actor, row: Row, default: ActorCode | None) -> None:
        """Take from a person's code for all days what its offices leave to it: the sector of somebody without any."""
        if default is None or default.wrong:
            return
        entry = f"{actor.names[0]} [{actor.default.code if actor.default else ''}]"
        held = {self.offices.sector_of(term["office"]) for term in row.get("offices", [])}
        if default.sector and not held and "sector" not in row:
            row["sector"] = default.sector
        for sector in default.sectors:
            if sector not in (row.get("sector"), *held) and not (held and sector == "ELI"):
                self._lose(actor.line, entry, f"{sector} for all days: it has offices, or another sector")
        for part in default.lost:
            self._lose(actor.line, entry, f"{part} in its code has no place here")

    def _terms(self, actor: Actor, row: Row, dated: Dated, country: str | None) -> None:
        """Add terms to a person's row."""
        before = [Term.model_validate(term) for term in row.get("offices", [])]
        terms: list[Row] = []
        for role, code in dated:
            entry = f"{actor.names[0]} {role.said}"
            held = [term for term in before if _overlap(term, role)]
            if code.wrong:
                self._leave(role.line, entry, code.wrong)
            elif code.sector == "ELI":
                if before or any(other.sector not in (None, "ELI") for _, other in dated):
                    self.ledger.known += 1  # who no longer holds an office is ELI by itself
                else:
                    self._leave(role.line, entry, "ELI is told of those whose office ended, and it has no office")
            elif code.sector is None:
                self._leave(role.line, entry, "its code names no sector")
            elif any(self.offices.sector_of(term.office) == code.sector for term in held):
                self.ledger.known += 1
            elif held:
                what = f"ours was {held[0].office} in that time, {held[0].from_ or '...'} to {held[0].to or '...'}"
                self._leave(role.line, entry, what)
            elif (office := self.offices.office_of(code.sector)) is None:
                gloss = codebook().sectors[code.sector]
                self._leave(role.line, entry, f"there is no office for {code.sector} ({gloss})")
            else:
                made: Row = {"office": office}
                made |= {"from": role.since} if role.since else {}
                made |= {"to": role.until} if role.until else {}
                made |= {"country": code.country} if code.country and code.country != country else {}
                terms.append(made)
                self.ledger.written += 1
                for part in (*code.lost, *code.sectors[1:]):
                    self._lose(role.line, entry, f"{part} in its code has no place in a term")
        if terms:
            row["offices"] = [*row.get("offices", []), *sorted(terms, key=lambda term: term.get("from", ""))]

    def _free(self, line: Line, names: list[str], own: Named | None, *, person: bool, country: str | None) -> list[str]:
        """Names that are new to a thing and no other's; what is another's is told."""
        out: list[str] = []
        for name in dict.fromkeys(names):
            if own is not None and self.known.has(own, name):
                continue
            other = self.known.other(name, own, person=person, country=country)
            if other:
                self._lose(line, name, f"the name is also {other}")
            else:
                out.append(name)
        return out

    def _became(self, old: Named | None, new: Named) -> None:
        """Let the known world have the new entry in place of the old."""
        if old is not None:
            self.known.drop(old)
        self.known.add(new)
        if isinstance(new, State):
            self.known.states[new.code] = new

    def _leave(self, line: Line, entry: str, what: str) -> None:
        self.ledger.leave(line.file, line.number, entry, what)

    def _lose(self, line: Line, entry: str, what: str) -> None:
        self.ledger.lose(line.file, line.number, entry, what)


def _row(thing: State | Body | Person) -> Row:
    """An entry as YAML has it."""
    return thing.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _overlap(term: Term, role: Role) -> bool:
    """Whether a term and a role share a day, as far as is known; the day one hands over to the other does not count."""
    first, last = term.from_ or "", term.to or "9999"
    since, until = role.since or "", role.until or "9999"
    width = min(len(first), len(until)) or 4
    other = min(len(last), len(since)) or 4
    return first[:width] < until[:width] and since[:other] < last[:other]
