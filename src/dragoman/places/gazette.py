"""Places named in a report, put on the map.

In: a `Reading` and its `Cast`. Out: `Spot`s in text order, one for each mention. Which of several places of a name is
meant is settled for the report as a whole: by "Homs, Syria", by the states and provinces named, by nearness to the
other places, and, all else equal, by how many people live there. A name nobody knows is put where the report is at
the moment ("Umoja Street" in a report from Nairobi), and says so in its reasons.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from dragoman.actors.cast import Cast
from dragoman.knowledge.placing import placing
from dragoman.places.known import Gazette, Known, Precision, gazette
from dragoman.places.mentions import Named, find_named
from dragoman.places.nearness import distance, holds
from dragoman.reading.words import Reading

_W = placing()


@dataclass(slots=True, eq=False)
class Spot:
    """A place while the record is put together; `first`, `last` are word numbers."""

    first: int
    last: int
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geoname_id: int | None = None
    precision: Precision = "city"
    reasons: list[tuple[str, float]] = field(default_factory=list)


def find_places(reading: Reading, cast: Cast) -> list[Spot]:
    """The places a report names, each mention once."""
    known = gazette()
    named, aside = find_named(reading, cast, known)
    return _Chooser(reading, cast, known, named, aside).run()


@dataclass(slots=True)
class _Choice:
    known: Known
    score: float
    reasons: list[tuple[str, float]]


class _Chooser:
    """Settles what each name of a report means: the sure ones first, then the rest in their light."""

    def __init__(self, reading: Reading, cast: Cast, known: Gazette, named: list[Named], aside: list[Named]) -> None:
        self.r = reading
        self.w = reading.words
        self.cast = cast
        self.g = known
        self.named = named
        self.aside = aside
        self.options: dict[str, tuple[Known, ...]] = {}
        self.inside: dict[str, list[Known]] = {}
        self.countries: Counter[str] = Counter()
        self.provinces: set[tuple[str | None, str]] = set()
        self.chosen: dict[str, _Choice | None] = {}
        self.spots: list[Spot] = []

    def run(self) -> list[Spot]:
        self._speaks_of()
        for n in self.named:
            if n.core in self.options:
                self._narrow(n, self.options[n.core])
            else:
                options = self._options(n)
                self._narrow(n, options)
                self.options[n.core] = options
        self._hints()
        anchors: list[Known] = []
        nearby = self._nearby()
        for sure in (True, False):
            if not sure:
                anchors.extend(_known(spot) for spot in nearby)
            for core, options in self.options.items():
                if core in self.chosen or not options:
                    continue
                choice = self._choose(core, options, anchors)
                if not sure and self._far_off(choice.known, anchors):
                    continue
                if not sure or self._is_sure(core, options, choice):
                    self.chosen[core] = choice
                    if choice.known.lat is not None and choice.known.kind != "country":
                        anchors.append(choice.known)
        return self._spots(nearby)

    def _nearby(self) -> list[Spot]:
        """Towns named for something else ("Accra's Ring Road"): not places here, but they tell where it is."""
        out = self._homes()
        for n in self.aside:
            towns = [k for k in self.g.named(n.core) if k.kind == "city" and k.main and k.people > 100_000]
            best = max(towns, key=_size, default=None)
            if best is not None:
                out.append(Spot(n.first, n.last, best.name, best.country, best.lat, best.lon))
        return out

    def _homes(self) -> list[Spot]:
        """The town it was sent from, and towns that bodies are named after ("Kampala Fire Brigade")."""
        out = []
        dateline = self.r.report.dateline
        if dateline is not None and dateline.place:
            place = dateline.place.split(",")[0].strip()
            found = self.g.towns(place.title() if place.isupper() else place)
            best = max(found, key=lambda k: _size(k) + 3 * (k.country in self.countries), default=None)
            if best is not None:
                out.append(Spot(0, 0, best.name, best.country, best.lat, best.lon))
        w = self.w
        for word in w:
            if word.ent != "ORG" or not word.ent_start:
                continue
            end = word.i + 1
            while end < len(w) and w[end].ent == "ORG" and not w[end].ent_start:
                end += 1
            for last in range(min(end - 2, word.i + 2), word.i - 1, -1):
                name = self.r.text_of(word.i, last)
                best = max((k for k in self.g.towns(name) if k.people > 100_000), key=_size, default=None)
                if best is not None and (not self.countries or best.country in self.countries):
                    out.append(Spot(word.i, last, best.name, best.country, best.lat, best.lon))
                    break
        return out

    # -- what a name may mean ------------------------------------------------------------------------------------------

    def _options(self, n: Named) -> tuple[Known, ...]:
        """Every place of the name; failing that, of its core ("Zabul province", "Kisumu General Hospital")."""
        core = n.core
        for code, codes in _W.short_in.items():
            if core in codes and self._mostly(code):
                return (self.g.by_region[code, codes[core]],)
        if (short := self.g.short.get(core)) is not None:
            return (short,)
        if core.lower().removeprefix("the ") in _W.vague:
            # "the Valley" is one of the report's own country, which nobody can tell from the name.
            return tuple(k for k in self.g.named(core) if k.kind == "region")
        if n.country is not None and n.country in self.g.by_code:
            country = self.g.by_code[n.country]
            wide = self.g.wide(core)
            if country in wide:
                return wide
            # A seat of power ("Tehran") is a town, too, and may be a namesake of it ("Tripoli, Lebanon"); a name of the
            # people's own ("Holland") is none that the country's towns bear.
            found = self.g.named(core)
            return found if any(k.country == n.country for k in found) else (country,)
        found = self.g.named(core)
        words = core.replace("’", "'").split()
        if len(words) > 1 and words[-1].lower().rstrip(".") in _W.built:
            # "Vienna Square" is one in this town, hardly the town of that name far away.
            found = tuple(k for k in found if k.kind == "region")
        if found:
            return found
        words = core.replace("’", "'").split()
        if len(words) > 1 and words[-1].lower() in _W.divisions:
            kinds = ("province", "county", "region") + (() if words[-1].lower() in _W.provinces else ("city",))
            return tuple(k for k in self.g.named(" ".join(words[:-1])) if k.kind in kinds and k.main)
        if len(words) > 1 and words[0].lower() in _W.sides:
            return tuple(k for k in self.g.named(" ".join(words[1:])) if k.main)
        return ()

    # -- what the report says about where it is ------------------------------------------------------------------------

    def _mostly(self, country: str) -> bool:
        """The report speaks of this country more than of any other."""
        return self.countries[country] > 0 and self.countries[country] == max(self.countries.values())

    def _narrow(self, n: Named, options: tuple[Known, ...]) -> None:
        """ "states such as New York", "western New York": the state, here, not the town."""
        provinces = tuple(k for k in options if k.kind == "province" and k.main)
        if not provinces or not any(k.kind == "city" for k in options):
            return
        before = self.w[n.first - 1] if n.first else None
        part = before is not None and before.lower in _W.directions and before.lower.endswith(("ern", "upstate"))
        if part or self._among_states(n):
            n.key = f"state of {n.core}"
            self.options[n.key] = provinces

    def _among_states(self, n: Named) -> bool:
        """Whether the name is an example of states: "in states such as New York"."""
        such = self.w[n.first - 2 : n.first] if n.first > 2 else []
        return [x.lower for x in such] == ["such", "as"] and self.w[n.first - 3].lower == "states"

    def _speaks_of(self) -> None:
        """Countries of the actors, of the dateline, of the outlet's address, of states in names of bodies."""
        for mention in self.cast.mentions:
            for player in mention.players:
                if player.country in self.g.by_code:
                    self.countries[str(player.country)] += 2 if mention.kind in ("state", "place", "adjective") else 1
        dateline = self.r.report.dateline
        if dateline is not None and dateline.place:
            for part in dateline.place.split(","):
                found = self.g.named(part.strip().title() if part.isupper() else part.strip())
                best = max(found, key=_size, default=None)
                if best is not None and best.country and _size(best) > 5:
                    self.countries[best.country] += 3
        for first in self.w:
            if first.text[:1].isupper() and first.pos == "PROPN":
                for size in (1, 2):
                    state = self.g.federal.get(" ".join(x.text for x in self.w[first.i : first.i + size]))
                    if state is not None:
                        self.countries[str(state.country)] += 1
                        self.provinces.add((state.country, state.province))

    def _hints(self) -> None:
        for n, following in zip(self.named, self.named[1:], strict=False):
            # "Norfolk, Va.": the second holds the first.
            if following.first == n.last + 2 and self.w[n.last + 1].text == ",":
                wide = [k for k in self.options[following.key] if k.kind in ("country", "province", "county", "region")]
                if wide:
                    self.inside.setdefault(n.key, []).extend(wide)
        for options in self.options.values():
            wide = [k for k in options if k.kind in ("country", "province")]
            best = max(wide, key=_size, default=None)
            if best is None or any(k is not best and k.main and _size(k) > _size(best) - 0.7 for k in options):
                continue
            self.countries[str(best.country)] += 2
            if best.kind == "province":
                self.provinces.add((best.country, best.province))

    # -- which one -----------------------------------------------------------------------------------------------------

    def _choose(self, core: str, options: tuple[Known, ...], anchors: list[Known]) -> _Choice:
        best: _Choice | None = None
        holders = self.inside.get(core, [])
        most = max(self.countries.values(), default=0)
        for known in options:
            reasons: list[tuple[str, float]] = []
            score = _size(known)
            if not known.main:
                score -= 1.5
                reasons.append((f"{core!r} is another name of {known.name}", -0.2))
            if (holder := next((h for h in holders if holds(h, known)), None)) is not None:
                score += 5
                reasons.append((f"it stands before {holder.name}", 0.6))
            if most and known.country and (count := self.countries.get(known.country)):
                score += 1.0 + 1.2 * count / most
                reasons.append((f"the report speaks of {self.g.by_code[known.country].name}", 0.3))
            if known.kind in ("city", "county") and (known.country, known.province) in self.provinces:
                score += 1.5
                reasons.append(("its province is named", 0.3))
            if anchors and known.lat is not None and known.lon is not None and known.kind != "country":
                near = min((distance(known, a), a.name) for a in anchors)
                gain = 2.0 * math.exp(-near[0] / 250)
                if gain > 0.2:
                    score += gain
                    reasons.append((f"{near[0]:.0f} km from {near[1]}", 0.2))
            if best is None or score > best.score:
                best = _Choice(known, score, reasons)
        assert best is not None
        if best.known.kind in ("province", "county"):
            # A town and the land about it share the name: the town is meant when many of the people live there.
            for known in options:
                same = known.kind == "city" and known.country == best.known.country
                share = 0.1 if known.main else 0.3
                if same and known.people > share * best.known.people and distance(known, best.known) < 300:
                    best = _Choice(known, best.score, best.reasons)
                    break
        if best.known.people:
            best.reasons.append(
                (f"GeoNames knows {len(options)} of this name; this has {best.known.people:,} people", 0.2)
            )
        return best

    def _is_sure(self, core: str, options: tuple[Known, ...], choice: _Choice) -> bool:
        """Nothing else of the name comes near, even without the others' light."""
        if core in self.inside or choice.known.kind in ("country", "region"):
            return True
        if not self.countries.get(str(choice.known.country)) and any(
            self._mostly(str(k.country)) and k.main and k.people > 5_000 for k in options
        ):
            # "Athens" in a report of Georgia
            return False
        others = [_size(k) for k in options if k.country != choice.known.country and k.main]
        return not others or _size(choice.known) - max(others) > 1.2

    def _far_off(self, known: Known, anchors: list[Known]) -> bool:
        """A small town in a country the report never speaks of: rather a quarter of its own ("Roma" in Maseru)."""
        if known.kind not in ("city", "county") or known.people > 300_000 or self.countries.get(str(known.country)):
            return False
        if max(self.countries.values(), default=0) < 3 or not anchors:
            return False
        return min(distance(known, a) for a in anchors) > 300

    # -- the result ----------------------------------------------------------------------------------------------------

    def _spots(self, nearby: list[Spot]) -> list[Spot]:
        out: list[Spot] = []
        for n in self.named:
            choice = self.chosen.get(n.key)
            if choice is None:
                out.append(Spot(n.first, n.last, n.core, precision="region" if n.label == "LOC" else "city"))
                continue
            known = choice.known
            name = known.name if known.main else n.core
            spot = Spot(n.first, n.last, name, known.country, known.lat, known.lon, known.geoname_id, known.precision)
            spot.reasons = [(n.why, 0.3), *choice.reasons]
            out.append(spot)
        self.spots = out
        found = [s for s in out if s.lat is not None and s.precision != "country"]
        for n, spot in zip(self.named, out, strict=True):
            if spot.lat is None:
                self._lean(n, spot, found, nearby)
        return out

    def _lean(self, n: Named, spot: Spot, found: list[Spot], nearby: list[Spot]) -> None:
        """An unknown name is put where the report is: at a town in its own name, else at the nearest in the text."""
        spot.reasons.append((n.why, 0.3))
        words = n.core.split()
        built = words[-1].lower() in _W.built
        for k in range(len(words) - 1, 0, -1):
            if k == 1 and words[0].lower() in _W.openers:
                break
            options = tuple(x for x in self.g.named(" ".join(words[:k])) if x.main and x.kind != "country")
            if not options:
                continue
            choice = self._choose(n.core, options, [_known(s) for s in (*found, *nearby)])
            near = min((distance(choice.known, _known(s)) for s in (*found, *nearby)), default=math.inf)
            # Streets and squares are named after towns far away; provinces and hospitals hardly.
            if near < 200 or (not built and choice.known.people > 300_000):
                known = choice.known
                self._put(spot, known.country, known.lat, known.lon, known.precision)
                spot.reasons.append((f"no such place known; put at {known.name}, which is in its name", -0.3))
                return
        behind = self._behind(n)
        if behind is not None and behind.precision == "country":
            # Where in it nobody knows, and the country's middle is no answer.
            spot.country = behind.country
        if behind is not None and behind.lat is not None and behind.precision == "city":
            self._put(spot, behind.country, behind.lat, behind.lon, behind.precision)
            spot.reasons.append((f"no such place known; it stands in {behind.name}", -0.2))
            return
        towns = [s for s in found if s.precision in ("city", "point")]
        towns = towns + nearby or [s for s in found if s.country is not None]
        if not towns:
            return
        times = Counter(s.name for s in towns)

        def far(s: Spot) -> int:
            return abs(s.first - n.first) - 25 * min(times[s.name], 6) + (15 if s.first > n.first else 0)

        best = min(towns, key=far)
        self._put(spot, best.country, best.lat, best.lon, best.precision)
        spot.reasons.append((f"no such place known; put at {best.name}, named nearby", -0.4))

    def _behind(self, n: Named) -> Spot | None:
        """ "the Harbour Clinic in Mombasa": the town right behind the name."""
        i = n.last + 1
        if i + 1 >= len(self.w) or self.w[i].lower not in ("in", ",", "near", "outside", "at"):
            return None
        return next((s for s in self.spots if i < s.first <= i + 2), None)

    def _put(self, spot: Spot, country: str | None, lat: float | None, lon: float | None, precision: Precision) -> None:
        spot.country, spot.lat, spot.lon = country, lat, lon
        spot.precision = "city" if precision == "point" else precision


def _known(spot: Spot) -> Known:
    return Known("city", spot.name, spot.country, spot.lat, spot.lon)


def _size(known: Known) -> float:
    """How much a place weighs by itself."""
    match known.kind:
        case "country":
            return 8.5
        case "region":
            return 7.8
        case "province":
            return math.log10(known.people + 100) + 0.1
        case "county":
            return math.log10(known.people + 100) - 1.2
        case _:
            return math.log10(known.people + 100) + (0.3 if known.main else 0.0) + (1.0 if known.capital else 0.0)
