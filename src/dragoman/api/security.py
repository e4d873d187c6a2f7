"""Who may write, what browsers are told, and under which names the server answers.

In: requests. Out: the same, or a problem: 401 without the token, 403 in public mode, 415 for a body that is no JSON,
400 for a host that this server does not answer for (so that no page of another host can reach a server on this machine
by a name that leads here). The token is compared in constant time.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from dragoman.api.limits import Inner, Message, Receive, Scope, Send
from dragoman.api.problems import Problem

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}


class Writes(APIRoute):
    """A route that writes: whoever may not is turned away before anything of what they sent is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind the gate."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            shelf = request.app.state.shelf
            if shelf.public:
                raise Problem(403, "This server is open to read only; it takes nothing.")
            if not lets_in(shelf.token, request.headers.get("authorization")):
                raise Problem(
                    401,
                    "Send the server's token: Authorization: Bearer TOKEN. Whoever started the server knows it.",
                    headers={"WWW-Authenticate": 'Bearer realm="dragoman"'},
                )
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise Problem(415, "Send JSON: Content-Type: application/json.")
            return await inner(request)

        return guarded


def lets_in(token: str | None, shown: str | None) -> bool:
    """Whether a header shows the token; without a token nobody writes."""
    scheme, _, given = (shown or "").partition(" ")
    if token is None or scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode("utf-8", "replace"))


class Guarded:
    """Answers only for its own hosts, and tells browsers what they may do with the answer.

    Args:
        app: the app.
        hosts: names without ports; none answers for all.
        beside: beginnings of addresses that others serve, who send headers of their own.
    """

    def __init__(self, app: Inner, hosts: Sequence[str] = (), beside: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts, self._beside = frozenset(host.lower() for host in hosts), tuple(beside)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        if self._hosts and _host_of(scope) not in self._hosts:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            told = Problem(400, f"This server answers for {', '.join(sorted(self._hosts))} only.", word="host")
            await told.answer()(scope, receive, _with_headers(send))
            return
        own = scope["type"] == "http" and not scope["path"].startswith(self._beside or ("\0",))
        await self._app(scope, receive, _with_headers(send) if own else send)


def _with_headers(send: Send) -> Send:
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            added = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in there]
            message["headers"] = [*message["headers"], *added]
        await send(message)

    return headed


def _host_of(scope: Scope) -> str:
    told: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    if told.startswith("["):
        return told.partition("]")[0] + "]"
    return told.partition(":")[0]
