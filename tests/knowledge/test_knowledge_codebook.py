"""The codebook is whole: every category, mode, context and CAMEO code, each with its numbers."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.lexicon import frames
from dragoman.knowledge.loader import raw
from dragoman.record.entries import Category

BOOK = codebook()
# PLOVER 2.0's table: quad class and intensity of each category, as the manual prints them or `settled.yaml` rules.
PLOVER = {
    "AGREE": (1, 2.5), "CONSULT": (1, 2.5), "SUPPORT": (1, 5), "CONCEDE": (1, 4.5), "COOPERATE": (2, 9.5),
    "AID": (2, 10), "RETREAT": (2, 6.5), "REQUEST": (3, 0), "ACCUSE": (3, -3), "REJECT": (3, -2), "THREATEN": (3, -3.5),
    "PROTEST": (4, -5), "SANCTION": (4, -6), "MOBILIZE": (4, -5.5), "COERCE": (4, -7), "ASSAULT": (4, -9),
}  # fmt: skip
MODES = {
    "AGREE": 0, "CONSULT": 4, "SUPPORT": 0, "CONCEDE": 0, "COOPERATE": 0, "AID": 0, "RETREAT": 6, "REQUEST": 4,
    "ACCUSE": 3, "REJECT": 4, "THREATEN": 6, "PROTEST": 7, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 10, "ASSAULT": 15,
}  # fmt: skip


def test_the_categories() -> None:
    assert {name: (entry.quad, entry.intensity) for name, entry in BOOK.categories.items()} == PLOVER
    assert set(BOOK.categories) == set(get_args(Category))


def test_the_modes() -> None:
    assert {category: len(modes) for category, modes in BOOK.modes.items()} == MODES


def test_contexts_sectors_and_international_codes() -> None:
    assert len(BOOK.contexts) == 37
    assert all(re.fullmatch("[a-z_]+", name) and entry.gloss for name, entry in BOOK.contexts.items())
    assert len(BOOK.sectors) == 25
    assert all(re.fullmatch("[A-Z]{3}", code) and gloss for code, gloss in BOOK.sectors.items())
    assert set(BOOK.international) == {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


def test_all_cameo_codes_are_there() -> None:
    """256 codes have a place in PLOVER's map; the roots 01 and 02, which it leaves out, are there with theirs."""
    mapped = [code for code in BOOK.cameo if code[:2] not in ("01", "02")]
    assert len(mapped) == 256
    assert len(BOOK.cameo) == 293
    assert {code[:2] for code in BOOK.cameo} == {f"{root:02}" for root in range(1, 21)}
    assert all(f"{root:02}0" in BOOK.cameo for root in range(1, 21))


@pytest.mark.parametrize("code", sorted(BOOK.cameo))
def test_cameo_code(code: str) -> None:
    entry = BOOK.cameo[code]
    assert re.fullmatch(r"\d{3,4}", code)
    assert len(code) == 3 or code[:3] in BOOK.cameo, "a code of four digits has its parent"
    assert entry.gloss
    assert -10 <= entry.goldstein <= 10
    if code.startswith("01"):
        assert (entry.category, entry.mode) == (None, None)
        return
    assert entry.category in BOOK.categories
    assert entry.mode is None or entry.mode in BOOK.modes[entry.category]
    assert set(entry.contexts) <= set(BOOK.contexts)
    if code.startswith("02"):
        assert entry.category == "REQUEST"


@pytest.mark.parametrize("category", sorted(PLOVER))
def test_intensity(category: str) -> None:
    entry = BOOK.categories[category]
    assert BOOK.intensity(category, None) == entry.intensity
    for mode in BOOK.modes[category]:
        assert -10 <= BOOK.intensity(category, mode) <= 10
        assert mode in BOOK.line(category, mode)
    with pytest.raises(KeyError):
        BOOK.intensity(category, "no such mode")


def test_a_mode_without_a_score_takes_its_categorys() -> None:
    assert BOOK.modes["PROTEST"]["vandalize"].intensity is None
    assert BOOK.intensity("PROTEST", "vandalize") == -5


def test_what_is_settled_holds() -> None:
    """`settled.yaml` is carried out, not only written down."""
    assert BOOK.categories["SANCTION"].quad == 4
    assert BOOK.categories["ACCUSE"].intensity == -3
    assert not BOOK.categories["PROTEST"].requires_recipient
    assert not BOOK.categories["ASSAULT"].requires_recipient
    assert all(entry.category is None for code, entry in BOOK.cameo.items() if code.startswith("01"))
    assert all(entry.point and entry.says and entry.holds and entry.why for entry in BOOK.settled)


def test_every_frame_of_the_lexicon_speaks_the_codebook() -> None:
    for frame in frames():
        if frame.category is None:
            continue
        assert frame.category in BOOK.categories, frame.name
        assert frame.mode is None or frame.mode in BOOK.modes[frame.category], frame.name
        assert frame.cameo is None or frame.cameo in BOOK.cameo, frame.name
        assert set(frame.contexts) <= set(BOOK.contexts), frame.name


def test_no_frame_gives_a_statement_for_an_event() -> None:
    wrong = [frame.name for frame in frames() if frame.category and frame.cameo and frame.cameo.startswith("01")]
    assert wrong == []


def test_the_room_says_so_when_a_code_hangs_in_the_air(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = raw()
    for change, said in (
        ({"category": "GREET", "mode": None}, "030: no category 'GREET'"),
        ({"category": "AGREE", "mode": "loud"}, "030: AGREE has no mode 'loud'"),
        ({"category": "AGREE", "mode": None, "contexts": ["weather"]}, "030: no context 'weather'"),
    ):
        cameo = {"030": {"goldstein": 1.0, "gloss": "x", **change}}
        monkeypatch.setattr("dragoman.knowledge.codebook.raw", lambda cameo=cameo: whole | {"plover/cameo.yaml": cameo})
        codebook.cache_clear()
        with pytest.raises(KnowledgeError, match=said):
            codebook()
    monkeypatch.undo()
    codebook.cache_clear()
    assert codebook() == BOOK
