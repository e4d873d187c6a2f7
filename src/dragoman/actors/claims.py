"""What earlier reports told of people the files may not know: claims, and which of them hold on a day.

In: `Claim`s, each what one report told of one person in its own words. Out: for a name and a day a `Verdict`: office,
state and standing with reasons that name the reports, or nothing where reports contradict each other evenly. Nothing is
decided once and for all: claims stay side by side, and each report is answered from those that count on its day.

Which count: those of the report's day or before. Where there are none, those without a day; where there are none of
these either, later ones, and the reasons say so. Of those that count, what was told in the `SAME_TIME` up to the latest
is held against each other; what is older has been overtaken. The state that more outlets give is taken, then the office
that more outlets give for that state; of as many outlets, that of more reports. Even sides leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from dragoman.actors.offices import same_office
from dragoman.evidence import Span
from dragoman.knowledge.folding import fold

SAME_TIME = timedelta(days=30)
"""What is told within so many days is told of the same time: two offices or states then contradict each other."""
STANDS = timedelta(days=365)
"""How long the standing told ("acting") is taken to hold; the office and the state are taken for longer."""
LEARNT = "learnt, not said here: "
"""How the reason begins that names the report something was learnt from."""
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one report told of one person, in its own words.

    Attributes:
        name: of the person, as the report has it.
        role: in plain words: "foreign minister".
        role_status: incumbent, acting, former, late, designate; None when not told.
        country: of the office, where the words tell it.
        sector: PLOVER's code.
        words: of the report, that tell it.
        report_id, day, publisher: of the report, as far as known.
    """

    name: str
    role: str
    role_status: str | None = None
    country: str | None = None
    sector: str | None = None
    words: Span
    report_id: str
    day: date | None = None
    publisher: str | None = None

    @property
    def source(self) -> str:
        """The report, for people: ``report 0123456789abcdef of 2024-06-04 (Northern Desk)``."""
        day = f" of {self.day.isoformat()}" if self.day else ""
        return f"report {self.report_id}{day}" + (f" ({self.publisher})" if self.publisher else "")

    @property
    def outlet(self) -> str:
        """Whose word it is; a report that names no outlet stands for itself."""
        return self.publisher or self.report_id


Who = Callable[[str], Iterable[Claim]]
"""Answers a name with the claims about it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What claims come to: None where nothing is told, or sides are even."""

    role: str | None = None
    role_status: str | None = None
    country: str | None = None
    sector: str | None = None
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class _Side:
    """Claims that say the same."""

    what: str
    claims: list[Claim] = field(default_factory=list)

    @property
    def weight(self) -> tuple[int, int]:
        return len({c.outlet for c in self.claims}), len({c.report_id for c in self.claims})

    @property
    def latest(self) -> Claim:
        return max(self.claims, key=_order)

    def __str__(self) -> str:
        reports = self.weight[1]
        return f"{self.what} ({self.latest.source}{f' and {reports - 1} more' if reports > 1 else ''})"


@lru_cache(maxsize=1 << 16)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded: lower case, no accents; a hyphen or apostrophe parts nothing ("Abu-Zeid")."""
    joined = re.sub(r"(?<=\w)[-'](?=\w)", "", fold(name))
    return tuple(_LETTERS.findall(joined))


def key_of(name: str) -> str:
    """What names written alike have in common: "Amir-Abdollahian" is "Amirabdollahian" is "Amir Abdollahian"."""
    return "".join(parts_of(name))


def matching(asked: str, names: Iterable[str]) -> list[str]:
    """The names that may be meant: the same in full, else with words in common, else spelt in another way.

    "Solhaug" may be any Solhaug, "Ingrid Solhaug" only Ingrid, as long as there is one.
    """
    wanted, there = parts_of(asked), list(names)
    if not wanted:
        return []
    joined = "".join(wanted)
    same = [name for name in there if key_of(name) == joined]
    if same and len(wanted) > 1:
        return same
    bare = _consonants(wanted)
    return [name for name in there if _part_of(wanted, parts_of(name))] or [
        name for name in there if bare == _consonants(parts_of(name))
    ]


def _part_of(wanted: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether the words asked for are words of the name; "Amirabdollahian" is the end of "Hossein Amir Abdollahian"."""
    if set(wanted) <= set(there):
        return True
    joined = "".join(wanted)
    # Asked of every name there is: most are settled by their last word.
    return bool(there) and joined.endswith(there[-1]) and any("".join(there[i:]) == joined for i in range(len(there)))


@lru_cache(maxsize=1 << 16)
def _consonants(parts: tuple[str, ...]) -> str:
    """What transliterations of a name have in common: "Mohammed Hussein" is "Muhammad Hossein"."""
    bare = (re.sub(r"(?<!^)[aeiouyw]", "", part) for part in parts)
    return "".join(re.sub(r"(.)\1+", r"\1", part) for part in bare)


