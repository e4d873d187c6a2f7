"""The shape of the answers: what is sent, and what the OpenAPI document says of it.

In: the archive's rows and what people said. Out: JSON. Rows stand as the archive gives them; a report in a list comes
without its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from fastapi import Response
from pydantic import BaseModel, Field, TypeAdapter

from dragoman.actors.claims import Claim
from dragoman.archive.dyads import DyadRow, Month
from dragoman.archive.imported import ImportedEvent
from dragoman.archive.rows import (
    ActorRow,
    CommitmentRow,
    ContactRow,
    Count,
    EventRow,
    Hit,
    LedgerEntry,
    Mention,
    ReportRow,
    Row,
    StatementRow,
)
from dragoman.archive.story_rows import StoryRow
from dragoman.judgement import Judgement
from dragoman.record.entries import Actor, Commitment, Contact, Event, Place, Record, Statement
from dragoman.report.report import Dateline

_NEXT = Field(description="The cursor that leads on; null when this is the last page.", examples=["eJyLVk"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportShown(Row):
    """A report without its text, and how many entries its record has."""

    title: str | None
    language: str
    dateline: Dateline | None
    characters: int
    actors: int
    events: int
    contacts: int
    statements: int
    commitments: int
    places: int


def report_shown(row: ReportRow) -> ReportShown:
    """A report as lists have it."""
    names = ("id", "report_id", "url", "publisher", "published", "title")
    counts = ("actors", "events", "contacts", "statements", "commitments", "places")
    own: dict[str, Any] = {name: getattr(row, name) for name in (*names, *counts)}
    report = row.report
    return ReportShown(**own, language=report.language, dateline=report.dateline, characters=len(report.text))


class ReportPage(BaseModel):
    """Some reports."""

    rows: list[ReportShown]
    next: str | None = _NEXT


class EventPage(BaseModel):
    """Some events."""

    rows: list[EventRow]
    next: str | None = _NEXT


class MentionPage(BaseModel):
    """Some tellings of events."""

    rows: list[Mention]
    next: str | None = _NEXT


class ContactPage(BaseModel):
    """Some contacts."""

    rows: list[ContactRow]
    next: str | None = _NEXT


class StatementPage(BaseModel):
    """Some statements."""

    rows: list[StatementRow]
    next: str | None = _NEXT


class CommitmentPage(BaseModel):
    """Some commitments."""

    rows: list[CommitmentRow]
    next: str | None = _NEXT


class ActorPage(BaseModel):
    """Some actors."""

    rows: list[ActorRow]
    next: str | None = _NEXT


class LedgerPage(BaseModel):
    """Some lines of the ledger."""

    rows: list[LedgerEntry]
    next: str | None = _NEXT


class HitPage(BaseModel):
    """Some reports that search found, best first."""

    rows: list[Hit]
    next: str | None = _NEXT


class ClaimPage(BaseModel):
    """Some of what reports told of people, oldest first."""

    rows: list[Claim]
    next: str | None = _NEXT


class JudgementPage(BaseModel):
    """Some judgements, in the order they were given."""

    rows: list[Judgement]
    next: str | None = _NEXT


class StoryPage(BaseModel):
    """Some stories."""

    rows: list[StoryRow]
    next: str | None = _NEXT


class ImportedPage(BaseModel):
    """Some events of other data, by day."""

    rows: list[ImportedEvent]
    next: str | None = _NEXT


class Alike(BaseModel):
    """Reports that mean what was asked, the likest first."""

    rows: list[Hit]


class ReadoutPage(BaseModel):
    """Some contacts of two states, each as two accounts have it."""

    rows: list[dict[str, Any]]
    next: str | None = _NEXT


class DyadShown(BaseModel):
    """What passed between two states: by month, and a page of the timeline."""

    one: str
    other: str
    since: date | None
    until: date | None
    first: date | None = Field(description="Day of the first entry that has one.")
    last: date | None = Field(description="Day of the last.")
    months: list[Month]
    kinds: dict[str, int] = Field(description="How many entries of each kind.")
    uncounted: dict[str, int] = Field(description="Events that do not count into the months, by the reason.")
    reports: int = Field(description="How many reports tell the entries.")
    rows: list[DyadRow] = Field(description="A page of the timeline, oldest first.")
    next: str | None = _NEXT


class EntryShown(BaseModel):
    """One entry of the record, and what people said of it."""

    id: str
    report_id: str
    kind: Literal["event", "contact", "statement", "commitment", "actor", "place"]
    entry: Event | Contact | Statement | Commitment | Actor | Place
    judgements: list[Judgement]


class Partner(BaseModel):
    """A state with which another stands in events."""

    state: str = Field(examples=["MLT"])
    events: int


class Partners(BaseModel):
    """With whom a state stands in events, most often first."""

    state: str
    rows: list[Partner]


class Counts(BaseModel):
    """How many entries there are by what was asked; each event once, however many reports tell it."""

    what: str
    by: str
    rows: list[Count]


class Total(BaseModel):
    """How many entries there are; each event once, however many reports tell it."""

    what: str
    number: int


class Text(BaseModel):
    """The text of a report, to the last character."""

    id: str
    text: str


class About(BaseModel):
    """What this server is."""

    version: str = Field(description="Of Dragoman.", examples=["0.2.0"])
    writes: bool = Field(description="Whether anything may be added with the token.")
    reads: bool = Field(description="Whether it can read reports.")
    formats: list[str] = Field(description="That can be exported.", examples=[["jsonl", "csv"]])
    reports: int
    first: date | None = Field(description="Day of the oldest report that has one.")
    last: date | None = Field(description="Day of the newest.")


class Outcome(BaseModel):
    """What became of a report."""

    outcome: Literal["added", "already_there", "refused"]
    id: str | None = Field(default=None, description="The report's id; null when it was refused.")
    title: str | None = None
    events: int | None = Field(default=None, description="How many its record tells.")
    reason: str | None = Field(default=None, description="Why it was refused, and what to do.")


class Outcomes(BaseModel):
    """What became of reports, in the order they were given."""

    added: int
    already_there: int
    refused: int
    rows: list[Outcome]


class ReadOutcome(BaseModel):
    """A report as it is read: its record, or why it is refused."""

    record: Record | None = None
    reason: str | None = None


class ReadOutcomes(BaseModel):
    """Reports as they are read, in the order they were given."""

    rows: list[ReadOutcome]


@lru_cache(maxsize=64)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def answer(shape: Any, told: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer of this shape.

    Args:
        shape: a model of this file, or one of the archive's rows.
        told: it, or a dictionary of its fields.
        status: of the answer.
        headers: to send along.
    """
    adapter = _adapter(shape)
    body = adapter.dump_json(adapter.validate_python(told))
    return Response(body, status, media_type="application/json", headers=dict(headers or {}))
