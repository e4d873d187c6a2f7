"""Quotations: words between quotation marks, also where they run over several paragraphs.

In: a text and its paragraphs. Out: `Quotation`s in text order. Straight and curly double quotes, guillemets and
single curly or straight quotes used as quotation marks (not apostrophes) are understood. A paragraph that opens a
quotation and does not close it goes on in the next paragraph when that one opens with a mark again; both then carry
the same ``part``. A mark that never closes ends with its paragraph.
"""

from __future__ import annotations

from dragoman.reading.words import Quotation

_OPEN = {"“": "”", "«": "»", "„": "“”", "‟": "”"}
_STRAIGHT = '"'


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
            closers = _closers(text, i, start, end)
            if closers is None:
                if not char.isspace():
                    first = False
                i += 1
                continue
            if not (carried and first):
                part += 1
            carried = False
            close = _close(text, i, end, closers)
            inner_end = close if close is not None else end
            inner_start = i + 1
            if inner_end > inner_start:
                outer_end = inner_end + (1 if close is not None else 0)
                if close is None and inner_end - inner_start > 1:
                    carried = True
                out.append(Quotation(inner_start, inner_end, i, outer_end, part))
            i = inner_end + 1
            first = False
    return out


def _closers(text: str, i: int, start: int, end: int) -> str | None:
    """The marks that would close a quotation opening at `i`, or None when none opens there."""
    char = text[i]
    if char in _OPEN:
        return _OPEN[char]
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    opens = not before.isalnum() and not after.isspace()
    if char == _STRAIGHT:
        return _STRAIGHT if opens or before.isspace() else None
    if char in "'‘" and opens and after.isalnum() and before not in "\"“":
        # 'Quoted words' in British style; 'tis and '90s close nowhere near and are left alone.
        mark = "'" if char == "'" else "’"
        close = _close(text, i, min(end, i + 400), mark)
        return mark if close is not None and close - i > 3 and " " in text[i:close] else None
    return None


def _close(text: str, i: int, end: int, closers: str) -> int | None:
    j = i + 1
    while j < end:
        if text[j] in closers:
            if closers in "'’":
                inside = j + 1 < end and text[j + 1].isalnum()
                plural = text[j - 1] == "s" and j + 1 < end and text[j + 1] == " "
                if inside or plural:
                    j += 1
                    continue
            return j
        j += 1
    return None
