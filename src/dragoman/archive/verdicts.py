"""Where judgements stand, and rows that follow them.

In: judgements, of which the last of each person counts. Out: an entry's `Standing`: the verdict most of its judges
give, the latest where they are even; and entries with their corrections put in. A correction names fields by their name
and gives each its value as text; it is checked against the record's own words before it is kept.

    events       category, mode, cameo, quad, intensity, status, background, date, actors, recipients
    contacts     channel, status, background, date, visitor, host, participants
    statements   kind, stance, speakers, addressees, about
    commitments  kind, status, background, due, condition, by, to

Parties are corrected by country: ``actors: IRN, QAT`` keeps those who are there and have one of these countries.
Whoever is not there cannot be put in: there would be no words to rest on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Table, and_, func, select

from dragoman.archive import tables
from dragoman.errors import ArchiveError
from dragoman.judgement import Judgement, Verdict
from dragoman.knowledge.codebook import codebook
from dragoman.record.entries import Commitment, Contact, Event, Party, Statement
from dragoman.record.ids import LETTERS

Entry = Event | Contact | Statement | Commitment
_PARTIES = ("actors", "recipients", "participants", "speakers", "addressees", "about", "by", "to")
KINDS: Mapping[str, type[Entry]] = {
    "events": Event,
    "contacts": Contact,
    "statements": Statement,
    "commitments": Commitment,
}
FIELDS: Mapping[type[Entry], tuple[str, ...]] = {
    Event: ("category", "mode", "cameo", "quad", "intensity", "status", "background", "date", "actors", "recipients"),
    Contact: ("channel", "status", "background", "date", "visitor", "host", "participants"),
    Statement: ("kind", "stance", "speakers", "addressees", "about"),
    Commitment: ("kind", "status", "background", "due", "condition", "by", "to"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What people make of an entry, taken together.

    Attributes:
        verdict: that of most judges; where they are even, the latest.
        correction: of the latest judge with this verdict, if it is ``corrected``.
        judges: how many judged it.
        agreed: whether all gave the same verdict.
    """

    verdict: Verdict
    correction: Mapping[str, str] | None
    judges: int
    agreed: bool


def standing_of(said: Iterable[Judgement]) -> dict[str, Standing]:
    """Where each entry stands, from judgements in the order they were given."""
    last: dict[str, dict[str, Judgement]] = {}
    for one in said:
        of_entry = last.setdefault(one.entry, {})
        of_entry.pop(one.by, None)
        of_entry[one.by] = one
    out = {}
    for entry, by_person in last.items():
        verdicts = [one.verdict for one in by_person.values()]
        votes = Counter(verdicts)
        most = max(votes.values())
        verdict = next(v for v in reversed(verdicts) if votes[v] == most)
        given = next(one for one in reversed(by_person.values()) if one.verdict == verdict)
        out[entry] = Standing(
            verdict=verdict, correction=given.correction, judges=len(by_person), agreed=len(votes) == 1
        )
    return out


def standing_entries(connection: Connection, table: Table, asked: str) -> tuple[list[str], bool]:
    """Entries of a table that a filter on judgements speaks of, and whether it lets through them or all others."""
    if asked in ("any", "none"):
        named, through = select(tables.judgements.c.entry).distinct(), asked == "any"
    else:
        verdicts = {"follow": ("wrong",), "right": ("right", "corrected")}.get(asked, (asked,))
        named, through = _standing_as(verdicts), asked != "follow"
    letter = LETTERS[table.name]
    entries = connection.execute(named).scalars()
    return [entry for entry in entries if entry.partition("-")[2][:1] == letter], through


def corrections(connection: Connection, asked: str | None) -> dict[str, Mapping[str, str]]:
    """The corrections that stand, by entry; none where rows are not asked to follow them."""
    if asked not in ("follow", "right"):
        return {}
    said = tables.judgements
    rows = connection.execute(
        select(said).where(said.c.entry.in_(_standing_as(("corrected",)))).order_by(said.c.number)
    )
    given = [
        Judgement(
            entry=row.entry,
            verdict=row.verdict,
            correction=json.loads(row.correction) if row.correction else None,
            by=row.by,
            at=row.at,
        )
        for row in rows
    ]
    return {entry: found.correction for entry, found in standing_of(given).items() if found.correction}


