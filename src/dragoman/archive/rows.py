"""What the archive's queries return: small frozen values, each with the entry itself.

Every row carries `id` (its own), and of its report `report_id`, `url`, `publisher` and `published`. The exporters
rely on these names and on `event`, `contact`, `statement`, `commitment`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import date as calendar_day

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
    Reason,
    Statement,
    Status,
)
from dragoman.report.report import Report

OPEN: tuple[CommitmentStatus, ...] = ("open", "proposed", "affirmed", "agreed", "signed", "under_way", "stalled")
"""Statuses of a commitment that can still be kept."""


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
    """That a report tells an event, how far it says it came, and the words.

    Attributes:
        coded: whether the report's own words were coded as this event. Else it is one of those that tell of the
            happening, as the archive found by holding them against each other: `category` and `status` are then those
            of the event, `evidence` the sentence that says most of it, and `id` is no entry's.
    """

    event_id: str
    category: Category
    status: Status
    background: bool
    evidence: Span
    coded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one report says of a commitment.

    Attributes:
        status: how far it had come, as that report tells it or a person ruled.
        date: the day of the report.
        evidence: the words that say so.
        number: of the step, by which a person may rule on it.
        confidence: how sure it is that the report tells of this commitment (0-1).
        reasons: why it is taken to.
        ruled_by: who ruled on the step, if anybody did.
        entry: id of the report's own entry that this step is, if it has one.
    """

    report_id: str
    url: str | None
    publisher: str | None = None
    title: str | None = None
    status: CommitmentStatus
    date: calendar_day | None
    evidence: Span
    number: int = 0
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()
    ruled_by: str | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How far somebody finds a commitment kept: -1 not, 0 in part or in progress, +1 fully.

    The scale is that of the compliance reports on G7 and G20 commitments.

    Attributes:
        until: last day of the time that was looked at (ISO).
        reason: in the words of who scored.
        by, at: who scored, and when (ISO, UTC).
    """

    score: int
    until: str | None
    reason: str | None
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A commitment and what became of it; `status` is the latest, `history` the oldest first.

    Attributes:
        due: last day by which it was to be done (ISO), where that was said.
        opened, updated: days of the first and of the latest report.
        background: whether it was told as something older than the news.
        unsure: steps that may belong to it; they change nothing until a person rules on them.
        scores: what people found, oldest first.
    """

    id: str
    kind: CommitmentKind
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    content: Span
    status: CommitmentStatus
    history: tuple[Step, ...]
    due: str | None = None
    opened: date | None = None
    updated: date | None = None
    background: bool = False
    unsure: tuple[Step, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it can still be kept."""
        return self.status in OPEN

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nothing tells that it was kept, withdrawn or broken."""
        return self.is_open and self.due is not None and self.due < today.isoformat()


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


# Not frozen, though nobody should change one: a count by all pairs makes twenty thousand, and that took half its time.
@dataclass(slots=True, unsafe_hash=True)
class Count:
    """One line of a count.

    Attributes:
        key: what it is for: a day, a month, ``IRN-QAT``, a category ...; None where the entries have none.
        number: how many: of events, each once however many reports tell it.
        tellings: how many rows, so that an event told by three reports counts thrice.
        sum: of events, of their PLOVER intensity; an event told several times has the mean of its tellings.
        intensity: of events, the mean of the same.
    """

    key: str | None
    number: int
    tellings: int
    sum: float | None = None
    intensity: float | None = None
