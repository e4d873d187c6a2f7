"""The corpus as examples: reading its two formats, and everything that may be wrong with a line.

In: a folder of `pairs/*.txt` and `sentences/*.txt` (see corpus/README.md). Out: `Line`s, and from them `Example`s: a
sentence, a marked actor, a marked recipient, and what the first does to the second. A line that breaks the format is a
`Fault` with its file, number and reason; nothing is passed over in silence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from dragoman.events.scorer import ROOT_OF, Offsets
from dragoman.knowledge.codebook import codebook

STATUSES = ("occurred", "planned", "requested", "hypothetical", "negated", "background")
FORMS = ("headline", "lead", "body", "long", "readout", "translated", "older", "quote")
# Codes that CAMEO has and PLOVER has no category for: appeals and statements.
_APPEALS = re.compile(r"^0[12]\d{1,2}$")
_PAIR_MARK = re.compile(r"</?([art])>")
_MARK = re.compile(r"\{(t?\d+) |\}")
_EVENT = re.compile(r"^(?P<left>[\d,]+)(?P<arrow>[>=])(?P<right>[\d,]*) (?P<category>[A-Z]+)(?:/(?P<mode>[a-z-]+))? "
                    r"(?P<cameo>\d{2,4}|-) (?P<status>[a-z]+) (?P<trigger>t\d+(?:[, ] ?t\d+)*)$")  # fmt: skip
# Categories in which what the first does to the second says nothing of what the second does to the first.
_ONE_WAY = frozenset(
    (
        "ACCUSE",
        "THREATEN",
        "REQUEST",
        "AID",
        "SANCTION",
        "COERCE",
        "REJECT",
        "PROTEST",
        "MOBILIZE",
        "RETREAT",
        "CONCEDE",
    )
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line."""

    path: str
    number: int
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.number}: {self.why}"


