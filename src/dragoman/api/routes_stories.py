"""Routes: stories, each happening once, with everybody who tells it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.api import cursors, shown
from dragoman.api.filters import asked, given
from dragoman.api.problems import documented
from dragoman.api.routes_entries import ONE, READS
from dragoman.api.routes_ledger import WRITES, By, Why
from dragoman.api.security import Writes
from dragoman.api.shelf import OfShelf
from dragoman.archive.story_rows import Happening, Story

router = APIRouter(responses=READS, tags=["stories"])
written = APIRouter(responses=WRITES, route_class=Writes, tags=["stories"])
THING = "^[0-9a-f]{16}(-e[0-9]{1,5})?(~[0-9a-f]{16}-e[0-9]{1,5})?$"
"""A report, an event of one, or a telling without an event of its own."""
_STORIES = asked(
    "reports",
    more={
        "least": (int, {"default": 2, "ge": 1, "le": 1000, "description": "Leave out what fewer reports tell."}),
    },
)


class SplitGiven(BaseModel):
    """That something does not belong where it was put."""

    model_config = ConfigDict(extra="forbid")

    what: str = Field(pattern=THING, description="A report, an event, or a telling.", examples=["0123456789abcdef"])
    by: By
    reason: Why = None


class JoinGiven(BaseModel):
    """That two reports, or two events, are of one happening."""

    model_config = ConfigDict(extra="forbid")

    one: str = Field(pattern=THING, examples=["0123456789abcdef"])
    other: str = Field(pattern=THING, examples=["fedcba9876543210"])
    by: By
    reason: Why = None


class Moved(BaseModel):
    """Where something stands now."""

    id: str = Field(description="Of the story or the event.", examples=["0123456789abcdef"])


def stories(shelf: OfShelf, query: Any) -> Response:
    """What happened, each happening once, however many reports tell it."""
    found = shelf.archive.stories(least=query.least, **given(query, "least", "after", "limit"))
    return shown.answer(shown.StoryPage, cursors.page_of(found, query))


stories.__annotations__["query"] = Annotated[_STORIES, Query()]
router.add_api_route(
    "/stories", stories, methods=["GET"], response_model=shown.StoryPage, summary="What happened, each once",
    operation_id="list_stories",
)  # fmt: skip


@router.get(
    "/stories/{story_id}", response_model=Story, responses=ONE, summary="One story, its tellings side by side",
    operation_id="get_story",
)  # fmt: skip
def story(
    shelf: OfShelf,
    story_id: Annotated[
        str,
        Path(pattern="^[0-9a-f]{4,16}$", description="Of a story or of a report in it.", examples=["0123456789"]),
    ],
) -> Response:
    """Who tells it, what differs, and why they are taken to be of one happening."""
    return shown.answer(Story, shelf.archive.story(story_id))


@router.get(
    "/happenings/{event_id}", response_model=Happening, responses=ONE, summary="One event, every telling of it",
    operation_id="get_happening",
)  # fmt: skip
def happening(
    shelf: OfShelf,
    event_id: Annotated[
        str, Path(pattern="^[0-9a-f]{16}-e[0-9]{1,5}$", description="An event.", examples=["0123456789abcdef-e0"])
    ],
) -> Response:
    """With its outlets, days, exact words and differences."""
    return shown.answer(Happening, shelf.archive.happening(event_id))


@written.post(
    "/splits", status_code=201, response_model=Moved, responses=WRITES | documented(404),
    summary="Split something off", operation_id="split_story",
)  # fmt: skip
def split(
    shelf: OfShelf, said: Annotated[SplitGiven, Body(examples=[{"what": "0123456789abcdef", "by": "R. Amato"}])]
) -> Response:
    """It stays split, whatever comes later."""
    return shown.answer(Moved, {"id": shelf.archive.split(said.what, by=said.by, reason=said.reason)}, 201)


@written.post(
    "/joins", status_code=201, response_model=Moved, responses=WRITES | documented(404),
    summary="Join two", operation_id="join_stories",
)  # fmt: skip
def join(
    shelf: OfShelf,
    said: Annotated[
        JoinGiven, Body(examples=[{"one": "0123456789abcdef", "other": "fedcba9876543210", "by": "R. Amato"}])
    ],
) -> Response:
    """Two reports of one happening, or two events that are one."""
    found = shelf.archive.join(said.one, said.other, by=said.by, reason=said.reason)
    return shown.answer(Moved, {"id": found}, 201)
