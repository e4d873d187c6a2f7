"""Names as people write them, from the capitals of a dictionary: whether a person's or a body's, and of which kind."""

from __future__ import annotations

import re

from dragoman.knowledge.folding import fold
from dragoman.knowledge.given_names import given_names
from dragoman.knowledge.naming import naming
from dragoman.knowledge.organisations import organisations

_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "at", "de", "del", "la", "des", "du", "und", "et"))
_BODIES = frozenset((
    "alliance", "association", "committee", "council", "federation", "force", "forces", "front", "group", "league",
    "movement", "network", "organisation", "organization", "union",
))  # fmt: skip
"""Words that make no name of a person, and that tell nothing else."""
_PIECE = re.compile(r"[^\W\d_]+")
_ADJECTIVE = re.compile(r"(?:ian|ese|ish|ic|an|i)$")
KINDS = {
    "REB": "armed_group", "PRM": "armed_group", "UAF": "armed_group", "PTY": "party", "JRN": "media", "BUS": "company",
    "GOV": "government_body", "MIL": "government_body", "JUD": "government_body", "LEG": "government_body",
    "COP": "government_body", "SPY": "government_body",
}  # fmt: skip
_INTERNATIONAL = {
    "IGO": "igo", "UNO": "igo", "EUR": "igo", "NGO": "ngo", "MNC": "company", "IMG": "armed_group",
}  # fmt: skip


def written(name: str, *, person: bool) -> str:
    """A name with capitals where they belong: "Republic of Ruritania", "Otto von Muster"."""
    small = _SMALL.union(naming().particles) if person else _SMALL
    words = name.lower().split()
    out = [
        word if word in small and at else _PIECE.sub(lambda p: p[0].capitalize(), word) for at, word in enumerate(words)
    ]
    return re.sub(r"'S\b", "'s", " ".join(out))


def acronyms(names: list[str]) -> set[str]:
    """Which of an actor's names are acronyms: without a vowel, or the initials of another of them."""
    several = [name.split() for name in names if " " in name]
    initials = {"".join(word[0] for word in words) for words in several}
    initials |= {"".join(word[0] for word in words if word.lower() not in _SMALL) for words in several}
    short = (name for name in names if 2 <= len(name) <= 9 and name.isascii() and name.isalpha())
    return {name for name in short if name in initials or not set(name) & set("AEIOUY")}


def is_person(names: list[str], *, dated: bool) -> bool:
    """Whether an actor is a person: told by a given name, or by dated roles where nothing tells a body."""
    words = {word for name in names for word in name.lower().split()}
    if words & _BODIES or acronyms(names) or any(organisations().told_by(name) for name in names):
        return False
    first = [fold(name.split()[0]) for name in names if " " in name]
    return dated or any(given_names().gender(name) for name in first)


def kind_of_body(name: str, country: str | None, sector: str | None) -> str:
    """What kind of body an actor is, by its code, else by its name."""
    if country in _INTERNATIONAL:
        return _INTERNATIONAL[country]
    told = organisations().told_by(name)
    return KINDS.get(sector or "") or (told.kind if told else "group")


def is_adjective_of(name: str, others: list[str]) -> bool:
    """Whether a state's name is an adjective ("Ruritanian"): by its ending, and its beginning in another name."""
    low = fold(name)
    if " " in low or not _ADJECTIVE.search(low):
        return False
    return any(low != fold(other) and low[:4] == fold(other)[:4] and len(low) > 4 for other in others)
