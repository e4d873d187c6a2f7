"""What holds for every text whatever: nothing breaks, evidence is exact, the same text gives the same record."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dragoman import Reader, Record, RefusedReport, Report
from dragoman.record.entries import spans

FEW, SOME = (1500, 1500) if os.environ.get("DRAGOMAN_SEARCH") else (40, 90)

_NAMES = (
    "Iran", "Qatar", "the United Nations", "Washington", "the Kremlin", "EU", "North Korea", "Kosovo", "Hezbollah",
    "Sergei Lavrov", "Mr Lavrov", "Mohammed bin Salman", "Josep Borrell Fontelles", "she", "he", "they", "who",
    "both sides", "the two countries", "Iran’s acting foreign minister", "the late president", "the Qatari premier",
    "Prime Minister and Minister of Foreign Affairs Sheikh Mohammed bin Abdulrahman Al Thani", "gunmen", "Reuters",
    "U.S. Secretary of State", "Côte d’Ivoire", "Türkiye", "the ministry", "its ambassador in Kyiv", "São Tomé", "Ms.",
)  # fmt: skip
_DEEDS = (
    "met", "met with", "thanked", "accused", "accuses", "will visit", "agreed to hold talks with", "called on", "said",
    "denied that", "was killed by", "threatened to attack", "has been urged by", "signed an agreement with", "refused",
    "and", "or", "to withdraw its troops from", "held a phone call with", "imposed sanctions on", "“condemned”",
    "said that", "told reporters that", "according to", "would, if", "did not", "said it would not", "demanding that",
    "whose president", "protested against", "a meeting between", "after talks in", "at a cost to", "should release",
)  # fmt: skip
_MARKS = (
    ".", ". ", ",", ", ", "; ", ": ", "? ", "!", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", " – ", "—", "...", "…",
    '"', "“", "”", "‘", "’", "'", "''", "«", "»", "„", "(", ")", "[", "]", "- ", "• ", "* ", "’s ", "'s ", "/",
    "\u200b", "\u200f", "\ufeff", "\x00", "\x0b", "\x85", "\U0001f1f6\U0001f1e6", "e\u0301", "\ufb01", "İ", "ǆ", "ß",
    "\ufc5e",
)  # fmt: skip
_DAYS = (
    "on Tuesday", "on June 3", "3 June 2024", "2024-06-01", "last week", "in 1998", "on the eve of May 35",
    "tomorrow", "two days ago", "by the end of the year", "31/02/2023", "since 0000", "at 25:61 GMT", "in the 2020s",
    "Friday night",
)  # fmt: skip
_HEADS = (
    "DOHA, June 1 (Reuters) - ", "TEHRAN (IRNA) – ", "By Jane Doe\n", "Share this article\n",
    "Kabul, 3 Jan (Xinhua) -- ", "UPDATE 2-", "(Adds quotes)\n", "Photo: AFP\n", "© 2024 The Paper\n",
    "Tags: Iran, Qatar\n", "PARIS — ",
)  # fmt: skip

_piece = st.one_of(
    st.sampled_from(_NAMES),
    st.sampled_from(_DEEDS),
    st.sampled_from(_DEEDS),
    st.sampled_from(_MARKS),
    st.sampled_from(_DAYS),
    st.sampled_from(_HEADS),
    st.text(max_size=6),
)
news = st.builds(
    lambda pieces, glue: glue.join(pieces), st.lists(_piece, min_size=1, max_size=45), st.sampled_from([" ", " ", ""])
)
texts = st.one_of(st.text(max_size=300), st.text(alphabet="aA1.,;:“”\"'’()-\n\t ", max_size=200), news)
days = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.just(date.min), st.just(date.max))


def check(text: str, record: Record) -> None:
    """What every record must fulfil."""
    assert record.report.text == text
    for span in spans(record):
        assert text[span.start : span.end] == span.text
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert [e.trigger.start for e in record.events] == sorted(e.trigger.start for e in record.events)
    for event in record.events:
        assert event.actors
        assert event.reasons
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
    named = {(actor.name, actor.kind, actor.country) for actor in record.actors}
    for event in record.events:
        for party in (*event.actors, *event.recipients):
            assert (party.actor.name, party.actor.kind, party.actor.country) in named


@settings(max_examples=SOME)
@given(text=texts, published=days)
@example(text="“", published=None)
@example(text="Iran said “Qatar", published=date.min)
@example(text="x" * 9000, published=None)
@example(text="Iran " * 2500, published=None)
@example(text="“Iran accused Qatar,” " * 60, published=date.max)
@example(text="\ufeffIran\r\nthanked\r\nQatar\r\n", published=None)
def test_any_text(reader: Reader, text: str, published: date | None) -> None:
    assume(text.strip())
    check(text, reader.read(text, published=published))


@settings(max_examples=FEW)
@given(text=news, published=days)
def test_reading_twice_gives_the_same(reader: Reader, text: str, published: date | None) -> None:
    assume(text.strip())
    assert reader.read(text, published=published) == reader.read(text, published=published)


@settings(max_examples=FEW // 2)
@given(many=st.lists(news.filter(lambda text: bool(text.strip())), min_size=2, max_size=5))
def test_company_changes_nothing(reader: Reader, many: list[str]) -> None:
    """A report reads the same alone as in a batch: nothing leaks from one to the next."""
    together = list(reader.read_many(many))
    assert [record.report.text for record in together] == many
    assert together == [reader.read(text) for text in many]


@settings(max_examples=FEW)
@given(text=news, data=st.data())
def test_relation_is_a_distribution(reader: Reader, text: str, data: st.DataObject) -> None:
    assume(text.strip())
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    actor, recipient = data.draw(offsets), data.draw(offsets)
    ranked = reader.relation(text, actor=actor, recipient=recipient)
    assert "NONE" in {code.category for code in ranked}
    assert abs(sum(code.probability for code in ranked) - 1) < 1e-6
    assert [code.probability for code in ranked] == sorted((c.probability for c in ranked), reverse=True)


@settings(max_examples=FEW)
@given(words=st.one_of(news, st.text(max_size=60)), context=st.one_of(st.just(""), news))
def test_resolve_takes_any_words(reader: Reader, words: str, context: str) -> None:
    found = reader.resolve(words, context=context, date="2024-06-01")
    assert found is None or found.name


@given(text=st.text(max_size=200))
def test_a_report_holds_its_text(text: str) -> None:
    assume(text)
    report = Report(text=text)
    assert report.text == text
    assert Report.model_validate_json(report.model_dump_json()) == report


@settings(max_examples=20)
@given(blank=st.text(alphabet=" \n\t\r\u00a0\u2003\x0b\x0c", max_size=20))
def test_blank_text_is_refused_at_the_door(reader: Reader, blank: str) -> None:
    with pytest.raises(RefusedReport, match="is empty"):
        reader.read(blank)
