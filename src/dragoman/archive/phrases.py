"""What people type to search for, read: words, and phrases in quotation marks.

In: a text. Out: an expression as SQLite's index takes it, each word and each phrase a string of its own; and from that
the words and phrases again. Refuses a text without a word, and one of too many.
"""

from __future__ import annotations

import re
import unicodedata

from dragoman.errors import ArchiveError

MOST_WORDS = 64
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')


def parse(words: str) -> str:
    """What people typed as an FTS5 expression: each word and each quoted phrase as a string of its own.

    Raises:
        ArchiveError: when nothing is left to search for, or too much.
    """
    # NUL would end the expression early, and a lone surrogate is no text.
    clean = words.replace("\0", " ").encode("utf-8", "replace").decode()
    parts = [phrase or word for phrase, word in _PART.findall(clean)]
    # Signs alone are no token to the index; a phrase of none would find nothing.
    said = [part for part in parts if any(unicodedata.category(sign)[0] in "LN" for sign in part)]
    if not said:
        raise ArchiveError(f"nothing to search for in {words[:80]!r}; give at least one word")
    if len(said) > MOST_WORDS:
        raise ArchiveError(f"{len(said)} words are too many to search for; give at most {MOST_WORDS}")
    return " ".join('"' + part.replace('"', '""') + '"' for part in said)


def phrases_of(expression: str) -> list[str]:
    """The words and phrases of an expression by `parse`."""
    return [part.replace('""', '"') for part in _QUOTED.findall(expression)]
