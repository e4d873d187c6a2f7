"""Fit how sure a coding is, on the sentences set aside; write the weights, and a table of how well they hold.

    python training/calibrate.py OUT.json [--page docs/6-how-sure.md] [--alone 0.5]

A logistic regression over `dragoman.events.calibration.facts`, by Newton's method with a ridge. What the table shows is
cross-validated: each tenth is judged by weights fitted on the other nine.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aside import aside, calibration_error, same
from dragoman import Reader
from dragoman.events.calibration import Calibration, facts
from dragoman.events.coding import Coding
from examples import Line

CORPUS = Path(__file__).parent / "corpus"
RIDGE = 1.0
BINS = 10
THRESHOLD = 0.3
BOUNDS = (0.3, 0.4, 0.5, 0.6, 0.7)


class _Keeping(Calibration):
    """Keeps every coding and what is known of it."""

    def __init__(self) -> None:
        super().__init__({}, {}, THRESHOLD, 0.0)
        self.kept: list[tuple[Coding, Known]] = []

    def confidence(self, coding: Coding) -> float:
        self.kept.append((coding, Known(facts(coding), coding.seen is not None, self.floor(coding))))
        return coding.confidence


@dataclass
class Known:
    """What is known of a coding the reader could state.

    Attributes:
        seen: whether the model was asked about it.
        floor: the confidence it has at least.
        right: whether the sentence is marked with it.
        where: the line it is from.
    """

    facts: dict[str, float]
    seen: bool
    floor: float
    right: bool = False
    where: str = ""


def rows(lines: list[Line]) -> list[Known]:
    """Every coding that the reader could state."""
    reader = Reader(coders="both")
    keeping = _Keeping()
    reader._judge._calibration = keeping
    out: list[Known] = []
    for line, record in zip(lines, reader.read_many(line.text for line in lines), strict=True):
        codings = sorted(keeping.kept, key=lambda row: (row[0].word.start, row[0].category))
        keeping.kept = []
        events = list(record.events)
        for coding, known in codings:
            event = next(
                (e for e in events if e.category == coding.category and len(e.actors) == len(coding.actors)
                 and e.trigger.start <= coding.word.start < e.trigger.end), None,
            )  # fmt: skip
            if event is None:
                continue
            events.remove(event)
            known.right = any(same(line, gold, event) for gold in line.events)
            known.where = f"{line.path}:{line.number}"
            out.append(known)
    return out


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression with a ridge on all but the first."""
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-3
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def table(p: np.ndarray, y: np.ndarray) -> str:
    """Reliability: of what was given so sure, how many are right."""
    out = ["| Said | Codings | Mean confidence | Right |", "|---|---|---|---|"]
    for n in range(BINS):
        here = np.minimum(BINS - 1, (p * BINS).astype(int)) == n
        if here.any():
            said = f"{n / BINS:.1f} to {(n + 1) / BINS:.1f}"
            out.append(f"| {said} | {here.sum()} | {p[here].mean():.2f} | {y[here].mean():.2f} |")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", type=Path, help="page of the documentation whose table and figures are renewed")
    parser.add_argument("--alone", type=float, default=0.45, help="bound for what the model alone reads")
    args = parser.parse_args()
    known = rows(aside(CORPUS))
    y = np.array([k.right for k in known], dtype=float)
    parts = np.array([hash_of(k.where) % 10 for k in known])
    p = np.zeros(len(y))
    kept: dict[str, object] = {"threshold": THRESHOLD, "alone": args.alone}
    for name, seen in (("weights", True), ("unseen", False)):
        here = np.array([k.seen == seen for k in known])
        names = list(next(k.facts for k in known if k.seen == seen))
        x = np.array([[k.facts.get(n, 0.0) for n in names] for k in known])
        for n in range(10):
            train, test = here & (parts != n), here & (parts == n)
            p[test] = 1.0 / (1.0 + np.exp(-x[test] @ fitted(x[train], y[train])))
        kept[name] = dict(zip(names, fitted(x[here], y[here]).round(4).tolist(), strict=True))
    p = np.maximum(p, [k.floor for k in known])
    args.out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    alone = np.array([k.facts.get("model alone", 0.0) > 0 for k in known])
    said = p >= np.where(alone, args.alone, THRESHOLD)
    error = calibration_error(list(zip(p[said].tolist(), y[said].astype(bool).tolist(), strict=True)))
    print(f"{len(y)} codings, {int(y.sum())} right; {said.sum()} said, {int(y[said].sum())} of them right")
    print(f"expected calibration error {error:.3f}")
    for bound in BOUNDS:
        above = p >= bound
        print(f"{bound:.1f}: {above.sum()} said, precision {y[above].mean():.3f}, right {int(y[above].sum())}")
    print(json.dumps(kept, indent=1))
    if args.page:
        counts = [(bound, p >= bound) for bound in BOUNDS]
        bounds = "\n".join(f"| {bound:.1f} | {int(above.sum())} | {y[above].mean():.2f} |" for bound, above in counts)
        renew(args.page, "reliability", table(p[said], y[said]))
        renew(args.page, "thresholds", f"| Bound | Said | Right |\n|---|---|---|\n{bounds}")
        renew(args.page, "error", f"{error:.3f}")


def renew(page: Path, name: str, text: str) -> None:
    """Put text between a page's marks ``<!-- name -->`` and ``<!-- /name -->``.

    Raises:
        ValueError: when the page has no such marks.
    """
    old = page.read_text(encoding="utf-8")
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    start, end = old.index(opening) + len(opening), old.index(closing)
    page.write_text(f"{old[:start]}\n{text}\n{old[end:]}", encoding="utf-8")


def hash_of(where: str) -> int:
    """A number for a line that is the same on every machine."""
    return sum(ord(c) * (n + 1) for n, c in enumerate(where))


if __name__ == "__main__":
    main()
