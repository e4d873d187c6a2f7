"""How much anybody may ask for: bytes sent, requests a minute, seconds until an answer begins.

In: requests. Out: the same, or a problem: 413, 429 with ``Retry-After``, 504. Who has not been seen for longest is
forgotten first, so that counting takes bounded memory. An answer that has begun may take as long as it takes: exports
are long. Work that took too long goes on in its thread, and what it writes is kept; adding again changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from dragoman.api.problems import Problem, own_fault

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Inner = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What anybody may ask for.

    Attributes:
        body: bytes of a request.
        each_minute: requests of one client, on the average; 0 counts none.
        at_once: requests of one client that may come in a burst.
        clients: so many are remembered.
        seconds: until an answer begins.
        reading: the same where reports are read, in seconds.
        reports: in one request.
    """

    body: int = 20_000_000
    each_minute: int = 600
    at_once: int = 120
    clients: int = 10_000
    seconds: float = 30.0
    reading: float = 300.0
    reports: int = 100


class Rate:
    """Counts the requests of each client: a bucket that fills by the minute.

    Args:
        limits: how many.
        now: a clock, in seconds.
    """

    def __init__(self, limits: Limits, now: Callable[[], float] = time.monotonic) -> None:
        self._limits, self._now = limits, now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one request; the seconds to wait, 0.0 when it may go on."""
        if not self._limits.each_minute:
            return 0.0
        now, speed = self._now(), self._limits.each_minute / 60
        left, then = self._buckets.pop(client, (float(self._limits.at_once), now))
        left = min(left + (now - then) * speed, self._limits.at_once)
        allowed = left >= 1
        self._buckets[client] = (left - 1 if allowed else left, now)
        while len(self._buckets) > self._limits.clients:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / speed

    def __len__(self) -> int:
        return len(self._buckets)


def client_of(scope: Scope) -> str:
    """Who sends a request: an address, of IPv6 the network, since one client has many addresses there."""
    host = str((scope.get("client") or ("unknown",))[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


class Limited:
    """Holds an app to its limits.

    Args:
        app: the app.
        limits: what may be asked for.
        reads: whether an address reads reports, which takes longer.
    """

    def __init__(self, app: Inner, limits: Limits, reads: Callable[[Scope], bool]) -> None:
        self._app, self._limits, self._reads = app, limits, reads
        self._rate = Rate(limits)
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wait = self._rate.wait(client_of(scope))
        if wait:
            seconds = str(max(1, math.ceil(wait)))
            told = Problem(429, f"Too many requests at once; wait {seconds} s.", headers={"Retry-After": seconds})
            await told.answer()(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._limits.seconds):
                body = await self._body(scope, receive)
        except Problem as problem:
            await problem.answer()(scope, receive, send)
            return
        except TimeoutError:
            await Problem(504, "The request did not arrive in time.").answer()(scope, receive, send)
            return
        if body is not None:
            await self._in_time(scope, _again(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """What was sent; None when the client has gone.

        Raises:
            Problem: when it is too much.
        """
        most = self._limits.body
        told = dict(scope["headers"]).get(b"content-length", b"")
        too_much = Problem(
            413, f"A request may hold {most:,} bytes; send less at once.", headers={"Connection": "close"}
        )
        if told.isdigit() and int(told) > most:
            raise too_much
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                raise too_much
            if not message.get("more_body", False):
                return b"".join(parts)

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, late = asyncio.Event(), False

        async def watched(message: Message) -> None:
            if not late:
                begun.set()
                await send(message)

        work = asyncio.ensure_future(self._app(scope, receive, watched))
        start = asyncio.ensure_future(begun.wait())
        seconds = self._limits.reading if self._reads(scope) else self._limits.seconds
        try:
            await asyncio.wait({work, start}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if begun.is_set() or work.done():
                await work
                return
            late = True
            # A thread cannot be stopped; it ends by itself, and nobody hears of it.
            self._late.add(work)
            work.add_done_callback(self._ended)
            await Problem(504, f"No answer within {seconds:g} s; ask for less at once.").answer()(scope, receive, send)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            start.cancel()

    def _ended(self, work: asyncio.Task[None]) -> None:
        self._late.discard(work)
        if not work.cancelled() and isinstance(error := work.exception(), Exception):
            own_fault(error)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands on a body that was received already, then whatever else comes."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
