"""Options for ECharts, with colours by name (``$q1``), which the theme fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dragoman.archive import Month, Spot, Tie
from dragoman.web.parts.address import to
from dragoman.web.parts.words import QUADS, short_month

FURTHEST = 10
"""Of PLOVER's intensity, on either side of 0."""
_TOOLTIP = {
    "backgroundColor": "$paper",
    "borderColor": "$rule",
    "padding": [6, 10],
    "textStyle": {"color": "$ink", "fontSize": 12},
    "extraCssText": "box-shadow:none;border-radius:2px",
}


def span_of(stretches: Iterable[str]) -> list[str]:
    """All months, or thirds of months (``2024-06-0``), from the first to the last, those between them included."""
    known = sorted(set(stretches))
    if not known:
        return []
    parts = ("-0", "-1", "-2") if len(known[0]) > 7 else ("",)
    months = (_month(number) for number in range(_number(known[0]), _number(known[-1]) + 1))
    return [made for month in months for part in parts if known[0] <= (made := month + part) <= known[-1]]


def by_month(months: Sequence[Month]) -> dict[str, Any]:
    """Cooperation above the line, conflict below it, in bars of the quad classes; the mean intensity as a line."""
    span = span_of(month.month for month in months)
    known = {month.month: month for month in months}
    bars = [_bars(place, span, known) for place in (0, 1, 2, 3)]
    mean = {
        "name": "mean intensity",
        "type": "line",
        "yAxisIndex": 1,
        "data": [round(known[month].mean, 2) if month in known else None for month in span],
        "connectNulls": False,
        "symbol": "circle",
        "symbolSize": 5,
        "lineStyle": {"color": "$ink", "width": 1.5},
        "itemStyle": {"color": "$ink"},
        "z": 5,
    }
    most = max((max(sum(month.quads[:2]), sum(month.quads[2:])) for month in months), default=1)
    most += most % 2
    return {
        "grid": {"left": 40, "right": 40, "top": 26, "bottom": 26},
        "tooltip": {
            "trigger": "axis",
            "axisPointer": {"type": "shadow"},
            ":valueFormatter": "value => value == null ? '–' : Number.isInteger(value) ? Math.abs(value) : value",
            **_TOOLTIP,
        },
        "xAxis": {
            "type": "category",
            "data": [short_month(month) for month in span],
            "axisLine": {"lineStyle": {"color": "$rule"}, "onZero": False},
            "axisTick": {"show": False},
            "axisLabel": {"color": "$quiet", "hideOverlap": True},
        },
        "yAxis": [
            {
                "type": "value",
                "name": "events",
                "min": -most,
                "max": most,
                "minInterval": 1,
                "nameTextStyle": {"color": "$quiet", "align": "right"},
                "interval": most / 2,
                # Below the line stand numbers of events, too, not less than none.
                "axisLabel": {"color": "$quiet", ":formatter": "value => Math.abs(value)"},
                "splitLine": {"lineStyle": {"color": "$rule"}},
            },
            {
                "type": "value",
                "name": "mean",
                "min": -FURTHEST,
                "max": FURTHEST,
                "nameTextStyle": {"color": "$quiet", "align": "left"},
                "axisLabel": {"color": "$quiet"},
                "splitLine": {"show": False},
            },
        ],
        "series": [*bars, mean],
    }


def _bars(place: int, span: list[str], known: dict[str, Month]) -> dict[str, Any]:
    sign = 1 if place < 2 else -1
    return {
        "name": QUADS[place],
        "type": "bar",
        "stack": "events",
        "barMaxWidth": 26,
        "itemStyle": {"color": f"$q{place + 1}"},
        "data": [sign * known[month].quads[place] if month in known else 0 for month in span],
    }


def _number(month: str) -> int:
    year, number = month.split("-")[:2]
    return int(year) * 12 + int(number) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def balance(mean: float | None) -> str:
    """The colour of a mean intensity, from conflict to cooperation."""
    if mean is None or abs(mean) < 0.5:
        return "$even"
    if mean < 0:
        return "$q4" if mean <= -3 else "$q3"
    return "$q2" if mean >= 3 else "$q1"


