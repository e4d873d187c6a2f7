"""The record: everything Dragoman is willing to state about one report.

Frozen values, no parser behind them: a record can be stored, sent and read back where no language model is
installed. Every entry carries the spans it rests on; a `Record` refuses a span whose words differ from its report's.

Missing is ``None`` or an empty tuple. Nothing is ever coded by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dragoman.evidence import Span
from dragoman.report.report import Report

SCHEMA_VERSION: Literal["1.0"] = "1.0"

ActorKind = Literal[
    "person", "office", "state", "government_body", "igo", "ngo", "armed_group", "party", "company", "media",
    "population", "group", "unknown",
]  # fmt: skip
RoleStatus = Literal["incumbent", "acting", "former", "late", "designate"]
Status = Literal["occurred", "planned", "requested", "hypothetical", "negated"]
Category = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
DateBasis = Literal["stated", "relative", "published", "unknown"]
Channel = Literal["phone", "video", "meeting", "visit", "letter", "ceremony", "summit", "other"]
ContactStatus = Literal[
    "occurred", "planned", "proposed", "requested", "hypothetical", "negated", "cancelled", "postponed"
]
StatementKind = Literal["quote", "paraphrase", "mixed"]
Stance = Literal["positive", "negative", "neutral"]
CommitmentKind = Literal["promise", "agreement", "proposal", "demand", "offer", "warning", "invitation"]
CommitmentStatus = Literal[
    "open", "proposed", "affirmed", "agreed", "signed", "under_way", "fulfilled", "stalled", "withdrawn", "broken"
]
Precision = Literal["point", "city", "region", "country"]
Probability = Annotated[float, Field(ge=0, le=1)]


class Entry(BaseModel):
    """Common manners of all entries: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(Entry):
    """One named fact behind a decision.

    Attributes:
        fact: plain words: the rule or model, the words matched, the codebook line, the runner-up.
        weight: how much it counted, -1 (against) to 1 (for); 0 for facts that only inform.
    """

    fact: str
    weight: float = Field(default=0.0, ge=-1, le=1)


class Telling(Entry):
    """Words of the report, a title or an apposition, that tell what somebody is.

    Attributes:
        span: the words.
        role: the office they name.
        role_status: its standing; a title without more is the incumbent's.
        country: of the office, only where the words say it.
        sector: of the office.
    """

    span: Span
    role: str
    role_status: RoleStatus | None = None
    country: str | None = None
    sector: str | None = None


class Actor(Entry):
    """A real-world actor, once per report."""

    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    role: str | None = None
    role_status: RoleStatus | None = None
    qid: str | None = None
    mentions: tuple[Span, ...] = ()
    told: tuple[Telling, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Party(Entry):
    """An actor's part in an entry, with the words that name it there."""

    actor: Actor
    span: Span


class Place(Entry):
    """A place that events happen at or are about."""

    span: Span
    name: str
    country: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    geoname_id: int | None = None
    precision: Precision = "point"
    reasons: tuple[Reason, ...] = ()


class Event(Entry):
    """Who did what to whom."""

    category: Category
    mode: str | None = None
    cameo: str | None = Field(default=None, pattern=r"^\d{2,4}$")
    quad: Literal[1, 2, 3, 4]
    intensity: float = Field(ge=-10, le=10, allow_inf_nan=False)
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    reciprocal: bool = False
    status: Status = "occurred"
    background: bool = False
    asserted_by: Party | None = None
    date: str | None = None
    date_basis: DateBasis = "unknown"
    place: Place | None = None
    trigger: Span
    evidence: Span
    confidence: Probability
    reasons: tuple[Reason, ...] = ()


class Contact(Entry):
    """A call, meeting, visit, letter, ceremony or summit."""

    channel: Channel
    participants: tuple[Party, ...] = ()
    visitor: str | None = None
    host: str | None = None
    place: Place | None = None
    date: str | None = None
    status: ContactStatus = "occurred"
    background: bool = False
    topics: tuple[str, ...] = ()
    evidence: Span
    confidence: Probability = 0.5
    reasons: tuple[Reason, ...] = ()


class Statement(Entry):
    """Who said what about whom."""

    speakers: tuple[Party, ...] = ()
    cue: Span | None = None
    content: Span
    kind: StatementKind
    addressees: tuple[Party, ...] = ()
    about: tuple[Party, ...] = ()
    stance: Stance = "neutral"
    events: tuple[int, ...] = ()
    confidence: Probability = 0.5
    reasons: tuple[Reason, ...] = ()


class Commitment(Entry):
    """A promise, agreement, proposal, demand, offer, warning or invitation."""

    kind: CommitmentKind
    by: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()
    addressee: Party | None = None
    content: Span
    due: str | None = None
    condition: str | None = None
    status: CommitmentStatus = "open"
    refers_to: str | None = None
    background: bool = False
    confidence: Probability = 0.5
    reasons: tuple[Reason, ...] = ()


class Gist(Entry):
    """What a report is about, as a vector: reports that say alike point alike.

    Attributes:
        model: name of the sentence model; vectors of different models cannot be compared.
        vector: a unit vector in steps of 1/127, one signed byte a number, in base64.
    """

    model: str
    vector: str = Field(pattern=r"^[A-Za-z0-9+/]+=*$")


class Record(Entry):
    """All that one report states.

    Raises:
        ValueError: (pydantic) when a span's words are not those of the report, or a statement points to no event.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    report: Report
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    places: tuple[Place, ...] = ()
    gist: Gist | None = None

    @model_validator(mode="after")
    def _evidence_holds(self) -> Self:
        text = self.report.text
        for span in spans(self, once=True):
            span.check(text)
        for statement in self.statements:
            for index in statement.events:
                if not 0 <= index < len(self.events):
                    raise ValueError(f"statement points to event {index} of {len(self.events)}")
        return self


class Code(Entry):
    """One reading of a marked pair: what the first does to the second.

    ``category`` is ``NONE`` when the words say nothing from the first to the second.
    """

    category: str
    mode: str | None = None
    cameo: str | None = None
    probability: Probability
    reasons: tuple[Reason, ...] = ()


def spans(entry: BaseModel, *, once: bool = False) -> Iterator[Span]:
    """Every span at or below an entry, in field order.

    Args:
        entry: a record or a part of one.
        once: whether an entry that stands in several others, as an actor does in each of its parties, is gone into the
            first time only.
    """
    yield from _spans_below(entry, set() if once else None)


def _spans_below(entry: BaseModel, seen: set[int] | None) -> Iterator[Span]:
    if seen is not None:
        if id(entry) in seen:
            return
        seen.add(id(entry))
    for name in type(entry).model_fields:
        yield from _spans_of(getattr(entry, name), seen)


def _spans_of(value: Any, seen: set[int] | None) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans_of(item, seen)
    elif isinstance(value, Entry):
        yield from _spans_below(value, seen)
