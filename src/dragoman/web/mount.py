"""Putting the explorer onto a FastAPI app.

In: the app, the archive's address, who may write. Out: the same app with the explorer under ``/desk`` and ``/`` leading
there. One process shows one archive: mounting again changes which.

Every answer forbids the browser to load anything from another host, to be framed, or to say where a reader came from.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import PlainTextResponse, RedirectResponse

from dragoman.archive import Archive
from dragoman.errors import DragomanError
from dragoman.report.options import IntakeOptions
from dragoman.web.parts.address import PREFIX, Query, to
from dragoman.web.parts.desk import Desk, MakesReader, desk, lay

STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
_LAID: list[FastAPI] = []

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def mount(
    app: FastAPI,
    archive: str | Archive,
    *,
    token: str | None = None,
    public: bool = False,
    reader: MakesReader | None = None,
    intake: IntakeOptions | None = None,
    knowledge: str | None = None,
) -> FastAPI:
    """Put the explorer onto an app.

    Args:
        app: the app, usually the API's.
        archive: SQLAlchemy URL of the archive that is shown; or itself, open, and then whoever opened it closes it.
        token: what somebody must show before they write; None lets everybody write who reaches the server.
        public: nothing is ever written.
        reader: makes what reads reports that are added; without it, adding says that this server cannot read.
        intake: limits of what is taken in.
        knowledge: folder of the user's own knowledge.

    Raises:
        ArchiveError: when there is no archive at this address that can be opened.
    """
    lay(Desk(archive, token=token, public=public, reader=reader, intake=intake or IntakeOptions(), own=knowledge))
    if app in _LAID:
        return app
    _register()
    _put_on(app)
    _LAID.append(app)
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    return app


def _put_on(app: FastAPI) -> None:
    from nicegui import ui  # noqa: PLC0415 - only who serves pages loads it

    @app.get("/", include_in_schema=False)
    def home() -> Response:
        return RedirectResponse(to())

    app.add_middleware(_Guarded)
    ui.run_with(
        app,
        title="Dragoman",
        language="en-US",
        favicon=STATIC / "icon.svg",
        mount_path=PREFIX,
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=5.0,
        message_history_length=50,
        binding_refresh_interval=None,
        gzip_middleware_factory=lambda inner: GZipMiddleware(inner, minimum_size=1000, compresslevel=4),
    )


def _register() -> None:
    """Register pages, static files and forms with NiceGUI, once in a process."""
    if _LAID:
        return
    from fastapi import Form  # noqa: PLC0415
    from nicegui import app as pages_app  # noqa: PLC0415
    from nicegui import ui  # noqa: PLC0415

    from dragoman.web.pages import PAGES  # noqa: PLC0415
    from dragoman.web.parts.render import render  # noqa: PLC0415
    from dragoman.web.parts.shell import page  # noqa: PLC0415
    from dragoman.web.parts.signing import leave, sign  # noqa: PLC0415
    from dragoman.web.parts.taking_in import progress, take  # noqa: PLC0415

    pages_app.add_static_files("/-", STATIC, max_cache_age=86400)
    ui.add_head_html(render("head.html", prefix=PREFIX, version=version()), shared=True)
    # NiceGUI's own would stand behind the page for addresses that no page has.
    pages_app.add_static_file(local_file=STATIC / "icon.svg", url_path="/favicon.ico", max_cache_age=86400)
    pages_app.add_api_route("/add/take", take, methods=["POST"], include_in_schema=False)
    pages_app.add_api_route("/add/job/{number}", progress, methods=["GET"], include_in_schema=False)
    for path, gather in PAGES.items():
        page(path, gather)

    @pages_app.post("/sign", include_in_schema=False)
    def signed(
        called: str = Form(""), token: str = Form(""), back: str = Form(""), leaving: str = Form("")
    ) -> Response:
        return leave(back) if leaving else sign(desk(), called, token or None, back)


def _warm() -> None:
    """Load what the first pages need before anybody asks for it: knowledge, templates, names."""
    from dragoman.web.pages import dyad, home  # noqa: PLC0415

    try:
        home.gather(desk(), Query({}, {}))
        newest = desk().archive.overview.newest_day()
        for tie in desk().archive.overview.ties(newest - timedelta(days=90), newest, most=1) if newest else ():
            dyad.gather(desk(), Query({"pair": f"{tie.one}-{tie.other}"}, {}))
    except DragomanError as error:
        # Who asks for these pages is told the same; a server must not fail to start for it.
        logging.getLogger(__name__).warning("The first page cannot be shown yet: %s", error)


def version() -> str:
    """Changes with every static file, so that browsers may keep them."""
    made = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        made.update(file.read_bytes())
    return made.hexdigest()[:12]


class _Guarded:
    """Adds the headers to what the explorer answers, and refuses what a page of another host sends.

    A browser at which somebody works may open any page there is, and that page may send forms to this server. Browsers
    tell where a form comes from: in ``Sec-Fetch-Site``, and in ``Origin``.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD") and _from_elsewhere(dict(scope["headers"])):
            told = PlainTextResponse("This form comes from a page of another host; it is not taken.", 403)
            await told(scope, receive, send)
            return

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                added = [(n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in there]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, guarded)


def _from_elsewhere(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a browser says that a page of another host sends this; what is no browser says nothing."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    # Browsers of before 2023 do not say so; of them a form without an origin is refused, too.
    origin = headers.get(b"origin")
    return origin is not None and origin.partition(b"://")[2] != headers.get(b"host")
