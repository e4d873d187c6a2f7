"""Routes: the ledger, commitments and what became of them; and what people say of them and of single entries."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.api import cursors, shown
from dragoman.api.filters import REPORT, TEXT, Day, asked, form_of, given
from dragoman.api.problems import documented
from dragoman.api.routes_entries import ONE, READS
from dragoman.api.security import Writes
from dragoman.api.shelf import OfShelf
from dragoman.archive.rows import LedgerEntry
from dragoman.judgement import Judgement
from dragoman.record.entries import CommitmentStatus

WRITES = READS | documented(401, 403, 413, 415)
NAME = (
    r"^[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
    r"[^\u0000-\u001f\u007f]*$"
)
"""A name: a line of text that begins with a sign one can see."""
ENTRY = "^[0-9a-f]{16}-[acems][0-9]{1,5}$"
router = APIRouter(responses=READS, tags=["ledger"])
said_of_entries = APIRouter(responses=READS, tags=["judgements"])
written = APIRouter(responses=WRITES, route_class=Writes)
By = Annotated[str, Field(pattern=NAME, max_length=80, description="Who says so.", examples=["R. Amato"])]
Why = Annotated[
    str | None,
    Field(pattern=TEXT, max_length=2000, description="Why.", examples=["The port is open."]),
]
LedgerId = Annotated[
    str,
    Path(pattern=ENTRY, description="A commitment's id in the ledger.", examples=["0123456789abcdef-m0"]),
]
_LEDGER = asked(
    "ledger",
    more={"today": (Day, {"description": "The day `overdue` is reckoned from.", "examples": ["2024-09-01"]})},
)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: By


class ScoreGiven(_Said):
    """How far somebody finds a commitment kept, as the compliance reports on the G7 and G20 score."""

    score: int = Field(ge=-1, le=1, strict=True, description="-1 not kept, 0 in part or in progress, 1 kept.")
    until: Day | None = Field(default=None, description="Last day that was looked at.", examples=["2024-12-31"])
    reason: Why = None


class RulingGiven(_Said):
    """What somebody says of a step of the ledger."""

    belongs: bool = Field(strict=True, description="Whether the step's report tells of this commitment.")
    status: CommitmentStatus | None = Field(default=None, description="How far it had come, where the step is wrong.")
    reason: Why = None


class StepGiven(_Said):
    """That a report goes on telling of a commitment."""

    report_id: str = Field(pattern=REPORT, examples=["0123456789abcdef"])
    status: CommitmentStatus = Field(description="How far it had come by that report.")
    reason: Why = None


class Plain(_Said):
    """A judgement without a correction."""

    entry: str = Field(pattern=ENTRY, description="Id of the entry.", examples=["0123456789abcdef-e0"])
    verdict: Literal["right", "wrong", "unsure"]


class Corrected(_Said):
    """A judgement that says what it should be."""

    entry: str = Field(pattern=ENTRY, description="Id of the entry.", examples=["0123456789abcdef-e0"])
    verdict: Literal["corrected"]
    correction: dict[str, str] = Field(
        min_length=1, max_length=40, description="Field by field what it should be.", examples=[{"cameo": "036"}]
    )


def ledger(shelf: OfShelf, query: Any) -> Response:
    """Promises, agreements, demands ... each once, however many reports tell of it; later reports move its status.

    In the order of the days they were first told, undated ones first.
    """
    page = shelf.archive.page(
        "ledger", after=query.after, limit=query.limit, today=query.today, **given(query, "after", "limit", "today")
    )
    return shown.answer(shown.LedgerPage, {"rows": page.rows, "next": page.next})


ledger.__annotations__["query"] = Annotated[_LEDGER, Query()]
router.add_api_route(
    "/ledger", ledger, methods=["GET"], response_model=shown.LedgerPage,
    summary="Commitments and what became of them", operation_id="list_ledger",
)  # fmt: skip


@router.get(
    "/ledger/{ledger_id}", response_model=LedgerEntry, responses=ONE,
    summary="One commitment, step by step", operation_id="get_ledger_entry",
)  # fmt: skip
def ledger_entry(shelf: OfShelf, ledger_id: LedgerId) -> Response:
    """The whole story of a commitment, each step with its report, its words and why it is taken to belong."""
    return shown.answer(LedgerEntry, shelf.archive.ledger_entry(ledger_id))


@written.post(
    "/ledger/{ledger_id}/scores", status_code=201, response_model=LedgerEntry, responses=WRITES | documented(404),
    summary="Say how far a commitment was kept", tags=["ledger"], operation_id="add_score",
)  # fmt: skip
def score(
    shelf: OfShelf,
    ledger_id: LedgerId,
    said: Annotated[ScoreGiven, Body(examples=[{"score": 1, "by": "R. Amato", "reason": "The port is open."}])],
) -> Response:
    """Added to what was said before; nothing is changed or taken away."""
    found = shelf.archive.comply(ledger_id, said.score, by=said.by, until=said.until, reason=said.reason)
    return shown.answer(LedgerEntry, found, 201)


@written.post(
    "/ledger/{ledger_id}/steps", status_code=201, response_model=LedgerEntry, responses=WRITES | documented(404),
    summary="Say that a report goes on telling of a commitment", tags=["ledger"], operation_id="add_step",
)  # fmt: skip
def step(
    shelf: OfShelf,
    ledger_id: LedgerId,
    said: Annotated[
        StepGiven, Body(examples=[{"report_id": "0123456789abcdef", "status": "fulfilled", "by": "R. Amato"}])
    ],
) -> Response:
    """Added as a step that is sure."""
    found = shelf.archive.add_step(ledger_id, said.report_id, status=said.status, by=said.by, reason=said.reason)
    return shown.answer(LedgerEntry, found, 201)


@written.post(
    "/ledger/steps/{number}/rulings", status_code=201, response_model=LedgerEntry, responses=WRITES | documented(404),
    summary="Rule on a step of the ledger", tags=["ledger"], operation_id="add_ruling",
)  # fmt: skip
def rule(
    shelf: OfShelf,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="The step's number.", examples=[1])],
    said: Annotated[RulingGiven, Body(examples=[{"belongs": False, "by": "R. Amato"}])],
) -> Response:
    """Whether its report tells of this commitment; nothing said before is touched."""
    found = shelf.archive.rule(number, belongs=said.belongs, by=said.by, status=said.status, reason=said.reason)
    return shown.answer(LedgerEntry, found, 201)


_JUDGEMENTS = form_of(
    "JudgementsAsked",
    {},
    more={
        "entry": (str, {"pattern": ENTRY, "description": "Of this entry.", "examples": ["0123456789abcdef-e0"]}),
        "report_id": (str, {"pattern": REPORT, "description": "Of this report.", "examples": ["0123456789abcdef"]}),
        "by": (str, {"pattern": TEXT, "max_length": 80, "description": "By this person.", "examples": ["R. Amato"]}),
        "verdict": (Literal["right", "wrong", "corrected", "unsure"], {"description": "Which.", "examples": ["wrong"]}),
    },
)


def judgements(shelf: OfShelf, query: Any) -> Response:
    """All that people said of entries, in the order they said it; of several by one person the latest holds."""
    found = shelf.archive.judgements(**given(query, "after", "limit"))
    return shown.answer(shown.JudgementPage, cursors.page_of(found, query))


judgements.__annotations__["query"] = Annotated[_JUDGEMENTS, Query()]
said_of_entries.add_api_route(
    "/judgements", judgements, methods=["GET"], response_model=shown.JudgementPage,
    summary="What people said of entries", operation_id="list_judgements",
)  # fmt: skip


@written.post(
    "/judgements", status_code=201, response_model=Judgement, responses=WRITES | documented(404),
    summary="Say whether an entry is right", tags=["judgements"], operation_id="add_judgement",
)  # fmt: skip
def judge(
    shelf: OfShelf,
    said: Annotated[
        Plain | Corrected,
        Body(
            discriminator="verdict",
            openapi_examples={
                "right": {"value": {"entry": "0123456789abcdef-e0", "verdict": "right", "by": "R. Amato"}},
                "corrected": {
                    "value": {
                        "entry": "0123456789abcdef-e0",
                        "verdict": "corrected",
                        "correction": {"cameo": "036"},
                        "by": "R. Amato",
                    }
                },
            },
        ),
    ],
) -> Response:
    """Right, wrong, unsure, or corrected with what it should be; nothing said before is touched."""
    correction = said.correction if isinstance(said, Corrected) else None
    found = shelf.archive.judge(said.entry, said.verdict, by=said.by, correction=correction)
    return shown.answer(Judgement, found, 201)
