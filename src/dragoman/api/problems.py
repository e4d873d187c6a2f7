"""Errors as RFC 9457 has them: ``application/problem+json`` with type, title, status and detail.

In: whatever a route raises. Out: an answer that says what is wrong and what to do, never where in the program it arose
nor where on the server the archive lies. A fault of Dragoman's own is logged with its trace and answered with 500.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from dragoman.errors import ArchiveError, DragomanError, KnowledgeError, ModelError, NotFoundError

MEDIA = "application/problem+json"
_LOG = logging.getLogger(__name__)
MEANINGS: Mapping[int, tuple[str, str]] = {
    400: ("bad-request", "The request cannot be understood"),
    401: ("token-missing", "The token is missing or wrong"),
    403: ("read-only", "This server is open to read only"),
    404: ("not-found", "There is no such thing"),
    405: ("method-not-allowed", "This method is not for this address"),
    413: ("too-large", "The request is too large"),
    415: ("not-json", "The body must be JSON"),
    422: ("cannot-be-meant", "What is asked cannot be meant"),
    429: ("too-many", "Too many requests"),
    500: ("fault", "A fault of Dragoman's own"),
    503: ("unavailable", "The server cannot do this now"),
    504: ("too-slow", "The answer took too long"),
}
"""Each status that is answered with a problem: the word its type ends in, and its title."""


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="Which part: a parameter, or a field of the body.", examples=["query.dyad"])
    says: str = Field(description="What is wrong with it.", examples=["Input should be a valid date"])


class ProblemShown(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    model_config = ConfigDict(title="Problem", json_schema_extra={"additionalProperties": False})

    type: str = Field(description="A word that stays the same.", examples=["urn:dragoman:problem:not-found"])
    title: str = Field(description="The same in words.", examples=["There is no such thing"])
    status: int = Field(description="The status of the answer.", examples=[404])
    detail: str = Field(description="What, where, and what to do.", examples=["there is no report '0123456789abcdef'"])
    faults: list[Fault] = Field(default=[], description="Part by part, where several are wrong.")


class Problem(Exception):  # noqa: N818 - it is what the standard calls it
    """Raised by routes: an answer that tells what is wrong.

    Args:
        status: of the answer, one of `MEANINGS`.
        detail: what, where, and what to do.
        word: that the type ends in, where it says more than the status.
        faults: part by part.
        headers: to send along.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        word: str | None = None,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.word = status, detail, word or MEANINGS[status][0]
        self.faults, self.headers = tuple(faults), dict(headers or {})

    def answer(self) -> Response:
        """The answer itself."""
        told: dict[str, Any] = {
            "type": f"urn:dragoman:problem:{self.word}",
            "title": MEANINGS[self.status][1],
            "status": self.status,
            "detail": self.detail,
        }
        if self.faults:
            told["faults"] = [fault.model_dump() for fault in self.faults]
        body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
        return Response(body, self.status, media_type=MEDIA, headers=self.headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses, as a route tells them to OpenAPI."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told: dict[int | str, dict[str, Any]] = {}
    for status in sorted(statuses):
        word, title = MEANINGS[status]
        example = {"type": f"urn:dragoman:problem:{word}", "title": title, "status": status, "detail": f"{title}."}
        told[status] = {"description": title + ".", "content": {MEDIA: {**content[MEDIA], "example": example}}}
    if 429 in told:
        told[429]["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string"}}}
    if 401 in told:
        told[401]["headers"] = {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}}
    return told


def of_error(error: DragomanError, where: str) -> Problem:
    """The problem that an error of the archive or of reading is.

    Args:
        error: as raised.
        where: the archive's address, which is not told.
    """
    says = str(error).replace(where, "this archive")
    if isinstance(error, NotFoundError):
        return Problem(404, says)
    if isinstance(error, ModelError | KnowledgeError):
        _LOG.error("%s", error)
        return Problem(503, "This server cannot do this: a model that it takes cannot be loaded. Its log says more.")
    if isinstance(error, ArchiveError) and isinstance(error.__cause__, DBAPIError):
        _LOG.error("%s", error)
        return Problem(503, "The archive does not answer now; try again in a moment. The server's log says more.")
    return Problem(422, says)


def install(app: FastAPI, where: str) -> None:
    """Let an app answer every error with a problem."""

    @app.exception_handler(Problem)
    def told(request: Request, error: Problem) -> Response:
        return error.answer()

    @app.exception_handler(DragomanError)
    def known(request: Request, error: DragomanError) -> Response:
        return of_error(error, where).answer()

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return of_faults(error.errors()).answer()

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        status = error.status_code if error.status_code in MEANINGS else 400
        says = {404: f"There is nothing at {request.url.path}; /docs tells what there is."}
        says[405] = f"{request.method} is not for {request.url.path}; /docs tells what is."
        headers = {"Allow": _allowed(app, request)} if status == 405 else error.headers
        return Problem(status, says.get(status, str(error.detail)), headers=headers).answer()

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        return own_fault(error)


def own_fault(error: Exception) -> Response:
    """The answer to a fault of Dragoman's own, which goes to the log."""
    _LOG.error("A fault of Dragoman's own", exc_info=error)
    return Problem(500, "Dragoman met a fault of its own. What was stored before is kept; the log says more.").answer()


def of_faults(errors: Sequence[Any]) -> Problem:
    """The problem that faults found by Pydantic are."""
    if any(error["type"] == "json_invalid" for error in errors):
        return Problem(400, "The body is no JSON.", word="no-json")
    faults = [
        Fault(where=".".join(str(part) for part in error["loc"])[:200], says=str(error["msg"])[:300])
        for error in errors[:20]
    ]
    told = "; ".join(f"{fault.where}: {fault.says}" for fault in faults[:3])
    return Problem(422, told, faults=faults)


def _allowed(app: FastAPI, request: Request) -> str:
    """The methods that this address takes, whichever route takes them."""
    found: set[str] = set()
    for route in app.routes:
        matched, _ = route.matches(request.scope)
        if matched is not Match.NONE:
            found |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(found))
