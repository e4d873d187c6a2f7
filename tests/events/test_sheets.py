"""Sheets: a sentence and its marked pairs as numbers, the same for training and reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.events.sheets import LONGEST, MOST, Pair, Sheet, sheets_of

ENDS = (101, 102)
MARKS = (1, 2, 3, 4)


def cut(text: str) -> list[int]:
    """Two pieces for each word, so that words and pieces differ."""
    return [n for word in text.split() for n in (1000 + len(word), 2000)]


def made(text: str, *pairs: Pair) -> list[Sheet]:
    return sheets_of(cut, MARKS, ENDS, text, pairs)


def test_a_mark_stands_where_its_words_stand() -> None:
    text = "Oman thanked the king of Mali"
    (sheet,) = made(text, ((0, 4), (13, 29)))
    assert sheet.ids[: sheet.length] == (101, *cut(text), 102)
    assert sheet.ids[sheet.length :] == MARKS
    opening, closing, other, last = (sheet.positions[n] for n in sheet.marks[0])
    assert (opening, closing) == (1, 2)
    assert (other, last) == (5, 12)
    assert sheet.starts[opening] == 0
    assert sheet.starts[other] == 13
    assert sheet.starts[0] == sheet.starts[-1] == -1


def test_pairs_know_their_own_marks_alone() -> None:
    (sheet,) = made("Oman thanked Mali", ((0, 4), (13, 17)), ((13, 17), (0, 4)))
    assert set(sheet.pairs[: sheet.length]) == {0}
    assert sheet.pairs[sheet.length :] == (1, 1, 1, 1, 2, 2, 2, 2)
    assert sheet.which == (0, 1)


def test_many_pairs_take_many_sheets() -> None:
    pairs: list[Pair] = [((0, 4), (13, 17))] * (2 * MOST + 1)
    sheets = made("Oman thanked Mali", *pairs)
    assert [len(s.marks) for s in sheets] == [MOST, MOST, 1]
    assert [n for s in sheets for n in s.which] == list(range(len(pairs)))


def test_of_a_long_sentence_what_is_near_is_seen() -> None:
    text = "word " * 300 + "Oman thanked Mali" + " word" * 300
    start = text.index("Oman")
    (sheet,) = made(text, ((start, start + 4), (start + 13, start + 17)))
    assert sheet.length == LONGEST
    assert sheet.starts[sheet.positions[sheet.marks[0][0]]] == start
    assert sheet.starts[sheet.positions[sheet.marks[0][2]]] == start + 13


@given(st.text(alphabet="ab \n", max_size=900), st.data())
def test_every_pair_has_its_place(text: str, data: st.DataObject) -> None:
    spot = st.integers(0, len(text))
    spans = st.tuples(spot, spot).map(lambda s: (min(s), max(s)))
    pairs = data.draw(st.lists(st.tuples(spans, spans), min_size=1, max_size=30))
    sheets = made(text, *pairs)
    assert sorted(n for s in sheets for n in s.which) == list(range(len(pairs)))
    for sheet in sheets:
        assert len(sheet.ids) == len(sheet.positions) == len(sheet.pairs)
        assert len(sheet.starts) == sheet.length <= LONGEST
        assert all(0 <= p < sheet.length for p in sheet.positions)
