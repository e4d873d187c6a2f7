"""Light and dark for what CSS does not reach: charts are painted, so they are told their colours.

The colours are those of ``static/desk.css``; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

NAME = "dragoman_theme"
COLOURS: dict[str, dict[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1a1f24",
        "quiet": "#59636e",
        "rule": "#d8dbd6",
        "accent": "#0f5c78",
        "q1": "#8fb9c6",
        "q2": "#0f5c78",
        "q3": "#d9a58a",
        "q4": "#96411f",
        "even": "#9aa29b",
        "land": "#e9eae5",
        "shore": "#c3c7c0",
    },
    "dark": {
        "paper": "#161a1e",
        "ink": "#e4e7e9",
        "quiet": "#99a3ad",
        "rule": "#2f363c",
        "accent": "#7fbfd6",
        "q1": "#3f7488",
        "q2": "#8fcbe0",
        "q3": "#8a5a43",
        "q4": "#e39a75",
        "even": "#737d85",
        "land": "#252b30",
        "shore": "#3d464d",
    },
}
FONT = "-apple-system, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, system-ui, sans-serif"


def echarts(options: dict[str, Any], theme: str) -> dict[str, Any]:
    """A chart's options with names of colours (``$q1``) replaced by those of a theme."""
    colours = COLOURS[theme]
    base = {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": 11, "color": colours["quiet"]},
        "backgroundColor": "transparent",
    }
    if "baseOption" in options:
        return {**_painted(options, colours), "baseOption": base | _painted(options["baseOption"], colours)}
    return base | {name: _painted(value, colours) for name, value in options.items()}


def _painted(value: Any, colours: dict[str, str]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return colours.get(value[1:], value)
    if isinstance(value, dict):
        return {name: _painted(inner, colours) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_painted(inner, colours) for inner in value]
    return value
