"""The number of the sentence a place in a text belongs to, the first being 1; near enough without a parse.

A sentence ends at a line's end, or at a mark with what closes a quotation, before a blank and a capital, a digit or an
opening quotation mark; not behind an initial or a title ("J. Smith", "Gen. Smith", "U.S. officials").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_END = re.compile(r"\n+|[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W_a-z])")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Rev|Hon|Amb|St|Jr|Sr|No|vs|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\.[A-Z])$"
)


@lru_cache(maxsize=64)
def _starts(text: str) -> tuple[int, ...]:
    found = [0]
    for end in _END.finditer(text):
        if text[end.start()] == "." and _SHORT.search(text, max(0, end.start() - 8), end.start()):
            continue
        if text[found[-1] : end.start()].strip():
            found.append(end.end())
        else:
            found[-1] = end.end()
    return tuple(found)


def sentence_number(text: str, offset: int) -> int:
    """Which sentence of the text holds this offset, counted from 1."""
    return max(1, bisect_right(_starts(text), offset))
