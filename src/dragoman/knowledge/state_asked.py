"""Which state somebody means who names one, by code or by name: "IRN", "iran", "Ivory Coast", "the Netherlands".

In: the words, and the world. Out: the code that records carry, with the state's name. What names no state, or several,
is an `UnknownState`; its text says which ones may be meant. Dependencies count as the state that controls them, as in
records; the international actors' codes (`UNO`, `EUR` ...) are accepted as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from dragoman.errors import DragomanError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.folding import name_key
from dragoman.knowledge.world import State, World, folded_countries

_CLOSE = 3
_ALIKE = 0.7
_WHOLE = ("state", "territory")


class UnknownState(DragomanError):  # noqa: N818 - reads as what it is
    """Words that name no state, or several."""


@dataclass(frozen=True, slots=True)
class StateAsked:
    """A state that was asked for.

    Attributes:
        code: as records have it.
        name: of the state that code stands for.
    """

    code: str
    name: str


def state_asked(words: str, known: World) -> StateAsked:
    """The state that these words name.

    Raises:
        UnknownState: when they name none, or several.
    """
    asked = " ".join(words.split())
    key, code = name_key(asked), asked.upper()
    found = {_code(state): state for state in known.states if code == state.code or key in _keys(state)}
    if code in codebook().international:
        return StateAsked(code, codebook().international[code])
    if len(found) > 1:
        several = sorted((StateAsked(code, state.name) for code, state in found.items()), key=lambda state: state.name)
        raise UnknownState(
            f"several states are called {asked!r}: {_listed(several, 'and')}; give the code of the one you mean"
        )
    if not found:
        near = _near(key, known)
        hint = f" Did you mean {_listed(near, 'or')}?" if near else ""
        raise UnknownState(
            f"no state has the code or name {asked!r}; codes are ISO 3166-1 alpha-3, such as IRN, and names of "
            f'several words go in quotation marks: "Saudi Arabia".{hint}'
        )
    return StateAsked(*_named(*found.popitem(), known))


def name_of(code: str, known: World) -> str:
    """What a code of a record stands for, in words; the code itself where that is not known."""
    if code in codebook().international:
        return codebook().international[code]
    return next((state.name for state in known.states if state.code == code and state.kind in _WHOLE), code)


@lru_cache(maxsize=2048)
def _keys(state: State) -> frozenset[str]:
    return frozenset(name_key(name) for name in (*state.strong, *state.weak))


def _code(state: State) -> str:
    """The code that records carry for a state."""
    folded = folded_countries().get(state.code)
    return folded[0] if folded else state.code


def _named(code: str, found: State, known: World) -> tuple[str, str]:
    """A code and the name of the state as which it counts: Puerto Rico's is the United States'."""
    whole = name_of(code, known)
    return code, found.name if whole == code else whole


def _near(key: str, known: World) -> list[StateAsked]:
    """States whose names are written almost like this, or whose codes differ in one letter; the closest first."""
    names: dict[str, State] = {}
    for state in known.states:
        if state.kind != "former":
            for name in _keys(state):
                names.setdefault(name, state)
    near = [names[name] for name in get_close_matches(key, names, n=_CLOSE, cutoff=_ALIKE)]
    if len(key) == len("IRN"):
        near += [state for state in known.states if state.kind == "state" and _one_letter_off(key.upper(), state.code)]
    return [StateAsked(_code(state), state.name) for state in dict.fromkeys(near)][:_CLOSE]


def _one_letter_off(word: str, code: str) -> bool:
    return sum(a == b for a, b in zip(word, code, strict=True)) == len(code) - 1


def _listed(states: list[StateAsked], joint: str) -> str:
    parts = [f"{state.name} ({state.code})" for state in states]
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}" if len(parts) > 1 else parts[0]
