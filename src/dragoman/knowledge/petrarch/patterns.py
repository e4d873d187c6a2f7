"""Patterns of a verb dictionary in the keys of a frame.

    before the verb   $ and + (who acts, who is acted on); nouns there are a demand no frame can make
    unmarked          heads of the object; one that is a particle ("out") goes with the verb
    {two words}       a phrase: both words must be in the object
    (IN words)        a prepositional phrase; older patterns write it without the brackets
    $ + %             who acts, who is acted on, both together
    &SET              any word of a synonym set

Sources: "PETRARCH 2: PETRARCHer", Patterns; TABARI manual, chapter 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

PREPOSITIONS = frozenset((
    "about", "across", "after", "against", "along", "alongside", "among", "around", "as", "at", "before", "behind",
    "beside", "between", "by", "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto",
    "opposite", "out", "outside", "over", "regarding", "through", "to", "toward", "towards", "under", "until", "upon",
    "with", "within", "without",
))  # fmt: skip
_PARTICLES = frozenset((
    "about", "across", "along", "around", "aside", "away", "back", "by", "down", "forth", "forward", "in", "off", "on",
    "out", "over", "through", "up",
))  # fmt: skip
_PASSIVE = frozenset(("be", "been", "being", "was", "were", "is", "are", "has", "have", "had"))
_CLAUSE = frozenset((
    "that", "will", "would", "shall", "should", "could", "might", "may", "can", "must", "whether", "if",
))  # fmt: skip
_NEGATION = frozenset(("not", "no", "never", "n't"))
_SIGNS = frozenset("$+%")
_TOKEN = re.compile(r"[{}()*^$%|]|\+(?=[\s(){}]|$)|[^\s{}()*^$%|]+")
_MOST = 600
WIDE = ("object", "indirect", "to", "with", "against", "at", "on", "for", "toward", "towards", "from", "about")
"""Where whom a verb acts on is looked for, unless the pattern says: the coders meant take whoever comes behind it."""


class NotAFrame(ValueError):  # noqa: N818 - no error: a pattern asks for what no frame can
    """A pattern that cannot be a frame, and why."""


@dataclass(slots=True)
class Demand:
    """What a pattern demands, in a frame's keys."""

    particle: list[str] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    preps: dict[str, list[str]] = field(default_factory=dict)
    actor: list[str] = field(default_factory=list)
    recipient: list[str] = field(default_factory=list)
    mutual: bool = False

    def keys(self) -> dict[str, object]:
        """The keys that are not empty, in a frame's order."""
        every = {"particle": self.particle, "object": self.nouns, "preps": self.preps, "actor": self.actor}
        out: dict[str, object] = {key: value for key, value in every.items() if value}
        first = [prep for prep in self.preps if prep not in WIDE]
        out["recipient"] = self.recipient or [*WIDE, *first]
        if self.mutual:
            out["mutual"] = True
        return out


Synonyms = Callable[[str], list[str]]
"""The words of a synonym set by its label; raises `NotAFrame` where there is none."""


def demand_of(pattern: str, synonyms: Synonyms, *, behind: Iterable[str] = ()) -> Demand:
    """What a pattern demands.

    Args:
        pattern: without its dash and code.
        synonyms: looks up synonym sets.
        behind: words behind the verb that belong to it: "up" of "beef up".

    Raises:
        NotAFrame: when it asks for what no frame can.
    """
    tokens: list[str] = _TOKEN.findall(pattern.replace("_", " "))
    if "|" in tokens or any("|" in token for token in tokens):
        raise NotAFrame("alternatives (A | B) are to be written as a synonym set")
    if "^" in tokens:
        raise NotAFrame("no frame can skip an actor (^)")
    if "*" not in tokens:
        raise NotAFrame("it does not say where the verb stands (*)")
    first, last = tokens.index("*"), len(tokens) - tokens[::-1].index("*")
    if set(tokens[first:last]) != {"*"}:
        raise NotAFrame("it holds the verb twice")
    out = Demand()
    bracketed = "(" in tokens
    passive_target = _before([token.lower() for token in tokens[:first]], out)
    after = _After(out, synonyms, bracketed)
    after.belonging(behind)
    after.take([token.lower() for token in tokens[last:]])
    if passive_target and out.actor == ["by"]:
        # "+ was * by $": the passive is undone before frames are tried.
        out.actor, out.recipient = [], ["object"]
        out.preps.pop("by", None)
    return out


