"""Schema and loader of `given_names.yaml`: given names that tell a man from a woman.

In: the YAML file. Out: one frozen `GivenNames`. A name given to both, or one not folded, is a `KnowledgeError`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loader import Fact, check, raw

Region = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
GivenName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(['-][a-z]+)*$")]
Names = Annotated[dict[Region, Annotated[tuple[GivenName, ...], Field(min_length=1)]], Field(min_length=1)]


class GivenNames(Fact):
    """The whole file: men's and women's names by the region where they are most at home."""

    m: Names
    f: Names

    @cached_property
    def men(self) -> frozenset[str]:
        """Men's names of all regions."""
        return frozenset(name for names in self.m.values() for name in names)

    @cached_property
    def women(self) -> frozenset[str]:
        """Women's names of all regions."""
        return frozenset(name for names in self.f.values() for name in names)

    def gender(self, name: str) -> Literal["m", "f"] | None:
        """Whether a man or a woman bears this name; None when the file does not tell.

        Args:
            name: a first name in lower case without diacritics: "mohammed", "jean-pierre".
        """
        if name in self.men:
            return "m"
        return "f" if name in self.women else None


@lru_cache(maxsize=1)
def given_names() -> GivenNames:
    """Given names that tell a man from a woman.

    Raises:
        KnowledgeError: when the file breaks the schema or has a name as a man's and as a woman's.
    """
    made = check(GivenNames, raw()["given_names.yaml"], "given_names.yaml")
    if both := sorted(made.men & made.women):
        raise KnowledgeError(f"given_names.yaml: {both[0]!r} is a man's name and a woman's")
    return made
