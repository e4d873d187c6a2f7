"""What people said of a coding: right, wrong, corrected or unsure; by whom and when.

A judgement is never changed or taken away. Who changes their mind judges again; of several by one person the
latest holds. Refuses a correction without the verdict ``corrected``, that verdict without a correction, and a time
without a zone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

Verdict = Literal["right", "wrong", "corrected", "unsure"]


def _now() -> datetime:
    return datetime.now(UTC)


class Judgement(BaseModel):
    """One person's word on one entry of the record.

    Attributes:
        entry: id of the event or other entry, as the archive's rows give it.
        verdict: ``right``, ``wrong``, ``corrected`` (wrong, and this is what it should be) or ``unsure``.
        correction: field by field what it should be, as text: ``{"cameo": "036", "status": "planned"}``.
        by: who says so.
        at: when, kept in UTC.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry: str = Field(min_length=1)
    verdict: Verdict
    correction: dict[str, str] | None = None
    by: str = Field(min_length=1)
    at: AwareDatetime = Field(default_factory=_now)

    @field_validator("at")
    @classmethod
    def _utc(cls, at: datetime) -> datetime:
        return at.astimezone(UTC)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.verdict == "corrected" and not self.correction:
            raise ValueError("the verdict 'corrected' needs a correction")
        if self.verdict != "corrected" and self.correction:
            raise ValueError(f"the verdict {self.verdict!r} takes no correction; say 'corrected'")
        return self
