"""Schema and loader of `exchange.yaml`, and countries as other event data sets write them.

In: codes of ours (ISO 3166-1 alpha-3, PLOVER's for international actors). Out: FIPS 10-4, Correlates of War numbers,
CAMEO's country and actor codes, plain names; None where the other side has none. FIPS, numbers and names stand in the
states' own files.
"""

from __future__ import annotations

from functools import lru_cache

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.folding import fold
from dragoman.knowledge.loader import Fact, check, raw
from dragoman.knowledge.world import State, world


class International(Fact):
    """An international actor in CAMEO and in GDELT's columns."""

    cameo: str
    gdelt_country: str | None
    gdelt_group: str | None
    gdelt_type: str | None
    name: str | None


class SectorAbroad(Fact):
    """A PLOVER sector as CAMEO, GDELT and ICEWS have it."""

    cameo: str | None
    gdelt: bool
    icews: tuple[str, ...]


class Quads(Fact):
    """The quads of a CAMEO root."""

    gdelt: int
    phoenix: int


class Exchange(Fact):
    """The whole file; what each part is for stands above it there."""

    gdelt_countries: dict[str, str]
    gdelt_places: dict[str, str]
    international: dict[str, International]
    sectors: dict[str, SectorAbroad]
    roles_read: dict[str, str | None]
    icews_read: dict[str, str | None]
    icews_countries: dict[str, str]
    quads: dict[str, Quads]
    quad_words: dict[str, str]


@lru_cache(maxsize=1)
def exchange() -> Exchange:
    """The file, checked.

    Raises:
        KnowledgeError: for a broken schema, or a sector, country or code that the codebook and the states do not have.
    """
    made = check(Exchange, raw()["exchange.yaml"], "exchange.yaml")
    book, countries = codebook(), {state.code for state in world().states}
    wrong = [
        *sorted(made.sectors.keys() ^ book.sectors.keys()),
        *sorted(made.international.keys() ^ book.international.keys()),
        *sorted({*made.gdelt_countries, *made.gdelt_places.values(), *made.icews_countries} - countries),
        *sorted({code[:2] for code in book.cameo} ^ made.quads.keys()),
        *sorted({s for s in (*made.roles_read.values(), *made.icews_read.values()) if s} - book.sectors.keys()),
    ]
    if wrong:
        raise KnowledgeError(f"exchange.yaml: not the codes of the codebook and the states: {', '.join(wrong)}")
    return made


@lru_cache(maxsize=1)
def _states() -> dict[str, State]:
    """The state that a code stands for in other data: not a claimant of it, and not one of its past."""
    order = {"state": 0, "territory": 1, "partly_recognised": 2, "former": 3}
    found: dict[str, State] = {}
    for state in sorted(world().states, key=lambda state: order[state.kind]):
        found.setdefault(state.code, state)
    return found


def fips(code: str | None) -> str | None:
    """FIPS 10-4, two letters."""
    state = _states().get(code or "")
    return state.fips if state else None


def cow(code: str | None) -> int | None:
    """The Correlates of War number."""
    state = _states().get(code or "")
    return state.cow if state else None


def plain_name(code: str | None, *, icews: bool = False) -> str | None:
    """The country's plain name; ICEWS has some of its own. International actors have the name of what they are."""
    if code is None:
        return None
    if icews and (own := exchange().icews_countries.get(code)):
        return own
    state = _states().get(code)
    if state:
        return state.name
    known = exchange().international.get(code)
    return known.name if known else None


def gdelt_country(code: str | None) -> str | None:
    """CAMEO's country code as GDELT has it; None for international actors but the European Union."""
    if code is None:
        return None
    if known := exchange().international.get(code):
        return known.gdelt_country
    return exchange().gdelt_countries.get(code, code)


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, state in _states().items():
        for name in (state.name, *state.formal, *state.names):
            names.setdefault(fold(name), code)
    names.update((fold(name), code) for code, name in exchange().icews_countries.items())
    names.update((fold(known.name), code) for code, known in exchange().international.items() if known.name)
    return names


def country_named(name: str) -> str | None:
    """The code of a country by one of its plain names, as data sets write them; None for a name that is none."""
    return _named().get(fold(name.strip()))


@lru_cache(maxsize=1)
def _from_fips() -> dict[str, str]:
    return {state.fips: code for code, state in _states().items() if state.fips}


def country_of_fips(code: str | None) -> str | None:
    """Our code for a FIPS 10-4 code; the Gaza Strip's and the West Bank's are Palestine's."""
    return _from_fips().get("WE" if code == "GZ" else code or "")


@lru_cache(maxsize=1)
def _from_gdelt() -> dict[str, str]:
    return {theirs: ours for ours, theirs in exchange().gdelt_countries.items()} | exchange().gdelt_places


def from_gdelt(country: str, group: str, kind: str) -> str | None:
    """Our code for GDELT's country, known group and first type; None for its regions and for what has none."""
    for code, known in exchange().international.items():
        if known.gdelt_group and known.gdelt_group == group:
            return code
    ours = _from_gdelt().get(country, country)
    if ours in _states():
        return ours
    return next(
        (code for code, known in exchange().international.items() if not known.gdelt_group and known.cameo == kind),
        None,
    )
