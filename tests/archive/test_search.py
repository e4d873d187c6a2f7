"""Search finds words, whatever else people type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from archive.conftest import NewArchive
from dragoman.archive import Archive
from dragoman.archive.searching import parse
from dragoman.errors import ArchiveError

VISIT = "Iran’s foreign minister visited Doha on Friday. He met the Emir of Qatar in São Paulo AND left."
TALKS = "Talks over Doha went on. The emir of nothing was not there. Iran’s minister was foreign to them."


@pytest.fixture(scope="module")
def archive(new_archive: NewArchive) -> Iterator[Archive]:
    with new_archive() as opened:
        opened.add(
            [
                make.record(
                    VISIT,
                    title="A visit",
                    published="2024-06-01",
                    publisher="Wire",
                    url="https://example.org/v",
                    events=[
                        make.event(
                            VISIT,
                            None,
                            "visited",
                            None,
                            actors=[make.party(VISIT, "Iran")],
                            recipients=[make.party(VISIT, "Qatar")],
                        )
                    ],
                ),
                make.record(TALKS, published="2024-07-01"),
                make.record("A text with its own \x02 and \x03 signs, NUL \0 and Doha.", title="Signs"),
            ]
        )
        yield opened


def found(archive: Archive, words: str, **filters: str) -> list[str]:
    return sorted(archive.record(hit.report_id).report.text[:5] for hit in archive.search(words, **filters))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("doha", ["A tex", VISIT[:5], TALKS[:5]]),
        ("Doha emir", [VISIT[:5], TALKS[:5]]),
        ("visit", [VISIT[:5]]),
        ("visits", [VISIT[:5]]),
        ("sao paulo", [VISIT[:5]]),
        ("foreign minister", [VISIT[:5], TALKS[:5]]),
        ('"foreign minister"', [VISIT[:5]]),
        ('"foreign minister', [VISIT[:5]]),
        ('emir "Iran\'s foreign"', [VISIT[:5]]),
        ("Iran's", [VISIT[:5], TALKS[:5]]),
        ("and", ["A tex", VISIT[:5]]),
        ("doha OR nothing", []),
        ("doha NOT emir", [TALKS[:5]]),
        ("NEAR(doha emir)", []),
        ("do*", []),
        ("title:visit", []),
        ("doha ***", ["A tex", VISIT[:5], TALKS[:5]]),
        ("doha\0", ["A tex", VISIT[:5], TALKS[:5]]),
        ("zzz", []),
    ],
)
def test_words(archive: Archive, words: str, expected: list[str]) -> None:
    assert found(archive, words) == sorted(expected)


def test_filters(archive: Archive) -> None:
    assert found(archive, "doha", dyad="IRN-QAT") == [VISIT[:5]]
    assert found(archive, "doha", since="2024-06-15") == [TALKS[:5]]
    assert found(archive, "doha", publisher="Wire", until="2024-06-01") == [VISIT[:5]]
    assert len(list(archive.search("doha", limit=2))) == 2
    with pytest.raises(TypeError, match=r"search\(\) has no filter 'colour'"):
        archive.search("doha", colour="red")  # type: ignore[call-arg]


def test_hits(archive: Archive) -> None:
    (hit,) = archive.search('"foreign minister" doha')
    assert (hit.title, hit.url, hit.publisher, str(hit.published)) == (
        "A visit",
        "https://example.org/v",
        "Wire",
        "2024-06-01",
    )
    assert hit.snippet in VISIT
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["foreign minister", "Doha"]


def test_best_first(archive: Archive) -> None:
    # A word of the title counts more.
    hits = list(archive.search("signs"))
    assert [hit.title for hit in hits] == ["Signs"]
    scores = [hit.score for hit in archive.search("doha")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
    assert min(scores) > 0


def test_signs_in_the_text_are_not_taken_for_marks(archive: Archive) -> None:
    (hit,) = archive.search("own signs", limit=1)
    assert "\x02 and \x03" in hit.snippet
    assert {hit.snippet[start:end].lower() for start, end in hit.marks} >= {"own", "signs"}


@pytest.mark.parametrize(
    "words", ["", "  ", '"', '""', "***", "' OR 1=1 --".replace("OR 1=1", ""), "()", "\0", "\ud800", "—"]
)
def test_nothing_to_search_for(archive: Archive, words: str) -> None:
    with pytest.raises(ArchiveError, match="nothing to search for"):
        archive.search(words)


def test_too_much_to_search_for(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="too many"):
        archive.search("word " * 1000)


@settings(max_examples=200, deadline=None)
@given(words=st.text(max_size=40) | st.text(alphabet="\"*()^:+-{}ANDORT \0doha'%_\\;", max_size=30))
def test_hostile_words(archive: Archive, words: str) -> None:
    try:
        expression = parse(words)
    except ArchiveError:
        return
    assert expression.count('"') % 2 == 0
    assert len(list(archive.search(words))) <= 3
    # What was typed cannot reach beyond its own quotes: with a word that occurs nowhere, nothing is found.
    assert list(archive.search(f"{words.replace(chr(34), ' ')} xyzzyxyzzy")) == []


def test_every_hit_of_many(full: Archive) -> None:
    hits = [hit.report_id for hit in full.search("diplomacy")]
    assert len(hits) == len(set(hits)) == 60
