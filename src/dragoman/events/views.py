"""How the model sees a sentence: its pairs with their probabilities, and the code it would give each.

In: scores of pairs. Out: a `Verdict` for each; a `View` of all in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.events.candidates import Candidate
from dragoman.events.coding import Side
from dragoman.events.scorer import ROOT_OF, Scores
from dragoman.knowledge.codebook import codebook
from dragoman.reading.words import Sentence

DEEPER = 0.5
"""A deeper code takes the place of its root from this share on; chosen on lines of the corpus set aside."""
_CATEGORIES = {
    "03": ("AGREE", "CONCEDE"), "04": ("CONSULT",), "05": ("SUPPORT", "CONCEDE"),
    "06": ("COOPERATE",), "07": ("AID",), "08": ("CONCEDE", "RETREAT"), "09": ("ACCUSE",), "10": ("REQUEST",),
    "11": ("ACCUSE", "SANCTION"), "12": ("REJECT",),
    "13": ("THREATEN", "PROTEST", "ASSAULT", "COERCE", "SANCTION", "MOBILIZE"), "14": ("PROTEST",),
    "15": ("MOBILIZE",), "16": ("SANCTION", "COERCE"),
    "17": ("COERCE", "ASSAULT", "SANCTION", "THREATEN"), "18": ("ASSAULT", "COERCE"), "19": ("ASSAULT", "COERCE"),
    "20": ("ASSAULT",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The code the model would give a pair."""

    root: str
    category: str
    mode: str | None
    cameo: str
    status: str
    probability: float


def verdict(scores: Scores, root: str | None = None) -> Verdict:
    """The likeliest code, or the likeliest one within a root; its category is one that goes with the root."""
    shares = root_shares(scores)
    if root is None:
        root = max((r for r in shares if r != "NONE"), key=shares.__getitem__)
    category = max(_CATEGORIES[root], key=lambda c: scores.category.get(c, 0.0))
    modes = {m: p for m, p in scores.mode.items() if m == "-" or m.startswith(f"{category}/")}
    best = max(modes, key=modes.__getitem__, default="-")
    mode = best.partition("/")[2] if best != "-" and modes[best] > 0.5 * sum(modes.values()) else None
    status = max(scores.status, key=scores.status.__getitem__)
    return Verdict(root, category, mode, _code(scores, root), status, shares[root])


def _code(scores: Scores, root: str) -> str:
    """The likeliest CAMEO code of a root, no deeper than the model is sure of."""
    asks = root == "10" and scores.root["02"] > scores.root["10"]
    general = "020" if asks else f"{root}0"
    under = {c: p for c, p in scores.code.items() if c.startswith(general[:2])}
    whole = sum(under.values())
    for depth in (4, 3):
        shares: dict[str, float] = {}
        for code, share in under.items():
            shares[code[:depth]] = shares.get(code[:depth], 0.0) + share
        best = max(shares, key=shares.__getitem__, default="")
        if len(best) == depth and shares[best] > DEEPER * whole:
            return best if best in codebook().cameo else general
    return general


def root_shares(scores: Scores) -> dict[str, float]:
    """Probability of each root; appeals (02) and demands (10) are one, since PLOVER has one category for both."""
    shares = dict(scores.root)
    shares["10"] += shares.pop("02")
    return shares


def root_of_code(category: str, cameo: str | None) -> str:
    """CAMEO root of a code; of one without CAMEO, the root its category stands for."""
    if cameo:
        return "10" if cameo.startswith("02") else cameo[:2]
    return ROOT_OF.get(category, "NONE")


@dataclass(slots=True)
class View:
    """A sentence as the model sees it: its parties, and what it thinks of the pairs that were asked."""

    sentence: Sentence
    parties: list[Candidate]
    scores: dict[tuple[int, int], Scores] = field(default_factory=dict)

    def number(self, side: Side) -> int | None:
        """The party that a side stands with, by its words."""
        m = side.mention
        for n, c in enumerate(self.parties):
            if c.mention is m or (c.mention.first <= m.first and m.last <= c.mention.last):
                return n
        return None

    def numbers(self, sides: Iterable[Side]) -> list[int]:
        """The parties that sides stand with, each once."""
        return list(dict.fromkeys(n for s in sides if (n := self.number(s)) is not None))

    def of(self, actors: Sequence[int], recipients: Sequence[int]) -> list[Scores]:
        """What the model thinks of each of these pairs that was asked."""
        return [s for a in actors for r in recipients if (s := self.scores.get((a, r))) is not None]
