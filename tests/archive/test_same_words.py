"""Both kinds of database find the same reports, and show where the words stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import make
import served
from dragoman.archive import Archive, snippets
from dragoman.errors import ArchiveError

# Fractions and raised numbers are left out: they are words to SQLite only.
# What the two would cut differently if each went by its own rules: hyphens, hosts, numbers, accents, other scripts.
PIECES = [
    "Doha", "doha", "DOHA’s", "Doha-based", "São", "Sa\u0303o", "visits", "visited", "visiting", "the", "The", "of",
    "and", "U.S.", "US", "3.5", "3", "1e5", "12th", "2024-06-01", "G7", "F-16s", "F16s", "example.org", "a@b.org",
    "https://example.org/a?b=c", "and/or", "O'Neill", "Łódź", "lodz", "Ærø", "naïve", "İzmir", "Straße", "Москва",
    "Москвы", "Йемен", "МОСКВА", "北京", "Θεσσαλονίκη", "agreed", "agreement", "agreeing", "generously", "relational",
    "x_y", "x", "y", "#talks", "co-operate", "co", "operate", "10,000", "10", "000", "a\u00adb", "—", "…",
    "\0", "\x1a", "\n", "\n\n", "(", ")", '"', "&", "%", "'", "!", "*", ":",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)
QUESTIONS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)
NUMBERS = iter(range(10**9))


@pytest.fixture(scope="module")
def both(postgres_server: served.Server) -> Iterator[tuple[Archive, Archive]]:
    with Archive("sqlite://") as one, postgres_server.archive() as url, Archive(url) as other:
        yield one, other


@settings(max_examples=120)
@given(texts=st.lists(TEXTS, min_size=2, max_size=6), title=TEXTS, asked=QUESTIONS, phrase=st.booleans())
@example(texts=["x Doha", "y"], title="visits", asked=["visit", "x"], phrase=True)  # a phrase ends with its title
@example(texts=["Doha\0 talks", "Doha talks"], title="-", asked=["Doha", "talks"], phrase=True)
def test_the_same_is_found(
    both: tuple[Archive, Archive], texts: list[str], title: str, asked: list[str], phrase: bool
) -> None:
    # A word of its own keeps this example's reports apart from all others'.
    own = f"batch{next(NUMBERS)}q"
    records = [make.record(f"{text} {own}", title=title if number == 0 else None) for number, text in enumerate(texts)]
    words = " ".join(asked).replace('"', " ")
    words = f'"{words}" {own}' if phrase else f"{words} {own}"
    found = []
    for archive in both:
        archive.add(records)
        try:
            found.append({hit.report_id for hit in archive.search(words)})
        except ArchiveError as error:
            found.append({str(error)})
    assert found[0] == found[1]


def test_on_all_examples(both: tuple[Archive, Archive]) -> None:
    records = [
        make.record(path.read_text(encoding="utf-8"), title=path.stem.replace("-", " "), published="2024-06-01")
        for path in sorted((Path(__file__).parents[2] / "examples").glob("*/*.txt"))
    ]
    for archive in both:
        archive.add(records)
    asked = ("minister", "talks", '"foreign minister"', "the border", "agreed to", "ships", "said not", "crew released")
    for words in asked:
        one, other = (list(archive.search(words, since="2024-06-01")) for archive in both)
        assert {hit.report_id for hit in one} == {hit.report_id for hit in other}, words
        for hits in (one, other):
            for hit in hits:
                assert hit.marks
                assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
        # The same words are marked, wherever the stretch was cut.
        marked = [{hit.snippet[start:end].lower() for hit in hits for start, end in hit.marks} for hits in (one, other)]
        assert marked[0] & marked[1]


# --- stretches ------------------------------------------------------------------------------------------------------


def cut(text: str, *phrases: str) -> tuple[str, list[str]]:
    told = snippets.words(text)
    wanted = [[word.plain for word in snippets.words(phrase)] for phrase in phrases]
    found = snippets.stretch(text, told, {}, wanted)
    return found.text, [found.text[start:end] for start, end in found.marks]


def test_a_short_text_is_shown_whole() -> None:
    assert cut("  In São Paulo: talks.  ", "sao paulo", "talks") == ("  In São Paulo: talks.  ", ["São Paulo", "talks"])
    assert cut("In Sa\u0303o Paulo.", "sao") == ("In Sa\u0303o Paulo.", ["Sa\u0303o"])
    assert cut("Nothing.", "talks") == ("Nothing.", [])
    assert cut("", "talks") == ("", [])


def test_the_best_stretch_of_a_long_one() -> None:
    filler = "word " * 50
    text = f"Talks {filler}. Here it begins with talks, then Doha and the emir of all. {filler}"
    shown, marks = cut(text, "talks", "doha", "emir")
    assert shown.startswith("…Here it begins with talks")
    assert shown.endswith("word…")
    assert len(snippets.words(shown)) == snippets.WORDS
    assert marks == ["talks", "Doha", "emir"]


def test_a_phrase_is_one_mark_and_touching_ones_are_joined() -> None:
    assert cut("a b c d", "b c")[1] == ["b c"]
    assert cut("a b c d", "a b", "b c")[1] == ["a b c"]
    assert cut("b a b c", "b c")[1] == ["b c"]


def test_the_end_is_filled_up() -> None:
    text = "word " * 60 + "talks end."
    shown, marks = cut(text, "talks")
    assert len(snippets.words(shown)) == snippets.WORDS
    assert shown.endswith("talks end.")
    assert marks == ["talks"]
