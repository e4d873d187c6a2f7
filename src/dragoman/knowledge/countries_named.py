"""Which states a stretch of plain text names, without a parse: by name, adjective, people or seat of power.

In: text. Out: codes (ISO 3166-1 alpha-3, or PLOVER's for organisations of states) with how often each is named. Only
words with a capital count; a name that may mean something else (`weak`) does not. Territories count as the state that
controls them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from dragoman.knowledge.folding import fold
from dragoman.knowledge.world import folded_countries, world

_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_INTERNATIONAL = frozenset(("IGO", "UNO", "EUR"))
_LONGEST = 5


def countries_named(text: str) -> Counter[str]:
    """The states and organisations of states that a text names."""
    shown = _WORD.findall(text)
    words = [_plain(word) for word in shown]
    names, found, i = _names(), Counter[str](), 0
    while i < len(words):
        step = 1
        if shown[i][0].isupper():
            for length in range(min(_LONGEST, len(words) - i), 0, -1):
                code = names.get(" ".join(words[i : i + length]))
                if code:
                    found[code] += 1
                    step = length
                    break
        i += step
    return found


def names_a_country(word: str) -> bool:
    """Whether a single word names a state or an organisation of states."""
    return _plain(word) in _names()


def _plain(word: str) -> str:
    return fold(word).replace("’", "'").rstrip(".").removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    known, folded = world(), folded_countries()
    names: dict[str, str] = {}
    for state in known.states:
        code = folded.get(state.code, (state.code, False))[0]
        weak = {fold(name) for name in state.weak}
        plurals = [f"{name}s" for name in state.adjectives]
        for name in (*state.strong, *state.adjectives, *plurals, *state.people, *state.seated):
            if fold(name) not in weak:
                names.setdefault(_plain(name), code)
    for body in known.bodies:
        if body.country in _INTERNATIONAL:
            weak = {fold(name) for name in body.weak}
            for name in body.strong:
                if fold(name) not in weak:
                    names.setdefault(_plain(name), body.country)
    return names
