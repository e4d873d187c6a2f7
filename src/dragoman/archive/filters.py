"""What may be asked of the archive: filters, checked.

In: keyword filters. Out: a `Question`, which `sieve` holds against the entries. A filter that does not exist, or that
the kind of entry asked for does not have, is a `TypeError`; a value that cannot be meant is an `ArchiveError`.

    dyad="IRN-QAT"      both stand in the entry, on two sides; either direction
    actor="IRN"         acts, takes part, speaks or promises; recipient="QAT": is acted on, spoken to, spoken about
    category, mode, quad, cameo="03" (also all codes below it), status, background, min_confidence
    since, until        days, both included; see below
    contexts="nuclear"  one of the event's PLOVER contexts
    state="OMN"         acts or is acted on, speaks or is spoken to or about
    sector="MIL"        so does somebody of this PLOVER sector; with `state`, somebody who is both
    name="Solhaug"      so does, or says it, somebody of this name or with these words in it
    speaker="IRN"       says it, or is who it rests on: a country by its code, or a name as above
    place="Doha"        where it happened: a place by its name, or a country by its code
    kind, channel, stance (of commitments, statements, actors; of contacts; of statements)
    judged="follow"     leaves out what people judged wrong, and puts their corrections in; `right` lets through right
                        and corrected ones only; `wrong`, `unsure`, `any`, `none` as they say. The other filters look
                        at entries as they were coded
    publisher, report_id, limit
    kind, open, overdue (of commitments in the ledger)

Two sides: in a mutual event and in a contact nobody is first, so whoever takes part is both actor and recipient.
Days: entries go by their own date where they state one, else by their report's. Reports, actors and search hits go by
the day the report appeared. What has no day is left out as soon as a day is asked for.
Asked of reports, the filters on events find the reports that tell one event to which all of them apply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypedDict, get_args

from dragoman.errors import ArchiveError
from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import (
    ActorKind,
    Category,
    Channel,
    CommitmentKind,
    CommitmentStatus,
    ContactStatus,
    Stance,
    StatementKind,
    Status,
)

ACTING = {"events": ("actor",), "contacts": ("participant",), "statements": ("speaker",), "commitments": ("by",)}
"""The sides of an entry that act, by kind."""
RECEIVING = {
    "events": ("recipient",),
    "contacts": ("participant",),
    "statements": ("addressee", "about"),
    "commitments": ("to", "addressee"),
}
"""The sides that are acted on."""
SAYING = {"events": ("asserted_by",), "statements": ("speaker",)}
"""The sides that say it."""
JUDGED = ("follow", "right", "wrong", "unsure", "any", "none")
"""How entries stand in people's judgement; `follow` leaves out what is wrong and puts corrections in."""


class Conditions(TypedDict, total=False):
    """The keyword filters that choose rows; None is the same as leaving one out."""

    dyad: str | None
    actor: str | None
    recipient: str | None
    category: str | None
    mode: str | None
    cameo: str | None
    quad: int | None
    status: str | None
    background: bool | None
    since: str | date | None
    until: str | date | None
    publisher: str | None
    min_confidence: float | None
    report_id: str | None
    state: str | None
    sector: str | None
    name: str | None
    speaker: str | None
    place: str | None
    contexts: str | None
    kind: str | None
    channel: str | None
    stance: str | None
    judged: str | None
    open: bool | None
    overdue: bool | None


class Filters(Conditions, total=False):
    """All keyword filters: those that choose rows, and how many are wanted."""

    limit: int | None


