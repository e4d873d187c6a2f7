"""What a page is before it is shown: blocks of HTML and charts, rows to take away, and what a reader may do on it.

A page's `gather` makes a `View` in a thread, so that a long question to the archive holds nobody else up; `shell` shows
it. So a page can be tested without a browser, and its rows can be had as CSV and JSON at the same address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from dragoman.web.parts.address import Query
from dragoman.web.parts.desk import Desk


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of escaped HTML."""

    html: Markup
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        options: for ECharts.
        label: what it shows, in words, for those who do not see it.
        height: as CSS has it.
        map: name of the outlines it is drawn on, if any.
    """

    options: dict[str, Any]
    label: str
    height: str = "260px"
    map: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks side by side or below each other, as its class says."""

    classes: str
    blocks: tuple[Block, ...]
    tag: str = "div"
    label: str | None = None


Block = Html | Chart | Box
Rows = Callable[[], Iterable[dict[str, Any]]]
Act = Callable[[Desk, str, dict[str, Any]], dict[str, Any]]
"""Does what a reader asked for: the desk, who asks, what was sent; out comes what the page is told, or an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page, gathered.

    Attributes:
        title: of the window.
        section: which item of the navigation it belongs to.
        blocks: what it shows.
        rows: what is shown as rows, lazily; None where there is nothing to take away.
        name: of the file the rows are saved to.
        acts: what can be done, by name.
        moved: another address to go to instead.
        missing: that there is no such thing; the page says so.
    """

    title: str
    section: str = ""
    blocks: tuple[Block, ...] = ()
    rows: Rows | None = None
    name: str = "dragoman"
    acts: Mapping[str, Act] = field(default_factory=dict)
    moved: str | None = None
    missing: bool = False


Gather = Callable[[Desk, Query], View]


def htmls(blocks: Iterable[Block]) -> Iterator[Markup]:
    """All HTML of some blocks, in order."""
    for block in blocks:
        if isinstance(block, Html):
            yield block.html
        elif isinstance(block, Box):
            yield from htmls(block.blocks)
