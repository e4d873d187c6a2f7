"""What reading reaches today on the expected records and on the lexicon's own examples; written down on purpose only.

    .venv/bin/python tests/reached.py reports     # rewrites tests/reports/reached.yaml
    .venv/bin/python tests/reached.py frames      # rewrites the counts in tests/cases/frames.yaml

The tests hold every change to what is written there. Rewrite it when reading got better, or when it got worse for a
reason that is worth it; the difference then shows in the change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from dragoman import Reader
from dragoman.knowledge.lexicon import Frame
from dragoman.record.entries import Event, Party
from dragoman.report.report import Report
from expected import KINDS, Held, hold

HERE = Path(__file__).parent
REPORTS = HERE / "reports"
REACHED = REPORTS / "reached.yaml"
FRAMES = HERE / "cases" / "frames.yaml"


# -- expected records


def expected_records() -> list[Path]:
    """All of them."""
    return sorted(path for path in REPORTS.glob("*.yaml") if path != REACHED)


def story_of(path: Path) -> str:
    """The story a report belongs to: river, hostages, strait."""
    return path.stem.split("-")[0]


def all_held(reader: Reader) -> dict[str, Held]:
    """Every expected record held against what is read, by report."""
    return {path.stem: hold(reader, path) for path in expected_records()}


def summed(parts: Iterable[Held]) -> Held:
    """Several together."""
    whole = Held()
    for part in parts:
        whole += part
    return whole


def written(held: Held) -> dict[str, list[int]]:
    """Counts as they stand in the file: found and wanted by kind; forbidden; emitted events that are wanted."""
    counts = {kind: [held.found[kind], held.wanted[kind]] for kind in KINDS}
    return counts | {
        "forbidden": [held.forbidden, held.forbidden_of],
        "emitted_wanted": [held.emitted_wanted, held.emitted],
    }


def write_reports(reader: Reader) -> None:
    """Write down what each report reaches, and which entries are missing."""
    held = all_held(reader)
    lines = [
        "# What each report reaches: found of wanted by kind; forbidden entries coded, of all forbidden; wanted of",
        "# emitted events. Written by tests/reached.py, held by tests/test_reports.py.",
        "reports:",
    ]
    for name, part in held.items():
        lines.append(f"  {name}: {_flow(written(part))}")
    lines.append("missing:")
    for part in held.values():
        lines += [f"- {_quoted(line)}" for line in part.missing]
    REACHED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _flow(counts: dict[str, list[int]]) -> str:
    return "{" + ", ".join(f"{kind}: [{a}, {b}]" for kind, (a, b) in counts.items()) + "}"


def _quoted(words: str) -> str:
    return "'" + " ".join(words.split()).replace("'", "''") + "'"


# -- the lexicon's examples

_MARK = re.compile(r"</?[art]>")


def unmarked(example: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The plain sentence of an example, and where its marks <a>, <r> and <t> stand in it."""
    plain, marks, opened, at = "", {"a": [], "r": [], "t": []}, 0, 0
    for m in _MARK.finditer(example):
        plain += example[at : m.start()]
        at = m.end()
        if m.group()[1] == "/":
            marks[m.group()[2]].append((opened, len(plain)))
        else:
            opened = len(plain)
    return plain + example[at:], marks


def frame_outcomes(reader: Reader, frames: Iterable[Frame]) -> list[tuple[Frame, tuple[bool, bool, bool], list[Event]]]:
    """For each frame, whether its example is read as it says (category, actor, recipient), and what its words told."""
    frames = list(frames)
    examples = [unmarked(frame.example or "") for frame in frames]
    out = []
    records = reader.read_many(Report(text=plain) for plain, _ in examples)
    for frame, (_, marks), record in zip(frames, examples, records, strict=True):
        told = [e for e in record.events if _on((e.trigger.start, e.trigger.end), marks["t"])]
        same = [e for e in told if e.category == frame.category]
        sides = [(*e.actors, *e.recipients) if e.reciprocal else e.actors for e in same]
        others = [(*e.actors, *e.recipients) if e.reciprocal else e.recipients for e in same]
        by = any(_named(parties, marks["a"]) for parties in sides)
        to = any(_named(parties, marks["r"]) for parties in others) if marks["r"] else bool(same)
        out.append((frame, (bool(same), by, to), told))
    return out


def _on(span: tuple[int, int], places: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in places)


def _named(parties: Iterable[Party], places: list[tuple[int, int]]) -> bool:
    return any(_on((p.span.start, p.span.end), places) for p in parties)


def frame_counts(outcomes: Iterable[tuple[Frame, tuple[bool, bool, bool], Any]]) -> dict[str, dict[str, list[int]]]:
    """Right and all by category: the category itself, the actor, the recipient."""
    counts: dict[str, dict[str, list[int]]] = {}
    for frame, right, _ in outcomes:
        row = counts.setdefault(str(frame.category), {part: [0, 0] for part in ("category", "actor", "recipient")})
        for part, ok in zip(row, right, strict=True):
            row[part][0] += ok
            row[part][1] += 1
    return dict(sorted(counts.items()))


def write_frames(reader: Reader) -> None:
    """Write down how many examples are read; keep the list of frames known to fire."""
    from dragoman.knowledge.lexicon import frames

    known = (yaml.safe_load(FRAMES.read_text(encoding="utf-8")) if FRAMES.exists() else {}).get("known_wrong") or {}
    counts = frame_counts(frame_outcomes(reader, (f for f in frames() if f.category and f.example)))
    lines = [
        "# The lexicon's own examples: how many are read with the frame's category, actor and recipient, of how many.",
        "# Counts written by tests/reached.py, held by tests/events/test_frames.py.",
        "reached:",
        *(f"  {category}: {_flow(row)}" for category, row in counts.items()),
        "# Examples of frames that mean nothing and are coded all the same, each with its reason.",
        "known_wrong:" if known else "known_wrong: {}",
        *(f"  {_quoted(example)}: {_quoted(why)}" for example, why in known.items()),
    ]
    FRAMES.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asked = sys.argv[1:]
    if not asked or set(asked) - {"reports", "frames"}:
        sys.exit(__doc__)
    for name in asked:
        {"reports": write_reports, "frames": write_frames}[name](Reader(coders="rules" if name == "frames" else "both"))
