"""Quotations: words between quotation marks, also where they run over several paragraphs.

In: a text and its paragraphs. Out: `Quotation`s in text order. Straight and curly double quotes, guillemets, two
apostrophes or backticks in a row, and single curly or straight quotes used as quotation marks (not apostrophes) are
understood. A paragraph that opens a quotation and does not close it goes on in the next paragraph when that one opens
with a mark again; both then carry the same ``part``. A mark that never closes ends with its paragraph. A quotation
inside another is part of the outer one and not given by itself.
"""

from __future__ import annotations

from dragoman.reading.words import Quotation

_OPEN = {"“": "”", "«": "»", "„": "“”", "‟": "”"}
_STRAIGHT = '"'
_SINGLE = "'‘"
_TWINS = ("''", "``", "‘‘")
# A single mark must close within this many characters; farther off it is an apostrophe.
_SINGLE_REACH = 400
# One word between single marks is a quotation only up to this length in characters.
_ONE_WORD = 24


def find_quotations(text: str, paragraphs: list[tuple[int, int]]) -> list[Quotation]:
    """Find the quotations of a text.

    Args:
        text: the report's text.
        paragraphs: (start, end) offsets of its paragraphs, in order.
    """
    out: list[Quotation] = []
    part = -1
    carried = False
    for start, end in paragraphs:
        i = start
        first = True
        while i < end:
            char = text[i]
            if char not in _OPEN and char != _STRAIGHT and char not in _SINGLE and char != "`":
                if first and not char.isspace():
                    first = False
                i += 1
                continue
            opened = _opened(text, i, start, end)
            if opened is None:
                first = False
                i += 1
                continue
            width, closers = opened
            if not (carried and first):
                part += 1
            carried = False
            close = _close(text, i + width, end, closers)
            inner_start = i + width
            inner_end = close if close is not None else end
            if inner_end > inner_start:
                outer_end = inner_end + (width if close is not None else 0)
                if close is None and inner_end - inner_start > 1:
                    carried = True
                out.append(Quotation(inner_start, inner_end, i, outer_end, part))
            i = inner_end + width
            first = False
    return out


def _opened(text: str, i: int, start: int, end: int) -> tuple[int, str] | None:
    """Width of the mark that opens a quotation at `i` and the marks that would close it, or None."""
    char = text[i]
    before = text[i - 1] if i > start else " "
    if text.startswith(_TWINS, i):
        # ''So be it,'' of old wire copy
        after = text[i + 2] if i + 2 < end else " "
        return (2, "''") if not before.isalnum() and not after.isspace() and text.find("''", i + 2, end) > 0 else None
    if char in _OPEN:
        return 1, _OPEN[char]
    after = text[i + 1] if i + 1 < end else " "
    opens = not before.isalnum() and not after.isspace()
    if char == _STRAIGHT:
        return (1, _STRAIGHT) if opens or before.isspace() else None
    if char in _SINGLE and opens and after.isalnum() and before not in '"“':
        # 'Quoted words' in British style; 'tis and '90s close nowhere near and are left alone.
        mark = "'" if char == "'" else "’"
        close = _close(text, i + 1, min(end, i + _SINGLE_REACH), mark)
        if close is None or close - i <= 3:
            return None
        inner = text[i + 1 : close]
        return (1, mark) if " " in inner or (len(inner) <= _ONE_WORD and inner.isalpha()) else None
    return None


def _close(text: str, j: int, end: int, closers: str) -> int | None:
    """Offset of the mark that closes a quotation whose words begin at `j`."""
    if closers == "''":
        found = text.find("''", j, end)
        return found if found >= 0 else None
    if closers in "'’":
        return _close_single(text, j, end, closers)
    nearest = -1
    for mark in closers:
        found = text.find(mark, j, end)
        if found >= 0 and (nearest < 0 or found < nearest):
            nearest = found
    if nearest < 0 and closers == "”":
        # “Opened curly, closed straight"
        nearest = text.find(_STRAIGHT, j, end)
    return nearest if nearest >= 0 else None


def _close_single(text: str, j: int, end: int, mark: str) -> int | None:
    while j < end:
        j = text.find(mark, j, end)
        if j < 0:
            return None
        inside = j + 1 < end and text[j + 1].isalnum()
        plural = text[j - 1] == "s" and j + 1 < end and text[j + 1] == " "
        if not inside and not plural:
            return j
        j += 1
    return None
