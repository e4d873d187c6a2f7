"""The model beside the rules: what it weighs, recodes, drops and proposes, with scores made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dragoman import Reader
from dragoman.events.judge import Judge, root_of_code, root_shares, verdict
from dragoman.events.scorer import Offsets, Scores

ROOTS = ("NONE", *(f"{n:02d}" for n in range(2, 21)))
CATEGORIES = ("NONE", "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE",
              "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN")  # fmt: skip


def scores(root: str, category: str, sure: float = 0.95, mode: str = "-", status: str = "occurred") -> Scores:
    rest = (1.0 - sure) / (len(ROOTS) - 1)
    return Scores(
        {r: sure if r == root else rest for r in ROOTS},
        {c: sure if c == category else (1.0 - sure) / (len(CATEGORIES) - 1) for c in CATEGORIES},
        {"-": 1.0} if mode == "-" else {"-": 0.1, mode: 0.9},
        {status: 1.0},
    )


class Says:
    """A scorer that says the same of every pair, and keeps what it was asked."""

    def __init__(self, answer: Scores) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Offsets, Offsets]] = []

    def score(self, pairs: Sequence[tuple[str, Offsets, Offsets]]) -> list[Scores]:
        self.asked += pairs
        return [self.answer for _ in pairs]


@pytest.fixture
def judged(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    def read(text: str, answer: Scores):
        monkeypatch.setattr(reader, "_judge", Judge(Says(answer)))
        return reader.read(text, published="2024-06-04").events

    return read


def test_what_the_model_sees_too_stays_and_is_surer(judged) -> None:
    (event,) = judged("Peru accused Bolivia of spying.", scores("11", "ACCUSE"))
    (doubted,) = judged("Peru accused Bolivia of spying.", scores("12", "REJECT", sure=0.4))
    assert event.category == doubted.category == "ACCUSE"
    assert event.confidence > doubted.confidence
    assert any("the model gives the code 0.95" in reason.fact for reason in event.reasons)


def test_a_weak_rule_gives_way_where_the_model_is_sure(judged) -> None:
    (event,) = judged("Norway approached Chile.", scores("04", "CONSULT"))
    assert (event.category, event.cameo) == ("CONSULT", "040")


def test_a_pair_no_rule_joins_is_coded_where_the_model_is_sure(judged) -> None:
    (event,) = judged("Norway fascinated Chile.", scores("12", "REJECT", mode="REJECT/meet"))
    assert (event.category, event.mode, event.cameo) == ("REJECT", "meet", "120")
    assert [p.actor.country for p in event.actors] == ["NOR"]
    assert [p.actor.country for p in event.recipients] == ["CHL"]
    assert event.trigger.text == "fascinated"
    assert not judged("Norway fascinated Chile.", scores("12", "REJECT", sure=0.5))


def test_what_is_said_is_not_done(judged) -> None:
    answer = scores("19", "ASSAULT")
    assert not judged("“Chile is far away,” Norway’s king mused.", answer)


def test_one_side_does_not_meet_itself(judged) -> None:
    assert not judged("Norway fascinated the Norwegian parliament.", scores("04", "CONSULT"))


def test_background_is_no_status(judged) -> None:
    (event,) = judged("Norway fascinated Chile.", scores("12", "REJECT", status="background"))
    assert event.background
    assert event.status == "occurred"


def test_appeals_and_demands_are_one_root() -> None:
    asked = scores("02", "REQUEST", sure=0.6)
    assert verdict(asked).root == "10"
    assert verdict(asked).cameo == "020"
    assert sum(root_shares(asked).values()) == pytest.approx(1.0)
    assert root_of_code("REQUEST", "0253") == root_of_code("REQUEST", "1053") == "10"
    assert root_of_code("COERCE", None) == "17"
    assert (root_of_code("ACCUSE", None), root_of_code("RETREAT", None)) == ("11", "08")  # as the model was taught