def entry_of(table: Table, data: Mapping[str, Any]) -> Entry:
    """An entry from its JSON."""
    return KINDS[table.name].model_validate(data)


def _standing_as(verdicts: tuple[str, ...]) -> Select[Any]:
    """Entries whose standing verdict is one of these; the same rule as `standing_of`."""
    said = tables.judgements.c
    place = func.row_number().over(partition_by=(said.entry, said.by), order_by=said.number.desc())
    last = select(said.entry, said.verdict, said.number, place.label("place")).subquery("last_words")
    votes = (
        select(last.c.entry, last.c.verdict, func.count().label("votes"), func.max(last.c.number).label("newest"))
        .where(last.c.place == 1)
        .group_by(last.c.entry, last.c.verdict)
        .subquery("votes")
    )
    rank = func.row_number().over(partition_by=votes.c.entry, order_by=(votes.c.votes.desc(), votes.c.newest.desc()))
    ranked = select(votes.c.entry, votes.c.verdict, rank.label("rank")).subquery("ranked")
    return select(ranked.c.entry).where(and_(ranked.c.rank == 1, ranked.c.verdict.in_(verdicts)))


def corrected(entry: Entry, correction: Mapping[str, str]) -> Any:
    """An entry as it should be.

    Raises:
        ArchiveError: for a field that cannot be corrected, or a value that it cannot have.
    """
    kind = type(entry)
    fields = FIELDS[kind]
    changed: dict[str, Any] = {}
    for name, value in correction.items():
        if name not in fields:
            raise ArchiveError(
                f"{name!r} cannot be corrected in a {kind.__name__.lower()}; there are: {', '.join(fields)}"
            )
        changed[name] = _parties(entry, name, value) if name in _PARTIES else _plain(name, value)
    if isinstance(entry, Event) and "category" in changed:
        changed.update({k: v for k, v in _of_category(entry, changed).items() if k not in changed})
    if isinstance(entry, Event):
        _known(entry, changed)
    data = entry.model_dump() | {
        name: [part.model_dump() for part in value] if name in _PARTIES else value for name, value in changed.items()
    }
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ArchiveError(f"{where}={correction.get(where)!r} cannot be: {first['msg']}") from error


def _plain(name: str, value: str) -> Any:
    text = value.strip()
    if name == "background":
        if text not in ("true", "false"):
            raise ArchiveError(f"background={value!r} must be true or false")
        return text == "true"
    if text in ("", "none"):
        return None
    return text.upper() if name == "category" else text


def _parties(entry: Entry, name: str, value: str) -> tuple[Party, ...]:
    wanted = [code.strip().upper() for code in value.split(",") if code.strip()]
    there: list[Party] = [p for field in FIELDS[type(entry)] if field in _PARTIES for p in getattr(entry, field)]
    found = []
    for code in wanted:
        party = next((p for p in there if p.actor.country == code or p.actor.name.upper() == code), None)
        if party is None:
            raise ArchiveError(f"{name}={value!r}: nobody of {code} stands in this entry, so there are no words for it")
        found.append(party)
    return tuple(found)


def _of_category(entry: Event, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from another category: mode and CAMEO code are open again, quad and intensity are the book's."""
    book = codebook()
    category = changed["category"]
    if category not in book.categories or category == entry.category:
        return {}
    mode = changed.get("mode")
    known = mode is None or mode in book.modes[category]
    return {
        "mode": mode,
        "cameo": None,
        "quad": book.categories[category].quad,
        "intensity": book.intensity(category, mode if known else None),
    }


def _known(entry: Event, changed: Mapping[str, Any]) -> None:
    book = codebook()
    category = changed.get("category", entry.category)
    mode = changed.get("mode")
    if category not in book.categories:
        raise ArchiveError(f"category={category!r} does not exist; there are: {', '.join(book.categories)}")
    modes = tuple(book.modes.get(category, ()))
    if mode is not None and mode not in modes:
        raise ArchiveError(f"mode={mode!r} does not exist in {category}; there are: {', '.join(modes) or 'none'}")
    cameo = changed.get("cameo")
    if cameo is not None and cameo not in book.cameo:
        raise ArchiveError(f"cameo={cameo!r} is no CAMEO code")
