"""Evidence: the exact words an entry of the record rests on.

In: a text and two offsets in code points. Out: a frozen `Span`. Refuses a span that is empty, runs backwards or
whose words have another length; `Span.of` cuts the words from the text, so they cannot differ from it.
"""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Span(BaseModel):
    """A stretch of a report's text.

    Attributes:
        start: offset of the first character, in code points from the start of the text.
        end: offset behind the last character.
        text: the words; always equal to ``report.text[start:end]``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}:{self.end} cannot hold {len(self.text)} characters")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Cut a span from `text`.

        Raises:
            ValueError: if the offsets do not lie in the text or enclose nothing.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(text)} characters")
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def check(self, text: str) -> None:
        """Raise ValueError unless ``text[start:end]`` are this span's words."""
        if text[self.start : self.end] != self.text:
            raise ValueError(
                f"span {self.start}:{self.end} says {self.text!r}, the text {text[self.start : self.end]!r}"
            )
