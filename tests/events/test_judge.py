"""The model beside the rules: what it weighs, fills in, recodes, drops and proposes, with scores made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dragoman import Reader
from dragoman.events.calibration import Calibration
from dragoman.events.judge import Judge
from dragoman.events.scorer import Scores
from dragoman.events.sheets import Pair
from dragoman.events.views import root_of_code, root_shares, verdict

ROOTS = ("NONE", *(f"{n:02d}" for n in range(2, 21)))
CATEGORIES = ("NONE", "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE",
              "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN")  # fmt: skip
# As sure as the model is of the code, and no more.
PLAIN = Calibration({"rule": 0.5, "same, logit": 1.0}, {"rule": 1.0}, 0.02, 0.02)


def scores(
    root: str,
    category: str,
    sure: float = 0.95,
    mode: str = "-",
    status: str = "occurred",
    code: str = "",
    word: int = -1,
) -> Scores:
    rest = (1.0 - sure) / (len(ROOTS) - 1)
    return Scores(
        {r: sure if r == root else rest for r in ROOTS},
        {c: sure if c == category else (1.0 - sure) / (len(CATEGORIES) - 1) for c in CATEGORIES},
        {"-": 1.0} if mode == "-" else {"-": 0.1, mode: 0.9},
        {status: 1.0},
        {code: 1.0} if code else {},
        word,
    )


NOTHING = scores("NONE", "NONE", sure=0.99)


class Says:
    """A scorer that says what it is told of a pair's words, and keeps what it was asked."""

    def __init__(self, answer: Callable[[str, str], Scores]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def of_sentences(self, asked: Sequence[tuple[str, Sequence[Pair]]]) -> list[list[Scores]]:
        out = []
        for text, pairs in asked:
            words = [(text[a[0] : a[1]], text[r[0] : r[1]]) for a, r in pairs]
            self.asked += words
            out.append([self.answer(*pair) for pair in words])
        return out


@pytest.fixture
def judged(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    def read(text: str, answer: Scores | Callable[[str, str], Scores]):
        told = answer if callable(answer) else (lambda _a, _r: answer)
        monkeypatch.setattr(reader, "_judge", Judge(Says(told), PLAIN))  # type: ignore[arg-type]
        return reader.read(text, published="2024-06-04").events

    return read


def towards(recipient: str, answer: Scores) -> Callable[[str, str], Scores]:
    """A scorer that sees something only towards one."""
    return lambda _a, r: answer if recipient in r else NOTHING


def test_what_the_model_sees_too_is_surer(judged) -> None:
    (event,) = judged("Peru accused Bolivia of spying.", scores("11", "ACCUSE"))
    (doubted,) = judged("Peru accused Bolivia of spying.", scores("12", "REJECT", sure=0.4))
    assert event.category == doubted.category == "ACCUSE"
    assert event.confidence > doubted.confidence
    assert any("the model gives the code 0.95" in reason.fact for reason in event.reasons)


def test_the_next_likely_code_is_named(judged) -> None:
    mixed = Scores(
        {**dict.fromkeys(ROOTS, 0.0), "11": 0.7, "12": 0.3},
        {**dict.fromkeys(CATEGORIES, 0.0), "ACCUSE": 0.7, "REJECT": 0.3},
        {"-": 1.0}, {"occurred": 1.0},
    )  # fmt: skip
    (event,) = judged("Peru accused Bolivia of spying.", mixed)
    assert [r.fact for r in event.reasons if "runner-up" in r.fact] == [
        "runner-up: REJECT 120, to which the model gives 0.30"
    ]


def test_a_weak_rule_gives_way_where_the_model_is_sure(judged) -> None:
    (event,) = judged("Norway approached Chile.", scores("04", "CONSULT"))
    assert (event.category, event.cameo) == ("CONSULT", "040")


def test_a_recipient_no_rule_found_is_filled_in(judged) -> None:
    text = "Peru's army declared a ceasefire, eleven days after Bolivia had asked for quiet along the river."
    without = [e for e in judged(text, NOTHING) if e.category == "CONCEDE"]
    filled = [e for e in judged(text, towards("Bolivia", scores("08", "CONCEDE"))) if e.category == "CONCEDE"]
    assert not [p for e in without for p in e.recipients]
    assert [p.actor.country for e in filled for p in e.recipients] == ["BOL"]
    assert any("the model sees the CONCEDE towards 'Bolivia'" in r.fact for e in filled for r in e.reasons)


def test_a_pair_no_rule_joins_is_coded_where_the_model_is_sure(judged) -> None:
    answer = scores("12", "REJECT", mode="REJECT/meet", code="125", word=7)
    (event,) = judged("Norway fascinated Chile.", towards("Chile", answer))
    assert (event.category, event.mode, event.cameo) == ("REJECT", "meet", "125")
    assert [p.actor.country for p in event.actors] == ["NOR"]
    assert [p.actor.country for p in event.recipients] == ["CHL"]
    assert event.trigger.text == "fascinated"
    assert not judged("Norway fascinated Chile.", scores("12", "REJECT", sure=0.5))


def test_words_that_mean_nothing_stay_silent(judged) -> None:
    assert not judged("Norway attacked the problem with Chile.", towards("Chile", scores("19", "ASSAULT", word=7)))


def test_what_is_said_is_not_done(judged) -> None:
    answer = scores("19", "ASSAULT")
    assert not judged("“Chile is far away,” Norway’s king mused.", answer)


def test_one_side_does_not_agree_with_itself(judged) -> None:
    assert not judged("Norway fascinated the Norwegian parliament.", scores("03", "AGREE"))


def test_background_is_no_status(judged) -> None:
    (event,) = judged("Norway fascinated Chile.", towards("Chile", scores("12", "REJECT", status="background")))
    assert event.background
    assert event.status == "occurred"


def test_a_place_an_act_is_laid_upon_is_its_recipient(judged) -> None:
    events = judged("Peru declared a state of siege near Iquitos.", towards("Iquitos", scores("17", "COERCE")))
    assert [(p.span.text, p.actor.country) for e in events for p in e.recipients] == [("Iquitos", "PER")]


def test_appeals_and_demands_are_one_root() -> None:
    asked = scores("02", "REQUEST", sure=0.6)
    assert verdict(asked).root == "10"
    assert verdict(asked).cameo == "020"
    assert sum(root_shares(asked).values()) == pytest.approx(1.0)
    assert root_of_code("REQUEST", "0253") == root_of_code("REQUEST", "1053") == "10"
    assert root_of_code("COERCE", None) == "17"
    assert (root_of_code("ACCUSE", None), root_of_code("RETREAT", None)) == ("11", "08")  # as the model was taught


def test_a_code_is_no_deeper_than_the_model_is_sure() -> None:
    def coded(**shares: float) -> str:
        one = scores("08", "RETREAT")
        return verdict(
            Scores(one.root, one.category, one.mode, one.status, {k[1:]: v for k, v in shares.items()})
        ).cameo

    assert coded(_0841=0.9, _085=0.05) == "0841"
    assert coded(_0841=0.3, _0842=0.3, _085=0.2) == "084"
    assert coded(_0841=0.3, _085=0.3, _0871=0.3) == "080"
