"""Who is who, for people who ask: what the files know and what reports told, side by side.

In: a name or an office in words, the world's files, claims. Out: `Profile`s, one for each person who may be meant:
offices by the files with their standing on a day, findings from claims with their evidence, and which of them
contradict each other. Nothing is settled here: what does not agree is shown as it was told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from dragoman.actors.claims import Claim, Verdict, key_of, matching, same_role, same_time, weigh
from dragoman.actors.offices import begun, same_office, status_at, surely_held, term_at
from dragoman.knowledge.folding import fold
from dragoman.knowledge.world import Body, Head, Person, State, Term, World

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")
# Offices down to this rank have one holder at a time: heads of state and government, ministers with a portfolio.
_ALONE = 3
_FILLERS = frozenset(("of", "the", "for", "s", "in", "at", "to"))


@dataclass(frozen=True, slots=True)
class Held:
    """An office by the files.

    Attributes:
        term: the office and its days.
        country: whose it is.
        standing: of the holder on the day asked for: incumbent, acting, former, late, or "not yet".
        counts: whether it is what the person is known by on that day.
    """

    term: Term
    country: str | None
    standing: str
    counts: bool


@dataclass(slots=True)
class Finding:
    """What one or more reports told alike.

    Attributes:
        role, country, sector: what they told.
        claims: each report's words, oldest first.
        against: the other findings about this person, by number, that were told of the same time and do not agree.
        against_files: what the files have for the first day it was told, where that is another state or holder.
        against_people: who else was told of the same time to hold this office, where only one can.
    """

    role: str
    country: str | None
    sector: str | None
    claims: list[Claim] = field(default_factory=list)
    against: list[int] = field(default_factory=list)
    against_files: str | None = None
    against_people: list[str] = field(default_factory=list)

    @property
    def statuses(self) -> list[str]:
        """Standings told, each once, in the order they were told in."""
        return list(dict.fromkeys(c.role_status for c in self.claims if c.role_status))

    @property
    def first(self) -> date | None:
        """The day it was first told, as far as known."""
        return min((c.day for c in self.claims if c.day), default=None)

    @property
    def last(self) -> date | None:
        """The day it was last told."""
        return max((c.day for c in self.claims if c.day), default=None)

    @property
    def outlets(self) -> list[str]:
        """Outlets that told it, each once."""
        return list(dict.fromkeys(c.publisher for c in self.claims if c.publisher))

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that told it, each once."""
        return list(dict.fromkeys(c.report_id for c in self.claims))


@dataclass(slots=True)
class Profile:
    """A person, by the files, by reports or both.

    Attributes:
        name: as the files have it, else as most reports do.
        person: what the files know.
        held: offices by the files, oldest first.
        findings: what reports told, oldest first.
        verdict: what the findings come to on the day asked for; None when there are none.
    """

    name: str
    person: Person | None = None
    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    verdict: Verdict | None = None

    @property
    def state(self) -> str | None:
        """Of the person, as far as it is settled."""
        if self.person is not None and self.person.country:
            return self.person.country
        return self.verdict.country if self.verdict is not None else None


@dataclass(frozen=True, slots=True)
class Office:
    """An office asked for: "foreign minister of Qatar"."""

    head: Head
    state: State | None
    body: Body | None

    @property
    def words(self) -> str:
        """In plain words."""
        where = self.state.name if self.state else self.body.name if self.body else ""
        return f"{self.head.office} of {where}" if where else self.head.office

    def held_in(self, person: Person, term: Term, *, loosely: bool = False) -> bool:
        """Whether a term is one in this office; loosely, in one that its words can mean ("chief")."""
        if term.office != self.head.office and not (loosely and same_office(self.head.office, term.office)):
            return False
        if self.body is not None:
            return term.of == self.body.name and (not loosely or not term.office.startswith(("deputy", "vice")))
        return self.state is not None and (term.country or person.country) == self.state.code and term.of is None

    @property
    def country(self) -> str | None:
        """Code of its state, or of the kind of body it belongs to."""
        return self.body.country if self.body is not None else self.state.code if self.state is not None else None


