"""What states are called: a strong name means one state, and every state can be spoken of."""

from __future__ import annotations

from collections import defaultdict

import pytest

from dragoman.actors.names import fold
from dragoman.knowledge.world import State, world

STATES = world().states


def strong(state: State) -> set[str]:
    """Names that mean the state wherever they stand, as they are matched."""
    names = {state.name, *state.formal, *state.names, *state.people, *state.opponents} - set(state.weak)
    return {fold(name).removeprefix("the ") for name in names}


def test_no_two_states_share_a_strong_name() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for state in STATES:
        for name in strong(state):
            bearers[name].add(state.name)
    assert {name: who for name, who in bearers.items() if len(who) > 1} == {}


@pytest.mark.parametrize("state", [s for s in STATES if s.kind == "state"], ids=lambda s: s.code)
def test_a_state_has_its_words(state: State) -> None:
    assert state.qid
    assert state.adjectives or state.shared_adjectives
    assert state.capital


@pytest.mark.parametrize("state", [s for s in STATES if s.kind == "former"], ids=lambda s: s.name)
def test_a_vanished_state_has_heirs(state: State) -> None:
    assert state.successors
    assert set(state.successors) <= {s.code for s in STATES if s.kind != "former"}


@pytest.mark.parametrize("state", [s for s in STATES if s.kind == "partly_recognised"], ids=lambda s: s.name)
def test_a_disputed_state_has_a_claimant(state: State) -> None:
    claimant = state.parent or state.code
    assert any(s.code == claimant and s.kind == "state" for s in STATES)


def test_seats_of_power_lead_to_living_states() -> None:
    first: dict[str, State] = {}
    for state in STATES:
        for seat in ((state.capital,) if state.capital else ()) + state.seats:
            first.setdefault(fold(seat), state)
    for seat, code in (("belgrade", "SRB"), ("moscow", "RUS"), ("prague", "CZE"), ("aden", "YEM"), ("kinshasa", "COD")):
        assert (first[seat].code, first[seat].kind) == (code, "state")


@pytest.mark.parametrize(
    ("code", "people"),
    [("FRA", "French"), ("ESP", "Spaniards"), ("GBR", "Britons"), ("SVK", "Slovaks"), ("TUR", "Turks")],
)
def test_the_last_word_for_people_names_all_of_them(code: str, people: str) -> None:
    (state,) = (s for s in STATES if s.code == code and s.kind == "state")
    assert state.people[-1] == people
