"""Fit how sure a coding is, on the sentences set aside; write the weights, and a table of how well they hold.

    python training/calibrate.py OUT.json [--table FILE.md] [--threshold 0.4]

A logistic regression over `dragoman.events.calibration.facts`, by Newton's method with a ridge. What the table shows is
cross-validated: each tenth is judged by weights fitted on the other nine.
"""

from __future__ import annotations

import argparse
import json
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


class _Keeping(Calibration):
    """Keeps every coding and what is known of it."""

    def __init__(self) -> None:
        super().__init__({}, 0.0)
        self.kept: list[tuple[Coding, dict[str, float]]] = []

    def confidence(self, coding: Coding) -> float:
        if coding.seen is not None:
            self.kept.append((coding, facts(coding)))
        return coding.confidence


def rows(lines: list[Line]) -> tuple[list[dict[str, float]], list[bool], list[str]]:
    """What is known of every coding the reader could state, whether it is right, and its line."""
    reader = Reader(coders="both")
    keeping = _Keeping()
    reader._judge._calibration = keeping
    known: list[dict[str, float]] = []
    right: list[bool] = []
    where: list[str] = []
    for line, record in zip(lines, reader.read_many(line.text for line in lines), strict=True):
        codings = sorted(keeping.kept, key=lambda row: reader_order(row[0], record))
        keeping.kept = []
        events = list(record.events)
        for coding, facts_of in codings:
            event = next(
                (e for e in events if e.category == coding.category and len(e.actors) == len(coding.actors)
                 and e.trigger.start <= coding.word.start < e.trigger.end), None,
            )  # fmt: skip
            if event is None:
                continue
            events.remove(event)
            known.append(facts_of)
            right.append(any(same(line, gold, event) for gold in line.events))
            where.append(f"{line.path}:{line.number}")
    return known, right, where


def reader_order(coding: Coding, record: object) -> tuple[int, str]:
    """Codings in the order in which their events stand."""
    return coding.word.start, coding.category


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
    parser.add_argument("--table", type=Path)
    parser.add_argument("--threshold", type=float, default=0.4)
    args = parser.parse_args()
    known, right, where = rows(aside(CORPUS))
    names = list(known[0])
    x = np.array([[row[name] for name in names] for row in known])
    y = np.array(right, dtype=float)
    parts = np.array([hash_of(w) % 10 for w in where])
    p = np.zeros(len(y))
    for n in range(10):
        p[parts == n] = 1.0 / (1.0 + np.exp(-x[parts == n] @ fitted(x[parts != n], y[parts != n])))
    weights = dict(zip(names, fitted(x, y).round(4).tolist(), strict=True))
    args.out.write_text(
        json.dumps({"threshold": args.threshold, "weights": weights}, indent=1) + "\n", encoding="utf-8"
    )
    said = p >= args.threshold
    error = calibration_error(list(zip(p[said].tolist(), y[said].astype(bool).tolist(), strict=True)))
    print(
        f"{len(y)} codings, {int(y.sum())} right; "
        f"at {args.threshold} and above {said.sum()}, {int(y[said].sum())} right"
    )
    print(f"expected calibration error {error:.3f}")
    for bound in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        above = p >= bound
        print(f"{bound:.1f}: {above.sum()} said, precision {y[above].mean():.3f}, right {int(y[above].sum())}")
    print(json.dumps(weights, indent=1))
    if args.table:
        args.table.write_text(table(p[said], y[said]) + "\n", encoding="utf-8")


def hash_of(where: str) -> int:
    """A number for a line that is the same on every machine."""
    return sum(ord(c) * (n + 1) for n, c in enumerate(where))


if __name__ == "__main__":
    main()