@dataclass(frozen=True)
class Event:
    """One thing that happens in a sentence; sides are numbers of its actors."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    mutual: bool
    category: str
    mode: str | None
    cameo: str | None
    status: str
    triggers: tuple[Offsets, ...]


@dataclass
class Line:
    """A sentence of the corpus.

    Attributes:
        actors: where each actor is named, by number.
        whole: whether every event between its actors is listed.
        reason: why a sentence without events has none.
    """

    path: str
    number: int
    form: str | None
    text: str
    actors: dict[int, list[Offsets]]
    events: list[Event]
    whole: bool
    reason: str | None = None


@dataclass(frozen=True)
class Example:
    """What the model sees: a sentence, two marked stretches, and the answer; no category is NONE."""

    text: str
    actor: Offsets
    recipient: Offsets
    category: str | None
    mode: str | None
    cameo: str | None
    status: str | None
    trigger: tuple[Offsets, ...]
    form: str | None
    path: str
    number: int
    key: str = field(default="", compare=False)

    @property
    def root(self) -> str:
        """CAMEO root, or NONE; where a line has no code, the root that the category stands for."""
        if self.category is None:
            return "NONE"
        return self.cameo[:2] if self.cameo else ROOT_OF[self.category]


def read(folder: Path) -> tuple[list[Line], list[Fault]]:
    """All lines of a corpus folder, and all faults."""
    lines: list[Line] = []
    faults: list[Fault] = []
    for path in sorted((*folder.glob("pairs/*.txt"), *folder.glob("sentences/*.txt"))):
        one = _sentence if path.parent.name == "sentences" else _pair
        name = path.relative_to(folder).as_posix()
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not raw.strip() or raw.startswith("#"):
                continue
            try:
                line = one(name, number, raw.strip())
                _coded(line)
                lines.append(line)
            except ValueError as error:
                faults.append(Fault(name, number, str(error)))
    faults += _twice(lines)
    return lines, faults


def _pair(path: str, number: int, raw: str) -> Line:
    parts = raw.split(" | ", 3)
    if len(parts) != 4:
        raise ValueError("needs four fields: PLOVER[/mode] | CAMEO | status | sentence")
    label, cameo, status, marked = (p.strip() for p in parts)
    text = ""
    spans: dict[str, list[Offsets]] = {"a": [], "r": [], "t": []}
    opened: dict[str, int] = {}
    last = 0
    for m in _PAIR_MARK.finditer(marked):
        text += marked[last : m.start()]
        last = m.end()
        if not m.group().startswith("</"):
            opened[m.group(1)] = len(text)
        elif m.group(1) in opened:
            spans[m.group(1)].append((opened.pop(m.group(1)), len(text)))
        else:
            raise ValueError(f"{m.group()} closes nothing")
    text += marked[last:]
    if opened:
        raise ValueError(f"<{next(iter(opened))}> is never closed")
    if not spans["a"] or not spans["r"]:
        raise ValueError("marks no actor or no recipient")
    category, _, mode = label.partition("/")
    actors = {1: spans["a"], 2: spans["r"]}
    if category == "NONE":
        return Line(path, number, None, text, actors, [], whole=False, reason="none")
    event = Event((1,), (2,), False, category, mode or None, None if cameo == "-" else cameo, status, tuple(spans["t"]))
    return Line(path, number, None, text, actors, [event], whole=False)


def _sentence(path: str, number: int, raw: str) -> Line:
    head, bars, tail = raw.rpartition(" || ")
    form, bar, marked = head.partition(" | ")
    if not bars or not bar:
        raise ValueError("needs: form | sentence || events")
    if form.strip() not in FORMS:
        raise ValueError(f"no form {form.strip()!r}")
    text, actors, triggers = _marks(marked.strip())
    if len(actors) < 2:
        raise ValueError("marks fewer than two actors")
    tail = tail.strip()
    line = Line(path, number, form.strip(), text, actors, [], whole=True)
    if tail.startswith("none"):
        line.reason = tail.removeprefix("none").strip() or "none"
        return line
    for piece in tail.split(" ; "):
        m = _EVENT.match(piece.strip())
        if m is None:
            raise ValueError(f"no event: {piece.strip()!r}")
        left = tuple(int(n) for n in m["left"].split(","))
        right = tuple(int(n) for n in m["right"].split(",")) if m["right"] else ()
        for n in (*left, *right):
            if n not in actors:
                raise ValueError(f"actor {n} is not marked")
        if set(left) & set(right):
            raise ValueError(f"acts on itself: {piece.strip()!r}")
        found: list[Offsets] = []
        for name in re.split(r"[, ]+", m["trigger"]):
            if name not in triggers:
                raise ValueError(f"trigger {name} is not marked")
            found += triggers[name]
        line.events.append(
            Event(
                left, right, m["arrow"] == "=", m["category"], m["mode"], None if m["cameo"] == "-" else m["cameo"],
                m["status"], tuple(found),
            )
        )  # fmt: skip
    return line


def _marks(marked: str) -> tuple[str, dict[int, list[Offsets]], dict[str, list[Offsets]]]:
    """The bare text, and where actors and triggers stand in it; marks may lie inside one another."""
    text = ""
    actors: dict[int, list[Offsets]] = {}
    triggers: dict[str, list[Offsets]] = {}
    opened: list[tuple[str, int]] = []
    last = 0
    for m in _MARK.finditer(marked):
        text += marked[last : m.start()]
        last = m.end()
        if m.group(1):
            opened.append((m.group(1), len(text)))
            continue
        if not opened:
            raise ValueError("} closes nothing")
        name, start = opened.pop()
        if start == len(text):
            raise ValueError(f"{{{name} }} marks nothing")
        if name.startswith("t"):
            triggers.setdefault(name, []).append((start, len(text)))
        else:
            actors.setdefault(int(name), []).append((start, len(text)))
    text += marked[last:]
    if opened:
        raise ValueError(f"{{{opened[-1][0]} is never closed")
    if "{" in text or "}" in text:
        raise ValueError("a brace that marks nothing")
    return text, actors, triggers


def _coded(line: Line) -> None:
    """Every code is in the codebook.

    Raises:
        ValueError: saying which is not.
    """
    book = codebook()
    for event in line.events:
        if event.category not in book.categories:
            raise ValueError(f"no category {event.category!r}")
        if event.mode is not None and event.mode not in book.modes.get(event.category, {}):
            raise ValueError(f"{event.category} has no mode {event.mode!r}")
        if event.cameo is not None and event.cameo not in book.cameo and not _APPEALS.match(event.cameo):
            raise ValueError(f"no CAMEO code {event.cameo!r}")
        if event.status not in STATUSES:
            raise ValueError(f"no status {event.status!r}")
        if not event.triggers:
            raise ValueError("an event without a trigger")


def _twice(lines: Iterable[Line]) -> list[Fault]:
    seen: dict[tuple[str, bool, str], Line] = {}
    out: list[Fault] = []
    for line in lines:
        event = line.events[0] if line.events else None
        key = (line.text, line.whole, "" if line.whole or event is None else f"{event} {line.actors}")
        if key in seen:
            out.append(Fault(line.path, line.number, f"the same as {seen[key].path}:{seen[key].number}"))
        seen[key] = line
    return out


def construction(line: Line) -> str:
    """What groups sentences built alike: first trigger, order of actor, trigger and recipient, category."""
    if not line.events:
        return f"none {line.reason} {' '.join(re.findall(r'[a-z]+', line.text.lower())[:3])}"
    event = line.events[0]
    trigger = " ".join(line.text[a:b].lower() for a, b in event.triggers)
    where = [("S", min(a for n in event.actors for a, _ in line.actors[n])), ("T", event.triggers[0][0])]
    if event.recipients:
        where.append(("R", min(a for n in event.recipients for a, _ in line.actors[n])))
    order = "".join(name for name, _ in sorted(where, key=lambda x: x[1]))
    return f"{event.category} {trigger} {order}"


def set_aside(line: Line) -> bool:
    """Whether a line is kept out of training: a tenth, whole constructions at a time."""
    return int(hashlib.sha256(construction(line).encode()).hexdigest()[:8], 16) % 10 == 0


def examples(lines: Iterable[Line]) -> Iterator[Example]:
    """Marked pairs with their answers; pairs that no event joins are NONE.

    A line of which only one pair is known gives that pair, and for one-way categories the reversed pair as NONE.
    """
    for line in lines:
        made: set[tuple[int, int]] = set()
        for event in line.events:
            ways = [(a, r) for a in event.actors for r in event.recipients]
            if event.mutual:
                ways += [(r, a) for a, r in ways] or list(permutations(event.actors, 2))
            for a, r in ways:
                made.add((a, r))
                yield _example(line, a, r, event)
        if line.whole or not line.events:
            pairs = list(permutations(line.actors, 2))
        else:
            pairs = [(2, 1)] if line.events[0].category in _ONE_WAY else []
        for a, r in pairs:
            if (a, r) not in made and not (not line.whole and not line.events and (a, r) != (1, 2)):
                yield _example(line, a, r, None)


def _example(line: Line, actor: int, recipient: int, event: Event | None) -> Example:
    anchor = event.triggers[0][0] if event is not None else 0

    def near(number: int) -> Offsets:
        """The mention nearest the trigger; where nothing happens any of them, by turns."""
        spans = line.actors[number]
        if event is None:
            return spans[(line.number + actor + recipient) % len(spans)]
        return min(spans, key=lambda span: abs(span[0] - anchor))

    return Example(
        line.text, near(actor), near(recipient), event.category if event else None, event.mode if event else None,
        event.cameo if event else None, event.status if event else None, event.triggers if event else (), line.form,
        line.path, line.number, construction(line),
    )  # fmt: skip
