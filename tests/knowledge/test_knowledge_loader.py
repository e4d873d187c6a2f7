"""Knowledge is read strictly: what is wrong is named with its file, nothing half works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman import KnowledgeError, Reader
from dragoman.knowledge import loader
from dragoman.knowledge.codebook import codebook
from dragoman.knowledge.lexicon import frames
from dragoman.knowledge.loader import raw
from dragoman.knowledge.world import world

FRAME = "category: SUPPORT\nframes:\n  - {{words: [bedeck], recipient: [object], cameo: '051', weight: 0.9{more}}}\n"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """No memory of an earlier test's folder."""
    remembered = (raw, frames, world, codebook)
    for loaded in remembered:
        loaded.cache_clear()
    yield
    for loaded in remembered:
        loaded.cache_clear()


def put(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(folder)


def test_own_frames_join_ours(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/own.yaml", FRAME.format(more=""))
    added = [frame for frame in frames(own) if frame.name == "own#1"]
    assert [frame.words for frame in added] == [("bedeck",)]
    assert len(frames(own)) == len(frames()) + 1


def test_own_file_of_the_same_name_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/support.yaml", FRAME.format(more=""))
    assert [frame.words for frame in frames(own) if frame.name.startswith("support#")] == [("bedeck",)]
    assert sum(frame.name.startswith("support#") for frame in frames()) > 50


def test_own_frame_reads(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/own.yaml", FRAME.format(more=""))
    (event,) = Reader(knowledge=own).read("Qatar bedecked Iran on Friday.").events
    assert (event.category, event.cameo, event.trigger.text) == ("SUPPORT", "051", "bedecked")
    assert "own#1" in event.reasons[0].fact


def test_own_person_is_known(tmp_path: Path) -> None:
    person = "name: Ottoline Quillfeather\ncountry: NOR\noffices:\n  - {office: foreign minister, from: 2023-01-01}\n"
    own = put(tmp_path, "persons/own.yaml", person)
    assert "Ottoline Quillfeather" in {person.name for person in world(own).persons}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("triggers/own.yaml", FRAME.format(more=", colour: red"), "colour: Extra inputs"),
        ("triggers/own.yaml", FRAME.format(more=", particle: up"), "frames.0.particle"),
        ("triggers/own.yaml", FRAME.format(more=", pos: adverb"), "frames.0.pos"),
        ("triggers/own.yaml", FRAME.format(more=", weight: 3").replace("weight: 0.9, ", ""), "frames.0.weight"),
        ("triggers/own.yaml", FRAME.format(more=", mode: loud"), "frame 1: SUPPORT has no mode 'loud'"),
        ("triggers/own.yaml", FRAME.format(more=", contexts: [weather]"), "frame 1: no context 'weather'"),
        ("triggers/own.yaml", FRAME.format(more="").replace("051", "999"), "frame 1: no CAMEO code '999'"),
        ("triggers/own.yaml", FRAME.format(more="").replace("SUPPORT", "GREET"), "no category 'GREET'"),
        ("triggers/own.yaml", "category: SUPPORT\nframes: [{words: []}]\n", "frames.0.words"),
        ("triggers/own.yaml", "category: SUPPORT\nframes: [{words: [a]\n", "cannot be read"),
        ("triggers/own.yaml", "just words\n", "entry: Input should be"),
        ("states/own.yaml", "{code: ZZZ, name: Ruritania, flag: red}\n", "(Ruritania): flag: Extra inputs"),
        ("states/own.yaml", "{code: Rur, name: Ruritania}\n", "(Ruritania): code"),
        ("persons/own.yaml", "{name: R. Hentzau, country: ZZZ}\n", "R. Hentzau: no country 'ZZZ'"),
        ("persons/own.yaml", "{name: R. Hentzau, offices: [{office: king of frogs}]}\n", "no office 'king of frogs'"),
        (
            "persons/own.yaml",
            "{name: R. Hentzau, offices: [{office: foreign minister, from: 2020-01-01, to: 2019-01-01}]}\n",
            "ends before it begins",
        ),
        ("bodies/own.yaml", "{name: The Guild, kind: ngo, country: ZZZ}\n", "The Guild: no country 'ZZZ'"),
        ("bodies/own.yaml", "{name: The Guild, kind: ngo, sector: XXX}\n", "The Guild: no sector 'XXX'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, name: str, text: str, said: str) -> None:
    own = put(tmp_path, name, text)
    load = frames if name.startswith("triggers/") else world
    with pytest.raises(KnowledgeError) as caught:
        load(own)
    assert said in str(caught.value)
    assert name.split("/", maxsplit=1)[0] in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "triggers").mkdir()
    (tmp_path / "triggers" / "own.yaml").write_bytes(b"category: \xff\xfe\n")
    with pytest.raises(KnowledgeError, match=r"own\.yaml: cannot be read"):
        raw(str(tmp_path))


def test_yaml_that_would_run_code_is_refused(tmp_path: Path) -> None:
    flag = tmp_path / "ran"
    own = put(tmp_path, "triggers/own.yaml", f"!!python/object/apply:pathlib.Path.touch [!!python/name:x '{flag}']\n")
    with pytest.raises(KnowledgeError, match=r"own\.yaml: cannot be read"):
        raw(own)
    assert not flag.exists()


def test_reader_refuses_broken_knowledge(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/own.yaml", FRAME.format(more=", colour: red"))
    with pytest.raises(KnowledgeError, match=r"triggers/own\.yaml"):
        Reader(knowledge=own)


def test_days_read_as_text(tmp_path: Path) -> None:
    own = put(
        tmp_path, "persons/own.yaml", "{name: R. Hentzau, offices: [{office: foreign minister, from: 2020-01-01}]}\n"
    )
    assert raw(own)["persons/own.yaml"]["offices"][0]["from"] == "2020-01-01"


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/own.yaml", FRAME.format(more=""))
    assert any(frame.words == ("bedeck",) for frame in frames(own))
    put(tmp_path, "triggers/own.yaml", FRAME.format(more="").replace("bedeck", "garland"))
    raw.cache_clear()
    frames.cache_clear()
    words = {word for frame in frames(own) for word in frame.words}
    assert "garland" in words
    assert "bedeck" not in words


def test_all_our_files_are_read() -> None:
    there = {path.relative_to(loader.HOME).as_posix() for path in loader.HOME.rglob("*.yaml")}
    assert set(raw()) == there
    assert len(there) > 400


def test_keys_that_are_no_words_are_no_fault_of_the_loader(tmp_path: Path) -> None:
    own = put(tmp_path, "triggers/own.yaml", "? [a, b]\n: 1\n")
    with pytest.raises(KnowledgeError, match=r"own\.yaml: cannot be read"):
        raw(own)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    own = put(tmp_path, "persons/own.yaml", "name: A\naliases: [B]\naliases: [C]\n")
    with pytest.raises(KnowledgeError, match="the key 'aliases' stands twice"):
        raw(own)


def test_an_own_territory_counts_as_its_state(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    row = "{code: RUR, name: Ruritania, kind: territory, parent: NOR}"
    (tmp_path / "states" / "rur.yaml").write_text(row, encoding="utf-8")
    record = Reader(knowledge=str(tmp_path)).read("Ruritania condemned Chile.")
    assert {actor.name: actor.country for actor in record.actors} == {"Ruritania": "NOR", "Chile": "CHL"}
