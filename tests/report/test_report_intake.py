"""Sources of every kind, and every reason for refusal."""

from __future__ import annotations

import gzip
import json
import os
import socket
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taking import MORE, NEWS, PAGE, put, read, reason, report

from dragoman.errors import RefusedReport
from dragoman.report.intake import IntakeOptions
from dragoman.report.report import Report

# --- text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".txt", ".md", ".news", ""])
def test_plain_text_is_kept(tmp_path: Path, suffix: str) -> None:
    text = f"  {NEWS}\n\n\t{MORE} \n"
    assert report(put(tmp_path / f"a{suffix}", text)).text == text


def test_line_ends_become_one_kind_and_the_mark_goes(tmp_path: Path) -> None:
    got = report(put(tmp_path / "a.txt", b"\xef\xbb\xbf" + f"{NEWS}\r\n\r\n{MORE}\r{NEWS}".encode()))
    assert got.text == f"{NEWS}\n\n{MORE}\n{NEWS}"


def test_the_head_fills_in(tmp_path: Path) -> None:
    got = report(put(tmp_path / "a.txt", f"OSLO, March 5, 2024 (Reuters) - {NEWS}"))
    assert (got.published, got.publisher) == (date(2024, 3, 5), "Reuters")
    assert got.dateline is not None
    assert got.dateline.place == "OSLO"


def test_defaults_stand_behind_the_head(tmp_path: Path) -> None:
    options = IntakeOptions(published=date(2024, 3, 9), publisher="The Northern Paper")
    assert report(put(tmp_path / "a.txt", NEWS), options=options).published == date(2024, 3, 9)
    got = report(put(tmp_path / "b.txt", f"OSLO, March 5 (Reuters) - {NEWS}"), options=options)
    assert (got.published, got.publisher) == (date(2024, 3, 5), "The Northern Paper")


# --- HTML ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML", "a.xhtml"])
def test_html(tmp_path: Path, name: str) -> None:
    got = report(put(tmp_path / name, PAGE))
    assert got.text.endswith(f"{NEWS}\n\n{MORE}")
    assert "Home" not in got.text
    assert (got.title, got.publisher) == ("Ministers meet in Oslo", "The Northern Paper")
    assert got.published == date(2024, 3, 5)


