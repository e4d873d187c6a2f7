"""Offices: which words mean the same office, and who held it when."""

from __future__ import annotations

from datetime import date

from dragoman.knowledge.world import Head, Person, StatePart, Term

_DIPLOMATS = frozenset(
    ("foreign minister", "deputy foreign minister", "ambassador", "un ambassador", "envoy", "special representative",
     "diplomat", "charge d'affaires", "negotiator", "high representative", "consul", "un special envoy", "special coordinator")
)  # fmt: skip
_HEADS = frozenset(
    ("president", "prime minister", "chancellor", "king", "emir", "sultan", "crown prince", "supreme leader", "leader",
     "paramount leader", "junta leader", "emperor", "prince", "premier")
)  # fmt: skip


def same_office(a: str, b: str) -> bool:
    """Whether words that name office `a` can mean a holder of office `b`: "the minister" a foreign minister."""
    if a == b:
        return True
    if a in (
        "minister",
        "secretary",
        "spokesperson",
        "president",
        "chairman",
        "ambassador",
        "commander",
        "governor",
        "speaker",
    ):
        return b.endswith(a) and not (a in ("president", "minister") and b.startswith(("vice", "deputy")))
    if a in ("diplomat", "envoy"):
        return b in _DIPLOMATS
    if a == "leader":
        return b in _HEADS or b.endswith("leader")
    if a in ("general", "military officer"):
        return b in (
            "general",
            "chief of staff",
            "commander",
            "commander-in-chief",
            "field marshal",
            "colonel",
            "admiral",
        )
    if a == "chief":
        return b.endswith(("chief", "director general", "secretary-general", "high representative", "director"))
    if a == "politician":
        return b.endswith(("leader", "lawmaker", "senator", "candidate"))
    if a in ("king", "queen"):
        return b == a
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


def _at_least(value: str | None, day: date) -> bool:
    """Whether a term that begins at `value` has begun by `day`; unknown counts as begun."""
    return value is None or value <= day.isoformat()[: len(value)]


def _over(value: str | None, day: date) -> bool:
    return value is not None and value < day.isoformat()[: len(value)]


def term_at(person: Person, day: date | None) -> Term | None:
    """The office a person is known by on a day: the one held then, else the last one before, else any."""
    if not person.offices:
        return None
    if day is None:
        return person.offices[-1]
    held = [t for t in person.offices if _at_least(t.from_, day) and not _over(t.to, day)]
    if held:
        return max(held, key=lambda t: t.from_ or "")
    past = [t for t in person.offices if _over(t.to, day)]
    if past:
        return max(past, key=lambda t: t.to or "")
    return None


def status_at(person: Person, term: Term, day: date | None) -> str:
    """Standing of the holder on a day: incumbent, acting, former or late."""
    if day is not None:
        if person.died and _at_least(person.died, day):
            return "late"
        if _over(term.to, day):
            return "former"
    return term.status if term.status in ("acting", "designate") else "incumbent"
