"""How known names are found: diacritics, hyphens, capitals, weak names, the longest name first."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman.actors.names import Names, names_of
from dragoman.actors.resolve import resolve
from dragoman.knowledge.folding import fold
from dragoman.reading.parse import Grammar
from dragoman.reading.words import Word
from dragoman.report.report import Report


@pytest.fixture(scope="module")
def names() -> Names:
    return names_of()


def found(grammar: Grammar, names: Names, text: str) -> dict[str, set[str]]:
    """The words of each hit and the names it may stand for."""
    reading = next(grammar.read_many([(Report(text=text), 0, [])]))
    out: dict[str, set[str]] = {}
    for sentence in reading.sentences:
        words: list[Word] = reading.words[sentence.first : sentence.last]
        for hit in names.find(text, words):
            span = text[reading.words[hit.first].start : reading.words[hit.last].end]
            out.setdefault(span, set()).update(e.thing.name for e in hit.entries)
    return out


# -- folding


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("TÜRKİYE", "turkiye"),
        ("Łukasz", "lukasz"),
        ("Đà Nẵng", "da nang"),
        ("Øystein", "oystein"),
        ("Wałęsa", "walesa"),
        ("Erdoğan", "erdogan"),
        ("Sørensen", "sorensen"),
        ("Yıldız", "yildiz"),
        ("São Tomé", "sao tome"),
        ("Amir‑Abdollahian", "amir-abdollahian"),
        ("Guinea–Bissau", "guinea-bissau"),
        ("O`Neill", "o'neill"),
        ("Zelenskyy", "zelenskyy"),
    ],
)
def test_fold(written: str, plain: str) -> None:
    assert fold(written) == plain
    assert fold(plain) == plain


# -- states and bodies


@pytest.mark.parametrize(
    ("text", "words", "thing"),
    [
        ("Côte d’Ivoire recalled its envoy.", "Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire recalled its envoy.", "Cote d'Ivoire", "CIV"),
        ("Türkiye recalled its envoy.", "Türkiye", "TUR"),
        ("Turkiye recalled its envoy.", "Turkiye", "TUR"),
        ("Guinea-Bissau closed the port.", "Guinea-Bissau", "GNB"),
        ("Guinea‑Bissau closed the port.", "Guinea‑Bissau", "GNB"),
        ("Guinea Bissau closed the port.", "Guinea Bissau", "GNB"),
        ("Guinea closed the port.", "Guinea", "GIN"),
        ("Equatorial Guinea closed the port.", "Equatorial Guinea", "GNQ"),
        ("Papua New Guinea closed the port.", "Papua New Guinea", "PNG"),
        ("South Sudan closed the border.", "South Sudan", "SSD"),
        ("The Democratic Republic of the Congo closed the border.", "Democratic Republic of the Congo", "COD"),
        ("The U.S. closed the port.", "U.S.", "USA"),
        ("The US closed the port.", "US", "USA"),
        ("NORTH KOREA CLOSED THE PORT OF NAMPO", "NORTH KOREA", "PRK"),
    ],
)
def test_state_is_found(grammar: Grammar, names: Names, text: str, words: str, thing: str) -> None:
    state = names.by_code[thing].name
    hits = found(grammar, names, text)
    spans = {span.removeprefix("The "): things for span, things in hits.items()}
    assert state in spans.get(words, set()), hits


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor told us to wait.", "us"),
        ("The chef roasted a turkey for his guests.", "turkey"),
        ("She ate from fine china.", "china"),
        ("He wore a jersey.", "jersey"),
        ("They asked who had called.", "who"),
        ("The lamp gave un peu of light.", "un"),
        ("They met at the chad counter.", "chad"),
    ],
)
def test_a_name_needs_its_capitals(grammar: Grammar, names: Names, text: str, words: str) -> None:
    assert words not in found(grammar, names, text)


@pytest.mark.parametrize(("acronym", "other"), [("WHO", "Who"), ("US", "Us"), ("UN", "Un"), ("EU", "Eu")])
def test_an_acronym_needs_all_its_capitals(grammar: Grammar, names: Names, acronym: str, other: str) -> None:
    assert any(acronym in span for span in found(grammar, names, f"The {acronym} sent a team to Lima."))
    assert not any(other == span for span in found(grammar, names, f"{other} sent a team over there."))


def test_the_longest_name_goes_first(grammar: Grammar, names: Names) -> None:
    text = "The South African government, the South Korean army and the South Sudanese press wrote to the North."
    hits = found(grammar, names, text)
    assert not {"The South", "the South"} & hits.keys()
    assert {"South African", "South Korean", "South Sudanese"} <= {h.removeprefix("The ") for h in hits}


def test_hits_do_not_overlap_and_stand_in_order(grammar: Grammar, names: Names) -> None:
    text = "The European Union, the African Union and the United Arab Emirates wrote to New Zealand’s High Court."
    reading = next(grammar.read_many([(Report(text=text), 0, [])]))
    hits = names.find(text, reading.words)
    assert len(hits) >= 4
    assert all(a.last < b.first for a, b in pairwise(hits))


def test_nothing_is_found_in_nothing(names: Names) -> None:
    assert names.find("", []) == []
    assert names.terms([]) == []


# -- in a cast


def countries(grammar: Grammar, names: Names, text: str) -> dict[str, str | None]:
    reading = next(grammar.read_many([(Report(text=text), 0, [])]))
    return {m.span.text: m.players[0].country for m in resolve(reading, names).mentions if m.players}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("The South African government rejected the ruling.", "South African government", "ZAF"),
        ("The South Korean president rejected the ruling.", "South Korean president", "KOR"),
        ("The North Macedonian parliament rejected the name.", "North Macedonian parliament", "MKD"),
        ("The Guinea-Bissau government rejected the ruling.", "Guinea-Bissau government", "GNB"),
        ("The Dominican Republic’s army closed the border.", "Dominican Republic’s army", "DOM"),
    ],
)
def test_government_of_a_state_of_two_words(grammar: Grammar, names: Names, text: str, words: str, code: str) -> None:
    cast = {span.removeprefix("The ").removeprefix("the "): c for span, c in countries(grammar, names, text).items()}
    assert cast.get(words) == code, cast


def test_a_weak_name_alone_stands_for_nobody_without_its_state(grammar: Grammar, names: Names) -> None:
    alone = countries(grammar, names, "Rain fell in the North on Sunday.")
    assert "PRK" not in alone.values()
    told = countries(grammar, names, "North Korea fired a missile. Seoul said the North had given no notice.")
    assert told.get("the North") == "PRK"


def test_seat_and_holder(names: Names) -> None:
    state = names.state_of_seat("Tehran")
    assert state is not None
    assert state.code == "IRN"
    assert names.state_of_seat("Nowhere-on-Sea") is None
    assert [p.name for p in names.person_named("No Such Person")] == []


def test_index_is_made_once() -> None:
    assert names_of() is names_of()
