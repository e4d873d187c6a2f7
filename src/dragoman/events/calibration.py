"""How sure: a coding's confidence as the share of such codings that are right.

In: a `Coding` with what its rule gives it and what the model sees. Out: its confidence. The weights of a logistic
regression, fitted by `training/calibrate.py` on sentences that nothing was trained on, lie beside the model; what comes
of it stands in docs/6-how-sure.md.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.events.coding import Coding

HOME = Path(__file__).resolve().parent / "model" / "calibration.json"
_LEAST = 0.02


def facts(coding: Coding) -> dict[str, float]:
    """What is known of a coding that the model was asked about, as numbers."""
    model = coding.frame == "model"
    same, nothing = coding.seen if coding.seen is not None else (0.0, 0.0)
    return {
        "constant": 1.0,
        "rule": 0.0 if model else _logit(coding.confidence),
        "model alone": float(model),
        "same": same,
        "same, logit": _logit(same),
        "nothing": nothing,
        "nothing, logit": _logit(nothing),
        "doubtful status": float(coding.status in ("hypothetical", "requested")),
        "noun": float(coding.word.pos in ("NOUN", "PROPN")),
    }


def _logit(p: float) -> float:
    q = min(1.0 - _LEAST, max(_LEAST, p))
    return math.log(q / (1.0 - q))


@dataclass(frozen=True)
class Calibration:
    """Weights of the facts, and the confidence below which nothing is said."""

    weights: dict[str, float]
    threshold: float

    @staticmethod
    @cache
    def shipped() -> Calibration:
        """The weights that come with the model.

        Raises:
            ModelError: when their file is missing or broken.
        """
        try:
            raw = json.loads(HOME.read_text(encoding="utf-8"))
            return Calibration({str(k): float(v) for k, v in raw["weights"].items()}, float(raw["threshold"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"the calibration in {HOME} cannot be loaded: {error}") from error

    def confidence(self, coding: Coding) -> float:
        """The share of codings of which as much is known that are right, 0.02 to 0.98.

        Of a coding the model could not be asked about, since its sides do not stand in its sentence, what its rule
        gives it: the sentences set aside have no such codings to learn from.
        """
        if coding.seen is None:
            return coding.confidence
        total = sum(self.weights.get(name, 0.0) * value for name, value in facts(coding).items())
        return round(min(1.0 - _LEAST, max(_LEAST, 1.0 / (1.0 + math.exp(-total)))), 3)
