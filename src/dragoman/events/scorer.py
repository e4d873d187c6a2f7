"""The pair scorer: a small encoder that says what one marked stretch of a sentence does to another.

In: a text and two stretches (offsets in code points). Out: `Scores`: probabilities over CAMEO roots, PLOVER categories,
modes and statuses, NONE among the first two. It decides nothing. The model, its vocabulary and its labels lie beside
this file; how it was made stands in `training/`. Where onnxruntime or the model is missing a `ModelError` says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.events.wordpieces import WordPieces

HOME = Path(__file__).resolve().parent / "model"
LONGEST = 160
"""Pieces of a sentence that the model sees, the opening and the closing one among them."""
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
"""Pieces no text has, which mark the two stretches."""
ROOT_OF = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip
"""The CAMEO root that a category without a code stands for: what the model was taught of such lines."""
_TOGETHER = 32

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model thinks of a pair: label to probability, each adding up to one."""

    root: dict[str, float]
    category: dict[str, float]
    mode: dict[str, float]
    status: dict[str, float]

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
            import onnxruntime  # noqa: PLC0415 - heavy; loaded on first use
        except ImportError as error:
            raise ModelError("onnxruntime is not installed; install it, or read with rules alone") from error
        try:
            self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._pieces = WordPieces(folder / "vocabulary.txt")
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "scorer.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"the event model in {folder} cannot be loaded: {error}") from error

    @cached_property
    def _marks(self) -> list[int]:
        return [self._pieces.numbers[mark] for mark in MARKS]

    def score(self, pairs: Sequence[tuple[str, Offsets, Offsets]]) -> list[Scores]:
        """Score pairs, in order.

        Args:
            pairs: a sentence, the actor's stretch, the recipient's stretch; stretches must not overlap.
        """
        import numpy as np  # noqa: PLC0415 - comes with onnxruntime

        coded = [self._coded(*pair) for pair in pairs]
        out: list[Scores | None] = [None] * len(coded)
        order = sorted(range(len(coded)), key=lambda n: len(coded[n][0]))
        for start in range(0, len(order), _TOGETHER):
            group = order[start : start + _TOGETHER]
            width = max(len(coded[n][0]) for n in group)
            ids = np.full((len(group), width), self._pieces.numbers["[PAD]"], dtype=np.int64)
            mask = np.zeros((len(group), width), dtype=np.int64)
            for row, n in enumerate(group):
                ids[row, : len(coded[n][0])] = coded[n][0]
                mask[row, : len(coded[n][0])] = 1
            logits = self._session.run(
                ("root", "category", "mode", "status"),
                {
                    "ids": ids, "mask": mask, "actor": np.array([coded[n][1] for n in group], dtype=np.int64),
                    "recipient": np.array([coded[n][2] for n in group], dtype=np.int64),
                },
            )  # fmt: skip
            shares = [_softmax(np, rows) for rows in logits]
            for row, n in enumerate(group):
                out[n] = Scores(
                    *(
                        dict(zip(self._labels[head], share[row].tolist(), strict=True))
                        for head, share in zip(("root", "category", "mode", "status"), shares, strict=True)
                    )
                )
        return [scores for scores in out if scores is not None]

    def _coded(self, text: str, actor: Offsets, recipient: Offsets) -> tuple[list[int], int, int]:
        """The sentence as pieces with both stretches marked; what is too far from the marks is cut off."""
        ids, at_actor, at_recipient = marked(self._pieces, self._marks, text, actor, recipient)
        numbers = self._pieces.numbers
        return [numbers["[CLS]"], *ids, numbers["[SEP]"]], at_actor + 1, at_recipient + 1


def marked(
    cut: Callable[[str], list[int]], marks: Sequence[int], text: str, actor: Offsets, recipient: Offsets
) -> tuple[list[int], int, int]:
    """A sentence as pieces with both stretches marked, and where the two opening marks stand.

    Of a sentence that is too long, what is too far from the marks is cut off. Training marks with this, too, so that
    the model is asked as it was taught.

    Args:
        cut: gives a text's pieces.
        marks: the pieces that open and close the actor's stretch, then the recipient's.
    """
    ids: list[int] = []
    where = [0, 0]
    last = 0
    for start, end, side in sorted(((*actor, 0), (*recipient, 1))):
        start = max(start, last)
        ids += cut(text[last:start])
        where[side] = len(ids)
        ids += [marks[2 * side], *cut(text[start:end]), marks[2 * side + 1]]
        last = max(end, last)
    ids += cut(text[last:])
    room = LONGEST - 2
    if len(ids) > room:
        first = max(0, min(min(where) - 30, len(ids) - room))
        ids = ids[first : first + room]
        where = [min(n - first, len(ids) - 1) for n in where]
    return ids, where[0], where[1]


def _softmax(np: Any, rows: Any) -> Any:
    powers = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
