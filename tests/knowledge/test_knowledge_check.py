"""The check tells every fault once, with its file, its entry and what to do; our own files have none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman import KnowledgeError
from dragoman.knowledge.check_names import duplicates
from dragoman.knowledge.check_times import gaps, impossible_dates, overlaps
from dragoman.knowledge.checks import checked
from dragoman.knowledge.findings import Finding, Placed
from dragoman.knowledge.given_names import given_names
from dragoman.knowledge.loader import raw
from dragoman.knowledge.world import Body, Grouping, Person, State

TODAY = date(2024, 6, 1)
SINGLE = frozenset({"president", "foreign minister"})


def told(tmp_path: Path, name: str, text: str) -> list[Finding]:
    """What is found in one file of a user's."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [found for found in checked(str(tmp_path), today=TODAY).findings if found.file == str(path)]


def test_our_own_files_are_clean() -> None:
    assert [finding.text for finding in checked().findings] == []


def test_the_given_names_are_looked_at_with_the_other_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(raw(), "given_names.yaml", {"m": {"own": ["ottoline"]}, "f": {"own": ["ottoline"]}})
    given_names.cache_clear()
    try:
        what = [finding.what for finding in checked().findings if finding.file == "given_names.yaml"]
    finally:
        given_names.cache_clear()
    assert what == ["'ottoline' is a man's name and a woman's"]


QUILL = "Ottoline Quillfeather"


def quill(more: str = "") -> str:
    return f"{{name: {QUILL}, country: NOR{more}}}\n"


def served(more: str = "") -> str:
    return quill(f", offices: [{{office: foreign minister{more}}}]")


