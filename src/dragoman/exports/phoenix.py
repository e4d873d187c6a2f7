"""The Phoenix pipeline's lines: 26 columns, no header, one a day, source, target and code.

In: passages in the order of their reports' days. Out: rows. What several reports of one day tell of the same source,
target and code is one row with all their sentences, addresses and outlets, as Phoenix filters it. The day is the
report's. Only one day's rows are held at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from dragoman.archive.passages import Passage
from dragoman.exports.layouts import Column, Layout
from dragoman.exports.petrarch2 import NEEDS, coded, issues, sentence_id
from dragoman.exports.sides import Kept, Told, number_of, pairs
from dragoman.exports.tabs import Cell
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.exchange import exchange, plain_name
from dragoman.knowledge.world import world

__all__ = ["LAYOUT", "NEEDS", "rows"]


def _actor(name: str, who: str) -> tuple[Column, ...]:
    return (
        Column(name, f"CAMEO actor code of {who}; countries are ISO 3166-1 alpha-3"),
        Column(f"{name}_root", "its country, or IGO, NGO, IMG or MNC"),
        Column(f"{name}_agent", "its first role, of those Phoenix calls agents"),
        Column(f"{name}_others", "its other parts, parted by ;"),
    )


LAYOUT = Layout(
    "phoenix",
    (
        Column("id", "number made of day, source, target and code, and the version of this layout: 123_1"),
        Column("date", "day of the reports, YYYYMMDD"),
        Column("year", "YYYY"),
        Column("month", "MM"),
        Column("day", "DD"),
        *_actor("source", "who acts"),
        *_actor("target", "who is acted on"),
        Column("code", "CAMEO code, text"),
        Column("root_code", "its first two digits, text"),
        Column("quad_class", "0 neutral (01, 02), 1 to 4 as in GDELT, but 16 is 3", "Int64"),
        Column("goldstein", "Goldstein value of the code", "Float64"),
        Column("issues", "PLOVER contexts in capitals with how often, NAME,2;NAME,1"),
        Column("lat", "degrees north; empty for a country, which is no point", "Float64"),
        Column("lon", "degrees east; empty for a country", "Float64"),
        Column("place", "name of the place"),
        Column("state", "the same when it is a region"),
        Column("country", "plain name of the place's country"),
        Column("ids", "report and sentence, report_3, parted by ;"),
        Column("urls", "addresses, parted by ;"),
        Column("sources", "outlets, parted by ;"),
    ),
    header=False,
)
_AGENTS = frozenset(["GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"])
_ROOTS = frozenset(("IGO", "NGO", "IMG", "MNC"))


@dataclass(slots=True)
class _Row:
    """What becomes one row; each list holds a thing once, in the order it came."""

    told: list[Told] = field(default_factory=list)
    ids: dict[str, None] = field(default_factory=dict)
    urls: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    issues: Counter[str] = field(default_factory=Counter)


def rows(passages: Iterable[Passage], kept: Kept) -> Iterator[tuple[list[Cell], list[Told]]]:
    """Each row, and the tellings it stands for."""
    chosen = (passage for passage, _ in kept(passages))
    for day, of_day in groupby(chosen, key=lambda passage: passage.published):
        found: dict[tuple[str, str, str], _Row] = {}
        for passage in of_day:
            for told in pairs(passage):
                if both := coded(kept, told):
                    _add(found.setdefault((*both, str(told.event.cameo)), _Row()), told)
        for (source, target, code), row in found.items():
            yield _cells(f"{day:%Y%m%d}", source, target, code, row), row.told


def _add(row: _Row, told: Told) -> None:
    passage = told.passage
    row.told.append(told)
    row.ids[sentence_id(told)] = None
    row.issues.update(context.upper() for context in told.event.contexts)
    if passage.url:
        row.urls[passage.url.replace(";", "%3B")] = None
    if passage.publisher:
        row.sources[passage.publisher.replace(";", ",")] = None


def _cells(day: str, source: str, target: str, code: str, row: _Row) -> list[Cell]:
    place = next((told.event.place for told in row.told if told.event.place), None)
    point = place is not None and place.precision != "country"
    return [
        f"{number_of(f'{day} {source} {target} {code}')}_{LAYOUT.version}",
        day,
        day[:4],
        day[4:6],
        day[6:],
        *_split(source),
        *_split(target),
        code,
        code[:2],
        exchange().quads[code[:2]].phoenix,
        codebook().cameo[code].goldstein,
        issues(row.issues),
        place.lat if place and point else None,
        place.lon if place and point else None,
        place.name if place else None,
        place.name if place and place.precision == "region" else None,
        plain_name(place.country) if place else None,
        ";".join(row.ids),
        ";".join(row.urls),
        ";".join(row.sources),
    ]


def _split(code: str) -> tuple[Cell, ...]:
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    known = _roots()
    root = parts.pop(0) if parts[0] in known else None
    agent = parts.pop(0) if parts and parts[0] in _AGENTS else None
    return code, root, agent, ";".join(parts)


@lru_cache(maxsize=1)
def _roots() -> frozenset[str]:
    return _ROOTS | {state.code for state in world().states}
