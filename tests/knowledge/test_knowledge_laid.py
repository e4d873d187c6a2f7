"""A user's own files laid over ours: entry by entry, and whole where that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.knowledge.laid import YOURS, joined, laid

MLT = [{"name": "Ada Borg", "country": "MLT", "qid": "Q1"}, {"name": "Béla Camilleri", "country": "MLT"}]


def names(data: Any) -> list[str]:
    return [row["name"] for row in data]


@pytest.mark.parametrize(
    ("own", "ours_left"),
    [
        ([{"name": "Carmel Debono", "country": "MLT"}], ["Ada Borg", "Béla Camilleri"]),
        ([{"name": "Ada Borg", "country": "MLT"}], ["Béla Camilleri"]),
        ([{"name": "bela camilleri", "country": "MLT"}], ["Ada Borg"]),
        ([{"name": "Ada Borg"}], ["Béla Camilleri"]),
        ([{"name": "Ada Borg", "country": "ITA"}], ["Ada Borg", "Béla Camilleri"]),
        ({"name": "Ada Borg", "country": "MLT"}, ["Béla Camilleri"]),
    ],
    ids=["another adds", "the same replaces", "spelt another way", "no country", "of another state", "one alone"],
)
def test_persons_go_by_name_and_country(own: Any, ours_left: list[str]) -> None:
    both = laid({"persons/mlt.yaml": MLT}, {"persons/mlt.yaml": own})
    assert names(both["persons/mlt.yaml"]) == ours_left
    assert both["persons/mlt.yaml" + YOURS] == own


def test_a_file_of_another_name_replaces_too() -> None:
    own = [{"name": "Ada Borg", "country": "MLT", "gender": "f"}]
    both = laid({"persons/mlt.yaml": MLT}, {"persons/mine.yaml": own})
    assert names(both["persons/mlt.yaml"]) == ["Béla Camilleri"]
    assert both["persons/mine.yaml"] == own


def test_states_go_by_code_and_name() -> None:
    ours = {
        "states/geo.yaml": {"code": "GEO", "name": "Georgia"},
        "states/abkhazia.yaml": {"code": "GEO", "name": "Abkhazia"},
    }
    both = laid(ours, {"states/own.yaml": {"code": "GEO", "name": "Georgia", "weak": []}})
    assert both["states/geo.yaml"] == []
    assert both["states/abkhazia.yaml"] == ours["states/abkhazia.yaml"]


def test_bodies_and_groups_go_by_name() -> None:
    both = laid(
        {"bodies/ngos.yaml": [{"name": "The Guild"}, {"name": "The Lodge"}]}, {"bodies/own.yaml": {"name": "The Guild"}}
    )
    assert names(both["bodies/ngos.yaml"]) == ["The Lodge"]
    groups = joined(laid({"groups.yaml": [{"name": "A"}, {"name": "B"}]}, {"groups.yaml": [{"name": "B", "new": 1}]}))
    assert groups == {"groups.yaml": [{"name": "A"}, {"name": "B", "new": 1}]}


@pytest.mark.parametrize(
    ("own", "left"),
    [
        ([{"replace": True}, {"name": "Carmel Debono"}], [{"name": "Carmel Debono"}]),
        ([{"replace": True, "name": "Carmel Debono"}], [{"name": "Carmel Debono"}]),
        ({"replace": True, "name": "Carmel Debono"}, {"name": "Carmel Debono"}),
        ([{"replace": True}], []),
    ],
)
def test_replace_puts_ours_away_whole(own: Any, left: Any) -> None:
    both = laid({"persons/mlt.yaml": MLT, "persons/ita.yaml": []}, {"persons/mlt.yaml": own})
    assert both == {"persons/ita.yaml": [], "persons/mlt.yaml" + YOURS: left}


def test_triggers_of_the_same_name_are_replaced_whole() -> None:
    both = laid({"triggers/aid.yaml": {"category": "AID", "frames": [1]}}, {"triggers/aid.yaml": {"category": "AID"}})
    assert both == {"triggers/aid.yaml": {"category": "AID"}}


def test_offices_go_key_by_key_and_head_by_head() -> None:
    ours = {
        "status": {"acting": ["acting"], "late": ["late"]},
        "honorifics": ["mr"],
        "heads": [{"office": "king", "words": ["king"]}, {"office": "doge", "words": ["doge"]}],
    }
    own = {"status": {"late": ["lamented"]}, "heads": [{"office": "doge", "words": ["duce"]}, {"office": "dey"}]}
    assert laid({"offices.yaml": ours}, {"offices.yaml": own})["offices.yaml"] == {
        "status": {"acting": ["acting"], "late": ["lamented"]},
        "honorifics": ["mr"],
        "heads": [{"office": "king", "words": ["king"]}, {"office": "doge", "words": ["duce"]}, {"office": "dey"}],
    }


@pytest.mark.parametrize("wrong", ["words", 3, None, [], [None, "x"], {"name": 3}, [{"name": None}]])
@pytest.mark.parametrize("name", ["persons/mlt.yaml", "offices.yaml", "groups.yaml", "triggers/aid.yaml"])
def test_what_is_no_entry_is_left_to_its_schema(name: str, wrong: Any) -> None:
    ours = {"persons/mlt.yaml": MLT, "offices.yaml": {"heads": []}, "groups.yaml": [], "triggers/aid.yaml": {}}
    both = laid(ours, {name: wrong})
    assert joined(both)
    assert wrong in both.values() or wrong == {"name": 3}


def test_ours_are_not_touched() -> None:
    ours = {"persons/mlt.yaml": list(MLT)}
    laid(ours, {"persons/mlt.yaml": [{"name": "Ada Borg", "country": "MLT"}]})
    assert ours == {"persons/mlt.yaml": MLT}
