"""What a user may set once instead of at every command: environment variables that begin with ``DRAGOMAN_``.

    DRAGOMAN_ARCHIVE=sqlite:////home/me/record.db    where the archive lies
    DRAGOMAN_SPACY_MODEL=en_core_web_trf             which English spaCy pipeline reads
    DRAGOMAN_KNOWLEDGE=/home/me/knowledge            YAML files laid over the built-in knowledge
    DRAGOMAN_CODERS=rules                            who codes events: rules, model, or both
    DRAGOMAN_MAX_BYTES=5000000                       largest report taken in; and the other limits below

Read by the top floor only: rooms get plain arguments. Refuses a value that cannot be meant, naming the variable.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dragoman.errors import DragomanError
from dragoman.report.options import IntakeOptions

PREFIX = "DRAGOMAN_"
_LIMITS = ("max_bytes", "allow_private", "connect_timeout", "read_timeout", "total_timeout", "max_redirects")


class SettingsError(DragomanError):
    """A setting with a value that cannot be meant."""


def _limit(name: str) -> Any:
    """The default of an intake limit; there is one place that knows it."""
    return IntakeOptions.model_fields[name].default


class Settings(BaseSettings):
    """The settings; see the module's text. An empty variable is the same as none.

    Attributes:
        archive: SQLAlchemy URL; a file in the user's data folder when None.
        spacy_model: name or path of a spaCy pipeline; the built-in one when None.
        knowledge: folder of YAML files laid over the built-in knowledge.
        coders: who codes events: the rules, the model, or both.
        max_bytes: largest size of one report in bytes.
        allow_private: whether addresses on this machine and in private networks may be fetched.
        connect_timeout, read_timeout, total_timeout: seconds that fetching a page may take.
        max_redirects: how many redirects are followed.
        user_agent: what Dragoman calls itself to servers; its own name when None.
        token: what somebody must show to `dragoman serve` before they write.
        debug: show where in the program a fault arose.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    archive: str | None = None
    spacy_model: str | None = None
    knowledge: Path | None = None
    coders: Literal["both", "rules", "model"] = "both"
    max_bytes: int = Field(default=_limit("max_bytes"), gt=0)
    allow_private: bool = _limit("allow_private")
    connect_timeout: float = Field(default=_limit("connect_timeout"), gt=0)
    read_timeout: float = Field(default=_limit("read_timeout"), gt=0)
    total_timeout: float = Field(default=_limit("total_timeout"), gt=0)
    max_redirects: int = Field(default=_limit("max_redirects"), ge=0)
    user_agent: str | None = None
    token: str | None = Field(default=None, min_length=8)
    debug: bool = False

    @field_validator("knowledge")
    @classmethod
    def _is_folder(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        return folder

    @property
    def own_knowledge(self) -> str | None:
        """The folder of `knowledge`, as rooms take it."""
        return str(self.knowledge) if self.knowledge else None

    def intake(self, published: date | None = None) -> IntakeOptions:
        """The limits for taking reports in, with the day for those that name none."""
        given = {name: getattr(self, name) for name in _LIMITS} | {"published": published}
        return IntakeOptions.model_validate(given | ({"user_agent": self.user_agent} if self.user_agent else {}))


def settings() -> Settings:
    """The settings as the environment has them now.

    Raises:
        SettingsError: naming each variable whose value cannot be meant.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"{PREFIX}{str(fault['loc'][0]).upper()}={str(fault['input'])[:60]!r}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(f"A setting cannot be used: {faults}. Change or unset it.") from error
