"""The training corpus is sound, big and varied enough, and what breaks its two formats is told."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from dragoman.knowledge.codebook import codebook
from examples import STATUSES, Line, examples, read, set_aside
from tally import lemma, measured, order, shown, voice
from validate import CORPUS, EMPTY_BY_RULE, improbable, main, missing, shared, taken, validated

SOUND = "headline | {1 Oman} {t1 thanks} {2 Kenya} for hosting the talks || 1>2 SUPPORT 051 occurred t1\n"


@lru_cache(maxsize=1)
def corpus() -> tuple[Line, ...]:
    lines, faults = read(CORPUS)
    assert [str(fault) for fault in faults] == []
    return tuple(lines)


def laid(folder: Path, *, sentences: str = "", pairs: str = "") -> Path:
    """A corpus folder with one file of each kind."""
    for name, text in (("sentences", sentences), ("pairs", pairs)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "own.txt").write_text(text, encoding="utf-8")
    return folder


def one(folder: Path, **files: str) -> Line:
    lines, faults = read(laid(folder, **files))
    assert faults == []
    assert len(lines) == 1
    return lines[0]


# --- the corpus itself ----------------------------------------------------------------------------------------------


def test_no_line_has_a_fault_and_no_two_share_a_wording() -> None:
    assert [str(fault) for fault in shared(corpus())] == []


def test_there_is_enough_of_it() -> None:
    assert len({line.text for line in corpus()}) >= 9_000
    pairs = list(examples(corpus()))
    assert sum(pair.category is not None for pair in pairs) >= 12_000
    assert sum(pair.category is None for pair in pairs) >= 2_500


def test_a_fifth_of_the_events_did_not_plainly_happen() -> None:
    events = [event for line in corpus() if line.whole for event in line.events]
    assert sum(event.status != "occurred" for event in events) >= len(events) / 5
    assert {event.status for event in events} == set(STATUSES)


def test_every_category_mode_and_code_is_there() -> None:
    assert missing(corpus()) == []


def test_the_codes_left_empty_are_the_statements_and_no_others() -> None:
    assert {
        code for code in codebook().cameo if len(code) == 3 and codebook().cameo[code].category is None
    } == EMPTY_BY_RULE
    assert set(measured(corpus())["CAMEO codes empty"]) == EMPTY_BY_RULE  # type: ignore[call-overload]


def test_a_tenth_is_set_aside() -> None:
    assert 0.08 <= sum(map(set_aside, corpus())) / len(corpus()) <= 0.12


def test_roots_and_categories_go_together() -> None:
    assert improbable(corpus()) == []


def test_the_guidelines_use_the_codebook() -> None:
    """Every row of the section on doubtful wordings names categories and codes that exist."""
    page = (CORPUS.parent.parent / "docs" / "coding-guidelines.md").read_text(encoding="utf-8")
    section = page.partition("## How doubtful wordings are coded")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in re.findall(r"^\| .+$", section, re.M)]
    told = [row for row in rows if len(row) == 5 and row[0] != "Words"]
    assert len(told) >= 80
    book = codebook()
    for _, category, cameo, _, example in told:
        assert set(re.findall(r"\b[A-Z]{3,}\b", category)) <= {*book.categories, "PLOVER"}, category
        for code in re.findall(r"\b\d{3,4}\b", cameo) + re.findall(r"\((\d{3,4})\)", example):
            assert code in book.cameo, code


# --- the formats ----------------------------------------------------------------------------------------------------


def test_a_pair(tmp_path: Path) -> None:
    line = one(
        tmp_path, pairs="# told\n\nACCUSE/allege | 112 | negated | <a>Peru</a> did <t>not accuse</t> <r>Chile</r>.\n"
    )
    assert (line.text, line.whole, line.form) == ("Peru did not accuse Chile.", False, None)
    (event,) = line.events
    assert (event.category, event.mode, event.cameo, event.status) == ("ACCUSE", "allege", "112", "negated")
    assert [line.text[a:b] for a, b in event.triggers] == ["not accuse"]
    found = list(examples([line]))
    assert [(pair.category, line.text[slice(*pair.actor)]) for pair in found] == [("ACCUSE", "Peru"), (None, "Chile")]
    assert (found[0].root, found[1].root) == ("11", "NONE")


def test_a_pair_without_an_event_or_a_code(tmp_path: Path) -> None:
    line = one(tmp_path, pairs="NONE | - | occurred | <a>Peru</a> beat <r>Chile</r>.\n")
    assert (line.events, line.reason) == ([], "none")
    assert [pair.category for pair in examples([line])] == [None]
    line = one(tmp_path, pairs="AID | - | occurred | <a>Peru</a> <t>fed</t> <r>Chile</r>.\n")
    assert next(examples([line])).root == "07"


def test_a_sentence(tmp_path: Path) -> None:
    text = (
        "long | {1 Chad} and {2 Niger} {t1 agreed} to reopen the border {2 Niger} had {t2 shut}, {3 Lagos} said"
        " || 1=2 AGREE 030 occurred t1 ; 2>1 COERCE/restrict 191 background t2"
    )
    line = one(tmp_path, sentences=text)
    assert (line.form, line.whole, len(line.actors), len(line.actors[2])) == ("long", True, 3, 2)
    pairs = {
        (line.text[slice(*pair.actor)], line.text[slice(*pair.recipient)], pair.category) for pair in examples([line])
    }
    assert {("Chad", "Niger", "AGREE"), ("Niger", "Chad", "AGREE"), ("Niger", "Chad", "COERCE")} <= pairs
    assert {("Lagos", "Chad", None), ("Chad", "Lagos", None), ("Niger", "Lagos", None)} <= pairs
    assert lemma(line, line.events[0]) == "agre"


def test_marks_inside_one_another_split_triggers_and_several_on_a_side(tmp_path: Path) -> None:
    text = (
        "body | {1 {2 Oman}'s envoy} {t1 called} the truce {t1 off} with {3 Iran} and {4 Iraq}"
        " || 1,2>3,4 ASSAULT 196 negated t1\n"
    )
    line = one(tmp_path, sentences=text)
    assert line.text[slice(*line.actors[1][0])] == "Oman's envoy"
    assert [line.text[a:b] for a, b in line.events[0].triggers] == ["called", "off"]
    assert sum(pair.category is not None for pair in examples([line])) == 4


def test_a_sentence_without_an_event_says_why(tmp_path: Path) -> None:
    line = one(tmp_path, sentences="lead | {1 Peru} beat {2 Chile} 2-1 || none sport\n")
    assert (line.reason, line.events) == ("sport", [])


PAIR_FAULTS = {
    "three fields": "AID | 070 | <a>Peru</a> fed <r>Chile</r>.",
    "closes nothing": "AID | 070 | occurred | Peru</a> <t>fed</t> <r>Chile</r>.",
    "is never closed": "AID | 070 | occurred | <a>Peru</a> <t>fed <r>Chile</r>.",
    "no actor or no recipient": "AID | 070 | occurred | <a>Peru</a> <t>fed</t> Chile.",
    "no category 'HELP'": "HELP | 070 | occurred | <a>Peru</a> <t>fed</t> <r>Chile</r>.",
    "AID has no mode 'food'": "AID/food | 070 | occurred | <a>Peru</a> <t>fed</t> <r>Chile</r>.",
    "no CAMEO code '079'": "AID | 079 | occurred | <a>Peru</a> <t>fed</t> <r>Chile</r>.",
    "no status 'done'": "AID | 070 | done | <a>Peru</a> <t>fed</t> <r>Chile</r>.",
    "an event without a trigger": "AID | 070 | occurred | <a>Peru</a> fed <r>Chile</r>.",
}
SENTENCE_FAULTS = {
    "needs: form | sentence || events": "lead | {1 Peru} {t1 fed} {2 Chile}",
    "no form 'story'": "story | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID 070 occurred t1",
    "marks fewer than two actors": "lead | {1 Peru} {t1 gave} || 1> AID 070 occurred t1",
    "no event: '1>2 AID occurred t1'": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID occurred t1",
    "actor 3 is not marked": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>3 AID 070 occurred t1",
    "acts on itself": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>1,2 AID 070 occurred t1",
    "trigger t2 is not marked": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID 070 occurred t2",
    "} closes nothing": "lead | {1 Peru}} {t1 fed} {2 Chile} || 1>2 AID 070 occurred t1",
    "marks nothing": "lead | {1 Peru} {t1 }fed {2 Chile} || 1>2 AID 070 occurred t1",
    "is never closed": "lead | {1 Peru} {t1 fed} {2 Chile || 1>2 AID 070 occurred t1",
    "a brace that marks nothing": "lead | {1 Peru} {fed {2 Chile} || none third",
    "no category 'HELP'": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 HELP 070 occurred t1",
    "AID has no mode 'food'": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID/food 070 occurred t1",
    "no CAMEO code '0799'": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID 0799 occurred t1",
    "no status 'done'": "lead | {1 Peru} {t1 fed} {2 Chile} || 1>2 AID 070 done t1",
}


@pytest.mark.parametrize(("why", "line"), PAIR_FAULTS.items())
def test_what_breaks_a_pair(tmp_path: Path, why: str, line: str) -> None:
    lines, (fault,) = read(laid(tmp_path, pairs=line))
    assert lines == []
    assert str(fault).startswith("pairs/own.txt:1: ")
    assert why.replace("three", "four") in fault.why


@pytest.mark.parametrize(("why", "line"), SENTENCE_FAULTS.items())
def test_what_breaks_a_sentence(tmp_path: Path, why: str, line: str) -> None:
    lines, (fault,) = read(laid(tmp_path, sentences=line))
    assert lines == []
    assert why in fault.why


def test_a_line_told_twice(tmp_path: Path) -> None:
    _, (fault,) = read(laid(tmp_path, sentences=SOUND * 2))
    assert str(fault) == "sentences/own.txt:2: the same as sentences/own.txt:1"


# --- the checks -----------------------------------------------------------------------------------------------------


def test_seven_words_in_a_row_are_shared_by_no_two_sentences(tmp_path: Path) -> None:
    other = SOUND.replace("headline", "lead").replace("thanks", "THANKS").replace("talks", "talks on Monday")
    lines, _ = read(laid(tmp_path, sentences=SOUND + other))
    assert [fault.number for fault in shared(lines)] == [2]


def test_two_pairs_of_one_sentence_share_it_and_so_do_names(tmp_path: Path) -> None:
    pairs = (
        "AID | 070 | occurred | <a>Peru</a> <t>fed</t> <r>Chile</r> when the great drought of May came.\n"
        "\n\nNONE | - | occurred | <r>Peru</r> fed <a>Chile</a> when the great drought of May came.\n"
    )
    name = "{1 the joint commission on the waters of the Lempa}"
    sentences = "".join(
        f"lead | {name} {{t1 {verb}}} {{2 Peru}} || 1>2 SUPPORT 051 occurred t1\n" for verb in ("thanked", "praised")
    )
    lines, _ = read(laid(tmp_path, pairs=pairs, sentences=sentences))
    assert len(lines) == 4
    assert shared(lines) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "It was said that Oman thanks\nKenya for hosting the talks."),
        ("b.jsonl", '{"text": "Oman thanks \\u004benya for hosting the talks"}\n'),
        ("b.jsonl", "not json: Oman thanks Kenya for hosting the talks\n"),
        ("c.yaml", "- said: [Oman thanks Kenya, for hosting the talks]\n"),
        ("d.yml", "a: [oh, Oman thanks Kenya for hosting the talks\n"),
        ("marked.txt", SOUND),
    ],
)
def test_a_wording_that_stands_elsewhere_is_a_fault(tmp_path: Path, name: str, text: str) -> None:
    lines, _ = read(laid(tmp_path, sentences=SOUND))
    there = tmp_path / "there"
    (there / "deep").mkdir(parents=True)
    (there / "deep" / name).write_text(text, encoding="utf-8")
    (there / "other.md").write_text(SOUND, encoding="utf-8")
    (fault,) = taken(lines, there)
    assert f"deep/{name}" in fault.why
    (there / "deep" / name).write_text("Nothing of it.", encoding="utf-8")
    assert taken(lines, there) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder"):
        taken([], tmp_path / "nowhere")


def test_an_unlikely_root_and_a_worn_trigger_are_warnings(tmp_path: Path) -> None:
    sentences = SOUND.replace("051", "195") + SOUND.replace("Oman", "Togo").replace("talks", "us")
    faults, warnings, _ = validated(laid(tmp_path, sentences=sentences))
    assert "CAMEO 19 beside SUPPORT: 1, first in sentences/own.txt:1" in warnings
    assert "sentences, SUPPORT: 'thank' in 2 of 2 lines (100.0%)" in warnings
    assert "no line has category AID" in faults
    assert "no line has mode COERCE/curfew" in faults
    assert "no line has CAMEO code 204" in faults


def test_voices(tmp_path: Path) -> None:
    told = {
        "{1 Peru} was {t1 thanked} by {2 Chile}": ("passive", "STR"),
        "{2 Peru} received the {t1 thanks} of {1 Chile}": ("noun", "RTS"),
        "{1 Peru} {t1 thanked} {2 Chile}": ("active", "STR"),
    }
    for marked, (how, places) in told.items():
        line = one(tmp_path, sentences=f"lead | {marked} || 1>2 SUPPORT 051 occurred t1")
        assert (voice(line, line.events[0]), order(line, line.events[0])) == (how, places)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laid(tmp_path, sentences=SOUND)
    told = tmp_path / "report.json"
    assert main(["--corpus", str(tmp_path), "--json", str(told)]) == 1
    assert "fault: no line has category AID" in capsys.readouterr().out
    report = json.loads(told.read_text(encoding="utf-8"))
    assert (report["lines"], report["events"], report["pairs"]["without"]) == (1, 1, 1)
    assert shown(report).startswith("lines: 1\n")
    assert main([]) == 0
