"""Judging on a terminal: one entry after the other, one key each.

In: entries to be judged, keys, and what keeps a verdict. Out: verdicts, kept as they are given. Keys: ``r`` right,
``w`` wrong, ``c`` corrected (then field by field), ``u`` unsure, ``s`` skip, ``b`` back to the one before, ``q`` quit,
``?`` why.
Where input is no terminal, keys are read from it one sign at a time and corrections line by line, so that it can be
scripted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from dragoman.archive.verdicts import FIELDS
from dragoman.errors import ArchiveError
from dragoman.knowledge.codebook import codebook
from dragoman.terminal.marked import sentence
from dragoman.terminal.palette import QUIET, STRONG, Palette
from dragoman.terminal.reasons import facts_of
from dragoman.terminal.tables import parties
from dragoman.terminal.view import TEXT_WIDTH
from dragoman.terminal.wording import cameo_words, counted, day, line, standing

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.record.entries import Event, Record

VERDICTS = {"r": "right", "w": "wrong", "c": "corrected", "u": "unsure"}
HELP = "r right · w wrong · c correct · u unsure · s skip · b back · q quit · ? why"


@dataclass(frozen=True, slots=True)
class Asked:
    """An event to be judged."""

    id: str
    record: Record
    event: Event


Keep = Callable[[str, str, Mapping[str, str] | None], None]
"""Keeps a verdict: entry, verdict, correction; an `ArchiveError` for one that cannot be."""


def judge(console: Console, asked: Sequence[Asked], keep: Keep, so_far: Mapping[str, int]) -> int:
    """Go through events until all are judged or somebody quits; returns how many verdicts were kept.

    Args:
        console: where to.
        asked: events, in the order in which they are shown.
        keep: takes each verdict.
        so_far: verdicts given before, for the running precision.
    """
    kept, place, tally = 0, 0, dict(so_far)
    given: dict[int, str] = {}
    while place < len(asked):
        _show(console, asked[place], place, len(asked), tally)
        key = read_key()
        if key in ("q", ""):
            break
        if key == "?":
            _why(console, asked[place].event)
            continue
        if key == "b":
            place = max(0, place - 1)
            continue
        if key == "s":
            place += 1
            continue
        verdict = VERDICTS.get(key)
        if verdict is None:
            console.print(Text(HELP, style=QUIET))
            continue
        correction = _correction(console, asked[place].event) if verdict == "corrected" else None
        if verdict == "corrected" and not correction:
            continue
        try:
            keep(asked[place].id, verdict, correction)
        except ArchiveError as error:
            console.print(Text(str(error), style=STRONG))
            continue
        if place in given:
            tally[given[place]] -= 1
        else:
            kept += 1
        given[place] = verdict
        tally[verdict] = tally.get(verdict, 0) + 1
        console.print(Text(f"{verdict}", style=STRONG))
        place += 1
    console.print(Text(f"{counted(kept, 'verdict')} kept. {precision_words(tally)}", style=QUIET))
    return kept


def precision_words(tally: Mapping[str, int]) -> str:
    """The share of right ones among those judged, with its interval; unsure ones do not count."""
    right = tally.get("right", 0)
    judged = right + tally.get("wrong", 0) + tally.get("corrected", 0)
    if not judged:
        return "Nothing judged right or wrong yet."
    low, high = wilson(right, judged)
    return f"Right: {right} of {judged}, {right / judged:.0%} (95 %: {low:.0%} to {high:.0%})."


def wilson(right: int, number: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's score interval of a share, 95 % by default.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if number == 0:
        return 0.0, 1.0
    share = right / number
    middle = share + z * z / (2 * number)
    spread = z * ((share * (1 - share) + z * z / (4 * number)) / number) ** 0.5
    whole = 1 + z * z / number
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def read_key() -> str:
    """One key, in lower case; empty at the end of input."""
    if sys.stdin.isatty():
        import click  # noqa: PLC0415 - reads a key on every system

        try:
            return click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            return "q"
    sign = sys.stdin.read(1)
    while sign in ("\n", "\r", " "):
        sign = sys.stdin.read(1)
    return sign.lower()


def read_line(console: Console, prompt: str) -> str:
    """A line as it is typed; empty at the end of input."""
    if sys.stdin.isatty():
        console.print(Text(prompt, style=QUIET), end="")
    return sys.stdin.readline().strip()


def _show(console: Console, asked: Asked, place: int, number: int, tally: Mapping[str, int]) -> None:
    event, report, palette = asked.event, asked.record.report, Palette(asked.record)
    width = min(console.width, TEXT_WIDTH)
    console.rule(Text(f" {place + 1} of {number} ", style=QUIET), style=QUIET, characters="─", align="left")
    known = (
        report.published.isoformat() if report.published else "",
        line(report.publisher) if report.publisher else "",
    )
    title = line(report.title) if report.title else "(no title)"
    console.print(Text(" · ".join(filter(None, (*known, title))), style=QUIET), width=width)
    console.print(Padding(sentence(asked.record, event, palette), (1, 2, 1, 2)), width=width)
    code = Text.assemble((event.category, STRONG), (f" {event.mode}" if event.mode else "", ""))
    if event.cameo:
        code.append(f"  {event.cameo} {cameo_words(event.cameo)}", style=QUIET)
    console.print(Padding(code, (0, 0, 0, 2)))
    who, whom = parties(event.actors, palette), parties(event.recipients, palette)
    console.print(Padding(Text(" → ").join([who, *([whom] if whom.plain else [])]), (0, 0, 0, 2)))
    facts = (standing(event), day(event.date), event.place.name if event.place else "", f"{event.confidence:.0%} sure")
    console.print(Padding(Text(" · ".join(filter(None, facts)), style=QUIET), (0, 0, 1, 2)))
    console.print(Text(f"{HELP}    {precision_words(tally)}", style=QUIET), width=width)


def _why(console: Console, event: Event) -> None:
    for label, reasons in facts_of(event):
        for reason in reasons:
            console.print(Padding(Text(f"{label}: {line(reason.fact)}", style=QUIET), (0, 0, 0, 2)))


def _correction(console: Console, event: Event) -> dict[str, str]:
    """What it should be, as ``field=value`` lines; an empty line ends them."""
    fields = ", ".join(FIELDS[type(event)])
    console.print(
        Text(f"What should it be? field=value, one a line; an empty line ends. Fields: {fields}", style=QUIET)
    )
    console.print(
        Text(f"Modes of {event.category}: {', '.join(codebook().modes.get(event.category, ())) or 'none'}", style=QUIET)
    )
    given: dict[str, str] = {}
    if not sys.stdin.isatty():
        sys.stdin.readline()  # what is left of the key's own line
    while text := read_line(console, "> "):
        name, sign, value = text.partition("=")
        if sign:
            given[name.strip()] = value.strip()
        else:
            console.print(Text("Write it as field=value, such as category=REQUEST", style=QUIET))
    return given
