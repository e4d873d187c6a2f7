"""The reader as its users call it: one report, many, an endless stream; a marked pair; a name alone."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

import dragoman
from dragoman import Reader, Record, Report
from dragoman.errors import ModelError
from dragoman.reading.parse import DEFAULT_MODEL, WORDS_TO_BATCH
from dragoman.record.entries import spans

TEXT = (
    "Foreign ministers of Egypt and Turkey met in Cairo on Tuesday.\n\n"
    "Egyptian Foreign Minister Samir Fouad thanked Turkey. He condemned Israel’s raid on Gaza."
)


# -- one


def test_read_keeps_the_text_and_what_is_known(reader: Reader) -> None:
    record = reader.read(
        TEXT, published="2024-06-05", title="Ministers meet", url="https://example.org/1", publisher="The Wire"
    )
    report = record.report
    assert (report.text, report.title, report.url) == (TEXT, "Ministers meet", "https://example.org/1")
    assert (report.publisher, report.published) == ("The Wire", date(2024, 6, 5))
    assert {e.category for e in record.events} >= {"CONSULT", "SUPPORT", "ACCUSE"}
    assert {e.date for e in record.events if e.category == "CONSULT"} == {"2024-06-04"}
    assert all(TEXT[s.start : s.end] == s.text for s in spans(record))


def test_record_survives_json(reader: Reader) -> None:
    record = reader.read(TEXT, published="2024-06-05")
    assert Record.model_validate_json(record.model_dump_json()) == record


def test_a_date_may_be_a_day_or_its_words(reader: Reader) -> None:
    assert reader.read(TEXT, published="2024-06-05") == reader.read(TEXT, published=date(2024, 6, 5))
    assert reader.read(TEXT).report.published is None


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "05.06.2024", "2024-02-30", ""])
def test_a_bad_date_is_refused(reader: Reader, day: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader.read(TEXT, published=day)


def test_same_text_same_record_whatever_stands_beside_it(reader: Reader) -> None:
    alone = reader.read(TEXT, published="2024-06-05")
    beside = list(reader.read_many([Report(text="Peru condemned Bolivia."), Report(text=TEXT, published="2024-06-05")]))
    assert beside[1].events == alone.events
    assert beside[1].actors == alone.actors


def test_words_that_say_nothing_give_an_empty_record(reader: Reader) -> None:
    record = reader.read("The cake needs two eggs and a little milk.")
    assert not record.events
    assert not record.contacts
    assert not record.commitments


def test_model_is_named(reader: Reader) -> None:
    assert reader.spacy_model == DEFAULT_MODEL
    assert dragoman.Reader is Reader


def test_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError, match="en_no_such_model"):
        Reader(model="en_no_such_model")


# -- many


def test_many_takes_text_and_reports_in_order(reader: Reader) -> None:
    texts = [f"Peru condemned Bolivia {n} times." for n in range(60)]
    mixed = [Report(text=t, published=date(2024, 6, 1)) if n % 2 else t for n, t in enumerate(texts)]
    records = list(reader.read_many(mixed))
    assert [r.report.text for r in records] == texts
    assert [r.report.published for r in records[:2]] == [None, date(2024, 6, 1)]
    assert {len(r.events) for r in records} == {1}


def test_many_of_none(reader: Reader) -> None:
    assert list(reader.read_many([])) == []


def endless(taken: list[int]) -> Iterator[str]:
    """Reports without end, each different."""
    while True:
        taken.append(1)
        n = len(taken)
        yield f"Peru condemned Bolivia on day {n}. Chile thanked Bolivia {n} times and will send {n} doctors to Peru."


def test_many_is_lazy(reader: Reader) -> None:
    taken: list[int] = []
    records = reader.read_many(endless(taken))
    assert taken == []
    assert next(records).events
    assert len(taken) <= 2 * WORDS_TO_BATCH
    assert len(list(islice(records, 40))) == 40
    assert len(taken) <= 41 + 2 * WORDS_TO_BATCH


@pytest.mark.slow
def test_memory_does_not_grow_with_the_stream(reader: Reader) -> None:
    records = reader.read_many(endless([]))

    def pass_over(number: int) -> int:
        for _ in islice(records, number):
            pass
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        pass_over(WORDS_TO_BATCH)
        first = pass_over(WORDS_TO_BATCH)
        later = pass_over(4 * WORDS_TO_BATCH)
    finally:
        tracemalloc.stop()
    # Four times as many records as before would take five times as much if they were kept.
    assert later - first < 1_000_000
    assert sum(isinstance(thing, Record) for thing in gc.get_objects()) < 4 * WORDS_TO_BATCH


# -- a marked pair

PAIRS = [
    ("Peru condemned Bolivia.", "Peru", "Bolivia", "ACCUSE"),
    ("Bolivia was condemned by Peru.", "Peru", "Bolivia", "ACCUSE"),
    ("Qatar’s emir thanked the Iranian president.", "Qatar’s emir", "the Iranian president", "SUPPORT"),
    ("Japan donated forty trucks to Malawi.", "Japan", "Malawi", "AID"),
    ("Egypt and Turkey held talks in Cairo.", "Turkey", "Egypt", "CONSULT"),
    ("Qorvania condemned Zelbistan.", "Qorvania", "Zelbistan", "ACCUSE"),
    ("Oman lies between Yemen and Qatar.", "Yemen", "Qatar", "NONE"),
]


def pair(text: str, one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]]:
    a, b = text.index(one), text.index(other)
    return (a, a + len(one)), (b, b + len(other))


@pytest.mark.parametrize(("text", "one", "other", "category"), PAIRS, ids=[p[0] for p in PAIRS])
def test_relation_of_a_pair(reader: Reader, text: str, one: str, other: str, category: str) -> None:
    codes = reader.relation(text, *pair(text, one, other))
    assert codes[0].category == category
    assert sum(c.probability for c in codes) == pytest.approx(1)
    assert [c.probability for c in codes] == sorted((c.probability for c in codes), reverse=True)
    assert sum(c.category == "NONE" for c in codes) == 1
    assert all(c.reasons for c in codes)


def test_relation_knows_who_does_it(reader: Reader) -> None:
    text = "Peru condemned Bolivia."
    one, other = pair(text, "Peru", "Bolivia")

    def accused(codes: list[dragoman.Code]) -> float:
        return sum(c.probability for c in codes if c.category == "ACCUSE")

    assert accused(reader.relation(text, one, other)) > 2 * accused(reader.relation(text, other, one))


@pytest.mark.parametrize("marks", [((0, 0), (5, 5)), ((0, 4), (0, 4)), ((90, 95), (96, 99))])
def test_relation_of_odd_marks_still_sums_to_one(
    reader: Reader, marks: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    codes = reader.relation("Peru condemned Bolivia.", *marks)
    assert sum(c.probability for c in codes) == pytest.approx(1)
    assert "NONE" in {c.category for c in codes}


# -- a name alone


@pytest.mark.parametrize(
    ("words", "country", "kind"),
    [
        ("Iran", "IRN", "state"),
        ("the Kremlin", "RUS", None),
        ("the United Arab Emirates", "ARE", "state"),
        ("Iran’s acting foreign minister", "IRN", None),
        ("the Maltese foreign ministry", "MLT", "government_body"),
        ("European Union", "EUR", "igo"),
        ("Tehran", "IRN", "state"),
        ("Peruvian protesters", "PER", None),
    ],
)
def test_resolve(reader: Reader, words: str, country: str, kind: str | None) -> None:
    actor = reader.resolve(words)
    assert actor is not None
    assert actor.country == country
    assert kind in (None, actor.kind)


def test_resolve_tells_the_role(reader: Reader) -> None:
    actor = reader.resolve("Iran’s acting foreign minister")
    assert actor is not None
    assert (actor.role, actor.role_status) == ("foreign minister", "acting")


def test_resolve_by_what_was_read_before(reader: Reader) -> None:
    context = "Kenyan Foreign Minister Grace Wanjiru landed in Kampala. She met Ugandan officials."
    by_surname = reader.resolve("Wanjiru", context=context)
    by_title = reader.resolve("the Kenyan minister", context=context)
    assert by_surname is not None
    assert (by_surname.name, by_surname.country) == ("Grace Wanjiru", "KEN")
    assert by_title is not None
    assert by_title.country == "KEN"


@pytest.mark.parametrize("day", ["2015-05-10", "10 May 2015", "May 10, 2015"])
def test_resolve_by_the_day(reader: Reader, day: str) -> None:
    actor = reader.resolve("the American president", date=day)
    assert actor is not None
    assert actor.country == "USA"
    assert "Obama" in actor.name


def test_resolve_of_nothing(reader: Reader) -> None:
    assert reader.resolve("") is None
    assert reader.resolve("   ") is None


def test_resolve_refuses_a_bad_date(reader: Reader) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader.resolve("the American president", date="no day at all")


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("Puerto Rico", "USA", None),
        ("Greenland", "DNK", None),
        ("Hong Kong", "HKG", None),
        ("Western Sahara", "MAR", "PRE"),
        ("Abkhazia", "GEO", "PRE"),
        ("Kosovo", "XKX", None),
    ],
)
def test_countries_fold_as_plover_says(reader: Reader, words: str, country: str, sector: str | None) -> None:
    actor = reader.resolve(words)
    assert actor is not None
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    ("words", "date", "name", "country"),
    [
        ("the Qatari premier", "2024-06-01", "Mohammed bin Abdulrahman Al Thani", "QAT"),
        ("the UN secretary-general", "2019-01-01", "António Guterres", "UNO"),
        ("Amir Abdollahian", "2023-01-01", "Hossein Amirabdollahian", "IRN"),
        ("Volodimir Zelensky", "2023-01-01", "Volodymyr Zelenskyy", "UKR"),
    ],
)
def test_who_held_an_office_and_other_spellings(reader: Reader, words: str, date: str, name: str, country: str) -> None:
    actor = reader.resolve(words, date=date)
    assert actor is not None
    assert actor.country == country
    assert name.rsplit(maxsplit=1)[-1] in (actor.name.split()[-1], "Amirabdollahian")


def test_the_same_person_is_former_after_the_term(reader: Reader) -> None:
    before = reader.resolve("Hassan Rouhani", date="2019-05-01")
    after = reader.resolve("Hassan Rouhani", date="2023-05-01")
    assert before is not None
    assert after is not None
    assert (before.role_status, before.sector) == ("incumbent", "GOV")
    assert (after.role_status, after.sector) == ("former", "ELI")


@pytest.mark.parametrize("words", ["he", "  ", "They"])
def test_words_that_name_nobody(reader: Reader, words: str) -> None:
    assert reader.resolve(words) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peruvian officials denied the report.", "Officials of Peru"),
        ("Peruvian undersecretaries denied the report.", "Undersecretaries of Peru"),
    ],
)
def test_several_holders_are_called_in_the_plural(reader: Reader, text: str, name: str) -> None:
    assert name in {actor.name for actor in reader.read(text).actors}
