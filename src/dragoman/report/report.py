"""The report as published: what every later room starts from.

The text is final here. Offsets anywhere in a record count code points of exactly this text.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Dateline(BaseModel):
    """Where and by whom a report says it was written, as its head states it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str | None = None
    agency: str | None = None


class Report(BaseModel):
    """A news report.

    Attributes:
        id: first 16 hex digits of the SHA-256 of the text (UTF-8); filled in from the text, never chosen.
        text: the report exactly as read; must hold something besides white space.
        title: headline, when known.
        url: address it was read from, when known.
        publisher: outlet, when known.
        published: day of publication, when known.
        dateline: place and agency its head names.
        language: ISO 639-1 code; only ``en`` is read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    text: str = Field(min_length=1)
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    dateline: Dateline | None = None
    language: str = "en"

    @model_validator(mode="before")
    @classmethod
    def _identify(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("text"), str):
            expected = report_id(data["text"])
            given = data.get("id") or expected
            if given != expected:
                raise ValueError(f"id {given!r} is not the hash of the text ({expected!r})")
            return {**data, "id": expected}
        return data


def report_id(text: str) -> str:
    """The id of a report: the first 16 hex digits of its text's SHA-256.

    Lone surrogates, which UTF-8 has no room for, are hashed by their code point.
    """
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
