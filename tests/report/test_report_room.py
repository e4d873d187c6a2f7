"""The room's door: what is public, and what coming in costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dragoman.report


@pytest.mark.parametrize("name", dragoman.report.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(dragoman.report, name).__doc__


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = dragoman.report.nothing_like_it  # type: ignore[attr-defined]
    assert dir(dragoman.report) == sorted(dragoman.report.__all__)


def test_reading_files_loads_no_web_library() -> None:
    code = (
        "import sys, dragoman, dragoman.report.intake, dragoman.report.head\n"
        "print([name for name in ('httpx', 'trafilatura', 'py3langid', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
