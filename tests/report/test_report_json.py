"""JSON and JSON Lines."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from taking import MORE, NEWS, put, read, reason, report

from dragoman.errors import RefusedReport
from dragoman.report.intake import Fields, IntakeOptions, sources
from dragoman.report.report import Report

# --- JSON ---------------------------------------------------------------------------------------------------------


def test_json_object(tmp_path: Path) -> None:
    entry = {
        "text": NEWS,
        "title": "Talks",
        "published": "2024-03-05",
        "publisher": "NP",
        "url": "https://np.example/1",
    }
    got = report(put(tmp_path / "a.json", json.dumps(entry)))
    assert (got.text, got.title, got.published) == (NEWS, "Talks", date(2024, 3, 5))
    assert (got.publisher, got.url) == ("NP", "https://np.example/1")


@pytest.mark.parametrize("name", ["articles", "items", "reports", None])
def test_json_lists(tmp_path: Path, name: str | None) -> None:
    entries = [{"text": NEWS}, {"no": "text"}, {"text": MORE}]
    first, second, third = read(put(tmp_path / "a.json", json.dumps({name: entries} if name else entries)))
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert isinstance(second, RefusedReport)
    assert second.source.endswith("a.json#2")
    assert "fields there: no" in second.reason


@pytest.mark.parametrize("name", ["body", "content", "article"])
def test_other_names_of_fields(tmp_path: Path, name: str) -> None:
    entry = {
        name: NEWS,
        "headline": "Talks",
        "pub_date": "5 March 2024",
        "source": {"name": "NP"},
        "link": "https://np.example/1",
    }
    got = report(put(tmp_path / "a.json", json.dumps(entry)))
    assert (got.text, got.title, got.published) == (NEWS, "Talks", date(2024, 3, 5))
    assert (got.publisher, got.url) == ("NP", "https://np.example/1")


def test_fields_of_ones_own(tmp_path: Path) -> None:
    path = put(tmp_path / "a.json", json.dumps({"doc": {"words": NEWS}, "text": MORE, "day": "2024-03-05"}))
    fields = Fields(text="doc.words", published="day")
    got = report(path, options=IntakeOptions(fields=fields))
    assert (got.text, got.published) == (NEWS, date(2024, 3, 5))
    assert "'story'" in reason(path, options=IntakeOptions(fields=Fields(text="story")))


def test_markup_in_a_field(tmp_path: Path) -> None:
    entry = {"content": f"<p>{NEWS}</p><p>{MORE}</p>"}
    assert report(put(tmp_path / "a.json", json.dumps(entry))).text == f"{NEWS}\n\n{MORE}"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("{broken", "is no JSON"),
        ("[]", "empty list"),
        ('"words"', "a string"),
        ("3", "a number"),
        ("null", "null"),
        ('{"text": ""}', "no text in a field"),
        ('{"text": 5}', "no text in a field"),
        ('{"text": "half \\ud800"}', "half a character"),
        ('{"text": "nul \\u0000"}', "NUL"),
        ("[" * 100_000, "nested too deep"),
        ("9" * 5000, "no usable JSON"),
    ],
)
def test_json_that_cannot_be_used(tmp_path: Path, content: str, word: str) -> None:
    assert word in reason(put(tmp_path / "a.json", content))


def test_a_short_report_that_says_it_is_foreign(tmp_path: Path) -> None:
    path = put(tmp_path / "a.json", json.dumps({"text": "Lula en Lima.", "language": "es"}))
    assert "language is 'es'" in reason(path)
    assert report(put(path, json.dumps({"text": "Lula in Lima.", "language": "en-GB"}))).text == "Lula in Lima."


# --- JSON Lines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_lines(tmp_path: Path, name: str) -> None:
    content = "\n".join([json.dumps({"text": NEWS}), "", "{broken", json.dumps({"text": MORE})]).encode()
    path = put(tmp_path / name, gzip.compress(content) if name.endswith(".gz") else content)
    first, second, third = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, RefusedReport)
    assert second.source == f"{path}:3"
    assert isinstance(third, Report)


def test_lines_may_be_many_but_none_too_long(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS})
    long = json.dumps({"text": NEWS * 2000})
    options = IntakeOptions(max_bytes=len(line) + 10)
    got = read(put(tmp_path / "a.jsonl", f"{line}\n{long}\n{line}\n{long}"), options=options)
    assert [type(item) for item in got] == [Report, RefusedReport, Report, RefusedReport]
    assert "larger than" in str(got[1])


def test_lines_of_exactly_the_limit(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS})
    assert report(put(tmp_path / "a.jsonl", line + "\n"), options=IntakeOptions(max_bytes=len(line))).text == NEWS


class _Counted(io.BytesIO):
    """A stream that knows how many lines were taken from it."""

    taken = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.taken += 1
        return super().readline(-1 if size is None else size)


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = _Counted((json.dumps({"text": NEWS}) + "\n").encode() * 1000)
    got = sources(["-"], stdin=stream)
    assert stream.taken == 0
    assert isinstance(next(got), Report)
    assert stream.taken <= 3


def test_nothing_is_opened_before_its_turn(tmp_path: Path) -> None:
    def names() -> Iterator[Path]:
        yield put(tmp_path / "a.txt", NEWS)
        raise AssertionError("asked for too early")

    assert isinstance(next(sources(names())), Report)


def test_lines_in_utf_16(tmp_path: Path) -> None:
    content = (json.dumps({"text": NEWS}) + "\n" + json.dumps({"text": "Čačak and Łódź."}, ensure_ascii=False)).encode(
        "utf-16"
    )
    first, second = read(put(tmp_path / "a.jsonl", content))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert second.text == "Čačak and Łódź."


def test_empty_lines_only(tmp_path: Path) -> None:
    assert "is empty" in reason(put(tmp_path / "a.jsonl", "\n\n"))
