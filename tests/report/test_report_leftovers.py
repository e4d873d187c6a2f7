"""Stretches that are no reporting."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError
from dragoman.report.leftovers import load_leftovers, noise

NEWS = "The two ministers signed the accord in Oslo on Tuesday, officials said, after a week of talks."

LINES = {
    "Share this article on Facebook": "share line",
    "Facebook | Twitter | WhatsApp | Email": "share line",
    "Share": "share line",
    "12 shares": "share line",
    "Post a Comment": "comment box",
    "3 Comments": "comment box",
    "Your email address will not be published. Required fields are marked *": "comment box",
    "Follow us on Telegram for more": "follow line",
    "Subscribe to our newsletter": "follow line",
    "Sign up for the morning briefing newsletter": "follow line",
    "Tags: Norway, Chile, fishing": "tag list",
    "Search Keywords: Norway | Chile": "tag list",
    "#Norway #Chile #fish": "tag list",
    "Short link: https://paper.example/abc": "link line",
    "https://paper.example/2024/05/talks": "link line",
    "Read more: Chile elects a new senate": "other headlines",
    "Also read: Chile elects a new senate": "other headlines",
    "ADVERTISEMENT": "advertisement",
    "File photo: Fishing boats in Bergen. AFP": "photo caption",
    "Photo by Ada Pike": "photo caption",
    "© NTB/Ada Pike  Fishing boats lie in the port of Bergen": "photo caption",
    "Copyright 2024 The Northern Paper": "copyright",
    "© 2024 The Northern Paper. All rights reserved.": "copyright",
    "Reporting by Ada Pike in Oslo; Editing by Bo Lind": "credits",
    "ap/bl/cd": "credits",
    "-- BERNAMA": "credits",
    "12 May 2024 09:41": "time stamp",
    "Last updated: 12 May 2024, 9:41 pm": "time stamp",
}


@pytest.mark.parametrize(("line", "reason"), LINES.items(), ids=LINES)
def test_a_line_of_the_page(line: str, reason: str) -> None:
    text = f"{NEWS}\n\n{line}\n\n{NEWS} They will meet again."
    found = noise(text)
    assert [(text[item.start : item.end], item.reason) for item in found] == [(line, reason)]


INSIDE = {
    "Photo credit: Ada Pike.": "photo credit",
    "(Photo: Ada Pike/NTB)": "photo credit",
    "All rights reserved.": "copyright",
    "This material may not be published, broadcast, rewritten or redistributed.": "copyright",
    "Follow us on Twitter.": "follow line",
    "This is a developing story.": "developing story",
    "https://img.paper.example/a/b.jpg": "address of a picture",
    "2024-05-12T09:41:00Z": "machine time stamp",
}


@pytest.mark.parametrize(("words", "reason"), INSIDE.items(), ids=INSIDE)
def test_words_inside_a_flattened_page(words: str, reason: str) -> None:
    text = f"{NEWS} {words} {NEWS}"
    assert [(text[item.start : item.end], item.reason) for item in noise(text)] == [(words, reason)]


@pytest.mark.parametrize(
    "line",
    [
        NEWS,
        "Share prices fell after the minister resigned, and the central bank stepped in to calm the market.",
        "Comments by the minister that the pact was dead angered Chile, whose envoy left the hall at once.",
        "Follow-up talks between the two sides will be held in Lima next month, the ministry said.",
        "Related sanctions were lifted by the council on Friday.",
        "More than forty people were killed when the army shelled the town.",
        "Topics of the talks included fishing and trade.",
        "Read his lips: the president ruled out a truce on Monday.",
        "The photo by the envoy's aide showed the two leaders shaking hands in Oslo.",
        "On 12 May 2024 the two states signed the pact.",
        "Copyrights were among the issues the two ministers discussed.",
        "He called on X to withdraw.",
    ],
)
def test_reporting_is_left_alone(line: str) -> None:
    assert noise(f"{NEWS}\n\n{line}") == []


def test_headlines_below_a_heading_go_with_it() -> None:
    text = f"{NEWS}\n\nRelated stories:\nChile elects a new senate\nNorway raises its duty on salmon"
    assert [item.reason for item in noise(text)] == ["other headlines"] * 3


def test_the_tail_ends_where_sentences_begin_again() -> None:
    text = f"Most read\nChile elects a new senate\n{NEWS}"
    assert [text[item.start : item.end] for item in noise(text)] == ["Most read", "Chile elects a new senate"]


def test_the_headline_told_twice() -> None:
    text = f"Ministers sign accord\n\nMINISTERS SIGN ACCORD\n\n{NEWS}"
    assert [(item.start, item.reason) for item in noise(text)] == [(text.index("MINI"), "headline told twice")]


def test_a_headline_known_from_elsewhere_stays_once() -> None:
    text = f"Ministers sign accord\n\n{NEWS}"
    assert noise(text, title="Ministers sign accord") == []


@given(st.lists(st.sampled_from([*LINES, *INSIDE, NEWS, "\n", "\n\n", " "]), max_size=12).map("".join))
def test_stretches_lie_in_order_and_apart(text: str) -> None:
    found = noise(text)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


WHOLE = "agencies: {}\nnot_places: []\npress_towns: []\nleftovers:\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (WHOLE + "  - {reason: a, where: line, patterns: [x], colour: red}\n", "colour"),
        (WHOLE + "  - {reason: a, where: page, patterns: [x]}\n", "where"),
        (WHOLE + "  - {reason: a, where: line, patterns: ['(']}\n", "pattern"),
        (WHOLE.replace("{}", "{A: [x], B: [X]}") + "  - {reason: a, where: line, patterns: [x]}\n", "'x'"),
        ("agencies: [", "flow"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, content: str, word: str) -> None:
    path = tmp_path / "leftovers.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"leftovers\.yaml") as error:
        load_leftovers(path)
    assert word in str(error.value)
