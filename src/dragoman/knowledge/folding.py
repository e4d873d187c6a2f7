"""When two spellings are one name: lower case, no diacritics, one kind of apostrophe and hyphen."""

from __future__ import annotations

import unicodedata

_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "`": "'"})


def fold(text: str) -> str:
    """Lower case without diacritics, with plain apostrophes and hyphens."""
    if text.isascii():
        return text.replace("`", "'").lower()
    text = text.translate(_DASHES)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.lower().replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    return text.lower()


def name_key(name: str) -> str:
    """What a name is looked up by: folded, without its article, hyphens and points.

    "the Gambia" and "Gambia", "Amir-Abdollahian" and "Amir Abdollahian", "U.S." and "US" are one.
    """
    return " ".join(fold(name).removeprefix("the ").replace("-", " ").replace(".", "").split())
