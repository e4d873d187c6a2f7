"""What the queries about stories return: small frozen values.

A story is a happening, told by one report or many. Inside it an event that several reports tell is one `Happening`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.archive.voices import Voice
from dragoman.evidence import Span
from dragoman.record.entries import Event, Reason, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story in a list.

    Attributes:
        id: of the story: that of the report that was there first.
        title: of that report, or the beginning of its text.
        opened, updated: days of the first and of the last report.
        reports, outlets: how many tell it.
        event_id: of the event that it is about; None while no event is sure enough.
        event: that event, as the report tells it after which it is called.
    """

    id: str
    title: str
    opened: date | None
    updated: date | None
    reports: int
    outlets: int
    event_id: str | None
    event: Event | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A report that tells a story, and why it is taken to.

    Attributes:
        copy_of: id of a report of nearly the same text, if there is one.
        beside: id of the report of the story that it was found most like.
        confidence: how sure it is that it tells this story (0-1); None for the report that the story began with.
        reasons: what spoke for it and against it.
        by: who joined it, if a person did.
    """

    report_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    copy_of: str | None
    beside: str | None
    confidence: float | None
    reasons: tuple[Reason, ...]
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTelling:
    """An event as one report tells it.

    Attributes:
        id: of the event in that report; of a mention (see `Mention.id`) where it has none of its own.
        event: as coded from the report's words; None where the report was found to tell of it by its story.
        status: how far it says it came.
        evidence: the words.
        sentence: the sentence they stand in.
        voice: on whose side the report is told, of the first two states that take part; None where there are not two.
        confidence: how sure it is that this is the same event; None for the telling it is called after.
        reasons: why it is taken to be.
        by: who joined it, if a person did.
    """

    id: str
    report_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    event: Event | None
    status: Status
    evidence: Span
    sentence: str
    voice: Voice | None
    confidence: float | None
    reasons: tuple[Reason, ...]
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """In what tellings of an event do not agree.

    Attributes:
        what: ``who acts``, ``who is acted on``, ``kind``, ``when``, ``where``, ``how far``, ``on whose word``,
            ``how many``, ``wording`` or ``slant``.
        told: each way it is told, with the ids of its tellings, the most frequent first.
    """

    what: str
    told: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event and everybody who tells it.

    Attributes:
        event_id: its id, that of one of its tellings.
        story_id: of the story it stands in.
        event: as told by the telling that it is called after.
        first_day, last_day: of the event, over all tellings that date it (ISO).
        outlets: who tells it, in the order they appeared.
        tellings: one for each report, oldest first.
        differences: in what they do not agree; what one leaves open is no difference.
    """

    event_id: str
    story_id: str
    event: Event
    first_day: str | None
    last_day: str | None
    outlets: tuple[str, ...]
    tellings: tuple[EventTelling, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A happening as all its reports tell it.

    Attributes:
        id, title, opened, updated, event_id: as in `StoryRow`.
        outlets: who tells it, in the order they appeared.
        tellers: its reports, oldest first.
        happenings: the event that it is about, then all others that several of its reports tell.
    """

    id: str
    title: str
    opened: date | None
    updated: date | None
    event_id: str | None
    outlets: tuple[str, ...]
    tellers: tuple[Teller, ...]
    happenings: tuple[Happening, ...]
