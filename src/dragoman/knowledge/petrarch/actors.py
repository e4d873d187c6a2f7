"""Actor dictionaries read.

    OTTO_MUSTER_ [RUR]              an actor, with a code for all days
    +O._MUSTER_                     another spelling of it
        [RURGOV 19980101-041231]    a role from day to day; older dictionaries put it on the first line
        [RURELI >041231]            from a day on; `<041231` up to one

Sources: "PETRARCH Dictionary Formats", Actor Dictionary; TABARI manual, chapter 5. Years of two digits up to 30 are of
this century, the others of the last, as there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dragoman.knowledge.check_times import AHEAD, EARLIEST
from dragoman.knowledge.petrarch.ledger import Ledger
from dragoman.knowledge.petrarch.text import Line, lines_of, words_of

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_DATED = re.compile(r"(\S+)\s+(?:([<>])\s*(\S+)|(\S+?)\s*-\s*(\S+))")


@dataclass(frozen=True, slots=True)
class Role:
    """A code and its days; neither day is the code for all days."""

    line: Line
    code: str
    since: str | None = None
    until: str | None = None

    @property
    def dated(self) -> bool:
        """Whether it holds on some days only."""
        return self.since is not None or self.until is not None

    @property
    def said(self) -> str:
        """As it is shown: ``[RURGOV 1998-01-01 to 2004-12-31]``."""
        return f"[{self.code} {self.since or '...'} to {self.until or '...'}]" if self.dated else f"[{self.code}]"


@dataclass(slots=True)
class Actor:
    """An actor with all its names, in capitals as they stand there, and its roles."""

    line: Line
    names: list[str]
    roles: list[Role] = field(default_factory=list)
    broken: bool = False

    @property
    def default(self) -> Role | None:
        """Its code for all days."""
        return next((role for role in self.roles if not role.dated), None)


def read_actors(path: Path, ledger: Ledger, today: date) -> list[Actor]:
    """Read an actor dictionary; roles on days that cannot be, and lines that are none, are told in the ledger.

    Raises:
        KnowledgeError: when the file cannot be read.
    """
    out: list[Actor] = []
    for line in lines_of(path):
        phrase = _BRACKETS.sub(" ", line.text).strip()
        name = " ".join(words_of(phrase.removeprefix("+")))
        codes = _BRACKETS.findall(line.text)
        if not line.text.strip():
            continue
        if not codes and ("[" in phrase or "]" in phrase):
            ledger.leave(line.file, line.number, line.text.strip(), "a bracket is missing")
            continue
        if phrase.startswith("+") and out:
            if name:
                out[-1].names.append(name)
        elif name and line.text[0] in " \t" and out:
            ledger.leave(line.file, line.number, line.text.strip(), "it has words outside the brackets")
            continue
        elif name and not phrase.startswith("+"):
            out.append(Actor(line, [name]))
        elif not codes or not out:
            ledger.leave(line.file, line.number, line.text.strip(), "this stands below no actor")
            continue
        for code in codes:
            role = _role(line, code.strip(), today)
            if isinstance(role, Role):
                out[-1].roles.append(role)
            else:
                ledger.leave(line.file, line.number, f"{out[-1].names[0]} [{code.strip()}]", role)
                out[-1].broken = True
    return out


def _role(line: Line, text: str, today: date) -> Role | str:
    """A role, or what is wrong with it."""
    if " " not in text and "\t" not in text:
        return Role(line, text)
    found = _DATED.fullmatch(text)
    if found is None:
        return "its days are written in no way that is known"
    code, sign, one, first, last = found.groups()
    days = {"<": (None, one), ">": (one, None), None: (first, last)}[sign]
    read = [day and _day(day, today) for day in days]
    for wrong in read:
        if isinstance(wrong, str):
            return wrong
    since, until = (day if isinstance(day, date) else None for day in read)
    if since and until and since > until:
        return f"it ends on {until}, before it begins on {since}"
    return Role(line, code, since.isoformat() if since else None, until.isoformat() if until else None)


def _day(digits: str, today: date) -> date | str:
    """A day, or what is wrong with it."""
    if not re.fullmatch(r"\d{6}|\d{8}", digits):
        return f"{digits!r} is no day: it must be YYYYMMDD or YYMMDD"
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= 30 else "19") + digits
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return f"there is no day {digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if day.year < EARLIEST:
        return f"{day} is before {EARLIEST}"
    return f"{day} lies more than a year ahead" if day > today + AHEAD else day
