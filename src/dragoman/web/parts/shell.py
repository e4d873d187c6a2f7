"""The frame around every page: head, navigation, search, and how a gathered view becomes what a browser shows.

In: a page's `gather`. Out: a NiceGUI page at an address. Gathering runs in a thread; rows are answered as a file when
the address says so; what cannot be found or understood becomes a page that says what to do.
"""

from __future__ import annotations

import json
import threading
from asyncio import get_running_loop
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from nicegui import run, ui

from dragoman.errors import DragomanError, NotFoundError
from dragoman.web.parts import takeaway
from dragoman.web.parts.address import PREFIX, Query, to
from dragoman.web.parts.desk import Desk, desk
from dragoman.web.parts.render import render
from dragoman.web.parts.signing import Hand, hand
from dragoman.web.parts.theme import NAME as THEME
from dragoman.web.parts.theme import echarts
from dragoman.web.parts.view import Block, Chart, Gather, Html, View

NAVIGATION = (
    ("home", "Today", to()),
    ("network", "Network", to("network")),
    ("map", "Map", to("map")),
    ("ledger", "Ledger", to("ledger")),
    ("review", "Review", to("review")),
    ("add", "Add", to("add")),
)
VIEWS = 128
"""So many views are kept; the oldest go first."""
_KEPT: dict[tuple[Any, ...], tuple[View, tuple[str, ...]]] = {}
_ASKED: dict[tuple[Any, ...], tuple[threading.Lock, int]] = {}
_LOCK = threading.Lock()
_GATHERING = ThreadPoolExecutor(max_workers=4, thread_name_prefix="gather")
"""More at once would only take turns on the processor, and slow each other."""
PATIENCE = 60.0
"""Seconds that gathering a page may take before the browser is told that it failed."""


def page(path: str, gather: Gather) -> None:
    """Put a page at a path."""

    async def shown(request: Request) -> Response | None:
        return await _show(gather, request)

    ui.page(path, title="Dragoman", response_timeout=PATIENCE)(shown)


def gathered(gather: Gather, opened: Desk, query: Query) -> View:
    """A page's view; what went wrong becomes a view that says so.

    A view is kept as long as nothing is added to the archive, so that many who look at the same wait for it once.
    """
    try:
        key = (gather, opened, opened.archive.overview.stamp(), datetime.now(UTC).date(), query.key)
        with _turn(key):
            kept = _KEPT.get(key)
            if kept is None:
                kept = gather(opened, query), tuple(query.faults)
                _keep(key, kept)
        query.faults[:] = kept[1]
        return kept[0]
    except NotFoundError as error:
        return trouble("There is no such thing here", str(error), missing=True)
    except DragomanError as error:
        return trouble("That cannot be shown", str(error))


@contextmanager
def _turn(key: tuple[Any, ...]) -> Iterator[None]:
    """Of several who ask for the same at once, one gathers and the others wait for it."""
    with _LOCK:
        lock, waiting = _ASKED.get(key, (threading.Lock(), 0))
        _ASKED[key] = lock, waiting + 1
    try:
        with lock:
            yield
    finally:
        with _LOCK:
            lock, waiting = _ASKED.pop(key)
            if waiting > 1:
                _ASKED[key] = lock, waiting - 1


def _keep(key: tuple[Any, ...], kept: tuple[View, tuple[str, ...]]) -> None:
    with _LOCK:
        while len(_KEPT) >= VIEWS:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = kept


def trouble(title: str, says: str, *, missing: bool = False) -> View:
    """A page that says what went wrong and what to do."""
    html = render("trouble.html", title=title, says=says)
    return View(title=title, blocks=(Html(html),), missing=missing)


async def _show(gather: Gather, request: Request) -> Response | None:
    opened = desk()
    query = Query(request.path_params, request.query_params)
    view = await get_running_loop().run_in_executor(_GATHERING, gathered, gather, opened, query)
    if view.moved:
        return RedirectResponse(view.moved, status_code=303)
    form = query.text("as")
    if form in takeaway.FORMS and view.rows is not None:
        return takeaway.answer(view.rows(), form, view.name)
    _lay_out(view, query, request, hand(request, opened))
    if view.missing:
        return ui.context.client.build_response(request, 404)
    return None


def _lay_out(view: View, query: Query, request: Request, who: Hand) -> None:
    theme = "dark" if request.cookies.get(THEME) == "dark" else "light"
    ui.page_title(f"{view.title} · Dragoman")
    ui.dark_mode(value=theme == "dark")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    away = {form: _with(here, form) for form in takeaway.FORMS} if view.rows is not None else {}
    facts: dict[str, Any] = {"navigation": NAVIGATION, "section": view.section, "here": here, "who": who}
    facts |= {"public": desk().public, "asked": query.text("q") if view.section == "find" else None, "theme": theme}
    with ui.header(elevated=False).classes("top"):
        _html(render("top.html", **facts), "top-in")
    if query.faults:
        _html(render("faults.html", faults=query.faults), "faults")
    for block in view.blocks:
        _put(block, theme)
    _html(render("foot.html", away=away, name=view.name), "foot")
    _html(Markup('<p id="said" role="status" aria-live="polite"></p>'), "said")
    if view.acts:
        _listen(view, who)


def _put(block: Block, theme: str) -> None:
    if isinstance(block, Html):
        _html(block.html, block.classes)
    elif isinstance(block, Chart):
        _draw(block, theme)
    else:
        made_box = ui.element(block.tag).classes(block.classes)
        if block.label:
            made_box.props["aria-label"] = block.label
        with made_box:
            for inner in block.blocks:
                _put(inner, theme)


def _draw(chart: Chart, theme: str) -> None:
    options = echarts(chart.options, theme)
    # Outlines come from a file of their own; until they are there, there is nothing to draw on.
    made = ui.echart({} if chart.map else options, on_point_click=_lead).classes("chart")
    made.style(f"height: {chart.height}")
    made.props["role"], made.props["aria-label"] = "img", chart.label
    if chart.map:
        ui.run_javascript(f"desk.world({made.id}, {json.dumps(options)})")


def _lead(event: Any) -> None:
    """Go where a point of a chart leads, if it does."""
    there = event.data.get("href") if isinstance(event.data, dict) else None
    if isinstance(there, str) and there.startswith(f"{PREFIX}/"):
        ui.navigate.to(there)


def _html(html: Markup, classes: str) -> None:
    # Escaped by the templates; DOMPurify in the browser is the second lock on the same door. In plain ASCII, since what
    # NiceGUI does to every page before it is sent costs a tenth of it then.
    ui.html(html.encode("ascii", "xmlcharrefreplace").decode(), sanitize=True).classes(classes)


def _listen(view: View, who: Hand) -> None:
    """Let the page ask for its acts."""
    client = ui.context.client

    async def asked(event: Any) -> None:
        sent = event.args if isinstance(event.args, dict) else {}
        act = view.acts.get(str(sent.get("act")))
        if act is None:
            return
        answer: dict[str, Any]
        if not who.writes or who.name is None:
            answer = {"fault": "Sign in first: judgements are kept under a name.", "sign": True}
        else:
            try:
                answer = await run.io_bound(act, desk(), who.name, sent) or {}
            except DragomanError as error:
                answer = {"fault": str(error)}
        message = json.dumps({"number": sent.get("number"), **answer}, default=str)
        client.run_javascript(f"desk.answered({message})")

    ui.on("desk", asked)


def _with(here: str, form: str) -> str:
    return f"{here}{'&' if '?' in here else '?'}as={form}"
