"""What is parsed and what is left out, and that offsets stay those of the report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman import Reader
from dragoman.errors import ModelError
from dragoman.reading.parse import LONGEST_STRETCH, Grammar, Stretch, load_model, stretches
from dragoman.reading.words import Reading
from dragoman.report.head import noise, read_head
from dragoman.report.report import Report

REPORT = """Peru protests to Bolivia

LIMA (Wire) — Peru protested to Bolivia on Monday
over a fence that runs along the lake and
that nobody had announced.

Bolivia rejected the complaint.

Read more: Ten things to do in Lima
Subscribe to our newsletter
"""


def cut(text: str) -> list[Stretch]:
    """A report's stretches, with its own head and leftovers left out."""
    return stretches(text, read_head(text).body_start, [(a, b) for a, b, _ in noise(text)])


def words(text: str, found: list[Stretch]) -> list[str]:
    return [text[s.start : s.end] for s in found]


def read(grammar: Grammar, text: str) -> Reading:
    return next(grammar.read_many([(Report(text=text), 0, [])]))


# -- stretches


def test_leftovers_are_left_out() -> None:
    parsed = "\n".join(words(REPORT, cut(REPORT)))
    assert "Bolivia rejected the complaint." in parsed
    assert "Read more" not in parsed
    assert "newsletter" not in parsed


def test_dateline_is_left_out() -> None:
    assert not any("Wire" in piece for piece in words(REPORT, cut(REPORT)))


@pytest.mark.parametrize("head", ["LIMA, June 1 -", "12 May 2024,", "LIMA:"])
def test_lines_above_the_body_are_left_out(head: str) -> None:
    text = f"{head}\n\nPeru protested to Bolivia."
    assert words(text, stretches(text, text.index("Peru"), [])) == ["Peru protested to Bolivia."]


def test_headline_is_kept_and_marked() -> None:
    first, *others = cut(REPORT)
    assert REPORT[first.start : first.end] == "Peru protests to Bolivia"
    assert first.headline
    assert not any(s.headline for s in others)


def test_lone_headline_is_read(reader: Reader) -> None:
    text = "Peru condemns Bolivia over border fence"
    assert words(text, cut(text)) == [text]
    assert [e.category for e in reader.read(text).events] == ["ACCUSE"]


def test_hard_wrapped_text_is_kept_together() -> None:
    found = words(REPORT, cut(REPORT))
    assert (
        "Peru protested to Bolivia on Monday\nover a fence that runs along the lake and\nthat nobody had announced."
        in found
    )


def test_finished_lines_are_cut() -> None:
    text = "Peru protested to Bolivia.\nBolivia rejected the complaint.\nTalks were held."
    assert words(text, cut(text)) == text.split("\n")


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "—"])
def test_items_of_a_list_are_cut(bullet: str) -> None:
    lead = "The ministers agreed on steps that both of their governments will take"
    text = f"{lead}\n{bullet} a truce\n{bullet} a swap"
    assert len(words(text, stretches(text, 0, []))) == 3


def test_short_line_before_a_capital_is_cut() -> None:
    text = "Reactions\nPeru condemned the raid."
    assert words(text, stretches(text, 0, [])) == ["Reactions", "Peru condemned the raid."]


def test_a_line_of_blanks_ends_a_paragraph() -> None:
    text = "a fence that runs along the lake and\n \u00a0\t\nthat nobody had announced"
    assert [s.paragraph for s in stretches(text, 0, [])] == [0, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n", "\u00a0\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert stretches(text, 0, []) == []


def test_stretches_stand_in_order_and_hold_no_blanks_at_their_ends() -> None:
    text = "  One line here.  \n\n   Another line,\nwrapped.\t\n\n\n\nThe last one.  "
    found = stretches(text, 0, [])
    assert words(text, found) == ["One line here.", "Another line,\nwrapped.", "The last one."]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["Peru protested. ", "protest ", "protested"])