@pytest.mark.parametrize(
    ("name", "text", "kind", "entry", "what", "remedy"),
    [
        ("persons/x.yaml", "- {name: A: b}\n", "syntax", "", "line 1, column", "quotation marks"),
        ("persons/x.yaml", "- name: A\n  name: B\n", "syntax", "", "line 2, column 3: the key 'name' stands", ""),
        ("persons/x.yml", "{}", "schema", "", "this file is not read", ".yaml"),
        ("plover/cameo.yaml", "{}", "schema", "", "nothing of ours can be laid over", "states, bodies"),
        ("persons/x.yaml", "words\n", "schema", "entry 1", "this is no entry", "keys are name, aliases"),
        ("persons/x.yaml", quill(", alias: [O]"), "schema", QUILL, "unknown key 'alias'", "Did you mean 'aliases'?"),
        ("persons/x.yaml", quill(", aliases: O"), "schema", QUILL, "aliases: 'O' does not fit", "Write a list"),
        ("persons/x.yaml", "{country: NOR}\n", "schema", "entry 1", "key 'name' is missing", "Add it"),
        ("persons/x.yaml", quill(", gender: x"), "schema", QUILL, "gender: 'x' does not fit", "'m' or 'f'"),
        (
            "persons/x.yaml",
            served(", too: 2020"),
            "schema",
            QUILL,
            "unknown key 'too' in offices 1 (foreign minister)",
            "Did you mean 'to'?",
        ),
        (
            "persons/x.yaml",
            served(", from: June 2020"),
            "schema",
            QUILL,
            "offices 1 (foreign minister), from: 'June 2020' does not fit",
            "2024-06-03",
        ),
        ("states/x.yaml", "{code: Rur, name: Ruritania}\n", "schema", "Ruritania", "code: 'Rur'", "capital letters"),
        (
            "offices.yaml",
            "heads: [{office: doge, words: [doge], rang: 1}]\n",
            "schema",
            "",
            "unknown key 'rang'",
            "Did you mean 'rank'?",
        ),
        (
            "triggers/x.yaml",
            "{category: GREET, frames: [{words: [bedeck]}]}\n",
            "schema",
            "frame 1",
            "no category 'GREET'",
            "plover/",
        ),
        (
            "triggers/x.yaml",
            "{category: AID, frames: [{words: [bedeck], particle: up}]}\n",
            "schema",
            "",
            "frames 1, particle: 'up' does not fit",
            "Write a list",
        ),
        (
            "persons/x.yaml",
            "{name: Ottoline Quillfeather, country: ZZZ}\n",
            "reference",
            QUILL,
            "no country 'ZZZ'",
            "IGO",
        ),
        ("persons/x.yaml", quill(", sector: XXX"), "reference", QUILL, "no sector 'XXX'", "sectors.yaml"),
        (
            "persons/x.yaml",
            quill(", offices: [{office: doge}]"),
            "reference",
            QUILL,
            "no office 'doge' in offices.yaml",
            "add it",
        ),
        (
            "persons/x.yaml",
            served(", of: The Guild"),
            "reference",
            QUILL,
            "foreign minister of 'The Guild': no such body",
            "bodies/",
        ),
        (
            "persons/x.yaml",
            served(", status: asleep"),
            "reference",
            QUILL,
            "foreign minister: no status 'asleep'",
            "acting",
        ),
        ("states/x.yaml", "{code: RUR, name: Ruritania, parent: ZZZ}\n", "reference", "Ruritania", "'ZZZ'", ""),
        ("states/x.yaml", "{code: RUR, name: Ruritania, successors: [ZZY]}\n", "reference", "Ruritania", "'ZZY'", ""),
        ("bodies/x.yaml", "{name: The Guild, kind: ngo, other_sectors: [XX]}\n", "reference", "The Guild", "'XX'", ""),
        ("groups.yaml", "{name: The Ruritanians, members: [NOR, ZZZ]}\n", "reference", "The Ruritanians", "'ZZZ'", ""),
        ("offices.yaml", "heads: [{office: doge, words: [doge], sector: XXX}]\n", "reference", "doge", "'XXX'", ""),
        (
            "bodies/x.yaml",
            "{name: The Guild, kind: ngo, aliases: [Norwáy]}\n",
            "duplicate",
            "The Guild",
            "'Norwáy' is also state Norway (NOR) in states/nor.yaml",
            "weak",
        ),
        (
            "persons/x.yaml",
            served(", from: 2023-02-30"),
            "date",
            QUILL,
            "foreign minister, from: there is no day 2023-02-30",
            "Look up",
        ),
        (
            "persons/x.yaml",
            served(", from: 2023-02, to: 2022"),
            "date",
            QUILL,
            "ends before it begins, 2023-02 to 2022",
            "Look up",
        ),
    ],
)
def test_each_kind_of_fault_is_told_once(
    tmp_path: Path, name: str, text: str, kind: str, entry: str, what: str, remedy: str
) -> None:
    (found,) = told(tmp_path, name, text)
    assert (found.kind, found.entry, found.grade) == (kind, entry, "fault")
    assert what in found.what
    assert remedy in found.remedy


def test_all_faults_are_told_sorted(tmp_path: Path) -> None:
    text = (
        "- {name: Z. Hentzau, alias: [H], country: ZZZ, offices: [{office: doge, from: 1700}]}\n"
        "- {name: A. Tarlenheim, country: NOR, offices: [{office: foreign minister, from: 2019, to: 2018}]}\n"
    )
    found = told(tmp_path, "persons/x.yaml", text)
    assert [(one.entry, one.kind) for one in found] == [
        ("A. Tarlenheim", "date"), ("Z. Hentzau", "date"), ("Z. Hentzau", "reference"), ("Z. Hentzau", "reference"),
        ("Z. Hentzau", "schema"),
    ]  # fmt: skip
    assert found == sorted(found)


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "bad.yaml").write_bytes(b"\xff\xfe")
    assert [one.kind for one in told(tmp_path, "persons/x.yaml", "{name: R. Hentzau, country: ZZZ}\n")] == ["reference"]
    assert [one.kind for one in told(tmp_path, "bodies/bad.yaml", "{")] == ["syntax"]


def test_what_points_to_an_entry_that_cannot_be_used_is_no_fault(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "bodies/x.yaml", "{name: NATO, kind: 3}\n")
    assert found.what == "kind: 3 does not fit"
    assert not [one.text for one in checked(str(tmp_path)).findings if one.kind == "reference"]


