"""A report's gist: its title and beginning as a vector, small enough to stand in the record.

In: a report. Out: its `Gist`: the unit vector in steps of 1/127, as base64; and back again.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from dragoman.meaning.sentences import NAME, Sentences
from dragoman.record.entries import Gist

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dragoman.report.report import Report

PIECES = 62
"""Pieces of the text that count, title and lead: twice as many take twice the time and tell apart hardly better."""


def beginning(report: Report) -> str:
    """The words that a report's gist is taken from; the model reads as many as it can hold."""
    return f"{report.title}. {report.text[:1000]}" if report.title else report.text[:1000]


def gist_of(report: Report, sentences: Sentences) -> Gist:
    """The gist of a report."""
    return Gist(model=NAME, vector=packed(sentences([beginning(report)], PIECES)[0]))


def packed(vector: NDArray[np.float32]) -> str:
    """A unit vector as text: one signed byte a number, in base64."""
    import numpy as np  # noqa: PLC0415 - comes with onnxruntime

    return base64.b64encode(np.rint(vector * 127).astype(np.int8).tobytes()).decode()