def test_html_in_a_declared_character_set(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("her counterpart", "Łukasz Źdźbło")
    assert "Łukasz Źdźbło" in report(put(tmp_path / "a.html", page.encode("iso-8859-2"))).text


def test_html_in_which_no_article_stands_out(tmp_path: Path) -> None:
    got = report(put(tmp_path / "a.html", "<p>Oslo <b>agrees</b>.<script>x()</script><p>Lima"))
    assert got.text == "Oslo agrees.\n\nLima"


@pytest.mark.parametrize("piece", ["<a href=", "<!--", "<table><tr><td>", "<script>", "<a b='"])
def test_html_that_is_no_html(tmp_path: Path, piece: str) -> None:
    began = time.monotonic()
    assert "in the page" in reason(put(tmp_path / "a.html", "<html>" + piece * 3000))
    assert "too many for an article" in reason(put(tmp_path / "b.html", "<html>" + piece * 50_000))
    assert time.monotonic() - began < 5


def test_html_without_words(tmp_path: Path) -> None:
    assert "no article found" in reason(put(tmp_path / "a.html", "<html><body><script>go()</script></body></html>"))


# --- packed -------------------------------------------------------------------------------------------------------


def test_packed_files(tmp_path: Path) -> None:
    assert report(put(tmp_path / "a.txt.gz", gzip.compress(NEWS.encode()))).text == NEWS
    assert report(put(tmp_path / "a.html.gz", gzip.compress(PAGE.encode()))).title == "Ministers meet in Oslo"


def test_a_packed_file_that_unpacks_without_end(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt.gz", gzip.compress(b"a" * 20_000_000))
    assert "larger than 5,000,000 bytes" in reason(path)


def test_a_packed_file_that_is_broken(tmp_path: Path) -> None:
    assert "no whole gzip" in reason(put(tmp_path / "a.txt.gz", gzip.compress(NEWS.encode())[:-9]))
    assert "no whole gzip" in reason(put(tmp_path / "b.txt.gz", b"no gzip"))


# --- refusals -----------------------------------------------------------------------------------------------------

FRENCH = (
    "Le ministre des Affaires étrangères a reçu mardi à Oslo son homologue chilien pour évoquer la pêche dans les mers"
    " australes et les relations entre les deux pays. Ils se retrouveront au mois de mai, a indiqué le ministère."
)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.txt", b"... --- ...", "holds no words"),
        ("a.txt", b"ab\x00cd", "a NUL byte at 2"),
        ("a.txt", b"\x01\x02\x03\x04\x05\x06 words", "control characters"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"PK\x03\x04 ...", "office document"),
        ("a.txt", b"\x1f\x8b\x08 ...", "gzip"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.txt", FRENCH.encode(), "not English (it looks like 'fr')"),
        ("a.txt", ("Oslo " * 1_000_001).encode(), "larger than 5,000,000 bytes"),
        ("a.txt", NEWS.encode() + b" caf\xc3", "fits no character set"),
        ("a.txt", "He said “no” in Łódź.".encode() + b"\xff", "UTF-8 with a broken byte"),
        ("a.txt", ("\ufffd" * 30).encode() + b"words", "has lost 30 characters"),
    ],
)
def test_refused(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = put(tmp_path / name, content)
    assert word in reason(path)
    assert reason(path).startswith(str(path))


def test_missing(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "none.txt")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names(name: str) -> None:
    assert "cannot be read" in reason(name)


@pytest.mark.parametrize("name", ["ftp://np.example/1", "file:///etc/hosts", "s3://np/1"])
def test_unknown_scheme(name: str) -> None:
    assert "give http, https or a file" in reason(name)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt", NEWS)

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission" in reason(path)


def test_what_is_neither_file_nor_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind("ear")
        assert "neither a file nor a folder" in reason("ear")


def test_the_rest_goes_on(tmp_path: Path) -> None:
    got = read(tmp_path / "none.txt", put(tmp_path / "a.txt", NEWS), "gopher://x", put(tmp_path / "b.txt", MORE))
    assert [type(item) for item in got] == [RefusedReport, Report, RefusedReport, Report]


# --- folders ------------------------------------------------------------------------------------------------------


def test_a_folder(tmp_path: Path) -> None:
    put(tmp_path / "b.txt", "B is here.")
    put(tmp_path / "a" / "z.md", "Z is here.")
    put(tmp_path / "c.jsonl", json.dumps({"text": "C is here."}))
    put(tmp_path / ".hidden.txt", "Hidden.")
    put(tmp_path / ".git" / "x.txt", "Hidden.")
    put(tmp_path / "d.unknown", "D is here.")
    put(tmp_path / "e.bin", b"\x00\x01")
    got = read(tmp_path)
    assert [item.text if isinstance(item, Report) else Path(item.source).name for item in got] == [
        "B is here.",
        "C is here.",
        "D is here.",
        "e.bin",
        "Z is here.",
    ]


@pytest.mark.parametrize("hidden", [False, True])
def test_a_folder_with_nothing_in_it(tmp_path: Path, hidden: bool) -> None:
    if hidden:
        put(tmp_path / ".x" / "a.txt", NEWS)
    assert "nothing to read" in reason(tmp_path)


def test_an_index_tells_what_is_known(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", NEWS)
    put(tmp_path / "sub" / "b.txt", MORE)
    index = "- {file: a.txt, title: Talks, published: 2024-03-05, publisher: NP, url: 'https://np.example/1'}\n"
    index += "- {file: sub/b.txt, published: '5 May 2024'}"
    put(tmp_path / "index.yaml", index)
    first, second = read(tmp_path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.published) == ("Talks", date(2024, 3, 5))
    assert (first.publisher, first.url) == ("NP", "https://np.example/1")
    assert second.published == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("index", "word"),
    [
        ("- {file: gone.txt}", "which is not there"),
        ("- {file: a.txt, colour: red}", "unknown key 'colour'"),
        ("- {title: Talks}", "names no file"),
        ("- {file: a.txt, published: soon}", "no usable day"),
        ("file: a.txt", "is no list"),
        ("[", "no usable index"),
    ],
)
def test_an_index_with_a_fault(tmp_path: Path, index: str, word: str) -> None:
    put(tmp_path / "a.txt", NEWS)
    put(tmp_path / "index.yaml", index)
    refused, got = read(tmp_path)
    assert isinstance(refused, RefusedReport)
    assert word in refused.reason
    assert "index.yaml" in refused.source
    assert isinstance(got, Report)


def test_a_loose_end_in_a_folder(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", NEWS)
    os.symlink(tmp_path / "gone.txt", tmp_path / "b.txt")  # noqa: PTH211
    got, refused = read(tmp_path)
    assert isinstance(got, Report)
    assert "no such file" in str(refused)


# --- standard input -----------------------------------------------------------------------------------------------


def test_standard_input_is_told_by_looking() -> None:
    assert report("-", stdin=NEWS.encode()).text == NEWS
    assert report("-", stdin=NEWS).text == NEWS
    assert report("-", stdin=PAGE.encode()).title == "Ministers meet in Oslo"
    assert report("-", stdin=json.dumps({"text": NEWS}, indent=2).encode()).text == NEWS
    assert report("-", stdin=json.dumps({"text": NEWS})).text == NEWS
    assert report("-", stdin=NEWS.encode("utf-16")).text == NEWS
    assert len(read("-", stdin=json.dumps([{"text": NEWS}, {"text": MORE}]).encode())) == 2


def test_lines_on_standard_input() -> None:
    got = read("-", stdin="\n".join(["", json.dumps({"text": NEWS}), "{broken", json.dumps({"text": MORE})]))
    assert [item.source if isinstance(item, RefusedReport) else item.text for item in got] == [NEWS, "-:3", MORE]


def test_text_that_begins_like_something_else() -> None:
    assert report("-", stdin="[Unofficial text] The ministers met.").text == "[Unofficial text] The ministers met."
    assert report("-", stdin="<3 to all in Oslo").text == "<3 to all in Oslo"


def test_standard_input_with_nothing_or_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is empty" in reason("-", stdin=b"")
    assert "larger than" in reason("-", stdin=b"Oslo\n" * 50, options=IntakeOptions(max_bytes=100))
    assert "larger than" in reason("-", stdin=b"Oslo" * 50, options=IntakeOptions(max_bytes=100))
    monkeypatch.setattr("sys.stdin", None)
    assert "no standard input" in reason("-")


# --- whatever comes -----------------------------------------------------------------------------------------------

_NAMES = ("a.txt", "a.html", "a.json", "a.jsonl", "a.txt.gz", "a.jsonl.gz", "-")
_BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(["utf-16", "utf-32", "cp1251", "shift_jis"]).flatmap(
        lambda name: st.text(max_size=100).map(lambda text: text.encode(name, "ignore"))
    ),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=20)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(st.sampled_from(["text", "title", "published", "articles", "url", "x"]), inner, max_size=4),
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<html>", "<!--", "&#0;", "&#xD800;", "<meta charset=", "utf-7>", "word ", "<td>", "\x00"]
        ),
        max_size=12,
    ).map(lambda parts: "".join(parts).encode()),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_BYTES, name=st.sampled_from(_NAMES), pack=st.booleans())
def test_any_bytes_give_reports_or_refusals(tmp_path: Path, content: bytes, name: str, pack: bool) -> None:
    content = gzip.compress(content) if pack and name.endswith(".gz") else content
    got = read("-", stdin=content) if name == "-" else read(put(tmp_path / name, content))
    assert got
    for item in got:
        assert isinstance(item, (Report, RefusedReport))
        if isinstance(item, Report):
            assert item.text.strip()
            assert "\r" not in item.text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60))
def test_the_text_given_is_the_text_held(words: str) -> None:
    text = f"Oslo: {words} met.\n"
    assert report("-", stdin=text.encode()).text == text
    assert report("-", stdin=json.dumps({"text": text})).text == text or "<" in words
