"""The words of a column by number, and how they are looked up: as they are, or as names are.

In: words, one after the other; a number once given stays. Out: numbers. Number 0 is the missing word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.actors.claims import key_of, parts_of


class Lexicon:
    """Words and their numbers."""

    def __init__(self) -> None:
        self.words: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0}
        self._by_key: dict[str, list[int]] = {}
        self._by_part: dict[str, set[int]] = {}
        self._looked_at = 1

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str | None) -> int | None:
        """The number of a word; None when it does not occur."""
        return self._numbers.get(word)

    def add(self, words: Iterable[str | None]) -> list[int]:
        """The numbers of words; new ones get the next."""
        for word in words:
            if word not in self._numbers:
                self.words.append(word)
                self._numbers[word] = len(self.words) - 1
        return [self._numbers[word] for word in words]

    def like(self, name: str) -> Sequence[int]:
        """Words that are this name, whatever its capitals, accents and hyphens."""
        self._look()
        return self._by_key.get(key_of(name), ())

    def having(self, name: str) -> Sequence[int]:
        """Words that are this name or have all of its parts: "Solhaug" finds "Ingrid Solhaug"."""
        self._look()
        parts = [self._by_part.get(part, set()) for part in parts_of(name)]
        return sorted({*self._by_key.get(key_of(name), ()), *(set.intersection(*parts) if parts else ())})

    def _look(self) -> None:
        """Look at words that have been added since."""
        while self._looked_at < len(self.words):
            number, word = self._looked_at, self.words[self._looked_at] or ""
            self._by_key.setdefault(key_of(word), []).append(number)
            for part in parts_of(word):
                self._by_part.setdefault(part, set()).add(number)
            self._looked_at += 1
