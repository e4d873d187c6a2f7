"""The texts that speed and memory are measured on: many, no two alike, the same on every run."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("texts")


def test_no_two_reports_are_alike(texts: ModuleType) -> None:
    assert len({report.id for report in texts.varied(2500)}) == 2500


def test_every_run_measures_the_same(texts: ModuleType) -> None:
    assert list(texts.varied(120)) == list(texts.varied(120))
    assert list(texts.varied(25)) == list(texts.examples())


def test_a_retold_report_is_still_news(texts: ModuleType) -> None:
    for told, retold in zip(texts.varied(25), list(texts.varied(50))[25:], strict=True):
        assert told.text != retold.text
        assert abs(len(told.text.split()) - len(retold.text.split())) < 40
        assert retold.published > told.published


def test_own_texts(texts: ModuleType, tmp_path: Path) -> None:
    lines = tmp_path / "own.jsonl"
    lines.write_text("\n".join(json.dumps({"text": f"Iran thanked Qatar, {n}."}) for n in range(9)), encoding="utf-8")
    assert [report.text[-3:] for report in texts.from_file(lines, 4)] == [" 0.", " 1.", " 2.", " 3."]
    plain = tmp_path / "own.txt"
    plain.write_text("Iran thanked Qatar.\n", encoding="utf-8")
    assert [report.text for report in texts.from_file(plain, 4)] == ["Iran thanked Qatar.\n"]


def test_speed_is_measured(tmp_path: Path) -> None:
    command = [sys.executable, str(BENCH / "run.py"), "speed", "--reports", "3", "--repeat", "1"]
    done = subprocess.run([*command, "--json", str(tmp_path / "out.json")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["figures"]["speed"]
    assert figures["reports"] == 3
    assert figures["words"] > 500
    assert figures["time / bare spaCy"] > 0
    assert "time / bare spaCy" in done.stdout


def test_an_unknown_measure_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / "run.py"), "beauty"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no measure 'beauty'; there are speed, startup, memory" in done.stderr


def test_a_small_child_of_a_large_process_looks_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the parent holds is not counted with the child, whose peak is far below it."""
    monkeypatch.syspath_prepend(str(BENCH))
    measures = importlib.import_module("measures")
    ballast = bytearray(600 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    code = f"import sys; sys.path.insert(0, {str(BENCH)!r}); import measures; print(measures.peak_megabytes())"
    assert len(ballast) / 2**20 > 2 * float(measures.run_python(["-c", code]))