def test_endless_paragraph_is_cut(unit: str) -> None:
    text = (unit * (3 * LONGEST_STRETCH // len(unit))).strip()
    found = stretches(text, 0, [])
    assert len(found) >= 3
    assert all(0 < s.end - s.start <= LONGEST_STRETCH for s in found)
    assert "".join(words(text, found)).replace(" ", "") == text.replace(" ", "")
    assert {s.paragraph for s in found} == {0}


def test_what_is_skipped_cuts_a_paragraph_in_two() -> None:
    text = "Peru protested. ADVERTISEMENT Bolivia answered."
    start = text.index("ADV")
    assert words(text, stretches(text, 0, [(start, start + 13)])) == ["Peru protested.", "Bolivia answered."]


# -- the parse


def test_offsets_are_those_of_the_report(grammar: Grammar) -> None:
    text = "  Señora Núñez 🕊 arrived.\n\nPeru’s   envoy—the old one—didn’t\nwait…  «Fine», he said.\u200b\n"
    reading = read(grammar, text)
    assert [w.text for w in reading.words] == [text[w.start : w.end] for w in reading.words]
    assert all(a.end <= b.start for a, b in pairwise(reading.words))
    for sentence in reading.sentences:
        inside = reading.words[sentence.first : sentence.last]
        assert (sentence.start, sentence.end) == (inside[0].start, inside[-1].end)


def test_white_space_is_no_word_and_no_head(grammar: Grammar) -> None:
    reading = read(grammar, "Peru   condemned \n  the \t raid  \n   on   the \u00a0 post .")
    assert all(w.text.strip() for w in reading.words)
    assert "".join(w.text for w in reading.words) == "Perucondemnedtheraidonthepost."
    assert [w.i for w in reading.words] == list(range(len(reading.words)))
    for word in reading.words:
        assert reading.words[word.head.i] is word.head
        assert word.head is word or word in word.head.children


def test_heads_stay_in_their_sentence_and_end_at_a_root(grammar: Grammar) -> None:
    reading = read(grammar, "Peru condemned Bolivia. Bolivia, which had waited, rejected it.\n\nTalks ended.")
    assert len(reading.sentences) == 3
    for word in reading.words:
        assert word.head.sentence == word.sentence
        above, steps = word, 0
        while above.head is not above:
            above, steps = above.head, steps + 1
            assert steps < len(reading.words)


def test_paragraph_and_headline_reach_the_sentences(grammar: Grammar) -> None:
    reading = read(grammar, "Peru condemns Bolivia\n\nPeru condemned Bolivia. It was Monday.\n\nTalks ended.")
    assert [(s.paragraph, s.headline) for s in reading.sentences] == [(0, True), (1, False), (1, False), (2, False)]


def test_reports_are_kept_apart_and_in_order(grammar: Grammar) -> None:
    texts = [f"Peru sent letter {n}." if n % 3 else " \n" for n in range(1, 80)]
    readings = list(grammar.read_many((Report(text=t), 0, []) for t in texts))
    assert [r.report.text for r in readings] == texts
    assert [" ".join(w.text for w in r.words) for r in readings] == [t.strip().replace(".", " .") for t in texts]


def test_grammar_is_lazy(grammar: Grammar) -> None:
    taken: list[int] = []

    def endless() -> Iterator[tuple[Report, int, list[tuple[int, int]]]]:
        while True:
            taken.append(1)
            yield Report(text="Peru waits."), 0, []

    stream = grammar.read_many(endless(), batch=5)
    next(stream)
    assert len(taken) == 5


def test_unknown_pipeline_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_model("no_such_pipeline")


def test_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(ModelError, match="parser"):
        load_model(str(tmp_path / "bare"))


def test_words_between_two_offsets(grammar: Grammar) -> None:
    reading = read(grammar, "Oslo spoke. Lima did not answer.")
    for start in range(len(reading.report.text) + 2):
        for end in range(start, len(reading.report.text) + 2):
            expected = [w for w in reading.words if start <= w.start < end]
            assert reading.words_between(start, end) == expected
