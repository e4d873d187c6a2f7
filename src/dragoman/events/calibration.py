"""How sure: a coding's confidence as the share of such codings that are right.

In: a `Coding` with what its rule gives it and what the model sees. Out: its confidence. The weights of two logistic
regressions, one for codings the model was asked about and one for the others, fitted by `training/calibrate.py` on
sentences that nothing was trained on, lie beside the model; what comes of it stands in docs/6-how-sure.md.
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
SURE_WORDS = 0.85
"""From this confidence of a rule on, the model can make a coding doubtful but not silence it."""


def facts(coding: Coding) -> dict[str, float]:
    """What is known of a coding, as numbers; other facts where the model could not be asked about it."""
    doubtful = float(coding.status in ("hypothetical", "requested"))
    if coding.seen is None:
        return {
            "constant": 1.0,
            "rule": _logit(coding.confidence),
            "nobody": float(not coding.recipients),
            "doubtful status": doubtful,
            "spoken": float(coding.frame.startswith("speech_acts")),
        }
    model = coding.frame == "model"
    same, nothing = coding.seen
    return {
        "constant": 1.0,
        "rule": 0.0 if model else _logit(coding.confidence),
        "model alone": float(model),
        "same": same,
        "same, logit": _logit(same),
        "nothing": nothing,
        "nothing, logit": _logit(nothing),
        "doubtful status": doubtful,
        "noun": float(coding.word.pos in ("NOUN", "PROPN")),
    }


def _logit(p: float) -> float:
    q = min(1.0 - _LEAST, max(_LEAST, p))
    return math.log(q / (1.0 - q))


@dataclass(frozen=True)
class Calibration:
    """Weights of the facts, and the confidence below which nothing is said.

    Attributes:
        weights: for codings that the model was asked about.
        unseen: for the others.
        alone: the bound for what the model alone reads; higher, since no word of the lexicon stands behind it.
    """

    weights: dict[str, float]
    unseen: dict[str, float]
    threshold: float
    alone: float

    @staticmethod
    @cache
    def shipped() -> Calibration:
        """The weights that come with the model.

        Raises:
            ModelError: when their file is missing or broken.
        """
        try:
            raw = json.loads(HOME.read_text(encoding="utf-8"))
            weights, unseen = ({str(k): float(v) for k, v in raw[name].items()} for name in ("weights", "unseen"))
            return Calibration(weights, unseen, float(raw["threshold"]), float(raw["alone"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"the calibration in {HOME} cannot be loaded: {error}") from error

    def says(self, coding: Coding) -> bool:
        """Whether a coding is sure enough to be said."""
        return coding.confidence >= (self.alone if coding.frame == "model" else self.threshold)

    def confidence(self, coding: Coding) -> float:
        """The share of codings of which as much is known that are right, 0.02 to 0.98."""
        weights = self.unseen if coding.seen is None else self.weights
        total = sum(weights.get(name, 0.0) * value for name, value in facts(coding).items())
        share = min(1.0 - _LEAST, max(_LEAST, 1.0 / (1.0 + math.exp(-total))))
        return round(max(share, self.floor(coding)), 3)

    def floor(self, coding: Coding) -> float:
        """What the lexicon is sure of, or a user's own words tell, is said, if with doubt; so is what it cannot see.

        The sentences set aside name both sides of nearly every act; reports name one of them sentences before.
        """
        words = coding.confidence >= SURE_WORDS or coding.own
        sure = coding.frame != "model" and (coding.seen is None or words)
        return self.threshold if sure else 0.0
