"""Fits what stories go by: whether two reports tell of one happening.

    PYTHONPATH=src python training/stories.py [OUT]

In: `tests/cases/stories.yaml`: own-written happenings told by several outlets, and look-alikes. Out:
`src/dragoman/archive/stories.json`, which the archive reads; printed, how well stories come out on families that the
weights were not fitted on (six folds), for several bars.

Families are years apart. In an archive a report meets many that have nothing to do with it on the same day, so pairs of
two families are taken as well, as if both had been published in the same days.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from dragoman import Reader, Record, Report
from dragoman.archive import sameness
from dragoman.archive.tellings import telling_of
from dragoman.archive.traits import Days, Traits, traits_of

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "stories.yaml"
FOLDS = 6
PULL = 0.3
STRANGERS, WEIGHT = 4000, 0.1
"""Pairs of two families, and how much each counts."""
NAMES = tuple(sameness.FEATURES)
Pair = tuple[int, int]


def shifted(traits: Traits, by: timedelta) -> Traits:
    """A report as if it had been published, and all that it tells had happened, some days later."""
    assert traits.published is not None

    def moved(days: Days) -> Days:
        return Days(days.first + by, days.last + by)

    return replace(
        traits,
        published=traits.published + by,
        news=moved(traits.news) if traits.news else None,
        named=tuple(moved(days) for days in traits.named),
    )


def values(a: Traits, b: Traits) -> list[float]:
    """The features of a pair, in the order of the weights."""
    found = sameness.features(a, b)
    return [found[name] for name in NAMES]


def fit(x: np.ndarray, y: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression; the first feature is always one and is not pulled to nothing."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = 1 / (1 + np.exp(-x @ w))
        value = -(counts * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        pull = PULL * np.concatenate([[0.0], w[1:]])
        return value + (pull @ w) / 2, x.T @ (counts * (p - y)) + pull

    return np.asarray(minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x)


def strangers(traits: Sequence[Traits], families: Sequence[str]) -> list[tuple[Pair, list[float]]]:
    """Pairs of two families that name a state or have words in common, put into the same days."""
    chance, found = random.Random(5), list[tuple[Pair, list[float]]]()
    while len(found) < STRANGERS:
        i, j = chance.sample(range(len(traits)), 2)
        a, b = traits[i], traits[j]
        if families[i] == families[j] or not (
            a.telling.countries & b.telling.countries or a.lead.keys() & b.lead.keys()
        ):
            continue
        assert a.published
        assert b.published
        by = (a.published - b.published).days + chance.choice((0, 0, 0, 1, 1, 2, 3))
        found.append(((i, j), values(a, shifted(b, timedelta(days=by)))))
    return found


def grouped(order: Sequence[int], odds: dict[Pair, float], bar: float) -> dict[int, int]:
    """Stories as the archive makes them: each report joins the likeliest story if that is likely enough."""
    from dragoman.archive.grouping import UNLIKE, likely  # noqa: PLC0415

    story, members = dict[int, int](), defaultdict[int, list[int]](list)
    for i in order:
        scored = [
            (likely([odds.get((min(i, j), max(i, j)), UNLIKE) for j in told]), -one) for one, told in members.items()
        ]
        best, one = max(scored, default=(0.0, 0))
        story[i] = -one if best >= bar else i
        members[story[i]].append(i)
    return story


def b_cubed(story: dict[int, int], keys: Sequence[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 over reports."""
    precision = recall = 0.0
    for i, own in story.items():
        mine, true = {j for j, other in story.items() if other == own}, {j for j in story if keys[j] == keys[i]}
        precision += len(mine & true) / len(mine) / len(story)
        recall += len(mine & true) / len(true) / len(story)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main(records: Callable[[Sequence[Report]], Sequence[Record]] | None = None) -> None:
    """Fit, measure and write."""
    rows = [
        (family["family"], n, row)
        for family in yaml.safe_load(CASES.read_text(encoding="utf-8"))
        for n, row in enumerate(family["reports"])
    ]
    reports = [
        Report(text=r["text"], title=r["title"], publisher=r["outlet"], published=r["published"]) for _, _, r in rows
    ]
    read = records(reports) if records else list(Reader().read_many(reports))
    families = [family for family, _, _ in rows]
    keys = [(family, row["happening"]) for family, _, row in rows]
    traits = [traits_of(record, telling_of(record)) for record in read]
    written: dict[str, dict[str, float]] = {}
    for name in ("with gist", "without gist"):
        if name == "without gist":
            traits = [replace(t, telling=replace(t.telling, gist=None)) for t in traits]
        known = [(i, j) for i in range(len(rows)) for j in range(i + 1, len(rows)) if families[i] == families[j]]
        far = strangers(traits, families)
        pairs = [*known, *(pair for pair, _ in far)]
        x = np.array([*(values(traits[i], traits[j]) for i, j in known), *(v for _, v in far)])
        y = np.array([float(keys[i] == keys[j]) for i, j in pairs])
        counts = np.array([1.0] * len(known) + [WEIGHT] * len(far))
        shuffled = sorted(set(families))
        random.Random(3).shuffle(shuffled)
        fold = {family: n % FOLDS for n, family in enumerate(shuffled)}
        scores = np.zeros(len(pairs))
        for n in range(FOLDS):
            aside = np.array([n in (fold[families[i]], fold[families[j]]) for i, j in pairs])
            scores[aside] = x[aside] @ fit(x[~aside], y[~aside], counts[~aside])
        odds = dict(zip(known, scores[: len(known)].tolist(), strict=True))
        print(f"{name}: {int(y.sum())} of {len(known)} pairs are of one happening; of {len(far)} pairs of two families"
              f" {int((scores[len(known):] > 0).sum())} are taken for one")  # fmt: skip
        by_day = sorted(range(len(rows)), key=lambda i: (str(rows[i][2]["published"]), i))
        mixed = random.Random(1).sample(by_day, len(by_day))
        for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
            told = [b_cubed(grouped(order, odds, bar), keys) for order in (by_day, mixed)]
            print(f"  bar {bar}: " + "; ".join(
                f"{what} P {p:.3f} R {r:.3f} F1 {f:.3f}"
                for what, (p, r, f) in zip(("in order", "in any order"), told, strict=True)))  # fmt: skip
        written[name] = {k: round(float(v), 3) for k, v in zip(NAMES, fit(x, y, counts), strict=True)}
        print("  " + ", ".join(f"{k} {v}" for k, v in written[name].items()))
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else sameness.HOME
    out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
