"""What a report tells became of a commitment, and the words that say so.

In: a record. Out: a probability for each status, and for ``none``: a report on nothing that anybody is bound to; and
the words that tell a status. A classifier fitted on own-written reports (`training/fates.py`) weighs the report's gist,
the words that `knowledge/fates.yaml` knows and the reader's own commitments.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from dragoman.archive.likeness import weights
from dragoman.archive.tellings import vector
from dragoman.evidence import Span
from dragoman.knowledge.fates import Cue, fates
from dragoman.record.entries import CommitmentKind, CommitmentStatus, Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STATUSES: tuple[str, ...] = (*get_args(CommitmentStatus), "none")
_CUED = tuple(status for status in STATUSES if status not in ("open", "none"))
_KINDS: tuple[str, ...] = get_args(CommitmentKind)
_NEAR = 700
"""Code points of a text in which a report says its news."""
_WIDTH = 384


def fates_of(record: Record) -> dict[str, float]:
    """The probability of each of `STATUSES`, adding up to one."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where reports are compared

    matrix, bias = _fitted()
    scores = matrix @ values(record) + bias
    odds = np.exp(scores - scores.max())
    return dict(zip(STATUSES, (odds / odds.sum()).tolist(), strict=True))


def values(record: Record) -> NDArray[np.float32]:
    """What the classifier looks at: gist, words in title and text, commitments that the reader found."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where reports are compared

    report = record.report
    gist = vector(base64.b64decode(record.gist.vector)) if record.gist else np.zeros(_WIDTH, np.float32)
    title, text = _counted(fates().find(report.title or "")), _counted(fates().find(report.text[:_NEAR]))
    fresh = [c for c in record.commitments if not c.background]
    statuses = [min(1.0, float(sum(c.status == s for c in fresh))) for s in STATUSES[:-1]]
    kinds = [min(1.0, float(sum(c.kind == k for c in fresh))) for k in _KINDS]
    return np.array([*gist, *title, *text, *statuses, *kinds, float(not fresh)], dtype=np.float32)


def _counted(cues: Sequence[Cue]) -> list[float]:
    return [min(2.0, float(sum(cue.words**0.5 for cue in cues if cue.status == status))) for status in _CUED]


def words_for(record: Record, status: str, like: Span | None = None) -> Span:
    """The words of the report that tell a status best: a clause around a cue, else its first sentence.

    Args:
        record: of the report.
        status: that is told.
        like: words that are preferred when they are at hand, such as a commitment's.
    """
    text = record.report.text
    cues = [cue for cue in fates().find(text[:_NEAR]) if cue.status == status]
    if cues:
        best = max(cues, key=lambda cue: (cue.words, -cue.start))
        start, end = _sentence(text, best.start)
        return Span(start=start, end=end, text=text[start:end])
    if like is not None:
        return like
    start, end = next(sentences(text), (0, min(len(text), _NEAR)))
    return Span(start=start, end=end, text=text[start:end])


def _sentence(text: str, at: int) -> tuple[int, int]:
    return next((s for s in sentences(text) if s[0] <= at < s[1]), (0, min(len(text), _NEAR)))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences stand, near enough without a parse: a mark, a blank, a capital or a quotation mark."""
    start = 0
    for i, char in enumerate(text):
        after = text[i + 1 : i + 3]
        ends = char == "\n" or (
            char in ".?!" and (after[:1].isspace() or after[:1] in "\"”'") and text[i - 2 : i - 1] != "."
        )
        if ends and i + 1 - start > 25:
            end = i + 1 + (after[:1] in "\"”'" and after[:1] != "")
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            last = first + len(text[first:end].rstrip())
            if last > first:
                yield first, last
            start = end
    if text[start:].strip():
        first = start + len(text[start:]) - len(text[start:].lstrip())
        yield first, first + len(text[first:].rstrip())


@lru_cache(maxsize=1)
def _fitted() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np  # noqa: PLC0415 - slow to load, and needed only where reports are compared

    kept = weights()["fate"]
    matrix = np.frombuffer(base64.b64decode(kept["matrix"]), dtype="<f2").astype(np.float32)
    return matrix.reshape(len(STATUSES), -1), np.array(kept["bias"], dtype=np.float32)
