"""A report's words without grammar: sentences, words with their stems, names of states, numbers.

In: text. Out: `Token`s and offsets. Archives are read and written where no language model is installed, so the ledger
compares reports by these alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.knowledge.folding import fold
from dragoman.knowledge.ledger import fate_words, stem
from dragoman.knowledge.loader import rows_of, under

WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"""[.!?]["”’')\]]*\s+(?=["“‘'(\[]*[A-Z0-9À-Þ])|\n+""")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Sen|Rep|Gov|Prof|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
_LONGEST_ABBREVIATION = 6
_LONGEST_NAME = 5
# A sentence's first word may stand behind so many quotation marks and brackets.
_MARKS = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands.

    Attributes:
        stem: what its forms have in common.
        start: offset in its text.
        named: whether it is written as a name: with a capital that no sentence's beginning explains.
        of_state: whether it belongs to the name of a state, its people, its capital or seat.
        number: what it counts, when it is a number.
    """

    text: str
    stem: str
    start: int
    named: bool
    of_state: bool
    number: float | None


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, by its stops."""
    out: list[tuple[int, int]] = []
    start = 0
    for found in _SENTENCE_END.finditer(text):
        before = text[max(start, found.start() - _LONGEST_ABBREVIATION) : found.start() + 1]
        if "\n" not in found[0] and _ABBREVIATED.search(before):
            continue
        if text[start : found.end()].strip():
            out.append((start, found.end()))
        start = found.end()
    if text[start:].strip() or not out:
        out.append((start, len(text)))
    return out


def tokens(text: str, starts: Sequence[int]) -> list[Token]:
    """The words of a text; `starts` are the offsets at which sentences begin."""
    found = list(WORD.finditer(text))
    firsts = _firsts(found, starts)
    of_state = {n for first, length, _ in _states(found) for n in range(first, first + length)}
    return [
        Token(
            text=word[0],
            stem=stem(word[0]),
            start=word.start(),
            named=word[0][:1].isupper() and n not in firsts and len(word[0]) > 2,
            of_state=n in of_state,
            number=_number(word[0]),
        )
        for n, word in enumerate(found)
    ]


def states_written(text: str) -> Iterator[tuple[int, str]]:
    """Where states and their people are named, and their code; a name that two states have says nothing."""
    found = list(WORD.finditer(text))
    for first, _, code in _states(found):
        if code is not None:
            yield found[first].start(), code


def _firsts(found: Sequence[re.Match[str]], starts: Sequence[int]) -> set[int]:
    """Numbers of the words that open a sentence."""
    out: set[int] = {0}
    left = list(starts)
    for n, word in enumerate(found):
        while left and left[0] <= word.start():
            if word.start() - left[0] <= _MARKS:
                out.add(n)
            left.pop(0)
    return out


def _states(found: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, str | None]]:
    """Names of states, their people, capitals and seats: first word, how many, and the code; the longest name first.

    Capitals and seats have no code here: many a town has the name of one, and the reader knows better.
    """
    names = _names()
    words = [fold(word[0].removesuffix("'s").removesuffix("’s")) for word in found]
    i = 0
    while i < len(words):
        length = 1
        if found[i][0][:1].isupper():
            for long in range(min(_LONGEST_NAME, len(words) - i), 0, -1):
                name = " ".join(words[i : i + long])
                if name in names:
                    length = long
                    yield i, long, names[name]
                    break
        i += length


@lru_cache(maxsize=1)
def _names() -> dict[str, str | None]:
    codes: dict[str, set[str | None]] = {}
    for data in under("states").values():
        for row in rows_of(data):
            for name, code in _called(row):
                words = [fold(word) for word in WORD.findall(name)]
                if any(len(word) > 2 for word in words):
                    codes.setdefault(" ".join(words), set()).add(code)
    return {name: next(iter(found)) if len(found) == 1 else None for name, found in codes.items()}


def _called(row: Any) -> Iterator[tuple[str, str | None]]:
    """What a state, its people, its capital and its seats are called; the latter without its code."""
    if not isinstance(row, dict):
        return
    code = row.get("code") if row.get("kind") != "former" else None
    own = [
        row.get("name"),
        *(n for key in ("names", "adjectives", "shared_adjectives", "people") for n in row.get(key) or ()),
    ]
    weak = [row.get("capital"), *(row.get("seats") or ()), *(row.get("weak") or ())]
    yield from ((name, code) for name in own if name)
    yield from ((name, None) for name in weak if name and name not in own)


def _number(word: str) -> float | None:
    if not word[0].isdigit():
        return fate_words().file.numbers.get(word.lower())
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None
