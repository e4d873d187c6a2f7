"""How reports are to be taken in: names of fields, defaults, limits.

Plain frozen values with no reading of settings or surroundings; the top floor fills them in.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Fields(BaseModel):
    """Names of the fields in JSON and JSON Lines.

    Where a name is left at its default, the usual other names are tried too (body, content, pubDate, outlet, link).
    A name of your own is the only one looked for; dots go down ("article.body").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = "text"
    title: str = "title"
    published: str = "published"
    publisher: str = "publisher"
    url: str = "url"
    language: str = "language"


class IntakeOptions(BaseModel):
    """Limits and defaults of `intake.sources` and `web.fetch`.

    Attributes:
        fields: names of the fields in JSON.
        published: day of publication where neither the source nor the report's head names one; also the day from
            which a head's missing year is told.
        publisher: outlet where the source names none.
        max_bytes: largest size of one report, in bytes as stored (unpacked); of one line in JSON Lines.
        allow_private: whether addresses on this machine and in private networks may be fetched.
        connect_timeout, read_timeout, total_timeout: seconds to connect, between two pieces, and for all of it.
        max_redirects: how many redirects are followed.
        user_agent: what Dragoman calls itself to servers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: Fields = Fields()
    published: date | None = None
    publisher: str | None = None
    max_bytes: int = Field(default=5_000_000, gt=0)
    allow_private: bool = False
    connect_timeout: float = Field(default=10.0, gt=0)
    read_timeout: float = Field(default=20.0, gt=0)
    total_timeout: float = Field(default=60.0, gt=0)
    max_redirects: int = Field(default=5, ge=0)
    user_agent: str = "Dragoman (reader of news reports)"