_LEDGER = frozenset({"kind", "open", "overdue"})
_ALL = frozenset(Filters.__annotations__) - _LEDGER - {"channel", "stance", "judged"}
_REPORT = frozenset({"since", "until", "publisher", "report_id", "limit"})
_BOUND = frozenset({"dyad", "actor", "recipient", "min_confidence"}) | _REPORT
_SIDES = _BOUND | {"state", "sector", "name", "judged"}
_KNOWN: dict[str, frozenset[str]] = {
    "reports": _ALL,
    "events": _ALL | {"judged"},
    "contacts": _SIDES | {"status", "background", "place", "channel"},
    "statements": _SIDES | {"speaker", "kind", "stance"},
    "commitments": _SIDES | {"status", "background", "kind"},
    "actors": _REPORT | {"actor", "state", "sector", "name", "kind"},
    "ledger": _BOUND | _LEDGER | {"status", "background"},
}
_STATUS = {
    "reports": get_args(Status),
    "events": get_args(Status),
    "contacts": get_args(ContactStatus),
    "commitments": get_args(CommitmentStatus),
    "ledger": get_args(CommitmentStatus),
}
_KINDS = {
    "statements": get_args(StatementKind),
    "commitments": get_args(CommitmentKind),
    "ledger": get_args(CommitmentKind),
    "actors": get_args(ActorKind),
}
_EVENT_ONLY = (
    "dyad",
    "actor",
    "recipient",
    "category",
    "mode",
    "cameo",
    "quad",
    "status",
    "background",
    "min_confidence",
    "state",
    "sector",
    "name",
    "speaker",
    "place",
    "contexts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Filters after checking; None is not asked."""

    of: str
    dyad: tuple[str, str] | None = None
    actor: str | None = None
    recipient: str | None = None
    category: str | None = None
    mode: str | None = None
    cameo: str | None = None
    quad: int | None = None
    status: str | None = None
    background: bool | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    min_confidence: float | None = None
    report_id: str | None = None
    state: str | None = None
    sector: str | None = None
    name: str | None = None
    speaker: str | None = None
    place: str | None = None
    contexts: str | None = None
    kind: str | None = None
    channel: str | None = None
    stance: str | None = None
    judged: str | None = None
    open: bool | None = None
    overdue: bool | None = None
    limit: int | None = None

    @property
    def about_events(self) -> bool:
        """Whether a filter on events is asked."""
        return any(getattr(self, name) is not None for name in _EVENT_ONLY)


def question(of: str, given: Filters | Conditions, *, caller: str | None = None) -> Question:
    """Check filters for one kind of row.

    Raises:
        TypeError: for a filter that does not exist or that these rows do not have.
        ArchiveError: for a value that cannot be meant.
    """
    known = _KNOWN[of]
    for name in given:
        if name not in known:
            listed = ", ".join(field.name for field in fields(Question) if field.name in known)
            raise TypeError(f"{caller or of}() has no filter {name!r}; it has: {listed}")
    asked: dict[str, Any] = {name: _CHECKS[name](name, value) for name, value in given.items() if value is not None}
    if "kind" in asked:
        asked["kind"] = _one_of("kind", asked["kind"], _KINDS[of])
    if "status" in asked:
        asked["status"] = _one_of("status", asked["status"], _STATUS[of])
    if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
        raise ArchiveError(f"since {asked['since']} is later than until {asked['until']}")
    return Question(of=of, **asked)


def known(of: str) -> tuple[str, ...]:
    """The names of all filters that rows of a kind have, in one order."""
    return tuple(field.name for field in fields(Question) if field.name in _KNOWN[of])


def values(of: str, name: str) -> tuple[str, ...]:
    """What a filter may be asked for, where that is a fixed set of words; else nothing."""
    if name == "status":
        return _STATUS[of]
    if name == "kind":
        return _KINDS[of]
    if name == "judged":
        return JUDGED
    if name in ("sector", "contexts"):
        return tuple(codebook().sectors if name == "sector" else codebook().contexts)
    fixed = {"category": Category, "channel": Channel, "stance": Stance}
    return get_args(fixed.get(name))


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ArchiveError(f"{name}={value!r} does not exist; there are: {', '.join(allowed)}")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ArchiveError(f"{name}={value!r} must be a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ArchiveError(f"{name}={value!r} cannot be looked up: {error}") from error
    return value


def _country(name: str, value: object) -> str:
    code = value.upper() if isinstance(value, str) else ""
    if not re.fullmatch("[A-Z]{3}", code):
        raise ArchiveError(f"{name}={value!r} must be a code of three letters, such as IRN")
    return code


def _dyad(name: str, value: object) -> tuple[str, str]:
    codes = value.upper() if isinstance(value, str) else ""
    if not re.fullmatch("[A-Z]{3}-[A-Z]{3}", codes):
        raise ArchiveError(f"{name}={value!r} must be two codes of three letters, such as IRN-QAT")
    return codes[:3], codes[4:]


def _category(name: str, value: object) -> str:
    return _one_of(name, _text(name, value).upper(), get_args(Category))


def _sector(name: str, value: object) -> str:
    return _one_of(name, _text(name, value).upper(), tuple(codebook().sectors))


def _context(name: str, value: object) -> str:
    return _one_of(name, _text(name, value).lower(), tuple(codebook().contexts))


def _channel(name: str, value: object) -> str:
    return _one_of(name, _text(name, value), get_args(Channel))


def _judged(name: str, value: object) -> str:
    return _one_of(name, _text(name, value), JUDGED)


def _stance(name: str, value: object) -> str:
    return _one_of(name, _text(name, value), get_args(Stance))


def _cameo(name: str, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{1,4}", value):
        raise ArchiveError(f"{name}={value!r} must be the first one to four digits of a code, as text, such as '03'")
    return value


def _quad(name: str, value: object) -> int:
    if value not in {1, 2, 3, 4} or isinstance(value, bool | float):
        raise ArchiveError(f"{name}={value!r} must be 1, 2, 3 or 4")
    assert isinstance(value, int)
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ArchiveError(f"{name}={value!r} must be True or False")
    return value


def _day(name: str, value: object) -> str:
    if type(value) is date:
        return value.isoformat()
    try:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError  # noqa: TRY301 - worded below, as for a day that no month has
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ArchiveError(f"{name}={value!r} must be a day, such as 2024-06-01") from None


def _share(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ArchiveError(f"{name}={value!r} must be a number from 0 to 1")
    return float(value)


def _count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ArchiveError(f"{name}={value!r} must be a whole number, 0 or more")
    return value


_CHECKS = {
    "dyad": _dyad,
    "actor": _country,
    "recipient": _country,
    "category": _category,
    "mode": _text,
    "cameo": _cameo,
    "quad": _quad,
    "status": _text,
    "background": _flag,
    "since": _day,
    "until": _day,
    "publisher": _text,
    "min_confidence": _share,
    "report_id": _text,
    "state": _country,
    "sector": _sector,
    "name": _text,
    "speaker": _text,
    "place": _text,
    "contexts": _context,
    "kind": _text,
    "channel": _channel,
    "stance": _stance,
    "judged": _judged,
    "open": _flag,
    "overdue": _flag,
    "limit": _count,
}
