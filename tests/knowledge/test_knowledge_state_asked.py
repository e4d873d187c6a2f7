"""Which state somebody means who names one."""

from __future__ import annotations

import pytest

from dragoman.errors import DragomanError
from dragoman.knowledge.state_asked import UnknownState, name_of, state_asked
from dragoman.knowledge.world import world


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("IRN", "IRN", "Iran"),
        ("irn", "IRN", "Iran"),
        ("Iran", "IRN", "Iran"),
        ("islamic republic of iran", "IRN", "Iran"),
        ("Persia", "IRN", "Iran"),
        (" Saudi  Arabia ", "SAU", "Saudi Arabia"),
        ("the Netherlands", "NLD", "Netherlands"),
        ("Türkiye", "TUR", "Turkey"),
        ("turkiye", "TUR", "Turkey"),
        ("U.S.", "USA", "United States"),
        ("Kosovo", "XKX", "Kosovo"),
        ("Georgia", "GEO", "Georgia"),
        ("Soviet Union", "SUN", "Soviet Union"),
        # As in records, dependencies count as the state that controls them, disputed ones as who claims them.
        ("Puerto Rico", "USA", "United States"),
        ("PRI", "USA", "United States"),
        ("Abkhazia", "GEO", "Georgia"),
        ("UNO", "UNO", "United Nations"),
    ],
)
def test_by_code_or_name(words: str, code: str, name: str) -> None:
    asked = state_asked(words, world())
    assert (asked.code, asked.name) == (code, name)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Quatar", r"no state has the code or name 'Quatar'.*Did you mean Qatar \(QAT\)\?"),
        ("IRX", r"Did you mean Ireland \(IRL\), Iran \(IRN\) or Iraq \(IRQ\)\?"),
        ("Atlantis", r'names of several words go in quotation marks: "Saudi Arabia"\.$'),
        ("", "no state has the code or name ''"),
        ("Congo", r"several states are called 'Congo': .*\(COD\) and .*\(COG\); give the code"),
    ],
)
def test_what_names_no_state_or_several(words: str, said: str) -> None:
    with pytest.raises(UnknownState, match=said):
        state_asked(words, world())
    assert issubclass(UnknownState, DragomanError)


def test_every_state_is_found_by_its_code_and_its_name() -> None:
    for state in world().states:
        if state.kind == "state":
            assert state_asked(state.code, world()).code == state_asked(state.name, world()).code == state.code
            assert name_of(state.code, world()) == state.name


def test_a_code_without_a_name_stands_for_itself() -> None:
    assert name_of("XYZ", world()) == "XYZ"
    assert name_of("MNC", world()) == "multinational corporation"