def test_an_office_held_in_a_place_may_be_of_any(tmp_path: Path) -> None:
    mayor = "{name: R. Hentzau, country: NOR, offices: [{office: mayor, of: Strelsau}]}\n"
    assert not told(tmp_path, "persons/x.yaml", mayor)
    (found,) = told(tmp_path, "persons/x.yaml", mayor.replace("Strelsau", '""'))
    assert (found.kind, found.what) == ("reference", "mayor of '': no such body")


def test_what_another_room_refuses_is_told() -> None:
    def refuses() -> None:
        raise KnowledgeError("regions.yaml: The Marches: no country 'ZZZ'")

    (found,) = (found for found in checked(also=[refuses]).findings if found.kind == "schema")
    assert (found.file, found.what) == ("regions.yaml", "The Marches: no country 'ZZZ'")


# names --------------------------------------------------------------------------------------------------------------


def person(name: str, *aliases: str, country: str = "NOR") -> Placed[Person]:
    return Placed("persons/x.yaml", Person(name=name, aliases=aliases, country=country))


def body(name: str, *aliases: str, acronyms: tuple[str, ...] = (), weak: tuple[str, ...] = ()) -> Placed[Body]:
    made = Body(name=name, aliases=aliases, acronyms=acronyms, weak=weak, kind="ngo")
    return Placed("bodies/x.yaml", made)


NORWAY = Placed(
    "states/nor.yaml", State(code="NOR", name="Norway", formal=("the Kingdom of Norway",), weak=("The North",))
)


@pytest.mark.parametrize(
    ("things", "shared"),
    [
        ([person("Rudolf Rassendyll", "Rassendyll"), person("Elphberg Rassendyll", "Rassendyll")], 1),
        ([person("Rudolf Rassendyll"), person("Rudolf Rässendyll")], 1),
        ([person("Rudolf Rassendyll", "Rassendyll"), person("Edith Rassendyll", "Rassendyll", country="GBR")], 0),
        ([body("The Guild"), body("Guild")], 1),
        ([body("The Guild", acronyms=("TG",)), body("Tall Giants", acronyms=("T.G.",))], 1),
        ([body("Guild", weak=("Guild",)), body("The Guild")], 0),
        ([body("Guam Organisation", acronyms=("GUAM",)), body("Guam")], 0),
        ([body("Kingdom of Norway"), NORWAY], 1),
        ([body("The North"), NORWAY], 0),
        ([body("Guild"), Placed("groups.yaml", Grouping(name="the guild"))], 1),
        ([body("Rudolf Rassendyll"), person("Rudolf Rassendyll")], 1),
        ([body("Rassendyll"), person("Rudolf Rassendyll", "Rassendyll")], 0),
    ],
)
def test_a_strong_name_stands_for_one_thing(things: list[Placed[object]], shared: int) -> None:
    kinds = {kind: [one for one in things if isinstance(one.thing, kind)] for kind in (State, Body, Grouping, Person)}
    found = list(duplicates(*kinds.values()))  # type: ignore[arg-type]
    assert len(found) == shared


# times --------------------------------------------------------------------------------------------------------------


def holder(name: str, *terms: dict[str, object], **more: str) -> Placed[Person]:
    offices = [{"office": "president"} | term for term in terms]
    made = {"name": name, "country": "NOR", "offices": offices} | more
    return Placed("persons/nor.yaml", Person.model_validate(made))


