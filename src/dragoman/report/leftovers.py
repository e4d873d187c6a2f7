"""Stretches of a page that are not reporting, so that readers can step over them.

In: a text, and its headline if known. Out: offsets with a reason: share lines, comment boxes, tag lists, captions,
copyright notes, other headlines, machine time stamps, the headline told twice. The text itself is never changed.

What counts as a leftover, the agencies that sign reports, and words that only look like a dateline's place are data:
``knowledge/leftovers.yaml``. Its loader is here and is strict: an unknown key, a wrong type or a pattern that does not
compile is a `KnowledgeError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import check, parse, raw
from dragoman.report.dates import stamp

_TAIL_LINE = 140  # a headline in a list of headlines is no longer than this
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(\[©]?[A-Z©@])")


class Leftover(NamedTuple):
    """A stretch that is not reporting: ``text[start:end]``, and what it is in plain words."""

    start: int
    end: int
    reason: str


class LeftoverRule(BaseModel):
    """One kind of leftover; see the comments in leftovers.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: str = Field(min_length=1)
    where: Literal["line", "sentence", "anywhere", "tail"]
    limit: int = Field(default=200, gt=0)
    exact_case: bool = False
    patterns: list[str] = Field(min_length=1)


class LeftoverFile(BaseModel):
    """The whole of leftovers.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agencies: dict[str, list[str]]
    not_places: list[str]
    press_towns: list[str]
    leftovers: list[LeftoverRule]


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    limit: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Leftovers:
    """leftovers.yaml made ready.

    Attributes:
        agencies: name of the publisher by every way to write it, in small letters.
        not_places, press_towns: words in small letters.
        rules: patterns by where they apply.
    """

    agencies: dict[str, str]
    not_places: frozenset[str]
    press_towns: frozenset[str]
    rules: dict[str, list[_Rule]]


@lru_cache(maxsize=4)
def load_leftovers(path: Path | None = None) -> Leftovers:
    """Read leftovers.yaml, ours or another.

    Raises:
        KnowledgeError: when it cannot be read, breaks the schema, names an agency twice or holds a broken pattern.
    """
    file = check(LeftoverFile, parse(path) if path else raw()["leftovers.yaml"], str(path or "leftovers.yaml"))
    agencies: dict[str, str] = {}
    for name, others in file.agencies.items():
        for written in {word.lower() for word in (name, *others)}:
            if agencies.setdefault(written, name) != name:
                raise KnowledgeError(f"{path}: agency {written!r} stands for both {agencies[written]} and {name}")
    rules: dict[str, list[_Rule]] = {}
    for rule in file.leftovers:
        source = "|".join(f"(?:{pattern})" for pattern in rule.patterns)
        try:
            pattern = re.compile(source, 0 if rule.exact_case else re.IGNORECASE)
        except re.error as error:
            raise KnowledgeError(f"{path}: pattern of {rule.reason!r}: {error}") from error
        rules.setdefault(rule.where, []).append(_Rule(rule.reason, rule.limit, pattern))
    return Leftovers(agencies, frozenset(file.not_places), frozenset(file.press_towns), rules)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of every line that holds something, without the white space around it."""
    start = 0
    for whole in text.split("\n"):
        body = whole.strip()
        if body:
            at = start + len(whole) - len(whole.lstrip())
            yield at, at + len(body)
        start += len(whole) + 1


def line_reason(line: str) -> str | None:
    """Why a whole line is no reporting, or None."""
    rules = load_leftovers().rules
    whole: list[_Rule] = [*rules.get("line", ()), *rules.get("tail", ())]
    for rule in whole:
        if len(line) <= rule.limit and rule.pattern.match(line):
            return rule.reason
    if len(line) <= 100:
        found = stamp(line)
        if found is not None and not found[1]:
            return "time stamp"
    return None


def same_headline(one: str, other: str) -> bool:
    """Whether two lines are the same headline, case, spacing and marks aside."""
    return _plain(one) == _plain(other) != ""


def _plain(line: str) -> str:
    return re.sub(r"[\W_]+", " ", line).strip().lower()


def noise(text: str, title: str | None = None) -> list[Leftover]:
    """Stretches of a report that are page leftovers, in text order, not overlapping.

    Args:
        text: the report's text.
        title: its headline; told a second time, it is a leftover. Without it, the first line stands for it.
    """
    rules = load_leftovers().rules
    found: list[Leftover] = []
    in_tail: str | None = None
    headline, told = title, 0
    for number, (start, end) in enumerate(lines(text)):
        line = text[start:end]
        if headline is None and number == 0 and len(line) <= 200 and not line.endswith("."):
            headline = line
        if headline and len(line) <= 250 and same_headline(line, headline):
            told += 1
            if told > 1:
                found.append(Leftover(start, end, "headline told twice"))
                continue
        reason = line_reason(line)
        if reason is None and in_tail and len(line) <= _TAIL_LINE and not re.search(r"[.!?][\"”’)]*$", line):
            reason = in_tail
        if reason is not None:
            found.append(Leftover(start, end, reason))
            if any(len(line) <= rule.limit and rule.pattern.match(line) for rule in rules.get("tail", ())):
                in_tail = reason
            continue
        in_tail = None
        found.extend(_inside(text, start, end))
    return _merged(found)


def _inside(text: str, start: int, end: int) -> Iterator[Leftover]:
    """Leftovers inside a line that is otherwise reporting, as flattened pages have them."""
    rules = load_leftovers().rules
    for rule in rules.get("anywhere", ()):
        for match in rule.pattern.finditer(text, start, end):
            yield Leftover(match.start(), match.end(), rule.reason)
    edges = [start, *(match.end() for match in _SENTENCE.finditer(text, start, end)), end]
    for first, last in pairwise(edges):
        for rule in rules.get("sentence", ()):
            if last - first <= rule.limit and rule.pattern.match(text, first, last):
                yield Leftover(first, first + len(text[first:last].rstrip()), rule.reason)
                break


def _merged(found: list[Leftover]) -> list[Leftover]:
    out: list[Leftover] = []
    for item in sorted(found, key=lambda leftover: (leftover.start, -leftover.end)):
        if out and item.start < out[-1].end:
            last = out[-1]
            out[-1] = Leftover(last.start, max(last.end, item.end), last.reason)
        else:
            out.append(item)
    return out
