"""What the archive's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import make
from dragoman.archive import Archive


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
