"""Puts the API together: routes, problems, limits, headers.

In: an archive's address, who may write, what makes a reader. Out: a FastAPI app. An answer passes, from the inside out:
its tag, packing, the limits, the gate. What another room puts onto the same app below `beside` passes the gate only.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware

from dragoman.api import (
    page,
    problems,
    routes_adding,
    routes_entries,
    routes_export,
    routes_imported,
    routes_ledger,
    routes_pairs,
    routes_stories,
)
from dragoman.api.etags import Tagged
from dragoman.api.limits import Inner, Limited, Limits, Receive, Scope, Send
from dragoman.api.openapi import document
from dragoman.api.security import Guarded
from dragoman.api.shelf import MakesReader, Shelf
from dragoman.archive import Archive
from dragoman.report.options import IntakeOptions

BESIDE = ("/desk",)
"""Where the explorer stands."""
_ROUTES = (
    routes_adding,
    routes_entries,
    routes_pairs,
    routes_stories,
    routes_ledger,
    routes_imported,
    routes_export,
)
_READING = frozenset(("/reports", "/read"))


class _Api(FastAPI):
    def openapi(self) -> dict[str, object]:
        return document(self)


def build(
    archive: str | Archive,
    *,
    token: str | None = None,
    public: bool = False,
    reader: MakesReader | None = None,
    intake: IntakeOptions | None = None,
    knowledge: str | None = None,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    beside: Sequence[str] = BESIDE,
) -> FastAPI:
    """The API of an archive.

    Args:
        archive: its SQLAlchemy URL; or itself, open, and then whoever opened it closes it.
        token: what somebody must show before they write; without one nobody writes.
        public: nothing is ever written, and an archive that is opened here is opened for reading only.
        reader: makes what reads reports, when the first is to be read; without it, adding is answered with 503.
        intake: limits of what is taken in.
        knowledge: folder of the user's own knowledge.
        limits: what anybody may ask for.
        hosts: names the server answers for, without ports; all by default.
        beside: beginnings of addresses that others serve on the same app, with limits and headers of their own.

    Raises:
        ArchiveError: when there is no archive at this address that can be opened.
    """
    from dragoman import __version__  # noqa: PLC0415 - the package's face imports everything else

    allowed = limits or Limits()
    shelf = Shelf(archive, token, public, reader, intake or IntakeOptions(), knowledge, allowed)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = _Api(title="Dragoman", version=__version__, docs_url=None, redoc_url=None, lifespan=life)
    app.state.shelf = shelf
    problems.install(app, shelf.archive.where)
    for routes in _ROUTES:
        app.include_router(routes.router)
    app.include_router(routes_ledger.said_of_entries)
    for routes in (routes_ledger, routes_stories):
        app.include_router(routes.written)

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(page.page(app.openapi()))

    # The last one added is the first that a request comes to.
    app.add_middleware(_Own, inner=Tagged, beside=beside)
    app.add_middleware(_Own, inner=lambda own: GZipMiddleware(own, minimum_size=1000), beside=beside)
    app.add_middleware(_Own, inner=lambda own: Limited(own, allowed, _reads), beside=beside)
    app.add_middleware(Guarded, hosts=hosts, beside=beside)
    return app


def _reads(scope: Scope) -> bool:
    return scope["method"] == "POST" and scope["path"] in _READING


class _Own:
    """Lets only what is the API's own through something.

    Args:
        app: the app.
        inner: what it goes through.
        beside: beginnings of addresses that others serve.
    """

    def __init__(self, app: Inner, inner: Callable[[Inner], Inner], beside: Sequence[str]) -> None:
        self._app, self._inner, self._beside = app, inner(app), tuple(beside)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        others = scope["type"] != "http" or (self._beside and scope["path"].startswith(self._beside))
        await (self._app if others else self._inner)(scope, receive, send)
