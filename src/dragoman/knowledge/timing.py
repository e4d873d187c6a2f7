"""Schema and loader of `timing.yaml`: words that tell times, and past from future."""

from __future__ import annotations

from functools import lru_cache

from dragoman.knowledge.loader import Fact, check, raw
from dragoman.knowledge.placing import Words


class Timing(Fact):
    """The whole file; what each list is for stands above it there."""

    cues: Words
    will: Words
    planned: Words
    planning: Words
    put_off: Words
    starts: Words


@lru_cache(maxsize=1)
def timing() -> Timing:
    """The words that go with times.

    Raises:
        KnowledgeError: when the file breaks the schema.
    """
    return check(Timing, raw()["timing.yaml"], "timing.yaml")
