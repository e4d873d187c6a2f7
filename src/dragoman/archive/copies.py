"""Texts that are nearly the same: an agency's report as several outlets print it, or one that was put right.

In: a text. Out: bands (`bands`), of which texts nearly the same share one or more, to be looked up in a table; and how
far two texts are the same (`share`). Word for word the same text is one report and never comes here twice.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.knowledge.folding import fold

if TYPE_CHECKING:
    from datasketch import MinHash

NEARLY = 0.7
"""From this share of common groups of words on, one text is taken for a copy of the other."""
_GROUP = 4
_BANDS, _ROWS = 8, 5
_LEAST = 12
_WORD = re.compile(r"\w+")


def groups_of_words(text: str) -> frozenset[str]:
    """All groups of four words in a row; a text too short to tell has none."""
    words = _WORD.findall(fold(text))
    if len(words) < _LEAST:
        return frozenset()
    return frozenset(" ".join(words[i : i + _GROUP]) for i in range(len(words) - _GROUP + 1))


def bands(groups: frozenset[str]) -> list[str]:
    """What a text is looked up by: eight short digests of its MinHash."""
    if not groups:
        return []
    sketch = _empty().copy()
    sketch.update_batch([group.encode() for group in groups])
    values = sketch.hashvalues
    return [
        f"{n}{hashlib.blake2b(values[n * _ROWS : (n + 1) * _ROWS].tobytes(), digest_size=6).hexdigest()}"
        for n in range(_BANDS)
    ]


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of groups of words that two texts have in common (0-1)."""
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=1)
def _empty() -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415 - slow to load, and needed only where reports are added

    return MinHash(num_perm=_BANDS * _ROWS, seed=1)