def _before(tokens: list[str], out: Demand) -> bool:
    """What stands before the verb; whether who is acted on does."""
    words = [token for token in tokens if token not in _SIGNS | _PASSIVE]
    for word in words:
        if word in _NEGATION:
            raise NotAFrame("frames do not ask for a negation; it is found by itself")
        raise NotAFrame(f"it asks for {word.upper()!r} before the verb, which no frame can")
    if "%" in tokens:
        out.mutual = True
    if "+" in tokens:
        out.recipient = ["subject"]
    elif "$" in tokens:
        out.actor = ["subject"]
    return "+" in tokens


class _After:
    """Reads what stands behind the verb."""

    def __init__(self, out: Demand, synonyms: Synonyms, bracketed: bool) -> None:
        self.out, self.synonyms, self.bracketed = out, synonyms, bracketed
        self.heads: list[list[str]] = []

    def belonging(self, words: Iterable[str]) -> None:
        """Fill the demand from words that belong to the verb: "up" of "beef up", "part in" of "take part in"."""
        for at, word in enumerate(words):
            if word not in PREPOSITIONS | _PARTICLES:
                self.heads.append(self._meant(word))
            elif at == 0:
                self.out.particle = [word]
            else:
                self.out.preps[word] = []

    def take(self, tokens: list[str]) -> None:
        """Fill the demand from these tokens."""
        heads = self.heads
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token == "(":
                end = _closing(tokens, at, ")")
                inner = [part for part in tokens[at + 1 : end] if part not in "{}"]
                if not inner:
                    raise NotAFrame("its brackets are empty")
                self._phrase(inner[0], inner[1:])
                at = end + 1
            elif token == "{":
                end = _closing(tokens, at, "}")
                heads += [self._meant(word) for word in tokens[at + 1 : end]]
                at = end + 1
            elif token in _SIGNS:
                self._side(token, "object")
                at += 1
            elif token in PREPOSITIONS | _PARTICLES and (
                self.bracketed or at + 1 == len(tokens) or tokens[at + 1] in PREPOSITIONS or token not in PREPOSITIONS
            ):
                self.out.particle = [token] if not self.out.particle else _two(self.out.particle, token)
                at += 1
            elif token in PREPOSITIONS:
                end = at + 1
                while end < len(tokens) and tokens[end] not in PREPOSITIONS and tokens[end] != "(":
                    end += 1
                self._phrase(token, [part for part in tokens[at + 1 : end] if part not in "{}"])
                at = end
            else:
                heads.append(self._meant(token))
                at += 1
        if heads:
            self.out.nouns = _all_of(heads)

    def _phrase(self, prep: str, rest: list[str]) -> None:
        if prep not in PREPOSITIONS:
            raise NotAFrame(f"{prep.upper()!r} is no preposition that is known")
        signs = [token for token in rest if token in _SIGNS]
        nouns = [self._meant(token) for token in rest if token not in _SIGNS]
        self.out.preps[prep] = _all_of(nouns) if nouns else []
        for sign in signs:
            self._side(sign, prep)

    def _side(self, sign: str, slot: str) -> None:
        if sign == "%":
            self.out.mutual = True
        target = self.out.actor if sign == "$" else self.out.recipient
        if slot not in target:
            target += [slot, "indirect"] if slot == "object" and sign != "$" else [slot]

    def _meant(self, word: str) -> list[str]:
        if word in "{}()":
            raise NotAFrame("a bracket is missing")
        if word in _NEGATION:
            raise NotAFrame("frames do not ask for a negation; it is found by itself")
        if word in _CLAUSE:
            raise NotAFrame(f"it asks for a clause ({word.upper()}), of which a frame cannot name the words")
        if word.startswith("&"):
            return self.synonyms(word.upper().rstrip("_"))
        return [word]


def _closing(tokens: list[str], at: int, sign: str) -> int:
    if sign not in tokens[at:]:
        raise NotAFrame("a bracket is missing")
    return tokens.index(sign, at)


def _two(particles: list[str], more: str) -> list[str]:
    raise NotAFrame(f"it asks for two particles, {particles[0]!r} and {more!r}")


def _all_of(words: list[list[str]]) -> list[str]:
    """Every choice of one each, as words that must all be there."""
    count = 1
    for choices in words:
        count *= len(choices)
    if count > _MOST:
        raise NotAFrame(f"its synonym sets make {count:,} phrases, more than {_MOST}")
    return list(dict.fromkeys(" ".join(dict.fromkeys(" ".join(choice).split())) for choice in product(*words)))
