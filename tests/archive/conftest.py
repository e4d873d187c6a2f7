"""What the archive's tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import make
from dragoman.archive import Archive

HERE = Path(__file__).parent
Feed = Callable[[str, int, float], "subprocess.Popen[str]"]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with Archive(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Sixty synthetic records, not to be written to."""
    url = f"sqlite:///{tmp_path_factory.mktemp('full') / 'record.db'}"
    with Archive(url) as writing:
        writing.add(make.synthetic(60))
    with Archive(url, read_only=True) as opened:
        yield opened


@pytest.fixture
def feed() -> Feed:
    """Start a process that feeds an archive; returns once it is about to open it."""

    def start(url: str, count: int, pause: float) -> subprocess.Popen[str]:
        source = HERE.parent.parent / "src"
        environment = {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{HERE.parent}"}
        process = subprocess.Popen(
            [sys.executable, str(HERE / "feeder.py"), url, str(count), str(pause)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    return start
