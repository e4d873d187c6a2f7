"""What is printed: safe, in columns that fit, in colours that can be read."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.text import Text

import make
from dragoman.archive import Archive
from dragoman.archive import tables as archive_tables
from dragoman.evidence import Span
from dragoman.exports.formats import export
from dragoman.record import ids
from dragoman.record.entries import Party
from dragoman.terminal import outlet, plain, view, wording
from dragoman.terminal.columns import Column, table
from dragoman.terminal.marked import marked, sentence
from dragoman.terminal.palette import COLOURS, Palette
from dragoman.terminal.progress import Meter
from dragoman.terminal.reasons import explain
from dragoman.terminal.taking import number_of_reports


def printed(thing: object, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(thing)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def luminance(colour: str) -> float:
    parts = [value / 255 for value in Color.parse(colour).get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_can_be_read_on_light_and_dark(colour: str) -> None:
    light = luminance(colour) + 0.05
    assert 1.05 / light >= 3.9
    assert light / 0.05 >= 3.9


def test_letters_of_ids_are_the_archives() -> None:
    told = {"a": "actors", "e": "events", "c": "contacts", "s": "statements", "m": "commitments", "p": "places"}
    assert {letter: table.name for letter, table in archive_tables.LETTERS.items()} == told
    assert {letter: kind for kind, letter in ids.LETTERS.items()} == told


@given(st.text())
def test_safe_text_steers_nothing_and_keeps_the_rest(text: str) -> None:
    kept, offsets = wording.safe_with_offsets(text)
    assert kept == wording.safe(text)
    assert not wording._UNSAFE.search(kept)
    assert len(offsets) == len(text) + 1
    assert offsets == sorted(offsets)
    assert wording.safe(kept) == kept
    assert "\n" not in wording.line(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same_without_a_sign_that_steers(text: str) -> None:
    import json

    written = wording.json_text({"words": text})
    assert json.loads(written) == {"words": text}
    assert not wording._UNSAFE.search(written)


WORDS = ["Representative", "Mozambique", "of", "the", "Extraordinary", "and", "Plenipotentiary", "Ambassador", "at"]


@given(
    st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([60, 80, 120]),
)
def test_tables_fit_and_cut_no_word(rows: list[list[list[str]]], width: int) -> None:
    cells = [[Text(" ".join(cell)) for cell in row] for row in rows]
    lines = printed(table([Column("One"), Column("Two", share=2), Column("Three")], cells, width), width)
    assert all(cell_len(line) <= width for line in lines)
    shown = [word for line in lines for word in line.split()]
    for row in rows:
        for cell in row:
            for word in cell:
                assert word in shown


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    lines = printed(table([Column("Kept"), Column("Empty")], [[Text("a"), Text("")]], 40), 40)
    assert lines[0].strip() == "Kept"


def test_a_word_longer_than_the_page_is_folded() -> None:
    lines = printed(table([Column("A"), Column("B")], [[Text("x" * 300), Text("y")]], 40), 40)
    assert max(map(cell_len, lines)) <= 40
    assert "".join("".join(lines[2:]).replace("y", "").split()) == "x" * 300


@pytest.mark.parametrize("width", [80, 120])
def test_records_of_all_kinds_fit(width: int) -> None:
    console = Console(file=io.StringIO(), width=width, color_system=None, markup=False)
    for record in make.synthetic(12):
        view.show(console, record)
        explain(console, record, range(1, len(record.events) + 1))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith("WHO DID WHAT") for line in lines) == 12


def test_the_text_is_whole_and_its_marks_stand_on_their_words() -> None:
    text = "Doha (Wire) – \x1b[1mQatar\x07 thanked Iran [warmly] on Friday.\nIran answered."
    record = make.record(
        text, events=[make.event(text)], actors=[make.actor("Iran", mentions=[make.span(text, "Iran", 1)])]
    )
    shown = marked(record, Palette(record))
    assert shown.plain == wording.safe(text).replace("thanked", "thanked[1]")
    underlined = [shown.plain[span.start : span.end] for span in shown.spans if "bold underline" in str(span.style)]
    assert underlined == ["thanked"]


def test_two_events_with_one_trigger_share_a_bracket() -> None:
    record = make.record(events=[make.event(), make.event(category="AID")])
    assert marked(record, Palette(record)).plain == "Qatar thanked[1,2] Iran on Friday."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Before. Qatar thanked Iran on Friday. After.", "Qatar thanked Iran on Friday."),
        ("“So it is.” Qatar thanked Iran.” After.", "Qatar thanked Iran.”"),
        ("Head\nQatar thanked Iran\nTail", "Qatar thanked Iran"),
        ("Qatar thanked Iran", "Qatar thanked Iran"),
    ],
)
def test_the_sentence_around_an_event(text: str, shown: str) -> None:
    event = make.event(text, evidence=make.span(text, "thanked"))
    record = make.record(text, events=[event])
    assert sentence(record, event, Palette(record)).plain == shown


def test_plain_lines_hold_their_fields() -> None:
    text = "Qatar thanked\tIran | and\nothers on Friday."
    event = make.event(text, evidence=Span.of(text, 0, len(text)), cameo=None, mode="meet", background=True)
    record = make.record(text, title="A | B\tC", events=[event])
    head, told = plain.lines(record)
    assert head == f"report | {record.report.id} | - | - | A / B C"
    assert told.split(" | ")[3:5] == ["occurred, earlier", "SUPPORT meet"]
    assert told.endswith(" | 0.90 | Qatar thanked Iran / and others on Friday.")


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (None, ""),
        ("2024-06-01", "2024-06-01"),
        ("2024-06-01/2024-06-03", "2024-06-01 to 2024-06-03"),
        ("2024-06-01/..", "since 2024-06-01"),
        ("../2024-06-01", "until 2024-06-01"),
        ("2024-06/2024-06", "2024-06"),
    ],
)
def test_days(stated: str | None, shown: str) -> None:
    assert wording.day(stated) == shown


def test_names_carry_their_country_once() -> None:
    text = "Qatar and a minister of Qatar and Qatar"
    minister = make.party(text, "a minister of Qatar", kind="person", country="QAT", name="Alia")
    parties: list[Party] = [make.party(text, "Qatar"), minister, make.party(text, "Qatar", 2)]
    assert wording.names(parties) == "Qatar, Alia (QAT)"


def test_exports_are_made_safe_for_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Archive(f"sqlite:///{tmp_path / 'record.db'}") as archive:
        archive.add([make.record("Qatar\x9b thanked Iran.", events=[make.event("Qatar\x9b thanked Iran.")])])

        def written() -> str:
            outlet.stream(export(archive, "jsonl", "events"))
            return capsys.readouterr().out

        assert "\x9b" in written()
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        on_terminal = written()
        assert "\x9b" not in on_terminal
        assert "thanked Iran" in on_terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_comes_after_its_delay_and_only_on_a_terminal() -> None:
    on, off = Terminal(), io.StringIO()
    for file in (on, off):
        console = Console(file=file, force_terminal=True, width=80)
        with Meter("Reading", total=2, console=console, delay=0.01) as meter:
            meter.advance()
            time.sleep(0.2)
    assert "Reading" in on.getvalue()
    assert "1 done" in on.getvalue()
    assert off.getvalue() == ""


def test_no_bar_for_what_is_quick() -> None:
    file = Terminal()
    with Meter("Reading", console=Console(file=file, force_terminal=True)) as meter:
        meter.advance()
    assert file.getvalue() == ""


def test_reports_are_counted_where_that_can_be_told(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    for name in ("a.txt", "b.html", ".hidden", "index.yaml"):
        (folder / name).write_text("x", encoding="utf-8")
    assert number_of_reports([str(folder), str(folder / "a.txt")]) == 3
    (folder / "many.jsonl").write_text("{}", encoding="utf-8")
    assert number_of_reports([str(folder)]) is None
    assert number_of_reports(["-"]) is None
