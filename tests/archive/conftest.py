"""What the archive's tests share. Tests that ask for an archive by these fixtures run once in each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

import make
from dragoman.archive import Archive

NewArchive = Callable[[], AbstractContextManager[Archive]]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    kind: str = request.param
    if kind == "postgresql":
        request.getfixturevalue("postgres_server")
    return kind


@pytest.fixture(scope="session")
def new_archive(home: str, request: pytest.FixtureRequest) -> NewArchive:
    """Opens an archive without reports, which is gone afterwards; as many at once as are wanted."""
    server = request.getfixturevalue("postgres_server") if home == "postgresql" else None

    @contextmanager
    def opened() -> Iterator[Archive]:
        if server is None:
            with Archive("sqlite://") as archive:
                yield archive
            return
        with server.archive() as url, Archive(url) as archive:
            yield archive

    return opened


@pytest.fixture
def url(home: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an archive that another process can open, too."""
    return request.getfixturevalue("postgres") if home == "postgresql" else f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with Archive(url) as opened:
        yield opened


@pytest.fixture
def memory(new_archive: NewArchive) -> Iterator[Archive]:
    with new_archive() as opened:
        yield opened


@pytest.fixture(scope="module")
def full(home: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Sixty synthetic records, not to be written to."""
    if home == "postgresql":
        with request.getfixturevalue("postgres_server").archive() as url:
            yield from _filled(url)
    else:
        yield from _filled(f"sqlite:///{tmp_path_factory.mktemp('full') / 'record.db'}")


def _filled(url: str) -> Iterator[Archive]:
    with Archive(url) as writing:
        writing.add(make.synthetic(60))
    with Archive(url, read_only=True) as opened:
        yield opened
