"""Schema and loader of `fates.yaml`: words that tell what became of a commitment.

In: the YAML file. Out: one frozen `Fates`, which finds cues in a text. A status that does not exist, a cue that stands
twice and a sign with no meaning there are a `KnowledgeError`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, Self

from pydantic import model_validator

from dragoman.knowledge.folding import fold
from dragoman.knowledge.loader import Fact, check, raw

Fate = Literal["proposed", "affirmed", "agreed", "signed", "under_way", "fulfilled", "stalled", "withdrawn", "broken"]
_CUE = re.compile(r"[a-z0-9*|~ -]+")
_BETWEEN = r"(?:[^\s.;!?]+\s+){0,4}?"


class Cue(NamedTuple):
    """Words of a text that tell a fate; offsets in code points."""

    status: Fate
    start: int
    end: int
    words: int


class Fates(Fact):
    """The whole file."""

    cues: dict[Fate, tuple[str, ...]]
    unless: tuple[str, ...]

    @model_validator(mode="after")
    def _plain(self) -> Self:
        seen: dict[str, str] = {}
        for status, cues in self.cues.items():
            for cue in cues:
                if not _CUE.fullmatch(cue):
                    raise ValueError(f"{status}: {cue!r} may hold lower-case words, *, | and ~ only")
                if cue in seen:
                    raise ValueError(f"{cue!r} stands under {seen[cue]} and {status}")
                seen[cue] = status
        return self

    @cached_property
    def _patterns(self) -> tuple[tuple[Fate, int, tuple[str, ...], re.Pattern[str]], ...]:
        return tuple(
            (status, len([w for w in cue.split() if w != "~"]), _signs(cue), re.compile(_pattern(cue)))
            for status, cues in self.cues.items()
            for cue in cues
        )

    @cached_property
    def _barred(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(self.unless)})(?:\s+\w+){{0,2}}\s+$|n[o']t\s+$")

    def find(self, text: str) -> list[Cue]:
        """All cues of a text in its order, none within a longer one."""
        low = _folded(text)
        found = []
        for status, words, signs, pattern in self._patterns:
            # Most cues stand in no given text; looking for their first word is many times quicker than matching.
            if not any(sign in low for sign in signs):
                continue
            for match in pattern.finditer(low):
                if not self._barred.search(low, max(0, match.start() - 40), match.start()):
                    found.append(Cue(status, match.start(), match.end(), words))
        found.sort(key=lambda cue: (-cue.words, cue.start))
        kept: list[Cue] = []
        for cue in found:
            if not any(cue.start < other.end and other.start < cue.end for other in kept):
                kept.append(cue)
        return sorted(kept, key=lambda cue: cue.start)


def _folded(text: str) -> str:
    """A text in lower case without accents, letter for letter where it stood."""
    return "".join(one if len(one := fold(char)) == 1 else char.lower()[:1] for char in text.replace("’", "'"))


def _signs(cue: str) -> tuple[str, ...]:
    """What a text must hold for a cue to be there: one of its first words, without the ending."""
    return tuple(word.rstrip("*") for word in cue.split(maxsplit=1)[0].split("|"))


def _pattern(cue: str) -> str:
    parts = []
    for token in cue.split():
        if token == "~":
            parts.append(_BETWEEN)
        else:
            words = "|".join(re.escape(word).replace(r"\*", r"[\w'-]*") for word in token.split("|"))
            parts.append(rf"\b(?:{words})\b\s+")
    # The last word needs no blank behind it.
    return "".join(parts).removesuffix(r"\s+")


@lru_cache(maxsize=1)
def fates() -> Fates:
    """Words that tell what became of a commitment.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Fates, raw()["fates.yaml"], "fates.yaml")
