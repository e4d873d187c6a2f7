"""Answers that a client has already are not sent again.

In: answers to GET that come in one piece. Out: the same with an ``ETag``, a hash of what was sent; or 304 without a
body where the client has shown that tag in ``If-None-Match``. Tags are weak: packed or not, the answer says the same.
Streams pass through.
"""

from __future__ import annotations

import hashlib

from dragoman.api.limits import Inner, Message, Receive, Scope, Send


class Tagged:
    """Tags what an app answers."""

    def __init__(self, app: Inner) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        shown = dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1")
        begun: Message | None = None

        async def tagging(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                if message["status"] != 200:
                    await send(message)
                else:
                    begun = message
                return
            if begun is not None:
                start, begun = begun, None
                if not message.get("more_body", False):
                    start, message = _tagged(start, message, shown)
                await send(start)
            await send(message)

        await self._app(scope, receive, tagging)


def _tagged(start: Message, message: Message, shown: str) -> tuple[Message, Message]:
    tag = f'W/"{hashlib.sha256(message.get("body", b"")).hexdigest()[:24]}"'
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"etag"]
    headers.append((b"etag", tag.encode()))
    if matches(tag, shown):
        kept = [(n, v) for n, v in headers if n.lower() not in {b"content-length", b"content-type"}]
        return {**start, "status": 304, "headers": kept}, {**message, "body": b""}
    return {**start, "headers": headers}, message


def matches(tag: str, shown: str) -> bool:
    """Whether a tag is among those of ``If-None-Match``; strong or weak makes no difference."""
    own = tag.removeprefix("W/")
    return any(part.strip() == "*" or part.strip().removeprefix("W/") == own for part in shown.split(","))
