"""The stretch of a text that shows best why it was found, and where in it the words stand.

SQLite cuts such stretches itself; for PostgreSQL, which has other rules, they are cut here by the same ones: up to
`WORDS` words, the stretch with most of what was asked for, then the one that begins a sentence, then the one in which
it stands most often, then the first.

In: texts, and what was asked for as phrases of stems. Out: a stretch, and the places of words in it in code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

WORDS = 32
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_SENTENCE = re.compile(r"[.!?:]\W*$|\n\W*$")
_MARKS = re.compile(r"[\u0300-\u036f]+")


class Word(NamedTuple):
    """A word of a text: where it stands, and as it is looked up: lower case, without accents."""

    start: int
    end: int
    plain: str


class Stretch(NamedTuple):
    """A cut text: `marks` are the places of what was asked for; `parts` how much of it is there."""

    text: str
    marks: tuple[tuple[int, int], ...]
    parts: int


def words(text: str) -> list[Word]:
    """The words of a text."""
    return [Word(found.start(), found.end(), plain(found[0])) for found in _WORD.finditer(text)]


def plain(word: str) -> str:
    """A word in lower case, without accents."""
    return word.lower() if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word)).lower()


def stretch(text: str, told: Sequence[Word], stems: Mapping[str, str], phrases: Sequence[Sequence[str]]) -> Stretch:
    """The best stretch of a text.

    Args:
        text: the whole of it.
        told: its words.
        stems: of all its words, by what they are looked up as.
        phrases: what was asked for, each a row of stems.
    """
    row = [stems.get(word.plain, word.plain) for word in told]
    found = sorted(hit for number, phrase in enumerate(phrases) for hit in _stands(row, phrase, number))
    first = _best(text, told, found)
    last = min(first + WORDS, len(told))
    begin = told[first].start if first else 0
    end = told[last - 1].end if last < len(told) else len(text)
    opening, closing = "…" if begin else "", "…" if end < len(text) else ""
    marks: list[tuple[int, int]] = []
    inside = [hit for hit in found if hit[0] >= first and hit[0] + hit[1] <= last]
    for place, length, _ in inside:
        start = told[place].start - begin + len(opening)
        stop = told[place + length - 1].end - begin + len(opening)
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], stop))
        else:
            marks.append((start, stop))
    return Stretch(opening + text[begin:end] + closing, tuple(marks), len({hit[2] for hit in inside}))


def _stands(row: Sequence[str], phrase: Sequence[str], number: int) -> Iterator[tuple[int, int, int]]:
    """Where a phrase stands among stems: place, length and the phrase's number."""
    length = len(phrase)
    for place, stem in enumerate(row):
        if phrase and stem == phrase[0] and list(row[place : place + length]) == list(phrase):
            yield place, length, number


def _best(text: str, told: Sequence[Word], found: Sequence[tuple[int, int, int]]) -> int:
    """The word that the best stretch begins with."""
    if len(told) <= WORDS or not found:
        return 0
    furthest = len(told) - WORDS
    begins = {0, *(number for number in range(1, len(told)) if _begins(text, told, number))}
    near = {number for place, _, _ in found for number in begins if 0 <= place - number < WORDS}
    chosen, best = 0, (-1, False, -1)
    for first in sorted({min(first, furthest) for first in (*near, *(place for place, _, _ in found))}):
        inside = [hit for hit in found if hit[0] >= first and hit[0] + hit[1] <= first + WORDS]
        worth = (len({number for _, _, number in inside}), first in begins, len(inside))
        if worth > best:
            chosen, best = first, worth
    return chosen


def _begins(text: str, told: Sequence[Word], number: int) -> bool:
    return bool(_SENTENCE.search(text[told[number - 1].end : told[number].start].rstrip(" \t“\"'‘(") or " "))
