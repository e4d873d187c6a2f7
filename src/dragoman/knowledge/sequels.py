"""Schema and loader of `sequels.yaml`: words that tell that something came before.

In: the YAML file. Out: one frozen `Sequels`, which looks for them in a text. A pattern that stands twice or holds a
sign with no meaning there is a `KnowledgeError`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Self

from pydantic import model_validator

from dragoman.knowledge.folding import fold
from dragoman.knowledge.loader import Fact, check, raw

_WORDS = re.compile(r"[a-z*|-]+(?: [a-z*|-]+)*")


class Sequels(Fact):
    """The whole file."""

    words: tuple[str, ...]

    @model_validator(mode="after")
    def _plain(self) -> Self:
        for pattern in self.words:
            if not _WORDS.fullmatch(pattern):
                raise ValueError(f"{pattern!r} may hold lower-case words, * and | only")
            if self.words.count(pattern) > 1:
                raise ValueError(f"{pattern!r} stands twice")
        return self

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        each = (" ".join(f"(?:{word})" for word in pattern.split(" ")) for pattern in self.words)
        return re.compile(rf"\b(?:{'|'.join(each)})\b".replace("*", r"\w*").replace(" ", r"\s+"))

    def found(self, text: str) -> bool:
        """Whether a text has such words."""
        return self._pattern.search(fold(text)) is not None


@lru_cache(maxsize=1)
def sequels() -> Sequels:
    """What `sequels.yaml` says.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Sequels, raw()["sequels.yaml"], "sequels.yaml")
