"""Whether a text is English; only English is read.

In: a text. Out: the ISO 639-1 code of another language when that is beyond doubt, else None. The text is judged in
three windows: its beginning, middle and end. A window counts as foreign only when py3langid puts another language
ahead of English by a clear margin, and few of its words are the small words every English sentence needs. So texts
below 100 letters, lists of names, and reports with foreign quotations pass; a text is foreign only when all its windows
are.
"""

from __future__ import annotations

import re

_LETTERS_NEEDED = 100
_WINDOW = 800
_SMALL_WORDS = frozenset(
    {
        "the", "of", "and", "to", "that", "with", "for", "was", "were", "is", "by", "from", "has", "have",
        "had", "said", "his", "her", "he", "she", "on", "at", "as", "it", "its", "which", "their", "they",
        "be", "will", "would", "been", "who", "this", "but", "not", "are", "after", "about", "also", "we",
        "our",
    }
)  # fmt: skip
_NEAR = {"en", "pcm", "sco"}  # English, and what is easily taken for it


def foreign(text: str) -> str | None:
    """The language a text is written in when it is certainly not English, else None."""
    middle = max(0, (len(text) - _WINDOW) // 2)
    windows = [text[:_WINDOW]]
    if len(text) > _WINDOW:
        windows += [text[middle : middle + _WINDOW], text[-_WINDOW:]]
    verdicts = [_window(window) for window in windows if sum(char.isalpha() for char in window) >= _LETTERS_NEEDED]
    if not verdicts or not all(verdicts):
        return None
    return max(verdicts, key=verdicts.count)


def _window(text: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(word in _SMALL_WORDS for word in words) > 0.2 * len(words):
        return None
    if sum(word.istitle() for word in re.findall(r"[^\W\d_]+", text)) > 0.6 * len(words):
        return None  # names, one after the other, belong to no language
    import py3langid  # noqa: PLC0415 - loads a model of some MB; most English texts never get here

    scores = dict(py3langid.rank(text))
    best = max(scores, key=lambda code: scores[code])
    margin = scores[best] - scores["en"]
    return best if best not in _NEAR and margin > max(60.0, 0.4 * len(text)) else None
