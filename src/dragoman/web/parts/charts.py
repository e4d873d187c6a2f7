"""Options for ECharts, with colours by name (``$q1``), which the theme fills in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.archive import Month
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


def span_of(months: Iterable[str]) -> list[str]:
    """All months from the first to the last, those between them included."""
    numbers = [_number(month) for month in months]
    return [_month(number) for number in range(min(numbers), max(numbers) + 1)] if numbers else []


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
        "grid": {"left": 40, "right": 40, "top": 44, "bottom": 26},
        "legend": {
            "top": 0,
            "left": 0,
            "itemWidth": 9,
            "itemHeight": 9,
            "icon": "rect",
            "textStyle": {"color": "$quiet"},
        },
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
