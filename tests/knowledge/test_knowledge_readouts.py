"""How accounts are compared: the words of readouts.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dragoman.knowledge.loader import raw
from dragoman.knowledge.readouts import ReadoutWords, readout_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("investigators", "an investigation"),
        ("the release", "releasing"),
        ("agreed", "the agreement"),
        ("cities", "city"),
        ("hours", "hour"),
        ("mediation", "mediator"),
        ("Türkiye’s ports", "a port of turkiye"),
    ],
)
def test_forms_of_one_word_are_one(one: str, other: str) -> None:
    words = readout_words()
    assert set(words.content(one)) == set(words.content(other)) != set()


@pytest.mark.parametrize(
    "text", ["", "the minister said that both sides had expressed their views", "of the ...", "He would not, he said"]
)
def test_words_that_tell_nothing(text: str) -> None:
    assert readout_words().content(text) == {}


def test_words_left_out_and_the_forms_that_stand_there() -> None:
    words = readout_words()
    assert words.content("Iran freed 14 sailors", without={"iran"}) == {"fre": "freed", "14": "14", "sail": "sailors"}
    assert words.family_of["phone"] == words.family_of["video"] != words.family_of["meeting"]
    assert "other" not in words.family_of
    assert words.binding_of["promise"] == words.binding_of["offer"] != words.binding_of["demand"]


@pytest.mark.parametrize(
    "change",
    [
        {"families": {"far": ["phone", "video"]}},
        {"bindings": {"given": ["promise", "promise"]}},
        {"families": {"far": ["telegram"]}},
        {"unknown": []},
    ],
)
def test_a_broken_file_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ReadoutWords.model_validate({**raw()["readouts.yaml"], **change})
