"""Agents as offices, parts of a state and people; and the office that a sector alone stands for.

one of them, with a sector of which somebody can be       a head of offices.yaml
several of them                                           people_words
no plural, and a sector of the state ("coast guard")      state_words
no plural, another sector                                 people_words
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dragoman.knowledge.petrarch.agents import Agent, Agents
from dragoman.knowledge.petrarch.codes import actor_code
from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.world import Offices

_STATE = frozenset(("COP", "GOV", "JUD", "LEG", "MIL", "SPY"))
_OF_SECTOR = {
    "GOV": "official", "MIL": "military officer", "JUD": "judge", "LEG": "lawmaker", "COP": "police officer",
    "SPY": "intelligence officer", "PTY": "politician", "OPP": "member of the opposition", "REB": "rebel",
    "PRM": "militiaman", "JRN": "journalist", "EDU": "academic", "BUS": "businessperson", "LAB": "trade unionist",
    "REL": "cleric", "MED": "health worker", "CRM": "gangster", "SOC": "campaigner", "AGR": "farmer",
}  # fmt: skip
"""What somebody is called of whom only the sector is known."""


@dataclass(slots=True)
class OfficeWords:
    """What offices.yaml gets: words that ours does not have, or has of another sector."""

    ours: Offices
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: list[dict[str, Any]] = field(default_factory=list)
    people: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _taken: dict[str, tuple[str, str | None]] = field(init=False)
    _parts: dict[str, str | None] = field(init=False)
    _people: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self._taken = {word.lower(): (head.office, head.sector) for head in self.ours.heads for word in head.words}
        self._parts = {word.lower(): part.sector for part in self.ours.state_words for word in part.words}
        self._people = {word.lower(): people.sector for people in self.ours.people_words for word in people.words}

    def office_of(self, sector: str) -> str | None:
        """An office of a sector, made where ours has none; None where nobody holds one ("refugees")."""
        wanted = _OF_SECTOR.get(sector)
        if wanted is None:
            return None
        office, its_sector = self._taken.get(wanted, (None, None))
        if office is not None and its_sector == sector:
            return office
        return wanted if office is None and not self.head(wanted, sector) else None

    def sector_of(self, office: str) -> str | None:
        """The sector of an office."""
        made = self.heads.get(office)
        return made["sector"] if made else next((h.sector for h in self.ours.heads if h.office == office), None)

    def head(self, word: str, sector: str) -> str:
        """Add an office by its word. Returns why it cannot be; empty when it is there, then or before."""
        if word in self._taken:
            office, its_sector = self._taken[word]
            return "" if its_sector == sector else f"{word!r} is already the office {office!r}, of sector {its_sector}"
        if word in self._parts:
            return f"{word!r} is already a part of a state"
        self.heads[word] = {"office": word, "words": [word], "sector": sector, "rank": 6, "of": "either"}
        self._taken[word] = (word, sector)
        return ""

    def part(self, word: str, sector: str) -> str:
        """Add a part of a state. Returns why it cannot be; empty when it is there, then or before."""
        if word in self._parts:
            its_sector = self._parts[word]
            return "" if its_sector == sector else f"{word!r} is already a part of a state, of sector {its_sector}"
        self.parts.append({"words": [word], "name": f"{word.capitalize()} of {{state}}", "sector": sector})
        self._parts[word] = sector
        return ""

    def group(self, word: str, sector: str) -> None:
        """Add a word for people; ours of the same word gives way."""
        if self._people.get(word) != sector:
            kind = "group" if sector in _OF_SECTOR else "population"
            self.people.setdefault((sector, kind), []).append(word)
            self._people[word] = sector

    def rows(self) -> dict[str, Any]:
        """The content of offices.yaml; empty when nothing is new."""
        people = [
            {"words": words, "sector": sector, "kind": kind} for (sector, kind), words in sorted(self.people.items())
        ]
        out = {"heads": list(self.heads.values()), "state_words": self.parts, "people_words": people}
        return {key: rows for key, rows in out.items() if rows}


def add_agents(agents: Agents, words: OfficeWords, countries: Iterable[str], ledger: Ledger) -> None:
    """Add all agents; what cannot be added is told in the ledger."""
    known = frozenset(countries)
    for agent in agents.agents:
        before = (len(words.heads), len(words.parts), sum(map(len, words.people.values())))
        why = _add(agent, words, known, ledger)
        if why:
            ledger.leave(agent.line.file, agent.line.number, f"{agent.text} [{agent.code}]", why)
        elif before == (len(words.heads), len(words.parts), sum(map(len, words.people.values()))):
            ledger.known += 1
        else:
            ledger.written += 1
    for mark, substitution in agents.sets.items():
        if substitution.used:
            ledger.written += 1
        else:
            line = substitution.line
            ledger.leave(line.file, line.number, mark, "no agent uses this substitution set")


def _add(agent: Agent, words: OfficeWords, countries: frozenset[str], ledger: Ledger) -> str:
    """Why an agent cannot be added; empty when it is."""
    code = actor_code(agent.code, countries)
    if code.wrong:
        return code.wrong
    if code.sector is None:
        return f"its code names no sector; {code.country or agent.code} without one is no agent here"
    lost: list[str] = []
    if code.country:
        lost.append(f"the country {code.country}: agents have none of their own")
    lost += [f"{part}, which has no place here" for part in code.lost]
    lost += [f"the sector {sector}: it has room for one" for sector in code.sectors[1:]]
    tried = 0
    whys: list[str] = []
    for word in agent.one:
        if agent.many:
            why = words.head(word, code.sector)
        elif code.sector in _STATE:
            why = words.part(word, code.sector)
        else:
            words.group(word, code.sector)
            why = ""
        tried += 1
        whys += [why] if why else []
    for word in agent.many:
        words.group(word, code.sector)
        tried += 1
    if len(whys) == tried:
        return whys[0]
    for why in (*whys, *lost):
        ledger.lose(agent.line.file, agent.line.number, f"{agent.text} [{agent.code}]", why)
    return ""