def by_name(name: str, world: World, day: date, claims: Callable[[str, bool], Iterable[Claim]]) -> list[Profile]:
    """Everybody who may be meant by a name, or by a surname or part of one.

    Args:
        name: as somebody asks for it; a title before it is passed over.
        world: the files.
        day: on which offices count.
        claims: gives what reports told of a name, in full or (True) loosely.
    """
    for asked in dict.fromkeys((name, _untitled(name, world))):
        shared: dict[str, list[Person]] = {}
        for person in world.persons:
            for n in person.strong:
                shared.setdefault(n, []).append(person)
        people = _unique(person for n in matching(asked, shared) for person in shared[n])
        told = list(claims(asked, True))
        for n in _unique(n for person in people for n in person.strong if " " in n):
            told += claims(n, False)
        profiles = _joined(people, _unique(told), day)
        if profiles:
            return profiles
    return []


def by_office(office: Office, world: World, day: date, claims: list[Claim]) -> list[Profile]:
    """Everybody who held an office by the files, or by reports; latest first, each with that office only.

    Args:
        office: as `office_of` read it.
        world: the files.
        day: on which holders count.
        claims: what reports told of holders of this office.
    """
    loosely = not any(office.held_in(p, term) for p in world.persons for term in p.offices)
    people = [p for p in world.persons if any(office.held_in(p, term, loosely=loosely) for term in p.offices)]
    profiles = _joined(people, claims, day)
    for profile in profiles:
        if profile.person is not None:
            held = [h for h in profile.held if office.held_in(profile.person, h.term, loosely=loosely)]
            profile.held = [Held(h.term, h.country, h.standing, h.standing in ("incumbent", "acting")) for h in held]
    if office.head.rank <= _ALONE and office.body is None:
        _rivals(profiles)
    return sorted(profiles, key=_began, reverse=True)


def _rivals(profiles: list[Profile]) -> None:
    """Mark what reports told of an office that another held by the files, or was told to hold at the time."""
    for profile in profiles:
        for finding in profile.findings:
            if _not_in_office(finding):
                continue
            for other in profiles:
                if other is profile:
                    continue
                if any(_covers(held.term, finding.first) for held in other.held):
                    finding.against_files = other.name
                if any(same_time(finding.claims, f.claims) for f in other.findings if not _not_in_office(f)):
                    finding.against_people.append(other.name)
            if any(_covers(held.term, finding.first) for held in profile.held):
                finding.against_files = None


def _not_in_office(finding: Finding) -> bool:
    return not {"former", "late", "designate"}.isdisjoint(finding.statuses)


def _covers(term: Term, day: date | None) -> bool:
    return day is not None and surely_held(term, day)


def office_of(words: str, world: World) -> Office | None:
    """The office that words ask for, when they name one, its state or body, and nothing else."""
    text = _spaced(words)
    heads = [(w, head) for head in world.offices.heads for w in head.words if _spaced(w) in text]
    for said, head in sorted(heads, key=lambda pair: -len(pair[0])):
        rest = text.replace(_spaced(said), " ", 1)
        state, left = _longest(rest, ((n, s) for s in world.states if s.kind != "former" for n in _names(s)))
        body, over = _longest(rest, ((n, b) for b in world.bodies for n in b.strong))
        if body is not None and set(over.split()) <= _FILLERS and (state is None or set(left.split()) - _FILLERS):
            return Office(head, None, body)
        if state is not None and set(left.split()) <= _FILLERS:
            return Office(head, state, None)
    return None


def _joined(people: list[Person], claims: list[Claim], day: date) -> list[Profile]:
    """A profile for each person of the files, with the claims under any of the names, and for each other name told."""
    left = {key: list[Claim]() for key in dict.fromkeys(key_of(c.name) for c in claims)}
    for claim in claims:
        left[key_of(claim.name)].append(claim)
    profiles = []
    for person in people:
        told: list[Claim] = []
        for key in _unique(key_of(n) for n in person.strong if " " in n):
            told += left.pop(key, [])
        profiles.append(_profile(person.name, person, told, day))
    for told in left.values():
        names = [c.name for c in told]
        profiles.append(_profile(max(dict.fromkeys(names), key=names.count), None, told, day))
    return profiles


