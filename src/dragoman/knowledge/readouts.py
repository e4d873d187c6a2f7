"""Schema and loader of `readouts.yaml`: how two accounts of one contact are held against each other.

In: the YAML file. Out: one frozen `ReadoutWords`. A channel or kind that stands in two groups, or in none, is a
`KnowledgeError`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from typing import Literal, Self, get_args

from pydantic import model_validator

from dragoman.knowledge.folding import fold
from dragoman.knowledge.loader import Fact, check, raw

Channel = Literal["phone", "video", "meeting", "visit", "letter", "ceremony", "summit"]
Binding = Literal["promise", "agreement", "proposal", "demand", "offer", "warning", "invitation"]
_SHORTEST = 3
_WORD = re.compile(r"[a-z0-9]+")


class ReadoutWords(Fact):
    """The whole file."""

    families: dict[str, tuple[Channel, ...]]
    bindings: dict[str, tuple[Binding, ...]]
    others: tuple[str, ...]
    official: frozenset[str]
    little: frozenset[str]
    common: frozenset[str]
    endings: tuple[str, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for groups, known in ((self.families, get_args(Channel)), (self.bindings, get_args(Binding))):
            members = [member for group in groups.values() for member in group]
            if sorted(members) != sorted(known):
                raise ValueError(f"each must stand in one group, and in one only: {', '.join(sorted(known))}")
        return self

    @cached_property
    def family_of(self) -> Mapping[str, str]:
        """A channel's family; `other` has none."""
        return {channel: name for name, channels in self.families.items() for channel in channels}

    @cached_property
    def binding_of(self) -> Mapping[str, str]:
        """A commitment's group, by its kind."""
        return {kind: name for name, kinds in self.bindings.items() for kind in kinds}

    def content(self, text: str, without: Collection[str] = ()) -> dict[str, str]:
        """The content words of a text: what two forms of one share, and the form that stands there.

        Args:
            text: any text.
            without: words left out as well, folded.
        """
        words = _WORD.findall(fold(text))
        told = (word for word in words if word not in self.little and word not in self.common and word not in without)
        return {self._stem(word): word for word in told if len(word) > 1}

    def _stem(self, word: str) -> str:
        """A word without its ending: "investigators" and "investigation" are "investig"."""
        if word.isdigit():
            return word
        for ending in sorted(self.endings, key=len, reverse=True):
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _SHORTEST:
                # "agreed", "agreement" and "agree" meet only without the e.
                return stem.rstrip("e") if len(stem.rstrip("e")) >= _SHORTEST else stem
        return word


@lru_cache(maxsize=1)
def readout_words() -> ReadoutWords:
    """The words by which accounts are compared.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(ReadoutWords, raw()["readouts.yaml"], "readouts.yaml")
