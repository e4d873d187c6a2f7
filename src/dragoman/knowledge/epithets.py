"""Schema and loader of `epithets.yaml`: descriptions by which a state is taken up again.

In: the YAML file. Out: one frozen `Epithets`. A state that has no file is a `KnowledgeError`.
"""

from __future__ import annotations

from functools import lru_cache

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw


class Trait(Fact):
    """Words that are true of these states; no states: the words tell nothing."""

    words: tuple[str, ...]
    states: frozenset[str]


class Epithets(Fact):
    """The whole file."""

    forms: dict[str, frozenset[str]]
    traits: tuple[Trait, ...]

    def fitting(self, noun: str, words: str) -> frozenset[str] | None:
        """States that a description can mean; None when it rules out nobody.

        Args:
            noun: its noun in the singular: "kingdom".
            words: what stands before the noun, lower case: "west african".
        """
        fits = self.forms.get(noun)
        padded = f" {words} "
        matched = ""
        for trait in self.traits:
            said = next((w for w in trait.words if f" {w} " in padded), None)
            # "west african" is not "african", too
            if said is None or not trait.states or (matched and f" {said} " in f" {matched} "):
                continue
            matched = f"{matched} {said}"
            fits = trait.states if fits is None else fits & trait.states
        return fits


@lru_cache(maxsize=1)
def epithets() -> Epithets:
    """Descriptions of states.

    Raises:
        KnowledgeError: when the file breaks the schema or names a state that has no file.
    """
    made = check(Epithets, raw()["epithets.yaml"], "epithets.yaml")
    known = {data["code"] for name, data in raw().items() if name.startswith("states/")}
    for states in (*made.forms.values(), *(trait.states for trait in made.traits)):
        if strange := sorted(states - known):
            raise KnowledgeError(f"epithets.yaml: no state {strange[0]!r}")
    return made
