"""Addresses: every view has one, its filters are in it, and whoever opens it again sees the same.

In: a path's parts and a query. Out: an address under the explorer's own prefix; and, the other way, `Query`: what an
address asks, checked. A value that cannot be meant is left out and told in `Query.faults`, so that a mistyped address
still shows a page and says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlencode

from dragoman.knowledge.state_asked import UnknownState, state_asked
from dragoman.knowledge.world import World

PREFIX = "/desk"
_LONGEST = 400


def to(*parts: str, **query: object) -> str:
    """The address of a view: ``to("dyad", "IRN-QAT", since="2024-01-01")``; what is empty is left out."""
    path = "/".join((PREFIX, *(quote(part, safe="") for part in parts))) if parts else f"{PREFIX}/"
    asked = {name: _plain(value) for name, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(asked)}" if asked else path


def _plain(value: object) -> str:
    return "yes" if value is True else str(value)


@dataclass(slots=True)
class Query:
    """What an address asks.

    Attributes:
        path: the path's own parts by name.
        given: the query as it came.
        faults: what could not be understood, in words.
    """

    path: Mapping[str, str]
    given: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What makes two addresses ask the same; the form in which it is taken away does not count."""
        asked = {**self.path, **{name: value for name, value in self.given.items() if name != "as"}}
        return tuple(sorted(asked.items()))

    def text(self, name: str) -> str | None:
        """A text, without blanks around it; None when it is not asked."""
        value = self.given.get(name, "").replace("\0", " ").strip()[:_LONGEST]
        return value or None

    def day(self, name: str) -> date | None:
        """A day, ISO."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.faults.append(f"{name} “{value}” is no day; write it as 2024-06-01")
            return None

    def days(self) -> tuple[date | None, date | None]:
        """The days from ``since`` to ``until``, both included."""
        since, until = self.day("since"), self.day("until")
        if since and until and since > until:
            self.faults.append(f"the first day, {since}, is later than the last, {until}; both are left out")
            return None, None
        return since, until

    def choice(self, name: str, known: Iterable[str]) -> str | None:
        """One of several values."""
        value, allowed = self.text(name), tuple(known)
        if value is None or value in allowed:
            return value
        self.faults.append(f"{name} “{value}” does not exist; there are: {', '.join(allowed)}")
        return None

    def flag(self, name: str) -> bool:
        """Whether it is asked for."""
        return self.text(name) in {"yes", "1", "true", "on"}

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number between two others, both included."""
        value = self.text(name)
        if value is None:
            return None
        if value.isdecimal() and least <= int(value) <= most:
            return int(value)
        self.faults.append(f"{name} “{value}” must be a whole number from {least} to {most}")
        return None

    def state(self, name: str, known: World) -> str | None:
        """The code of a state, given by code or name."""
        value = self.text(name)
        if value is None:
            return None
        code = code_of(value, known)
        if code is None:
            self.faults.append(f"{name} “{value}” names no state; give a name or a code such as IRN")
        return code


def code_of(words: str, known: World) -> str | None:
    """The code of the state that words name; None when they name none."""
    if len(words) == 3 and words.isascii() and words.isalpha():
        return words.upper()
    try:
        return state_asked(words, known).code
    except UnknownState:
        return None


def pair_of(words: str, known: World) -> tuple[str, str] | None:
    """Two states in one text: ``IRN-QAT``, ``Iran – Qatar``, ``Iran and Qatar``, ``Iran Qatar``."""
    for sign in ("–", "—", " - ", "-", "/", " and ", " vs ", ","):
        first, found, second = words.partition(sign)
        if found and (made := _two(first, second, known)):
            return made
    parts = words.split()
    for place in range(1, len(parts)):
        if made := _two(" ".join(parts[:place]), " ".join(parts[place:]), known):
            return made
    return None


def _two(first: str, second: str, known: World) -> tuple[str, str] | None:
    # A lower-case word of three letters is a word; a code is written in capitals.
    codes = [
        code_of(words.strip(), known) if len(words.strip()) != 3 or words.strip().isupper() else None
        for words in (first, second)
    ]
    return (codes[0], codes[1]) if codes[0] and codes[1] and codes[0] != codes[1] else None
