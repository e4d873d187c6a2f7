"""The pair scorer: a small encoder that says what one marked stretch of a sentence does to another.

In: texts and pairs of stretches (offsets in code points). Out: `Scores`: probabilities over CAMEO roots, PLOVER
categories, modes, statuses and CAMEO codes, NONE among the first two, and where the word stands that tells the event.
It decides nothing. All pairs of a sentence are scored in one pass. The model, its vocabulary and its labels lie beside
this file; how it was made stands in `training/`. Where onnxruntime or the model is missing a `ModelError` says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.events.network import Network
from dragoman.events.sheets import MARKS, Offsets, Pair, Sheet, sheets_of
from dragoman.events.wordpieces import WordPieces

HOME = Path(__file__).resolve().parent / "model"
ROOT_OF = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip
"""The CAMEO root that a category without a code stands for: what the model was taught of such lines."""
_HEADS = ("root", "category", "mode", "status", "code")
_ALWAYS = (0, 1, 3)
_OUTPUTS = (*_HEADS, "trigger")
_NOTHING = 0.9


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model thinks of a pair: label to probability, each adding up to one.

    Of a pair that it is sure nothing joins, ``mode`` and ``code`` are empty.
    ``word`` is the offset in the text where the word begins that most likely tells the event, -1 where none does.
    """

    root: dict[str, float]
    category: dict[str, float]
    mode: dict[str, float]
    status: dict[str, float]
    code: dict[str, float] = field(default_factory=dict)
    word: int = -1

    @property
    def event(self) -> float:
        """Probability that the first does anything to the second."""
        return 1.0 - self.root["NONE"]


class Scorer:
    """Loads the model once; safe to share between threads.

    Raises:
        ModelError: when onnxruntime is not installed or the model's files are missing or broken.
    """

    def __init__(self, folder: Path = HOME) -> None:
        try:
            self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._pieces = WordPieces(folder / "vocabulary.txt")
            self._network = Network(folder / "scorer.onnx")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"the event model in {folder} cannot be loaded: {error}") from error

    @cached_property
    def _marks(self) -> list[int]:
        return [self._pieces.numbers[mark] for mark in MARKS]

    @cached_property
    def _ends(self) -> tuple[int, int]:
        return self._pieces.numbers["[CLS]"], self._pieces.numbers["[SEP]"]

    def score(self, pairs: Sequence[tuple[str, Offsets, Offsets]]) -> list[Scores]:
        """Score pairs, in order.

        Args:
            pairs: a sentence, the actor's stretch, the recipient's stretch.
        """
        of_text: dict[str, list[int]] = {}
        for n, (text, _, _) in enumerate(pairs):
            of_text.setdefault(text, []).append(n)
        out: list[Scores | None] = [None] * len(pairs)
        for numbers, scores in zip(
            of_text.values(),
            self.of_sentences([(text, [pairs[n][1:] for n in numbers]) for text, numbers in of_text.items()]),
            strict=True,
        ):
            for n, one in zip(numbers, scores, strict=True):
                out[n] = one
        return [scores for scores in out if scores is not None]

    def of_sentences(self, asked: Sequence[tuple[str, Sequence[Pair]]]) -> list[list[Scores]]:
        """Score pairs of sentences: for each sentence the scores of its pairs, in order."""
        out: list[list[Scores | None]] = [[None] * len(pairs) for _, pairs in asked]
        sheets = [
            (n, sheet)
            for n, (text, pairs) in enumerate(asked)
            if pairs
            for sheet in sheets_of(self._pieces, self._marks, self._ends, text, pairs)
        ]
        for (n, sheet), answer in zip(sheets, self._network(_OUTPUTS, [_asked(s) for _, s in sheets]), strict=True):
            for which, one in zip(sheet.which, self._scores(sheet, answer), strict=True):
                out[n][which] = one
        return [[scores for scores in row if scores is not None] for row in out]

    def _scores(self, sheet: Sheet, answer: Sequence[Any]) -> list[Scores]:
        """What the network's answer to a sheet says of each of its pairs."""
        *logits, trigger = answer
        shares = [_softmax(rows) for rows in logits]
        words = trigger.argmax(axis=-1)
        # Most pairs are joined by nothing; what their code would be nobody asks.
        full = shares[0][:, self._labels["root"].index("NONE")] < _NOTHING
        out: list[Scores] = []
        for row in range(len(sheet.marks)):
            root, category, mode, status, code = (
                dict(zip(self._labels[head], share[row].tolist(), strict=True)) if full[row] or n in _ALWAYS else {}
                for n, (head, share) in enumerate(zip(_HEADS, shares, strict=True))
            )
            out.append(Scores(root, category, mode, status, code, sheet.starts[int(words[row])]))
        return out


def _asked(sheet: Sheet) -> dict[str, Any]:
    """A sheet as the network takes it."""
    import numpy as np  # noqa: PLC0415 - comes with onnxruntime

    return {
        "ids": np.array([sheet.ids], dtype=np.int64),
        "positions": np.array([sheet.positions], dtype=np.int64),
        "pairs": np.array([sheet.pairs], dtype=np.int64),
        "lengths": np.array([sheet.length], dtype=np.int64),
        "rows": np.zeros(len(sheet.marks), dtype=np.int64),
        "marks": np.array(sheet.marks, dtype=np.int64),
    }


def _softmax(rows: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - comes with onnxruntime

    powers = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
