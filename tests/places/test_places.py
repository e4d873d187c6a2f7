"""Places in a report: every row of `tests/cases/places.yaml`, the regions file, and the gazetteer's manners."""

from __future__ import annotations

import math
import sqlite3
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml

from dragoman.actors.names import names_of
from dragoman.actors.resolve import resolve
from dragoman.errors import KnowledgeError
from dragoman.knowledge import loader
from dragoman.places import known as known_places
from dragoman.places.gazette import Spot, find_places
from dragoman.places.known import Gazette, Known, city_file, gazette, regions
from dragoman.places.nearness import distance
from dragoman.reader import Reader
from dragoman.reading.parse import Grammar
from dragoman.reading.words import Reading
from dragoman.report.head import prepare, read_head

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "places.yaml").read_text(encoding="utf-8")
)
MENTIONS = [row for row in ROWS if "want" in row]
EVENTS = [row for row in ROWS if "event" in row]


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader()


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    return Grammar()


def read(text: str) -> tuple[Reading, list[Spot]]:
    report = prepare(text)
    reading = next(grammar().read_many([(report, read_head(text).body_start, [])]))
    return reading, find_places(reading, resolve(reading, names_of(None)))


def words(reading: Reading, spot: Spot) -> str:
    return reading.span_of(spot.first, spot.last).text


@pytest.mark.parametrize("row", MENTIONS, ids=[row["name"] for row in MENTIONS])
def test_row(row: dict[str, Any]) -> None:
    reading, spots = read(row["text"])
    found = [(words(reading, s), s.country, s.precision) for s in spots]
    assert found == [tuple(want[:3]) for want in row["want"]]
    for spot, want in zip(spots, row["want"], strict=True):
        if want[3] is None:
            assert spot.lat is spot.lon is None
            continue
        assert spot.lat is not None
        assert spot.lon is not None
        assert abs(spot.lat - want[3]) < 1.5
        assert abs(spot.lon - want[4]) * math.cos(math.radians(spot.lat)) < 1.5


@pytest.mark.parametrize("row", EVENTS, ids=[row["name"] for row in EVENTS])
def test_event_place(row: dict[str, Any]) -> None:
    word, place = row["event"]
    record = reader().read(row["text"])
    found = [e.place.name if e.place else None for e in record.events if word in e.trigger.text.split()]
    assert place in found
    assert set(found) == {place}


def test_rows_are_many_and_named_apart() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names)) >= 50


def test_each_mention_is_listed() -> None:
    _, spots = read("The talks in Geneva went on. The envoys stayed in Geneva for a week.")
    assert [s.name for s in spots] == ["Geneva", "Geneva"]


def test_spots_are_in_order_and_apart() -> None:
    _, spots = read("From Accra in Ghana, the ship sailed to Lagos in Nigeria and on to Douala in Cameroon.")
    assert all(a.last < b.first for a, b in pairwise(spots))
    assert len(spots) == 6


def test_every_resolved_place_says_why() -> None:
    _, spots = read("The talks were held in Tripoli, Lebanon, near the Syrian border.")
    assert spots
    assert all(spot.reasons for spot in spots if spot.precision == "city")
    assert any("stands before" in fact for spot in spots for fact, _ in spot.reasons)


def test_country_has_its_geonames_number() -> None:
    _, (spot,) = read("The truce in Yemen has held.")
    assert (spot.geoname_id, spot.precision) == (69543, "country")


def test_text_without_places() -> None:
    assert read("The two sides agreed to talk again.")[1] == []


def test_regions_are_many() -> None:
    assert len(regions()) >= 250
    names = {region.name for region in regions()}
    assert {"Gaza Strip", "Kashmir", "Sea of Japan", "Strait of Hormuz", "Donbas", "Golan Heights"} <= names


def test_disputed_places_belong_to_no_one_state() -> None:
    by_name = {region.name: region for region in regions()}
    for name in ("Kashmir", "Golan Heights", "Crimea", "Spratly Islands", "Senkaku Islands", "Western Sahara", "Abyei"):
        assert by_name[name].country is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("- {name: X, kind: sea, lat: 1, lon: 2, colour: blue}", "colour"),
        ("- {name: X, kind: ocean, lat: 1, lon: 2}", "kind"),
        ("- {name: X, kind: sea, lat: 91, lon: 2}", "lat"),
        ("- {name: X, kind: sea, lat: 1, lon: 2, country: ZZZ}", "ZZZ"),
        ("- {name: X, kind: sea, lat: 1, lon: 2}\n- {name: Y, aliases: [x], kind: sea, lat: 1, lon: 2}", "already"),
        ("name: X", "lat"),
        ("words", "valid dictionary"),
    ],
)
def test_broken_regions_are_refused(tmp_path: Path, row: str, fault: str) -> None:
    (tmp_path / "regions.yaml").write_text(row, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        regions(str(tmp_path))
    loader.raw.cache_clear()


def test_broken_middles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "middles.yaml").write_text("NOR: [100, 2]", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="NOR"):
        Gazette(str(tmp_path))
    loader.raw.cache_clear()


def test_user_region_is_found(tmp_path: Path) -> None:
    (tmp_path / "regions.yaml").write_text("- {name: Lake Foo, kind: lake, lat: 1, lon: 2}", encoding="utf-8")
    (found,) = Gazette(str(tmp_path)).wide("Lake Foo")
    assert (found.lat, found.lon, found.precision) == (1, 2, "region")
    loader.raw.cache_clear()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Nuuk", "GRL"),
        ("st petersburg", "RUS"),
        ("Saint Petersburg", "RUS"),
        ("PEKING", "CHN"),
        ("The Hague", "NLD"),
        ("N'Djamena", "TCD"),
    ],
)
def test_names_in_other_dress(name: str, country: str) -> None:
    assert max(gazette().named(name), key=lambda k: k.people).country == country


def test_unknown_name() -> None:
    assert gazette().named("Xyzzyville") == ()


def test_states_shortened() -> None:
    assert gazette().short["Calif."].name == "California"
    assert gazette().short["TX"].name == "Texas"


def test_distance() -> None:
    paris, london = Known("city", "Paris", "FRA", 48.86, 2.35), Known("city", "London", "GBR", 51.51, -0.13)
    assert 330 < distance(paris, london) < 350
    assert distance(paris, Known("region", "Nowhere", None, None, None)) == math.inf


def test_city_file_is_whole() -> None:
    with sqlite3.connect(city_file()) as db:
        (cities,) = db.execute("SELECT count(*) FROM city").fetchone()
    db.close()
    assert cities > 150_000


def test_without_a_writable_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(known_places.platformdirs, "user_cache_dir", lambda _: str(blocked / "below"))
    made: list[Path] = []
    monkeypatch.setattr(known_places, "_make", lambda _, path: (made.append(path), path.write_text(""))[0])
    path = city_file.__wrapped__()
    assert path in made
    assert path.exists()
    path.unlink()


def test_quick() -> None:
    # A place to fifteen words or so, as in the news.
    text = (
        "The minister told the council that he had flown from Lima to meet the mediators once more before the vote. "
        "The sides agreed in Geneva that the text they had signed should be kept by both until the court has ruled. "
    ) * 80
    report = prepare(text)
    reading = next(grammar().read_many([(report, 0, [])]))
    cast = resolve(reading, names_of(None))
    find_places(reading, cast)
    took = []
    for _ in range(3):
        begun = perf_counter()
        find_places(reading, cast)
        took.append(perf_counter() - begun)
    # The best of three: the collector of garbage may come by in one.
    assert min(took) / len(reading.words) < 20e-6
