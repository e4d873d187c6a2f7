"""Words into pieces of the model's vocabulary, as BERT's uncased tokeniser cuts them.

In: a text. Out: numbers of pieces. The rule is the public one of the BERT family (lower case, no diacritics, marks and
Chinese characters apart, then the longest pieces from the left); a word with no pieces is the unknown piece.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parent / "model" / "vocabulary.txt"
"""BERT's vocabulary: of the event model and of the sentence model; the commoner a word, the earlier it stands."""
# A longer word is one unknown piece.
_LONGEST_WORD = 100


class WordPieces:
    """Cuts text by a vocabulary.

    Args:
        path: a text file with one piece a line; the line number is its number.

    Raises:
        OSError: when it cannot be read.
        KeyError: when it lacks the pieces for unknown words.
    """

    def __init__(self, path: Path) -> None:
        self.numbers = {piece: n for n, piece in enumerate(path.read_text(encoding="utf-8").split("\n")) if piece}
        self.unknown = self.numbers["[UNK]"]
        self._word = lru_cache(maxsize=50_000)(self._pieces_of)

    def __call__(self, text: str) -> list[int]:
        """Numbers of the pieces of a text, without any opening or closing piece."""
        return [n for word in _words(text) for n in self._word(word)]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self.unknown,)
        out: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.numbers:
                    break
                end -= 1
            if end == start:
                return (self.unknown,)
            out.append(self.numbers[piece])
            start = end
        return tuple(out)


def _words(text: str) -> list[str]:
    """Lower case, without diacritics and control characters, cut at blanks and marks."""
    out: list[str] = []
    word = ""
    for char in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(char)
        if kind == "Mn" or char in ("\0", "\ufffd") or (kind.startswith("C") and char not in "\t\n\r"):
            continue
        if char.isspace() or kind == "Zs":
            if word:
                out.append(word)
            word = ""
        elif _mark(char, kind) or _ideograph(ord(char)):
            if word:
                out.append(word)
            out.append(char)
            word = ""
        else:
            word += char
    if word:
        out.append(word)
    return out


def _mark(char: str, kind: str) -> bool:
    """Punctuation, and all of ASCII that is neither letter nor digit."""
    return kind.startswith("P") or (char.isascii() and not char.isalnum())


def _ideograph(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )
