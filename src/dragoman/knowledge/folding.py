"""When two spellings are one name: lower case, no diacritics, one kind of apostrophe and hyphen."""

from __future__ import annotations

import re
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


# Sounds that romanisations write in several ways, by how they are written here.
_SOUNDS = (
    ("tch", "ch"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("ie", "i"), ("ck", "k"), ("x", "ks"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("e", "i"), ("o", "u"), ("j", "i"),
)  # fmt: skip
_LINKS = frozenset(("al", "el", "ul", "as", "ad", "ar", "an", "at", "az", "ash", "bin", "ibn", "ben", "bint"))


def sound_key(name: str) -> str:
    """A name by its sound, the same for most ways of writing it: "Amirabdollahian", "Amir-Abdollahiyan".

    Articles and "bin" are left out, doubled letters and a last h, too. Two names of one key are not always one.
    """
    parts = [p for p in fold(name).replace("-", " ").replace("'", "").replace(".", " ").split() if p not in _LINKS]
    out = ""
    for part in parts:
        for written, sound in _SOUNDS:
            part = part.replace(written, sound)
        part = part.removesuffix("h") or part
        for letter in part:
            if not out or out[-1] != letter:
                out += letter
    return out


_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.\-]{1,9}$")


def is_acronym(name: str) -> bool:
    """Whether a name is one of capitals, which is found where it stands in capitals alone."""
    return _ACRONYM.match(name) is not None


def name_key(name: str) -> str:
    """What a name is looked up by: folded, without its article, hyphens and points.

    "the Gambia" and "Gambia", "Amir-Abdollahian" and "Amir Abdollahian", "U.S." and "US" are one.
    """
    return " ".join(fold(name).removeprefix("the ").replace("-", " ").replace(".", "").split())