def weigh(claims: Iterable[Claim], day: date | None) -> Verdict | None:
    """What these claims about one person come to on a day; None when there are none.

    Args:
        claims: about one person.
        day: of the report that asks; None when it has none.
    """
    counted, note = _counted(list(claims), day)
    if not counted:
        return None
    reasons: list[tuple[str, float]] = []
    country, stated = _taken([c for c in counted if c.country], "states", lambda c: c.country or "", reasons)
    if stated and country is None:
        return Verdict(reasons=tuple(reasons))
    same_state = [c for c in counted if c.country in (None, country)]
    role, sides = _taken(same_state, "offices", _specific(same_state), reasons)
    told = [c for c in same_state if role is None or same_role(c.role, role)]
    last = max(told, key=_order)
    recent = day is None or last.day is None or abs(day - last.day) <= STANDS
    status = last.role_status if role is not None and recent and not note else None
    sector = next((c.sector for c in sorted(told, key=_order, reverse=True) if c.sector), None)
    number = len({c.report_id for c in told})
    more = f", the latest of {number} reports that do" if number > 1 else ""
    what = ", ".join(filter(None, (role or " or ".join(sides), country)))
    reasons.insert(0, (f"{LEARNT}{last.source} tells {what}{more}{note}", 0.1 if note else 0.3))
    return Verdict(role, status, country, sector if role is not None else None, tuple(reasons))


def same_role(a: str, b: str) -> bool:
    """Whether two roles may be one, one of them in fewer words: "minister", "foreign minister"."""
    return same_office(a, b) or same_office(b, a)


def same_time(a: Sequence[Claim], b: Sequence[Claim]) -> bool:
    """Whether two sets of claims were told of the same time; what has no day is of any."""
    mine, theirs = [c.day for c in a if c.day], [c.day for c in b if c.day]
    if not mine or not theirs:
        return True
    return min(mine) - max(theirs) <= SAME_TIME and min(theirs) - max(mine) <= SAME_TIME


def _counted(claims: list[Claim], day: date | None) -> tuple[list[Claim], str]:
    """The claims that count on a day, and what is to be said of them."""
    if day is None:
        return claims, ""
    before = [c for c in claims if c.day is not None and c.day <= day]
    if before:
        latest = max(c.day for c in before if c.day)
        # The first days of the calendar have no month before them.
        since = latest - min(SAME_TIME, latest - date.min)
        return [c for c in before if c.day is not None and c.day >= since], ""
    undated = [c for c in claims if c.day is None]
    if undated:
        return undated, "; on which day is not known"
    later = [c.day for c in claims if c.day]
    if not later:
        return [], ""
    first = min(later)
    until = first + min(SAME_TIME, date.max - first)
    return [c for c in claims if c.day is not None and c.day <= until], "; told only after this report"


def _taken(
    claims: list[Claim], what: str, value: Callable[[Claim], str], reasons: list[tuple[str, float]]
) -> tuple[str | None, list[str]]:
    """The value that most outlets give, and all values; even sides give none. Runners-up go into the reasons."""
    sides: dict[str, _Side] = {}
    for claim in sorted(claims, key=_order):
        sides.setdefault(value(claim), _Side(value(claim))).claims.append(claim)
    ranked = sorted(sides.values(), key=lambda s: s.weight, reverse=True)
    names = [side.what for side in ranked]
    if not ranked:
        return None, names
    if len(ranked) > 1 and ranked[0].weight == ranked[1].weight:
        even = "; ".join(str(side) for side in ranked if side.weight == ranked[0].weight)
        reasons.append((f"reports tell different {what} at the same time, none is taken: {even}", -0.2))
        return None, names
    for other in ranked[1:]:
        reasons.append((f"runner-up, told by fewer: {other}", -0.1))
    return ranked[0].what, names


def _specific(claims: list[Claim]) -> Callable[[Claim], str]:
    """A claim's role in the fullest words that may mean the same: "minister" where another says foreign minister."""
    roles = list(dict.fromkeys(c.role for c in sorted(claims, key=_order)))

    def fullest(claim: Claim) -> str:
        fuller = [role for role in roles if role != claim.role and same_office(claim.role, role)]
        return fuller[0] if len(fuller) == 1 else claim.role

    return fullest


def _order(claim: Claim) -> tuple[str, ...]:
    """Oldest first, then the same on every run, in whatever order the claims come."""
    day = claim.day.isoformat() if claim.day else ""
    said = (claim.role, claim.country or "", claim.role_status or "", claim.sector or "", claim.publisher or "")
    return day, claim.report_id, f"{claim.words.start:09}", *said
