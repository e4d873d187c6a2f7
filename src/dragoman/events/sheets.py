"""A sentence and its marked pairs as the model sees them.

In: a text and pairs of stretches (offsets in code points). Out: `Sheet`s: the pieces of the sentence, then four marks
for each pair: where its actor begins and ends, where its recipient does. Training and reading build them with this, so
that the model is asked as it was taught.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Offsets = tuple[int, int]
Pair = tuple[Offsets, Offsets]

LONGEST = 160
"""Pieces of a sentence that the model sees, the opening and the closing one among them."""
MOST = 12
"""Pairs on one sheet."""
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
"""Pieces no text has, which mark the two stretches."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pieces as numbers.

    Attributes:
        positions: the place of each piece in the sentence; a mark has that of the piece it marks.
        length: pieces of the sentence itself, its opening and closing one among them.
        pairs: 0 for a piece of the sentence, the pair's number from 1 for a mark.
        marks: where the four marks of each pair stand.
        starts: the offset in the text where each piece of the sentence begins; of the end pieces -1.
        which: the numbers of the pairs in the list that was given.
    """

    ids: tuple[int, ...]
    positions: tuple[int, ...]
    length: int
    pairs: tuple[int, ...]
    marks: tuple[tuple[int, int, int, int], ...]
    starts: tuple[int, ...]
    which: tuple[int, ...]


def sheets_of(
    cut: Callable[[str], list[int]],
    marks: Sequence[int],
    ends: tuple[int, int],
    text: str,
    pairs: Sequence[Pair],
    *,
    cuts: Sequence[Offsets] = (),
) -> list[Sheet]:
    """Sheets of a sentence, of at most `MOST` pairs each; of a sentence that is too long, one for each pair.

    Args:
        cut: gives a text's pieces.
        marks: the pieces that open and close the actor's stretch, then the recipient's.
        ends: the pieces that open and close a text.
        pairs: stretches of the text; what lies behind its end is not looked at.
        cuts: more stretches at whose ends the text is cut, so that they begin with a piece.
    """
    last = len(text)
    pairs = [((min(a, last), min(b, last)), (min(c, last), min(d, last))) for (a, b), (c, d) in pairs]
    edges = sorted({0, len(text), *(n for pair in pairs for span in pair for n in span), *(n for c in cuts for n in c)})
    ids: list[int] = []
    starts: list[int] = []
    at: dict[int, int] = {}
    for begin, end in pairwise(edges):
        at[begin] = len(ids)
        # Words are cut one by one, so that it is known where each piece begins.
        for start, word in _words(text, begin, end):
            pieces = cut(word)
            ids += pieces
            starts += [start] * len(pieces)
    at[len(text)] = len(ids)
    room = LONGEST - 2
    if len(ids) <= room:
        groups = [range(n, min(n + MOST, len(pairs))) for n in range(0, len(pairs), MOST)]
        return [_sheet(ids, starts, at, marks, ends, pairs, list(group), 0, len(ids)) for group in groups]
    out = []
    for n, (actor, recipient) in enumerate(pairs):
        # What is too far from the marks is cut off.
        first = max(0, min(min(at[actor[0]], at[recipient[0]]) - 30, len(ids) - room))
        out.append(_sheet(ids, starts, at, marks, ends, pairs, [n], first, first + room))
    return out


def _words(text: str, begin: int, end: int) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    start = begin
    for n in range(begin, end + 1):
        if n == end or text[n].isspace():
            if n > start:
                out.append((start, text[start:n]))
            start = n + 1
    return out


def _sheet(
    ids: list[int],
    starts: list[int],
    at: dict[int, int],
    marks: Sequence[int],
    ends: tuple[int, int],
    pairs: Sequence[Pair],
    group: list[int],
    first: int,
    last: int,
) -> Sheet:
    """One sheet of the pieces ``first`` up to but without ``last`` and the pairs of a group."""
    words = [ends[0], *ids[first:last], ends[1]]
    length = len(words)
    positions = list(range(length))
    numbers = [0] * length
    where: list[tuple[int, int, int, int]] = []
    for number, n in enumerate(group, 1):
        places = []
        for span in pairs[n]:
            opening = min(max(at[span[0]] - first, 0) + 1, length - 1)
            closing = min(max(at[span[1]] - 1 - first, at[span[0]] - first, 0) + 1, length - 1)
            places += [opening, closing]
        here = len(words)
        where.append((here, here + 1, here + 2, here + 3))
        words += marks
        positions += places
        numbers += [number] * 4
    begins = (-1, *starts[first:last], -1)
    return Sheet(tuple(words), tuple(positions), length, tuple(numbers), tuple(where), begins, tuple(group))