def network(ties: Sequence[Tie], weigh: str, name: Callable[[str], str]) -> dict[str, Any]:
    """States as dots, what passes between them as lines: as thick as they weigh, in the colour of the balance.

    Args:
        ties: pairs of states.
        weigh: by "contacts" or by "events".
        name: what a code stands for.
    """
    shown = [(tie, tie.contacts if weigh == "contacts" else tie.events) for tie in ties]
    most = max((number for _, number in shown), default=1) or 1
    sums: dict[str, int] = {}
    for tie, number in shown:
        for code in (tie.one, tie.other):
            sums[code] = sums.get(code, 0) + number
    largest = max(sums.values(), default=1) or 1
    labelled = set(sorted(sums, key=lambda code: -sums[code])[:60])
    nodes = [
        {
            "id": code,
            "name": name(code),
            "symbolSize": round(7 + 26 * (number / largest) ** 0.5, 1),
            "href": to("actor", code),
            "tip": [name(code), f"{number} {weigh} in this period"],
            "label": {"show": code in labelled},
        }
        for code, number in sums.items()
    ]
    links = [
        {
            "source": tie.one,
            "target": tie.other,
            "href": to("dyad", f"{tie.one}-{tie.other}"),
            "tip": [
                f"{name(tie.one)} – {name(tie.other)}",
                f"{tie.contacts} contacts, {tie.events} events"
                + (f", mean intensity {tie.mean:+.1f}" if tie.mean is not None else ""),
            ],
            "lineStyle": {"width": round(1 + 9 * (number / most) ** 0.6, 1), "color": balance(tie.mean)},
        }
        for tie, number in shown
    ]
    series = {
        "type": "graph",
        "layout": "force",
        "roam": True,
        "draggable": True,
        "data": nodes,
        "links": links,
        "force": {"repulsion": 420, "edgeLength": [60, 190], "gravity": 0.09, "layoutAnimation": False},
        "itemStyle": {"color": "$paper", "borderColor": "$ink", "borderWidth": 1.5},
        "lineStyle": {"opacity": 0.9, "curveness": 0.06},
        "label": {"position": "right", "color": "$ink", "fontSize": 12, "distance": 4},
        "labelLayout": {"hideOverlap": True},
        "emphasis": {"focus": "adjacency", "itemStyle": {"borderColor": "$accent"}},
    }
    narrow = {"query": {"maxWidth": 600}, "option": {"series": [{"zoom": 0.5}]}}
    base = {"tooltip": {":formatter": "point => desk.tip(point)", **_TOOLTIP}, "series": [series]}
    return {"baseOption": base, "media": [narrow, {"option": {"series": [{"zoom": 1}]}}]}


def world_map(spots: Sequence[Spot], name: Callable[[str], str], here: Callable[[str], str]) -> dict[str, Any]:
    """Events where they happened: places as dots, whole states as areas.

    Args:
        spots: places and whole states.
        name: what a code stands for.
        here: the address that a state leads to.
    """
    areas: dict[str, tuple[int, float]] = {}
    points = []
    most = max((spot.events for spot in spots), default=1)
    for spot in spots:
        if spot.precision == "country" or spot.lat is None or spot.lon is None:
            if spot.country:
                number, total = areas.get(spot.country, (0, 0.0))
                areas[spot.country] = (number + spot.events, total + spot.mean * spot.events)
            continue
        told = f"{spot.events} {'event' if spot.events == 1 else 'events'}, mean intensity {spot.mean:+.1f}"
        points.append(
            {
                "name": spot.name,
                "value": [spot.lon, spot.lat, spot.events],
                "symbolSize": round(5 + 17 * (spot.events / most) ** 0.5, 1),
                "href": here(spot.country) if spot.country else None,
                "tip": [spot.name + (f", {name(spot.country)}" if spot.country else ""), told],
                "itemStyle": {"color": balance(spot.mean), "borderColor": "$paper", "borderWidth": 1, "opacity": 0.92},
            }
        )
    strongest = max((number for number, _ in areas.values()), default=1)
    regions = [
        {
            "name": code,
            "itemStyle": {"areaColor": balance(total / number), "opacity": round(0.35 + 0.5 * number / strongest, 2)},
        }
        for code, (number, total) in areas.items()
    ]
    told_of = [
        {
            "name": code,
            "value": number,
            "href": here(code),
            "tip": [name(code), f"{number} {'event' if number == 1 else 'events'} somewhere in this state"],
        }
        for code, (number, _) in areas.items()
    ]
    geo = {
        "map": "world",
        "roam": True,
        "scaleLimit": {"min": 1, "max": 40},
        "left": 0,
        "right": 0,
        "top": 0,
        "bottom": 0,
        "preserveAspect": "contain",
        "boundingCoords": [[-169, 79], [180, -56]],
        "itemStyle": {"areaColor": "$land", "borderColor": "$shore", "borderWidth": 0.6},
        "emphasis": {"label": {"show": False}, "itemStyle": {"areaColor": None}},
        "select": {"disabled": True},
        "regions": regions,
    }
    return {
        "tooltip": {":formatter": "point => desk.tip(point)", **_TOOLTIP},
        "geo": geo,
        "series": [
            {"type": "map", "geoIndex": 0, "data": told_of},
            {"type": "scatter", "coordinateSystem": "geo", "data": points, "z": 3},
        ],
    }
