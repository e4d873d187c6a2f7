"""Who sits at the desk: a name, under which judgements are kept, and the right to write.

In: a form with a name and, where the server has one, its token. Out: two cookies: the name, and a proof of the token
that is worth nothing without it. Neither is sent to any other site. Refuses a wrong token, and all in public mode.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from dragoman.web.parts.address import PREFIX, to
from dragoman.web.parts.desk import Desk

NAME, PROOF = "dragoman_name", "dragoman_proof"
_YEAR = 365 * 24 * 3600
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Hand:
    """Who looks at a page.

    Attributes:
        name: as given; None before anybody signed.
        writes: whether they may write.
        asks_token: whether signing needs a token.
    """

    name: str | None
    writes: bool
    asks_token: bool


def hand(request: Request, desk: Desk) -> Hand:
    """Who sends this request."""
    name = unquote(request.cookies.get(NAME, "")).strip()[:LONGEST_NAME] or None
    if desk.public:
        return Hand(name, writes=False, asks_token=False)
    if desk.token is None:
        return Hand(name, writes=name is not None, asks_token=False)
    shown = request.cookies.get(PROOF, "")
    proved = hmac.compare_digest(shown.encode(), _proof(desk.token).encode())
    return Hand(name, writes=proved and name is not None, asks_token=True)


def sign(desk: Desk, name: str, token: str | None, back: str) -> Response:
    """Let somebody in, or send them back with the reason."""
    here = back if back.startswith(f"{PREFIX}/") and "\\" not in back else to()
    name = " ".join(name.split())[:LONGEST_NAME]
    fault = None
    if desk.public:
        fault = "this server is open to read only"
    elif not name:
        fault = "give a name: judgements are kept under it"
    elif not desk.lets_in(token):
        fault = "the token is not this server’s; whoever started it knows it"
    if fault:
        return RedirectResponse(to("sign", back=here, fault=fault), status_code=303)
    answer = RedirectResponse(here, status_code=303)
    answer.set_cookie(NAME, quote(name), max_age=_YEAR, path=PREFIX, samesite="strict", httponly=True)
    if desk.token is not None:
        answer.set_cookie(PROOF, _proof(desk.token), max_age=_YEAR, path=PREFIX, samesite="strict", httponly=True)
    return answer


def leave(back: str) -> Response:
    """Forget who sat here."""
    here = back if back.startswith(f"{PREFIX}/") and "\\" not in back else to()
    answer = RedirectResponse(here, status_code=303)
    for cookie in (NAME, PROOF):
        answer.delete_cookie(cookie, path=PREFIX)
    return answer


def _proof(token: str) -> str:
    return hmac.new(token.encode(), b"dragoman desk", hashlib.sha256).hexdigest()