@pytest.mark.parametrize(
    ("term", "more", "what"),
    [
        ({"from": "2023-13"}, {}, "there is no day 2023-13"),
        ({"from": "1749"}, {}, "1749 is before 1850"),
        ({"to": "2026-01-01"}, {}, "2026-01-01 lies more than a year ahead"),
        (
            {"from": "2020", "to": "2021-05"},
            {"died": "2021-04-30"},
            "president, to: 2021-05 is after death, 2021-04-30",
        ),
        ({"from": "1960"}, {"born": "1961"}, "president, from: 1960 is before birth, 1961"),
        ({}, {"born": "1961", "died": "1960"}, "died 1960, before being born 1961"),
        ({}, {"born": "1961-02-30"}, "born: there is no day 1961-02-30"),
        ({"from": "2020", "to": "2021"}, {"died": "2021-04-30"}, None),
        ({"to": "2025-01-20"}, {}, None),
        ({"from": 2020}, {}, None),
    ],
)
def test_impossible_dates(term: dict[str, object], more: dict[str, str], what: str | None) -> None:
    found = [one.what for one in impossible_dates([holder("A", term, **more)], TODAY)]
    assert found == ([] if what is None else [found[0]])
    assert what is None or what in found[0]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ({"from": "2020-01-01", "to": "2021-01-01"}, {"from": "2020-06-01"}, True),
        ({"from": "2020-01-01"}, {"from": "2020-06-01", "to": "2020-09-01"}, True),
        ({"from": "2020-01-01", "to": "2021-01-01"}, {"from": "2020-12-15"}, False),
        ({"from": "2020-01-01", "to": "2021"}, {"from": "2021"}, False),
        ({"from": "2019", "to": "2021"}, {"from": "2020"}, False),
        ({"from": "2018", "to": "2021"}, {"from": "2019"}, True),
        ({"from": "2020-01-01", "to": "2021-01-01"}, {"from": "2020-06-01", "status": "acting"}, False),
        ({"from": "2020-01-01", "rival": True}, {"from": "2020-06-01", "rival": True}, False),
        ({"from": "2020-01-01", "of": "The Guild"}, {"from": "2020-06-01"}, False),
        ({"from": "2020-01-01", "country": "CHL"}, {"from": "2020-06-01"}, False),
        ({"from": "2020-01-01", "office": "vice president"}, {"from": "2020-06-01", "office": "vice president"}, False),
        ({"to": "2021"}, {"from": "2019"}, False),
    ],
)
def test_one_at_a_time_holds_an_office(one: dict[str, object], other: dict[str, object], overlap: bool) -> None:
    found = list(overlaps([holder("A", one), holder("B", other)], SINGLE))
    assert len(found) == overlap
    assert not overlap or (found[0].entry, "with A" in found[0].what) == ("B", True)


def test_a_person_does_not_overlap_with_himself() -> None:
    assert not list(overlaps([holder("A", {"from": "2020-01-01"}, {"from": "2021-01-01"})], SINGLE))


def test_one_person_in_two_files_is_told_by_the_office_both_held() -> None:
    abroad = Placed("persons/int.yaml", Person.model_validate(
        {"name": "Á", "country": "IGO", "offices": [{"office": "president", "from": "2020-01", "country": "NOR"}]}
    ))  # fmt: skip
    (found,) = overlaps([holder("A", {"from": "2020-01-01"}), abroad], SINGLE)
    assert (found.kind, found.file, found.remedy) == ("duplicate", "persons/int.yaml", "Make them one entry.")


def test_a_users_own_entry_is_told_before_ours() -> None:
    ours = holder("A", {"from": "2022-01-01"})
    own = Placed("own.yaml", holder("B", {"from": "2021-01-01"}).thing, own=True)
    (found,) = overlaps([own, ours], SINGLE)
    assert (found.file, found.entry) == ("own.yaml", "B")
    clash = Placed("own.yaml", Person(name="A", country="NOR"), own=True)
    (found,) = duplicates([], [], [], [clash, ours])
    assert found.file == "own.yaml"


def test_gaps_are_notes() -> None:
    held = [
        holder("C", {"from": "2022-03-01"}),
        holder("A", {"from": "2015-01-01", "to": "2019-12-31"}),
        holder("B", {"from": "2016", "to": "2016"}),
        holder("D", {"from": "2020-01-10", "to": "2021"}),
    ]
    (found,) = gaps(held, SINGLE)
    assert (found.grade, found.kind, found.entry) == ("note", "gap", "NOR")
    assert found.what == "president: nobody known from 2021 (D) to 2022-03-01 (C)"


def test_gaps_are_told_on_demand() -> None:
    kinds = {found.kind for found in checked(gaps=True, today=TODAY).findings}
    assert "gap" in kinds
    assert "gap" not in {found.kind for found in checked(today=TODAY).findings}
