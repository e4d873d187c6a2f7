"""What the archive's queries return: small frozen values, each with the entry itself.

Every row carries `id` (its own), and of its report `report_id`, `url`, `publisher` and `published`. The exporters
rely on these names and on `event`, `contact`, `statement`, `commitment`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.evidence import Span
from dragoman.record.entries import (
    Actor,
    Category,
    Commitment,
    CommitmentKind,
    CommitmentStatus,
    Contact,
    Event,
    Party,
    Statement,
    Status,
)
from dragoman.report.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What all rows have.

    Attributes:
        id: of the entry: report id, letter, place in the record; for a report its own id.
        report_id: of the report that tells it.
        url: of that report.
        publisher: of that report.
        published: day that report appeared.
    """

    id: str
    report_id: str
    url: str | None
    publisher: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow(Row):
    """A report, and how many entries its record has."""

    report: Report
    title: str | None
    actors: int
    events: int
    contacts: int
    statements: int
    commitments: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow(Row):
    """An actor as one report knows it."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Row):
    """An event as one report tells it; `event_id` is the same for all reports that tell of it."""

    event_id: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow(Row):
    """A contact as one report tells it."""

    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """A statement as one report tells it."""

    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow(Row):
    """A commitment as one report tells it."""

    commitment: Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Row):
    """That a report tells an event, how far it says it came, and the words."""

    event_id: str
    category: Category
    status: Status
    background: bool
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one report says of a commitment."""

    report_id: str
    url: str | None
    status: CommitmentStatus
    date: date | None
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A commitment and what became of it; `status` is the latest, `history` the oldest first."""

    id: str
    kind: CommitmentKind
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    content: Span
    status: CommitmentStatus
    history: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that search found.

    Attributes:
        snippet: the stretch of the text (or title) that fits best, plain text.
        marks: where in the snippet the words stand: (start, end) in code points.
        score: how well it fits; higher is better. Comparable within one search only.
    """

    report_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float
