"""Single cells mended: codes that lost their zero, days in other forms, numbers with a stray ``.0``.

In: a cell's text. Out: what it says, and in plain words what was wrong with it, or None. A cell that cannot be made
sense of gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from dragoman.knowledge.codebook import codebook

MISSING = frozenset(("", "none", "null", "nan", "na", "n/a", "\\n"))
_FORMS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%m/%d/%y", "%d%b%Y", "%d-%b-%Y", "%Y/%m/%d")
_TIME = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


@dataclass(frozen=True, slots=True)
class Mended:
    """What was wrong with a cell, and what was made of it."""

    kind: str
    what: str
    done: str


def text(cell: str) -> str | None:
    """A cell's text; None for what stands for nothing."""
    kept = " ".join(cell.split())
    return None if kept.lower() in MISSING else kept


def whole(cell: str) -> int | None:
    """A whole number, also one that went through a spreadsheet (``12.0``)."""
    kept = (text(cell) or "").removesuffix(".0")
    return int(kept) if re.fullmatch(r"[+-]?\d{1,18}", kept) else None


def number(cell: str) -> float | None:
    """A number."""
    kept = text(cell) or ""
    return float(kept) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", kept) else None


def day(cell: str) -> tuple[date | None, Mended | None]:
    """A day, as ISO, YYYYMMDD or one of the forms that have been seen."""
    kept = (text(cell) or "").removesuffix(".0")
    for form in _FORMS:
        try:
            found = datetime.strptime(_TIME.sub("", kept), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year > 2100:
            return None, Mended("day", f"{kept!r} is a day of the year {found.year}", "left out")
        usual = form in _FORMS[:2]
        return found, None if usual else Mended("day", f"{kept!r} is a day in another form", f"read as {found}")
    return None, Mended("day", f"{kept!r} is no day", "left out") if kept else None


def cameo(cell: str, *, root: str | None = None, score: float | None = None) -> tuple[str | None, Mended | None]:
    """A CAMEO code with its zero.

    A code that CAMEO does not have, but has with a zero before it, lost that zero. Of two digits both readings can be
    there (``14``: 014 or 140): the root code beside it decides, else the score, else that a lost zero is what happens.

    Args:
        cell: the code.
        root: the root code beside it, if there is one.
        score: the Goldstein value beside it, if there is one.
    """
    kept = (text(cell) or "").removesuffix(".0")
    book = codebook().cameo
    if kept in book or not kept:
        return kept or None, None
    if re.fullmatch(r"\d{1,3}", kept):
        readings = [code for code in (f"0{kept}", f"0{kept}0", f"{kept}0") if code in book]
        fits = [code for code in readings if root and code[:2] == root.removesuffix(".0").zfill(2)]
        fits = fits or [code for code in readings if score is not None and abs(book[code].goldstein - score) < 0.06]
        if readings:
            code = (fits or readings)[0]
            what = "lost its leading zero" if code.startswith("0") else "is a root code"
            return code, Mended("code", f"CAMEO code {kept!r} {what}", f"read as {code}")
    if re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", kept):
        return kept, Mended("code", f"CAMEO has no code {kept!r}", "kept; its category is its parent's")
    return None, Mended("code", f"{kept!r} is no CAMEO code", "left out")


def falls_into(code: str | None) -> tuple[str | None, str | None]:
    """PLOVER's category and mode of a CAMEO code; of one that CAMEO does not have, its parent's."""
    book = codebook().cameo
    if code is None:
        return None, None
    entry = book.get(code) or book.get(code[:3]) or book.get(f"{code[:2]}0")
    return (entry.category, entry.mode) if entry else (None, None)
