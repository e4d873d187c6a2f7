"""Fits what the ledger goes by: what a report tells of a commitment, and whether two reports tell of the same one.

    PYTHONPATH=src python training/fates.py [OUT]

In: `training/fates/*.tsv` (status, title, text: own-written beginnings of reports) and `tests/cases/ledger.yaml`
(own-written chains of reports). Out: `src/dragoman/archive/ledger.json`, which the archive reads; printed, how well
each does on rows that it was not fitted on (five folds, whole chains apart).
"""

from __future__ import annotations

import base64
import csv
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from dragoman import Reader, Report
from dragoman.archive import fates, likeness, tellings
from dragoman.record.entries import Record

HERE = Path(__file__).resolve().parent
CHAINS = HERE.parent / "tests" / "cases" / "ledger.yaml"
FOLDS = 5
# How far weights are pulled to nothing.
PULL_FATE, PULL_LINK = 1.0, 0.05


def rows() -> list[tuple[str, str, str]]:
    """Status, title and text of every row."""
    found = []
    for path in sorted((HERE / "fates").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
                if len(row) != 3 or row[0] not in fates.STATUSES:
                    raise SystemExit(f"{path.name}, line {number}: not a status, a title and a text")
                found.append((row[0], row[1], row[2]))
    return found


def softmax_fit(x: np.ndarray, y: np.ndarray, classes: int, pull: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of a multinomial logistic regression."""
    width = x.shape[1]
    wanted = np.eye(classes)[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w, b = flat[: classes * width].reshape(classes, width), flat[classes * width :]
        scores = x @ w.T + b
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        odds /= odds.sum(axis=1, keepdims=True)
        value = -np.log((odds * wanted).sum(axis=1) + 1e-12).sum() + pull * (w**2).sum() / 2
        error = odds - wanted
        return value, np.concatenate([(error.T @ x + pull * w).ravel(), error.sum(axis=0)])

    fitted = minimize(loss, np.zeros(classes * (width + 1)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return fitted[: classes * width].reshape(classes, width), fitted[classes * width :]


def link_fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression; the first value of each row is one."""
    sign = 2 * y - 1

    def loss(w: np.ndarray) -> float:
        return float(np.logaddexp(0, -sign * (x @ w)).sum() + PULL_LINK * (w[1:] ** 2).sum())

    return np.asarray(minimize(loss, np.zeros(x.shape[1]), method="L-BFGS-B").x)


def instances(
    chains: Sequence[dict[str, Any]], told: Sequence[tuple[tellings.Telling, dict[str, float]]]
) -> list[tuple[str, bool, list[float]]]:
    """Every report against every chain begun before it: the report's chain, whether it is this one, and the values."""
    out, begun = [], dict[str, tuple[list[tellings.Telling], set[str]]]()
    for row, (telling, odds) in zip(chains, told, strict=True):
        for name, (before, parties) in begun.items():
            if parties & telling.countries:
                values = likeness.features(before, parties, telling, odds)
                out.append((row["chain"] or row["id"], name == row["chain"], [values[f] for f in likeness.FEATURES]))
        key = row["chain"] or row["id"]
        if key in begun:
            begun[key][0].append(telling)
        elif row["chain"]:
            begun[key] = ([telling], {*row["by"], *row["to"]})
        else:
            begun[key] = ([telling], set(telling.lead))
    return out


def folds(keys: Sequence[str]) -> list[set[str]]:
    """Names in equal parts."""
    names = sorted(set(keys))
    return [set(names[n::FOLDS]) for n in range(FOLDS)]


def main() -> None:
    """Fit, measure and write."""
    reader = Reader()
    named = rows()
    chains = sorted(yaml.safe_load(CHAINS.read_text(encoding="utf-8")), key=lambda row: str(row["published"]))
    records = list(reader.read_many(Report(text=text, title=title) for _, title, text in named))
    of_chains: list[Record] = list(
        reader.read_many(
            Report(text=r["text"], title=r["title"], publisher=r["outlet"], published=r["published"]) for r in chains
        )
    )
    told = [(status, record, f"row {n}") for n, ((status, _, _), record) in enumerate(zip(named, records, strict=True))]
    told += [(r["status"], record, r["chain"]) for r, record in zip(chains, of_chains, strict=True) if r["chain"]]
    x = np.array([fates.values(record) for _, record, _ in told])
    y = np.array([fates.STATUSES.index(status) for status, _, _ in told])
    right = 0
    odds = np.zeros((len(told), len(fates.STATUSES)))
    for fold in folds([key for _, _, key in told]):
        aside = np.array([key in fold for _, _, key in told])
        w, b = softmax_fit(x[~aside], y[~aside], len(fates.STATUSES), PULL_FATE)
        scores = x[aside] @ w.T + b
        right += int((scores.argmax(axis=1) == y[aside]).sum())
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds[aside] = e / e.sum(axis=1, keepdims=True)
    print(f"fates: {len(told)} rows, right on rows set aside {right / len(told):.3f}")
    w, b = softmax_fit(x, y, len(fates.STATUSES), PULL_FATE)
    # Odds for the link come from folds too, else they would be too good to learn from.
    aside_odds = {
        id(r): dict(zip(fates.STATUSES, o.tolist(), strict=True)) for (_, r, _), o in zip(told, odds, strict=True)
    }

    def all_odds(record: Record) -> dict[str, float]:
        if id(record) in aside_odds:
            return aside_odds[id(record)]
        scores = w @ fates.values(record) + b
        e = np.exp(scores - scores.max())
        return dict(zip(fates.STATUSES, (e / e.sum()).tolist(), strict=True))

    pairs = instances(chains, [(tellings.telling_of(r), all_odds(r)) for r in of_chains])
    link = measured(pairs, link_fit)
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else likeness.HOME
    kept = {
        "fate": {
            "matrix": base64.b64encode(w.astype("<f2").tobytes()).decode(),
            "bias": [round(float(v), 4) for v in b],
        },
        "link": [round(float(v), 4) for v in link],
    }
    out.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    print(f"{out.name} written, {out.stat().st_size / 1000:.0f} kB")


def measured(
    pairs: Sequence[tuple[str, bool, list[float]]], fit: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    """Print how links do on chains set aside, and fit on all."""
    x, y = np.array([v for _, _, v in pairs]), np.array([float(s) for _, s, _ in pairs])
    aside_scores = np.zeros(len(pairs))
    for fold in folds([key for key, _, _ in pairs]):
        aside = np.array([key in fold for key, _, _ in pairs])
        aside_scores[aside] = x[aside] @ fit(x[~aside], y[~aside])
    for bar in (0.3, 0.5, 0.7, 0.9):
        sure = 1 / (1 + np.exp(-aside_scores)) > bar
        print(
            f"links: {int(y.sum())} wanted among {len(pairs)}; above {bar}: found {float(sure[y > 0].mean()):.2f},"
            f" wrong {int(sure[y == 0].sum())}"
        )
    weights = fit(x, y)
    print(dict(zip(likeness.FEATURES, weights.round(2).tolist(), strict=True)))
    return weights


if __name__ == "__main__":
    main()
