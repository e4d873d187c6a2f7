"""What `import dragoman` promises: its names are there, and it is light."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).resolve().parent.parent
HEAVY = frozenset({
    "spacy", "thinc", "numpy", "onnxruntime", "torch", "fastapi", "uvicorn", "nicegui", "sqlalchemy", "trafilatura",
    "httpx", "dateparser",
})  # fmt: skip


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded(code: str) -> set[str]:
    names = json.loads(python(f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"))
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("name", dragoman.__all__)
def test_every_public_name_resolves(name: str) -> None:
    value = getattr(dragoman, name)
    assert value.__name__ == name
    assert value.__doc__


def test_nothing_else_is_public() -> None:
    assert dir(dragoman) == sorted([*dragoman.__all__, "__version__"])
    assert list(dragoman.__all__) == sorted(dragoman.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Oracle'"):
        dragoman.Oracle  # noqa: B018


def test_star_import_brings_them_all() -> None:
    names = json.loads(python("from dragoman import *\nimport json\nprint(json.dumps(sorted(globals())))"))
    assert set(dragoman.__all__) <= set(names)


def test_import_is_light() -> None:
    assert HEAVY & loaded("import dragoman") == set()


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import dragoman; dragoman.Record, dragoman.Event, dragoman.Report, dragoman.Span", set()),
        ("import dragoman; dragoman.Archive", {"sqlalchemy"}),
        ("import dragoman.record.export", set()),
    ],
)
def test_records_and_archives_need_no_language_model(code: str, allowed: set[str]) -> None:
    assert HEAVY & loaded(code) <= allowed


def test_import_is_quick() -> None:
    clock = "import time\nt = time.perf_counter()\nimport dragoman\nprint(time.perf_counter() - t)"
    assert statistics.median(float(python(clock)) for _ in range(5)) < 0.5


def test_version_is_the_packages() -> None:
    declared = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert declared is not None
    assert dragoman.__version__ == declared[1]


def test_it_is_typed() -> None:
    assert (Path(dragoman.__file__).parent / "py.typed").exists()
