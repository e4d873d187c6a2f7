"""Write docs/coverage.md: for every category, mode and CAMEO code the frames, the training lines and what was measured.

    python training/coverage.py ROWS.json docs/coverage.md

ROWS.json comes from `training/aside.py --rows`. Precision and recall are those of the whole reader on the sentences set
aside; a cell without a number has nothing to count, and stays visibly empty.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.lexicon import frames
from examples import read, set_aside

CORPUS = Path(__file__).parent / "corpus"
HEAD = "| {name} | Frames | Training lines | Marked aside | Recall | Read aside | Precision |\n" + "|---" * 7 + "|"


def counted(rows: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Counter[str]]]:
    """Counters by kind of label (category, mode, code), then by what is counted."""
    kinds = {"category": lambda r: r["category"], "mode": _mode, "code": lambda r: r["cameo"]}
    out: dict[str, dict[str, Counter[str]]] = {}
    for kind, label in kinds.items():
        marked = Counter(label(r) for r in rows["marked"])
        if kind == "category":
            found = Counter(label(r) for r in rows["marked"] if r["told"])
        elif kind == "mode":
            found = Counter(label(r) for r in rows["marked"] if r["told"] and r["mode_told"] == r["mode"])
        else:
            found = Counter(label(r) for r in rows["marked"] if r["told"] and r["cameo_told"] == r["cameo"])
        read_ = Counter(label(r) for r in rows["read"])
        right = Counter(label(r) for r in rows["read"] if r["right"])
        out[kind] = {"marked": marked, "found": found, "read": read_, "right": right}
    lines, _ = read(CORPUS)
    events = [e for line in lines if not set_aside(line) for e in line.events]
    out["category"]["lines"] = Counter(e.category for e in events)
    out["mode"]["lines"] = Counter(f"{e.category}/{e.mode}" for e in events if e.mode)
    out["code"]["lines"] = Counter(e.cameo for e in events if e.cameo)
    known = [f for f in frames(None) if f.category]
    out["category"]["frames"] = Counter(f.category for f in known)
    out["mode"]["frames"] = Counter(f"{f.category}/{f.mode}" for f in known if f.mode)
    out["code"]["frames"] = Counter(f.cameo for f in known if f.cameo)
    return out


def _mode(row: dict[str, Any]) -> str | None:
    return f"{row['category']}/{row['mode']}" if row["mode"] else None


def row(label: str, shown: str, counts: dict[str, Counter[str]]) -> str:
    """One line of a table."""
    c = {name: counter[label] for name, counter in counts.items()}
    recall = f"{c['found'] / c['marked']:.2f}" if c["marked"] else ""
    precision = f"{c['right'] / c['read']:.2f}" if c["read"] else ""
    number = lambda n: str(n) if n else ""  # noqa: E731
    cells = (shown, number(c["frames"]), number(c["lines"]), number(c["marked"]), recall, number(c["read"]), precision)
    return "| " + " | ".join(cells) + " |"


def page(rows: dict[str, list[dict[str, Any]]]) -> str:
    """The whole page."""
    book, counts = codebook(), counted(rows)
    modes = [f"{c}/{m}" for c, entries in book.modes.items() for m in entries]
    out = [
        "# Coverage",
        "",
        "What the lexicon and the corpus hold for each label, and what the reader (rules and model) makes of the",
        "sentences set aside. Written by `training/coverage.py`; not to be edited by hand.",
        "",
        "- Frames: entries of the lexicon that give the label by themselves. Many deeper codes come about by folding",
        '  ("agreed to meet") and have none.',
        "- Training lines: events with the label in the lines of the corpus that are trained on.",
        "- Marked aside, recall: events with the label in the sentences set aside, and how many the reader tells; of a",
        "  mode or code, with that very mode or code.",
        "- Read aside, precision: events the reader tells with the label, and how many of them are marked (with",
        "  category and sides).",
        "- An empty cell: nothing there. With few marked ones a figure says little.",
        "",
        "## Categories",
        "",
        HEAD.format(name="Category"),
        *(row(name, name, counts["category"]) for name in book.categories),
        "",
        "## Modes",
        "",
        HEAD.format(name="Mode"),
        *(row(name, name, counts["mode"]) for name in modes),
        "",
        "## CAMEO codes",
        "",
        HEAD.format(name="Code"),
        *(row(code, f"{code} {entry.gloss}", counts["code"]) for code, entry in book.cameo.items()),
    ]
    return "\n".join(out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.write_text(page(json.loads(args.rows.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
