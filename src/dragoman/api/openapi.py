"""The OpenAPI document, completed: who may write, what problems look like, what every answer carries.

In: an app with its routes. Out: the document, made once. What FastAPI cannot know by itself is added here; routes and
their parameters are told by the routes.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dragoman.api.problems import Fault, ProblemShown

TAGS = {
    "entries": "What reports tell: in pages, filtered, searched.",
    "counts": "How many, in all and by day, month, dyad, category and so on.",
    "states": "Two states, and whom a state deals with.",
    "stories": "What happened, each once, with everybody who tells it.",
    "ledger": "Commitments across reports, and what became of them.",
    "judgements": "What people say of entries; nothing said is ever changed.",
    "adding": "Reports are read, and kept.",
    "exports": "Entries in the layouts that other tools read.",
    "server": "The server itself.",
}
_SAYS = """What news reports tell of diplomacy, each thing tied to its exact words.

Lists come in pages: give `next` of one as `after` of the following. Errors are `application/problem+json`. Answers
carry an `ETag`; with `If-None-Match` what you have already is not sent again (304). Whoever writes sends the server's
token: `Authorization: Bearer TOKEN`."""
_ETAG = {"description": "A hash of the answer.", "schema": {"type": "string"}}


def document(app: FastAPI) -> dict[str, Any]:
    """The document of an app's routes."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    told: dict[str, Any] = get_openapi(
        title=app.title,
        version=app.version,
        description=_SAYS,
        routes=app.routes,
        tags=[{"name": name, "description": says} for name, says in TAGS.items()],
    )
    parts = told.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    problem = ProblemShown.model_json_schema(ref_template="#/components/schemas/{model}")
    problem.pop("$defs", None)
    schemas |= {"Problem": problem, "Fault": Fault.model_json_schema()}
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "The server's token."}}
    for operations in told["paths"].values():
        for method, operation in operations.items():
            if method == "post":
                operation["security"] = [{"token": []}]
            elif not operation["operationId"].startswith("export"):
                operation["responses"]["304"] = {
                    "description": "The client has it already.",
                    "headers": {"ETag": _ETAG},
                }
                operation["responses"]["200"]["headers"] = {"ETag": _ETAG}
            for parameter in operation.get("parameters", ()):
                # None is no value that can be sent; it means that nothing was.
                if parameter["schema"].get("default", 0) is None:
                    del parameter["schema"]["default"]
    return told
