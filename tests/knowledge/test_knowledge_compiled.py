"""The compiled file says what the YAML says; what is not compiled is read from the YAML."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import tooled
from dragoman.knowledge import compiled, loader
from dragoman.knowledge.compiled import Compiled
from dragoman.knowledge.loader import HOME, files_below, parse, raw

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return tooled.tool("compile_knowledge")


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Nothing of ours is remembered, before and after."""
    remembered: tuple[Any, ...] = (raw, loader._ours, loader._known)
    for loaded in remembered:
        loaded.cache_clear()
    yield
    for loaded in remembered:
        loaded.cache_clear()


def test_the_compiled_file_is_fresh_and_small(tool: ModuleType) -> None:
    kept = gzip.decompress(compiled.PATH.read_bytes()).decode()
    assert kept == compiled.text(tool.files()), "stale; run: make knowledge"
    assert compiled.PATH.stat().st_size < 3e6


def test_it_is_the_same_each_time(tool: ModuleType, tmp_path: Path) -> None:
    files = {"b.yaml": Compiled("2", [1, {"z": None, "a": "ä"}]), "a.yaml": Compiled("1", {})}
    one, other = tmp_path / "one", tmp_path / "other"
    compiled.write(files, one)
    compiled.write(dict(reversed(files.items())), other)
    assert one.read_bytes() == other.read_bytes()
    assert compiled.read(one) == files


@pytest.mark.usefixtures("forgotten")
def test_nothing_is_parsed_while_it_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: Compiled(compiled.stamp(path), name) for name, path in files_below(HOME).items()}
    monkeypatch.setattr(loader, "_known", lambda: known)
    monkeypatch.delattr(loader, "parse")
    assert raw() == {name: name for name in known}


@pytest.mark.usefixtures("forgotten")
def test_a_file_changed_since_is_read_from_its_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: Compiled(compiled.stamp(path), name) for name, path in files_below(HOME).items()}
    known["states/irn.yaml"] = Compiled("of an older text", "old")
    monkeypatch.setattr(loader, "_known", lambda: known)
    assert raw()["states/irn.yaml"] == parse(HOME / "states/irn.yaml")
    assert raw()["states/qat.yaml"] == "states/qat.yaml"


def test_line_ends_do_not_count(tmp_path: Path) -> None:
    unix, dos = tmp_path / "unix", tmp_path / "dos"
    unix.write_bytes(b"a: 1\nb: 2\n")
    dos.write_bytes(b"a: 1\r\nb: 2\r\n")
    assert compiled.stamp(unix) == compiled.stamp(dos)


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{not json"), gzip.compress(b"[]"), gzip.compress(b'{"a": 1}'),
     gzip.compress(b'{"a": {"stamp": "x"}}'), gzip.compress(b"{}")[:12]],
    ids=["empty", "no gzip", "no json", "a list", "no file in it", "no data", "cut short"],
)  # fmt: skip
def test_a_spoilt_file_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "compiled.json.gz"
    path.write_bytes(content)
    assert compiled.read(path) == {}
    assert compiled.read(tmp_path / "missing") == {}


def test_it_holds_plain_json() -> None:
    files = json.loads(gzip.decompress(compiled.PATH.read_bytes()))
    assert {key for file in files.values() for key in file} == {"stamp", "data"}
