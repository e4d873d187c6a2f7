"""The pair scorer itself: sums, directions, odd input, and clear words where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import ModelError
from dragoman.events.scorer import Scorer


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


def pair(text: str, one: str, other: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    a, b = text.index(one), text.index(other)
    return text, (a, a + len(one)), (b, b + len(other))


def test_shares_add_up(scorer: Scorer) -> None:
    (scores,) = scorer.score([pair("Peru condemned Bolivia on Monday.", "Peru", "Bolivia")])
    for head in (scores.root, scores.category, scores.mode, scores.status):
        assert sum(head.values()) == pytest.approx(1.0, abs=1e-4)
    assert scores.event == pytest.approx(1.0 - scores.root["NONE"])


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Peru condemned Bolivia over the arrests.", "11"),
        ("Peru threatened to bomb Bolivia if its pilots were harmed.", "13"),
        ("Peru delivered forty tonnes of rice to Bolivia after the flood.", "07"),
        ("Peru rejected a request by Bolivia for talks.", "12"),
        ("Peru's foreign minister met Bolivia's president in Lima on Monday.", "04"),
    ],
)
def test_plain_acts_are_told(scorer: Scorer, text: str, root: str) -> None:
    (scores,) = scorer.score([pair(text, "Peru", "Bolivia")])
    assert max(scores.root, key=scores.root.__getitem__) == root


def test_who_does_it_to_whom(scorer: Scorer) -> None:
    text = "Peru expelled three envoys of Bolivia."
    there, back = scorer.score([pair(text, "Peru", "Bolivia"), pair(text, "Bolivia", "Peru")])
    assert there.event > back.event


def test_order_and_length_change_nothing(scorer: Scorer) -> None:
    short = pair("Peru thanked Bolivia.", "Peru", "Bolivia")
    long = pair("Peru thanked Bolivia " + "for the bread and the water " * 60 + ".", "Peru", "Bolivia")
    far = pair("Peru " + "and the river " * 100 + "thanked Bolivia.", "Peru", "Bolivia")
    alone = scorer.score([short])[0]
    together = scorer.score([long, far, short])
    assert together[2].root["05"] == pytest.approx(alone.root["05"], abs=0.05)
    assert scorer.score([]) == []


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=tmp_path.name):
        Scorer(tmp_path)