def _profile(name: str, person: Person | None, claims: list[Claim], day: date) -> Profile:
    profile = Profile(name, person)
    if person is not None:
        known = term_at(person, day)
        profile.held = [_held(person, term, day, term is known) for term in person.offices]
    found: dict[tuple[str, str | None], Finding] = {}
    for claim in sorted(claims, key=lambda c: (c.day or date.min, c.report_id, c.words.start)):
        key = (claim.role, claim.country)
        found.setdefault(key, Finding(claim.role, claim.country, claim.sector)).claims.append(claim)
    profile.findings = list(found.values())
    for finding in profile.findings:
        finding.against = [n for n, other in enumerate(profile.findings) if _contradict(finding, other)]
        finding.against_files = _files_differ(person, finding)
    profile.verdict = weigh(claims, day)
    return profile


def _held(person: Person, term: Term, day: date, counts: bool) -> Held:
    serves = begun(term.from_, day)
    standing = status_at(person, term, day) if serves else "not yet"
    return Held(term, term.country or person.country, standing, counts and serves)


def _contradict(a: Finding, b: Finding) -> bool:
    """Another state, or another office of the same state, told of the same time and not of the past."""
    if a is b or not same_time(a.claims, b.claims) or {"former", "late"} & {*a.statuses, *b.statuses}:
        return False
    if a.country and b.country and a.country != b.country:
        return True
    return not any(same_role(x, y) for x in a.role.split(" and ") for y in b.role.split(" and "))


def _files_differ(person: Person | None, finding: Finding) -> str | None:
    """What the files have instead: another state, or other offices on the day it was first told."""
    if person is None:
        return None
    states = {person.country, *(t.country for t in person.offices)} - {None}
    if finding.country and states and finding.country not in states:
        term = term_at(person, finding.first)
        return ", ".join(filter(None, (term.office if term else None, person.country)))
    then = [t.office for t in person.offices if _covers(t, finding.first)]
    roles = finding.role.split(" and ")
    if not then or _not_in_office(finding) or any(same_role(role, office) for role in roles for office in then):
        return None
    return " and ".join(then)


def _untitled(name: str, world: World) -> str:
    """A name without the title before it: "King Abdullah", "President-elect N.N."."""
    words = name.split()
    titles = {_spaced(w).strip() for head in world.offices.heads for w in head.words}
    titles.update(w for known in world.offices.status.values() for w in known)
    titles.update(h.lower() for h in world.offices.honorifics)
    for length in range(len(words) - 1, 0, -1):
        if _spaced(" ".join(words[:length])).strip() in titles:
            return _untitled(" ".join(words[length:]), world)
    return name


def _names(state: State) -> tuple[str, ...]:
    return (*state.strong, *state.weak, *state.adjectives, state.code)


def _longest(text: str, named: Iterable[tuple[str, T]]) -> tuple[T | None, str]:
    """What the longest name in a text means, and the text without it."""
    best: T | None = None
    said = ""
    for name, thing in named:
        spaced = _spaced(name)
        if len(spaced) > len(said) and spaced in text:
            best, said = thing, spaced
    return best, text.replace(said, " ", 1) if said else text


def _spaced(words: str) -> str:
    return f" {' '.join(_WORD.findall(fold(words)))} "


def _began(profile: Profile) -> tuple[str, str]:
    held = [h.term.from_ or "" for h in profile.held]
    told = [f.first.isoformat() for f in profile.findings if f.first]
    return max([*held, *told], default=""), profile.name


def _unique(items: Iterable[T]) -> list[T]:
    """Each once, in their order."""
    return list(dict.fromkeys(items))
