"""Offices: which words mean the same office, and who held it when.

In: canonical names of offices, persons of the files, a day. Out: whether two names can mean one office, the term that
counts on the day, and the holder's standing. A day before somebody's first term gives no term.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dragoman.knowledge.naming import naming
from dragoman.knowledge.world import Head, Person, StatePart, Term, world


def same_office(a: str, b: str) -> bool:
    """Whether words that name office `a` can mean a holder of office `b`: "the minister" a foreign minister."""
    if a == b:
        return True
    alike = naming()
    if a in alike.short_forms:
        return b.endswith(a) and not (a in ("president", "minister") and b.startswith(("vice", "deputy")))
    if a in ("diplomat", "envoy"):
        return b in alike.diplomats
    if a == "leader":
        return b in alike.leaders or b.endswith("leader")
    if a in ("general", "military officer"):
        return b in alike.generals
    if a == "chief":
        return b.endswith(("chief", "director general", "secretary-general", "high representative", "director"))
    if a == "politician":
        return b.endswith(("leader", "lawmaker", "senator", "candidate"))
    if {a, b} == {"mediator", "envoy"} or {a, b} == {"negotiator", "envoy"}:
        return True
    return a == "official" and b in ("official", "ministry official", "local official")


def role_words(heads: list[Head], level: int | None, part: StatePart | None) -> str:
    """A role in plain words: "prime minister and foreign minister", "foreign ministry spokesperson"."""
    roles = list(dict.fromkeys(h.office for h in heads))
    role = " and ".join(roles)
    if (
        part is not None
        and len(roles) == 1
        and roles[0] in ("spokesperson", "official", "secretary", "director", "adviser")
    ):
        role = f"{part.words[0]} {role}"
    if level is not None and level >= 2 and len(roles) == 1:
        role = f"deputy {role}"
    return role


def begun(value: str | None, day: date) -> bool:
    """Whether a term that begins at `value` has begun by `day`; unknown counts as begun."""
    return value is None or value <= day.isoformat()[: len(value)]


def _over(value: str | None, day: date) -> bool:
    return value is not None and value < day.isoformat()[: len(value)]


def surely_held(term: Term, day: date) -> bool:
    """Whether a term with a known beginning runs on a day; in the year or month that one ends in, it still does."""
    return term.from_ is not None and begun(term.from_, day) and not _over(term.to, day)


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {head.office: head.rank for head in world().offices.heads}


def term_at(person: Person, day: date | None) -> Term | None:
    """The office a person is known by on a day: the highest held then, else the highest held before, else any.

    Of offices as high as one another the latest counts. Where years are all that is known and one office ends in the
    year in which the next begins, the first half of the year is the old one's.
    """
    if not person.offices:
        return None
    if day is None:
        return person.offices[-1]
    held = [t for t in person.offices if begun(t.from_, day) and not _over(t.to, day)]
    year = str(day.year)
    if day.month <= _HALF_A_YEAR and any(t.to is not None and t.to[:4] == year for t in held):
        held = [t for t in held if t.from_ != year] or held
    if held:
        return min(held, key=lambda t: (_rank(t), _backwards(t.from_)))
    past = [t for t in person.offices if _over(t.to, day)]
    return min(past, key=lambda t: (_rank(t), _backwards(t.to)), default=None)


_HALF_A_YEAR = 6


def _rank(term: Term) -> int:
    return _ranks().get(term.office, 9)


def _backwards(value: str | None) -> int:
    """Later days first."""
    return -int((value or "").replace("-", "").ljust(8, "0") or 0)


def status_at(person: Person, term: Term, day: date | None) -> str:
    """Standing of the holder on a day: incumbent, acting, former or late."""
    if day is not None:
        if person.died and begun(person.died, day):
            return "late"
        if _over(term.to, day):
            return "former"
    return term.status if term.status in ("acting", "designate") else "incumbent"
